// @ts-check
// The parts of the grid that are built once: elements, tools, heading, foot, help.

import { STEP } from "./store.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./view.js").View} View */

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

/**
 * @param {string} label
 * @param {string[][]} options value and text of each
 * @param {string} value
 * @param {(value: string) => void} act
 */
function select(label, options, value, act) {
  const made = element("lg-sel", "select", { "aria-label": label, title: label });
  for (const [one, content] of options) {
    const option = written("", content, "option");
    option.value = one;
    made.append(option);
  }
  made.value = value;
  made.addEventListener("change", () => act(made.value));
  return made;
}

/** @param {string} name */
function shortened(name) {
  return name.length > 34 ? `${name.slice(0, 33)}\u2026` : name;
}

/** @param {View} view */
export function buildTools(view) {
  const { arrangement, store } = view.session;
  const bar = box("lg-bar", { role: "toolbar", "aria-label": "Grid tools" });
  /** @param {Partial<import("./arrange.js").Arrangement>} chosen */
  const filter = chosen => {
    Object.assign(arrangement, chosen);
    view.rearrange();
  };
  const find = element("lg-find", "input", {
    type: "search", placeholder: "Filter evidence\u2026",
    "aria-label": "Filter evidence by text",
  });
  find.value = arrangement.text;
  find.addEventListener("input", () => filter({ text: find.value }));
  const sources = select(
    "Source",
    [["", "All sources"], ...store.sources.map(one => [one.id, shortened(one.name)])],
    arrangement.source, source => filter({ source }));
  const kinds = select(
    "Kind",
    [["", "All kinds"], ["evidence", "Evidence"], ["assumption", "Assumptions"],
      ["absence", "Absences"]],
    arrangement.kind, kind => filter({ kind }));
  const only = select(
    "Show",
    [["", "All items"], ["unrated", "Unrated"], ["nondiagnostic", "Non-diagnostic"],
      ["departures", "Changed from baseline"]],
    arrangement.only,
    one => filter({ only: /** @type {import("./arrange.js").Only} */ (one) }));
  const sorter = select(
    "Sort by",
    [["label", "Sort: label"], ["date", "Sort: date"], ["weight", "Sort: weight"],
      ["diagnosticity", "Sort: diagnosticity"], ["emphasis", "Sort: emphasis"],
      ...store.hypotheses.map(({ id, label }) => [id, `Sort: ${label}`])],
    arrangement.sort,
    key => view.sort(
      key, key === "weight" || key === "diagnosticity" || store.columnOf.has(key)));
  const turner = button(
    "\u2922", "Turn the grid: hypotheses in rows or in columns (t)", () => view.turn());
  turner.setAttribute("aria-label", "Turn the grid");
  const packer = button("\u2261", "Compact or comfortable rows", () => view.pack());
  packer.setAttribute("aria-label", "Compact rows");
  const undoer = button("Undo", "Undo (Ctrl+Z)", () => view.step("undo"));
  const redoer = button("Redo", "Redo (Ctrl+Shift+Z)", () => view.step("redo"));
  const returner = button(
    "Return\u2026", "Go back to the published baseline", () => view.edits.askReturn());
  const help = button("Keys ?", "Every key (?)", () => view.toggleHelp());
  const count = span("lg-count");
  bar.append(find, sources, kinds, only, sorter, count, box("lg-gap"), turner, packer,
    undoer, redoer, returner, help);
  const ask = box("lg-ask", { role: "group", "aria-label": "Return to the baseline" });
  ask.hidden = true;
  const top = box("lg-top");
  top.append(bar, ask);
  return { top, find, sorter, turner, packer, undoer, redoer, count, ask };
}

/** @param {Session} session */
export function buildSources(session) {
  const { sources } = session.store;
  const group = box("lg-sources", { role: "group", "aria-label": "Emphasis of each source" });
  group.hidden = !sources.length;
  group.append(span("lg-sources-name", "Source emphasis"));
  const sliders = sources.map(({ id, name, reliability }) => {
    const line = element("lg-source", "label");
    const title = span(
      "lg-source-title", name, { title: `${name} \u00b7 reliability ${reliability}` });
    const output = span("lg-out");
    const input = element("lg-range", "input", {
      type: "range", min: 0, max: 2, step: STEP, "data-source-emphasis": id,
      "aria-label": `Emphasis of ${name}`,
    });
    line.append(title, input, output);
    group.append(line);
    return { input, output };
  });
  return { group, sliders };
}

