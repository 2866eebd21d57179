// @ts-check
// The case itself has changed: rows and columns added, renamed or removed. No DOM.

import { UNRATED } from "./words.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types.js").Payload} Payload */
/** @typedef {import("./types.js").Row} Row */
/** @typedef {import("./types.js").Shape} Shape */

/**
 * Give what a store would be loaded with after a change of the case: of the rows that
 * are not named, all that is known of them.
 * @param {Store} store
 * @param {Shape} shape
 * @returns {Payload}
 */
export function reshaped(store, shape) {
  const hypotheses = shape.hypotheses ?? store.hypotheses.map((
    { id, label, title, statement }) => [id, label, title, statement]);
  const sources = shape.sources ?? store.sources.map((
    { id, name, reliability, emphasis, url }) => [id, name, reliability, emphasis, url]);
  const columns = hypotheses.map(([id]) => store.columnOf.get(id));
  const rows = rowsAfter(store, shape, columns);
  const width = columns.length;
  /** @type {{[cell: string]: string}} */
  const reasons = {};
  /** @type {{[cell: string]: string}} */
  const own = {};
  rows.forEach(([, , , told, differing], row) => {
    for (const [at, text] of Object.entries(told)) reasons[row * width + Number(at)] = text;
    for (const [at, text] of Object.entries(differing)) own[row * width + Number(at)] = text;
  });
  const weights = rows.map(([{ id }]) => {
    const row = store.rowOf.get(id);
    return row === undefined || !store.active[row] ? null : store.weights[row];
  });
  return {
    matrix: store.matrix, base: shape.base, revision: store.revision,
    codes: store.codes, spread: store.spread, words: store.words, keys: store.keys,
    question: shape.question ?? store.question,
    hypotheses: /** @type {Payload["hypotheses"]} */ (hypotheses),
    sources: /** @type {Payload["sources"]} */ (sources),
    evidence: rows.map(([item]) => item),
    ratings: rows.map(([, ratings]) => ratings).join(""),
    baseline: rows.map(([, , baseline]) => baseline).join(""),
    reasons, own,
    emphases: rows.map(([, , , , , emphasis]) => emphasis),
    frame: {
      key: store.frameKey, title: store.ruleTitle, least: store.leastFirst, blind: store.blind,
      values: [...store.values], weights,
    },
    undo: store.canUndo, redo: store.canRedo,
  };
}

/**
 * @param {Store} store
 * @param {Shape} shape
 * @param {(number | undefined)[]} columns where each column was
 * @returns {Row[]}
 */
function rowsAfter(store, shape, columns) {
  const gone = new Set(shape.gone);
  const given = new Map(shape.rows.map(([, ...row]) => [row[0].id, row]));
  /** @type {Row[]} */
  const rows = [];
  store.items.forEach(({ id }, row) => {
    if (!gone.has(id)) rows.push(given.get(id) ?? rowHere(store, row, columns));
  });
  const stayed = new Set(rows.map(([{ id }]) => id));
  for (const [place, ...row] of shape.rows) {
    if (!stayed.has(row[0].id)) rows.splice(place, 0, row);
  }
  if (!shape.order) return rows;
  const placeOf = new Map(shape.order.map((id, place) => [id, place]));
  return rows.sort(([one], [other]) => (
    (placeOf.get(one.id) ?? 0) - (placeOf.get(other.id) ?? 0)));
}

/**
 * Give a row as it stands here, in the order of the new columns.
 * @param {Store} store
 * @param {number} row
 * @param {(number | undefined)[]} columns
 * @returns {Row}
 */
function rowHere(store, row, columns) {
  /** @type {{[column: string]: string}} */
  const told = {};
  /** @type {{[column: string]: string}} */
  const own = {};
  let ratings = "";
  let baseline = "";
  columns.forEach((from, at) => {
    const cell = from === undefined ? -1 : row * store.columnCount + from;
    ratings += cell < 0 ? UNRATED : store.ratings[cell];
    baseline += cell < 0 ? UNRATED : store.baseline[cell];
    const published = store.published.get(cell) ?? "";
    const reason = store.reasons.get(cell) ?? "";
    if (published) told[at] = published;
    if (reason !== published) own[at] = reason;
  });
  return [store.items[row], ratings, baseline, told, own, store.emphases[row]];
}
