// @ts-check
// Keeps what was chosen in a field of the page until the day ends.

const CHOSEN = "workbench-chosen:";

/**
 * @typedef {object} Choice
 * @property {string} slot where in this browser the choice is kept
 * @property {string} chosen what was chosen since the page was opened, "" for nothing
 * @property {boolean} emptied whether it was taken back since
 */

/** @param {() => Storage} give */
function storageOf(give) {
  try {
    return give();
  } catch {
    return null;  // forbidden: the page still has the choice
  }
}

/**
 * Give what was chosen earlier on the same day; of another day it is forgotten.
 * @param {Storage} storage
 * @param {string} place
 * @param {string} today
 */
function before(storage, place, today) {
  try {
    const found = JSON.parse(storage.getItem(place) ?? "null");
    if (found?.day === today && typeof found.chosen === "string") return found.chosen;
    storage.removeItem(place);
  } catch {
    // what cannot be read was never chosen
  }
  return "";
}

/** @type {WeakMap<Node, string>} the slot that was asked for last */
const asked = new WeakMap();

/**
 * @param {{data: Choice, parentElement: ParentNode & Node,
 *   setTriggerValue: (name: string, value: any) => void}} given
 */
export function mount({ data, parentElement, setTriggerValue }) {
  const storage = storageOf(() => window.localStorage);
  if (!storage) return;
  const place = CHOSEN + data.slot;
  const today = new Date().toDateString();
  if (data.chosen) {
    try {
      storage.setItem(place, JSON.stringify({ day: today, chosen: data.chosen }));
    } catch { /* full: the page still has the choice */ }
  } else if (data.emptied) storage.removeItem(place);
  else if (asked.get(parentElement) !== data.slot) {
    asked.set(parentElement, data.slot);
    const found = before(storage, place, today);
    if (found) setTriggerValue("before", found);
  }
}
