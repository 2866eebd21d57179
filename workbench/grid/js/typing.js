// @ts-check
// The last row and the last column of the grid: they take typing and lists.

import { Entries, awaited, kindOf, listed, spoken, titlesOf } from "./adding.js";
import { FIXED, box, button, element, span, written } from "./parts.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./adding.js").Request} Request */
/** @typedef {"evidence" | "hypothesis"} Kind */

/** @type {{[kind: string]: {add: string, hint: string, long?: string}}} */
const SAID = {
  evidence: {
    add: "Add evidence",
    hint: "Title of an item; Enter for the next, Enter alone to rate. Or paste a list or a table",
  },
  hypothesis: {
    add: "Add hypothesis", hint: "Add hypothesis",
    long: "Title of a hypothesis; Enter for the next",
  },
};
const UNADDED = "Draft, not added yet";

/** One field that takes titles, with what waits to be stored and what was refused. */
class Entry {
  /**
   * @param {View} view
   * @param {Kind} kind
   * @param {HTMLElement} notes where what waits and what was refused is told
   */
  constructor(view, kind, notes) {
    this.view = view;
    this.kind = kind;
    this.entries = new Entries(`${view.session.store.matrix}:grid:${kind}`, storageHere());
    const { add, hint } = SAID[kind];
    this.input = element("lg-entry-text", "input", {
      type: "text", autocomplete: "off", placeholder: hint, "aria-label": `${add}: title`,
    });
    this.input.value = this.entries.text;
    this.button = button(add, "", () => this.add());
    this.button.classList.add("lg-entry-add");
    this.notes = notes;
    this.input.addEventListener("input", () => {
      this.entries.type(this.input.value);
      this.fill();
    });
    this.input.addEventListener("paste", event => this.paste(event));
    /** @type {import("./types.js").NearAdded[]} what was added and another says nearly */
    this.near = [];
    this.looks = "";
    this.fill();
  }

  /** @param {Request} request */
  send(request) {
    const { outbox } = this.view.session;
    if (!outbox) return;
    titlesOf(request).forEach(title => this.view.typing?.expected.add(title));
    outbox.log("act", request);
    this.fill();
  }

  add() {
    const title = this.entries.take();
    this.input.value = this.entries.text;
    if (title) this.send({ act: `add-${this.kind}`, title });
    this.focus();
  }

  focus() {
    this.view.root.classList.add(`adding-${this.kind}`);
    this.input.focus({ preventScroll: true });
    this.show();
  }

  /** Bring it into view with the frame, which lays the page out in any case. */
  show() {
    requestAnimationFrame(() => this.input.scrollIntoView(
      { block: "nearest", inline: "nearest", behavior: "instant" }));
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    const found = listed(event.clipboardData?.getData("text/plain") ?? "");
    if (found.titles.length < 2) return;
    event.preventDefault();
    event.stopPropagation();
    this.entries.paste(found);
    this.fill();
    this.notes.querySelector("button")?.focus();
  }

  /** Tell what waits to be stored, what was refused, and ask about what was pasted. */
  fill() {
    const { entries } = this;
    const { outbox } = this.view.session;
    const waits = outbox ? [...awaited(outbox).values()].filter(
      one => kindOf(one) === this.kind) : [];
    const state = this.input.value ? UNADDED + (entries.kept ? "" : ", and not kept") : "";
    const { rowOf } = this.view.session.store;
    this.near = this.near.filter(({ id, item }) => rowOf.has(id) && rowOf.has(item));
    const looks = JSON.stringify([
      waits, state, entries.pasted, entries.refused, this.near]);
    if (looks === this.looks) return;
    this.looks = looks;
    const lines = waits.map(one => written("lg-note waits", `Saving: ${spoken(one)}`, "p"));
    entries.refused.forEach(({ request, reason }, at) => {
      const line = written("lg-note refused", `Not added: ${spoken(request)}. ${reason} `, "p");
      line.append(button("Try again", "", () => {
        const again = entries.withdraw(at);
        if (again) this.send(again);
      }), button("Discard", "", () => {
        entries.withdraw(at);
        this.fill();
        this.focus();
      }));
      lines.push(line);
    });
    lines.push(...this.near.map(one => this.alike(one)));
    if (entries.pasted) lines.push(this.asked(entries.pasted));
    if (state) lines.push(written("lg-note", state, "p"));
    this.notes.replaceChildren(...lines);
    this.notes.hidden = !lines.length;
    this.view.room?.forget();  // a view in the making has none
  }

