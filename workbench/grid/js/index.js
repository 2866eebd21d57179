// @ts-check
// Where the grid begins: Streamlit, or a report, calls `mount` with the data.

import { hearWords, outboxOf } from "./browser.js";
import { followAddress } from "./held.js";
import { FIXED } from "./parts.js";
import { Session } from "./session.js";
import { View } from "./view.js";

/** @typedef {import("./types.js").Payload} Payload */

/** @type {Map<string, Session>} */
const sessions = ((/** @type {any} */ (window)).__workbenchSessions ??= new Map());
/** @type {WeakMap<Node, View>} */
const views = new WeakMap();

/**
 * Show the grid in an element; gives what to call when it goes.
 * @param {{data: Payload, parentElement: ParentNode & Node,
 *   setTriggerValue?: (name: string, value: unknown) => void}} given
 */
export function mount({ data, parentElement, setTriggerValue }) {
  let session = sessions.get(data.matrix);
  if (!session) {
    session = new Session(data, data.mode === "report" ? null : outboxOf(data.matrix));
    sessions.set(data.matrix, session);
    const opened = session;
    if (!opened.report) {
      opened.readsFindings = hearWords(data.matrix, said => opened.listen(said));
    }
  } else session.offer(data);
  let view = views.get(parentElement);
  if (!view || view.session !== session || !session.views.has(view) || !view.isThere) {
    view?.leave();
    view = new View(parentElement, session);
    views.set(parentElement, view);
    session.views.add(view);
    if (!session.report) followAddress(view);
    view.typing?.begin();
  }
  session.bring = table => setTriggerValue?.("table", table);
  if (!session.report) document.documentElement.dataset.grid = "";
  visit(view, data.focus);
  view.status.paint();
  session.outbox?.flush(true);
  const shownView = view;
  return () => {
    shownView.leave();
    views.delete(parentElement);
    delete document.documentElement.dataset.grid;
  };
}

/**
 * Go to the cell that another page sent for, once a visit.
 * @param {View} view
 * @param {Payload["focus"]} focus
 */
function visit(view, focus) {
  const { session } = view;
  const { arrangement, store } = session;
  const [evidence, hypothesis, name] = focus ?? ["", "", ""];
  const row = store.rowOf.get(evidence);
  const column = store.columnOf.get(hypothesis);
  if (!name || session.visit === name || row === undefined || column === undefined) return;
  session.visit = name;
  if (!arrangement.placeOf.has(row)) {
    view.clear();
  }
  requestAnimationFrame(() => {
    view.cursor.go(row, FIXED + column);
  });
}
