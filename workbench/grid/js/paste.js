// @ts-check
// A block copied from a spreadsheet, as changes, or why it cannot be. No DOM.

import { readBlock, readRating } from "./words.js";

/** @typedef {import("./arrange.js").Arrangement} Arrangement */
/** @typedef {import("./types.js").Change} Change */
/** @typedef {import("./store.js").Store} Store */

/**
 * Lay a block over the cells from one on. All of it is pasted, or nothing.
 * @param {Store} store
 * @param {Arrangement} arrangement
 * @param {{row: number, column: number}} start a negative column is no rating
 * @param {string} raw
 * @returns {{changes: Change[], said: string}}
 */
export function pasted(store, arrangement, start, raw) {
  if (start.column < 0) {
    const said = "Paste starts at a rating: go to a cell first. Nothing was changed.";
    return { changes: [], said };
  }
  const first = arrangement.placeOf.get(start.row) ?? 0;
  /** @type {Change[]} */
  const changes = [];
  /** @type {string[]} */
  const unread = [];
  let blank = 0;
  let beyond = 0;
  readBlock(raw, arrangement.turned).forEach((line, down) => line.forEach((text, along) => {
    const row = arrangement.order[first + down];
    const column = start.column + along;
    const word = text && readRating(text, store.words);
    if (!text) blank += 1;
    else if (word === undefined) unread.push(text);
    else if (row === undefined || column >= store.columnCount) beyond += 1;
    else if (store.ratings[row * store.columnCount + column] !== store.codeOf(word)) {
      const { id } = store.hypotheses[column];
      changes.push(["rating", store.items[row].id, id, word, ""]);
    }
  }));
  if (unread.length) return { changes: [], said: refusal(unread) };
  if (beyond) {
    const said = `Nothing pasted: ${beyond} of the block's cells `
      + `${beyond === 1 ? "falls" : "fall"} outside the grid.`;
    return { changes: [], said };
  }
  const count = `${changes.length} ${changes.length === 1 ? "rating" : "ratings"}`;
  const left = blank ? `; ${blank} blank left as they were` : "";
  return { changes, said: `Pasted ${count} that differ${left}.` };
}

/** @param {string[]} unread */
function refusal(unread) {
  const named = [...new Set(unread)].slice(0, 3)
    .map(text => `\u2018${text.slice(0, 20)}\u2019`).join(", ");
  const digits = unread.some(text => /^\d+$/.test(text))
    ? "Digits are refused, since scales run both ways. " : "";
  return `Nothing pasted: ${named} ${unread.length === 1 ? "is no rating" : "are no ratings"}. `
    + `${digits}Use CC, C, N, I, II, NA, words, or ++ + - --.`;
}
