// @ts-check
// The elements that everything on the screen is made of, and a line of the grid.

import { STEP } from "./store.js";

/** @typedef {import("./session.js").Session} Session */

export const FIXED = 4;  // evidence, weight, diagnosticity, emphasis: before the hypotheses

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {string} classes
 * @param {Tag} tag
 * @param {{[name: string]: string | number}} attributes
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(classes, tag, attributes = {}) {
  const made = document.createElement(tag);
  made.className = classes;
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, String(value));
  }
  return made;
}

/**
 * @param {string} classes
 * @param {{[name: string]: string | number}} attributes
 */
export function box(classes, attributes = {}) {
  return element(classes, "div", attributes);
}

/**
 * Make an element that holds a text; texts come from files and are never markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {string} classes
 * @param {string} content
 * @param {Tag} tag
 * @param {{[name: string]: string | number}} attributes
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function written(classes, content, tag, attributes = {}) {
  const made = element(classes, tag, attributes);
  made.textContent = content;
  return made;
}

/**
 * @param {string} classes
 * @param {string} content
 * @param {{[name: string]: string | number}} attributes
 */
export function span(classes, content = "", attributes = {}) {
  return written(classes, content, "span", attributes);
}

/**
 * @param {Element} target
 * @param {string} content
 */
export function setText(target, content) {
  if (target.textContent !== content) target.textContent = content;
}

/**
 * @param {string} label
 * @param {string} title
 * @param {() => void} act
 */
export function button(label, title, act) {
  const made = written("lg-btn", label, "button", { type: "button", title });
  made.addEventListener("click", act);
  return made;
}

/** Build what a line and a card of an item both have, the codes apart. */
export function buildItem() {
  const title = box("lg-ev", { role: "rowheader" });
  const weight = box("lg-w", { role: "gridcell" });
  const diagnosticity = box("lg-d", { role: "gridcell" });
  const emphasis = box("lg-em", { role: "gridcell" });
  const label = span("lg-id");
  const text = span("lg-tx");
  const snippet = span("lg-snip");
  const rail = box("lg-rail");
  const slider = element("lg-range", "input", { type: "range", min: 0, max: 2, step: STEP });
  const output = span("lg-out");
  const ticks = [box("lg-tick"), box("lg-tick")].map(tick => ({ tick, shown: "" }));
  ticks.forEach(({ tick }) => {
    tick.hidden = true;
  });
  rail.append(slider, ...ticks.map(({ tick }) => tick));
  title.append(label, text, snippet);
  emphasis.append(rail, output);
  return { title, weight, diagnosticity, emphasis, label, text, snippet, slider, output, ticks };
}

/**
 * Number the cells of an item in the order of the columns.
 * @param {ReturnType<typeof buildItem>} item
 * @param {HTMLElement[]} ratings
 */
export function numberCells({ title, weight, diagnosticity, emphasis }, ratings) {
  const cells = [title, weight, diagnosticity, emphasis, ...ratings];
  cells.forEach((cell, at) => {
    cell.dataset.c = String(at);
    cell.tabIndex = -1;
    cell.setAttribute("aria-colindex", String(at + 1));
  });
  return { cells, row: -1, stands: "", titled: "", painted: ratings.map(() => "") };
}

/**
 * Build a line of the grid, to be filled and filled again as the rows scroll.
 * @param {Session} session
 */
export function buildLine(session) {
  const line = box("lg-line", { role: "row" });
  const item = buildItem();
  item.slider.tabIndex = -1;
  const ratings = session.store.hypotheses.map(buildCell);
  const numbered = numberCells(item, ratings);
  line.append(...numbered.cells);
  return { line, ...item, ...numbered };
}

/** @param {{id: string}} hypothesis */
function buildCell({ id }) {
  return box("lg-c", { role: "gridcell", "data-hypothesis": id });
}

// A column more would have 40 lines of 25 elements each built anew, of which one is.
/**
 * Give a line the cells of the columns there are now; those that stay are as they were.
 * @param {Session} session
 * @param {import("./lines.js").Line} line
 * @param {number[]} froms where each column was, -1 for one to be built
 */
export function setColumns(session, line, froms) {
  const [before, painted] = [line.cells.slice(FIXED), line.painted];
  const ratings = session.store.hypotheses.map((one, at) => before[froms[at]] ?? buildCell(one));
  before.forEach(cell => ratings.includes(cell) || cell.remove());
  line.line.append(...ratings.slice(firstMoved(froms)));
  Object.assign(line, numberCells(line, ratings));
  line.painted = froms.map(from => painted[from] ?? "");
}

/** @param {number[]} froms */
function firstMoved(froms) {
  const found = froms.findIndex((from, at) => from !== at);
  return found < 0 ? froms.length : found;
}

/** @param {Event} event */
export function elementOf(event) {
  return /** @type {HTMLElement} */ (event.target);
}

/**
 * @param {Event} event
 * @returns {HTMLElement | null}
 */
export function cellOf(event) {
  return elementOf(event).closest("[data-c]");
}

/**
 * @param {Event} event
 * @returns {HTMLInputElement | null}
 */
export function sliderOf(event) {
  const target = elementOf(event);
  return target instanceof HTMLInputElement && target.matches(".lg-range") ? target : null;
}
