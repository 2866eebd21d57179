// @ts-check
// Operations out, acknowledgements in. Bus, storage, locks and timers are passed in.
//
// One batch is in flight at a time and carries every operation not yet acknowledged, so
// that a batch which the framework merges away, or which is sent twice, does no harm.
// What waits is kept in the browser under its client's name, a name per document: a
// client and a number say for ever which operation it is, and the ledger takes each
// once. A document that is gone leaves its operations to the next one, told by the lock
// that each holds on its name while it lives.

export const RESEND_MS = 2000;   // an unanswered batch is sent again after this long
const PATIENT = 3;               // and later and later, up to so many times that
export const POLL_MS = 30_000;   // a page in view that is told nothing asks this often
export const GONE_MS = 120_000;  // without locks: a document this long silent is gone
const UNANSWERED = "The server does not answer, trying again\u2026";
const REMEMBERED = 20;           // clients of earlier documents of a tab

const SLOT = "workbench-unsaved:";
const TAB = "workbench-clients:";
const LOCK = "workbench-client:";

/** @typedef {import("./types.js").Change} Change */
/** @typedef {import("./types.js").Operation} Operation */
/** @typedef {import("./types.js").Settled} Settled */

/**
 * What an action leaves, and what stood there before it; neither where that is not known.
 * @typedef {{before: Change[], after: Change[]}} Step
 */

/**
 * @typedef {object} Surroundings
 * @property {EventTarget} bus
 * @property {Storage | null} storage shared by the tabs of this browser
 * @property {Storage | null} tab of this tab, reloads included
 * @property {LockManager | null} locks
 * @property {(act: () => void, ms: number) => any} later
 * @property {(timer: any) => void} cancel
 * @property {() => number} now milliseconds
 * @property {() => string} name a name that nobody else has
 */

/**
 * Leave out what the server finds for itself.
 * @param {Operation[]} operations
 * @returns {Operation[]}
 */
function sendable(operations) {
  return operations.map(operation => /** @type {Operation} */ (operation.slice(0, 3)));
}

/** What one analyst did in one case and the ledger has not yet acknowledged. */
export class Outbox {
  /**
   * @param {string} matrix
   * @param {Surroundings} surroundings
   */
  constructor(matrix, surroundings) {
    this.matrix = matrix;
    this.around = surroundings;
    this.client = surroundings.name();
    this.number = 0;
    /** @type {Operation[]} */
    this.pending = [];
    /** @type {{undo: Step[], redo: Step[]}} what this document can go back over */
    this.steps = { undo: [], redo: [] };
    /** @type {Map<string, Operation[]>} operations left by documents that are gone */
    this.adopted = new Map();
    /** @type {Set<string>} */
    this.asked = new Set([this.client]);
    this.claims = 0;  // documents that are being asked whether they live
    this.looking = false;
    /** @type {string[]} clients of earlier documents of this tab */
    this.before = [];
    this.batch = 0;
    this.sentTo = 0;
    this.tries = 0;
    this.failures = 0;  // answers in a row that nothing could be saved
    /** @type {any} */
    this.timer = null;
    this.dragging = false;
    this.silent = false;  // nothing answers at the other end
    this.message = "";
    this.kept = true;
    this.unannounced = false;
    this.open = true;
    this.heardAt = -Infinity;
    /** @type {() => {revision: number, frame: string, base: string} | null} a grid's knowledge */
    this.grid = () => null;
    /** @type {() => void} */
    this.wake = () => {};
    /** @type {Set<(settled: Settled | null, said: string) => void>} */
    this.listeners = new Set();
    this.claimOwn();
    this.recall();
  }

  get saved() {
    return !this.pending.length && !this.adopted.size && !this.dragging && !this.claims;
  }

  /** How many operations wait, drags in mid-air not counted. */
  get count() {
    const waiting = [...this.adopted.values(), this.pending].flat();
    return waiting.filter(([, verb]) => verb !== "preview").length;
  }

  get failing() {
    return this.silent || (!this.saved && (this.message !== "" || this.tries > 1));
  }

  /** Say in a line how it stands. */
  get status() {
    if (this.silent) return this.saved ? UNANSWERED : `Not saved. ${UNANSWERED}`;
    if (this.saved) return "All changes saved";
    if (this.message) return this.message;
    return this.tries > 1 ? "Not saved, trying again\u2026" : "Saving\u2026";
  }

