// @ts-check
// What an item weighs, changed beside it: credibility, relevance, origin.

import { box, element, span, written } from "./parts.js";

/** @typedef {import("./view.js").View} View */

const WORDS = ["high", "medium", "low"];
const PUBLISHED = "as published";

export class Levels {
  /**
   * @param {View} view
   * @param {() => number | null} row the item that is shown
   */
  constructor(view, row) {
    this.view = view;
    this.row = row;
    this.root = box("lg-levels");
    const kinds = /** @type {const} */ (["credibility", "relevance"]);
    this.selects = kinds.map(kind => {
      const name = kind === "credibility" ? "Credibility" : "Relevance";
      const select = element("lg-sel", "select", { "aria-label": name });
      select.addEventListener("change", () => {
        const { value } = select;
        const number = Number(value);
        this.commit(kind, value === "" ? null : Number.isNaN(number) ? value : number);
      });
      this.root.append(named(name, select));
      return { kind, select };
    });
    this.known = element("", "datalist", { id: "lg-origins" });
    this.origin = element("lg-find lg-origin", "input", {
      type: "text", "aria-label": "Origin", list: "lg-origins", autocomplete: "off",
      placeholder: "its own", maxlength: 200,
    });
    this.origin.addEventListener("change", () => this.commit("origin", this.origin.value.trim()));
    this.origin.addEventListener("keydown", event => {
      if (event.key === "Enter") this.origin.blur();
    });
    this.root.append(named("Origin", this.origin), this.known);
  }

  /**
   * @param {string} kind
   * @param {string | number | null} to null for what is published
   */
  commit(kind, to) {
    const row = this.row();
    if (row === null) return;
    this.view.edits.commit([[kind, this.view.session.store.items[row].id, null, to]]);
  }

  /** @param {number} row */
  fill(row) {
    const { items } = this.view.session.store;
    const item = items[row];
    for (const { kind, select } of this.selects) {
      const now = String(item[kind]);
      const offered = WORDS.includes(now) ? WORDS : [now, ...WORDS];
      const looks = offered.join();
      if (select.dataset.looks !== looks) {
        select.dataset.looks = looks;
        select.replaceChildren(...offered.map(one => option(one, one)), option("", PUBLISHED));
      }
      select.value = now;
    }
    const root = /** @type {any} */ (this.root.getRootNode());
    if (root.activeElement === this.origin) return;
    this.origin.value = item.origin;
    const origins = [...new Set(items.map(({ origin }) => origin))].filter(Boolean).sort();
    if (this.known.dataset.looks === origins.join()) return;
    this.known.dataset.looks = origins.join();
    this.known.replaceChildren(...origins.map(one => option(one, one)));
  }
}

/**
 * @param {string} name
 * @param {HTMLElement} control
 */
function named(name, control) {
  const label = element("lg-level", "label");
  label.append(span("", name), control);
  return label;
}

/**
 * @param {string} value
 * @param {string} text
 */
function option(value, text) {
  const made = written("", text, "option");
  made.value = value;
  return made;
}
