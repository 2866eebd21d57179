// @ts-check
// The numbers of the grid: cells, weights, scores, ranks. No DOM, no network, no rule.
//
// A column's score is the sum of value times weight, and the values and weights are
// given. In a report there is no server: the store then keeps a history of its own.

import { LEVELS, differs, placeOf } from "./changes.js";
import { NOT_APPLICABLE, UNRATED, byCell, digits } from "./words.js";

export const STEP = 0.05;
export const TIED = 1e-9;

/** @typedef {import("./types.js").Change} Change */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Patch} Patch */
/** @typedef {import("./types.js").Payload} Payload */

/**
 * Bring an emphasis to a step of the slider, from 0 to 2.
 * @param {number} value
 */
export function stepped(value) {
  const near = Math.round(value / STEP) * STEP;
  return Math.min(2, Math.max(0, Math.round(near * 100) / 100));
}

export class Store {
  /** @type {string} */ base = "";
  question = "";
  revision = 0;
  /** @type {Payload["codes"]} */ codes = [];
  /** @type {Payload["spread"]} */ spread = [];
  /** @type {Payload["words"]} */
  words = { words: {}, signs: {}, strong: [], weak: [], joined: [] };
  /** @type {Payload["keys"]} */ keys = [];
  /** @type {{id: string, label: string, title: string, statement: string}[]} */
  hypotheses = [];
  /** @type {import("./types.js").Source[]} */
  sources = [];
  /** @type {import("./types.js").Item[]} */ items = [];
  itemCount = 0;
  columnCount = 0;
  /** @type {Map<string, number>} */ rowOf = new Map();
  /** @type {Map<string, number>} */ columnOf = new Map();
  /** @type {Map<string, number>} */ sourceOf = new Map();
  /** @type {Uint8Array} codes by cell, row by row */ ratings = new Uint8Array();
  /** @type {Uint8Array} */ baseline = new Uint8Array();
  isPublished = false;  // else a first rating departs from nothing
  /** @type {Map<number, string>} the published reasons by cell */ published = new Map();
  /** @type {Map<number, string>} those in force */ reasons = new Map();
  emphases = new Float64Array();
  sourceFactors = new Float64Array();
  canUndo = false;
  canRedo = false;
  frameKey = "";
  ruleTitle = "";
  leastFirst = true;
  /** Whether no score is shown, since a round is rated blind. */
  blind = false;
  /** @type {Float64Array} what each code counts for */ values = new Float64Array();
  /** @type {Uint8Array} whether an item takes part */ active = new Uint8Array();
  /** @type {Float64Array} of the items, without emphases */ weights = new Float64Array();
  /** @type {Uint8Array} whether a column has a rating other than NA */
  rated = new Uint8Array();
  /** @type {Float64Array} by column */ scores = new Float64Array();
  /** @type {number[]} by column, 0 for one without a rank */ ranks = [];
  /** @type {number[]} columns */ leaders = [];

  /** @param {Payload} payload */
  constructor(payload) {
    this.matrix = payload.matrix;
    this.report = payload.mode === "report";
    /** @type {{undo: Change[][], redo: Change[][]}} */
    this.history = { undo: [], redo: [] };
    this.load(payload);
  }

  /**
   * Take everything anew, with the changes that wait to be saved painted over it.
   * @param {Payload} payload
   * @param {readonly Change[]} waiting
   */
  load(payload, waiting = []) {
    this.base = payload.base;
    this.revision = payload.revision;
    this.codes = payload.codes;
    this.spread = payload.spread;
    this.words = payload.words;
    this.keys = payload.keys;
    this.question = payload.question;
    this.setColumns(payload.hypotheses.map(([id, label, title, statement]) => (
      { id, label, title, statement })));
    this.setSources(payload.sources);
    this.setItems(payload.evidence.map(item => ({ ...item })));
    this.ratings = digits(payload.ratings);
    this.baseline = digits(payload.baseline);
    this.isPublished = this.baseline.some(code => code !== UNRATED);
    this.published = byCell(payload.reasons);
    this.reasons = new Map([...this.published, ...byCell(payload.own)]);
    for (const [cell, text] of this.reasons) if (!text) this.reasons.delete(cell);
    this.emphases = Float64Array.from(payload.emphases);
    this.canUndo = payload.undo ?? false;
    this.canRedo = payload.redo ?? false;
    this.weighSources();
    this.takeFrame(payload.frame);
    this.cover(waiting);
  }

  /** @param {Store["hypotheses"]} hypotheses */
  setColumns(hypotheses) {
    this.hypotheses = hypotheses;
    this.columnCount = hypotheses.length;
    this.columnOf = placesById(hypotheses);
    this.scores = new Float64Array(this.columnCount);
  }

  /** @param {Payload["sources"]} sources */
  setSources(sources) {
    this.sources = sources.map(([id, name, reliability, emphasis, url]) => (
      { id, name, reliability, emphasis, url }));
    this.sourceOf = placesById(this.sources);
  }

