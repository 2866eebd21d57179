// @ts-check
// What stands around the lines: tools, heading, sources, foot, help.

import { icon } from "./icons.js";
import { FIXED, box, button, element, setText, span, written } from "./parts.js";
import { STEP } from "./store.js";
import { shown } from "./words.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./view.js").View} View */

/**
 * @param {string} label
 * @param {string[][]} options value and text of each
 * @param {string} value
 * @param {(value: string) => void} act
 */
function select(label, options, value, act) {
  const made = element("lg-sel", "select", { "aria-label": label, title: label });
  fillOptions(made, options, value);
  made.addEventListener("change", () => act(made.value));
  return made;
}

/** @param {string} name */
function shortened(name) {
  return name.length > 34 ? `${name.slice(0, 33)}\u2026` : name;
}

/**
 * @param {HTMLSelectElement} target
 * @param {string[][]} options
 * @param {string} value
 */
function fillOptions(target, options, value) {
  target.replaceChildren(...options.map(([one, content]) => {
    const option = written("", content, "option");
    option.value = one;
    return option;
  }));
  target.value = value;
}

/** @param {Session["store"]} store */
function sourcesOf({ sources }) {
  return [["", "All sources"], ...sources.map(({ id, name }) => [id, shortened(name)])];
}

/** @param {Session["store"]} store */
function sortsOf({ blind, hypotheses }) {
  return [
    ["label", blind ? "Sort: your own order" : "Sort: label"],
    ["date", "Sort: date"], ["weight", "Sort: weight"],
    ["diagnosticity", "Sort: diagnosticity"], ["emphasis", "Sort: emphasis"],
    ...hypotheses.map(({ id, label }) => [id, `Sort: ${label}`])];
}

/**
 * Offer the sources and hypotheses that there are now.
 * @param {ReturnType<typeof buildTools>} tools
 * @param {Session} session
 */
export function fillChoices({ selects, sorter }, { arrangement, store }) {
  fillOptions(selects.source, sourcesOf(store), arrangement.source);
  fillOptions(sorter, sortsOf(store), arrangement.sort);
}

/** @param {View} view */
export function buildTools(view) {
  const { arrangement, store } = view.session;
  const bar = box("lg-bar", { role: "toolbar", "aria-label": "Grid tools" });
  /** @param {Partial<import("./arrange.js").Arrangement>} chosen */
  const filter = chosen => {
    Object.assign(arrangement, chosen);
    arrangement.guests.clear();
    view.rearrange();
  };
  const { isPublished: published } = store;
  const find = element("lg-find", "input", {
    type: "search", placeholder: "Filter evidence\u2026",
    "aria-label": "Filter evidence by text",
  });
  find.value = arrangement.text;
  find.addEventListener("input", () => filter({ text: find.value }));
  const sources = select("Source", sourcesOf(store), arrangement.source,
    source => filter({ source }));
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
    "Sort by", sortsOf(store), arrangement.sort,
    key => view.sort(
      key, key === "weight" || key === "diagnosticity" || store.columnOf.has(key)));
  /**
   * @param {import("./icons.js").Icon} picture
   * @param {string} label
   * @param {string} title
   * @param {() => void} act
   */
  const pictured = (picture, label, title, act) => {
    const made = button("", title, act);
    made.append(icon(picture));
    made.setAttribute("aria-label", label);
    return made;
  };
  const turner = pictured("turn", "Turn the grid",
    "Turn the grid: hypotheses in rows or in columns (t)", () => view.turn());
  const packer = pictured(
    "pack", "Compact rows", "Compact or comfortable rows", () => view.pack());
  const focuser = pictured(
    "focus", "Focus mode", "Focus: the grid without the strip (f)", () => view.focusMode());
  const filler = pictured("full", "Full screen", "Full screen", () => view.fullScreen());
  filler.hidden = !document.fullscreenEnabled;
  const redoer = pictured("redo", "Redo", "Redo (Ctrl+Shift+Z)", () => view.step("redo"));
  const returner = button(
    published ? "Return\u2026" : "Clear\u2026",
    published ? "Go back to the published baseline" : "Take out what is rated here",
    () => view.edits.askReturn());
  const help = button("Keys ?", "Every key (?)", () => view.toggleHelp());
  const next = button(
    "Next unrated", "The next item with an unrated cell (u)", () => view.cursor.nextUnrated(1));
  const opener = pictured("filter", "Filter, sort and more", "Filter, sort and more", () => {
    const open = bar.classList.toggle("open");
    opener.setAttribute("aria-expanded", String(open));
    view.resized();
    view.render();
  });
  opener.classList.add("lg-unfold");
  opener.setAttribute("aria-expanded", "false");
  const count = span("lg-count", "", { role: "status" });
  const choices = box("lg-choices");
  choices.append(sources, kinds, only, sorter);
  const actions = box("lg-actions");
  actions.append(redoer, returner, turner, packer, focuser, filler, help);
  const state = box("lg-state-here");
  bar.append(find, count, next, opener, choices, box("lg-gap"), state, actions);
  const ask = box("lg-ask", {
    role: "group", "aria-label": published ? "Return to the baseline" : "Clear ratings" });
  ask.hidden = true;
  const top = box("lg-tools");
  top.append(bar, ask);
  const selects = { source: sources, kind: kinds, only };
  /** Show in the tools what is in force. @param {import("./arrange.js").Arrangement} now */
  const show = now => {
    find.value = now.text;
    sources.value = now.source;
    kinds.value = now.kind;
    only.value = now.only;
    sorter.value = now.sort;
  };
  return {
    top, find, selects, sorter, turner, packer, focuser, filler, redoer, count, next, ask, state,
    show,
  };
}

