// @ts-check
// The controls of a form, each with the value that the case's files have for it.

import { choice, graded, levelled, rated, several } from "./choices.js";
import { spelled } from "./drafts.js";
import { made, numbered, pressed, trimmed } from "./pieces.js";

/**
 * @typedef {"line" | "text" | "number" | "words" | "choice" | "grade" | "level" | "several"
 *   | "rated" | "mapping" | "records"} Kind
 * @typedef {object} Field
 * @property {string} what question, hypothesis, evidence, source, or narrative of a report
 * @property {string} id
 * @property {string} field
 * @property {string} label
 * @property {Kind} kind
 * @property {any} value
 * @property {[any, string][]} [options] values and what they are called
 * @property {[string, string][]} [letters] of a grade: reliability
 * @property {[string, string][]} [numbers] of a grade: credibility
 * @property {Field[]} [parts] of each record, or of the mapping
 * @property {[string, string, string][]} [rows] of ratings: id, label and title of a hypothesis
 * @property {boolean} [each] whether each part of the mapping may stand alone
 * @property {string} [add] what the button for one more record is called
 * @property {string} [make] what the button that also makes what is chosen is called
 * @property {string} [help]
 * @property {string} [placeholder]
 * @typedef {object} Control
 * @property {HTMLElement} node
 * @property {HTMLElement} focusable
 * @property {() => any} get
 * @property {() => any} [whole] the same with what the case cannot have yet
 * @property {(value: any) => void} set
 * @typedef {object} Maker
 * @property {(name: string, tell: (refused?: string) => void) => void} make make what a
 *   record may choose, and tell what became of it
 * @property {string} text a name that was typed for it before
 * @property {(text: string) => void} keep
 */

/**
 * Build the control of a field.
 * @param {Field} field
 * @param {() => void} typed called at each key
 * @param {Maker} maker
 * @returns {Control}
 */
export function control(field, typed, maker) {
  if (field.kind === "choice") return choice(field, typed);
  if (field.kind === "grade") return graded(field, typed);
  if (field.kind === "level") return levelled(field, typed);
  if (field.kind === "several") return several(field, typed);
  if (field.kind === "rated") return rated(field, typed);
  if (field.kind === "mapping") return mapping(field, typed, maker);
  if (field.kind === "records") return records(field, typed, maker);
  return written(field, typed);
}

/**
 * @param {Field} field
 * @param {() => void} typed
 * @returns {Control}
 */
function written(field, typed) {
  const long = field.kind === "text";
  const input = made(long ? "textarea" : "input", "fm-input", {
    ...(long ? { rows: "1" } : { type: "text", autocomplete: "off" }),
    "aria-label": field.label, "data-field": field.field,
    ...(field.placeholder ? { placeholder: field.placeholder } : {}),
  });
  const fit = () => {
    if (!long) return;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  };
  input.addEventListener("input", () => {
    fit();
    typed();
  });
  if (long) new ResizeObserver(fit).observe(input);
  const words = field.kind === "words";
  const get = () => {
    if (words) {
      return input.value.split(",").map((/** @type {string} */ one) => one.trim()).filter(Boolean);
    }
    return field.kind === "number" ? numbered(trimmed(input.value)) : trimmed(input.value);
  };
  return {
    node: input, focusable: input, get,
    set: value => {  // as long as it says the same, what is typed stands as it is typed
      if (spelled(get()) !== spelled(value)) {
        input.value = words ? (value ?? []).join(", ") : String(value ?? "");
      }
      fit();
    },
  };
}

/**
 * One mapping, whose first part says whether there is anything, unless each part may.
 * @param {Field} field
 * @param {() => void} typed
 * @param {Maker} maker
 * @returns {Control}
 */
