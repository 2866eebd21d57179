// @ts-check
// One item whole, beside the grid: its text, sources, levels, and a reason for each cell.

import { Folded } from "./folded.js";
import { Levels } from "./levels.js";
import { FIXED, box, button, element, setText, span, written } from "./parts.js";
import { codeButtons, pressCode } from "./picker.js";
import { reasonSlot } from "./returned.js";
import { STEP } from "./store.js";
import { SILENT, UNRATED, shown } from "./words.js";

const DRAFT_SAID = "; draft of the reason, not saved yet";

/** @typedef {import("./view.js").View} View */
/** @typedef {{row: number, column: number}} Cell */

export class Drawer {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    const { session } = view;
    /** @type {number | null} the row that is shown */
    this.row = null;
    /** @type {Map<number, string>} what was typed over each reason, by column */
    this.typed = new Map();
    this.root = box("lg-drawer", { role: "region", "aria-label": "Item in full" });
    this.root.hidden = true;
    this.title = written("lg-drawer-title", "", "h2");
    this.excluder = button("", "", () => this.row !== null && view.edits.exclude(this.row));
    this.excluder.hidden = session.report;
    const close = button("Close", "Close (Escape)", () => this.close());
    const head = box("lg-drawer-head");
    const across = button("Rate", "Rate this item, one hypothesis after another (o)", () => (
      this.row !== null && view.rating.open(this.row)));
    across.setAttribute("aria-label", "Rate this item");
    head.append(this.title, across, this.excluder, close);
    this.text = written("lg-drawer-text", "", "p");
    this.caveat = written("lg-drawer-caveat", "", "p");
    this.slider = element("lg-range", "input", {
      type: "range", min: 0, max: 2, step: STEP, "data-drawer-emphasis": "",
    });
    this.output = span("lg-out");
    const emphasis = element("lg-drawer-emphasis", "label");
    emphasis.append(span("", "Emphasis"), this.slider, this.output);
    this.reasonsPart = box("lg-reasons");
    /** @type {ReturnType<Drawer["buildReason"]>[]} */
    this.reasons = [];
    this.isOld = true;
    this.talk = new Folded(session, "Comment on this item");
    this.facts = element("lg-facts", "dl");
    this.levels = new Levels(view, () => this.row);
    this.levels.root.hidden = session.report;
    this.sources = element("lg-drawer-list", "ul");
    this.findings = element("lg-drawer-list", "ul");
    this.findingsPart = box("lg-drawer-part");
    this.findingsPart.append(
      written("", "What a reviewer would ask", "h3"), this.findings);
    const body = box("lg-drawer-body", { tabindex: 0, role: "group", "aria-label": "Item" });
    body.append(this.text, this.caveat, emphasis,
      written("", "Ratings and reasons", "h3"), this.reasonsPart,
      this.talk.root, this.findingsPart,
      written("", "Sources", "h3"), this.sources, written("", "What it weighs", "h3"),
      this.levels.root, this.facts);
    this.root.append(head, body);
    this.body = body;
    this.leaving = () => this.keepAll();
    window.addEventListener("pagehide", this.leaving);
  }

  // While it is closed none is built: a hypothesis more would have each save wait for parts
  // that nobody may ever look at.
  /** Have a part for each hypothesis as it is now. */
  renew() {
    this.isOld = true;
    if (this.isOpen) this.build();
  }

  /** Build a part for each hypothesis; a caret in one of them stays. */
  build() {
    this.isOld = false;
    const active = /** @type {any} */ (this.root.getRootNode()).activeElement;
    const writing = this.reasons.find(({ input }) => input === active);
    const { id, input } = writing ?? {};
    const range = input ? [input.selectionStart, input.selectionEnd] : [];
    this.reasons.forEach(({ talk }) => talk.end());
    this.reasons = this.view.session.store.hypotheses.map((_, column) => this.buildReason(column));
    this.reasonsPart.replaceChildren(...this.reasons.map(({ root }) => root));
    this.fill();
    const same = this.reasons.find(one => one.id === id);
    if (!same) return;
    same.input.focus({ preventScroll: true });
    same.input.setSelectionRange(range[0] ?? 0, range[1] ?? 0);
  }

  /** @param {number} column */
  buildReason(column) {
    const { view } = this;
    const { id, label, title, statement } = view.session.store.hypotheses[column];
    const root = box("lg-reason");
    const field = `lg-reason-${id}`;
    const name = span("lg-reason-name", `${label} ${title}`, { id: field, title: statement });
    const said = span("lg-reason-said");
    const codes = box("lg-reason-codes", { role: "group", "aria-label": `Rate ${label}` });
    const buttons = codeButtons(view.session.store, label, code => {
      if (this.row === null) return;
      this.keep(column);
      view.cursor.mark(this.row, FIXED + column);
      view.edits.rate(this.row, column, code);
    });
    buttons.forEach(one => {
      one.tabIndex = 0;
    });
    codes.append(...buttons);
    const input = element("lg-why", "textarea", {
      "aria-labelledby": field, rows: 1, maxlength: 20000, placeholder: "Why this rating?",
    });
    input.addEventListener("input", () => {
      this.typed.set(column, input.value);
      this.draft(column, input.value);
      this.fillReason(column, true);
    });
    input.addEventListener("focus", () => {
      const draft = this.drafted(column);
      if (draft !== null && !this.typed.has(column)) this.typed.set(column, draft);
      if (this.row !== null) view.cursor.mark(this.row, FIXED + column);
    });
    input.addEventListener("blur", () => this.keep(column));
    const talk = new Folded(view.session, `Comment on this rating against ${label}`);
    root.append(name, said, codes, input, talk.root);
    return { id, root, said, buttons, input, talk };
  }

  get isOpen() {
    return !this.root.hidden;
  }

  /** @param {boolean} atReason whether the caret goes to the reason of the cell */
  open(atReason) {
    const { view } = this;
    const { row, place } = view.cursor;
    if (!view.session.store.items[row]) return;
    this.root.hidden = false;
    view.root.classList.add("reading");
    view.session.readsFindings();
    if (this.isOld) this.build();
    else this.fill();
    view.resized();
    view.render();
    view.cursor.goHere();
    if (!atReason || place < FIXED) return;
    const { input } = this.reasons[place - FIXED];
    if (input.disabled) {
      view.toast("Rate the cell first: a reason is the reason of a rating.");
      return;
    }
    this.row = row;
    input.focus({ preventScroll: true });
    input.setSelectionRange(input.value.length, input.value.length);
    this.reveal(input);
  }

  close() {
    this.keepAll();
    this.root.hidden = true;
    this.row = null;
    this.view.root.classList.remove("reading");
    this.view.resized();
    this.view.render();
    this.view.cursor.goHere();
  }

  /** @param {HTMLElement} part */
  reveal(part) {
    const around = this.body.getBoundingClientRect();
    const { top, bottom } = part.getBoundingClientRect();
    if (top < around.top) this.body.scrollTop += top - around.top - 40;
    else if (bottom > around.bottom) this.body.scrollTop += bottom - around.bottom + 12;
  }

  /**
   * Give the column of the reason that has the focus, -1 for none.
   * @param {Element} target
   */
  columnOf(target) {
    return this.reasons.findIndex(({ input }) => input === target);
  }

  /** Show the current item; what is being typed stays as it is. */
  fill() {
    if (!this.isOpen) return;
    const { store, words } = this.view.session;
    const { row, place } = this.view.cursor;
    const item = store.items[row];
    if (!item) return;
    const other = this.row !== row;
    if (other) this.keepAll();
    this.row = row;
    setText(this.title, `${item.label} ${item.title}`);
    setText(this.text, item.statement);
    setText(this.caveat, item.caveat ? `Caveat: ${item.caveat}` : "");
    this.caveat.hidden = !item.caveat;
    setText(this.excluder, store.active[row] ? "Exclude (e)" : "Take in (e)");
    this.excluder.title = store.active[row]
      ? "Leave the item out of the scores" : "Count the item again";
    this.slider.dataset.drawerEmphasis = item.id;
    this.slider.setAttribute("aria-label", `Emphasis of ${item.label}, in full`);
    this.slider.value = String(store.emphases[row]);
    this.slider.style.setProperty("--p", `${store.emphases[row] * 50}%`);
    setText(this.output, `\u00d7${store.emphases[row].toFixed(2)}`);
    this.reasons.forEach((_, column) => this.fillReason(column, place === FIXED + column));
    this.talk.show({ evidence: item.id, hypothesis: null });
    this.fillFacts(row);
    this.fillList(this.sources, this.cited(item));
    const asked = words.findings[item.id] ?? [];
    this.findingsPart.hidden = !asked.length;
    this.fillList(this.findings, asked);
    if (other) this.body.scrollTop = 0;
  }

  /**
   * @param {number} column
   * @param {boolean} current
   */
  fillReason(column, current) {
    if (this.row === null) return;
    const { store } = this.view.session;
    const part = this.reasons[column];
    const cell = this.row * store.columnCount + column;
    const code = store.ratings[cell];
    const published = store.baseline[cell];
    part.root.classList.toggle("on", current);
    part.input.id = current ? "lg-why" : "";
    pressCode(part.buttons, code);
    const typed = this.typed.get(column) ?? this.drafted(column);
    setText(part.said, store.meaning(code)
      + (code === published || !store.isPublished ? "" : `; was ${store.meaning(published)}`)
      + (typed === null ? "" : DRAFT_SAID));
    part.input.disabled = code === UNRATED;
    part.input.placeholder = code === UNRATED ? "Rate it first" : "Why this rating?";
    const value = typed ?? store.reasons.get(cell) ?? "";
    if (part.input.value !== value) part.input.value = value;
    part.talk.show({
      evidence: store.items[this.row].id, hypothesis: store.hypotheses[column].id,
    });
  }

  /** @param {number} row */
  fillFacts(row) {
    const { store } = this.view.session;
    const item = store.items[row];
    /** @param {string | number} level */
    const said = level => (typeof level === "number" ? `\u00d7${level}` : level);
    const weight = store.active[row] ? shown(store.weightOf(row)) : "none: it is excluded";
    const facts = [
      ["Weight", `${weight} = credibility \u00d7 relevance \u00d7 origin \u00d7 emphases`],
      ["Diagnosticity", store.spreads(row).length > 1
        ? `${shown(store.diagnosticity(row))}: how far it separates the hypotheses, 0 to 2`
        : SILENT],
      ...(this.view.session.report ? [["Credibility", said(item.credibility)],
        ["Relevance", said(item.relevance)], ["Origin", item.origin || "its own"]] : []),
      ["Grade", item.grade], ["Kind", item.kind], ["Date", item.date],
    ];
    this.levels.fill(row);
    const content = facts.filter(([, value]) => value);
    const looks = JSON.stringify(content);
    if (this.facts.dataset.looks === looks) return;
    this.facts.dataset.looks = looks;
    this.facts.textContent = "";
    for (const [name, value] of content) {
      this.facts.append(written("", String(name), "dt"), written("", String(value), "dd"));
    }
  }

  /** @param {import("./types.js").Item} item */
  cited(item) {
    const { sources } = this.view.session.store;
    return item.sources.map(([at, locator]) => {
      const { name, reliability, url } = sources[at];
      const graded = reliability === "F" ? "reliability not judged"
        : `reliability ${reliability}`;
      return [name, locator, graded, url].filter(Boolean).join(" \u00b7 ");
    });
  }

  /**
   * @param {HTMLElement} list
   * @param {string[]} lines
   */
  fillList(list, lines) {
    const looks = lines.join("\n");
    if (list.dataset.looks === looks) return;
    list.dataset.looks = looks;
    list.textContent = "";
    list.append(...lines.map(line => written("", line, "li")));
  }

  // -- reasons, kept while they are typed -------------------------------

  /** @param {number} column */
  draftKey(column) {
    const { store } = this.view.session;
    const item = store.items[this.row ?? this.view.cursor.row];
    return reasonSlot(store.matrix, item.id, store.hypotheses[column].id);
  }

  /** @param {number} column */
  drafted(column) {
    try {
      return localStorage.getItem(this.draftKey(column));
    } catch {
      return null;  // storage may be forbidden
    }
  }

  /**
   * @param {number} column
   * @param {string | null} text
   */
  draft(column, text) {
    try {
      if (text === null) localStorage.removeItem(this.draftKey(column));
      else localStorage.setItem(this.draftKey(column), text);
    } catch { /* storage may be forbidden: the field still holds it */ }
  }

  /** @param {number} column */
  keep(column) {
    const { store } = this.view.session;
    const text = this.typed.get(column)?.trim();
    if (this.row === null || text === undefined) return;
    const item = store.items[this.row];
    const hypothesis = store.hypotheses[column];
    if (!item || !hypothesis) return;
    const cell = this.row * store.columnCount + column;
    this.typed.delete(column);
    this.draft(column, null);
    if (text !== (store.reasons.get(cell) ?? "")) {
      this.view.edits.commit([["reason", item.id, hypothesis.id, "", text]]);
    } else this.fillReason(column, this.view.cursor.place === FIXED + column);
  }

  /** The grid is gone: what is typed is sent with what else waits. */
  leave() {
    this.keepAll();
    window.removeEventListener("pagehide", this.leaving);
  }

  keepAll() {
    for (const column of [...this.typed.keys()]) this.keep(column);
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} column
   */
  key(event, column) {
    const ends = event.key === "Enter" && !event.shiftKey;
    if (event.key !== "Escape" && !ends) return;
    event.preventDefault();
    this.keep(column);
    const { row } = this;
    if (event.key === "Escape") this.close();
    if (row !== null) this.view.cursor.go(row, FIXED + column);
  }
}
