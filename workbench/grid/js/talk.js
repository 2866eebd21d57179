// @ts-check
// What people say about an item, a hypothesis or a cell: the thread, and a field to add.
//
// Comments come by the page's bus, so that another's shows while one's own is being
// typed, and leave by the outbox, so that none is lost. Texts are shown as they are.

import { commentSlot, spotName } from "./returned.js";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/**
 * @typedef {{id: string, at: string, by: string, own: boolean, text: string,
 *   evidence: string | null, hypothesis: string | null, answers: string | null}} Comment
 * @typedef {{matrix: string, speaks: boolean, prompt: string, comments: Comment[]}} Said
 * @typedef {import("./returned.js").Spot} Spot
 * @typedef {{name: string, text: string, answers: string | null, spot: string}} Sent
 */

/** @returns {any} */
function busOfTalk() {
  const page = /** @type {any} */ (window);
  return (page.__workbenchBus ??= Object.assign(new EventTarget(), { last: {} }));
}

/**
 * Give what was last said about a case, nothing before that was heard.
 * @param {string} matrix
 * @returns {Said}
 */
export function saidOf(matrix) {
  return busOfTalk().said?.[matrix]
    ?? { matrix, speaks: false, prompt: "", comments: [] };
}

/**
 * Hear what is said about a case; gives what to call when that is to end.
 * @param {string} matrix
 * @param {() => void} act
 */
export function hearTalk(matrix, act) {
  /** @param {Event} event */
  const hear = event => {
    if (/** @type {CustomEvent} */ (event).detail.matrix === matrix) act();
  };
  const bus = busOfTalk();
  bus.addEventListener("talk", hear);
  return () => bus.removeEventListener("talk", hear);
}

/**
 * Give the comment on a place that is begun and not added, "" for none.
 * @param {string} matrix
 * @param {Spot} spot
 */
export function begunComment(matrix, spot) {
  try {
    return window.localStorage.getItem(commentSlot(matrix, spot)) ?? "";
  } catch {
    return "";
  }
}

/**
 * Count the comments at each place that has one.
 * @param {string} matrix
 * @returns {Map<string, number>}
 */
export function countTalk(matrix) {
  const found = new Map();
  for (const one of saidOf(matrix).comments) {
    if (one.text) found.set(spotName(one), (found.get(spotName(one)) ?? 0) + 1);
  }
  return found;
}

/** @param {number} many */
export function spokenCount(many) {
  return many === 1 ? "1 comment" : `${many} comments`;
}

/**
 * @param {string} tag
 * @param {string} classes
 * @param {string} [text]
 * @returns {any}
 */
function node(tag, classes, text = "") {
  const found = document.createElement(tag);
  found.className = classes;
  if (text) found.textContent = text;
  return found;
}

/**
 * @param {string} label
 * @param {() => void} act
 */
function pushed(label, act) {
  const found = node("button", "tk-button", label);
  found.type = "button";
  found.addEventListener("click", act);
  return found;
}