  /** @param {Store["items"]} items */
  setItems(items) {
    this.items = items;
    this.itemCount = items.length;
    this.rowOf = placesById(items);
    this.sourceFactors = new Float64Array(this.itemCount).fill(1);
  }

  /** @param {Frame} frame */
  takeFrame(frame) {
    this.frameKey = frame.key;
    this.ruleTitle = frame.title;
    this.leastFirst = frame.least;
    this.blind = frame.blind ?? false;
    this.values = Float64Array.from(frame.values);
    if (frame.weights) {
      this.active = Uint8Array.from(frame.weights, weight => (weight === null ? 0 : 1));
      this.weights = Float64Array.from(frame.weights, weight => weight ?? 0);
    }
    for (const [row, weight] of frame.changed ?? []) {  // by places of the case as it is now
      this.active[row] = weight === null ? 0 : 1;
      this.weights[row] = weight ?? 0;
    }
    this.score();
  }

  weighSources() {
    this.items.forEach((item, row) => {
      const emphases = item.sources.map(([at]) => this.sources[at].emphasis);
      this.sourceFactors[row] = emphases.length ? Math.max(...emphases) : 1;
    });
  }

  /**
   * Give the weight of an item that takes part, its emphases included; NaN where it is
   * still to be heard of.
   * @param {number} row
   */
  weightOf(row) {
    if (!this.active[row]) return 0;
    return this.weights[row] * this.emphases[row] * this.sourceFactors[row];
  }

  // Every score anew from the cells: 10,000 products take well under a millisecond, and
  // a running total would drift.
  score() {
    const { columnCount, scores, ratings, values } = this;
    scores.fill(0);
    const rated = new Uint8Array(columnCount);
    for (let row = 0, cell = 0; row < this.itemCount; row++) {
      if (!this.active[row]) {
        cell += columnCount;
        continue;
      }
      const weight = this.weightOf(row) || 0;
      for (let column = 0; column < columnCount; column++, cell++) {
        const code = ratings[cell];
        if (code >= NOT_APPLICABLE) continue;
        rated[column] = 1;
        scores[column] += values[code] * weight;
      }
    }
    if (this.blind) {
      scores.fill(0);
      rated.fill(0);
    }
    this.rated = rated;
    this.rank();
  }

  rank() {
    const sign = this.leastFirst ? 1 : -1;
    /** @type {number[]} */
    const order = [];
    for (let column = 0; column < this.columnCount; column++) {
      if (this.rated[column]) order.push(column);
    }
    order.sort((a, b) => sign * (this.scores[a] - this.scores[b]) || a - b);
    this.ranks = new Array(this.columnCount).fill(0);
    let first = -1;
    let place = 0;
    order.forEach((column, at) => {
      if (first < 0 || Math.abs(this.scores[column] - this.scores[first]) > TIED) {
        first = column;
        place = at + 1;
      }
      this.ranks[column] = place;
    });
    this.leaders = order.filter(column => this.ranks[column] === 1);
  }

  /** How many cells of the items that take part are unrated. */
  get unratedCount() {
    const { active, columnCount, ratings } = this;
    let count = 0;
    ratings.forEach((code, cell) => {
      if (code === UNRATED && active[Math.floor(cell / columnCount)]) count += 1;
    });
    return count;
  }

  /** @param {number} row whose cells these are, CC 2 to II -2, NA and unrated left out */
  spreads(row) {
    const cells = this.ratings.slice(row * this.columnCount, (row + 1) * this.columnCount);
    return [...cells].flatMap(code => this.spread[code] ?? []);
  }

  /**
   * Give the population standard deviation of the spreads; of fewer than two it is none.
   * @param {number} row
   */
  diagnosticity(row) {
    const found = this.spreads(row);
    const mean = (/** @type {number[]} */ of) => of.reduce((sum, one) => sum + one, 0) / of.length;
    return found.length > 1 ? Math.sqrt(mean(found.map(one => (one - mean(found)) ** 2))) : 0;
  }

  /**
   * Tell whether an item's ratings or emphasis differ from the published ones.
   * @param {number} row
   */
  departs(row) {
    if (this.emphases[row] !== 1) return true;
    if (!this.isPublished) return false;
    const start = row * this.columnCount;
    for (let cell = start; cell < start + this.columnCount; cell++) {
      if (this.ratings[cell] !== this.baseline[cell]) return true;
    }
    return false;
  }

  /** @param {number} code */
  word(code) {
    return code === UNRATED ? "unrated" : this.codes[code][0];
  }

  /** @param {number} code */
  meaning(code) {
    return code === UNRATED ? "unrated" : this.codes[code][1];
  }

  /**
   * Make changes; gives those that changed anything, which are to be logged.
   * @param {readonly Change[]} changes
   * @returns {Change[]}
   */
  change(changes) {
    const before = changes.map(change => this.standing(change));
    const done = changes.filter((change, at) => differs(change, before[at]));
    if (!done.length) return [];
    done.forEach(change => this.paint(change));
    if (done.some(([kind]) => kind !== "reason")) this.score();
    if (this.report) {
      this.history.undo.push(before);
      this.history.redo.length = 0;
      this.tellHistory();
    }
    return done;
  }

