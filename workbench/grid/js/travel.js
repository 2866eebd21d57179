// @ts-check
// Keys that hold on every page: g, then the letter of a page.

const TOGETHER_MS = 2000;
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

/**
 * Go to a page on g and its letter; gives what to call when that is to end. Heard before
 * anybody else, so that neither the grid nor Streamlit takes the letter.
 * @param {{[letter: string]: string}} pages
 * @param {(page: string) => void} go
 */
export function listenForPages(pages, go) {
  let since = -Infinity;
  /** @param {KeyboardEvent} event */
  const hear = event => {
    if (isTyped(event)) return;
    const follows = event.timeStamp - since < TOGETHER_MS;
    since = -Infinity;
    if (follows && Object.hasOwn(pages, event.key)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      go(pages[event.key]);
    } else if (event.key === "g") {
      since = event.timeStamp;
    }
  };
  document.addEventListener("keydown", hear, true);
  return () => document.removeEventListener("keydown", hear, true);
}
