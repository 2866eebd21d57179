// @ts-check
// The controls of a form in which something is chosen: words, grades, levels, hypotheses.

import { spelled } from "./drafts.js";
import { made, numbered, placeOfValue, select, trimmed } from "./pieces.js";

/** @typedef {import("./fields.js").Field} Field */
/** @typedef {import("./fields.js").Control} Control */

const NUMBER = {};  // no value of a level's own

/**
 * @param {Field} field
 * @param {() => void} typed
 * @returns {Control}
 */
export function choice(field, typed) {
  const options = field.options ?? [];
  const node = select(field.label, options, typed);
  node.dataset.field = field.field;
  return {
    node, focusable: node,
    get: () => options[Number(node.value)]?.[0] ?? "",
    set: value => {
      node.value = String(Math.max(0, placeOfValue(options, value)));
    },
  };
}

/**
 * A grade is two judgments, of the source and of what it says; each may be none.
 * @param {Field} field
 * @param {() => void} typed
 * @returns {Control}
 */
export function graded(field, typed) {
  const node = made("div", "fm-pair");
  const sides = /** @type {[string, [any, string][]][]} */ ([
    ["Reliability of the source", field.letters ?? []],
    ["Credibility of what it says", field.numbers ?? []],
  ]);
  const options = sides.map(([, known]) => /** @type {[any, string][]} */ (
    [["", "not graded"], ...known]));
  const selects = sides.map(([label], at) => select(label, options[at], () => {
    const other = selects[1 - at];
    if (selects[at].value === "0") other.value = "0";
    else if (other.value === "0") other.value = String(options[1 - at].length - 1);
    typed();
  }));
  sides.forEach(([label], at) => {
    const side = made("label", "fm-side", {}, label);
    side.append(selects[at]);
    node.append(side);
  });
  return {
    node, focusable: selects[0],
    get: () => selects.map((one, at) => options[at][Number(one.value)][0]).join(""),
    set: value => selects.forEach((one, at) => {
      one.value = String(placeOfValue(options[at], (value ?? "")[at]));
    }),
  };
}

/**
 * A level is one of the words, or a number: the factor itself.
 * @param {Field} field
 * @param {() => void} typed
 * @returns {Control}
 */
export function levelled(field, typed) {
  const node = made("div", "fm-pair");
  const options = /** @type {[any, string][]} */ (
    [...(field.options ?? []), [NUMBER, "a number: the factor itself"]]);
  const number = made("input", "fm-input fm-short", {
    type: "text", inputmode: "decimal", "aria-label": `${field.label}, as a number`,
    placeholder: "0 or more",
  });
  const paint = () => {
    number.hidden = options[Number(word.value)][0] !== NUMBER;
  };
  const word = select(field.label, options, () => {
    paint();
    if (number.hidden || number.value) typed();
    else number.focus();
  });
  word.dataset.field = field.field;
  number.addEventListener("input", typed);
  node.append(word, number);
  paint();
  const get = () => {
    const chosen = options[Number(word.value)][0];
    return chosen === NUMBER ? numbered(number.value.trim()) : chosen;
  };
  let shown = spelled(get());
  return {
    node, focusable: word, get,
    set: value => {
      const waits = !number.hidden && !number.value;  // for the number to be typed
      if (spelled(get()) === spelled(value) || (waits && spelled(value) === shown)) return;
      shown = spelled(value);
      const place = placeOfValue(options, value);
      word.value = String(place < 0 ? options.length - 1 : place);
      if (place < 0) number.value = String(value ?? "");
      paint();
    },
  };
}

/**
 * Any number of those that there are, in their order.
 * @param {Field} field
 * @param {() => void} typed
 * @returns {Control}
 */
export function several(field, typed) {
  const node = made("div", "fm-several", {
    role: "group", "aria-label": field.label, "data-field": field.field });
  const options = field.options ?? [];
  const boxes = options.map(([, name]) => {
    const box = made("input", "", { type: "checkbox" });
    const label = made("label", "fm-box");
    label.append(box, name);
    box.addEventListener("change", typed);
    node.append(label);
    return box;
  });
  if (!options.length) node.append(made("span", "", {}, "There is none yet."));
  return {
    node, focusable: boxes[0] ?? node,
    get: () => options.filter((_, at) => boxes[at].checked).map(([one]) => one),
    set: value => boxes.forEach((box, at) => {
      box.checked = (value ?? []).includes(options[at][0]);
    }),
  };
}

/**
 * How something stands to each hypothesis, with the reasons; a code or nothing.
 * @param {Field} field
 * @param {() => void} typed
 * @returns {Control}
 */
export function rated(field, typed) {
  const node = made("div", "fm-rated", { role: "group", "aria-label": field.label });
  const rows = (field.rows ?? []).map(([id, label, title]) => {
    const line = made("div", "fm-rating");
    const code = select(`${label} ${title}`, field.options ?? [], () => {
      reason.hidden = code.value === "0";
      typed();
    });
    const reason = made("input", "fm-input", {
      type: "text", "aria-label": `Reason, ${label}`, placeholder: "Why", autocomplete: "off" });
    reason.addEventListener("input", typed);
    line.append(made("span", "fm-label", { title }, `${label} ${title}`), code, reason);
    node.append(line);
    return { id, code, reason };
  });
  const options = field.options ?? [];
  const get = () => Object.fromEntries(rows.flatMap(({ id, code, reason }) => {
    const rating = options[Number(code.value)]?.[0];
    const because = trimmed(reason.value);
    return rating ? [[id, { rating, ...(because ? { because } : {}) }]] : [];
  }));
  return {
    node, focusable: rows[0]?.code ?? node, get,
    set: value => {
      if (node.dataset.shown && spelled(get()) === spelled(value)) return;
      node.dataset.shown = "true";
      for (const { id, code, reason } of rows) {
        const one = (value ?? {})[id] ?? {};
        const { rating, because } = typeof one === "string" ? { rating: one } : one;
        code.value = String(Math.max(0, placeOfValue(options, rating)));
        reason.value = because ?? "";
        reason.hidden = code.value === "0";
      }
    },
  };
}
