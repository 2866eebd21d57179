// @ts-check
// The controls of a form, each with the value that the case's files have for it.

/**
 * @typedef {object} Field
 * @property {string} what question, hypothesis, evidence or source
 * @property {string} id
 * @property {string} field
 * @property {string} label
 * @property {"line" | "text" | "choice" | "grade" | "words" | "records"} kind
 * @property {any} value
 * @property {[any, string][]} [options] values and what they are called
 * @property {[string, string][]} [letters] of a grade: reliability
 * @property {[string, string][]} [numbers] of a grade: credibility
 * @property {Field[]} [parts] of each record
 * @property {string} [add] what the button for one more record is called
 * @property {string} [make] what the button that also makes what is chosen is called
 * @property {string} [help]
 * @property {string} [placeholder]
 * @typedef {object} Control
 * @property {HTMLElement} node
 * @property {HTMLElement} focusable
 * @property {() => any} get
 * @property {(value: any) => void} set
 */

/**
 * @param {string} tag
 * @param {string} classes
 * @param {{[name: string]: string}} attributes
 * @param {string} text
 * @returns {any}
 */
export function made(tag, classes, attributes = {}, text = "") {
  const node = document.createElement(tag);
  node.className = classes;
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  if (text) node.textContent = text;
  return node;
}

/**
 * @param {string} label
 * @param {() => void} act
 */
export function pressed(label, act) {
  const button = made("button", "fm-button", { type: "button" }, label);
  button.addEventListener("click", act);
  return button;
}

/** @param {string} text as it is typed, in lines */
function trimmed(text) {
  return text.split("\n").map(line => line.trimEnd()).join("\n").trim();
}

/**
 * Build the control of a field.
 * @param {Field} field
 * @param {() => void} typed called at each key
 * @param {(name: string) => void} make make what a record may choose
 * @returns {Control}
 */
export function control(field, typed, make) {
  if (field.kind === "choice") return choice(field, typed);
  if (field.kind === "grade") return graded(field, typed);
  if (field.kind === "records") return records(field, typed, make);
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
  const get = () => (words
    ? input.value.split(",").map((/** @type {string} */ one) => one.trim()).filter(Boolean)
    : trimmed(input.value));
  return {
    node: input, focusable: input, get,
    set: value => {
      const text = words ? (value ?? []).join(", ") : String(value ?? "");
      if (trimmed(input.value) !== text) input.value = text;
      fit();
    },
  };
}

/**
 * @param {string} label
 * @param {[any, string][]} options
 * @param {() => void} typed
 */
function select(label, options, typed) {
  const node = made("select", "fm-input", { "aria-label": label });
  options.forEach(([, name], at) => node.append(made("option", "", { value: String(at) }, name)));
  node.addEventListener("change", typed);
  return node;
}

/**
 * @param {[any, string][]} options
 * @param {any} value
 */
function placeOfValue(options, value) {
  const wanted = JSON.stringify(value ?? "");
  return options.findIndex(([one]) => JSON.stringify(one) === wanted);
}

/**
 * @param {Field} field
 * @param {() => void} typed
 * @returns {Control}
 */
function choice(field, typed) {
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
function graded(field, typed) {
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
 * A list of mappings, a row each. What a row does not show stays as it is.
 * @param {Field} field
 * @param {() => void} typed
 * @param {(name: string) => void} make
 * @returns {Control}
 */
function records(field, typed, make) {
  const parts = field.parts ?? [];
  const [main] = parts;
  const node = made("div", "fm-records");
  const list = made("div", "fm-rows");
  /** @type {{row: HTMLElement, record: any, controls: Control[]}[]} */
  let rows = [];
  const get = () => rows.map(({ record, controls }) => {
    const found = { ...record };
    parts.forEach((part, at) => {
      const value = controls[at].get();
      if (value === "" || (Array.isArray(value) && !value.length)) delete found[part.field];
      else found[part.field] = value;
    });
    const plain = Object.keys(found).length === 1 && main.field === "text";
    return plain && "text" in found ? found.text : found;
  }).filter(one => typeof one === "string" || one[main.field] !== undefined);
  /** @param {any} one */
  const append = one => {
    const record = typeof one === "string" ? { [main.field]: one } : one;
    const controls = parts.map(part => control(part, typed, make));
    const row = made("div", "fm-row", { role: "group", "aria-label": field.label });
    parts.forEach((part, at) => {
      const side = made("label", `fm-side fm-${part.kind}`, {}, part.label);
      side.append(controls[at].node);
      row.append(side);
    });
    const held = { row, record, controls };
    const remove = pressed("Remove", () => {
      rows = rows.filter(other => other !== held);
      row.remove();
      typed();
    });
    row.append(remove);
    rows.push(held);
    list.append(row);
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
    const begin = () => {
      if (name.value.trim()) make(name.value.trim());
      name.value = "";
    };
    name.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter") begin();
    });
    foot.append(name, pressed(field.make, begin));
  }
  node.append(list, foot);
  return {
    node, focusable: more, get,
    set: value => {
      if (JSON.stringify(get()) === JSON.stringify(value ?? [])) return;
      rows = [];
      list.replaceChildren();
      (value ?? []).forEach(append);
    },
  };
}
