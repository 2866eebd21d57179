// @ts-check
// The grid on the page: virtualised lines, focus, painting. No network.

import { Announcer } from "./announcer.js";
import { cardSize, listenForSwipes } from "./cards.js";
import { Cursor } from "./cursor.js";
import { Drawer } from "./drawer.js";
import { Edits } from "./edits.js";
import { explainIn } from "./explainer.js";
import { held, telling } from "./held.js";
import { Input } from "./input.js";
import { fillCell, fillCells, fillNumbers, showEmphasis } from "./lines.js";
import { FIXED, box, setText } from "./parts.js";
import { Picker } from "./picker.js";
import { Rating } from "./rating.js";
import { Room } from "./room.js";
import { ShownLines } from "./shown.js";
import { Status } from "./status.js";
import { Strip } from "./strip.js";
import {
  buildFoot, buildHead, buildHelp, buildNothing, buildSkip, buildSources, buildTools,
  paintHeads, showSort,
} from "./tools.js";
import { Typing } from "./typing.js";

/** @typedef {import("./session.js").Session} Session */
/** @typedef {import("./types.js").Change} Change */

const AROUND_IT = "[data-testid=stHeader], .st-key-matrix-controls";
const TOAST_MS = 9000;
// Of a line, comfortable and compact, in pixels.
const SIZES = { turned: [104, 84], lines: [34, 28], narrow: [40, 30] };

export class View {
  /**
   * @param {ParentNode & Node} parent
   * @param {Session} session
   */
  constructor(parent, session) {
    this.session = session;
    this.shown = new ShownLines(this);
    this.cursor = new Cursor(this);
    this.lineSize = 0;
    this.cards = false;
    this.narrow = false;
    this.width = 0;
    /** @type {any} */
    this.toasting = null;
    this.tell = telling(this);
    this.status = new Status(this);
    const host = /** @type {HTMLElement} */ (parent.querySelector("[data-live-grid]")
      ?? parent.appendChild(box("", { "data-live-grid": "" })));
    host.textContent = "";
    host.classList.add("lg-host");
    this.root = box("lg", { role: "region", "aria-label": "Rating grid" });
    this.root.classList.toggle("report", session.report);
    this.root.style.setProperty("--m", String(session.store.columnCount));
    host.append(this.root);
    this.table = box("lg-table", { role: "grid", "aria-label": "Evidence by hypothesis" });
    this.wide = box("lg-wide", { role: "presentation" });
    this.body = box("lg-body", { role: "rowgroup" });
    this.announcer = new Announcer(session.store);
    this.tools = buildTools(this);
    this.strip = new Strip(this);
    this.typing = session.adds ? new Typing(this) : null;
    this.root.classList.toggle("adds", this.typing !== null);
    this.sources = buildSources(session);
    this.heading = buildHead(this);
    this.foot = buildFoot(this);
    this.help = buildHelp(this);
    this.nothing = buildNothing(() => this.clear());
    this.drawer = new Drawer(this);
    this.picker = new Picker(this);
    this.edits = new Edits(this);
    this.rating = new Rating(this);
    this.room = new Room(this);
    this.top = box("lg-top");
    this.top.append(this.strip.root, this.tools.top);
    this.headWrap = box("lg-headwrap", { role: "rowgroup" });
    this.headWrap.append(this.heading.head);
    this.wide.append(this.body);
    if (this.typing) {
      this.wide.append(this.typing.rows);
      this.top.append(this.typing.hypothesisNotes);
    }
    this.table.append(this.headWrap, this.wide, this.picker.root);
    const split = box("lg-split");
    const main = box("lg-main");
    main.append(this.table, this.nothing.nothing);
    split.append(main, this.drawer.root);
    this.root.append(this.top, split, this.foot.foot, this.sources.group, this.help,
      this.rating.root, this.announcer.live);
    this.skip = session.report ? null : buildSkip(() => this.cursor.goHere());
    this.input = new Input(this);
    listenForSwipes(this);
    [this.foot.across, this.headWrap].forEach(one => one.addEventListener("scroll", () => {
      this.wide.scrollLeft = one.scrollLeft;  // the head, where the caret has gone to it
    }, { passive: true }));
    explainIn(this.root);
    this.layout();
    this.observer = new ResizeObserver(() => this.fit());
    [host, this.top, this.table, this.foot.foot].forEach(one => this.observer.observe(one));
    document.querySelectorAll(AROUND_IT).forEach(one => this.observer.observe(one));
    // A window that gets higher, and no wider, leaves all of them as large as they were.
    this.heard = () => this.fit();
    window.addEventListener("resize", this.heard);
  }