  /**
   * Give what stands at the place of a change, as a change.
   * @param {Change} change
   * @returns {Change}
   */
  standing([kind, id, hypothesis]) {
    if (kind === "source-emphasis") {
      return [kind, id, null, this.sources[this.sourceOf.get(id) ?? -1]?.emphasis];
    }
    const row = this.rowOf.get(id) ?? -1;
    if (kind === "emphasis") return [kind, id, null, this.emphases[row]];
    if (kind === "exclusion") return [kind, id, null, !this.active[row]];
    if (LEVELS.includes(kind)) return [kind, id, null, /** @type {any} */ (this.items[row])[kind]];
    const cell = row * this.columnCount + (this.columnOf.get(hypothesis ?? "") ?? -1);
    const word = this.word(this.ratings[cell]);
    return ["rating", id, hypothesis, word, this.reasons.get(cell) ?? ""];
  }

  /**
   * Show a change before the server has heard of it. What an exclusion does to the
   * weights is the server's to say, and so is what the case no longer has.
   * @param {Change} change
   */
  paint([kind, id, hypothesis, to, because]) {
    if (kind === "source-emphasis") {
      const source = this.sources[this.sourceOf.get(id) ?? -1];
      if (source) source.emphasis = typeof to === "number" ? to : 1;
      this.weighSources();
      return;
    }
    const row = this.rowOf.get(id);
    if (row === undefined) return;
    if (kind === "emphasis") this.emphases[row] = typeof to === "number" ? to : 1;
    if (LEVELS.includes(kind) && to !== null) Object.assign(this.items[row], { [kind]: to });
    const column = this.columnOf.get(hypothesis ?? "");
    if (column === undefined) return;
    const cell = row * this.columnCount + column;
    if (kind === "rating") {
      this.ratings[cell] = to === null ? this.baseline[cell] : this.codeOf(String(to));
      this.explain(cell, to === null ? "" : because ?? "");
    } else if (kind === "reason" && this.ratings[cell] !== UNRATED) {
      this.explain(cell, because ?? "");
    }
  }

  // As the ledger's replay has it: a rating equal to the published one keeps the
  // published reason until the analyst gives another, and an unrated cell has none.
  /**
   * @param {number} cell
   * @param {string} because
   */
  explain(cell, because) {
    const code = this.ratings[cell];
    const same = code === this.baseline[cell];
    const reason = because || (same ? this.published.get(cell) ?? "" : "");
    if (reason && code !== UNRATED) this.reasons.set(cell, reason);
    else this.reasons.delete(cell);
  }

  /** @param {string} word */
  codeOf(word) {
    return word === "unrated" ? UNRATED : this.codes.findIndex(([code]) => code === word);
  }

  /**
   * Paint changes that wait to be saved over what was loaded.
   * @param {readonly Change[]} changes
   */
  cover(changes) {
    changes.forEach(change => (
      change[0] === "exclusion" ? this.exclude(change) : this.paint(change)));
    if (changes.length) this.score();
  }

  /** @param {Change} change that waits; the weight of an item that was out is not known */
  exclude([, id, , to]) {
    const row = this.rowOf.get(id);
    if (row === undefined || typeof to !== "boolean") return;
    if (!to && !this.active[row] && !this.weights[row]) this.weights[row] = NaN;
    this.active[row] = to ? 0 : 1;
  }

  /**
   * Take in what was changed elsewhere, but where a change waits to be saved.
   * @param {readonly Patch[]} patches
   * @param {ReadonlySet<string>} held the places of what waits
   */
  patch(patches, held) {
    for (const [kind, id, hypothesis, value, because] of patches) {
      if (held.has(placeOf([kind, id, hypothesis]))) continue;
      const row = this.rowOf.get(id);
      if (kind === "details") {
        if (row !== undefined) Object.assign(this.items[row], value);
      } else if (kind === "rating") {
        const column = this.columnOf.get(hypothesis ?? "");
        if (row === undefined || column === undefined) continue;
        const cell = row * this.columnCount + column;
        this.ratings[cell] = value;
        if (because) this.reasons.set(cell, because);
        else this.reasons.delete(cell);
      } else this.paint([kind, id, null, value]);
    }
    this.score();
  }

  /**
   * Undo or redo in a report, where there is no server to do it.
   * @param {"undo" | "redo"} verb
   */
  stepLocally(verb) {
    const last = this.history[verb].pop();
    if (!last) return;
    this.history[verb === "undo" ? "redo" : "undo"].push(last.map(one => this.standing(one)));
    last.forEach(change => this.paint(change));
    this.score();
    this.tellHistory();
  }

  tellHistory() {
    this.canUndo = this.history.undo.length > 0;
    this.canRedo = this.history.redo.length > 0;
  }
}

/**
 * @param {{id: string}[]} things
 * @returns {Map<string, number>}
 */
function placesById(things) {
  return new Map(things.map(({ id }, place) => [id, place]));
}
