// @ts-check
// The same place in a grid whose rows and columns have changed: selection, caret, parts.

import { readAddress, writtenAddress } from "./address.js";
import { FIXED } from "./parts.js";
import { buildSources, fillChoices, fillHead } from "./tools.js";
import { UNRATED } from "./words.js";

/** @typedef {import("./view.js").View} View */

const RESTS_MS = 400;

/**
 * Remember where a view stands; gives what settles it in what the case has become.
 * @param {View} view
 * @returns {(added: string[]) => void}
 */
export function held(view) {
  const { cursor, session } = view;
  const { store } = session;
  const { id: item } = store.items[cursor.row] ?? {};
  const { id: hypothesis } = store.hypotheses[cursor.place - FIXED] ?? {};
  const here = [store.items[cursor.row], store.hypotheses[cursor.place - FIXED]];
  const columns = JSON.stringify([store.hypotheses, store.sources]);
  const known = new Set(store.hypotheses.map(({ id }) => id));
  const active = /** @type {any} */ (view.root.getRootNode()).activeElement;
  const inCell = view.body.contains(active);
  const inDrawer = view.drawer.root.contains(active);
  view.drawer.keepAll();
  const askOn = view.rating.hold();
  return added => {
    const { arrangement } = session;
    if (JSON.stringify([store.hypotheses, store.sources]) !== columns) rebuild(view);
    const own = view.typing?.own(added) ?? [];
    if (own.length) {
      arrangement.invite(own);
      arrangement.arrange(store);
    }
    const row = store.rowOf.get(own[0] ?? item);
    cursor.row = row !== undefined && arrangement.placeOf.has(row) ? row
      : arrangement.order[Math.min(cursor.row, arrangement.order.length - 1)] ?? 0;
    const column = store.columnOf.get(hypothesis ?? "");
    if (column !== undefined) cursor.place = FIXED + column;
    if (own.length) cursor.place = FIXED + firstUnrated(view);
    cursor.place = Math.min(cursor.place, FIXED + Math.max(0, store.columnCount - 1));
    view.layout();
    view.typing?.tellColumns(store.hypotheses.map(({ id }) => id).filter(id => !known.has(id)));
    if (own.length) view.announcer.say(saidOfAdded(view, own));
    const left = inCell || inDrawer ? here.find(one => one
      && !store.rowOf.has(one.id) && !store.columnOf.has(one.id)) : null;
    const gone = askOn() ?? left;
    if (gone) strand(view, gone);
    else if (inCell) cursor.goHere();
    else view.typing?.isTyping?.show();
  };
}

/**
 * Say that what the hand was on is gone: what it is about to press or type is not meant
 * for what stands there now.
 * @param {View} view
 * @param {{label: string, title: string}} gone
 */
function strand(view, { label, title }) {
  if (!view.rating.isOpen) view.cursor.goHere();
  view.input.strandedAt = performance.now();
  const said = `${label} ${title} is gone.`;
  view.toast(said);
  view.announcer.say(said);
}

/** @param {View} view */
function firstUnrated(view) {
  const { columnCount, ratings } = view.session.store;
  const start = view.cursor.row * columnCount;
  return Math.max(0, ratings.subarray(start, start + columnCount).indexOf(UNRATED));
}

/**
 * @param {View} view
 * @param {string[]} added
 */
function saidOfAdded(view, added) {
  const { items, rowOf } = view.session.store;
  const { label, title } = items[rowOf.get(added[0]) ?? 0];
  return added.length === 1 ? `${label} added: ${title}` : `${added.length} items added`;
}

/** Build what has a part for each column or source anew. @param {View} view */
function rebuild(view) {
  const { session } = view;
  view.root.style.setProperty("--m", String(session.store.columnCount));
  fillHead(view, view.heading);
  fillChoices(view.tools, session);
  const sources = buildSources(session);
  view.sources.group.replaceWith(sources.group);
  view.sources = sources;
  view.strip.build();
  view.drawer.renew();
  view.announcer.ranks = session.store.ranks;
}

/**
 * Give what has the address name item, filter and sort, once the hand rests.
 * @param {View} view
 */
export function telling(view) {
  /** @type {any} */
  let timer = null;
  return () => {
    clearTimeout(timer);
    if (!view.session.report) timer = setTimeout(() => tellAddress(view), RESTS_MS);
  };
}

/** Without a step to go back. @param {View} view */
function tellAddress(view) {
  if (!view.isThere) return;
  const { arrangement, store } = view.session;
  const item = store.items[view.cursor.row]?.id ?? "";
  const search = writtenAddress(location.search, arrangement, item);
  if (search === location.search) return;
  history.replaceState(history.state, "", location.pathname + search + location.hash);
}

/** Show what the address names, when a grid opens. @param {View} view */
export function followAddress(view) {
  const { arrangement, store } = view.session;
  const item = readAddress(location.search, arrangement);
  if (item === null) {
    if (!arrangement.plain) view.tell();
    return;
  }
  if (arrangement.source && !store.sourceOf.has(arrangement.source)) arrangement.source = "";
  view.tools.show(arrangement);
  arrangement.arrange(store);
  const row = store.rowOf.get(item);
  if (row !== undefined && arrangement.placeOf.has(row)) view.cursor.row = row;
  else if (arrangement.order.length) [view.cursor.row] = arrangement.order;
  view.layout();
  if (row === undefined) return;
  requestAnimationFrame(() => {
    view.room.reveal((arrangement.placeOf.get(row) ?? 0) * view.lineSize);
    view.render();
  });
}
