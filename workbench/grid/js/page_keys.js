// @ts-check
// Keys of a page without a grid: / goes to its search, ? lists the keys.

import { isTyped } from "./travel.js";

const SEARCH = ".stMain .st-key-search input";
const HEADINGS = ".stMain [class*=st-key-jump] a";

/**
 * Hear them; gives what to call when that is to end.
 * @param {HTMLDialogElement} dialog where the keys are listed
 * @param {string[][]} keys what each does, and the keys
 */
export function listenForKeys(dialog, keys) {
  fillKeys(dialog, keys);
  /** @param {KeyboardEvent} event */
  const hear = event => {
    if (isTyped(event) || (event.key !== "/" && event.key !== "?")) return;
    const search = /** @type {HTMLInputElement | null} */ (document.querySelector(SEARCH));
    const place = search ?? /** @type {HTMLElement | null} */ (document.querySelector(HEADINGS));
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === "/") {
      place?.focus();
      search?.select();
    } else if (dialog.open) {
      dialog.close();
    } else {
      dialog.showModal();
    }
  };
  document.addEventListener("keydown", hear, true);
  return () => {
    document.removeEventListener("keydown", hear, true);
    if (dialog.open) dialog.close();
  };
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {string[][]} keys
 */
function fillKeys(dialog, keys) {
  const title = document.createElement("h2");
  title.textContent = "Keys";
  const list = document.createElement("dl");
  for (const [what, said] of keys) {
    const term = document.createElement("dt");
    const meaning = document.createElement("dd");
    term.textContent = what;
    meaning.textContent = said;
    list.append(term, meaning);
  }
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  close.style.cssText = "float:right;position:sticky;top:0";
  dialog.replaceChildren(close, title, list);  // or the list would open at its end
}