  /**
   * Give the changes that wait, in the order they were made.
   * @returns {Change[]}
   */
  get changes() {
    /** @type {Change[]} */
    const found = [];
    for (const operation of [...this.adopted.values(), this.pending].flat()) {
      if (operation[1] === "change") found.push(...operation[2]);
      else if (operation[1] === "preview") found.push(operation[2]);
      else found.push(...operation[3] ?? []);
    }
    return found;
  }

  /**
   * Log an operation and send it.
   * @param {"change" | "undo" | "redo" | "return" | "preview" | "act" | "comment"
   *   | "withdraw"} verb
   * @param {any} [argument]
   * @param {Step} [step] what it comes to, as far as this document knows
   */
  log(verb, argument = null, step = { before: [], after: [] }) {
    this.number += 1;
    const decides = verb !== "preview" && verb !== "comment" && verb !== "withdraw";
    const shown = decides ? this.follow(verb, step) : [];
    const operation = shown.length && verb !== "change"
      ? [this.number, verb, argument, shown] : [this.number, verb, argument];
    this.pending.push(/** @type {Operation} */ (operation));
    this.unannounced = true;
    this.keep();
    this.flush();
  }

  /**
   * Keep count of what can be undone; gives what an operation leaves.
   * @param {string} verb
   * @param {Step} step
   * @returns {Change[]}
   */
  follow(verb, step) {
    const { undo, redo } = this.steps;
    if (verb !== "undo" && verb !== "redo") {
      undo.push(step);
      redo.length = 0;
      return step.after;
    }
    const last = (verb === "undo" ? undo : redo).pop();
    if (!last) return [];
    (verb === "undo" ? redo : undo).push(last);
    return verb === "undo" ? last.before : last.after;
  }

  /**
   * Log where a slider in mid-drag stands, in place of the last place not yet sent.
   * @param {Change} change
   */
  preview(change) {
    const [kind, id] = change;
    this.pending = this.pending.filter(operation => !(
      operation[1] === "preview" && operation[0] > this.sentTo
      && operation[2][0] === kind && operation[2][1] === id));
    this.log("preview", change);
  }

  /**
   * Send what waits, or ask what there is to know.
   * @param {boolean} poll
   */
  flush(poll = false) {
    this.tell(null);
    if (!this.open || this.timer !== null) return;
    /** @type {[string, Operation[]][]} */
    const batches = [...this.adopted].map(([client, waiting]) => [client, sendable(waiting)]);
    if (this.pending.length) batches.push([this.client, sendable(this.pending)]);
    if (!poll && !batches.length) return;
    if (this.pending.length && !this.around.locks) this.keep();  // a sign of life
    this.batch += 1;
    this.sentTo = this.number;
    const patience = RESEND_MS * Math.min(1 + this.tries, PATIENT);
    this.timer = this.around.later(() => this.unanswered(), patience);
    const detail = {
      matrix: this.matrix, client: this.client, batch: this.batch, batches,
      ...this.grid(),
    };
    this.around.bus.dispatchEvent(new CustomEvent("ops", { detail }));
  }

  // A server that was started anew does not know the channel, which lives in a fragment,
  // until the whole page has run: have it run.
  unanswered() {
    this.timer = null;
    this.tries += 1;
    if (this.tries > 1) this.wake();
    this.flush(true);
  }

  /** There is no connection, and there was none for a while. */
  disconnected() {
    this.silent = true;
    this.tell(null);
  }

  /** The server may be another one: have the page run, whatever was in flight. */
  reconnected() {
    this.silent = false;
    this.tell(null);
    if (this.timer !== null) this.around.cancel(this.timer);
    this.timer = null;
    this.wake();
    this.timer = this.around.later(() => this.unanswered(), RESEND_MS);
  }

  /** @param {Settled} settled */
  settle(settled) {
    if (settled.matrix !== this.matrix) return;
    const { error = "", refused = [], told = "" } = settled;
    for (const [client, number] of Object.entries(settled.acks ?? {})) {
      this.acknowledge(client, number);
    }
    const [client, batch] = String(settled.heard ?? "").split(":");
    const answers = client === this.client && Number(batch) === this.batch;
    // A server that never heard of this document was started anew, or the page was:
    // what is in flight may be lost.
    const unheard = client !== this.client;
    const lost = unheard && this.timer !== null;
    if ((answers || unheard) && this.timer !== null) {
      this.around.cancel(this.timer);
      this.timer = null;
    }
    if (client === this.client) {
      this.message = error;
      this.failures = error ? this.failures + 1 : 0;
    }
    if (answers) this.tries = 0;
    if (this.saved) this.message = "";
    this.heardAt = this.around.now();
    this.tell(settled, answers ? refused[0] ?? told : "");
    if (this.timer !== null) return;
    if (answers && error) {
      // Each try at a store that is out of reach holds the server up for a while.
      this.timer = this.around.later(() => {
        this.timer = null;
        this.flush();
      }, RESEND_MS * Math.min(this.failures, PATIENT));
    } else this.flush(lost);
  }

