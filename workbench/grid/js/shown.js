// @ts-check
// The lines that are on the page: those in view and some around, filled anew as they
// scroll by and as the order changes, and built no oftener than that takes.

import { buildCard } from "./cards.js";
import { fillLine, fillTicks } from "./lines.js";
import { buildLine, setColumns } from "./parts.js";

/** @typedef {import("./lines.js").Line} Line */
/** @typedef {import("./view.js").View} View */

const OVERSCAN = 6;  // lines kept beyond each edge of the window
const SPARE = 40;    // lines kept to be filled again

export class ShownLines {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** @type {Map<number, Line>} by place in the order */
    this.lines = new Map();
    /** @type {Line[]} */
    this.spare = [];
    this.kind = "";  // what they were built for
    /** @type {string[]} likewise, by column */
    this.columns = [];
  }

  // Lines of one kind stay where they are: what was measured holds, and where their
  // number tells, the view's observer measures anew.
  /**
   * Follow another order, other columns, or another kind of lines; true if what there is
   * room for is as it was, or has to be known at once.
   */
  settle() {
    const { cards, lineSize, narrow, session, turned, wide } = this.view;
    const { arrangement, store } = session;
    // A card names its hypotheses; the cells of a line say their labels.
    const columns = store.hypotheses.map(({ id, label, title }) => (
      JSON.stringify(cards ? [id, label, title] : [id, label])));
    const kind = JSON.stringify([cards, turned, lineSize, narrow, ...cards ? columns : []]);
    if (kind !== this.kind) {
      Object.assign(this, { kind, columns });
      this.lines.forEach(({ line }) => line.remove());
      this.lines.clear();
      this.spare = [];
      wide.scrollLeft = 0;
      this.view.resized();
      return true;
    }
    const stay = String(columns) === String(this.columns);
    if (!stay) {
      const froms = columns.map(one => this.columns.indexOf(one));
      [...this.lines.values(), ...this.spare].forEach(line => setColumns(session, line, froms));
      this.columns = columns;
    }
    for (const [place, line] of this.lines) {
      if (place < arrangement.order.length) this.fill(line, place);
      else this.release(place, line);
    }
    return stay;
  }

  /** Have the lines on the page that the window shows. */
  render() {
    const { cards, cursor, lineSize, room, session } = this.view;
    const { order, placeOf } = session.arrangement;
    const [top, page] = room.window();
    const here = placeOf.get(cursor.row) ?? 0;
    const overscan = cards ? 1 : OVERSCAN;
    const first = Math.max(0, Math.floor(top / lineSize) - overscan);
    const end = Math.floor((top + page) / lineSize) + overscan;
    const last = Math.min(order.length - 1, end);
    /** @type {number[]} */
    const wanted = [];
    for (let place = first; place <= last; place++) wanted.push(place);
    // The line that holds the tab stop is never recycled.
    if (order.length && here < first) wanted.unshift(here);
    else if (order.length && here > last) wanted.push(here);
    const keep = new Set(wanted);
    for (const [place, line] of this.lines) {
      if (!keep.has(place)) this.release(place, line);
    }
    /** @type {Node | null} */
    let before = null;
    for (const place of wanted.reverse()) {
      let line = this.lines.get(place);
      if (!line) {
        line = this.spare.pop() ?? (cards ? buildCard(this.view) : buildLine(session));
        this.fill(line, place);
        this.lines.set(place, line);
        this.view.body.insertBefore(line.line, before);
      }
      before = line.line;
    }
    this.spare.forEach(({ line }) => line.remove());
    this.spare.length = Math.min(this.spare.length, SPARE);
  }

  /**
   * @param {Line} line
   * @param {number} place in the order
   */
  fill(line, place) {
    fillLine(this.view.session, line, place, this.view.lineSize, this.view.turned);
    fillTicks(this.view.session, line);
  }

  /**
   * @param {number} place
   * @param {Line} line
   */
  release(place, line) {
    this.lines.delete(place);
    this.spare.push(line);
  }
}
