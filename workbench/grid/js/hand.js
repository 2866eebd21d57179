// @ts-check
// The hand on the page: nothing is drawn anew under it.

import { originOf } from "./travel.js";

const LOOK_MS = 250;
const TEXT = "input:not([type=range]):not([type=checkbox]):not([type=radio]),textarea,"
  + "[contenteditable]";
const OPEN = "[data-baseweb=popover],[role=listbox],[role=dialog],dialog[open]";

/** @typedef {{typed: Element | null, pressed: boolean}} Hand */

/**
 * Give what the document knows of the hand; it outlives the module.
 * @returns {Hand}
 */
function handOfPage() {
  const page = /** @type {any} */ (window);
  return (page.__workbenchHand ??= watched({ typed: null, pressed: false }));
}

/**
 * Follow what is typed and pressed, before anybody else hears of it.
 * @param {Hand} hand
 */
function watched(hand) {
  /** @param {string} name @param {(event: Event) => void} act */
  const on = (name, act) => document.addEventListener(name, act, true);
  on("input", event => {
    const at = originOf(event);
    if (at instanceof Element && at.matches(TEXT)) hand.typed = at;
  });
  on("focusout", event => {
    if (originOf(event) === hand.typed) hand.typed = null;
  });
  on("change", event => {
    if (originOf(event) === hand.typed) hand.typed = null;
  });
  on("pointerdown", () => {
    hand.pressed = true;
  });
  for (const end of ["pointerup", "pointercancel", "dragend"]) {
    on(end, () => {
      hand.pressed = false;
    });
  }
  return hand;
}

/** Tell whether a text is half typed, something is dragged, or a list is open. */
export function isHandOnPage() {
  const hand = handOfPage();
  if (hand.typed && !hand.typed.isConnected) hand.typed = null;
  return hand.typed !== null || hand.pressed || document.querySelector(OPEN) !== null;
}

/**
 * Act once the hand is off the page; gives what to call when that is to be left.
 * @param {() => void} act
 */
export function onceFree(act) {
  /** @type {any} */
  let timer = null;
  const look = () => {
    timer = null;
    if (isHandOnPage()) timer = setTimeout(look, LOOK_MS);
    else act();
  };
  look();
  return () => clearTimeout(timer);
}

/**
 * Ask for the page anew when there is news for it, once for each, and not under the
 * hand; gives what to call when that is to end.
 * @param {import("./sync.js").Outbox} outbox
 * @param {(news: string) => void} ask
 */
export function listenForNews(outbox, ask) {
  handOfPage();
  let leave = () => {};
  /** @param {import("./types.js").Settled | null} settled */
  const hear = settled => {
    const page = /** @type {any} */ (window);
    if (!settled?.stale || page.__workbenchNews === settled.stale) return;
    const news = settled.stale;
    page.__workbenchNews = news;
    leave();
    leave = onceFree(() => ask(news));
  };
  outbox.listeners.add(hear);
  return () => {
    leave();
    outbox.listeners.delete(hear);
  };
}
