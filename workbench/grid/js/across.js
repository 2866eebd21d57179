// @ts-check
// An item rated across: which hypothesis is asked about next, in an order of its own. No DOM.

import { UNRATED } from "./words.js";

/** @typedef {import("./arrange.js").Arrangement} Arrangement */
/** @typedef {import("./store.js").Store} Store */

const PRIME = 16777619;   // of the hash by Fowler, Noll and Vo
const BASIS = 2166136261;

/** @param {string} text */
function hashed(text) {
  let found = BASIS;
  for (let at = 0; at < text.length; at++) {
    found = Math.imul(found ^ text.charCodeAt(at), PRIME);
  }
  return found >>> 0;
}

/**
 * Put the columns in an order that is random, and the same for an item and an analyst
 * whenever it is asked for: each is drawn by the hash of all three names.
 * @param {string} matrix names case and analyst
 * @param {string} item
 * @param {string[]} hypotheses ids
 * @returns {number[]} places in `hypotheses`
 */
export function shuffled(matrix, item, hypotheses) {
  const drawn = hypotheses.map(id => hashed(hashed(`${matrix}|${item}|${id}`).toString(36)));
  return hypotheses.map((_, at) => at).sort((a, b) => drawn[a] - drawn[b] || a - b);
}

/**
 * List what is asked of an item: its unrated cells, or all where it is rated whole.
 * @param {Store} store
 * @param {number} row
 */
export function askedOf(store, row) {
  const { columnCount, hypotheses, items, matrix, ratings } = store;
  const order = shuffled(matrix, items[row].id, hypotheses.map(({ id }) => id));
  const open = order.filter(column => ratings[row * columnCount + column] === UNRATED);
  return open.length ? open : order;
}

/**
 * Find the next item shown that is not rated whole, after one and round to it; -1 for none.
 * @param {Store} store
 * @param {Arrangement} arrangement
 * @param {number} row
 */
export function nextToRate(store, arrangement, row) {
  return arrangement.nextUnrated(store, row, 1)?.row ?? -1;
}
