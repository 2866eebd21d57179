// @ts-check
// The lines of the grid, filled anew as rows scroll by and as judgments change.

import { FIXED, setText, written } from "./parts.js";
import { pressCode } from "./picker.js";
import { spotName } from "./returned.js";
import { spokenCount } from "./talk.js";
import { tipping } from "./tipping.js";
import { SILENT, UNRATED, joined, shown } from "./words.js";

/** @typedef {import("./session.js").Session} Session */
/**
 * @typedef {ReturnType<typeof import("./parts.js").buildLine>
 *   | ReturnType<typeof import("./cards.js").buildCard>} Line
 */

const AROUND = 36;  // letters before a hit, at least

/**
 * @param {Session} session
 * @param {Line} line
 * @param {number} place in the order
 * @param {number} size of a line, in pixels
 * @param {boolean} turned whether the lines stand side by side
 */
export function fillLine(session, line, place, size, turned) {
  const { arrangement, store } = session;
  const row = arrangement.order[place];
  const { caveat, id, kind, label, statement, title } = store.items[row];
  line.row = row;
  const axis = turned ? "X" : "Y";
  const moved = `translate${axis}(${place * size}px)`;
  const looks = [row, moved, id, label, kind, title, statement, caveat].join("\n");
  if (line.stands !== looks) {
    line.stands = looks;
    line.line.dataset.i = String(row);
    line.line.setAttribute("aria-rowindex", String(place + 2));
    line.line.style.transform = moved;
    setText(line.label, label);
    line.cells[0].dataset.kind = kind === "evidence" ? "" : kind;
    line.cells[0].title = `${label} ${title}\n${statement}`;
    line.slider.dataset.emphasis = id;
    line.slider.setAttribute("aria-label", `Emphasis of ${label}`);
    line.cells.slice(FIXED).forEach(cell => {
      cell.dataset.evidence = id;
    });
  }
  line.cells.forEach(cell => {
    if (cell.tabIndex !== -1) cell.tabIndex = -1;
  });
  fillTitle(line, title, [statement, caveat].join(" "), arrangement.words);
  fillNumbers(session, line);
  fillCells(session, line);
}

/**
 * Write the title, with what was looked for marked, and the words around a hit elsewhere.
 * @param {Line} line
 * @param {string} title
 * @param {string} rest
 * @param {string[]} words
 */
function fillTitle(line, title, rest, words) {
  const looks = [title, ...words.length ? [rest, ...words] : []].join("\n");
  if (line.titled === looks) return;
  line.titled = looks;
  const elsewhere = words.some(word => !title.toLowerCase().includes(word));
  line.text.replaceChildren(...marked(title, words));
  line.snippet.replaceChildren(...(elsewhere ? marked(around(rest, words), words) : []));
  line.line.classList.toggle("hit", line.snippet.hasChildNodes());
}

/**
 * Give the part of a text that has the first hit, "" if there is none.
 * @param {string} text
 * @param {string[]} words
 */
function around(text, words) {
  const lower = text.toLowerCase();
  const places = words.map(word => lower.indexOf(word)).filter(at => at >= 0);
  if (!places.length) return "";
  const first = Math.min(...places);
  const from = first <= AROUND ? 0 : text.lastIndexOf(" ", first - AROUND) + 1;
  return (from ? "\u2026 " : "") + text.slice(from);
}

/**
 * Split a text at what was looked for.
 * @param {string} text
 * @param {string[]} words
 * @returns {(Node | string)[]}
 */
function marked(text, words) {
  if (!words.length) return text ? [text] : [];
  const literal = words.map(word => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const parts = text.split(new RegExp(`(${literal.join("|")})`, "gi"));
  return parts.filter(Boolean).map(part => (
    words.includes(part.toLowerCase()) ? written("lg-hit", part, "mark") : part));
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
 * Count the comments on a cell.
 * @param {Session} session
 * @param {number} row
 * @param {number} column
 */
function talkAt({ store, talk }, row, column) {
  const about = { evidence: store.items[row].id, hypothesis: store.hypotheses[column].id };
  return talk.get(spotName(about)) ?? 0;
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
  const talk = session.talk.size ? talkAt(session, line.row, column) : 0;
  const { id, label } = store.items[line.row];
  const looks = `${code}|${published}|${id}|${label}|${talk}|${reason}`;
  if (line.painted[column] === looks) return;
  line.painted[column] = looks;
  const cell = line.cells[FIXED + column];
  const departs = code !== published && store.isPublished;
  cell.className = `lg-c r${code}${departs ? " own" : ""}${reason ? " said" : ""}`;
  setText(cell, code === UNRATED ? "" : store.word(code));
  cell.dataset.was = published === UNRATED ? "\u2013" : store.word(published);
  if (talk) cell.dataset.talk = String(talk);
  else delete cell.dataset.talk;
  const counted = talk ? `; ${spokenCount(talk)}` : "";
  const names = [label, store.hypotheses[column].label];
  const [now, was] = [store.meaning(code), store.meaning(published)];
  const seen = code === UNRATED ? "" : `${store.word(code)} `;
  const before = departs ? `; was ${store.word(published)}, ${was}` : "";
  cell.setAttribute("aria-label",
    `${seen}${now}, ${names.join(", ")}${before}${reason ? "; has a reason" : ""}${counted}`);
  if ("codes" in line) pressCode(line.codes[column], code);
  cell.title = `${names.join(" \u00b7 ")}: ${now}`
    + `${departs ? ` (baseline: ${was})` : ""}${counted}${reason ? `\n${reason}` : ""}`;
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
  const tells = store.spreads(row).length > 1;
  setText(line.diagnosticity, tells ? shown(diagnosticity) : "\u2013");
  line.diagnosticity.title = tells ? "" : `${SILENT}.`;
  showEmphasis(slider, line.output, emphasis);
  const { classList } = line.line;
  classList.toggle("muted", !active || emphasis === 0);
  classList.toggle("changed", emphasis !== 1);
  classList.toggle("flat", tells && diagnosticity === 0);
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
  setText(output, emphasis === 1 ? "" : `\u00d7${emphasis.toFixed(2)}`);
  slider.style.setProperty("--p", `${emphasis * 50}%`);
}
