// @ts-check
// Terms of art on a page: each link to one says what it means, where it stands, and so
// do the titles of charts and axes.

import { originOf } from "./travel.js";

const LINKED = "a[href*='#term-']";
const IN_CHART = "svg.marks :is(.role-title,.role-axis-title) text";
const TIP = "wb-term";
const UNDER = 6;

/**
 * Say on hover, focus and touch what a linked term means; gives what to call when that
 * is to end.
 * @param {{[term: string]: string}} meanings by the key of a term
 * @param {{[word: string]: string}} named the key of a term by the words for it
 */
export function listenForTerms(meanings, named) {
  const longestFirst = Object.keys(named).sort((one, other) => other.length - one.length);
  const words = new RegExp(`\\b(?:${longestFirst.join("|")})\\b`, "i");
  const tip = document.createElement("div");
  tip.id = TIP;
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  document.getElementById(TIP)?.remove();
  document.body.append(tip);
  /** @type {Element | null} */
  let asked = null;
  const hide = () => {
    tip.hidden = true;
    asked?.removeAttribute("aria-describedby");
    asked = null;
  };
  /** @param {Element} origin */
  const linkOf = origin => {
    const link = origin.closest?.(`${LINKED},${IN_CHART}`) ?? null;
    const word = link?.matches(LINKED) ? null : link?.textContent?.match(words)?.[0];
    const term = word ? named[word.toLowerCase()]
      : link?.getAttribute("href")?.split("#term-")[1] ?? "";
    return link && Object.hasOwn(meanings, term) ? { link, said: meanings[term] } : null;
  };
  /** @param {Event} event */
  const show = event => {
    const found = linkOf(originOf(event));
    if (!found) {
      if (event.type !== "focusin" || asked) hide();
    } else if (found.link !== asked) say(found);
  };
  /** @param {{link: Element, said: string}} found */
  const say = ({ link, said }) => {
    hide();
    asked = link;
    asked.setAttribute("aria-describedby", TIP);
    tip.textContent = said;
    tip.hidden = false;
    place(asked.getBoundingClientRect());
  };
  /** @param {DOMRect} at */
  const place = ({ left, top, bottom }) => {
    const most = window.innerWidth - tip.offsetWidth - UNDER;
    const below = bottom + UNDER;
    const fits = below + tip.offsetHeight < window.innerHeight;
    tip.style.left = `${Math.max(UNDER, Math.min(most, left))}px`;
    tip.style.top = `${fits ? below : Math.max(UNDER, top - UNDER - tip.offsetHeight)}px`;
  };
  /** @param {MouseEvent} event */
  const click = event => {
    if (!linkOf(originOf(event))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    show(event);
  };
  /** @param {KeyboardEvent} event */
  const key = event => {
    if (event.key === "Escape") hide();
  };
  // What the caret comes to is scrolled into view after the caret has come.
  const follow = () => {
    const at = asked && asked === document.activeElement && asked.getBoundingClientRect();
    if (at && at.bottom > 0 && at.top < window.innerHeight) place(at);
    else hide();
  };
  const stops = new AbortController();
  const { signal } = stops;
  document.addEventListener("pointerover", show, { signal });
  document.addEventListener("focusin", show, { signal });
  document.addEventListener("click", click, { signal, capture: true });
  document.addEventListener("keydown", key, { signal });
  document.addEventListener("scroll", follow, { signal, capture: true, passive: true });
  const before = document.querySelector(`[aria-describedby=${TIP}]`);
  const still = before && linkOf(before);  // asked for as the page was drawn anew
  if (still) say(still);
  return () => {
    stops.abort();
    tip.remove();
  };
}
