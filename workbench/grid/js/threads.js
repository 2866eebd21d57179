// @ts-check
// The threads of a part of a page, one below the other, each under what it is about.

import { spotName } from "./returned.js";
import { Thread, begunComment, countTalk, hearTalk, spokenCount } from "./talk.js";

/**
 * @typedef {{evidence: string | null, hypothesis: string | null, title: string,
 *   about: string}} Given
 * @typedef {{matrix: string, asks: boolean, places: Given[]}} Data
 */

/** One thread under its title, which may be folded. */
class Part {
  /**
   * @param {Data} data
   * @param {Given} given
   */
  constructor(data, given) {
    this.data = data;
    this.given = given;
    this.spot = spotName(given);
    this.root = document.createElement("details");
    const head = document.createElement("summary");
    this.title = document.createElement("strong");
    this.many = document.createElement("span");
    this.many.className = "tk-count";
    this.about = document.createElement("p");
    this.about.className = "tk-about";
    head.append(this.title, this.many);
    this.chosen = false;  // whether somebody has folded or unfolded it
    head.addEventListener("click", () => {
      this.chosen = true;
    });
    /** @type {Thread | null} */
    this.thread = null;
    this.root.append(head, this.about);
    this.root.addEventListener("toggle", () => this.unfold());
  }

  /** Write the thread once it is unfolded: most never are, and a page has many. */
  unfold() {
    if (this.thread || !this.root.open) return;
    const { evidence, hypothesis, title } = this.given;
    this.thread = new Thread(this.data.matrix, `Comment: ${title}`, this.data.asks);
    this.root.append(this.thread.root);
    this.thread.show({ evidence, hypothesis });
  }

  /** @param {Given} given */
  fill({ title, about }) {
    this.title.textContent = title;
    this.about.textContent = about;
    this.about.hidden = !about;
  }

  /** @param {Map<string, number>} found */
  count(found) {
    const said = found.get(this.spot) ?? 0;
    this.many.textContent = ` \u00b7 ${said ? spokenCount(said) : "no comment yet"}`;
    if (this.chosen || !(said || begunComment(this.data.matrix, this.given))) return;
    this.root.open = true;
    this.unfold();
  }
}

class Threads {
  /** @param {ParentNode & Node} parent */
  constructor(parent) {
    this.root = /** @type {HTMLElement} */ (parent.querySelector("[data-threads]"));
    this.matrix = "";
    /** @type {Map<string, Part>} */
    this.parts = new Map();
    this.deaf = () => {};
  }

  /**
   * Show them in the order given. One that stays is not built anew: somebody may be
   * writing in it.
   * @param {Data} data
   */
  show(data) {
    if (data.matrix !== this.matrix) {
      this.end();
      this.matrix = data.matrix;
      this.deaf = hearTalk(data.matrix, () => this.count());
    }
    const before = this.parts;
    this.parts = new Map(data.places.map(given => {
      const part = before.get(spotName(given)) ?? new Part(data, given);
      part.fill(given);
      return [spotName(given), part];
    }));
    for (const [spot, part] of before) {
      if (!this.parts.has(spot)) this.remove(part);
    }
    [...this.parts.values()].forEach(({ root }, at) => {
      const there = this.root.children[at] ?? null;
      if (there !== root) this.root.insertBefore(root, there);
    });
    this.count();
  }

  count() {
    const found = countTalk(this.matrix);
    this.parts.forEach(part => part.count(found));
  }

  /** @param {Part} part */
  remove({ root, thread }) {
    thread?.end();
    root.remove();
  }

  end() {
    this.deaf();
    this.parts.forEach(part => this.remove(part));
    this.parts = new Map();
    this.matrix = "";
  }
}

/** @type {WeakMap<Node, Threads>} */
const threadsIn = new WeakMap();

/**
 * Show the threads in an element; gives what to call when they go.
 * @param {{data: Data, parentElement: ParentNode & Node}} given
 */
export function mount({ data, parentElement }) {
  let found = threadsIn.get(parentElement);
  if (!found) {
    found = new Threads(parentElement);
    threadsIn.set(parentElement, found);
  }
  found.show(data);
  const shown = found;
  return () => {
    shown.end();
    threadsIn.delete(parentElement);
  };
}
