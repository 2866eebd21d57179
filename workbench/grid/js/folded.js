// @ts-check
// A thread in the drawer, folded until it is asked for or something is said in it.

import { box, element, setText, span } from "./parts.js";
import { spotName } from "./returned.js";
import { Thread, begunComment, spokenCount } from "./talk.js";

/** @typedef {import("./returned.js").Spot} Spot */

export class Folded {
  /**
   * @param {import("./session.js").Session} session
   * @param {string} label what the field is called
   */
  constructor(session, label) {
    this.session = session;
    this.label = label;
    /** @type {Spot} */
    this.spot = { evidence: null, hypothesis: null };
    /** @type {Thread | null} made when first opened */
    this.thread = null;
    this.root = /** @type {HTMLDetailsElement} */ (element("lg-talk", "details"));
    this.root.hidden = session.report;
    const head = element("lg-talk-head", "summary");
    this.count = span("", "Comment");
    head.append(this.count);
    this.body = box("lg-talk-body");
    this.root.append(head, this.body);
    this.root.addEventListener("toggle", () => this.fill());
    // Space and Enter unfold it, and are no keys of the grid here.
    head.addEventListener("keydown", event => event.stopPropagation());
  }

  /** @param {Spot} spot */
  show(spot) {
    this.spot = spot;
    const said = this.session.talk.get(spotName(spot)) ?? 0;
    const begun = begunComment(this.session.store.matrix, spot) ? ", and a draft" : "";
    setText(this.count, (said ? spokenCount(said) : "Comment") + begun);
    this.fill();
  }

  fill() {
    if (!this.root.open) return;
    if (!this.thread) {
      this.thread = new Thread(this.session.store.matrix, this.label, true);
      this.body.append(this.thread.root);
    }
    this.thread.show(this.spot);
  }

  end() {
    this.thread?.end();
  }
}