  /**
   * @param {string} client
   * @param {number} number the last of its operations that is settled
   */
  acknowledge(client, number) {
    /** @param {Operation} operation */
    const waits = operation => operation[0] > number;
    if (client === this.client) {
      if (!this.pending.length) return;
      this.pending = this.pending.filter(waits);
      this.keep();
      return;
    }
    const theirs = this.adopted.get(client);
    if (!theirs) return;
    const left = theirs.filter(waits);
    if (left.length) this.adopted.set(client, left);
    else this.adopted.delete(client);
    this.write(client, left);
  }

  /**
   * @param {Settled | null} settled
   * @param {string} said what the analyst is to be told
   */
  tell(settled, said = "") {
    this.listeners.forEach(listener => listener(settled, said));
  }

  // -- what outlives the document ---------------------------------------

  /** @param {string} client */
  slot(client) {
    return `${SLOT}${this.matrix}:${client}`;
  }

  keep() {
    this.kept = this.write(
      this.client, this.pending.filter(([, verb]) => verb !== "preview"));
  }

  /**
   * Keep a client's operations in the browser; false where it refuses.
   * @param {string} client
   * @param {Operation[]} operations
   */
  write(client, operations) {
    const { storage, now } = this.around;
    if (!storage) return !operations.length;
    try {
      const slot = this.slot(client);
      if (operations.length) {
        storage.setItem(slot, JSON.stringify({ at: now(), operations }));
      } else storage.removeItem(slot);
      return true;
    } catch {
      return false;  // full or forbidden: the page still holds them
    }
  }

  /**
   * @param {string} client
   * @returns {{at: number, operations: Operation[]} | null}
   */
  read(client) {
    try {
      const found = JSON.parse(this.around.storage?.getItem(this.slot(client)) ?? "null");
      return Array.isArray(found?.operations) && found.operations.length ? found : null;
    } catch {
      return null;
    }
  }

  claimOwn() {
    const { locks, tab } = this.around;
    if (locks) locks.request(LOCK + this.client, () => new Promise(() => {}));
    try {
      this.before = JSON.parse(tab?.getItem(TAB + this.matrix) ?? "[]");
      const clients = [...this.before, this.client].slice(-REMEMBERED);
      tab?.setItem(TAB + this.matrix, JSON.stringify(clients));
    } catch {
      this.before = [];  // storage may be forbidden
    }
  }

  /** Look for operations of documents that are gone, and take them over. */
  recall() {
    const { storage, locks } = this.around;
    if (!storage) return;
    const prefix = this.slot("");
    let keys = [];
    try {
      keys = Array.from({ length: storage.length }, (_, at) => storage.key(at));
    } catch {
      return;
    }
    for (const key of keys) {
      if (!key?.startsWith(prefix)) continue;
      const client = key.slice(prefix.length);
      if (this.asked.has(client) || !this.read(client)) continue;
      if (!locks) {
        if (this.isGone(client)) this.adopt(client);
        continue;
      }
      this.asked.add(client);
      this.claims += 1;
      locks.request(LOCK + client, { ifAvailable: true }, lock => {
        this.claims -= 1;
        if (lock === null) {
          this.asked.delete(client);
          this.lookAgain();
          this.tell(null);
          return undefined;
        }
        this.adopt(client);
        this.tell(null);
        return new Promise(() => {});
      });
    }
  }

  /** A document that lives may still go, and one that goes lets go a little later. */
  lookAgain() {
    if (this.looking) return;
    this.looking = true;
    this.around.later(() => {
      this.looking = false;
      this.recall();
    }, RESEND_MS);
  }

  /**
   * Tell without locks whether a document is gone: an earlier one of this tab, or one
   * that has not sent anything for long.
   * @param {string} client
   */
  isGone(client) {
    const silent = this.around.now() - (this.read(client)?.at ?? 0);
    return this.before.includes(client) || silent > GONE_MS;
  }

  /** @param {string} client */
  adopt(client) {
    const found = this.read(client);
    this.asked.add(client);
    if (!found) return;
    this.adopted.set(client, found.operations);
    this.unannounced = true;
    this.flush();
  }
}
