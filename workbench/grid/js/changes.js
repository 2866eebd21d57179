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