  get lines() {
    return this.shown.lines;
  }

  get isThere() {
    return this.root.isConnected;
  }

  get turned() {
    return this.session.arrangement.turned && !this.cards;
  }

  leave() {
    this.drawer.leave();
    this.observer.disconnect();
    window.removeEventListener("resize", this.heard);
    this.room.leave();
    this.input.leave();
    this.skip?.remove();
    this.session.views.delete(this);
  }

  // -- layout -----------------------------------------------------------

  /** The window, or what stands around the grid, has another size. */
  fit() {
    this.room.look();
    const cards = this.room.phone;
    const { innerWidth } = window;
    if (cards !== this.cards || this.room.narrow !== this.narrow) this.layout();
    else {
      if (innerWidth !== this.width) this.picker.hide();
      this.resized();
      this.render();
    }
    this.width = innerWidth;
  }

  layout() {
    const { root, table, body, tools } = this;
    const { arrangement, store } = this.session;
    const { compact, order } = arrangement;
    this.cards = this.room.phone;
    root.classList.toggle("across", this.turned);
    root.classList.toggle("compact", compact && !this.cards);
    root.classList.toggle("cards", this.cards);
    this.placeState();
    this.picker.hide();
    const sizes = this.turned ? SIZES.turned
      : this.room.narrow ? SIZES.narrow : SIZES.lines;
    this.narrow = this.room.narrow;
    this.lineSize = this.cards ? cardSize(store.columnCount) : sizes[compact ? 1 : 0];
    root.style.setProperty("--size", `${this.lineSize}px`);
    tools.packer.setAttribute("aria-pressed", String(compact));
    tools.turner.setAttribute("aria-pressed", String(arrangement.turned));
    table.setAttribute("aria-rowcount", String(order.length + 1));
    table.setAttribute("aria-colcount", String(store.columnCount + FIXED));
    const extent = `${order.length * this.lineSize}px`;
    body.style.height = this.turned ? "" : extent;
    body.style.width = this.turned ? extent : "";
    const none = !order.length && store.itemCount > 0;
    this.table.hidden = none && !this.typing;
    this.nothing.nothing.hidden = !none;
    setText(this.nothing.said, arrangement.text.trim()
      ? `No item matches \u201c${arrangement.text.trim()}\u201d` : "No item matches the filter");
    showSort(this.heading.all, arrangement);
    if (this.shown.settle()) this.render();
    else this.renderSoon();
    this.paintAround();
  }

  // What is measured of columns that have just come is laid out for that, and once more
  // with the frame, and the answer that brought them waits.
  renderSoon() {
    this.cursor.markCurrent();
    requestAnimationFrame(() => {
      if (!this.isThere) return;
      this.resized();
      this.render();
    });
  }

  resized() {
    this.room.sort();
    this.room.forget();
  }

  rearrange() {
    const { arrangement, store } = this.session;
    arrangement.arrange(store);
    const { order, placeOf } = arrangement;
    if (!placeOf.has(this.cursor.row) && order.length) this.cursor.row = order[0];
    this.layout();
    this.toStart();
    this.cursor.markCurrent();
    this.announcer.say(arrangement.count(store));
    this.tell();
  }

  /** Remember where this stands; gives what settles it once the case is another. */
  hold() {
    return held(this);
  }