const CORNER = [
  ["label", "Evidence", "Sort by label"],
  ["weight", "Weight",
    "Weight: credibility \u00d7 relevance \u00d7 origin \u00d7 emphases. Sort"],
  ["diagnosticity", "Diag.",
    "Diagnosticity: how far the item separates the hypotheses (0 to 2). Sort"],
  ["emphasis", "Emphasis", "Emphasis: your live factor, 0 to 2. Sort"],
];

/** @param {View} view */
export function buildHead(view) {
  const head = box("lg-head", { role: "row", "aria-rowindex": 1 });
  CORNER.forEach(([key, label, title], at) => {
    const cell = box(`lg-hc lg-hc${at}`, { role: "columnheader", "aria-colindex": at + 1 });
    const sorter = written(
      "lg-sort", label, "button", { type: "button", title, tabindex: -1 });
    sorter.addEventListener("click", () => view.sort(key, key !== "label"));
    cell.append(sorter);
    head.append(cell);
  });
  const columns = view.session.store.hypotheses.map((hypothesis, column) => {
    const { id, label, title, statement } = hypothesis;
    const cell = box("lg-hc lg-hh", {
      role: "columnheader", "aria-colindex": FIXED + column + 1,
      title: `${label} ${title}\n${statement}`,
    });
    const top = box("lg-hh-top");
    const sorter = written("lg-sort lg-name", label, "button", {
      type: "button", title: "Sort by this column", tabindex: -1,
    });
    sorter.addEventListener("click", () => view.sort(id, true));
    const rank = span("lg-rank", "", { "data-rank": id });
    top.append(sorter, rank);
    const score = box("lg-score", { "data-score": id });
    const meter = box("lg-meter");
    const fill = box("lg-fill");
    meter.append(fill);
    cell.append(top, written("lg-title", title, "div"), score, meter);
    head.append(cell);
    return { cell, rank, score, fill, scoreText: "", rankText: "", share: -1 };
  });
  return { head, columns };
}

/** @param {View} view */
export function buildFoot(view) {
  const { codes } = view.session.store;
  const foot = box("lg-foot");
  const legends = box("lg-keys");
  [...codes, ["\u2013", "unrated"]].forEach(([code, meaning], number) => {
    const legend = element("lg-legend", "button", {
      type: "button", title: `Rate the selected cell ${meaning}`,
    });
    legend.append(span(`lg-key r${number}`, code), span("lg-mean", meaning));
    legend.addEventListener("click", () => view.edits.rateSelected(number));
    legends.append(legend);
  });
  const toast = box("lg-toast", { role: "alert" });
  toast.hidden = true;
  const status = box("lg-status", { role: "status" });
  foot.append(legends, toast, status);
  return { foot, toast, status };
}

/** @param {View} view */
export function buildHelp(view) {
  const help = box("lg-help", { role: "dialog", "aria-label": "Keys" });
  help.hidden = true;
  const list = element("", "dl");
  for (const [name, keys] of view.session.store.keys) {
    list.append(written("", name, "dt"), written("", keys, "dd"));
  }
  const close = button("Close", "Close (Escape)", () => view.toggleHelp(false));
  help.append(written("lg-help-title", "Keys", "strong"), list, close);
  return help;
}

/**
 * Build a line of the grid, to be filled and filled again as the rows scroll.
 * @param {Session} session
 */
export function buildLine(session) {
  const line = box("lg-line", { role: "row" });
  const title = box("lg-ev", { role: "rowheader" });
  const weight = box("lg-w", { role: "gridcell" });
  const diagnosticity = box("lg-d", { role: "gridcell" });
  const emphasis = box("lg-em", { role: "gridcell" });
  const label = span("lg-id");
  const text = span("lg-tx");
  const rail = box("lg-rail");
  const slider = element("lg-range", "input", {
    type: "range", min: 0, max: 2, step: STEP, tabindex: -1,
  });
  const output = span("lg-out");
  const ticks = [box("lg-tick"), box("lg-tick")].map(tick => ({ tick, shown: "" }));
  ticks.forEach(({ tick }) => {
    tick.hidden = true;
  });
  rail.append(slider, ...ticks.map(({ tick }) => tick));
  title.append(label, text);
  emphasis.append(rail, output);
  const ratings = session.store.hypotheses.map(({ id }) => (
    box("lg-c", { role: "gridcell", "data-hypothesis": id })));
  const cells = [title, weight, diagnosticity, emphasis, ...ratings];
  line.append(...cells);
  cells.forEach((cell, at) => {
    cell.dataset.c = String(at);
    cell.tabIndex = -1;
    cell.setAttribute("aria-colindex", String(at + 1));
  });
  return {
    line, label, text, weight, diagnosticity, slider, output, ticks, cells,
    row: -1, painted: ratings.map(() => ""),
  };
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
