// @ts-check
// Keys that hold on every page: g, then the letter of a page.

const TOGETHER_MS = 2000;
const AGAIN_MS = 1200;
const TIMES = 4;
const EDITABLE = "input:not([type=range]),textarea,select,[contenteditable]";

/**
 * Give the innermost element that an event began at, in shadow roots too.
 * @param {Event} event
 */
export function originOf(event) {
  return /** @type {HTMLElement} */ (event.composedPath()[0] ?? event.target);
}

/**
 * Tell whether a key is text for a field, or is held with another and means more.
 * @param {KeyboardEvent} event
 */
export function isTyped(event) {
  const origin = originOf(event);
  const modified = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  return modified || (origin instanceof Element && origin.matches(EDITABLE));
}

/** @type {any} */
let going = null;
let wanted = "";
let pressed = -Infinity;

/**
 * Ask for a page, and again where the run that would have heard it was broken off.
 * @param {string} page
 * @param {(page: string) => void} go
 */
function ask(page, go, times = TIMES) {
  clearTimeout(going);
  if (!times) return;
  wanted = page;
  go(page);
  going = setTimeout(() => ask(page, go, times - 1), AGAIN_MS);
}

/**
 * Go to a page on g and its letter; gives what to call when that is to end. Heard before
 * anybody else, so that neither the grid nor Streamlit takes the letter.
 * @param {{[letter: string]: string}} pages
 * @param {string} here the page on screen
 * @param {(page: string) => void} go
 */
export function listenForPages(pages, here, go) {
  if (going !== null && here === wanted) clearTimeout(going);
  /** @param {KeyboardEvent} event */
  const hear = event => {
    if (isTyped(event)) return;
    const follows = event.timeStamp - pressed < TOGETHER_MS;
    pressed = -Infinity;
    if (follows && Object.hasOwn(pages, event.key)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const page = pages[event.key];
      if (page !== here) ask(page, go);
    } else if (event.key === "g") {
      pressed = event.timeStamp;
    }
  };
  document.addEventListener("keydown", hear, true);
  return () => document.removeEventListener("keydown", hear, true);
}