  /**
   * Point to the item that is like one that was added; nothing is joined by itself.
   * @param {import("./types.js").NearAdded} near
   */
  alike(near) {
    const line = written("lg-note near", `${near.text} `, "p");
    const { store } = this.view.session;
    const { label } = store.items[store.rowOf.get(near.item) ?? 0];
    line.append(button(`Look at ${label}`, "", () => {
      this.view.clearFor(near.item);
      this.view.drawer.open(false);
    }), button("Both stay", "They say different things", () => {
      this.near = this.near.filter(one => one !== near);
      this.fill();
      this.focus();
    }));
    return line;
  }

  /** @param {import("./adding.js").Pasted} pasted */
  asked({ titles, table, raw }) {
    const line = box("lg-note asks", { role: "group", "aria-label": "What was pasted" });
    const done = () => {
      this.entries.paste(null);
      this.fill();
      this.focus();
    };
    const many = this.kind === "evidence" ? `Add ${titles.length} items`
      : `Add ${titles.length} hypotheses`;
    const adds = button(many, "", () => {
      done();
      if (this.kind === "evidence") this.send({ act: "add-items", titles });
      else titles.forEach(title => this.send({ act: "add-hypothesis", title }));
    });
    const bring = button("Look at the table", "What is in it, before anything is added", () => {
      this.view.session.bring(raw);
      done();
    });
    const [first] = titles;
    const said = table && this.kind === "evidence"
      ? "A table was pasted: look at it, and its ratings come in too; or take the first column."
      : `${titles.length} lines were pasted, from \u201c${first.slice(0, 40)}\u201d on.`;
    line.append(span("", said), ...(table && this.kind === "evidence" ? [bring, adds] : [adds]),
      button("Leave it", "", done));
    return line;
  }
}

