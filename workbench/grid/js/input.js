// @ts-check
// What keys and pointer mean on the grid.

import { RATING_KEYS } from "./keys.js";
import { FIXED, cellOf, elementOf, sliderOf } from "./parts.js";
import { STEP } from "./store.js";
import { isTyped } from "./travel.js";

/** @typedef {import("./view.js").View} View */

const CHANGING = /^(Enter|Delete|Backspace)$/;
const STRANDED_MS = 1000;  // what comes sooner was begun before anybody could see why

export class Input {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.strandedAt = -Infinity;  // when what the hand was on went, or a key came since
    /** @param {KeyboardEvent} event */
    this.onPage = event => this.pageKey(event);
    this.listen();
  }

  leave() {
    document.removeEventListener("keydown", this.onPage);
  }

  listen() {
    const { root, table, wide } = this.view;
    document.addEventListener("keydown", this.onPage);
    wide.addEventListener("scroll", () => this.view.scrolledAcross(), { passive: true });
    root.addEventListener("keydown", event => this.key(event));
    table.addEventListener("click", event => this.click(event));
    table.addEventListener("dblclick", event => {
      const cell = cellOf(event);
      if (!cell || sliderOf(event)) return;
      this.view.picker.hide();
      this.view.drawer.open(Number(cell.dataset.c) >= FIXED);
    });
    root.addEventListener("input", event => this.view.edits.slide(event, false));
    root.addEventListener("change", event => this.view.edits.slide(event, true));
    table.addEventListener("focusin", event => {
      const cell = cellOf(event);
      if (!cell) return;
      this.strandedAt = -Infinity;  // somebody has gone there
      this.view.cursor.mark(rowOf(cell), Number(cell.dataset.c));
    });
    root.addEventListener("paste", event => {
      if (!elementOf(event).matches("input,textarea")) this.view.edits.paste(event);
    });
  }

  /**
   * Take the keys that hold wherever the focus is on the page.
   * @param {KeyboardEvent} event
   */
  pageKey(event) {
    if (event.defaultPrevented || isTyped(event) || !this.view.isThere) return;
    const { typing } = this.view;
    if (event.key === "/") this.view.find();
    else if (event.key === "?") this.view.toggleHelp();
    else if (event.key === "a" && typing) typing.evidence.focus();
    else if (event.key === "A" && typing) typing.hypothesis.focus();
    else return;
    event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    // Streamlit binds bare letters on the page (C clears its caches, R runs again).
    event.stopPropagation();
    const { view } = this;
    const meant = event.key.length === 1 || CHANGING.test(event.key);
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (meant && !modified && event.timeStamp - this.strandedAt < STRANDED_MS) {
      this.strandedAt = event.timeStamp;
      event.preventDefault();
      return;
    }
    const target = elementOf(event);
    const { order } = view.session.arrangement;
    const cell = target.closest("[data-c]");
    const reason = view.drawer.columnOf(target);
    const entry = view.typing?.owns(target);
    if (view.rating.isOpen) {
      view.rating.key(event);
      return;
    }
    if (!target.closest(".lg-picker")) view.picker.hide();
    if (entry) view.typing?.key(event, entry);
    else if (reason >= 0) view.drawer.key(event, reason);
    else if (event.key === "Escape") this.escape(target);
    else if (isStep(event) && !target.matches(".lg-find")) {
      event.preventDefault();
      view.step(event.shiftKey || event.key.toLowerCase() === "y" ? "redo" : "undo");
    } else if (target.matches(".lg-range")) {
      if (!cell || event.key !== "Enter") return;
      event.preventDefault();
      view.cursor.go(view.cursor.row, FIXED - 1);
    } else if (target.closest(".lg-head")) this.moveInHead(event, target);
    else if (!cell || target.matches("button") || !order.length) {
      if (target === view.tools.find && event.key === "Enter") view.cursor.go(order[0] ?? 0, FIXED);
      else this.pageKey(event);
    } else if (this.moveBy(event) || this.act(event)) event.preventDefault();
    else this.pageKey(event);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Element} target
   */
  moveInHead(event, target) {
    const { heading } = this.view;
    const at = heading.all.findIndex(one => one.contains(target));
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === 1 && at === heading.all.length - 1 && this.view.typing) {
      this.view.typing.hypothesis.focus();
    } else if (by) this.view.cursor.focusHead(at + by);
    else if (event.key === "ArrowDown") this.view.cursor.go(this.view.cursor.row, at);
    else {
      this.pageKey(event);
      return;
    }
    event.preventDefault();
  }

  /** @param {Element} target */
  escape(target) {
    if (!this.view.help.hidden) this.view.toggleHelp(false);
    else if (!this.view.tools.ask.hidden) this.view.tools.ask.hidden = true;
    else if (this.view.drawer.isOpen) this.view.drawer.close();
    else if (this.view.root.classList.contains("focus")) this.view.focusMode();
    if (target.matches(".lg-range,.lg-find")) this.view.cursor.goHere();
  }

  /**
   * Move where a key says; false for a key that does not move.
   * @param {KeyboardEvent} event
   */
  moveBy(event) {
    const { arrangement, store } = this.view.session;
    const { order } = arrangement;
    const { turned } = this.view;
    const { row, place } = this.view.cursor;
    const all = event.ctrlKey || event.metaKey;
    // Measured only where it counts: after a move that would lay the whole page out anew.
    const page = () => (
      Math.max(1, Math.floor(this.view.room.window()[1] / this.view.lineSize) - 1));
    const last = store.columnCount + FIXED;
    const [topRow, bottomRow] = [order[0], order[order.length - 1]];
    /** @param {number} by */
    const along = by => {
      if (by > 0 && row === bottomRow && this.view.typing) this.view.typing.evidence.focus();
      else this.view.cursor.move(by, 0);
    };
    /** @param {number} by */
    const beside = by => (turned ? along(by) : this.view.cursor.move(0, by));
    /** @param {number} by */
    const under = by => (turned ? this.view.cursor.move(0, by) : along(by));
    /** @type {{[key: string]: () => void}} */
    const moves = {
      ArrowRight: () => beside(1),
      ArrowLeft: () => beside(-1),
      ArrowDown: () => under(1),
      ArrowUp: () => {
        if (!turned && row === topRow) this.view.cursor.focusHead(place);
        else under(-1);
      },
      PageDown: () => this.view.cursor.move(page(), 0),
      PageUp: () => this.view.cursor.move(-page(), 0),
      Home: () => this.view.cursor.go(all || turned ? topRow : row, all || !turned ? 0 : place),
      End: () => this.view.cursor.go(
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
    const { row, place } = this.view.cursor;
    const column = place - FIXED;
    /** @type {{[key: string]: () => void}} */
    const always = {
      "+": () => this.view.edits.emphasise(row, STEP),
      "=": () => this.view.edits.emphasise(row, STEP),
      "-": () => this.view.edits.emphasise(row, -STEP),
      "_": () => this.view.edits.emphasise(row, -STEP),
      "\u2212": () => this.view.edits.emphasise(row, -STEP),
      "Enter": () => {
        if (place === FIXED - 1) this.view.cursor.line()?.slider.focus();
        else this.view.drawer.open(column >= 0);
      },
      " ": () => {
        if (this.view.drawer.isOpen) this.view.drawer.close();
        else this.view.drawer.open(false);
      },
    };
    /** @type {{[key: string]: () => void}} */
    const bare = {
      b: () => this.view.edits.returnCell(row, place),
      B: () => this.view.session.returnTo(row),
      f: () => this.view.focusMode(),
      o: () => this.view.rating.begin(),
      t: () => this.view.turn(),
      u: () => this.view.cursor.nextUnrated(1),
      U: () => this.view.cursor.nextUnrated(-1),
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
    this.view.cursor.go(rowOf(cell), place);
    if (place === 0) this.view.drawer.open(false);
    else if (place >= FIXED) this.view.picker.show();
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