  /**
   * Let new items go where filter and sort have them, once another item is gone to.
   * @param {number} row
   */
  leaveGuests(row) {
    const { arrangement, store } = this.session;
    const { guests } = arrangement;
    if (!guests.size || guests.has(store.items[row]?.id) || !arrangement.placeOf.has(row)) return;
    guests.clear();
    arrangement.arrange(store);
    this.layout();
  }

  /** Bring the first line under the heading, if it had gone above. */
  toStart() {
    const [top] = this.room.window();
    if (top > 0) this.room.scrollBy(-top);
    this.render();
  }

  clear() {
    this.session.arrangement.clear();
    this.tools.show(this.session.arrangement);
    this.rearrange();
    this.cursor.goHere();
  }

  /** Go to an item, past a filter that hides it. @param {string} id */
  clearFor(id) {
    const row = this.session.store.rowOf.get(id) ?? 0;
    if (!this.session.arrangement.placeOf.has(row)) this.clear();
    this.cursor.go(row, FIXED);
  }

  find() {
    this.tools.find.focus();
    this.tools.find.select();
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
    this.cursor.goHere();
    this.announcer.say(arrangement.turned ? "Hypotheses in rows" : "Hypotheses in columns");
  }

  pack() {
    const { arrangement } = this.session;
    arrangement.compact = !arrangement.compact;
    this.layout();
  }

  /** Show the grid without the strip, or with it again; what is saved stays in view. */
  focusMode() {
    const on = this.root.classList.toggle("focus");
    this.placeState();
    this.tools.focuser.setAttribute("aria-pressed", String(on));
    document.documentElement.dataset.focus = on ? "on" : "";
    this.resized();
    this.render();
    this.cursor.goHere();
  }

  // What is saved, and undo, stand in the strip where there is room and a strip.
  placeState() {
    const elsewhere = this.cards || this.root.classList.contains("focus");
    (elsewhere ? this.tools.state : this.strip.stateHome).append(this.strip.state);
  }

  fullScreen() {
    const done = this.room.isFull ? document.exitFullscreen() : this.root.requestFullscreen();
    done.then(() => this.fit(), () => this.toast("The browser allows no full screen here."));
  }

  /** The page, or the grid in it, has scrolled up or down. */
  scrolled() {
    if (this.turned) this.root.style.setProperty("--shift", `${this.room.shift}px`);
    else this.render();
  }

  scrolledAcross() {
    this.headWrap.scrollLeft = this.wide.scrollLeft;
    this.foot.across.scrollLeft = this.wide.scrollLeft;
    this.picker.hide();
    if (this.turned) this.render();
  }

  render() {
    this.shown.render();
    this.cursor.markCurrent();
  }

  // -- doing -----------------------------------------------------------

  /** @param {"undo" | "redo"} verb */
  step(verb) {
    this.session.step(verb);
    this.status.paint();
  }

  toggleHelp(on = this.help.hidden) {
    this.help.hidden = !on;
    if (on) this.help.querySelector("button")?.focus();
    else this.cursor.goHere();
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
      const line = this.cursor.line(store.rowOf.get(id));
      if (!line) continue;
      const column = store.columnOf.get(hypothesis ?? "");
      if (column !== undefined) fillCell(this.session, line, column);
      fillNumbers(this.session, line);
    }
    this.paintScores();  // whether all is saved was painted as it was logged
    this.drawer.fill();
  }

  repaint() {
    this.render();
    this.lines.forEach(line => {
      fillNumbers(this.session, line);
      fillCells(this.session, line);
    });
    this.paintAround();
  }

  paintAround() {
    this.paintScores();
    this.status.paint();
    this.status.say();
    this.drawer.fill();
  }

  paintWords() {
    this.strip.paintWords();
    this.resized();
    this.drawer.fill();
  }

  paintScores() {
    const { sources } = this.session.store;
    paintHeads(this, this.heading);
    this.strip.paintScores();
    this.sources.sliders.forEach(({ input, output }, at) => (
      showEmphasis(input, output, sources[at].emphasis)));
    this.status.paintTicks();
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
