// @ts-check
// Where the grid stands in what scrolls around it, and which part of it is in view.
//
// The page scrolls, and the grid has no scroll bar of its own up and down: there is one
// bar, and a wheel over the grid goes on to whatever stands below it.

/** @typedef {import("./view.js").View} View */

const PHONE = 600;
const NARROW = 900;
const BESIDE = ".st-key-matrix-controls";  // what the page lays into the strip
const BETWEEN = 6;
const MARGINS = 32;
const ALL_TOOLS = 1260;  // from here on every tool has its place in one line
const ROOMY = 1000;  // from here on the drawer stands beside the grid

/**
 * Find what scrolls up and down around an element, out of shadow roots. What scrolls
 * across alone is passed over, though it counts as scrolling both ways.
 * @param {HTMLElement} start
 * @returns {HTMLElement}
 */
function scrollerAround(start) {
  /** @type {any} */
  let one = start;
  while (one) {
    one = one.parentElement ?? one.getRootNode().host;
    if (!one || one === document.body || one === document.documentElement) continue;
    const more = one.scrollHeight > one.clientHeight + 1;
    if (more && /auto|scroll/.test(getComputedStyle(one).overflowY)) return one;
  }
  return /** @type {HTMLElement} */ (document.scrollingElement ?? document.documentElement);
}

export class Room {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    /** @type {HTMLElement | null} */
    this.scroller = null;
    /** @type {EventTarget | null} what tells that it has scrolled */
    this.teller = null;
    this.heard = () => this.scrolled();
    this.edge = 0;    // of the scroller's height, covered by what sticks at its top
    this.foot = 0;    // and at its bottom
    this.height = 0;
    this.offset = 0;  // from the top of what is scrolled to the first line
    this.known = false;
    this.width = 0;
    this.look();
  }

  get isFull() {
    const root = /** @type {any} */ (this.view.root.getRootNode());
    return (root.fullscreenElement ?? null) === this.view.root;
  }

  // Asked for of a grid that has just been changed, it would have the browser lay all of
  // that out: it is looked up while nothing is changed, and again when told of another.
  /** Look how wide the window is, or less where a page keeps the grid narrower. */
  look() {
    const host = this.view.root.parentElement?.clientWidth ?? 0;
    this.width = Math.min(window.innerWidth, (host || window.innerWidth) + MARGINS);
  }

  get phone() {
    return this.width < PHONE;
  }

  get narrow() {
    return this.width < NARROW;
  }

  /** Name how much room there is, for the styles. */
  sort() {
    const { classList } = this.view.root;
    classList.toggle("narrow", this.narrow);
    classList.toggle("roomy", this.width >= ROOMY);
    classList.toggle("snug", this.width < ALL_TOOLS);
  }

  leave() {
    this.teller?.removeEventListener("scroll", this.heard);
    this.teller = null;
  }

  /** Measure anew when it is next asked for. */
  forget() {
    this.known = false;
  }

  measure() {
    const { view } = this;
    const scroller = this.isFull ? view.root : scrollerAround(view.root);
    if (scroller !== this.scroller) {
      this.leave();
      this.scroller = scroller;
      const whole = scroller === document.scrollingElement;
      this.teller = whole ? document : scroller;
      this.teller.addEventListener("scroll", this.heard, { passive: true });
    }
    view.strip.measure();
    const top = this.topOf(scroller);
    const bar = this.isFull ? null : document.querySelector("[data-testid=stHeader]");
    const cover = Math.max(0, (bar?.getBoundingClientRect().bottom ?? top) - top);
    this.foot = view.foot.foot.offsetHeight;
    this.height = scroller.clientHeight;
    const stack = cover + view.top.offsetHeight;
    const head = view.turned ? 0 : view.heading.head.offsetHeight;
    this.edge = stack + head;
    const { style } = view.root;
    style.setProperty("--window", `${this.isFull ? 0 : top}px`);
    style.setProperty("--top", `${cover}px`);
    style.setProperty("--stack", `${stack}px`);
    style.setProperty("--edge", `${this.edge}px`);
    style.setProperty("--height", `${this.height - stack}px`);
    this.measureAcross();
    this.place();
    this.known = true;
  }

  measureAcross() {
    const { across, extent } = this.view.foot;
    const { scrollWidth, clientWidth } = this.view.wide;
    across.hidden = this.view.cards || scrollWidth <= clientWidth;
    // As far to go as the lines have, though a turned grid has its head beside them.
    extent.style.width = `${scrollWidth - clientWidth + across.clientWidth}px`;
    const controls = document.querySelector(BESIDE);
    const { height = 0, width = 0 } = controls?.getBoundingClientRect() ?? {};
    const { style } = this.view.root;
    style.setProperty("--reserve", `${this.narrow ? 0 : width}px`);
    style.setProperty("--reserve-height", `${height && height + BETWEEN}px`);
  }

  /** @param {HTMLElement} scroller */
  topOf(scroller) {
    return scroller === document.scrollingElement ? 0 : scroller.getBoundingClientRect().top;
  }

  place() {
    const { scroller } = this;
    if (!scroller) return;
    const { top } = this.view.body.getBoundingClientRect();
    this.offset = top - this.topOf(scroller) + scroller.scrollTop;
  }

  scrolled() {
    this.place();
    this.view.scrolled();
  }

  /** @returns {[number, number]} where the window begins on the lines, how much it shows */
  window() {
    if (!this.known) this.measure();
    const { scroller, view } = this;
    if (view.turned) return [view.wide.scrollLeft, view.wide.clientWidth];
    const above = (scroller?.scrollTop ?? 0) - this.offset;
    const top = Math.max(0, above + this.edge);
    return [top, Math.max(view.lineSize, above + this.height - this.foot - top)];
  }

  /** How far the turned grid has gone under what sticks at the top. */
  get shift() {
    const above = (this.scroller?.scrollTop ?? 0) - this.offset;
    return Math.max(0, Math.min(above + this.edge, this.view.body.offsetHeight - 160));
  }

  /**
   * Bring a line into view, whole, and no further than that takes.
   * @param {number} start where it begins on the lines
   */
  reveal(start) {
    if (!this.known) this.measure();
    const { view } = this;
    const at = view.turned ? start - view.wide.scrollLeft
      : start + this.offset - (this.scroller?.scrollTop ?? 0);
    const [first, last] = view.turned ? [0, view.wide.clientWidth]
      : [this.edge, this.height - this.foot];
    const beyond = at + view.lineSize - last;
    if (at < first) this.scrollBy(at - first);
    else if (beyond > 0) this.scrollBy(Math.min(beyond, at - first));
  }

  /** @param {number} way in pixels */
  scrollBy(way) {
    // At once, whatever a page says: the next key counts from where this one came to.
    const behavior = /** @type {ScrollBehavior} */ ("instant");
    if (this.view.turned) this.view.wide.scrollBy({ left: way, behavior });
    else this.scroller?.scrollBy({ top: way, behavior });
  }
}
