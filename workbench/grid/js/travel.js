// @ts-check
// What holds on every page: g and the letter of a page, links to pages and places, undo.

import { tripOfPage } from "./browser.js";

const TOGETHER_MS = 2000;
const AGAIN_MS = 1200;
const TIMES = 4;
const REVEAL_MS = 8000;
const PROSE = ":is([data-testid=stMarkdownContainer],[data-testid=stCaptionContainer],"
  + ".st-key-frame-pages nav) a[href]";
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
 * Ask for a page, or a place on one, and again where the run that would have heard it
 * was broken off. Whoever is on the page by then asks: of one that is gone nothing
 * arrives. What nobody answers is opened as any link is.
 * @param {string} page
 * @param {string} address where the page is, "" for one that no link leads to
 */
function ask(page, address = "", times = TIMES) {
  const trip = tripOfPage();
  clearTimeout(trip.going);
  trip.going = null;
  if (!times) {
    if (address && new URL(address).pathname !== location.pathname) location.assign(address);
    return;
  }
  trip.wanted = page;
  trip.send(page);
  trip.going = setTimeout(() => ask(page, address, times - 1), AGAIN_MS);
}

/**
 * Go to a page on g and its letter; gives what to call when that is to end. Heard before
 * anybody else, so that neither the grid nor Streamlit takes the letter.
 * @param {{[letter: string]: string}} pages
 * @param {string} here the page on screen
 * @param {(page: string) => void} go
 */
export function listenForPages(pages, here, go) {
  const trip = tripOfPage();
  trip.send = go;
  if (trip.going !== null && here === trip.wanted.split("?")[0]) {
    clearTimeout(trip.going);
    trip.going = null;
  }
  /** @param {KeyboardEvent} event */
  const hear = event => {
    if (isTyped(event)) return;
    const follows = event.timeStamp - trip.pressed < TOGETHER_MS;
    trip.pressed = -Infinity;
    if (follows && Object.hasOwn(pages, event.key)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const page = pages[event.key];
      // While another page was asked for and is not drawn yet, this one is left too.
      if (page !== here || trip.going !== null) ask(page);
    } else if (event.key === "g") {
      trip.pressed = event.timeStamp;
    }
  };
  document.addEventListener("keydown", hear, true);
  return () => document.removeEventListener("keydown", hear, true);
}

/**
 * Follow a link in the text to another page without loading the app anew, so that the
 * way back is one step of the browser. Held with a key it opens a tab, as everywhere.
 * @param {{[letter: string]: string}} pages
 */
export function listenForLinks(pages) {
  const titles = new Map(Object.values(pages).map(title => [title.toLowerCase(), title]));
  titles.set("", "Matrix").set("cases", "Cases").delete("matrix");
  /** @param {MouseEvent} event */
  const hear = event => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = originOf(event).closest?.(PROSE);
    // A heading of the page, or a term: no other place.
    if (!link || link.getAttribute("href")?.startsWith("#")) return;
    const to = new URL(/** @type {HTMLAnchorElement} */ (link).href);
    const title = titles.get(to.pathname.split("/").pop() ?? "");
    if (to.origin !== location.origin || !title) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(title + to.search, to.href);
  };
  // While a page is drawn anew nobody is on it for a moment, and a link that is followed
  // then would open another tab: the last one goes on hearing until the next is there.
  const trip = tripOfPage();
  trip.stopLinks();
  document.addEventListener("click", hear, true);
  trip.stopLinks = () => document.removeEventListener("click", hear, true);
}

/**
 * Have each link to a page name the case that is open, so that another tab opens the
 * same: Streamlit's own line of the pages does not. Gives what to call when that is to
 * end.
 * @param {{[letter: string]: string}} pages
 */
export function keepCaseInLinks(pages) {
  const paths = new Set(Object.values(pages).map(title => title.toLowerCase()));
  paths.delete("matrix");
  for (const path of ["", "cases"]) paths.add(path);
  /** @param {Element | null} link */
  const name = link => {
    const open = new URLSearchParams(location.search).get("case");
    if (!(link instanceof HTMLAnchorElement) || !open) return;
    const to = new URL(link.href);
    const isPage = paths.has(to.pathname.split("/").pop() ?? "");
    if (to.origin !== location.origin || !isPage || to.searchParams.has("case")) return;
    to.searchParams.set("case", open);
    link.href = to.href;
  };
  /** @param {Event} event */
  const hear = event => name(originOf(event).closest?.("a[href]") ?? null);
  const stops = new AbortController();
  const asked = { signal: stops.signal, capture: true };
  for (const kind of ["pointerdown", "focusin", "contextmenu"]) {
    document.addEventListener(kind, hear, asked);
  }
  document.querySelectorAll("header a[href]").forEach(name);
  return () => stops.abort();
}

/**
 * Have the name of the page on screen in view, where the line of names scrolls. It may be
 * drawn later than this is called, and moves once its font and what stands before it come.
 * @param {string} here
 */
export function revealName(here) {
  const show = () => {
    const name = document.querySelector(".st-key-frame-pages [aria-current]");
    const line = name?.parentElement;
    if (!name || !line || name.textContent !== here) return false;
    const sizes = new ResizeObserver(() => {
      const past = name.getBoundingClientRect().right - line.getBoundingClientRect().right;
      if (past > 0) line.scrollLeft += past;
    });
    for (const one of [line, ...line.children]) sizes.observe(one);
    return true;
  };
  if (!show()) onceShown(show);
}

/** @param {() => boolean} show tells whether what is looked for is drawn */
function onceShown(show) {
  const watch = new MutationObserver(() => show() && watch.disconnect());
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), REVEAL_MS);
}

/**
 * Scroll to the hypothesis that the address names, once, when it is drawn.
 */
export function revealPlace() {
  const named = new URLSearchParams(location.search).get("hypothesis");
  const trip = tripOfPage();
  if (!named || trip.revealed === location.href) return;
  trip.revealed = location.href;
  const show = () => {
    const place = document.querySelector(`.st-key-place-${CSS.escape(named)}`);
    place?.scrollIntoView();
    return place !== null;
  };
  if (!show()) onceShown(show);
}

/**
 * Undo on Ctrl+Z, and do again with Shift or on Ctrl+Y, where no field has the caret;
 * gives what to call when that is to end.
 * @param {(verb: "undo" | "redo") => void} step
 */
export function listenForSteps(step) {
  /** @param {KeyboardEvent} event */
  const hear = event => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if ((key !== "z" && key !== "y") || originOf(event).matches?.(EDITABLE)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    step(event.shiftKey || key === "y" ? "redo" : "undo");
  };
  document.addEventListener("keydown", hear, true);
  return () => document.removeEventListener("keydown", hear, true);
}
