// @ts-check
// The view in the address: item, filter and sort, so that a link opens the same. No DOM.

/** @typedef {import("./arrange.js").Arrangement} Arrangement */

const ONLY = ["unrated", "nondiagnostic", "departures"];
const KEYS = ["item", "filter", "source", "kind", "show", "sort"];

/**
 * Take filter and sort from an address; gives the item that it names, null where it says
 * nothing of the view.
 * @param {string} search
 * @param {Arrangement} arrangement
 * @returns {string | null}
 */
export function readAddress(search, arrangement) {
  const asked = new URLSearchParams(search);
  if (!KEYS.some(key => asked.has(key))) return null;
  /** @param {string} key */
  const said = key => asked.get(key) ?? "";
  arrangement.clear();
  const only = /** @type {import("./arrange.js").Only} */ (
    ONLY.includes(said("show")) ? said("show") : "");
  const sort = said("sort");
  Object.assign(arrangement, {
    text: said("filter"), source: said("source"), kind: said("kind"), only,
    sort: sort.replace(/^-/, "") || "label", down: sort.startsWith("-"),
  });
  return said("item");
}

/**
 * Write an address with the view; what else it says stays as it is.
 * @param {string} search
 * @param {Arrangement} arrangement
 * @param {string} item
 */
export function writtenAddress(search, arrangement, item) {
  const { down, kind, only, sort, source, text } = arrangement;
  const sorted = sort === "label" && !down ? "" : (down ? "-" : "") + sort;
  const said = { item, filter: text.trim(), source, kind, show: only, sort: sorted };
  const address = new URLSearchParams(search);
  for (const [key, value] of Object.entries(said)) {
    if (value) address.set(key, value);
    else address.delete(key);
  }
  const found = address.toString();
  return found ? `?${found}` : "";
}
