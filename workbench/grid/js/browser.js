// @ts-check
// The one document around grid, channel and outboxes: what they share on `window`.

import { giveBack } from "./returned.js";
import { Outbox, POLL_MS } from "./sync.js";

const SILENT_MS = 2000;  // a socket that moves is there again sooner

/**
 * @typedef {EventTarget & {
 *   last: {[matrix: string]: import("./types.js").Settled},
 *   words?: {[matrix: string]: import("./types.js").Said},
 *   outboxes?: Map<string, Outbox>, radio?: BroadcastChannel | null, trip?: Trip,
 *   send?: (name: string, value: unknown) => void, read?: () => void,
 * }} Bus
 * @typedef {{data: any, setTriggerValue: (name: string, value: unknown) => void}} Given
 * what Streamlit gives a component
 * @typedef {{
 *   going: any, wanted: string, pressed: number, revealed: string, stopLinks: () => void,
 *   send: (page: string) => void,
 * }} Trip the page that was asked for, what asks again, and who is on the page now
 */

/** @returns {Bus} */
function busOfPage() {
  const page = /** @type {any} */ (window);
  const bus = (page.__workbenchBus ??= Object.assign(new EventTarget(), { last: {} }));
  if (!page.__workbenchHeard?.bus) hearComponents(page, bus);
  return bus;
}

// Streamlit sends the script of a component again with its data, at every key: those of
// the channel and of the words only put into a list what they are given, and are heard
// here. Whichever comes first, nothing is missed.
/**
 * @param {any} page
 * @param {Bus} bus
 */
function hearComponents(page, bus) {
  /** @type {{[component: string]: (given: Given) => void}} */
  const heard = {
    channel({ data, setTriggerValue }) {
      bus.last[data.matrix] = data;
      bus.send = setTriggerValue;
      bus.dispatchEvent(new CustomEvent("settled", { detail: data }));
    },
    words({ data, setTriggerValue }) {
      (bus.words ??= {})[data.matrix] = data;
      bus.read = () => data.reading || setTriggerValue("reading", true);
      bus.dispatchEvent(new CustomEvent("words", { detail: data }));
    },
  };
  const before = page.__workbenchHeard ?? [];
  /** @param {[string, Given]} one */
  const push = ([component, given]) => heard[component](given);
  page.__workbenchHeard = { bus, push };
  bus.addEventListener("ops", event => (
    bus.send?.("ops", /** @type {CustomEvent} */ (event).detail)));
  bus.addEventListener("reading", () => bus.read?.());
  before.forEach(push);
}

/**
 * Give a store of the browser, null where it is forbidden.
 * @param {"localStorage" | "sessionStorage"} name
 */
