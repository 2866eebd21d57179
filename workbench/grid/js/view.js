// @ts-check
// The grid on the page: virtualised lines, focus, keys, painting. No network.

import { Edits } from "./edits.js";
import { Input } from "./input.js";
import {
  fillCell, fillCells, fillLine, fillNumbers, fillTicks, showEmphasis,
} from "./lines.js";
import { Pane } from "./pane.js";
import {
  FIXED, box, buildFoot, buildHead, buildHelp, buildLine, buildSources, buildTools, setText,
} from "./parts.js";
import { joined, shown } from "./words.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./types.js").Change} Change */
/** @typedef {ReturnType<typeof buildLine>} Line */

const OVERSCAN = 6;     // lines kept beyond each edge of the window
const SPARE = 40;       // lines kept to be filled again
const TOAST_MS = 9000;

export class View {
  /**
   * @param {ParentNode & Node} parent
   * @param {Session} session
   */
  constructor(parent, session) {
    this.session = session;
    /** @type {Map<number, Line>} by place in the order */
    this.lines = new Map();
    /** @type {Line[]} */
    this.spare = [];
    this.current = { row: session.arrangement.order[0] ?? 0, place: FIXED };
    this.pageSize = 0;
    this.headSize = 0;
    this.lineSize = 0;
    /** @type {any} */
    this.toasting = null;
    /** @type {number | undefined} */
    this.ticking = undefined;
    const host = /** @type {HTMLElement} */ (parent.querySelector("[data-live-grid]")
      ?? parent.appendChild(box("", { "data-live-grid": "" })));
    host.textContent = "";
    host.classList.add("lg-host");
    this.root = box("lg", { role: "region", "aria-label": "Rating grid" });
    this.root.style.setProperty("--m", String(session.store.columnCount));
    host.append(this.root);
    this.scroll = box("lg-scroll", {
      role: "grid", tabindex: -1, "aria-label": "Evidence by hypothesis",
    });
    this.body = box("lg-body", { role: "rowgroup" });
    this.live = box("lg-live", { "aria-live": "polite" });
    this.tools = buildTools(this);
    this.sources = buildSources(session);
    this.heading = buildHead(this);
    this.foot = buildFoot(this);
    this.help = buildHelp(this);
    this.pane = new Pane(this);
    this.edits = new Edits(this);
    this.input = new Input(this);
    this.root.append(this.tools.top, this.sources.group, this.scroll, this.pane.root,
      this.foot.foot, this.help, this.live);
    this.scroll.append(this.heading.head, this.body);
    this.layout();
    this.observer = new ResizeObserver(() => {
      this.resized();
      this.render();
    });
    this.observer.observe(this.scroll);
  }

  get isThere() {
    return this.root.isConnected;
  }

  leave() {
    this.pane.keepReason();
    this.observer.disconnect();
    this.session.views.delete(this);
  }

  // -- layout -----------------------------------------------------------

  layout() {
    const { root, scroll, body, tools } = this;
    const { arrangement, store } = this.session;
    const { compact, order, turned } = arrangement;
    root.classList.toggle("across", turned);
    root.classList.toggle("compact", compact);
    this.lines.forEach(({ line }) => line.remove());
    this.lines.clear();
    this.spare = [];
    scroll.scrollTop = scroll.scrollLeft = 0;
    this.lineSize = turned ? (compact ? 56 : 72) : (compact ? 30 : 42);
    root.style.setProperty("--size", `${this.lineSize}px`);
    tools.packer.setAttribute("aria-pressed", String(compact));
    tools.turner.setAttribute("aria-pressed", String(turned));
    scroll.setAttribute("aria-rowcount", String(order.length + 1));
    scroll.setAttribute("aria-colcount", String(store.columnCount + FIXED));
    const extent = `${order.length * this.lineSize}px`;
    body.style.height = turned ? "" : extent;
    body.style.width = turned ? extent : "";
    this.resized();
    this.repaint();
  }

  resized() {
    this.pageSize = 0;
  }

  rearrange() {
    const { arrangement, store } = this.session;
    arrangement.arrange(store);
    const { order, placeOf } = arrangement;
    if (!placeOf.has(this.current.row) && order.length) this.current.row = order[0];
    this.layout();
    this.markCurrent();
  }

  /**
   * @param {string} key
   * @param {boolean} down
   */
  sort(key, down) {
    this.session.arrangement.sortBy(key, down);
    this.tools.sorter.value = key;
    this.rearrange();
  }

