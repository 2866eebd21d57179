// @ts-check
// What is typed into a field, until the case says it: kept in the browser at each key,
// sent after a pause, and set beside the case where that was changed meanwhile.

export const PAUSE_MS = 1000;
const DRAFT = "workbench-draft:";

/**
 * @typedef {"saved" | "draft" | "restored" | "saving" | "refused" | "differs"} Phase
 * @typedef {object} Means
 * @property {Storage | null} storage
 * @property {(act: () => void, ms: number) => any} later
 * @property {(timer: any) => void} cancel
 * @property {(request: {[key: string]: any}) => string} send gives the name of the operation
 */

/**
 * Write a value so that equal ones are written alike; what says nothing is null.
 * @param {any} value
 * @returns {string}
 */
export function spelled(value) {
  if (value === undefined || value === null || value === "") return "null";
  if (Array.isArray(value)) {
    return value.length ? `[${value.map(spelled).join()}]` : "null";
  }
  if (typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort().filter(key => spelled(value[key]) !== "null");
  return keys.length
    ? `{${keys.map(key => `${JSON.stringify(key)}:${spelled(value[key])}`).join()}}` : "null";
}

/**
 * Give a text that the browser keeps under a name, and what keeps another there.
 * @param {Storage | null} storage
 * @param {string} name
 */
export function keptText(storage, name) {
  const slot = DRAFT + name;
  return {
    text: storage?.getItem(slot) ?? "",
    /** @param {string} text */
    keep(text) {
      try {
        if (text) storage?.setItem(slot, text);
        else storage?.removeItem(slot);
      } catch { /* full or forbidden: the field still holds it */ }
    },
  };
}

/** One field of the case, and what is typed over it. */
export class Draft {
  /**
   * @param {string} name of the field, like no other in this browser
   * @param {object} address what an act says of the field besides its value
   * @param {any} value what the case says
   * @param {Means} means
   */
  constructor(name, address, value, means) {
    this.name = name;
    this.slot = DRAFT + name;
    this.address = address;
    this.means = means;
    this.value = value;
    this.seen = spelled(value);
    /** @type {any} undefined while nothing is typed */
    this.typed = undefined;
    /** @type {any} the same with what says nothing yet by itself, where there is any */
    this.begun = undefined;
    /** @type {any[]} what the case may say without anybody else's doing */
    this.expected = [value];
    /** @type {Phase} */
    this.phase = "saved";
    this.reason = "";
    this.kept = true;
    this.sent = "";
    /** @type {any} */
    this.timer = null;
    /** @type {() => void} */
    this.changed = () => {};
    this.restore();
  }

  get shown() {
    return this.begun ?? (this.typed === undefined ? this.value : this.typed);
  }

  /**
   * @param {any} value what stands in the field after a key
   * @param {any} whole with what the case cannot have yet, as a place without its source
   */
  type(value, whole = value) {
    if (this.typed === undefined) this.expected = [this.value];
    this.typed = value;
    this.begun = spelled(whole) === spelled(value) ? undefined : whole;
    this.keep();
    if (this.phase !== "differs") {
      this.enter("draft");
      this.means.cancel(this.timer);
      this.timer = this.means.later(() => this.commit(), PAUSE_MS);
    }
  }

  /** Send what is typed, if it says anything else than was sent or stands. */
  commit() {
    this.means.cancel(this.timer);
    this.timer = null;
    if (this.typed === undefined || this.phase === "differs" || this.phase === "saving") return;
    const was = this.expected[this.expected.length - 1];
    if (spelled(was) === spelled(this.typed)) {
      if (spelled(this.value) === spelled(this.typed)) this.rest();
      return;
    }
    this.expected.push(this.typed);
    this.keep();
    this.enter("saving");
    this.sent = this.means.send({ ...this.address, value: this.typed, was });
  }

  /**
   * Hear what became of an operation.
   * @param {(name: string) => boolean} settled
   * @param {{[name: string]: string}} reasons why some were refused
   */
  hear(settled, reasons) {
    if (!this.sent || !settled(this.sent)) return;
    const refused = reasons[this.sent];
    this.sent = "";
    if (refused !== undefined) {
      this.expected = [this.expected[0]];
      if (this.phase === "saving") this.enter("refused", refused);
      if (spelled(this.value) !== spelled(this.expected[0])) this.enter("differs");
    } else {
      const accepted = this.expected[this.expected.length - 1];
      if (spelled(accepted) === spelled(this.typed)) {
        this.value = accepted;
        this.rest();
      } else this.expected = [accepted];
    }
    this.keep();
  }

  /** @param {any} value what the page was last drawn with */
  take(value) {
    if (spelled(value) === this.seen) return;
    this.seen = spelled(value);
    if (this.seen === spelled(this.value)) return;
    this.follow(value, this.value);
    this.value = value;
    if (this.typed === undefined) this.expected = [value];
    else if (spelled(value) === spelled(this.typed)) this.rest();
    else if (!this.expected.map(spelled).includes(spelled(value))) this.enter("differs");
    this.changed();
  }

  /**
   * Keep rows that are only begun beside what a list says by now; tells whether those
   * are all that is typed.
   * @param {any} value
   * @param {any} stood what the list said
   */
  follow(value, stood) {
    const { begun, typed } = this;
    if (!Array.isArray(begun) || spelled(typed) !== spelled(stood)) return false;
    const before = new Set((typed ?? []).map(spelled));
    const rest = begun.filter(one => !before.has(spelled(one)));
    this.typed = value ?? [];
    this.begun = [...this.typed, ...rest];
    this.keep();
    return true;
  }

  /** @param {boolean} own keep what was typed here, or take what the case says */
  choose(own) {
    if (!own) {
      this.drop();
      return;
    }
    this.expected = [this.value];
    this.enter("draft");
    this.commit();
  }

  /** The case says what is typed: that is no draft, but for what is only begun. */
  rest() {
    if (this.begun === undefined) {
      this.drop();
      return;
    }
    this.expected = [this.value];
    this.keep();
    this.enter("draft");
  }

  drop() {
    this.means.cancel(this.timer);
    this.timer = null;
    this.typed = undefined;
    this.begun = undefined;
    this.expected = [this.value];
    this.sent = "";
    this.keep();
    this.enter("saved");
  }

  /**
   * @param {Phase} phase
   * @param {string} reason
   */
  enter(phase, reason = "") {
    this.phase = phase;
    this.reason = reason;
    this.changed();
  }

  keep() {
    const { storage } = this.means;
    try {
      if (this.typed === undefined) storage?.removeItem(this.slot);
      else {
        const { typed, begun, expected } = this;
        storage?.setItem(this.slot, JSON.stringify({ typed, begun, expected }));
      }
      this.kept = storage !== null;
    } catch {
      this.kept = false;  // full or forbidden: the field still holds it
    }
  }

  restore() {
    try {
      const found = JSON.parse(this.means.storage?.getItem(this.slot) ?? "null");
      if (!found || !Array.isArray(found.expected)) return;
      if (spelled(found.typed) === spelled(this.value) && found.begun === undefined) {
        this.means.storage?.removeItem(this.slot);
        return;
      }
      this.typed = found.typed ?? "";
      this.begun = found.begun;
      let known = found.expected.map(spelled).includes(spelled(this.value));
      this.expected = found.expected;  // what was sent may still be on its way
      if (!known && this.follow(this.value, found.expected[found.expected.length - 1])) {
        this.expected = [this.value];
        known = true;
      }
      this.phase = known ? "restored" : "differs";
    } catch {
      // what cannot be read was never a draft
    }
  }
}