function storageNamed(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

/**
 * Give the document's outbox for what one analyst does in one case.
 * @param {string} matrix
 * @returns {Outbox}
 */
export function outboxOf(matrix) {
  const bus = busOfPage();
  const outboxes = (bus.outboxes ??= wired(bus));
  let outbox = outboxes.get(matrix);
  if (!outbox) {
    outbox = new Outbox(matrix, {
      bus,
      storage: storageNamed("localStorage"),
      tab: storageNamed("sessionStorage"),
      locks: navigator.locks ?? null,
      later: (act, ms) => setTimeout(act, ms),
      cancel: timer => clearTimeout(timer),
      now: () => Date.now(),
      name: () => (crypto.randomUUID?.() ?? String(Math.random()).slice(2)).slice(0, 18),
    });
    outboxes.set(matrix, outbox);
  }
  return outbox;
}

/**
 * Give what the document knows of the way from page to page. It outlives the module: a
 * timer of one that is gone would lead back to where it once was to go.
 * @returns {Trip}
 */
export function tripOfPage() {
  return (busOfPage().trip ??= {
    going: null, wanted: "", pressed: -Infinity, revealed: "", send: () => {},
    stopLinks: () => {},
  });
}

/**
 * Hear what the server says in words about a matrix; gives the way to ask for findings.
 * @param {string} matrix
 * @param {(said: import("./types.js").Said) => void} listen
 * @returns {() => void}
 */
export function hearWords(matrix, listen) {
  const bus = busOfPage();
  const last = bus.words?.[matrix];
  if (last) listen(last);
  bus.addEventListener("words", event => {
    const said = /** @type {CustomEvent} */ (event).detail;
    if (said.matrix === matrix) listen(said);
  });
  return () => bus.dispatchEvent(new CustomEvent("reading"));
}

/**
 * Open one outbox and close the others: a batch is for the case and analyst on screen.
 * @param {Outbox} opened
 */
export function openOnly(opened) {
  const bus = busOfPage();
  bus.outboxes?.forEach(outbox => {
    outbox.open = outbox === opened;
  });
  const last = bus.last[opened.matrix];
  if (last) opened.settle(last);
}

/**
 * Hear what comes from the channel, from other tabs and from the browser.
 * @param {Bus} bus
 * @returns {Map<string, Outbox>}
 */
function wired(bus) {
  /** @type {Map<string, Outbox>} */
  const outboxes = new Map();
  /** @param {(outbox: Outbox) => void} act */
  const onOpen = act => outboxes.forEach(outbox => outbox.open && act(outbox));
  /** @param {Outbox} outbox */
  const poll = outbox => outbox.grid() && outbox.flush(true);
  bus.addEventListener("settled", event => {
    const settled = /** @type {CustomEvent} */ (event).detail;
    const outbox = outboxes.get(settled.matrix);
    if (!outbox) return;
    const slots = giveBack(outbox, settled.reasons ?? {}, outbox.around.storage);
    outbox.settle(settled);
    slots.forEach(detail => bus.dispatchEvent(new CustomEvent("returned", { detail })));
    if (outbox.saved && outbox.unannounced) {
      outbox.unannounced = false;
      bus.radio?.postMessage(outbox.matrix);
    }
  });
  if (typeof BroadcastChannel !== "undefined") {
    bus.radio = new BroadcastChannel("workbench");
    bus.radio.onmessage = () => onOpen(poll);
  }
  // This page was away, or time has passed: what is new, and who has gone?
  const ask = () => {
    if (document.visibilityState !== "visible") return;
    onOpen(outbox => {
      outbox.recall();
      const silent = Date.now() - outbox.heardAt > POLL_MS;
      if (outbox.saved && silent) poll(outbox);
    });
  };
  document.addEventListener("visibilitychange", ask);
  window.addEventListener("focus", ask);
  window.addEventListener("online", () => onOpen(outbox => outbox.flush(true)));
  setInterval(ask, POLL_MS);
  window.addEventListener("beforeunload", event => {
    const lost = [...outboxes.values()].some(outbox => !outbox.saved && !outbox.kept);
    if (lost) event.preventDefault();
  });
  watchConnection(
    () => onOpen(outbox => outbox.reconnected()),
    () => onOpen(outbox => outbox.disconnected()));
  return outboxes;
}

/**
 * Call when the page's connection is there again, and when it was gone for a while.
 * Streamlit tells no component, and its page keeps the picture of a server that is gone;
 * it writes the state on the page.
 * @param {() => void} act
 * @param {() => void} miss
 */
function watchConnection(act, miss) {
  const name = "data-test-connection-state";
  const page = document.querySelector(`[${name}]`);
  if (!page) return;
  let connected = page.getAttribute(name) === "CONNECTED";
  /** @type {any} */
  let timer = null;
  new MutationObserver(() => {
    const before = connected;
    connected = page.getAttribute(name) === "CONNECTED";
    if (connected === before) return;
    clearTimeout(timer);
    if (connected) act();
    else timer = setTimeout(miss, SILENT_MS);
  }).observe(page, { attributes: true, attributeFilter: [name] });
}
