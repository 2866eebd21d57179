// @ts-check
// A field for a day, or a minute of one: kept at each key, and sent once it is one.

import { made, pressed } from "./pieces.js";

const SLOT = "workbench-chosen:";
const WHOLE_MS = 400;
const APART = 6;  // px between a tip and what it is of
const DAY = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d))?$/;

/**
 * @typedef {object} Asked
 * @property {string} slot where in this browser the text is kept, until the day ends
 * @property {string} label
 * @property {string} help
 * @property {string} stands what holds now, "" for nothing
 * @property {string} example
 * @property {boolean} timed whether a minute is asked for, in UTC
 * @property {boolean} optional
 * @property {boolean} emptied whether it was taken back, or made use of
 */

/**
 * Say what is wrong with a text as a day or a minute, "" for nothing.
 * @param {string} text
 * @param {{timed: boolean, optional: boolean, example: string}} asked
 */
export function unfit(text, { timed, optional, example }) {
  const wanted = `write it as ${example}`;
  const what = timed ? "day and time" : "day";
  if (!text) return optional ? "" : `No ${what} so far: ${wanted}`;
  const found = DAY.exec(text);
  if (!found || (found[4] !== undefined) !== timed) return `No ${what} so far: ${wanted}`;
  const [year, month, day, hour, minute] = found.slice(1).map(part => Number(part ?? 0));
  const one = new Date(0);
  one.setUTCFullYear(year, month - 1, day);
  const isDay = year > 0 && one.getUTCMonth() === month - 1 && one.getUTCDate() === day;
  if (!isDay) return `The calendar has no ${text.slice(0, 10)}`;
  return hour < 24 && minute < 60 ? "" : `A day has no ${text.slice(11)}`;
}

/** @returns {Storage | null} */
function storageOfDays() {
  try {
    return window.localStorage;
  } catch {
    return null;  // forbidden: the field still has the text
  }
}

class Day {
  /** @param {ParentNode & Node} parent */
  constructor(parent) {
    this.root = /** @type {HTMLElement} */ (parent.querySelector("[data-day]"));
    this.storage = storageOfDays();
    /** @type {Asked} */
    this.asked = { slot: "", label: "", help: "", stands: "", example: "", timed: false,
      optional: false, emptied: false };
    this.sent = "";
    /** @type {any} */
    this.pause = null;
    /** @type {(name: "typed" | "before", text: string) => void} */
    this.tell = () => {};
    this.input = made("input", "fm-input", { type: "text", autocomplete: "off" });
    this.said = made("span", "fm-state", { role: "status", id: "said" });
    this.picker = made("input", "fm-picker", { tabindex: "-1", "aria-hidden": "true" });
    this.opener = pressed("", () => this.picker.showPicker?.());
    this.help = pressed("", () => this.explain(true));
    this.tip = made("div", "fm-tip", { id: "tip", role: "tooltip", popover: "manual" });
    this.build();
  }

