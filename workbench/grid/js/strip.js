// @ts-check
// What is asked, the verdict, a bar for each hypothesis, and whether all is saved.

import { whatNext } from "./adding.js";
import { icon } from "./icons.js";
import { box, button, element, setText, span, written } from "./parts.js";
import { shown } from "./words.js";

/** @typedef {import("./view.js").View} View */

const MOST_BARS = 6;

export class Strip {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    const { session } = view;
    const { store } = session;
    this.root = box("lg-strip");
    this.question = written("lg-question", store.question, "h1", { title: store.question });
    this.verdict = written("lg-verdict", "", "p", { "aria-live": "off" });
    this.left = written("lg-left", "", "p", { role: "status" });
    this.left.hidden = true;
    this.status = span("lg-status", "", { role: "status" });
    this.undoer = button("", "Undo (Ctrl+Z)", () => view.step("undo"));
    this.undoer.append(icon("undo"), span("lg-word", "Undo"));
    this.state = box("lg-state");
    this.stateHome = box("lg-state-home");
    this.stateHome.append(this.state);
    this.state.append(this.status, this.undoer);
    this.opener = button("", "The whole verdict, question and bars", () => this.unfold());
    this.opener.classList.add("lg-unfold");
    this.opener.append(icon("more"));
    this.opener.setAttribute("aria-label", "The whole verdict, question and bars");
    this.opener.setAttribute("aria-expanded", "false");
    this.bars = element("lg-bars", "ul", {
      "aria-label": "Distance to the first", "data-count": store.columnCount,
    });
    this.begin = box("lg-begin");
    this.beginSaid = span("");
    this.noneOffered = button("", "One more hypothesis: that none of them is the answer", () => {
      if (session.adds) session.outbox?.log("act", session.adds.request);
    });
    this.begin.append(this.beginSaid, this.noneOffered);
    const line = box("lg-strip-line");
    line.append(this.question, this.stateHome, this.opener, box("lg-reserve"));
    const rest = box("lg-strip-rest");
    rest.append(this.begin, this.verdict, this.left, this.bars);
    this.root.append(line, rest);
    /** @type {ReturnType<Strip["bar"]>[]} */
    this.columns = [];
    this.build();
  }

  /** Build a bar for each hypothesis. */
  build() {
    const { store } = this.view.session;
    this.question.textContent = this.question.title = store.question;
    this.bars.replaceChildren();
    this.bars.dataset.count = String(store.columnCount);
    this.columns = store.hypotheses.map(one => this.bar(one));
    this.verdict.title = "";
    this.paintWords();
  }

  /** @param {{label: string, title: string}} hypothesis */
  bar({ label, title }) {
    const item = element("lg-bar-line", "li", { title: `${label} ${title}` });
    const track = box("lg-track");
    const fill = box("lg-bar-fill");
    const away = span("lg-away");
    track.append(fill);
    item.append(span("lg-bar-name", `${label} ${title}`), track, away);
    this.bars.append(item);
    return { item, fill, away, said: "", share: -1 };
  }

  /** Say what the case lacks before it can be weighed, and offer what belongs to it. */
  paintBegin() {
    const { adds, store } = this.view.session;
    const said = adds ? whatNext(store) : "";
    this.begin.hidden = !said;
    setText(this.beginSaid, said);
    const named = store.hypotheses.some(({ title }) => title === adds?.none);
    this.noneOffered.hidden = named || !store.columnCount;
    setText(this.noneOffered, `Add \u201c${adds?.none}\u201d`);
    this.view.root.classList.toggle("beginning", said !== "");
  }

  unfold() {
    const open = this.root.classList.toggle("open");
    this.opener.setAttribute("aria-expanded", String(open));
    document.documentElement.dataset.strip = open ? "open" : "";
    this.view.resized();
    this.view.render();
  }

  /** Offer to unfold a verdict that is longer than its place. */
  measure() {
    const { scrollHeight, clientHeight } = this.verdict;
    this.view.root.classList.toggle("clipped", scrollHeight > clientHeight + 1);
  }

  paintWords() {
    const { words } = this.view.session;
    const [headline = "", ...rest] = words.lines;
    const said = `${headline} ${rest.join(" ")}`.trim();
    if (this.verdict.title !== said) {
      this.verdict.textContent = "";
      this.verdict.title = said;
      this.verdict.append(
        written("lg-headline", headline, "strong"), span("", ` ${rest.join(" ")}`));
      this.choose();
    }
  }

  // Above six hypotheses there is room for those that matter: the contenders, first things
  // first, and the one with most against it; until the verdict is there, for the first.
  choose() {
    const { store, words } = this.view.session;
    if (store.columnCount <= MOST_BARS) return;
    const last = words.against.slice(0, 1);
    const named = words.contenders.length ? words.contenders : store.hypotheses.map(({ id }) => id);
    /** @param {string} id */
    const rankOf = id => store.ranks[store.columnOf.get(id) ?? -1] || Infinity;
    const best = [...named].sort((a, b) => rankOf(a) - rankOf(b));
    const shownOnes = new Set([...best.slice(0, MOST_BARS - last.length), ...last]);
    this.columns.forEach(({ item }, column) => {
      item.hidden = !shownOnes.has(store.hypotheses[column].id);
    });
    this.bars.dataset.count = String(shownOnes.size);
  }

  /** Count down what is left to rate, in place of scores, while a round is blind. */
  paintLeft() {
    const { store } = this.view.session;
    const { blind, columnCount, itemCount } = store;
    this.left.hidden = !blind;
    this.bars.hidden = blind;
    if (!blind) return;
    const count = store.unratedCount;
    const of = `${columnCount * itemCount} cells`;
    setText(this.left, count ? `${count} of ${of} unrated` : `All ${of} are rated`);
  }

  paintScores() {
    this.paintLeft();
    const { ranks, scores, leaders, leastFirst } = this.view.session.store;
    const most = scores.reduce((found, one) => Math.max(found, Math.abs(one)), 1e-9);
    const first = leaders.length ? scores[leaders[0]] : 0;
    this.choose();
    this.columns.forEach((bar, column) => {
      const rank = ranks[column];
      const away = Math.abs(scores[column] - first);
      const tied = leaders.length > 1 ? "level" : "first";
      const apart = `${leastFirst ? "+" : "\u2212"}${shown(away)}`;
      const said = !rank ? "unrated" : rank === 1 ? tied : apart;
      const share = rank ? Math.round(Math.abs(scores[column]) / most * 1000) / 1000 : 0;
      if (bar.said !== said) {
        setText(bar.away, (bar.said = said));
        bar.item.classList.toggle("first", rank === 1);
      }
      if (bar.share !== share) bar.fill.style.transform = `scaleX(${(bar.share = share)})`;
    });
  }

  paintStatus() {
    const { outbox, store } = this.view.session;
    this.paintBegin();
    this.undoer.disabled = !store.canUndo && !outbox?.count;
    setText(this.status, outbox ? outbox.status : "What if: changes stay in this page");
  }
}
