// @ts-check
// On every page: the outbox of the case and analyst, and whether all is saved.

import { openOnly, outboxOf } from "./browser.js";
import { listenForNews } from "./hand.js";
import { listenForKeys } from "./page_keys.js";
import { listenForSilence } from "./silence.js";
import { listenForTerms } from "./terms.js";
import {
  keepCaseInLinks, listenForLinks, listenForPages, listenForSteps, revealName,
  revealPlace,
} from "./travel.js";

/** @typedef {import("./sync.js").Outbox} Outbox */

const SAID_MS = 9000;
/** @type {WeakMap<Node, () => void>} */
const shownIn = new WeakMap();

/**
 * Keep sending what waits, whatever page is open; gives what to call when it goes.
 * @param {{
 *   data: {matrix: string, shown: boolean, here: string,
 *     pages: {[letter: string]: string}, keys: string[][],
 *     terms: {[term: string]: string}, named: {[word: string]: string}},
 *   parentElement: ParentNode & Node,
 *   setTriggerValue: (name: string, value: unknown) => void,
 * }} given
 */
export function mount({ data, parentElement, setTriggerValue }) {
  const outbox = outboxOf(data.matrix);
  outbox.wake = () => setTriggerValue("wake", outbox.tries + 1);
  openOnly(outbox);
  shownIn.get(parentElement)?.();
  const hide = data.shown ? showState(parentElement, outbox) : () => {};
  /** @param {string} page */
  const go = page => setTriggerValue("go", page);
  revealName(data.here);
  revealPlace();
  listenForLinks(data.pages);
  const stops = [
    listenForPages(data.pages, data.here, go),
    keepCaseInLinks(data.pages),
    listenForTerms(data.terms, data.named),
    listenForNews(outbox, news => setTriggerValue("wake", news)),
    listenForSilence(),
  ];
  if (data.shown) {
    const dialog = /** @type {HTMLDialogElement} */ (parentElement.querySelector("dialog"));
    stops.push(
      listenForSteps(verb => setTriggerValue("step", verb)),
      listenForKeys(dialog, data.keys));
  }
  const leave = () => {
    hide();
    for (const stop of stops) stop();
  };
  shownIn.set(parentElement, leave);
  return leave;
}

/**
 * @param {ParentNode & Node} parent
 * @param {Outbox} outbox
 */
function showState(parent, outbox) {
  const root = /** @type {HTMLElement} */ (parent.querySelector("[data-unsaved]"));
  root.hidden = false;
  document.documentElement.dataset.status = "";
  let said = "";
  /** @type {any} */
  let timer = null;
  const paint = () => {
    root.dataset.unsaved = String(outbox.count);
    root.classList.toggle("saving", !outbox.saved);
    root.classList.toggle("failed", outbox.failing || said !== "");
    const waits = outbox.failing && outbox.count
      ? ` (${outbox.count} ${outbox.count === 1 ? "change waits" : "changes wait"})` : "";
    const text = said || outbox.status + waits;
    if (root.textContent !== text) root.textContent = text;
  };
  /**
   * @param {import("./types.js").Settled | null} _settled
   * @param {string} reason
   */
  const hear = (_settled, reason) => {
    if (reason) {
      said = reason;
      clearTimeout(timer);
      timer = setTimeout(() => {
        said = "";
        paint();
      }, SAID_MS);
    }
    paint();
  };
  outbox.listeners.add(hear);
  paint();
  return () => {
    clearTimeout(timer);
    outbox.listeners.delete(hear);
    root.hidden = true;
    delete document.documentElement.dataset.status;
  };
}
