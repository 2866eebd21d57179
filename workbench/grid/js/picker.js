// @ts-check
// The codes beside the cell that was chosen with mouse or finger.

import { FIXED, box, written } from "./parts.js";
import { UNRATED } from "./words.js";

/** @typedef {import("./view.js").View} View */

const GAP = 3;

/**
 * Make a button for each code, and for none.
 * @param {import("./store.js").Store} store
 * @param {string} about what is rated
 * @param {(code: number) => void} act
 */
export function codeButtons(store, about, act) {
  return [...store.codes, ["\u2013", "unrated"]].map(([code, meaning], number) => {
    const made = written(`lg-code r${number}`, code, "button", {
      type: "button", title: meaning, "aria-pressed": "false", tabindex: -1,
      "aria-label": `${code} ${meaning}${about ? `, ${about}` : ""}`,
    });
    // The focus stays where it is: keys go on from the cell.
    made.addEventListener("pointerdown", event => event.preventDefault());
    made.addEventListener("click", event => {
      event.stopPropagation();
      act(number);
    });
    return made;
  });
}

/**
 * @param {HTMLElement[]} buttons
 * @param {number} code
 */
export function pressCode(buttons, code) {
  buttons.forEach((one, number) => one.setAttribute("aria-pressed", String(number === code)));
}

export class Picker {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.root = box("lg-picker", { role: "group", "aria-label": "Rate the selected cell" });
    this.root.hidden = true;
    this.buttons = codeButtons(view.session.store, "", code => {
      this.hide();
      view.edits.rateSelected(code);
    });
    this.root.append(...this.buttons);
  }

  hide() {
    if (!this.root.hidden) this.root.hidden = true;
  }

  // Above the cell: what comes next, below and beside it, stays free for the hand.
  show() {
    const { view } = this;
    const { store } = view.session;
    const { row, place } = view.cursor;
    const cell = view.cursor.currentCell;
    if (!cell || place < FIXED || view.cards) return;
    pressCode(this.buttons, store.ratings[row * store.columnCount + place - FIXED] ?? UNRATED);
    this.root.hidden = false;
    const around = view.table.getBoundingClientRect();
    const at = cell.getBoundingClientRect();
    const left = at.left + (at.width - this.root.offsetWidth) / 2 - around.left;
    const most = around.width - this.root.offsetWidth - GAP;
    this.root.style.left = `${Math.max(GAP, Math.min(most, left))}px`;
    this.root.style.top = `${at.top - around.top - this.root.offsetHeight - GAP}px`;
  }
}
