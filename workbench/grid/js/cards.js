// @ts-check
// On a phone an item is a card: each hypothesis with all its codes within a thumb's reach.

import { FIXED, box, buildItem, button, numberCells, span } from "./parts.js";
import { codeButtons } from "./picker.js";

/** @typedef {import("./view.js").View} View */

const HEAD = 92;    // pixels: label, title, numbers
const COLUMN = 84;  // a hypothesis: its name, and its codes
const FOOT = 56;

/** @param {number} columns */
export function cardSize(columns) {
  return HEAD + columns * COLUMN + FOOT;
}

/**
 * Build a card, with the same parts as a line of the grid.
 * @param {View} view
 */
export function buildCard(view) {
  const { session } = view;
  const { store } = session;
  const line = box("lg-line lg-card", { role: "row" });
  const item = buildItem();
  const { diagnosticity, emphasis, title, weight } = item;
  emphasis.prepend(span("lg-em-name", "Emphasis"));
  const numbers = box("lg-card-numbers", { role: "presentation" });
  numbers.append(weight, diagnosticity);
  line.append(title, numbers);
  /** @type {HTMLElement[][]} */
  const codes = [];
  const ratings = store.hypotheses.map((hypothesis, column) => {
    const name = `${hypothesis.label} ${hypothesis.title}`;
    const group = box("lg-card-column", { role: "presentation" });
    const cell = box("lg-c", { role: "gridcell", "data-hypothesis": hypothesis.id });
    const top = box("lg-card-top");
    top.append(span("lg-card-name", name), cell);
    const row = box("lg-card-codes", { role: "gridcell", "aria-label": `Rate: ${name}` });
    const buttons = codeButtons(store, hypothesis.label, code => {
      const place = Number(line.dataset.i);
      view.cursor.mark(place, FIXED + column);
      view.edits.rate(place, column, code);
    });
    row.append(...buttons);
    codes.push(buttons);
    group.append(top, row);
    line.append(group);
    return cell;
  });
  const foot = box("lg-card-foot", { role: "presentation" });
  const opener = button("Text and reasons", "The item whole, with its reasons", () => {
    view.cursor.mark(Number(line.dataset.i), FIXED);
    view.drawer.open(false);
  });
  emphasis.append(opener);
  foot.append(emphasis);
  line.append(foot);
  return { line, codes, ...item, ...numberCells(item, ratings) };
}

const SWIPE = 60;    // pixels across
const STRAIGHT = 2;  // and so many times more across than down

/**
 * Go to the next item with an unrated cell on a swipe to the left, back on one to the right.
 * @param {View} view
 */
export function listenForSwipes(view) {
  /** @type {Touch | null} */
  let from = null;
  view.table.addEventListener("touchstart", event => {
    const target = /** @type {Element} */ (event.target);
    from = event.touches.length === 1 && !target.closest("input") ? event.touches[0] : null;
  }, { passive: true });
  view.table.addEventListener("touchend", event => {
    const to = event.changedTouches[0];
    if (!from || !to || !view.cards) return;
    const across = to.clientX - from.clientX;
    const straight = Math.abs(across) > STRAIGHT * Math.abs(to.clientY - from.clientY);
    if (Math.abs(across) >= SWIPE && straight) view.cursor.nextUnrated(across < 0 ? 1 : -1);
    from = null;
  }, { passive: true });
}
