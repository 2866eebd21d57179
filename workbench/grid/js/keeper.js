// @ts-check
// Keeps what is typed into an input of the page at each key, as the forms of a case do.

const KEPT = "workbench-draft:";

/**
 * @typedef {object} Kept
 * @property {string} label of the input, by which a person and a program know it
 * @property {string} slot where in this browser its draft is kept
 * @property {string} taken what was made of a draft already
 */

/** @param {() => Storage} give */
function storageOf(give) {
  try {
    return give();
  } catch {
    return null;  // forbidden: the input still holds the text
  }
}

/**
 * Set an input as if it were typed, so that the page's own program hears of it.
 * @param {HTMLInputElement} input
 * @param {string} text
 */
function enter(input, text) {
  const { set } = /** @type {any} */ (
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value"));
  set.call(input, text);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @type {WeakSet<Node>} */
const watched = new WeakSet();

/** @param {Kept} kept */
function keep({ label, slot, taken }) {
  const storage = storageOf(() => window.localStorage);
  const place = KEPT + slot;
  if (taken && storage?.getItem(place) === taken) storage.removeItem(place);
  const input = /** @type {HTMLInputElement | null} */ (
    document.querySelector(`input[aria-label="${CSS.escape(label)}"]`));
  if (!input || watched.has(input)) return;
  watched.add(input);
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  told.style.cssText = "margin: .25rem 0 0; font-size: .8rem; min-height: 1.2em";
  (input.closest("[data-testid=stTextInput]") ?? input).append(told);
  const draft = storage?.getItem(place);
  if (draft && !input.value) {
    enter(input, draft);
    told.textContent = "Draft from before";
  }
  input.addEventListener("input", () => {
    try {
      if (input.value) storage?.setItem(place, input.value);
      else storage?.removeItem(place);
      told.textContent = input.value ? "Draft, kept in this browser" : "";
    } catch {
      told.textContent = "Draft, and not kept";
    }
  });
}

/**
 * @param {{data: Kept}} given
 */
export function mount({ data }) {
  const watcher = new MutationObserver(() => keep(data));
  watcher.observe(document.body, { childList: true, subtree: true });
  keep(data);
  return () => watcher.disconnect();
}