export class Typing {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** @type {Set<string>} titles that were sent from here and are not there yet */
    this.expected = new Set();
    /** @type {Set<string>} items of which it was told that another is like them */
    this.pointed = new Set();
    /** @type {Map<string, Request>} what waited when it was last looked */
    this.waiting = new Map();
    const notes = box("lg-notes");
    this.hypothesisNotes = box("lg-notes lg-notes-top");
    this.evidence = new Entry(view, "evidence", notes);
    this.hypothesis = new Entry(view, "hypothesis", this.hypothesisNotes);
    this.rows = box("lg-adds", { role: "rowgroup" });
    const row = box("lg-add", { role: "row" });
    const cell = box("lg-add-cell", { role: "gridcell" });
    const line = box("lg-entry");
    line.append(this.evidence.input, this.evidence.button);
    cell.append(line, notes);
    row.append(cell);
    this.rows.append(row);
    this.column = box("lg-hc lg-add-column", { role: "columnheader" });
    const { input, button: opener } = this.hypothesis;
    opener.textContent = "+";
    opener.setAttribute("aria-label", SAID.hypothesis.add);
    opener.title = `${SAID.hypothesis.add} (Shift+A)`;
    this.evidence.button.title = `${SAID.evidence.add} (a)`;
    this.column.append(input, opener);
    for (const { input: one, kind } of this.both) {
      one.addEventListener("blur", () => {
        if (!one.value) view.root.classList.remove(`adding-${kind}`);
      });
    }
  }

  get both() {
    return [this.evidence, this.hypothesis];
  }

  /** @param {EventTarget | null} target */
  owns(target) {
    return this.both.find(({ input }) => input === target);
  }

  get isTyping() {
    const root = /** @type {any} */ (this.view.root.getRootNode());
    return this.owns(root.activeElement ?? document.activeElement);
  }

  /** Put the caret where the case lacks most, when an empty one opens. */
  begin() {
    const { columnCount, itemCount } = this.view.session.store;
    if (columnCount < 2) this.hypothesis.focus();
    else if (!itemCount) this.evidence.focus();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Entry} entry
   */
  key(event, entry) {
    const { input } = entry;
    const { cursor, session } = this.view;
    const { order } = session.arrangement;
    const atStart = input.selectionStart === 0 && input.selectionEnd === 0;
    const rows = entry === this.evidence;
    const turned = this.view.turned === rows;
    const back = turned ? "ArrowLeft" : "ArrowUp";
    if (event.isComposing) return;
    if (event.key === "Enter" && !input.value.trim()) this.onward(entry);
    else if (event.key === "Enter") entry.add();
    else if (event.key === "Escape") this.leave(entry);
    else if (rows && event.key === back && atStart && order.length) {
      cursor.go(order[order.length - 1], cursor.place);
    } else if (!rows && event.key === "ArrowLeft" && atStart) {
      cursor.focusHead(Infinity);
    } else if (!rows && event.key === "ArrowDown") this.leave(entry);
    else return;
    event.preventDefault();
  }

  /**
   * Go on to what comes next, where Enter is pressed and nothing is typed: from two
   * hypotheses to the items, from the items to their ratings.
   * @param {Entry} entry
   */
  onward(entry) {
    const { outbox, store } = this.view.session;
    const waits = outbox ? [...awaited(outbox).values()] : [];
    const hypotheses = waits.filter(one => kindOf(one) === "hypothesis").length;
    if (entry === this.hypothesis) {
      if (store.columnCount + hypotheses > 1) this.evidence.focus();
    } else if (store.itemCount && store.columnCount) this.view.rating.begin();
  }

  /** @param {Entry} entry */
  leave(entry) {
    const { cursor, session } = this.view;
    if (session.arrangement.order.length && session.store.columnCount) {
      cursor.go(cursor.row, Math.max(cursor.place, FIXED));
    } else if (entry === this.hypothesis) this.evidence.focus();
    else this.hypothesis.focus();
  }

  /** Follow the outbox: what waits, what came, what was refused. @param {any} settled */
  hear(settled) {
    const { outbox } = this.view.session;
    if (!outbox) return;
    const now = awaited(outbox);
    const reasons = settled?.reasons ?? {};
    for (const [name, request] of this.waiting) {
      if (now.has(name)) continue;
      const entry = kindOf(request) === "evidence" ? this.evidence : this.hypothesis;
      titlesOf(request).forEach(title => this.expected.delete(title));
      if (reasons[name] !== undefined) entry.entries.refuse(request, reasons[name]);
    }
    this.waiting = now;
    /** @type {import("./types.js").NearAdded[]} */
    const near = (settled?.near ?? []).filter((
      /** @type {import("./types.js").NearAdded} */ { id }) => !this.pointed.has(id));
    near.forEach(({ id }) => this.pointed.add(id));
    this.evidence.near.push(...near);
    if (near.length) this.view.announcer.say(near.map(({ text }) => text).join(" "));
    this.both.forEach(one => one.fill());
  }

  /**
   * Give the items that were added from here, of those that are new.
   * @param {string[]} added ids
   */
  own(added) {
    const { items, rowOf } = this.view.session.store;
    return added.filter(id => this.expected.has(items[rowOf.get(id) ?? -1]?.title));
  }

  /** Tell how many cells a new hypothesis awaits ratings in. @param {string[]} opened ids */
  tellColumns(opened) {
    const { store } = this.view.session;
    const said = opened.map(id => {
      const { label, title } = store.hypotheses[store.columnOf.get(id) ?? 0];
      const many = store.itemCount;
      const awaits = many ? `: ${many} ${many === 1 ? "cell awaits" : "cells await"} a rating` : "";
      return `${label} ${title} added${awaits}.`;
    }).join(" ");
    if (!said) return;
    this.view.toast(said);
    this.view.announcer.say(said);
  }

  paint() {
    const { columnCount } = this.view.session.store;
    const { classList } = this.view.root;
    classList.toggle("few", columnCount < 2);
    classList.toggle("empty", columnCount === 0);
    const { hint, long = hint } = SAID.hypothesis;
    this.hypothesis.input.placeholder = columnCount < 2 ? long : hint;
  }
}

function storageHere() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
