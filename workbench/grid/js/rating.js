// @ts-check
// One item rated across: one hypothesis after another, without the other columns in view.

import { askedOf, nextToRate } from "./across.js";
import { RATING_KEYS } from "./keys.js";
import { FIXED, box, button, setText, span, written } from "./parts.js";
import { codeButtons, pressCode } from "./picker.js";
import { UNRATED } from "./words.js";

/** @typedef {import("./view.js").View} View */

export class Rating {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.row = -1;
    /** @type {number[]} columns, in the order they are asked */
    this.asked = [];
    this.place = 0;
    this.root = box("lg-rate", {
      role: "dialog", "aria-label": "Rate this item", "aria-modal": "true", tabindex: -1,
    });
    this.root.hidden = true;
    this.where = written("lg-rate-where", "", "p");
    this.title = written("lg-rate-title", "", "h2");
    this.text = written("lg-rate-text", "", "p");
    this.ask = written("lg-rate-ask", "", "p");
    this.hypothesis = written("lg-rate-hypothesis", "", "h3");
    this.statement = written("lg-rate-text", "", "p");
    const codes = box("lg-rate-codes", { role: "group", "aria-label": "Ratings" });
    this.buttons = codeButtons(view.session.store, "", code => this.rate(code));
    this.buttons.forEach((one, code) => {
      one.tabIndex = 0;
      const key = code === UNRATED ? "" : String(code + 1);
      const meaning = view.session.store.codes[code]?.[1] ?? "unrated";
      one.append(span("lg-rate-mean", meaning), span("lg-rate-key", key));
    });
    codes.append(...this.buttons);
    const foot = box("lg-rate-foot");
    foot.append(
      button("Back", "The rating before (\u2190)", () => this.step(-1)),
      button("Skip", "Leave it as it is (\u2192)", () => this.step(1)),
      button("Close", "Close (Escape)", () => this.close()));
    const page = box("lg-rate-page");
    page.append(this.where, this.title, this.text, this.ask, this.hypothesis, this.statement,
      codes, foot);
    this.root.append(page);
  }

  get isOpen() {
    return !this.root.hidden;
  }

  /** Ask about the selected item, or where that is rated whole about the next one. */
  open(row = this.view.cursor.row) {
    const { arrangement, store } = this.view.session;
    if (!store.items[row] || !store.columnCount || !arrangement.placeOf.has(row)) return;
    this.row = row;
    this.asked = askedOf(store, row);
    this.place = 0;
    this.view.picker.hide();
    this.root.hidden = false;
    this.cover(true);
    this.fill();
    this.root.focus({ preventScroll: true });
  }

  /** Keep the grid from hand and caret while one item is rated. @param {boolean} on */
  cover(on) {
    for (const one of [...this.view.root.children]) {
      const beside = one !== this.root && one !== this.view.announcer.live;
      if (beside) /** @type {HTMLElement} */ (one).inert = on;
    }
  }

  /** Ask about the selected item if something of it is unrated, else about the next. */
  begin() {
    const { arrangement, store } = this.view.session;
    const { row } = this.view.cursor;
    const start = row * store.columnCount;
    const open = store.ratings.subarray(start, start + store.columnCount).includes(UNRATED);
    const next = open ? row : nextToRate(store, arrangement, row);
    this.open(next < 0 ? row : next);
  }

  close() {
    const column = this.asked[Math.min(this.place, this.asked.length - 1)] ?? 0;
    this.root.hidden = true;
    this.cover(false);
    this.view.cursor.go(this.row, FIXED + column);
  }

  /**
   * Remember what is asked; gives what asks on about the same in what the case has become,
   * and tells what is gone of it.
   * @returns {() => {label: string, title: string} | null}
   */
  hold() {
    const { store } = this.view.session;
    const item = store.items[this.row];
    const asked = this.asked.map(column => store.hypotheses[column]);
    if (!this.isOpen || !item) return () => null;
    return () => {
      const here = asked[this.place];
      const stays = asked.map(one => store.columnOf.has(one.id));
      const row = store.rowOf.get(item.id);
      this.asked = asked.flatMap(one => store.columnOf.get(one.id) ?? []);
      this.place = Math.min(
        stays.slice(0, this.place).filter(Boolean).length, this.asked.length - 1);
      this.row = row ?? this.view.cursor.row;
      if (row === undefined || !this.asked.length) this.close();
      else this.fill();
      if (row === undefined) return item;
      return store.columnOf.has(here.id) ? null : here;
    };
  }

  fill() {
    const { store } = this.view.session;
    const item = store.items[this.row];
    const column = this.asked[this.place];
    const hypothesis = store.hypotheses[column];
    if (!this.isOpen || !item || !hypothesis) return;
    setText(this.where, `Hypothesis ${this.place + 1} of ${this.asked.length}, in random order`);
    setText(this.title, `${item.label} ${item.title}`);
    setText(this.text, [item.statement, item.caveat && `Caveat: ${item.caveat}`]
      .filter(said => said && said !== item.title).join("\n"));
    setText(this.ask, "If this were true, how would the item stand to it?");
    setText(this.hypothesis, `${hypothesis.label} ${hypothesis.title}`);
    this.view.announcer.say(`${item.label} against ${hypothesis.label} ${hypothesis.title}`);
    setText(this.statement, hypothesis.statement === hypothesis.title ? ""
      : hypothesis.statement);
    pressCode(this.buttons, store.ratings[this.row * store.columnCount + column]);
  }

  /** @param {number} code */
  rate(code) {
    this.view.edits.rate(this.row, this.asked[this.place], code);
    this.step(1);
  }

  /** @param {1 | -1} way */
  step(way) {
    const { arrangement, store } = this.view.session;
    const to = this.place + way;
    if (to >= 0 && to < this.asked.length) {
      this.place = to;
      this.fill();
    } else if (way > 0) {
      const next = nextToRate(store, arrangement, this.row);
      if (next >= 0 && next !== this.row) this.open(next);
      else {
        this.close();
        if (next < 0) this.view.toast("Every item shown here is rated.");
      }
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    const way = { ArrowLeft: /** @type {const} */ (-1), ArrowRight: /** @type {const} */ (1) }[
      event.key];
    if (event.key === "Escape") this.close();
    else if (modified && event.key.toLowerCase() === "z") {
      this.view.step(event.shiftKey ? "redo" : "undo");
      if (!event.shiftKey) this.step(-1);
    } else if (modified || (target.matches("button") && /^(Enter| )$/.test(event.key))) return;
    else if (way) this.step(way);
    else if (Object.hasOwn(RATING_KEYS, event.key)) this.rate(RATING_KEYS[event.key]);
    else return;
    event.preventDefault();
  }
}
