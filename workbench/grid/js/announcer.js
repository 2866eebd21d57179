// @ts-check
// What a screen reader is told, politely and once: what was rated, who stands where now.

import { LEVELS } from "./changes.js";
import { box, setText } from "./parts.js";
import { joined } from "./words.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types.js").Change} Change */

const SETTLED_MS = 300;  // of quiet, so that a burst is one sentence

export class Announcer {
  /** @param {Store} store */
  constructor(store) {
    this.store = store;
    this.live = box("lg-live", { "aria-live": "polite", role: "status" });
    this.ranks = store.ranks;
    /** @type {string | (() => string)} */
    this.what = "";
    /** @type {any} */
    this.timer = null;
  }

  /**
   * Say something once it is quiet; what is put in words only then holds up no key.
   * @param {string | (() => string)} what
   */
  say(what) {
    this.what = what;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.speak(), SETTLED_MS);
  }

  /** @param {readonly Change[]} changes */
  changed(changes) {
    const { length } = changes;
    this.say(() => (length === 1 ? this.described(changes[0]) : `${length} changes`));
  }

  /** @param {Change} change */
  described([kind, id, hypothesis, to]) {
    const { store } = this;
    const item = store.items[store.rowOf.get(id) ?? -1];
    if (kind === "source-emphasis") return `Source emphasis ${to ?? 1}`;
    if (!item) return "";
    if (kind === "emphasis") return `${item.label}, emphasis ${to ?? 1}`;
    if (kind === "exclusion") return `${item.label}, ${to ? "excluded" : "taken in"}`;
    if (LEVELS.includes(kind)) return `${item.label}, ${kind} ${to || "as published"}`;
    const row = store.rowOf.get(id) ?? 0;
    const column = store.columnOf.get(hypothesis ?? "") ?? 0;
    const code = store.ratings[row * store.columnCount + column];
    const said = kind === "reason" ? "reason kept" : store.meaning(code);
    return `${item.label}, ${store.hypotheses[column].label}: ${said}`;
  }

  speak() {
    const { hypotheses, ranks } = this.store;
    const moved = hypotheses.flatMap(({ label, title }, column) => (
      ranks[column] === this.ranks[column] || !ranks[column] ? []
        : [`${label} ${title} is now ${this.placeOf(ranks[column])}`]));
    this.ranks = ranks;
    const what = typeof this.what === "string" ? this.what : this.what();
    setText(this.live, [what, joined(moved)].filter(Boolean).join(". "));
  }

  /** @param {number} rank */
  placeOf(rank) {
    const tied = this.store.ranks.filter(one => one === rank).length > 1;
    return `${tied ? "level " : ""}${rank === 1 ? "first" : `number ${rank}`}`;
  }
}
