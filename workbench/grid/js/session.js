// @ts-check
// One grid on one page: its numbers, its outbox, its views, and what passes between.

import { Arrangement } from "./arrange.js";
import { departures, placeOf } from "./changes.js";
import { reshape } from "./shape.js";
import { Store } from "./store.js";
import { countTalk, hearTalk } from "./talk.js";

/** @typedef {import("./types.js").Change} Change */
/** @typedef {import("./types.js").Payload} Payload */
/** @typedef {import("./sync.js").Outbox} Outbox */
/** @typedef {import("./types.js").Settled} Settled */
/** @typedef {import("./types.js").Said} Said */
/** @typedef {import("./view.js").View} View */

export class Session {
  /**
   * @param {Payload} payload
   * @param {Outbox | null} outbox null in a report, which keeps nothing
   */
  constructor(payload, outbox) {
    this.store = new Store(payload);
    this.arrangement = new Arrangement();
    this.outbox = outbox;
    /** @type {Set<View>} */
    this.views = new Set();
    this.visit = "";
    this.drawn = payload.drawn ?? "";
    this.adds = payload.adds ?? null;
    /** @type {Said} what the server has said in words */
    this.words = { matrix: payload.matrix, lines: [], contenders: [], against: [], findings: {} };
    /** @type {(table: string) => void} have the server read a table */
    this.bring = () => {};
    /** @type {() => void} ask the server for the findings of the items */
    this.readsFindings = () => {};
    /** @type {Map<string, number>} how many comments there are, by place */
    this.talk = new Map();
    /** @type {string | null} what was painted over, as last seen */
    this.covered = null;
    this.arrangement.arrange(this.store);
    if (outbox) {
      this.cover(outbox);
      outbox.grid = () => (this.views.size ? this.known : null);
      outbox.listeners.add((settled, said) => this.hear(settled, said));
      this.talk = countTalk(payload.matrix);
      hearTalk(payload.matrix, () => {
        this.talk = countTalk(payload.matrix);
        this.views.forEach(view => view.repaint());
      });
    }
  }

  get report() {
    return this.outbox === null;
  }

  /** What the grid here knows, so that only the rest is told. */
  get known() {
    const { revision, frameKey, base } = this.store;
    return { revision, frame: frameKey, base };
  }

  /** @param {Said} said */
  listen(said) {
    this.words = said;
    this.views.forEach(view => view.paintWords());
  }

  /**
   * Take what the page gives anew, unless more than that is known here already.
   * @param {Payload} payload
   */
  offer(payload) {
    if (payload.drawn === this.drawn) return;
    this.drawn = payload.drawn ?? "";
    this.adds = payload.adds ?? null;
    if (payload.revision >= this.store.revision) {
      this.become(waiting => this.store.load(payload, waiting));
    }
  }

  /**
   * Show the case as it is given, with what waits painted over it.
   * @param {(waiting: readonly Change[]) => void} load
   * @param {() => void} then take what came with it, before any of it is shown
   */
  become(load, then = () => {}) {
    const before = this.store.items.map(({ id }) => id);
    const places = [...this.views].map(view => view.hold());
    load(this.outbox?.changes ?? []);
    then();
    const known = new Set(before);
    const added = this.store.items.map(({ id }) => id).filter(id => !known.has(id));
    this.arrangement.arrange(this.store);
    places.forEach(settle => settle(added));
  }

  /**
   * Paint what documents that are gone left behind, each time there is more of it.
   * @param {Outbox} outbox
   */
  cover(outbox) {
    const left = [...outbox.adopted.keys()].join();
    if (left === this.covered) return false;
    this.covered = left;
    this.store.cover(outbox.changes);
    return left !== "";
  }

  /**
   * Make changes and log them; true if anything changed.
   * @param {Change[]} changes
   */
  commit(changes) {
    const { store } = this;
    const stood = new Map(changes.map(change => [change, store.standing(change)]));
    const done = store.change(changes);
    if (!done.length) return false;
    this.outbox?.log("change", done, {
      before: done.map(change => stood.get(change) ?? change),
      after: done.map(change => (change[0] === "exclusion" ? change : store.standing(change))),
    });
    this.views.forEach(view => view.repaintAfter(done));
    return true;
  }

  /**
   * Show where a slider in mid-drag stands.
   * @param {Change} change
   */
  preview(change) {
    this.store.paint(change);
    this.store.score();
    this.outbox?.preview(change);
    this.views.forEach(view => view.repaintAfter([change]));
  }

  /** @param {"undo" | "redo"} verb */
  step(verb) {
    if (this.outbox) {
      this.outbox.log(verb);
      return;
    }
    this.store.stepLocally(verb);
    this.views.forEach(view => view.repaint());
  }

  /**
   * Return an item, or everything, to the baseline. The server knows every departure,
   * levels and origins included.
   * @param {number | null} row
   */
  returnTo(row) {
    const { outbox, store } = this;
    const after = departures(store, row);
    if (!outbox) {
      this.commit(after);
      return;
    }
    const before = after.map(change => store.standing(change));
    outbox.log("return", row === null ? null : store.items[row].id, { before, after });
  }

  /**
   * @param {Settled | null} settled
   * @param {string} said
   */
  hear(settled, said) {
    const { outbox, store } = this;
    if (!outbox) return;
    let changed = this.cover(outbox);
    const takes = () => {
      if (settled?.base === store.base) return this.take(settled);
      if (settled?.base) outbox.flush(true);  // laid over what is here no longer: ask
      return false;
    };
    const given = this.given(settled);
    if (given) this.become(given, takes);
    else changed = takes() || changed;
    this.views.forEach(view => {
      view.typing?.hear(settled);
      if (changed) view.repaint();
      else view.status.paint();
      if (said) view.toast(said);
    });
  }

  /**
   * Give what loads the case that an answer brings, if it is another one than is here.
   * @param {Settled | null} settled
   * @returns {((waiting: readonly Change[]) => void) | null}
   */
  given(settled) {
    const { store } = this;
    const { base, shape, whole } = settled ?? {};
    if (whole && base !== store.base) return waiting => store.load(whole, waiting);
    return shape?.from === store.base ? waiting => reshape(store, shape, waiting) : null;
  }

  /**
   * Take in what the server says has changed; true if anything shown has.
   * @param {Settled} settled
   */
  take(settled) {
    const { store } = this;
    const { frame, patches, revision } = settled;
    let changed = false;
    const known = frame?.key === store.frameKey;
    if (frame && (frame.from ? frame.from === store.frameKey : !known)) {
      store.takeFrame(frame);
      store.cover(this.outbox?.changes ?? []);
      changed = true;
    } else if (frame && !known) this.outbox?.flush(true);
    if (revision !== undefined) {
      if (patches?.length && (revision > store.revision || settled.repair)) {
        store.patch(patches, new Set(this.outbox?.changes.map(placeOf)));
        changed = true;
      }
      store.revision = Math.max(store.revision, revision);
    }
    store.canUndo = settled.undo;
    store.canRedo = settled.redo;
    return changed;
  }
}