/** @param {string} at a time in UTC, as entries have it */
function moment(at) {
  const [day, time] = at.split("T");
  const [year, month, date] = day.split("-");
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}, ${time.slice(0, 5)} UTC`;
}

/** The thread of one place, which may become another's. */
export class Thread {
  /**
   * @param {string} matrix
   * @param {string} label what the field is called
   * @param {boolean} asks whether it is asked for what speaks against oneself
   */
  constructor(matrix, label, asks = false) {
    this.matrix = matrix;
    this.asks = asks;
    /** @type {Spot} */
    this.spot = { evidence: null, hypothesis: null };
    /** @type {string | null} */
    this.answers = null;
    /** @type {Sent[]} what was sent and is not yet among what is said */
    this.sent = [];
    this.looks = "";
    this.root = node("div", "tk-thread");
    this.list = node("ol", "tk-list");
    this.form = node("div", "tk-form");
    this.input = node("textarea", "tk-input");
    this.input.rows = 2;
    this.input.maxLength = 20000;
    this.input.setAttribute("aria-label", label);
    this.state = node("span", "tk-state");
    this.state.setAttribute("role", "status");
    this.whom = node("span", "tk-whom");
    const foot = node("div", "tk-foot");
    this.leave = pushed("Not as an answer", () => this.answer(null));
    foot.append(pushed("Add the comment", () => this.send()), this.leave, this.whom, this.state);
    this.form.append(this.input, foot);
    this.root.append(this.list, this.form);
    this.input.addEventListener("input", () => {
      this.draft(this.input.value);
      this.state.textContent = this.input.value ? "Draft, not added yet" : "";
    });
    // No letter typed here is a key of the page.
    this.root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      event.stopPropagation();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.send();
    });
    this.deaf = hearTalk(matrix, () => this.paint());
    /** @param {Event} event */
    this.hear = event => this.settle(/** @type {CustomEvent} */ (event).detail);
    busOfTalk().addEventListener("settled", this.hear);
    /** @param {Event} event */
    this.take = event => {
      const { detail: slot } = /** @type {CustomEvent} */ (event);
      if (slot === this.slot) this.input.value = this.drafted();
    };
    busOfTalk().addEventListener("returned", this.take);
  }

  get outbox() {
    return busOfTalk().outboxes?.get(this.matrix);
  }

  get slot() {
    return commentSlot(this.matrix, this.spot);
  }

  end() {
    this.deaf();
    busOfTalk().removeEventListener("settled", this.hear);
    busOfTalk().removeEventListener("returned", this.take);
  }

  /** @param {Spot} spot */
  show(spot) {
    if (spotName(spot) !== spotName(this.spot) || !this.looks) {
      this.spot = spot;
      this.answer(null);
      this.input.value = this.drafted();
      this.state.textContent = this.input.value ? "Draft, not added yet" : "";
    }
    this.paint();
  }

  /** @param {string | null} id */
  answer(id) {
    this.answers = id;
    const one = saidOf(this.matrix).comments.find(other => other.id === id);
    this.whom.textContent = one ? `Answers ${one.by}` : "";
    this.leave.hidden = !one;
  }

  /** Show what is said; what is being typed stays as it is. */
  paint() {
    const { comments, prompt, speaks } = saidOf(this.matrix);
    const here = comments.filter(one => spotName(one) === spotName(this.spot));
    this.sent = this.sent.filter(mine => (
      !here.some(one => one.own && one.text === mine.text && one.answers === mine.answers)));
    const waiting = this.sent.filter(mine => mine.spot === spotName(this.spot));
    this.form.hidden = !speaks;
    this.input.placeholder = this.asks ? prompt : "Say something about this";
    const looks = JSON.stringify([here, waiting, spotName(this.spot), speaks]);
    if (looks === this.looks) return;
    this.looks = looks;
    const known = new Map(here.map(one => [one.id, one]));
    this.list.replaceChildren(
      ...here.map(one => this.line(one, known.get(one.answers ?? ""), speaks)),
      ...waiting.map(mine => {
        const line = node("li", "tk-comment tk-waits");
        line.append(node("p", "tk-text", mine.text), node("p", "tk-who", "Saving\u2026"));
        return line;
      }));
    this.list.hidden = !this.list.childElementCount;
  }

  /**
   * @param {Comment} one
   * @param {Comment | undefined} other the one that it answers
   * @param {boolean} speaks
   */
  line(one, other, speaks) {
    const line = node("li", `tk-comment${other ? " tk-answer" : ""}`);
    const who = node("p", "tk-who");
    who.append(node("strong", "", one.by), ` \u00b7 ${moment(one.at)}`,
      other ? ` \u00b7 to ${other.by}` : "");
    line.append(who, node("p", `tk-text${one.text ? "" : " tk-gone"}`, one.text || "Withdrawn"));
    if (!speaks || !one.text) return line;
    const acts = node("p", "tk-acts");
    acts.append(pushed("Answer", () => {
      this.answer(one.id);
      this.input.focus();
    }));
    if (one.own) {
      acts.append(pushed("Withdraw", () => {
        this.outbox?.log("withdraw", { withdraw: one.id });
      }));
    }
    line.append(acts);
    return line;
  }

  send() {
    const text = this.input.value.trim();
    const { outbox, answers, spot } = this;
    if (!text || !outbox) return;
    outbox.log("comment", { ...spot, text, answers });
    const name = `${outbox.client}:${outbox.number}`;
    this.sent.push({ name, text, answers, spot: spotName(spot) });
    this.input.value = "";
    this.draft("");
    this.answer(null);
    this.state.textContent = "";
    this.paint();
  }

  /** @param {any} settled what became of what was sent */
  settle(settled) {
    for (const [name, reason] of Object.entries(settled?.reasons ?? {})) {
      const mine = this.sent.find(one => one.name === name);
      if (!mine) continue;
      this.sent = this.sent.filter(one => one !== mine);
      this.state.textContent = `Not added: ${reason}`;
      this.looks = "-";
      this.paint();
    }
  }

  /** @param {string} text */
  draft(text) {
    try {
      if (text) window.localStorage.setItem(this.slot, text);
      else window.localStorage.removeItem(this.slot);
    } catch {
      // full or forbidden: the field still holds it
    }
  }

  drafted() {
    return begunComment(this.matrix, this.spot);
  }
}