function mapping(field, typed, maker) {
  const parts = field.parts ?? [];
  const node = made("div", "fm-row", { role: "group", "aria-label": field.label });
  const controls = parts.map(part => control(part, typed, maker));
  parts.forEach((part, at) => node.append(sided(part, controls[at])));
  const whole = () => Object.fromEntries(
    parts.map((part, at) => [part.field, controls[at].get()])
      .filter(([, value]) => spelled(value) !== "null"));
  const get = () => {
    const found = whole();
    return field.each || found[parts[0].field] !== undefined ? found : {};
  };
  return {
    node, focusable: controls[0].focusable, get, whole,
    set: value => {
      if (spelled(whole()) === spelled(value)) return;
      controls.forEach((part, at) => part.set((value ?? {})[parts[at].field]));
    },
  };
}

/**
 * Set a part's name beside its control.
 * @param {Field} part
 * @param {Control} its
 */
function sided(part, its) {
  const grouped = its.node !== its.focusable;  // a label names one control, and not a group
  const side = made(grouped ? "div" : "label", `fm-side fm-${part.kind}`, {}, part.label);
  side.append(its.node);
  return side;
}

/**
 * A list of mappings, a row each. What a row does not show stays as it is.
 * @param {Field} field
 * @param {() => void} typed
 * @param {Maker} maker
 * @returns {Control}
 */
function records(field, typed, maker) {
  const parts = field.parts ?? [];
  const [main] = parts;
  const node = made("div", "fm-records");
  const list = made("div", "fm-rows");
  /** @type {{row: HTMLElement, record: any, controls: Control[], blank: string}[]} */
  let rows = [];
  /** @param {{record: any, controls: Control[]}} row */
  const said = ({ record, controls }) => {
    const found = { ...record };
    parts.forEach((part, at) => {
      const value = controls[at].get();
      if (spelled(value) === "null") delete found[part.field];
      else found[part.field] = value;
    });
    const plain = Object.keys(found).length === 1 && main.field === "text";
    return plain && "text" in found ? found.text : found;
  };
  /** @param {any} one */
  const stands = one => typeof one === "string" || one[main.field] !== undefined;
  const get = () => rows.map(said).filter(stands);
  const whole = () => rows.map(row => [said(row), row.blank])
    .filter(([one, blank]) => stands(one) || spelled(one) !== blank).map(([one]) => one);
  /** @param {any} one */
  const append = one => {
    const record = typeof one === "string" ? { [main.field]: one } : one;
    const controls = parts.map(part => control(part, typed, maker));
    const row = made("div", "fm-row", { role: "group", "aria-label": field.label });
    parts.forEach((part, at) => row.append(sided(part, controls[at])));
    const held = { row, record, controls, blank: "" };
    const remove = pressed("Remove", () => {
      rows = rows.filter(other => other !== held);
      row.remove();
      typed();
    });
    row.append(remove);
    rows.push(held);
    list.append(row);
    controls.forEach(part => part.set(undefined));
    held.blank = spelled(said({ record: {}, controls }));
    controls.forEach((part, at) => part.set(record[parts[at].field]));
    return held;
  };
  const more = pressed(field.add ?? "Add", () => append({}).controls[0].focusable.focus());
  const foot = made("div", "fm-foot");
  foot.append(more);
  if (field.make) {
    const name = made("input", "fm-input", {
      type: "text", "aria-label": "Name of a new source", placeholder: "A source not listed",
      autocomplete: "off",
    });
    name.value = maker.text;
    name.addEventListener("input", () => maker.keep(name.value));
    const begin = () => {
      const wanted = name.value.trim();
      if (!wanted) return;
      name.value = "";
      maker.keep("");
      maker.make(wanted, refused => {
        if (refused === undefined || name.value) return;
        name.value = wanted;
        maker.keep(wanted);
      });
    };
    name.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter") begin();
    });
    foot.append(name, pressed(field.make, begin));
  }
  node.append(list, foot);
  return {
    node, focusable: more, get, whole,
    set: value => {
      if (spelled(whole()) === spelled(value)) return;
      rows = [];
      list.replaceChildren();
      (value ?? []).forEach(append);
    },
  };
}
