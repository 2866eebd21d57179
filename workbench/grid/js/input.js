// @ts-check
// What keys and pointer mean on the grid.

import { RATING_KEYS } from "./keys.js";
import { FIXED, cellOf, elementOf, sliderOf } from "./parts.js";
import { STEP } from "./store.js";

/** @typedef {import("./view.js").View} View */

export class Input {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.again = false;
    this.listen();
  }

  listen() {
    const { root, scroll } = this.view;
    scroll.addEventListener("scroll", () => this.view.render(), { passive: true });
    root.addEventListener("keydown", event => this.key(event));
    scroll.addEventListener("pointerdown", event => {
      const cell = cellOf(event);
      this.again = !!cell && cell.matches(":focus");  // the first click only selects
    });
    scroll.addEventListener("click", event => this.click(event));
    scroll.addEventListener("dblclick", event => {
      const cell = cellOf(event);
      if (cell && Number(cell.dataset.c) < FIXED && !sliderOf(event)) this.view.pane.open(false);
    });
    root.addEventListener("input", event => this.view.edits.slide(event, false));
    root.addEventListener("change", event => this.view.edits.slide(event, true));
    scroll.addEventListener("focusin", event => {
      const cell = cellOf(event);
      if (cell) this.view.mark(rowOf(cell), Number(cell.dataset.c));
    });
    root.addEventListener("paste", event => {
      if (!elementOf(event).matches("input,textarea")) this.view.edits.paste(event);
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    // Streamlit binds bare letters on the page (C clears its caches, R runs again).
    event.stopPropagation();
    const target = elementOf(event);
    const { order } = this.view.session.arrangement;
    const inGrid = target.closest(".lg-scroll");
    if (target === this.view.pane.reason) this.view.pane.key(event);
    else if (event.key === "Escape") this.escape(target);
    else if (isStep(event) && !target.matches(".lg-find")) {
      event.preventDefault();
      this.view.step(event.shiftKey || event.key.toLowerCase() === "y" ? "redo" : "undo");
    } else if (target.matches(".lg-range")) {
      if (!inGrid || event.key !== "Enter") return;
      event.preventDefault();
      this.view.go(this.view.current.row, FIXED - 1);
    } else if (!inGrid || target.matches("button") || !order.length) {
      const finding = target === this.view.tools.find && event.key === "Enter";
      if (finding) this.view.go(order[0] ?? 0, FIXED);
    } else if (this.moveBy(event) || this.act(event)) event.preventDefault();
  }

  /** @param {Element} target */
  escape(target) {
    if (!this.view.help.hidden) this.view.toggleHelp(false);
    else if (!this.view.tools.ask.hidden) this.view.tools.ask.hidden = true;
    else if (this.view.pane.isOpen) this.view.pane.close();
    if (target.matches(".lg-range,.lg-find")) this.view.goHere();
  }

  /**
   * Move where a key says; false for a key that does not move.
   * @param {KeyboardEvent} event
   */
  moveBy(event) {
    const { arrangement, store } = this.view.session;
    const { order, turned } = arrangement;
    const { row, place } = this.view.current;
    const all = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor(this.view.window()[1] / this.view.lineSize) - 1);
    const last = store.columnCount + FIXED;
    const [topRow, bottomRow] = [order[0], order[order.length - 1]];
    /** @param {number} by */
    const beside = by => (turned ? this.view.move(by, 0) : this.view.move(0, by));
    /** @param {number} by */
    const under = by => (turned ? this.view.move(0, by) : this.view.move(by, 0));
    /** @type {{[key: string]: () => void}} */
    const moves = {
      ArrowRight: () => beside(1),
      ArrowLeft: () => beside(-1),
      ArrowDown: () => under(1),
      ArrowUp: () => under(-1),
      PageDown: () => this.view.move(page, 0),
      PageUp: () => this.view.move(-page, 0),
      Home: () => this.view.go(all || turned ? topRow : row, all || !turned ? 0 : place),
      End: () => this.view.go(
        all || turned ? bottomRow : row, all || !turned ? last : place),
    };
    if (!Object.hasOwn(moves, event.key)) return false;
    moves[event.key]();
    return true;
  }

  /**
   * Do what a key says on the current cell; false for a key that says nothing.
   * @param {KeyboardEvent} event
   */
  act(event) {
    const { report, store } = this.view.session;
    const { row, place } = this.view.current;
    const column = place - FIXED;
    /** @type {{[key: string]: () => void}} */
    const always = {
      "+": () => this.view.edits.emphasise(row, STEP),
      "=": () => this.view.edits.emphasise(row, STEP),
      "-": () => this.view.edits.emphasise(row, -STEP),
      "_": () => this.view.edits.emphasise(row, -STEP),
      "\u2212": () => this.view.edits.emphasise(row, -STEP),
      "Enter": () => {
        if (place === FIXED - 1) this.view.line()?.slider.focus();
        else this.view.pane.open(column >= 0);
      },
      " ": () => (this.view.pane.isOpen ? this.view.pane.close() : this.view.pane.open(false)),
      "?": () => this.view.toggleHelp(),
      "/": () => {
        this.view.tools.find.focus();
        this.view.tools.find.select();
      },
    };
    /** @type {{[key: string]: () => void}} */
    const bare = {
      b: () => this.view.edits.returnCell(row, place),
      B: () => this.view.session.returnTo(row),
      t: () => this.view.turn(),
    };
    if (!report) bare.e = () => this.view.edits.exclude(row);
    if (Object.hasOwn(always, event.key)) always[event.key]();
    else if (event.ctrlKey || event.metaKey || event.altKey) return false;
    else if (Object.hasOwn(RATING_KEYS, event.key) && column >= 0) {
      this.view.edits.rate(row, column, RATING_KEYS[event.key]);
    } else if (Object.hasOwn(bare, event.key) && store.itemCount) bare[event.key]();
    else return false;
    return true;
  }

  /** @param {MouseEvent} event */
  click(event) {
    const cell = cellOf(event);
    if (!cell || sliderOf(event)) return;
    const place = Number(cell.dataset.c);
    if (place === 0 && this.again) this.view.pane.open(false);
    this.view.go(rowOf(cell), place);
  }
}

/** @param {HTMLElement} cell */
function rowOf(cell) {
  return Number(/** @type {HTMLElement} */ (cell.closest(".lg-line")).dataset.i);
}

/** @param {KeyboardEvent} event */
function isStep(event) {
  return (event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key);
}
