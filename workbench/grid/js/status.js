// @ts-check
// Whether all is saved, and what may follow the numbers a frame later.

import { fillTicks } from "./lines.js";
import { setText } from "./parts.js";

/** @typedef {import("./view.js").View} View */

export class Status {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** @type {number | undefined} */
    this.coming = undefined;
    this.ticks = false;
  }

  /** Tell at once whether all is saved, and in words a frame later. */
  paint() {
    const { root, session } = this.view;
    const { outbox } = session;
    this.soon();
    if (!outbox) return;
    root.dataset.saved = String(outbox.saved);
    root.classList.toggle("saving", !outbox.saved);
    root.classList.toggle("failed", outbox.failing);
  }

  /** Paint the ticks too, once the numbers that the hand is waiting for are there. */
  paintTicks() {
    this.ticks = true;
    this.soon();
  }

  // Once for all that came before it in one frame.
  soon() {
    this.coming ??= requestAnimationFrame(() => setTimeout(() => {
      const { lines, session } = this.view;
      this.coming = undefined;
      if (this.ticks) lines.forEach(line => fillTicks(session, line));
      this.ticks = false;
      this.say();
    }, 0));
  }

  say() {
    const { session, strip, tools, typing } = this.view;
    const { arrangement, store } = session;
    setText(tools.count, arrangement.count(store));
    tools.redoer.disabled = !store.canRedo;
    strip.paintStatus();
    typing?.paint();
  }
}
