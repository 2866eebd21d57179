// @ts-check
// The one cell that is selected: where it is, and how it goes from cell to cell.

import { FIXED } from "./parts.js";

/** @typedef {import("./view.js").View} View */

export class Cursor {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.row = view.session.arrangement.order[0] ?? 0;
    this.place = FIXED;
  }

  /** @param {number} row */
  line(row = this.row) {
    const place = this.view.session.arrangement.placeOf.get(row);
    return place === undefined ? undefined : this.view.lines.get(place);
  }

  get currentCell() {
    return this.line()?.cells[this.place];
  }

  get currentHead() {
    return this.view.heading.columns[this.place - FIXED]?.cell;
  }

  /**
   * @param {number} row
   * @param {number} place
   */
  mark(row, place) {
    const cell = this.currentCell;
    if (cell) cell.tabIndex = -1;
    this.currentHead?.classList.remove("on");
    const moved = row !== this.row || place !== this.place;
    this.row = row;
    this.place = place;
    this.markCurrent();
    if (!moved) return;
    this.view.tell();
    this.view.picker.hide();
    this.view.drawer.fill();
  }

  markCurrent() {
    const cell = this.currentCell;
    if (cell) cell.tabIndex = 0;
    this.currentHead?.classList.add("on");
  }

  goHere() {
    this.go(this.row, this.place);
  }

  /** @param {number} at */
  focusHead(at) {
    const { all } = this.view.heading;
    all[Math.max(0, Math.min(all.length - 1, at))]?.querySelector("button")?.focus();
  }

  /**
   * Put the focus on a cell, in view.
   * @param {number} row
   * @param {number} place
   */
  go(row, place) {
    const { arrangement, store } = this.view.session;
    this.view.leaveGuests(row);
    const at = arrangement.placeOf.get(row);
    if (at === undefined) return;
    this.view.room.reveal(at * this.view.lineSize);
    this.mark(row, Math.max(0, Math.min(store.columnCount + FIXED - 1, place)));
    this.view.render();
    const cell = this.currentCell;
    if (!cell) return;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    if (!this.view.turned && !this.view.cards) this.reveal(cell);
  }

  /**
   * Scroll across the lines to a cell, past what is frozen at their beginning.
   * @param {HTMLElement} cell
   */
  reveal(cell) {
    const { wide } = this.view;
    const [frozen] = this.line()?.cells ?? [];
    if (!frozen) return;
    const edge = frozen.offsetWidth;
    const start = cell.offsetLeft;
    const end = start + cell.offsetWidth;
    if (this.place === 0) wide.scrollLeft = 0;
    else if (start - edge < wide.scrollLeft) wide.scrollLeft = Math.max(0, start - edge);
    else if (end > wide.scrollLeft + wide.clientWidth) wide.scrollLeft = end - wide.clientWidth;
  }

  /**
   * @param {number} lines
   * @param {number} places
   */
  move(lines, places) {
    const { order, placeOf } = this.view.session.arrangement;
    if (!order.length) return;
    const at = (placeOf.get(this.row) ?? 0) + lines;
    const row = order[Math.max(0, Math.min(order.length - 1, at))];
    this.go(row, this.place + places);
  }

  /** @param {1 | -1} way */
  nextUnrated(way) {
    const { arrangement, store } = this.view.session;
    const found = arrangement.nextUnrated(store, this.row, way);
    if (found) this.go(found.row, FIXED + found.column);
    else {
      this.view.toast("Every item shown here is rated.");
      if (this.view.cards) this.move(way, 0);
    }
  }
}
