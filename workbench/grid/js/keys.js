// @ts-check
// Which key rates a cell, and how.

import { NOT_APPLICABLE, UNRATED } from "./words.js";

/** @type {{[key: string]: number}} */
export const RATING_KEYS = {
  1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 6: NOT_APPLICABLE, 0: NOT_APPLICABLE,
  c: 1, C: 0, n: 2, N: 2, i: 3, I: 4, x: NOT_APPLICABLE, X: NOT_APPLICABLE,
  Delete: UNRATED, Backspace: UNRATED,
};
