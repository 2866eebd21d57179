// @ts-check
// What is said beside a field: what there is like it, with what can be done about that.

import { made, pressed } from "./pieces.js";

/**
 * @typedef {object} Note
 * @property {string} text
 * @property {string} [item] the id of the item that it speaks of
 * @property {string} [label] what the button does
 * @property {object} [request] what it asks for
 */

export class Notes {
  /** @param {(request: object) => void} send */
  constructor(send) {
    this.send = send;
    this.node = made("div", "fm-notes", { role: "status" });
    this.shown = "[]";
  }

  /** @param {Note[]} notes */
  show(notes) {
    const shown = JSON.stringify(notes);
    if (shown === this.shown) return;
    this.shown = shown;
    this.node.replaceChildren(...notes.map(({ text, item, label, request }) => {
      const line = made("p", "fm-note", {}, `${text} `);
      if (item) {
        line.append(made("a", "", {
          href: addressOf(item), target: "_blank", rel: "noopener" }, "Look"));
      }
      if (label && request) line.append(pressed(label, () => this.send(request)));
      return line;
    }));
  }
}

/** @param {string} item opened beside this page, whose drafts stay as they are */
function addressOf(item) {
  const address = new URL(window.location.href);
  address.pathname = address.pathname.replace(/[^/]*$/, "evidence");
  for (const name of [...address.searchParams.keys()]) {
    if (name !== "case") address.searchParams.delete(name);
  }
  address.searchParams.set("item", item);
  return address.href;
}

/**
 * Say a value in words, for a person who compares two.
 * @param {import("./fields.js").Field} field
 * @param {any} value
 * @returns {string}
 */
export function told(field, value) {
  if (value === undefined || value === null || value === "") return "(nothing)";
  /** @param {any} one */
  const named = one => {
    const options = [...(field.options ?? []), ...(field.rows ?? [])];
    return options.find(([known]) => known === one)?.[1] ?? String(one);
  };
  if (Array.isArray(value)) {
    return value.map(one => (
      typeof one === "object" ? told({ ...field, kind: "mapping" }, one) : named(one))).join("; ");
  }
  if (typeof value !== "object") return named(value);
  if (field.kind === "rated") {
    return Object.entries(value).map(([id, one]) => (
      `${named(id)} ${[one.rating ?? one, one.because].filter(Boolean).join(": ")}`)).join("; ");
  }
  return (field.parts ?? []).filter(part => value[part.field] !== undefined)
    .map(part => told(part, value[part.field])).join(", ");
}
