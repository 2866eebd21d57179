// @ts-check
// A form of the case's own texts: each field is saved by itself, and says how it stands.

import { Draft, keptText } from "./drafts.js";
import { control } from "./fields.js";
import { Notes, told } from "./notes.js";
import { made, pressed } from "./pieces.js";

/** @typedef {import("./fields.js").Field} Field */

/** @typedef {import("./types.js").FormAction} Action */
/** @typedef {import("./types.js").Way} Way */
/** @typedef {import("./types.js").Adder} Adder */
/** @typedef {import("./types.js").FormData} Data */

const PHASES = {
  saved: "", draft: "Draft, not saved yet", saving: "Saving\u2026",
  restored: "Draft from before, not saved", refused: "Not saved", differs: "Changed meanwhile",
};
const SAID_MS = 2500;
const ASK_MS = 300;

/** @param {string} reason which may say itself that nothing was saved */
function unsaved(reason) {
  return `Not saved: ${reason.replace(/^not saved: /i, "")}`;
}

class Form {
  /** @param {ParentNode & Node} parent */
  constructor(parent) {
    this.root = /** @type {HTMLElement} */ (parent.querySelector("[data-form]"));
    this.matrix = "";
    this.name = "";
    this.built = "";
    /** @type {{field: Field, draft: Draft, part: any, paint: () => void, notes: Notes}[]} */
    this.rows = [];
    /** @type {Map<string, (reason: string | undefined) => void>} */
    this.waiting = new Map();
    /** @type {(text: string) => void} */
    this.asks = () => {};
    /** @type {Data["near"]} */
    this.near = { text: "", notes: [] };
    /** @type {{of: () => string, notes: Notes}[]} */
    this.asking = [];
    /** @param {Event} event */
    this.hear = event => this.settle(/** @type {CustomEvent} */ (event).detail);
    this.bus.addEventListener("settled", this.hear);
    // No letter typed here is a key of the page.
    this.root.addEventListener("keydown", event => {
      event.stopPropagation();
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.commit();
    });
    this.leaving = () => this.commit();
    window.addEventListener("pagehide", this.leaving);
  }

  get bus() {
    const page = /** @type {any} */ (window);
    return (page.__workbenchBus ??= Object.assign(new EventTarget(), { last: {} }));
  }

  get outbox() {
    return this.bus.outboxes?.get(this.matrix);
  }

  get storage() {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  }

  commit() {
    this.rows.forEach(({ draft }) => draft.phase === "draft" && draft.commit());
  }

  /**
   * @param {object | undefined} request
   * @param {"act" | "undo" | "redo" | "change"} verb
   */
  send(request, verb = "act") {
    const { outbox } = this;
    if (!outbox) throw new Error("nothing sends yet");
    outbox.log(verb, request);
    return `${outbox.client}:${outbox.number}`;
  }

  /** @param {Data} data */
  show(data) {
    const shape = JSON.stringify({
      ...data, notes: null, near: null,
      fields: data.fields.map(one => ({ ...one, value: null })) });
    if (data.form !== this.name || data.matrix !== this.matrix) this.commit();
    if (shape !== this.built) this.build(data);
    this.built = shape;
    data.fields.forEach((field, at) => {
      const { draft, paint, notes } = this.rows[at];
      draft.take(field.value);
      paint();
      notes.show(data.notes[field.field] ?? []);
    });
    this.near = data.near;
    this.showNear();
  }

  /** Say what there is like a text that is being typed, as long as it is that text. */
  showNear() {
    for (const { of, notes } of this.asking) {
      notes.show(of() === this.near.text ? this.near.notes : []);
    }
  }

  /** @param {Data} data */
  build(data) {
    const deep = /** @type {any} */ (this.root.getRootNode()).activeElement;
    const focused = data.form === this.name ? deep?.getAttribute("aria-label") : null;
    const before = new Map(this.rows.map(({ draft }) => [draft.name, draft]));
    const texts = new Map([...this.root.querySelectorAll("[data-adder]")].map(one => (
      [one.getAttribute("data-adder"), /** @type {any} */ (one).value])));
    this.matrix = data.matrix;
    this.name = data.form;
    this.rows = [];
    this.asking = [];
    const head = made("div", "fm-adders");
    for (const one of data.adders) {
      head.append(this.adder(one, texts.get(one.name ?? one.label) ?? ""));
    }
    const fields = made("div", "fm-fields");
    data.fields.forEach(field => fields.append(this.field(field, before)));
    const actions = made("div", "fm-actions");
    data.actions.forEach(one => actions.append(...this.action(one)));
    this.root.replaceChildren(...[head, fields, actions].filter(one => one.childElementCount));
    if (focused) {
      /** @type {any} */ (this.root.querySelector(`[aria-label=${CSS.escape(focused)}]`))?.focus();
    }
  }