  build() {
    const { help, input, opener, picker, said, tip } = this;
    const head = made("label", "fm-label", { for: "day" });
    this.name = head;
    input.id = "day";
    input.setAttribute("aria-describedby", "tip said");
    help.className = "fm-help";
    help.setAttribute("aria-describedby", "tip");
    for (const name of ["pointerenter", "focus"]) {
      help.addEventListener(name, () => this.explain(true));
    }
    for (const name of ["pointerleave", "blur"]) {
      help.addEventListener(name, () => this.explain(false));
    }
    help.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      event.stopPropagation();
      if (event.key === "Escape") this.explain(false);
    });
    opener.classList.add("fm-open");
    opener.setAttribute("aria-label", "Open the calendar");
    input.addEventListener("input", () => this.typed());
    input.addEventListener("blur", () => this.send());
    input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      event.stopPropagation();  // Streamlit binds bare letters on the page
      if (event.key === "Enter" && !event.isComposing) this.send();
    });
    picker.addEventListener("input", () => {
      if (!picker.value) return;
      input.value = picker.value.replace("T", " ");
      this.typed();
      this.send();
    });
    const top = made("div", "fm-top");
    top.append(head, help);
    const line = made("div", "fm-day");
    line.append(input, opener, picker);
    this.root.replaceChildren(top, line, said, tip);
  }

  /** @param {boolean} isAsked whether what the field is for is to be said */
  explain(isAsked) {
    const { help, tip } = this;
    tip.togglePopover?.(isAsked);
    if (!isAsked) return;
    const { left, top, bottom } = help.getBoundingClientRect();
    const most = window.innerWidth - tip.offsetWidth - APART;
    const above = top - tip.offsetHeight - APART;
    tip.style.left = `${Math.max(APART, Math.min(most, left))}px`;
    tip.style.top = `${above > 0 ? above : bottom + APART}px`;
  }

  /** @param {Asked} asked */
  show(asked) {
    const before = this.asked;
    this.asked = asked;
    this.name.textContent = asked.label;
    this.input.placeholder = asked.optional ? `${asked.example}, or empty` : asked.example;
    this.tip.textContent = asked.help;
    this.help.hidden = !asked.help;
    this.help.setAttribute("aria-label", `What ${asked.label} is for`);
    this.picker.type = asked.timed ? "datetime-local" : "date";
    if (asked.slot !== before.slot) this.begin();
    else if (asked.emptied && !before.emptied) this.forget();
    else if (asked.stands !== before.stands && asked.stands !== this.text) {
      if (this.text === before.stands || this.text === this.sent) this.lay(asked.stands);
    }
    this.paint();
  }

  /** Show what stands, or what was typed earlier today. */
  begin() {
    const { stands } = this.asked;
    const kept = this.kept();
    this.lay(stands);
    if (kept === null || kept === stands) return;
    this.input.value = kept;
    if (!this.fault) {
      this.sent = kept;
      this.tell("before", kept);
    }
  }

  /** @param {string} text */
  lay(text) {
    this.input.value = text;
    this.sent = text;
  }

  get text() {
    return this.input.value.trim().replace("T", " ");
  }

  get fault() {
    return unfit(this.text, this.asked);
  }

  typed() {
    clearTimeout(this.pause);
    this.keep();
    this.paint();
    if (!this.fault) this.pause = setTimeout(() => this.send(), WHOLE_MS);
  }

  send() {
    clearTimeout(this.pause);
    const { text } = this;
    if (text === this.sent || this.fault) return;
    this.sent = text;
    this.tell("typed", text);
  }

  paint() {
    const { fault } = this;
    const { stands } = this.asked;
    this.input.setAttribute("aria-invalid", String(Boolean(fault)));
    const until = fault && stands ? `. Until then it is ${stands}` : "";
    const said = fault && this.text + stands ? fault + until : "";
    if (this.said.textContent !== said) this.said.textContent = said;
  }

  // -- what outlives the page ---------------------------------------------

  get place() {
    return SLOT + this.asked.slot;
  }

  keep() {
    try {
      const day = new Date().toDateString();
      this.storage?.setItem(this.place, JSON.stringify({ day, chosen: this.text }));
    } catch { /* full: the field still has the text */ }
  }

  forget() {
    this.storage?.removeItem(this.place);
    this.lay(this.asked.stands);
  }

  /** Give what was typed today, null for nothing; of another day it is forgotten. */
  kept() {
    try {
      const found = JSON.parse(this.storage?.getItem(this.place) ?? "null");
      const isToday = found?.day === new Date().toDateString();
      if (isToday && typeof found.chosen === "string") return found.chosen;
      this.storage?.removeItem(this.place);
    } catch { /* what cannot be read was never typed */ }
    return null;
  }
}

/** @type {WeakMap<Node, Day>} */
const days = new WeakMap();

/**
 * @param {{data: Asked, parentElement: ParentNode & Node,
 *   setTriggerValue: (name: string, value: any) => void}} given
 */
export function mount({ data, parentElement, setTriggerValue }) {
  let day = days.get(parentElement);
  if (!day) {
    day = new Day(parentElement);
    days.set(parentElement, day);
  }
  day.tell = setTriggerValue;
  day.show(data);
  const shown = day;
  return () => {
    clearTimeout(shown.pause);
    days.delete(parentElement);
  };
}
