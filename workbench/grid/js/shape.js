// @ts-check
// The case itself has changed: rows and columns added, renamed or removed. No DOM.

import { UNRATED, digits } from "./words.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types.js").Change} Change */
/** @typedef {import("./types.js").Row} Row */
/** @typedef {import("./types.js").Shape} Shape */

// What stays is moved, and where nothing moves left alone: to build a thousand rows anew
// for one that is typed would take as long as all else that its save does.
/**
 * Have a store hold what the case has become. Of the rows that are not named, all that is
 * known of them stays; changes that wait to be saved are painted over those that are.
 * @param {Store} store
 * @param {Shape} shape
 * @param {readonly Change[]} waiting
 */
export function reshape(store, shape, waiting = []) {
  const hypotheses = shape.hypotheses?.map(([id, label, title, statement]) => (
    { id, label, title, statement })) ?? store.hypotheses;
  const given = new Map(shape.rows.map(([, ...row]) => [row[0].id, row]));
  const items = itemsAfter(store, shape, given);
  const rows = items.map(({ id }) => store.rowOf.get(id) ?? -1);
  const columns = hypotheses.map(({ id }) => store.columnOf.get(id) ?? -1);
  moveCells(store, rows, columns);
  moveNumbers(store, rows);
  store.base = shape.base;
  store.question = shape.question ?? store.question;
  store.setColumns(hypotheses);
  store.setItems(items);
  if (shape.sources) store.setSources(shape.sources);
  for (const column of shape.columns) takeColumn(store, column);
  for (const [id, row] of given) takeRow(store, store.rowOf.get(id) ?? -1, row);
  store.isPublished = store.baseline.some(code => code !== UNRATED);
  store.weighSources();
  store.score();
  store.cover(waiting);
}

/**
 * @param {Store} store
 * @param {Shape} shape
 * @param {Map<string, Row>} given
 */
function itemsAfter(store, shape, given) {
  const gone = new Set(shape.gone);
  const items = store.items.filter(({ id }) => !gone.has(id))
    .map(item => given.get(item.id)?.[0] ?? item);
  const stayed = new Set(items.map(({ id }) => id));
  for (const [place, item] of shape.rows) {
    if (!stayed.has(item.id)) items.splice(place, 0, item);
  }
  if (!shape.order) return items;
  const placeOf = new Map(shape.order.map((id, place) => [id, place]));
  return items.sort((one, other) => (placeOf.get(one.id) ?? 0) - (placeOf.get(other.id) ?? 0));
}

/**
 * Move ratings and reasons to where their rows and columns now are.
 * @param {Store} store
 * @param {number[]} rows where each was, -1 for a new one
 * @param {number[]} columns likewise
 */
function moveCells(store, rows, columns) {
  const width = columns.length;
  const [before, many] = [store.columnCount, store.itemCount];
  const areColumnsSame = width === before && columns.every((from, at) => from === at);
  const isMoved = (/** @type {number} */ from, /** @type {number} */ row) => from !== row;
  const moved = rows.findIndex(isMoved);
  const still = !areColumnsSame ? 0 : moved < 0 ? rows.length : moved;
  const [ratings, baseline] = [store.ratings, store.baseline].map(codes => {
    const now = new Uint8Array(rows.length * width).fill(UNRATED);
    now.set(codes.subarray(0, still * width));
    for (let row = still; row < rows.length; row++) {
      if (rows[row] < 0) continue;
      columns.forEach((from, at) => {
        if (from >= 0) now[row * width + at] = codes[rows[row] * before + from];
      });
    }
    return now;
  });
  if (still < many) {
    const rowTo = placesOf(rows, many);
    const columnTo = placesOf(columns, before);
    const movedTexts = (/** @type {Map<number, string>} */ texts) => {
      /** @type {Map<number, string>} */
      const now = new Map();
      for (const [cell, text] of texts) {
        const [row, column] = [rowTo[Math.floor(cell / before)], columnTo[cell % before]];
        if (row >= 0 && column >= 0) now.set(row * width + column, text);
      }
      return now;
    };
    store.published = movedTexts(store.published);
    store.reasons = movedTexts(store.reasons);
  }
  Object.assign(store, { ratings, baseline });
}

/**
 * Turn where each was into where each is, -1 for one that is gone.
 * @param {number[]} froms
 * @param {number} many
 */
function placesOf(froms, many) {
  const places = new Int32Array(many).fill(-1);
  froms.forEach((from, at) => {
    if (from >= 0) places[from] = at;
  });
  return places;
}

/**
 * Move emphases and weights; the weight of a new item comes with the next frame.
 * @param {Store} store
 * @param {number[]} rows where each was, -1 for a new one
 */
function moveNumbers(store, rows) {
  const { active, emphases, weights } = store;
  store.emphases = Float64Array.from(rows, from => (from < 0 ? 1 : emphases[from]));
  store.active = Uint8Array.from(rows, from => (from < 0 ? 0 : active[from]));
  store.weights = Float64Array.from(rows, from => (from < 0 || !active[from] ? 0 : weights[from]));
}

/**
 * @param {Store} store
 * @param {number} row
 * @param {Row} given
 */
function takeRow(store, row, [, ratings, baseline, told, own, emphasis]) {
  const start = row * store.columnCount;
  store.ratings.set(digits(ratings), start);
  store.baseline.set(digits(baseline), start);
  store.emphases[row] = emphasis;
  for (let column = 0; column < store.columnCount; column++) {
    const published = told[column] ?? "";
    const reason = own[column] ?? published;
    putText(store.published, start + column, published);
    putText(store.reasons, start + column, reason);
  }
}

/**
 * @param {Store} store
 * @param {import("./types.js").Column} given
 */
function takeColumn(store, [id, ratings, baseline, told, own]) {
  const [width, at] = [store.columnCount, store.columnOf.get(id) ?? -1];
  const [codes, published] = [digits(ratings), digits(baseline)];
  for (let row = 0; row < store.itemCount; row++) {
    const cell = row * width + at;
    store.ratings[cell] = codes[row];
    store.baseline[cell] = published[row];
    putText(store.published, cell, told[row] ?? "");
    putText(store.reasons, cell, own[row] ?? told[row] ?? "");
  }
}

/**
 * @param {Map<number, string>} texts
 * @param {number} cell
 * @param {string} text
 */
function putText(texts, cell, text) {
  if (text) texts.set(cell, text);
  else texts.delete(cell);
}