/** @param {Session} session */
export function buildSources(session) {
  const { sources } = session.store;
  const group = box("lg-sources", { role: "group", "aria-label": "Emphasis of each source" });
  group.hidden = !sources.length;
  group.append(written("lg-sources-name", "Source emphasis", "h2", {
    title: "A live factor for every item that rests on a source, 0 to 2",
  }));
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
  ["label", "Evidence", "Items of evidence, by label"],
  ["weight", "Weight",
    "How much an item counts: credibility \u00d7 relevance \u00d7 origin \u00d7 emphases"],
  ["diagnosticity", "Diagnosticity",
    "How far an item separates the hypotheses: 0 not at all, 2 at most"],
  ["emphasis", "Emphasis",
    "Your own factor for an item, 0 to 2; a tick shows where the lead would change"],
];

/**
 * Make the button of a column's head, with what the column means.
 * @param {View} view
 * @param {string} key
 * @param {string[]} names
 * @param {string} meaning
 * @param {boolean} down
 */
function sortButton(view, key, names, meaning, down) {
  const name = `lg-means-${key}`;
  const sorter = element("lg-sort", "button", {
    type: "button", tabindex: -1, "aria-describedby": name,
  });
  names.forEach((one, at) => sorter.append(span("lg-sort-name", at ? ` ${one}` : one)));
  sorter.append(span("lg-arrow", "", { "aria-hidden": "true" }));
  sorter.addEventListener("click", () => view.sort(key, down));
  return [sorter, span("lg-tip", meaning, { id: name, role: "tooltip" })];
}

/** @param {View} view */
export function buildHead(view) {
  const head = box("lg-head", { role: "row", "aria-rowindex": 1 });
  const corner = CORNER.map(([key, label, meaning], at) => {
    const cell = box(`lg-hc lg-hc${at}`, {
      role: "columnheader", "aria-colindex": at + 1, "data-sort": key,
    });
    cell.append(...sortButton(view, key, [label], meaning, key !== "label"));
    head.append(cell);
    return cell;
  });
  const heading = {
    head, corner, columns: /** @type {ReturnType<typeof columnHeads>} */ ([]), all: corner };
  if (view.typing) head.append(view.typing.column);
  fillHead(view, heading);
  return heading;
}

/**
 * Build the heads of the hypotheses anew; what is typed beside them stays.
 * @param {View} view
 * @param {ReturnType<typeof buildHead>} heading
 */
export function fillHead(view, heading) {
  const { head, corner } = heading;
  heading.columns.forEach(({ cell }) => cell.remove());
  heading.columns = columnHeads(view);
  heading.all = [...corner, ...heading.columns.map(({ cell }) => cell)];
  const { column = null } = view.typing ?? {};
  heading.columns.forEach(({ cell }) => head.insertBefore(cell, column));
  column?.setAttribute("aria-colindex", String(heading.all.length + 1));
}

