// @ts-check
// Texts in and out: what a pasted text means as a rating, how a number is written.

export const UNRATED = 6;
export const SILENT = "Cannot say yet: fewer than two cells are rated, NA apart";
export const NOT_APPLICABLE = 5;
const TIE = 1e-9;
/**
 * Write a number with two decimals, half up from 1e-9, as the reports print it.
 * @param {number} value
 */
export function shown(value) {
  if (Number.isNaN(value)) return "\u2026";
  const rounded = Math.floor((value + TIE) * 100 + 0.5) / 100;
  return (rounded === 0 ? 0 : rounded).toFixed(2);
}

/**
 * What people write for a rating, as the importer reads it.
 * @typedef {object} Words
 * @property {{[word: string]: string | null}} words null for unrated
 * @property {{[sign: string]: string}} signs
 * @property {string[]} strong adverbs that make CC of C and II of I
 * @property {string[]} weak adverbs that change nothing
 * @property {string[]} joined adverbs without a space beside them
 */

const LONGEST = 60;
const EDGE = " \t\n.,;:!*_\"'\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u0060";
const HYPHENS = /[\u2010\u2011\u2212\ufe63\uff0d]/g;
const DASHES = /[\u2013\u2014\u2015]/g;
const PLUSES = /[\ufe62\uff0b]/g;
const TATWEEL = /\u0640/g;  // only makes an Arabic word longer
/** @type {{[code: string]: string}} */
const RAISED = { C: "CC", I: "II" };

/**
 * Put a text in the form of the table: lower case, without accents and edges.
 * @param {string} text
 */
export function wordOf(text) {
  const key = text.normalize("NFKC").toLowerCase().replace(/\u00df/g, "ss")
    .split(/\s+/).filter(Boolean).join(" ");
  const plain = [...key.normalize("NFKD").replace(TATWEEL, "").replace(/\p{Mn}/gu, "")];
  while (plain.length && EDGE.includes(plain[0])) plain.shift();
  while (plain.length && EDGE.includes(plain[plain.length - 1])) plain.pop();
  return plain.join("").replace(/\s*\/\s*/g, "/");
}

/**
 * Read a text as a code or "unrated"; undefined for what is neither. A digit is
 * neither: scales run both ways.
 * @param {string} text
 * @param {Words} table
 * @returns {string | undefined}
 */
export function readRating(text, table) {
  const sign = signOf(text);
  if (sign && Object.hasOwn(table.signs, sign)) return table.signs[sign];
  if (text.length > LONGEST) return undefined;
  const word = wordOf(text);
  if (Object.hasOwn(table.words, word)) return table.words[word] ?? "unrated";
  const strong = new Set(table.strong);
  const joined = new Set(table.joined);
  for (const adverb of [...table.strong, ...table.weak].sort(longestFirst)) {
    const space = joined.has(adverb) ? "" : " ";
    for (const rest of withoutAdverb(word, adverb, space)) {
      const code = Object.hasOwn(table.words, rest) ? table.words[rest] : null;
      if (!code || !RAISED[code] || rest === code.toLowerCase() || /^(c c|i i)$/.test(rest)) {
        continue;
      }
      return strong.has(adverb) ? RAISED[code] : code;
    }
  }
  return undefined;
}

/**
 * @param {string} one
 * @param {string} other
 */
function longestFirst(one, other) {
  return other.length - one.length || (one < other ? -1 : 1);
}

/**
 * @param {string} word
 * @param {string} adverb
 * @param {string} space
 */
function withoutAdverb(word, adverb, space) {
  const found = [];
  const [before, after] = [adverb + space, space + adverb];
  if (word.startsWith(before)) found.push(word.slice(before.length).trim());
  if (word.endsWith(after)) found.push(word.slice(0, word.length - after.length).trim());
  return found;
}

/** @param {string} text */
function signOf(text) {
  const bare = text.replace(/\s+/g, "").replace(HYPHENS, "-").replace(PLUSES, "+");
  if (bare.length > 2) return "";
  const sign = bare.length > 1 ? bare.replace(DASHES, "-") : bare;
  return /^[+-]{1,2}$/.test(sign) ? sign : "";
}

/**
 * Split what was copied from a spreadsheet into lines of equal length; turned, its
 * columns are the lines.
 * @param {string} raw
 * @param {boolean} turned
 * @returns {string[][]}
 */
export function readBlock(raw, turned) {
  const plain = raw.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const lines = plain.split("\n").map(line => line.split("\t").map(text => text.trim()));
  const width = Math.max(...lines.map(line => line.length));
  const even = lines.map(line => Array.from({ length: width }, (_, at) => line[at] ?? ""));
  return turned ? even[0].map((_, at) => even.map(line => line[at])) : even;
}

/**
 * Join names as a sentence does.
 * @param {string[]} names
 */
export function joined(names) {
  return names.join(" and ");
}

/**
 * Read codes by cell, a digit each.
 * @param {string} text
 */
export function digits(text) {
  return Uint8Array.from(text, digit => digit.charCodeAt(0) - 48);
}

/**
 * Read texts by cell.
 * @param {{[cell: string]: string}} texts
 */
export function byCell(texts) {
  return new Map(Object.entries(texts).map(([cell, text]) => [Number(cell), text]));
}
