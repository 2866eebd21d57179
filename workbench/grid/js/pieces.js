// @ts-check
// What the controls of a form are made of.

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
export function trimmed(text) {
  return text.split("\n").map(line => line.trimEnd()).join("\n").trim();
}

/** @param {string} text a number where it reads as one */
export function numbered(text) {
  return text && Number.isFinite(Number(text)) ? Number(text) : text;
}

/**
 * @param {string} label
 * @param {[any, string][]} options
 * @param {() => void} typed
 */
export function select(label, options, typed) {
  const node = made("select", "fm-input", { "aria-label": label });
  options.forEach(([, name], at) => node.append(made("option", "", { value: String(at) }, name)));
  node.addEventListener("change", typed);
  return node;
}

/**
 * @param {[any, string][]} options
 * @param {any} value
 */
export function placeOfValue(options, value) {
  const wanted = JSON.stringify(value ?? "");
  return options.findIndex(([one]) => JSON.stringify(one) === wanted);
}
