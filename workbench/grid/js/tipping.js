// @ts-check
// The nearest emphases of an item at which the leaders change. No DOM.
//
// The scores are straight lines in one item's emphasis, so the first crossing decides.

import { TIED } from "./store.js";

/** @typedef {import("./store.js").Store} Store */

/** @typedef {{at: number, leaders: number[]}} Tip */

const PARALLEL = 1e-12;
const MOST = 2;

/**
 * Give the nearest emphasis below and above the present one, null where there is none.
 * @param {Store} store
 * @param {number} row
 * @returns {[Tip | null, Tip | null]}
 */
export function tipping(store, row) {
  const known = store.active[row] && !Number.isNaN(store.weightOf(row));
  if (!known || !store.leaders.length) return [null, null];
  return [tip(store, row, -1), tip(store, row, 1)];
}

/**
 * @param {Store} store
 * @param {number} row
 * @param {1 | -1} way up or down
 * @returns {Tip | null}
 */
function tip(store, row, way) {
  const present = store.emphases[row];
  const end = way > 0 ? MOST - present : present;
  if (end <= 0) return null;
  const sign = store.leastFirst ? 1 : -1;
  const factor = store.weights[row] * store.sourceFactors[row];
  const start = row * store.columnCount;
  /** @param {number} column how fast it falls behind on the way */
  const slope = column => way * sign * store.values[store.ratings[start + column]] * factor;
  /** @param {number} column */
  const value = column => sign * store.scores[column];
  const { leaders } = store;
  const slowest = Math.min(...leaders.map(slope));
  const staying = leaders.filter(column => slope(column) <= slowest + PARALLEL);
  if (staying.length < leaders.length) return { at: present, leaders: staying };

  const compared = store.hypotheses.map((_, column) => column)
    .filter(column => store.rated[column]);
  const top = value(leaders[0]);
  let distance = Infinity;
  for (const column of compared) {
    if (store.ranks[column] === 1 || slope(column) >= slowest - PARALLEL) continue;
    distance = Math.min(distance, (value(column) - top) / (slowest - slope(column)));
  }
  if (distance > end + TIED) return null;
  distance = Math.min(distance, end);

  /** @param {number} column */
  const then = column => value(column) + distance * slope(column);
  const best = Math.min(...compared.map(then));
  let next = compared.filter(column => then(column) <= best + TIED);
  if (distance < end - TIED) {
    const least = Math.min(...next.map(slope));
    next = next.filter(column => slope(column) <= least + PARALLEL);
  }
  return { at: present + way * distance, leaders: next };
}
