// @ts-check
// The lines of the grid, filled anew as rows scroll by and as judgments change.

import { FIXED, setText } from "./parts.js";
import { tipping } from "./tipping.js";
import { UNRATED, joined, shown } from "./words.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {ReturnType<typeof import("./parts.js").buildLine>} Line */

/**
 * @param {Session} session
 * @param {Line} line
 * @param {number} place in the order
 * @param {number} size of a line, in pixels
 */
export function fillLine(session, line, place, size) {
  const { arrangement, store } = session;
  const row = arrangement.order[place];
  const { id, kind, label, statement, title } = store.items[row];
  line.row = row;
  line.line.dataset.i = String(row);
  line.line.setAttribute("aria-rowindex", String(place + 2));
  const axis = arrangement.turned ? "X" : "Y";
  line.line.style.transform = `translate${axis}(${place * size}px)`;
  for (const one of ["assumption", "absence"]) {
    line.line.classList.toggle(one, kind === one);
  }
  setText(line.label, label);
  line.label.dataset.kind = kind === "evidence" ? "" : kind;
  setText(line.text, title);
  line.cells[0].title = `${label} ${title}\n${statement}`;
  line.slider.dataset.emphasis = id;
  line.slider.setAttribute("aria-label", `Emphasis of ${label}`);
  line.cells.forEach((cell, at) => {
    cell.tabIndex = -1;
    if (at >= FIXED) cell.dataset.evidence = id;
  });
  fillNumbers(session, line);
  fillCells(session, line);
}

/**
 * @param {Session} session
 * @param {Line} line
 */
export function fillCells(session, line) {
  for (let column = 0; column < session.store.columnCount; column++) {
    fillCell(session, line, column);
  }
}

/**
 * @param {Session} session
 * @param {Line} line
 * @param {number} column
 */
export function fillCell(session, line, column) {
  const { store } = session;
  const at = line.row * store.columnCount + column;
  const code = store.ratings[at];
  const published = store.baseline[at];
  const reason = store.reasons.get(at) ?? "";
  const looks = `${code}|${published}|${line.row}|${reason}`;
  if (line.painted[column] === looks) return;
  line.painted[column] = looks;
  const cell = line.cells[FIXED + column];
  const departs = code !== published;
  cell.className = `lg-c r${code}${departs ? " own" : ""}${reason ? " said" : ""}`;
  setText(cell, code === UNRATED ? "" : store.word(code));
  cell.dataset.was = published === UNRATED ? "\u2013" : store.word(published);
  const names = [store.items[line.row].label, store.hypotheses[column].label];
  const [now, was] = [store.meaning(code), store.meaning(published)];
  cell.setAttribute("aria-label", `${names.join(", ")}: ${now}`
    + `${departs ? `; the baseline is ${was}` : ""}${reason ? "; has a reason" : ""}`);
  cell.title = `${names.join(" \u00b7 ")}: ${now}`
    + `${departs ? ` (baseline: ${was})` : ""}${reason ? `\n${reason}` : ""}`;
}

/**
 * @param {Session} session
 * @param {Line} line
 */
export function fillNumbers(session, line) {
  const { store } = session;
  const { row, slider } = line;
  const active = !!store.active[row];
  const emphasis = store.emphases[row];
  const diagnosticity = store.diagnosticity(row);
  setText(line.weight, active ? shown(store.weightOf(row)) : "out");
  setText(line.diagnosticity, shown(diagnosticity));
  showEmphasis(slider, line.output, emphasis);
  const { classList } = line.line;
  classList.toggle("muted", !active || emphasis === 0);
  classList.toggle("changed", emphasis !== 1);
  classList.toggle("flat", diagnosticity === 0);
  classList.toggle("out", !active);
}

/**
 * @param {Session} session
 * @param {Line} line
 */
export function fillTicks(session, line) {
  const { store } = session;
  const found = tipping(store, line.row);
  line.ticks.forEach((one, side) => {
    const tip = found[side];
    const at = tip ? tip.at.toFixed(6) : "";
    const looks = tip ? at + tip.leaders.join() : "";
    if (one.shown === looks) return;
    one.shown = looks;
    one.tick.hidden = !tip;
    line.slider.dataset[side ? "tickAbove" : "tickBelow"] = at;
    if (!tip) return;
    const names = joined(tip.leaders.map(column => store.hypotheses[column].label));
    one.tick.style.left = `calc(7px + (100% - 14px) * ${tip.at / 2})`;
    one.tick.title = `At ${shown(tip.at)} the lead changes to ${names}`;
  });
  const said = line.ticks.filter(({ tick }) => !tick.hidden).map(({ tick }) => tick.title);
  line.slider.title = said.join("\n")
    || "No emphasis of this item alone changes the lead";
}

/**
 * @param {HTMLInputElement} slider
 * @param {HTMLElement} output
 * @param {number} emphasis
 */
export function showEmphasis(slider, output, emphasis) {
  if (Number(slider.value) !== emphasis) slider.value = String(emphasis);
  setText(output, `\u00d7${emphasis.toFixed(2)}`);
  slider.style.setProperty("--p", `${emphasis * 50}%`);
}