  turn() {
    const { arrangement } = this.session;
    arrangement.turned = !arrangement.turned;
    this.layout();
    this.goHere();
  }

  pack() {
    const { arrangement } = this.session;
    arrangement.compact = !arrangement.compact;
    this.layout();
  }

  /** @returns {[number, number]} where the window begins, and how much it shows */
  window() {
    const { scroll } = this;
    const { turned } = this.session.arrangement;
    if (!this.pageSize) {
      const { head } = this.heading;
      this.headSize = turned ? head.offsetWidth : head.offsetHeight;
      const space = (turned ? scroll.clientWidth : scroll.clientHeight) - this.headSize;
      this.pageSize = Math.max(this.lineSize, space);
    }
    return [turned ? scroll.scrollLeft : scroll.scrollTop, this.pageSize];
  }

  render() {
    const { order, placeOf } = this.session.arrangement;
    const [top, page] = this.window();
    const here = placeOf.get(this.current.row) ?? 0;
    const first = Math.max(0, Math.floor(top / this.lineSize) - OVERSCAN);
    const end = Math.floor((top + page) / this.lineSize) + OVERSCAN;
    const last = Math.min(order.length - 1, end);
    /** @type {number[]} */
    const wanted = [];
    for (let place = first; place <= last; place++) wanted.push(place);
    // The line that holds the tab stop is never recycled.
    if (order.length && here < first) wanted.unshift(here);
    else if (order.length && here > last) wanted.push(here);
    const keep = new Set(wanted);
    for (const [place, line] of this.lines) {
      if (keep.has(place)) continue;
      this.lines.delete(place);
      this.spare.push(line);
    }
    /** @type {Node | null} */
    let before = null;
    for (const place of wanted.reverse()) {
      let line = this.lines.get(place);
      if (!line) {
        line = this.spare.pop() ?? buildLine(this.session);
        fillLine(this.session, line, place, this.lineSize);
        this.lines.set(place, line);
        this.body.insertBefore(line.line, before);
        fillTicks(this.session, line);
      }
      before = line.line;
    }
    this.spare.forEach(({ line }) => line.remove());
    this.spare.length = Math.min(this.spare.length, SPARE);
    this.markCurrent();
  }

  // -- focus ------------------------------------------------------------

  /** @param {number} row */
  line(row = this.current.row) {
    const place = this.session.arrangement.placeOf.get(row);
    return place === undefined ? undefined : this.lines.get(place);
  }

  get currentCell() {
    return this.line()?.cells[this.current.place];
  }

  get currentHead() {
    return this.heading.columns[this.current.place - FIXED]?.cell;
  }

  /**
   * @param {number} row
   * @param {number} place
   */
  mark(row, place) {
    const cell = this.currentCell;
    if (cell) cell.tabIndex = -1;
    this.currentHead?.classList.remove("on");
    const moved = row !== this.current.row || place !== this.current.place;
    this.current = { row, place };
    this.markCurrent();
    if (moved) this.pane.fill();
  }

  markCurrent() {
    const cell = this.currentCell;
    if (cell) cell.tabIndex = 0;
    this.currentHead?.classList.add("on");
  }

  goHere() {
    this.go(this.current.row, this.current.place);
  }

  /**
   * Put the focus on a cell, in view.
   * @param {number} row
   * @param {number} place
   */
  go(row, place) {
    const { arrangement, store } = this.session;
    const { scroll } = this;
    const at = arrangement.placeOf.get(row);
    if (at === undefined) return;
    const [top, page] = this.window();
    const start = at * this.lineSize;
    const along = arrangement.turned ? "scrollLeft" : "scrollTop";
    if (start < top) scroll[along] = start;
    else if (start + this.lineSize > top + page) scroll[along] = start + this.lineSize - page;
    this.mark(row, Math.max(0, Math.min(store.columnCount + FIXED - 1, place)));
    this.render();
    const cell = this.currentCell;
    if (!cell) return;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    this.reveal(cell);
  }

  /**
   * Scroll across the lines to a cell, past what is frozen at their beginning.
   * @param {HTMLElement} cell
   */
  reveal(cell) {
    const { scroll } = this;
    const turned = this.session.arrangement.turned;
    const along = turned ? "scrollTop" : "scrollLeft";
    const [frozen] = this.line()?.cells ?? [];
    if (!frozen) return;
    const edge = turned ? frozen.offsetHeight : frozen.offsetWidth;
    const start = turned ? cell.offsetTop : cell.offsetLeft;
    const size = turned ? cell.offsetHeight : cell.offsetWidth;
    const space = turned ? scroll.clientHeight : scroll.clientWidth;
    if (this.current.place === 0) {
      if (!turned) scroll.scrollLeft = 0;
    } else if (start - edge < scroll[along]) scroll[along] = Math.max(0, start - edge);
    else if (start + size > scroll[along] + space) scroll[along] = start + size - space;
  }

