// @ts-check
// What is typed or pasted at the end of the grid, until the case has it. No DOM.
//
// A text is kept in the browser at each key. What was sent waits in the outbox, and is
// told from there; what was refused comes back here with the reason.

import { UNRATED } from "./words.js";

const KEPT_AT = "workbench-draft:";
const ENDS = /\r\n?|\n/;
const BULLET = /^(?:[-*\u2022\u2013\u00b7]|\(?[0-9]{1,3}[.)])\s+/;
/** @type {{[act: string]: "evidence" | "hypothesis"}} */
const ADDED = {
  "add-evidence": "evidence", "add-items": "evidence", "add-hypothesis": "hypothesis",
};

/** @typedef {import("./store.js").Store} Store */
/**
 * @typedef {{act: string, title?: string, titles?: string[], statement?: string}} Request
 * @typedef {{request: Request, reason: string}} Refusal
 * @typedef {{titles: string[], table: boolean, raw: string}} Pasted
 */

/**
 * Read a pasted text: one line is a title, several a list, and with tabs a table, whose
 * first column has the titles. The marks of a list are no part of its lines.
 * @param {string} raw
 * @returns {Pasted}
 */
export function listed(raw) {
  const lines = raw.split(ENDS).filter(line => line.trim());
  const table = lines.length > 1 && lines.filter(line => line.trim().includes("\t")).length > 1;
  const first = lines.map(line => line.split("\t").map(one => one.trim()).find(Boolean) ?? "");
  const marked = first.length > 1 && first.every(line => BULLET.test(line));
  const titles = first.map(line => (marked ? line.replace(BULLET, "") : line));
  return { titles: titles.filter(Boolean), table, raw };
}

/**
 * Give what an outbox has yet to add, by the name of the operation.
 * @param {{client: string, pending: readonly unknown[][],
 *   adopted: ReadonlyMap<string, readonly unknown[][]>}} outbox
 * @returns {Map<string, Request>}
 */
export function awaited({ client, pending, adopted }) {
  /** @type {Map<string, Request>} */
  const found = new Map();
  for (const [of, operations] of [...adopted, /** @type {const} */ ([client, pending])]) {
    for (const [number, verb, asked] of operations) {
      const request = /** @type {Request} */ (asked);
      if (verb === "act" && kindOf(request)) found.set(`${of}:${number}`, request);
    }
  }
  return found;
}

/** @param {Request} request */
export function kindOf(request) {
  return ADDED[request?.act] ?? "";
}

/** @param {Request} request */
export function titlesOf({ title, titles }) {
  return (titles ?? [title ?? ""]).map(one => one.split(/\s+/).filter(Boolean).join(" "));
}

/**
 * Say what a request adds: its title, or how many.
 * @param {Request} request
 */
export function spoken(request) {
  const [first, ...others] = titlesOf(request);
  return others.length ? `${first} and ${others.length} more` : first;
}

/**
 * Say what a case lacks before it can be weighed, "" for nothing.
 * @param {Store} store
 */
export function whatNext({ columnCount, itemCount, ratings }) {
  if (!columnCount) {
    return "The case has no hypotheses yet. Name two or more answers that exclude one "
      + "another: type each title under Add hypothesis, Enter for the next.";
  }
  if (columnCount === 1) {
    return "Name a second hypothesis: with one there is nothing to weigh.";
  }
  if (!itemCount) {
    return "The case has no evidence yet. Type the title of each item under Add evidence, "
      + "Enter for the next, or paste a list.";
  }
  return ratings.some(code => code !== UNRATED) ? ""
    : "Rate each item against every hypothesis with the keys 1 to 5; o asks for one rating "
      + "after another.";
}

/** What stands in one of the two fields, and what was refused. */
export class Entries {
  /**
   * @param {string} name like no other in this browser
   * @param {Storage | null} storage
   */
  constructor(name, storage) {
    this.slot = KEPT_AT + name;
    this.storage = storage;
    this.text = "";
    /** @type {Pasted | null} a list or table that waits for a word */
    this.pasted = null;
    /** @type {Refusal[]} */
    this.refused = [];
    this.kept = true;
    try {
      const found = JSON.parse(storage?.getItem(this.slot) ?? "null");
      if (found && typeof found === "object") Object.assign(this, found);
    } catch { /* what cannot be read was never a draft */ }
  }

  /** @param {string} text */
  type(text) {
    this.text = text;
    this.keep();
  }

  /** @param {Pasted | null} pasted */
  paste(pasted) {
    this.pasted = pasted;
    this.keep();
  }

  /** Give what is to be sent, and empty the field. */
  take() {
    const text = this.text.trim();
    if (text) this.type("");
    return text;
  }

  /**
   * Keep what was refused beside the field, which may hold the next text already.
   * @param {Request} request
   * @param {string} reason
   */
  refuse(request, reason) {
    this.refused.push({ request, reason });
    this.keep();
  }

  /** @param {number} at */
  withdraw(at) {
    const [found] = this.refused.splice(at, 1);
    this.keep();
    return found?.request;
  }

  keep() {
    const { text, pasted, refused } = this;
    try {
      if (text || pasted || refused.length) {
        this.storage?.setItem(this.slot, JSON.stringify({ text, pasted, refused }));
      } else this.storage?.removeItem(this.slot);
      this.kept = this.storage !== null;
    } catch {
      this.kept = false;  // full or forbidden: the field still holds it
    }
  }
}
