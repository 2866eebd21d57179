// @ts-check
// What a hand on the grid changes: ratings, emphases, exclusions, returns, pasted blocks.

import { FIXED, button, sliderOf, span } from "./parts.js";
import { pasted } from "./paste.js";
import { stepped } from "./store.js";

/** @typedef {import("./types.js").Change} Change */
/** @typedef {import("./view.js").View} View */

export class Edits {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.session = view.session;
    /** @type {Change[3]} where a slider stood before the hand took it */
    this.dragFrom = undefined;
  }

  /** @param {Change[]} changes */
  commit(changes) {
    if (this.session.commit(changes)) this.view.announcer.changed(changes);
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {number} code
   */
  rate(row, column, code) {
    const { store } = this.session;
    if (store.ratings[row * store.columnCount + column] === code) return;
    const { id } = store.hypotheses[column];
    this.commit([["rating", store.items[row].id, id, store.word(code), ""]]);
  }

  /** @param {number} code */
  rateSelected(code) {
    const { row, place } = this.view.cursor;
    if (place >= FIXED) this.rate(row, place - FIXED, code);
    else this.view.toast("Select a cell first, then its rating.");
    this.view.cursor.goHere();
  }

  /**
   * @param {number} row
   * @param {number} by
   */
  emphasise(row, by) {
    const { emphases, items } = this.session.store;
    const value = stepped(emphases[row] + by);
    if (value !== emphases[row]) this.commit([["emphasis", items[row].id, null, value]]);
  }

  /**
   * Follow the hand on a slider; what it passed over is no step of its own to undo.
   * @param {Event} event
   * @param {boolean} released
   */
  slide(event, released) {
    const input = sliderOf(event);
    if (!input) return;
    const { outbox, store } = this.session;
    const own = input.dataset.emphasis ?? input.dataset.drawerEmphasis;
    const kind = own ? "emphasis" : "source-emphasis";
    const id = own ?? input.dataset.sourceEmphasis ?? "";
    const value = stepped(Number(input.value));
    const was = store.standing([kind, id, null])[3];
    this.dragFrom ??= was;
    if (outbox) outbox.dragging = !released;
    if (!released) {
      if (value !== was) this.session.preview([kind, id, null, value]);
      return;
    }
    store.cover([[kind, id, null, this.dragFrom]]);
    this.dragFrom = undefined;
    this.session.commit([[kind, id, null, value]]);
    this.view.repaintAfter([[kind, id]]);
    this.view.announcer.changed([[kind, id, null, value]]);
    outbox?.flush();
  }

  /** @param {number} row */
  exclude(row) {
    const { report, store } = this.session;
    if (report) return;
    this.commit([["exclusion", store.items[row].id, null, !!store.active[row]]]);
  }

  /**
   * @param {number} row
   * @param {number} place
   */
  returnCell(row, place) {
    const { store } = this.session;
    const { id } = store.items[row];
    if (place >= FIXED) {
      const column = place - FIXED;
      const cell = row * store.columnCount + column;
      const departs = store.ratings[cell] !== store.baseline[cell];
      if (!departs && !store.reasons.has(cell)) return;
      this.commit([["rating", id, store.hypotheses[column].id, null]]);
    } else if (place === FIXED - 1 && store.emphases[row] !== 1) {
      this.commit([["emphasis", id, null, null]]);
    }
  }

  askReturn() {
    const { store } = this.session;
    const { ask } = this.view.tools;
    ask.hidden = !ask.hidden;
    if (ask.hidden) return;
    ask.textContent = "";
    /**
     * @param {string} label
     * @param {() => void} act
     */
    const offer = (label, act) => ask.append(button(label, "", () => {
      ask.hidden = true;
      act();
      this.view.cursor.goHere();
    }));
    const said = store.isPublished ? "Return to the published baseline" : "Clear";
    ask.append(span("", `${said} (undo brings it back):`));
    const { row } = this.view.cursor;
    const item = store.items[row];
    if (item) offer(`row ${item.label}`, () => this.session.returnTo(row));
    offer("everything", () => this.session.returnTo(null));
    offer("cancel", () => {});
    ask.querySelector("button")?.focus();
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    event.preventDefault();
    event.stopPropagation();
    const raw = event.clipboardData?.getData("text/plain");
    if (!raw) return;
    const { arrangement, store } = this.session;
    const start = { row: this.view.cursor.row, column: this.view.cursor.place - FIXED };
    const { changes, said } = pasted(store, arrangement, start, raw);
    if (changes.length) this.commit(changes);
    this.view.toast(said);
  }
}