/** @param {View} view */
function columnHeads(view) {
  return view.session.store.hypotheses.map((hypothesis, column) => {
    const { id, label, title, statement } = hypothesis;
    const cell = box("lg-hc lg-hh", {
      role: "columnheader", "aria-colindex": FIXED + column + 1, "data-sort": id,
    });
    const meaning = `${label} ${title}. ${statement}`;
    cell.append(...sortButton(view, id, [label, title], meaning, true));
    const line = box("lg-standing");
    const score = span("lg-score", "", {
      "data-score": id, title: "Score: the sum of value \u00d7 weight",
    });
    const rank = span("lg-rank", "", { "data-rank": id, title: "Rank" });
    const awaits = span("lg-awaits");
    line.append(score, rank, awaits);
    cell.append(line);
    return { cell, rank, score, awaits, scoreText: "", rankText: "" };
  });
}

/**
 * Paint scores and ranks, or how much is to be rated where nothing is yet.
 * @param {View} view
 * @param {ReturnType<typeof buildHead>} heading
 */
export function paintHeads(view, { columns }) {
  const { itemCount, ranks, scores } = view.session.store;
  columns.forEach((head, column) => {
    const rank = ranks[column];
    const tied = ranks.filter(one => one === rank).length > 1;
    const scoreText = rank ? shown(scores[column]) : "\u2013";
    const rankText = rank ? (tied ? `${rank}=` : `#${rank}`) : "\u2013";
    setText(head.awaits, rank || !view.typing ? "" : `${itemCount} to rate`);
    if (head.scoreText !== scoreText) setText(head.score, (head.scoreText = scoreText));
    if (head.rankText !== rankText) {
      setText(head.rank, (head.rankText = rankText));
      head.cell.classList.toggle("best", rank === 1);
    }
  });
}

/**
 * Show in the heads by which column the lines are sorted.
 * @param {HTMLElement[]} heads
 * @param {import("./arrange.js").Arrangement} arrangement
 */
export function showSort(heads, { sort, down }) {
  heads.forEach(cell => {
    const sorted = cell.dataset.sort === sort;
    if (sorted) cell.setAttribute("aria-sort", down ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
    const arrow = cell.querySelector(".lg-arrow");
    if (arrow) setText(arrow, sorted ? (down ? " \u25be" : " \u25b4") : "");
  });
}

/** Say that nothing matches, with the way out. @param {() => void} clear */
export function buildNothing(clear) {
  const nothing = box("lg-nothing", { role: "status" });
  nothing.hidden = true;
  const said = span("lg-nothing-said");
  nothing.append(said, button("Clear the filter", "Show every item again", clear));
  return { nothing, said };
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
    legend.addEventListener("pointerdown", event => event.preventDefault());
    legend.addEventListener("click", () => view.edits.rateSelected(number));
    legends.append(legend);
  });
  const toast = box("lg-toast", { role: "alert" });
  toast.hidden = true;
  const across = box("lg-across-bar", { "aria-hidden": "true" });
  const extent = box("lg-across-extent");
  across.append(extent);
  foot.append(across, legends, toast);
  return { foot, toast, across, extent };
}

/** @param {View} view */
export function buildHelp(view) {
  const help = box("lg-help", { role: "dialog", "aria-label": "Keys" });
  help.hidden = true;
  const list = element("", "dl");
  for (const [name, keys] of view.session.store.keys) {
    const works = name !== "Add" || view.session.adds;
    if (works) list.append(written("", name, "dt"), written("", keys, "dd"));
  }
  const close = button("Close", "Close (Escape)", () => view.toggleHelp(false));
  // The list after it: what has the focus is scrolled to.
  help.append(close, written("lg-help-title", "Keys", "strong"), list);
  return help;
}

/** Offer the way past the names of the pages, first in the order of Tab. @param {() => void} go */
export function buildSkip(go) {
  const skip = written("wb-skip", "Skip to matrix", "a", { href: "#matrix" });
  skip.style.cssText = "position:fixed;left:8px;top:-99px;z-index:999999;padding:8px 12px;"
    + "border-radius:8px;background:#17232b;color:#fff;font:600 15px sans-serif";
  skip.addEventListener("focus", () => skip.style.setProperty("top", "8px"));
  skip.addEventListener("blur", () => skip.style.setProperty("top", "-99px"));
  skip.addEventListener("click", event => {
    event.preventDefault();
    go();
  });
  document.body.prepend(skip);
  return skip;
}
