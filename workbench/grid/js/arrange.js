// @ts-check
// Which items are shown, and in which order. No DOM.

import { UNRATED } from "./words.js";

/** @typedef {import("./store.js").Store} Store */

/** @typedef {"" | "unrated" | "nondiagnostic" | "departures"} Only */

export class Arrangement {
  constructor() {
    this.sort = "label";
    this.down = false;
    this.text = "";
    this.source = "";
    this.kind = "";
    /** @type {Only} */
    this.only = "";
    this.turned = false;
    this.compact = false;
    /** @type {number[]} the rows shown, in order */
    this.order = [];
    /** @type {Map<number, number>} where a row stands in that order */
    this.placeOf = new Map();
    /** @type {Set<string>} items shown last whether they match or not, while worked on */
    this.guests = new Set();
  }

  /** Whether everything is shown, in the order of the labels. */
  get plain() {
    const { sort, down, text, source, kind, only } = this;
    return sort === "label" && !down && !(text || source || kind || only);
  }

  /**
   * Have new items stand at the end until one leaves them.
   * @param {string[]} ids
   */
  invite(ids) {
    if (!this.plain) for (const id of ids) this.guests.add(id);
  }

  /** What is looked for, in lower case. */
  get words() {
    return this.text.toLowerCase().split(/\s+/).filter(Boolean);
  }

  /**
   * Say how many items are shown.
   * @param {Store} store
   */
  count(store) {
    const many = this.order.length;
    return many === store.itemCount ? `${many} items` : `${many} of ${store.itemCount} items`;
  }

  /** Show everything again. */
  clear() {
    Object.assign(this, { text: "", source: "", kind: "", only: "" });
    this.guests.clear();
  }

  /**
   * Sort by a key, the other way round if it is the one in force.
   * @param {string} key
   * @param {boolean} down
   */
  sortBy(key, down) {
    this.down = this.sort === key ? !this.down : down;
    this.sort = key;
  }

  /** @param {Store} store */
  arrange(store) {
    const { words } = this;
    const { guests } = this;
    const invited = [...store.items.keys()].filter(row => guests.has(store.items[row].id));
    const rows = [...store.items.keys()].filter(row => (
      !guests.has(store.items[row].id) && this.shows(store, row, words)));
    const key = this.sortKey(store);
    if (key) {
      const keys = new Map(rows.map(row => [row, key(row)]));
      rows.sort((a, b) => compared(keys.get(a), keys.get(b)) || a - b);
    }
    if (this.down) rows.reverse();
    rows.push(...invited);
    this.order = rows;
    this.placeOf = new Map(rows.map((row, place) => [row, place]));
  }

  /**
   * @param {Store} store
   * @param {number} row
   * @param {string[]} words
   */
  shows(store, row, words) {
    const item = store.items[row];
    if (this.source && !item.sources.some(([at]) => store.sources[at].id === this.source)) {
      return false;
    }
    if (this.kind && item.kind !== this.kind) return false;
    if (this.only === "unrated") {
      const start = row * store.columnCount;
      const cells = store.ratings.subarray(start, start + store.columnCount);
      if (!cells.includes(UNRATED)) return false;
    }
    const level = () => store.spreads(row).length > 1 && store.diagnosticity(row) === 0;
    if (this.only === "nondiagnostic" && !level()) return false;
    if (this.only === "departures" && !store.departs(row)) return false;
    if (!words.length) return true;
    const { label, title, statement, caveat, origin, kind, date } = item;
    const text = [label, title, statement, caveat, origin, kind, date].join(" ").toLowerCase();
    return words.every(word => text.includes(word));
  }

  /**
   * Find the next item shown with an unrated cell, round the end to the beginning.
   * @param {Store} store
   * @param {number} from row
   * @param {1 | -1} way
   * @returns {{row: number, column: number} | null}
   */
  nextUnrated(store, from, way) {
    const { order } = this;
    const here = this.placeOf.get(from) ?? 0;
    for (let by = 1; by <= order.length; by++) {
      const row = order[(here + way * by + order.length) % order.length];
      const start = row * store.columnCount;
      const column = store.ratings.subarray(start, start + store.columnCount).indexOf(UNRATED);
      if (column >= 0) return { row, column };
    }
    return null;
  }

  /**
   * @param {Store} store
   * @returns {((row: number) => number | string) | null}
   */
  sortKey(store) {
    if (this.sort === "date") return row => store.items[row].date || "9999";
    if (this.sort === "weight") return row => store.weightOf(row);
    if (this.sort === "diagnosticity") return row => store.diagnosticity(row);
    if (this.sort === "emphasis") return row => store.emphases[row];
    const column = store.columnOf.get(this.sort);
    if (column === undefined) return null;
    return row => store.ratings[row * store.columnCount + column];
  }
}

/**
 * @param {any} one
 * @param {any} other
 */
function compared(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}