  /**
   * @param {Field} field
   * @param {Map<string, Draft>} before
   */
  field(field, before) {
    const { what, id, field: key } = field;
    const name = `${this.matrix}:${what}:${id}:${key}`;
    const address = { act: "field", what, field: key, ...(id ? { id } : {}) };
    const draft = before.get(name) ?? new Draft(name, address, field.value, {
      storage: this.storage,
      later: (act, ms) => setTimeout(act, ms),
      cancel: timer => clearTimeout(timer),
      // What is written of a report is a judgment, and no text of the case.
      send: request => (what === "narrative"
        ? this.send([["narrative", key, null, request.value || null]], "change")
        : this.send(request)),
    });
    const row = made("div", `fm-field fm-is-${field.kind}`, { "data-part": key });
    const state = made("span", "fm-state", { role: "status" });
    const asked = made("div", "fm-asked");
    const label = made("span", "fm-label", field.help ? { title: field.help } : {}, field.label);
    const head = made("div", "fm-head");
    head.append(label, state);
    const maker = {
      ...keptText(this.storage, `${name}:new`),
      make: (/** @type {string} */ source, /** @type {(refused?: string) => void} */ tell) => (
        this.make(source, draft, id, tell)),
    };
    const part = control(field, () => draft.type(part.get(), part.whole?.()), maker);
    const notes = new Notes(request => this.send(request));
    row.append(head, part.node, notes.node, asked);
    row.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
      if (!row.contains(/** @type {Node} */ (event.relatedTarget)) && draft.phase === "draft") {
        draft.commit();
      }
    });
    let shown = draft.phase;
    /** @type {any} */
    let fading = null;
    const paint = () => {
      part.set(draft.shown);
      const stored = shown === "saving" && draft.phase === "saved";
      if (draft.phase !== shown) clearTimeout(fading);
      if (stored) {
        fading = setTimeout(() => {
          state.textContent = "";
        }, SAID_MS);
      }
      const told = draft.phase === "refused" ? unsaved(draft.reason) : PHASES[draft.phase];
      if (stored || draft.phase !== shown || draft.phase !== "saved") {
        state.textContent = stored ? "Saved" : told + (draft.kept ? "" : ", and not kept");
      }
      row.dataset.state = draft.phase;
      if (draft.phase !== shown || !asked.childElementCount) this.ask(asked, field, draft);
      shown = draft.phase;
    };
    draft.changed = paint;
    this.rows.push({ field, draft, part, paint, notes });
    return row;
  }

  /**
   * Ask what the program cannot know: which of two versions, what of a draft.
   * @param {HTMLElement} asked
   * @param {Field} field
   * @param {Draft} draft
   */
  ask(asked, field, draft) {
    asked.replaceChildren();
    if (draft.phase === "restored" || draft.phase === "refused") {
      asked.append(pressed("Save it now", () => {
        draft.choose(true);
      }), pressed("Discard the draft", () => draft.choose(false)));
    } else if (draft.phase === "differs") {
      const both = made("div", "fm-both");
      for (const [title, value] of [["Yours", draft.typed], ["In the case now", draft.value]]) {
        const side = made("div", "fm-version");
        side.append(made("strong", "", {}, title), made("p", "", {}, told(field, value)));
        both.append(side);
      }
      asked.append(both, pressed("Keep mine", () => draft.choose(true)),
        pressed("Take what is in the case", () => draft.choose(false)));
    }
  }

  /**
   * Make a source and cite it, in one act; what else is typed there goes first. A row
   * that is only begun stays so, beside it.
   * @param {string} name
   * @param {Draft} draft of the field that cites
   * @param {string} id of the item
   * @param {(refused: string | undefined) => void} tell
   */
  make(name, draft, id, tell) {
    const send = () => {
      this.waiting.set(this.send({ act: "add-source", name, cite: id }), tell);
    };
    draft.commit();
    if (!draft.sent) send();
    else {
      this.waiting.set(draft.sent, refused => {
        if (refused === undefined) send();
        else tell(refused);
      });
    }
  }

  /**
   * @param {Adder} adder
   * @param {string} text
   */
  adder(adder, text) {
    const kept = keptText(
      this.storage, `${this.matrix}:${this.name}:${adder.name ?? adder.label}`);
    const row = made("div", "fm-adder");
    const input = made("input", "fm-input", {
      type: "text", placeholder: adder.placeholder, autocomplete: "off",
      "aria-label": adder.name ?? `${adder.label}: title`,
      "data-adder": adder.name ?? adder.label,
    });
    const state = made("span", "fm-state", { role: "status" });
    input.value = text || kept.text;
    if (input.value) state.textContent = "Draft, not added yet";
    const keep = () => kept.keep(input.value);
    /** @param {object} request @param {string} typed */
    const send = (request, typed) => {
      const name = this.send(request);
      input.value = "";
      this.showNear();
      keep();
      state.textContent = "Saving\u2026";
      this.waiting.set(name, reason => {
        state.textContent = reason === undefined ? "Added" : `Not added: ${reason}`;
        if (reason !== undefined && !input.value) input.value = typed;
        keep();
      });
    };
    const ways = [adder, ...(adder.also ?? [])];
    /** @param {Way} way */
    const add = way => {
      const typed = input.value.trim();
      if (typed) send({ ...way.request, [way.key]: typed }, typed);
      input.focus();
    };
    const notes = new Notes(request => this.send(request));
    /** @type {any} */
    let asked = null;
    input.addEventListener("input", () => {
      state.textContent = input.value ? "Draft, not added yet" : "";
      keep();
      this.showNear();
      clearTimeout(asked);
      const text = input.value.trim();
      if (adder.near && text) asked = setTimeout(() => this.asks(text), ASK_MS);
    });
    if (adder.near) this.asking.push({ of: () => input.value.trim(), notes });
    input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter" && !event.isComposing && !adder.also) add(adder);
    });
    input.addEventListener("paste", (/** @type {ClipboardEvent} */ event) => {
      const pasted = event.clipboardData?.getData("text/plain") ?? "";
      const titles = pasted.split(/\r?\n/).map(one => one.trim()).filter(Boolean);
      if (!adder.many || titles.length < 2) return;
      event.preventDefault();
      send({ act: "add-items", titles }, titles.join("; "));
    });
    row.append(input, ...ways.map(way => pressed(way.label, () => add(way))), state, notes.node);
    return row;
  }

  /** @param {Action} action */
  action({ label, request, verb, confirm, reason }) {
    const kept = keptText(this.storage, `${this.matrix}:${this.name}:${label}`);
    const why = made("input", "fm-input fm-why", {
      type: "text", "aria-label": reason ?? "", placeholder: reason ?? "", autocomplete: "off" });
    why.value = reason ? kept.text : "";
    why.addEventListener("input", () => kept.keep(why.value));
    const asked = made("div", "fm-confirm");
    const state = made("span", "fm-state", { role: "status" });
    const act = () => {
      asked.replaceChildren();
      const because = why.value.trim();
      const told = because ? { ...request, because } : request;
      this.waiting.set(this.send(told, verb), refused => {
        state.textContent = refused === undefined ? "" : `Not done: ${refused}`;
        if (refused === undefined) kept.keep("");
      });
    };
    const button = pressed(label, () => {
      if (!confirm) {
        act();
        return;
      }
      const no = pressed("Leave it", () => asked.replaceChildren());
      asked.replaceChildren(made("p", "", {}, confirm), pressed(`Yes, ${label.toLowerCase()}`, act),
        no);
      no.focus();
    });
    return [...(reason ? [why] : []), button, state, asked];
  }

  /** @param {import("./types.js").Settled} settled */
  settle(settled) {
    if (settled.matrix !== this.matrix) return;
    const reasons = settled.reasons ?? {};
    /** @param {string} name */
    const isSettled = name => {
      const [client, number] = name.split(":");
      return Number(number) <= (settled.acks?.[client] ?? 0);
    };
    this.rows.forEach(({ draft }) => draft.hear(isSettled, reasons));
    for (const [name, tell] of this.waiting) {
      if (!isSettled(name)) continue;
      this.waiting.delete(name);
      tell(reasons[name]);
    }
  }

  leave() {
    this.commit();
    this.bus.removeEventListener("settled", this.hear);
    window.removeEventListener("pagehide", this.leaving);
  }
}

/** @type {WeakMap<Node, Form>} */
const forms = new WeakMap();

/**
 * @param {{data: Data, parentElement: ParentNode & Node,
 *   setTriggerValue: (name: string, value: any) => void}} given
 */
export function mount({ data, parentElement, setTriggerValue }) {
  let form = forms.get(parentElement);
  if (!form) {
    form = new Form(parentElement);
    forms.set(parentElement, form);
  }
  form.asks = text => setTriggerValue("typed", text);
  form.show(data);
  const shown = form;
  return () => {
    shown.leave();
    forms.delete(parentElement);
  };
}
