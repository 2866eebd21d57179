// @ts-check
// Changes as operations carry them: what they are about, and whether they change anything.

/** @typedef {import("./types.js").Change} Change */

/** What of an item changes its weight: the server says how. */
export const LEVELS = ["credibility", "relevance", "origin"];

/**
 * Name the cell or slider that a change is about; a reason stands with its rating.
 * @param {readonly unknown[]} change
 */
export function placeOf([kind, id, hypothesis]) {
  const stands = kind === "reason" ? "rating" : LEVELS.includes(String(kind)) ? "details" : kind;
  return `${stands}|${id}|${hypothesis ?? ""}`;
}

/**
 * @param {Change} change
 * @param {Change} before what stood at its place
 */
export function differs([kind, , , to, because], [, , , was, said]) {
  if (to === null) return true;
  if (kind === "reason") return because !== said;
  return to !== was || (because != null && because !== said);
}

/**
 * Find what returns an item, or everything, to the baseline.
 * @param {import("./store.js").Store} store
 * @param {number | null} row
 * @returns {Change[]}
 */
export function departures(store, row) {
  /** @type {Change[]} */
  const changes = [];
  const rows = row === null ? [...store.items.keys()] : [row];
  for (const one of rows) {
    const { id } = store.items[one];
    if (store.emphases[one] !== 1) changes.push(["emphasis", id, null, 1]);
    store.hypotheses.forEach((hypothesis, column) => {
      const cell = one * store.columnCount + column;
      const same = store.ratings[cell] === store.baseline[cell];
      const told = (store.reasons.get(cell) ?? "") === (store.published.get(cell) ?? "");
      if (!same || !told) changes.push(["rating", id, hypothesis.id, null]);
    });
  }
  if (row !== null) return changes;
  for (const { id, emphasis } of store.sources) {
    if (emphasis !== 1) changes.push(["source-emphasis", id, null, 1]);
  }
  return changes;
}
