// @ts-check
// What a column means, said where it stands: on hover, on focus, and so on touch.

import { box, setText } from "./parts.js";

const BELOW = 6;

/** @param {HTMLElement} root */
export function explainIn(root) {
  const tip = box("lg-explained", { "aria-hidden": "true" });
  tip.hidden = true;
  root.append(tip);
  /** @param {Event} event */
  const show = event => {
    const target = /** @type {Element} */ (event.target);
    const asked = target.closest(".lg-sort");
    const said = asked?.parentElement?.querySelector(".lg-tip")?.textContent;
    tip.hidden = !said;
    if (!asked || !said) return;
    setText(tip, said);
    const { left, bottom } = asked.getBoundingClientRect();
    const most = window.innerWidth - tip.offsetWidth - BELOW;
    tip.style.left = `${Math.max(BELOW, Math.min(most, left))}px`;
    tip.style.top = `${bottom + BELOW}px`;
  };
  const hide = () => {
    tip.hidden = true;
  };
  root.addEventListener("pointerover", show);
  root.addEventListener("focusin", show);
  root.addEventListener("pointerleave", hide);
  root.addEventListener("focusout", hide);
}