  /**
   * @param {number} lines
   * @param {number} places
   */
  move(lines, places) {
    const { order, placeOf } = this.session.arrangement;
    if (!order.length) return;
    const at = (placeOf.get(this.current.row) ?? 0) + lines;
    const row = order[Math.max(0, Math.min(order.length - 1, at))];
    this.go(row, this.current.place + places);
  }

  /** @param {"undo" | "redo"} verb */
  step(verb) {
    this.session.step(verb);
    this.paintStatus();
  }

  toggleHelp(on = this.help.hidden) {
    this.help.hidden = !on;
    if (on) this.help.querySelector("button")?.focus();
    else this.goHere();
  }

  // -- painting ---------------------------------------------------------

  /** @param {readonly Change[]} changes */
  repaintAfter(changes) {
    const { store } = this.session;
    for (const [kind, id, hypothesis] of changes) {
      if (kind === "source-emphasis") {
        this.lines.forEach(line => fillNumbers(this.session, line));
        continue;
      }
      const line = this.line(store.rowOf.get(id));
      if (!line) continue;
      const column = store.columnOf.get(hypothesis ?? "");
      if (column !== undefined) fillCell(this.session, line, column);
      fillNumbers(this.session, line);
    }
    this.paintScores();
    this.paintStatus();
    this.pane.fill();
  }

  repaint() {
    this.render();
    this.lines.forEach(line => {
      fillNumbers(this.session, line);
      fillCells(this.session, line);
    });
    this.paintScores();
    this.paintStatus();
    this.pane.fill();
  }

  paintScores() {
    const { ranks, scores, sources } = this.session.store;
    const most = scores.reduce((found, one) => Math.max(found, Math.abs(one)), 1e-9);
    this.heading.columns.forEach((head, column) => {
      const rank = ranks[column];
      const tied = ranks.filter(one => one === rank).length > 1;
      const scoreText = rank ? shown(scores[column]) : "\u2013";
      const rankText = rank ? (tied ? "=" : "#") + rank : "\u2013";
      const share = rank ? Math.round(Math.abs(scores[column]) / most * 1000) / 1000 : 0;
      if (head.scoreText !== scoreText) setText(head.score, (head.scoreText = scoreText));
      if (head.rankText !== rankText) {
        setText(head.rank, (head.rankText = rankText));
        head.cell.classList.toggle("best", rank === 1);
      }
      if (head.share !== share) head.fill.style.transform = `scaleX(${(head.share = share)})`;
    });
    this.sources.sliders.forEach(({ input, output }, at) => (
      showEmphasis(input, output, sources[at].emphasis)));
    // Ticks may follow a frame later: the numbers are what the hand is waiting for.
    this.ticking ??= requestAnimationFrame(() => setTimeout(() => {
      this.ticking = undefined;
      this.lines.forEach(line => fillTicks(this.session, line));
    }, 0));
  }

  paintStatus() {
    const { arrangement, outbox, store } = this.session;
    const { count, redoer, undoer } = this.tools;
    const shownItems = arrangement.order.length;
    const all = shownItems === store.itemCount;
    setText(count, all ? `${shownItems} items` : `${shownItems} of ${store.itemCount} items`);
    undoer.disabled = !store.canUndo && !outbox?.count;
    redoer.disabled = !store.canRedo;
    if (!outbox) {
      setText(this.foot.status, "What if: changes stay in this page");
      return;
    }
    setText(this.foot.status, outbox.status);
    this.root.dataset.saved = String(outbox.saved);
    this.root.classList.toggle("saving", !outbox.saved);
    this.root.classList.toggle("failed", outbox.failing);
  }

  /** @param {string} before who led */
  announce(before) {
    const { hypotheses, leaders } = this.session.store;
    if (leaders.join() === before) return;
    const names = leaders.map(one => `${hypotheses[one].label} ${hypotheses[one].title}`);
    setText(this.live, `${joined(names)} ${names.length > 1 ? "are level" : "is ahead"} now`);
  }

  /** @param {string} said */
  toast(said) {
    const { toast } = this.foot;
    setText(toast, said);
    toast.hidden = false;
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => {
      toast.hidden = true;
    }, TOAST_MS);
  }
}
