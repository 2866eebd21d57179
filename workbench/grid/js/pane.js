// @ts-check
// One item in full, and the reason of a cell, below the grid.

import { FIXED, box, button, element, setText, span, written } from "./parts.js";
import { UNRATED } from "./words.js";

/** @typedef {import("./view.js").View} View */

export class Pane {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** @type {{row: number, place: number} | null} the cell whose text is shown */
    this.shown = null;
    this.root = box("lg-pane", { role: "region", "aria-label": "Item in full" });
    this.root.hidden = true;
    const head = box("lg-pane-head");
    this.title = written("lg-pane-title", "", "strong");
    this.excluder = button("", "", () => this.shown && view.edits.exclude(this.shown.row));
    this.excluder.hidden = view.session.report;
    const close = button("Close", "Close (Escape)", () => this.close());
    head.append(this.title, box("lg-gap"), this.excluder, close);
    this.meta = span("lg-pane-meta");
    this.text = written("lg-pane-text", "", "p");
    this.caveat = written("lg-pane-caveat", "", "p");
    this.why = box("lg-pane-why");
    this.label = written("lg-why-label", "", "label", { for: "lg-why" });
    this.reason = element("lg-why", "textarea", {
      id: "lg-why", rows: 2, maxlength: 20000,
      placeholder: "Why this rating? Enter keeps it, Shift+Enter starts a new line",
    });
    this.reason.addEventListener("input", () => this.draft(this.reason.value));
    this.reason.addEventListener("blur", () => this.keepReason());
    this.why.append(this.label, this.reason);
    this.root.append(head, this.meta, this.text, this.caveat, this.why);
  }

  get isOpen() {
    return !this.root.hidden;
  }

  /** @param {boolean} atReason whether the caret goes to the reason */
  open(atReason) {
    const { view, reason } = this;
    this.root.hidden = false;
    this.fill();
    view.resized();
    view.goHere();
    if (!atReason) return;
    if (reason.disabled) {
      view.toast("Rate the cell first: a reason is the reason of a rating.");
      return;
    }
    reason.focus();
    reason.setSelectionRange(reason.value.length, reason.value.length);
  }

  close() {
    this.keepReason();
    this.root.hidden = true;
    this.view.resized();
    this.view.render();
    this.view.goHere();
  }

  get isTyping() {
    const root = /** @type {ShadowRoot | Document} */ (this.root.getRootNode());
    return root.activeElement === this.reason || document.activeElement === this.reason;
  }

  fill() {
    if (!this.isOpen || this.isTyping) return;
    const { store } = this.view.session;
    const { row, place } = this.view.current;
    const item = store.items[row];
    if (!item) return;
    this.shown = { row, place };
    setText(this.title, `${item.label} ${item.title}`);
    setText(this.meta, this.particulars(item));
    setText(this.text, item.statement);
    setText(this.caveat, item.caveat ? `Caveat: ${item.caveat}` : "");
    this.caveat.hidden = !item.caveat;
    setText(this.excluder, store.active[row] ? "Exclude item (e)" : "Take item in (e)");
    const column = place - FIXED;
    this.why.hidden = column < 0;
    if (column >= 0) this.fillReason(row, column);
  }

  /** @param {import("./types.js").Item} item */
  particulars(item) {
    const { sources } = this.view.session.store;
    /** @param {string | number} level */
    const said = level => (typeof level === "number" ? `\u00d7${level}` : level);
    const cited = item.sources.map(([at, locator]) => (
      sources[at].name + (locator ? `, ${locator}` : ""))).join("; ");
    return [
      item.kind, item.date, item.grade && `grade ${item.grade}`,
      `credibility ${said(item.credibility)}`, `relevance ${said(item.relevance)}`,
      item.origin && `origin ${item.origin}`, cited,
    ].filter(Boolean).join(" \u00b7 ");
  }

  /**
   * @param {number} row
   * @param {number} column
   */
  fillReason(row, column) {
    const { store } = this.view.session;
    const cell = row * store.columnCount + column;
    const code = store.ratings[cell];
    const published = store.baseline[cell];
    /** @param {number} one */
    const said = one => (
      one === UNRATED ? "unrated" : `${store.word(one)}, ${store.meaning(one)}`);
    const { label, title } = store.hypotheses[column];
    const departs = code !== published ? ` (baseline: ${said(published)})` : "";
    setText(this.label, `If ${label} \u201c${title}\u201d were true, this item would be: `
      + `${said(code)}${departs}. Because\u2026`);
    this.reason.disabled = code === UNRATED;
    this.reason.value = this.drafted() ?? store.reasons.get(cell) ?? "";
  }

  // -- the reason, kept while it is typed -------------------------------

  get draftKey() {
    const { store } = this.view.session;
    const { row, place } = this.shown ?? this.view.current;
    const hypothesis = store.hypotheses[place - FIXED].id;
    return `workbench-draft:${store.matrix}:${store.items[row].id}:${hypothesis}`;
  }

  drafted() {
    try {
      return sessionStorage.getItem(this.draftKey);
    } catch {
      return null;  // storage may be forbidden
    }
  }

  /** @param {string | null} text */
  draft(text) {
    try {
      if (text === null) sessionStorage.removeItem(this.draftKey);
      else sessionStorage.setItem(this.draftKey, text);
    } catch { /* storage may be forbidden: the field still holds it */ }
  }

  keepReason() {
    const { shown, view } = this;
    const { store } = view.session;
    if (!shown || !this.isOpen || shown.place < FIXED || this.reason.disabled) return;
    const hypothesis = store.hypotheses[shown.place - FIXED];
    const item = store.items[shown.row];
    if (!item || !hypothesis) return;
    const cell = shown.row * store.columnCount + shown.place - FIXED;
    const text = this.reason.value.trim();
    this.draft(null);
    if (text !== (store.reasons.get(cell) ?? "")) {
      view.edits.commit([["reason", item.id, hypothesis.id, "", text]]);
    }
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const ends = event.key === "Enter" && !event.shiftKey;
    if (event.key !== "Escape" && !ends) return;
    event.preventDefault();
    this.keepReason();
    const { shown } = this;
    if (event.key === "Escape") this.close();
    if (shown) this.view.go(shown.row, shown.place);
  }
}
