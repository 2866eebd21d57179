// The rating grid: evidence by hypothesis, scores that follow the key and the hand.
//
//   Store  numbers, order and operations. No DOM.
//   View   virtualised lines, focus, painting. No network.
//   sync   operations out, acknowledgements and changes made elsewhere in, through a bus
//          on `window`: a second, tiny component (the channel) talks to the server, so
//          that the data given to the grid never has to be sent twice.
//
// The grid knows no rule. A column's score is the sum of value times weight, and the
// values and weights are given. In mode "report" there is no server: the same grid
// answers what-if questions in a page on disk and keeps nothing.

const UNRATED = 6, NA = 5;
const KEYS = { 1: 0, 2: 1, 3: 2, 4: 3, 5: 4, 6: NA, 0: NA, c: 1, C: 0, n: 2, N: 2, i: 3, I: 4, x: NA, X: NA, Delete: UNRATED, Backspace: UNRATED };
const WORDS = {
  cc: 0, "++": 0, "very consistent": 0, c: 1, "+": 1, consistent: 1, n: 2, neutral: 2, i: 3, "-": 3, inconsistent: 3,
  ii: 4, "i i": 4, "c c": 0, "--": 4, "very inconsistent": 4, na: NA, "n/a": NA, "not applicable": NA, unrated: UNRATED,
};
const OVERSCAN = 6;       // lines kept beyond each edge of the window
const FIXED = 4;          // evidence, weight, diagnosticity and emphasis stand before the hypotheses
const RESEND_MS = 2000;   // an unanswered batch is sent again after this long
const POLL_MS = 5000;     // a visible page asks what changed elsewhere this often
const TIE = 1e-9;
const STEP = 0.05;

const bus = (window.__workbenchBus ??= Object.assign(new EventTarget(), { last: {} }));
const stores = (window.__workbenchStores ??= new Map());  // outlives a remount
const views = new WeakMap();                              // parentElement -> View

// Two decimals, half up from 1e-9, as the reports print them.
const shown = x => { const r = Math.floor((x + TIE) * 100 + 0.5) / 100; return (r === 0 ? 0 : r).toFixed(2); };
const snap = v => Math.round(v / STEP) * STEP > 2 ? 2 : Math.max(0, Math.round(Math.round(v / STEP) * STEP * 100) / 100);

// ---------------------------------------------------------------- Store
class Store {
  constructor(d) {
    this.id = d.matrix; this.report = d.mode === "report";
    this.client = (crypto.randomUUID?.() ?? String(Math.random()).slice(2)).slice(0, 18);
    this.seq = 0; this.pend = []; this.sentTo = 0; this.tries = 0; this.timer = 0;
    this.orphan = this.report ? null : recall(this.id);
    this.message = ""; this.views = new Set(); this.local = { undo: [], redo: [] };
    this.view = { sort: "label", down: false, text: "", source: "", kind: "", only: "", across: false, compact: false };
    this.load(d);
  }
  load(d) {
    this.base = d.base; this.revision = d.revision; this.codes = d.codes; this.spread = d.spread;
    this.hyp = d.hypotheses; this.ev = d.evidence; this.src = d.sources.map(s => s.slice());
    this.n = this.ev.length; this.m = this.hyp.length;
    this.row = new Map(this.ev.map((e, i) => [e.id, i]));
    this.col = new Map(this.hyp.map((h, j) => [h[0], j]));
    this.source = new Map(this.src.map((s, k) => [s[0], k]));
    this.r = Uint8Array.from(d.ratings, c => c.charCodeAt(0) - 48);
    this.b = Uint8Array.from(d.baseline, c => c.charCodeAt(0) - 48);
    this.why = new Map(Object.entries(d.reasons).map(([k, t]) => [+k, t]));
    this.e = Float64Array.from(d.emphases);
    this.undo = d.undo ?? false; this.redo = d.redo ?? false;
    this.s = new Float64Array(this.m); this.rank = []; this.sum = new Float64Array(this.n); this.se = new Float64Array(this.n).fill(1);
    this.sourced(); this.frame(d.frame); this.arrange();
  }
  frame(f) {
    this.key = f.key; this.title = f.title; this.least = f.least; this.val = Float64Array.from(f.values);
    if (f.weights) { this.on = Uint8Array.from(f.weights, w => w === null ? 0 : 1); this.w = Float64Array.from(f.weights, w => w ?? 0); }
    for (const [i, w] of f.changed ?? []) { this.on[i] = w === null ? 0 : 1; this.w[i] = w ?? 0; }
    this.score();
  }
  sourced() {
    for (let i = 0; i < this.n; i++) { const c = this.ev[i].sources; this.se[i] = c.length ? Math.max(...c.map(x => this.src[x[0]][3])) : 1; }
  }
  weight(i) { return this.on[i] ? this.w[i] * this.e[i] * this.se[i] : 0; }
  // Every score anew from the cells: 10,000 products take well under a millisecond, and
  // a running total would drift.
  score() {
    const { n, m, s, r, val } = this; s.fill(0); const rated = new Uint8Array(m);
    for (let i = 0, k = 0; i < n; i++) {
      if (!this.on[i]) { k += m; continue; }
      const w = this.w[i] * this.e[i] * this.se[i];
      for (let j = 0; j < m; j++, k++) { const c = r[k]; if (c < NA) { rated[j] = 1; s[j] += val[c] * w; } }
    }
    this.rated = rated; this.ranks();
  }
  ranks() {
    const sign = this.least ? 1 : -1, order = [];
    for (let j = 0; j < this.m; j++) if (this.rated[j]) order.push(j);
    order.sort((a, b) => sign * (this.s[a] - this.s[b]) || a - b);
    this.rank = new Array(this.m).fill(0); let first = null, place = 0;
    order.forEach((j, k) => { if (first === null || Math.abs(this.s[j] - this.s[first]) > TIE) { first = j; place = k + 1; } this.rank[j] = place; });
    this.leaders = order.filter(j => this.rank[j] === 1);
  }
  // Population standard deviation of CC 2 .. II -2, NA and unrated skipped.
  diagnosticity(i) {
    let k = 0, t = 0, q = 0;
    for (let j = 0; j < this.m; j++) { const v = this.spread[this.r[i * this.m + j]]; if (v != null) { k++; t += v; q += v * v; } }
    return k > 1 ? Math.sqrt(Math.max(0, q / k - (t / k) ** 2)) : 0;
  }
  // The nearest emphases below and above the present one at which the leaders change.
  // The scores are straight lines in one item's emphasis, so the first crossing decides.
  tipping(i) {
    if (!this.on[i] || this.leaders.length === 0) return [null, null];
    const sign = this.least ? 1 : -1, f = this.w[i] * this.se[i], x = this.e[i], lead = this.leaders;
    const slope = j => sign * this.val[this.r[i * this.m + j]] * f;
    const find = up => {
      const way = up ? 1 : -1, end = up ? 2 - x : x; if (end <= 0) return null;
      let low = Infinity; for (const j of lead) low = Math.min(low, way * slope(j));
      const stay = lead.filter(j => way * slope(j) <= low + 1e-12);
      if (stay.length < lead.length) return { at: x, leaders: stay };
      let at = Infinity; const top = sign * this.s[lead[0]];
      for (let j = 0; j < this.m; j++) if (this.rated[j] && this.rank[j] > 1 && way * slope(j) < low - 1e-12) at = Math.min(at, (sign * this.s[j] - top) / (low - way * slope(j)));
      if (at > end + 1e-9) return null;
      at = Math.min(at, end); const value = j => sign * this.s[j] + at * way * slope(j); let best = Infinity;
      for (let j = 0; j < this.m; j++) if (this.rated[j]) best = Math.min(best, value(j));
      let tied = []; for (let j = 0; j < this.m; j++) if (this.rated[j] && value(j) <= best + TIE) tied.push(j);
      if (at < end - 1e-9) { let l = Infinity; for (const j of tied) l = Math.min(l, way * slope(j)); tied = tied.filter(j => way * slope(j) <= l + 1e-12); }
      return { at: x + way * at, leaders: tied };
    };
    return [find(false), find(true)];
  }
  departs(i) {
    if (this.e[i] !== 1) return true;
    for (let j = 0, k = i * this.m; j < this.m; j++, k++) if (this.r[k] !== this.b[k]) return true;
    return false;
  }
  arrange() {
    const v = this.view, words = v.text.toLowerCase().split(/\s+/).filter(Boolean), keep = [];
    for (let i = 0; i < this.n; i++) {
      const e = this.ev[i];
      if (v.source !== "" && !e.sources.some(c => this.src[c[0]][0] === v.source)) continue;
      if (v.kind && e.kind !== v.kind) continue;
      if (v.only === "unrated" && !this.any(i, c => c === UNRATED)) continue;
      if (v.only === "nondiagnostic" && this.diagnosticity(i) > 0) continue;
      if (v.only === "departures" && !this.departs(i)) continue;
      if (words.length) { const t = (e.label + " " + e.title + " " + e.statement + " " + e.origin + " " + e.kind + " " + e.date).toLowerCase(); if (!words.every(w => t.includes(w))) continue; }
      keep.push(i);
    }
    const by = { label: null, date: i => this.ev[i].date || "9999", weight: i => this.weight(i), diagnosticity: i => this.diagnosticity(i), emphasis: i => this.e[i] }[v.sort];
    const column = this.col.get(v.sort);
    const key = by ?? (column === undefined ? null : i => this.r[i * this.m + column]);
    if (key) { const at = new Map(keep.map(i => [i, key(i)])); keep.sort((a, b) => { const p = at.get(a), q = at.get(b); return (p < q ? -1 : p > q ? 1 : 0) || a - b; }); }
    if (v.down) keep.reverse();
    this.order = keep; this.at = new Map(keep.map((i, p) => [i, p]));
  }
  any(i, test) { for (let j = 0; j < this.m; j++) if (test(this.r[i * this.m + j])) return true; return false; }

  // Changes: [kind, id, hypothesis, to, because] as the ledger's desk reads them.
  change(changes) {
    const before = changes.map(c => this.now(c)), done = changes.filter((c, q) => this.differs(c, before[q]));
    if (!done.length) return false;
    done.forEach(c => this.paint(c)); this.settleNumbers(done);
    if (this.report) { this.local.undo.push(before); this.local.redo.length = 0; this.undo = true; this.redo = false; } else this.log(["change", done]);
    return true;
  }
  now([kind, id, hy]) {
    if (kind === "emphasis") return [kind, id, null, this.e[this.row.get(id)]];
    if (kind === "source-emphasis") return [kind, id, null, this.src[this.source.get(id)][3]];
    if (kind === "exclusion") return [kind, id, null, !this.on[this.row.get(id)]];
    const k = this.row.get(id) * this.m + this.col.get(hy), c = this.r[k];
    return ["rating", id, hy, c === UNRATED ? "unrated" : this.codes[c][0], this.why.get(k) ?? ""];
  }
  differs(c, b) { return c[3] === null || (c[0] === "reason" ? c[4] !== b[4] : c[3] !== b[3] || (c[4] != null && c[4] !== b[4])); }
  paint([kind, id, hy, to, because]) {
    if (kind === "emphasis") { this.e[this.row.get(id)] = to ?? 1; return; }
    if (kind === "source-emphasis") { this.src[this.source.get(id)][3] = to ?? 1; this.sourced(); return; }
    if (kind !== "rating" && kind !== "reason") return;      // its effect on weights is the server's to say
    const k = this.row.get(id) * this.m + this.col.get(hy), was = this.r[k];
    if (kind === "rating") this.r[k] = to === null ? this.b[k] : to === "unrated" ? UNRATED : this.codes.findIndex(c => c[0] === to);
    if (because) this.why.set(k, because); else if (kind === "reason" || was !== this.r[k] || because === "") this.why.delete(k);
  }
  settleNumbers(changes) { if (changes.some(c => c[0] !== "reason")) this.score(); }
  preview(kind, id, v) {
    this.paint([kind, id, null, v]); this.score(); if (this.report) return;
    const same = o => o[1] === "preview" && o[2][0] === kind && o[2][1] === id && o[0] > this.sentTo;
    this.pend = this.pend.filter(o => !same(o)); this.log(["preview", [kind, id, null, v]]);
  }
  step(verb) {
    if (!this.report) { this.log([verb]); return; }
    const from = this.local[verb], to = this.local[verb === "undo" ? "redo" : "undo"], last = from.pop(); if (!last) return;
    to.push(last.map(c => this.now(c))); last.forEach(c => this.paint(c)); this.score();
    this.undo = this.local.undo.length > 0; this.redo = this.local.redo.length > 0;
  }
  log(op) { this.pend.push([++this.seq, ...op]); this.tell = true; remember(this); flush(this); }
  held() {
    const keys = new Set();
    for (const o of this.pend) for (const c of o[1] === "change" ? o[2] : o[1] === "preview" ? [o[2]] : []) keys.add(c[0].replace("reason", "rating") + "|" + c[1] + "|" + (c[2] ?? ""));
    return keys;
  }
  patch(list) {
    const held = this.held(); let scores = false;
    for (const [kind, id, hy, value, because] of list) {
      if (held.has(kind + "|" + id + "|" + (hy ?? ""))) continue;
      if (kind === "details") { const i = this.row.get(id); if (i !== undefined) Object.assign(this.ev[i], value); continue; }
      if (kind === "source-emphasis" ? !this.source.has(id) : !this.row.has(id)) continue;
      if (kind === "rating") {
        if (!this.col.has(hy)) continue;
        const k = this.row.get(id) * this.m + this.col.get(hy); this.r[k] = value; because ? this.why.set(k, because) : this.why.delete(k);
      } else this.paint([kind, id, null, value]);
      scores = true;
    }
    if (scores) this.score();
  }
  get saved() { return !this.pend.length && !this.orphan && !this.dragging; }
}

// What was not acknowledged outlives a reload of the page, under the numbers it was sent by.
const slot = id => "workbench-unsaved:" + id;
function remember(st) { try { const ops = st.pend.filter(o => o[1] !== "preview"); ops.length ? sessionStorage.setItem(slot(st.id), JSON.stringify([st.client, ops])) : sessionStorage.removeItem(slot(st.id)); } catch { /* storage may be forbidden: the page still holds them */ } }
function recall(id) { try { return JSON.parse(sessionStorage.getItem(slot(id)) ?? "null"); } catch { return null; } }

// ---------------------------------------------------------------- sync
// One batch in flight at a time. It carries every operation not yet acknowledged, so a
// batch that the framework merges away, or that is sent twice, does no harm.
function flush(st, poll = false) {
  if (st.report) return;
  st.views.forEach(v => v.paintStatus());
  if (st.timer || (!poll && st.saved)) return;
  const batches = []; if (st.orphan) batches.push(st.orphan); if (st.pend.length) batches.push([st.client, st.pend]);
  if (!poll && !batches.length) return;
  st.sentTo = st.seq;
  st.timer = setTimeout(() => { st.timer = 0; if (st.saved) return; st.tries++; if (st.tries > 1) st.wake?.("wake", st.tries); flush(st); }, RESEND_MS);   // a server that was started anew does not know the channel until the whole page has run
  bus.dispatchEvent(new CustomEvent("ops", { detail: { matrix: st.id, client: st.client, revision: st.revision, frame: st.key, batches } }));
}
function settle(msg) {
  const st = stores.get(msg.matrix); if (!st || st.report) return;
  const acked = (msg.acks ?? {})[st.client] ?? 0, gone = (msg.acks ?? {})[st.orphan?.[0]];
  st.pend = st.pend.filter(o => o[0] > acked);
  if (st.orphan && gone !== undefined && st.orphan[1].every(o => o[0] <= gone)) st.orphan = null;
  if (msg.nonce !== st.nonce) {
    st.nonce = msg.nonce; clearTimeout(st.timer); st.timer = 0; st.tries = 0;
    st.message = msg.error ? "Not saved: " + msg.error : "";
    const refused = Object.values(msg.refused ?? {}); const said = refused[0] ?? msg.told; if (said) st.views.forEach(v => v.toast(said));
    if (msg.error) { st.tries = 1; st.timer = setTimeout(() => { st.timer = 0; flush(st); }, RESEND_MS); }
  }
  st.heard = performance.now(); let dirty = false;
  if (msg.base === st.base) {   // else the grid is about to be given the changed case
    if (msg.frame && msg.frame.key !== st.key && (!msg.frame.from || msg.frame.from === st.key)) { st.frame(msg.frame); dirty = true; }
    if (msg.patches?.length && (msg.revision > st.revision || msg.repair)) { st.patch(msg.patches); dirty = true; }
    if (msg.revision > st.revision) { st.revision = msg.revision; }
    st.undo = msg.undo; st.redo = msg.redo;
  }
  remember(st);
  st.views.forEach(v => { if (dirty) v.repaint(); v.paintStatus(); });
  if (st.saved && st.tell) { st.tell = false; announce?.postMessage(st.id); }
  if (!msg.error) flush(st);
}
let announce = null;
if (!bus.wired) {
  bus.wired = true;
  bus.addEventListener("settled", e => bus.settle(e.detail));
  // Another tab of this browser saved something, or this page was away: ask.
  const ask = () => { if (document.visibilityState === "visible") stores.forEach(st => { if (!st.report && st.views.size && st.saved && performance.now() - (st.heard ?? 0) > POLL_MS) flush(st, true); }); };
  bus.ask = ask;
  if (typeof BroadcastChannel !== "undefined") { bus.radio = new BroadcastChannel("workbench"); bus.radio.onmessage = () => stores.forEach(st => { if (!st.report && st.views.size) flush(st, true); }); }
  document.addEventListener("visibilitychange", ask); window.addEventListener("focus", ask); window.addEventListener("online", () => stores.forEach(st => flush(st)));
  setInterval(ask, POLL_MS);
  window.addEventListener("beforeunload", e => { if ([...stores.values()].some(st => !st.report && !st.saved)) e.preventDefault(); });
}
bus.settle = settle; announce = bus.radio;

// ---------------------------------------------------------------- View
const el = (cls, tag = "div", attributes = {}) => { const e = document.createElement(tag); e.className = cls; for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v); return e; };
const text = (cls, t, tag = "span", attributes = {}) => { const e = el(cls, tag, attributes); e.textContent = t; return e; };
const set = (e, t) => { if (e.textContent !== t) e.textContent = t; };
const HELP = [
  ["Rate", "1 2 3 4 5 or C N I with Shift for the strong forms: CC C N I II. 6, 0 or x: NA. Delete: unrated. With the mouse: the codes below the grid"],
  ["Move", "Arrows, Home, End, Page Up, Page Down, Ctrl+Home, Ctrl+End"],
  ["Emphasis", "+ and \u2212 in any cell of the row; on the slider, Enter and the arrows"],
  ["Reason and full text", "Enter opens the reason of a cell; Space shows the item in full; Escape closes"],
  ["Undo", "Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y to redo, also after a reload"],
  ["Baseline", "b returns a cell, Shift+B its row; the menu \u2018Return\u2019 returns everything"],
  ["Exclude", "e leaves the item out, or takes it in again"],
  ["Paste", "Ctrl+V pastes a block from a spreadsheet at the cell: codes, words or ++ + \u2212 \u2212\u2212, never bare digits"],
  ["Find", "/ goes to the filter; t turns the grid; ? shows these keys"],
];

class View {
  constructor(parent, store) {
    this.st = store; this.lines = new Map(); this.free = []; this.cur = { i: store.order[0] ?? 0, c: FIXED };
    const host = parent.querySelector?.("[data-live-grid]") ?? parent.appendChild(el("", "div", { "data-live-grid": "" }));
    host.textContent = ""; host.classList.add("lg-host");
    const lg = this.lg = el("lg", "section", { "aria-label": "Rating grid" }); host.append(lg);
    lg.style.setProperty("--m", store.m);
    this.scroll = el("lg-scroll", "div", { role: "grid", tabindex: -1, "aria-label": "Evidence by hypothesis" });
    this.body = el("lg-body", "div", { role: "rowgroup" });
    this.live = el("lg-live", "div", { "aria-live": "polite" });
    lg.append(this.buildBar(), this.buildSources(), this.scroll, this.buildPane(), this.buildFoot(), this.buildHelp(), this.live);
    this.buildHead(); this.scroll.append(this.head, this.body);
    this.listen(); this.layout();
    this.ro = new ResizeObserver(() => { this.pageSize = 0; this.render(); }); this.ro.observe(this.scroll);
  }
  // -- the parts --------------------------------------------------------
  buildBar() {
    const st = this.st, bar = el("lg-bar", "div", { role: "toolbar", "aria-label": "Grid tools" });
    const button = (label, title, act) => { const b = text("lg-btn", label, "button", { type: "button", title }); b.addEventListener("click", act); return b; };
    const select = (label, options, value, act) => { const s = el("lg-sel", "select", { "aria-label": label, title: label }); for (const [v, t] of options) { const o = text("", t, "option"); o.value = v; s.append(o); } s.value = value; s.addEventListener("change", () => act(s.value)); return s; };
    this.find = el("lg-find", "input", { type: "search", placeholder: "Filter evidence\u2026", "aria-label": "Filter evidence by text" });
    this.find.value = st.view.text; this.find.addEventListener("input", () => { st.view.text = this.find.value; this.rearrange(); });
    const kinds = select("Kind", [["", "All kinds"], ["evidence", "Evidence"], ["assumption", "Assumptions"], ["absence", "Absences"]], st.view.kind, v => { st.view.kind = v; this.rearrange(); });
    const sources = select("Source", [["", "All sources"], ...st.src.map(s => [s[0], s[1].length > 34 ? s[1].slice(0, 33) + "\u2026" : s[1]])], st.view.source, v => { st.view.source = v; this.rearrange(); });
    const only = select("Show", [["", "All items"], ["unrated", "Unrated"], ["nondiagnostic", "Non-diagnostic"], ["departures", "Changed from baseline"]], st.view.only, v => { st.view.only = v; this.rearrange(); });
    this.sorter = select("Sort by", [["label", "Sort: label"], ["date", "Sort: date"], ["weight", "Sort: weight"], ["diagnosticity", "Sort: diagnosticity"], ["emphasis", "Sort: emphasis"], ...st.hyp.map(h => [h[0], "Sort: " + h[1]])], st.view.sort, v => this.sort(v, v === "weight" || v === "diagnosticity" || st.col.has(v)));
    this.turner = button("\u2922", "Turn the grid: hypotheses in rows or in columns (t)", () => this.turn()); this.turner.setAttribute("aria-label", "Turn the grid");
    this.packer = button("\u2261", "Compact or comfortable rows", () => { st.view.compact = !st.view.compact; this.layout(); }); this.packer.setAttribute("aria-label", "Compact rows");
    this.undoer = button("Undo", "Undo (Ctrl+Z)", () => this.step("undo")); this.redoer = button("Redo", "Redo (Ctrl+Shift+Z)", () => this.step("redo"));
    this.returner = button("Return\u2026", "Go back to the published baseline", () => this.askReturn());
    const help = button("Keys ?", "Every key (?)", () => this.toggleHelp());
    this.count = text("lg-count", "");
    bar.append(this.find, sources, kinds, only, this.sorter, this.count, el("lg-gap"), this.turner, this.packer, this.undoer, this.redoer, this.returner, help);
    this.ask = el("lg-ask", "div", { role: "group", "aria-label": "Return to the baseline" }); this.ask.hidden = true;
    const wrap = el("lg-top"); wrap.append(bar, this.ask); return wrap;
  }
  buildSources() {
    const box = el("lg-sources", "div", { role: "group", "aria-label": "Emphasis of each source" }); this.sourceRows = [];
    if (!this.st.src.length) { box.hidden = true; return box; }
    box.append(text("lg-sources-name", "Source emphasis"));
    for (const s of this.st.src) {
      const wrap = el("lg-source", "label"), name = text("lg-source-title", s[1]), out = text("lg-out", "");
      name.title = `${s[1]} \u00b7 reliability ${s[2]}`;
      const input = el("lg-range", "input", { type: "range", min: 0, max: 2, step: STEP, "data-source-emphasis": s[0], "aria-label": "Emphasis of " + s[1] });
      wrap.append(name, input, out); box.append(wrap); this.sourceRows.push({ input, out });
    }
    return box;
  }
  buildHead() {
    const st = this.st, h = this.head = el("lg-head", "div", { role: "row", "aria-rowindex": 1 });
    this.corner = [["label", "Evidence"], ["weight", "Weight"], ["diagnosticity", "Diag."], ["emphasis", "Emphasis"]].map(([key, t], c) => {
      const x = el("lg-hc lg-hc" + c, "div", { role: "columnheader", "aria-colindex": c + 1 });
      const b = text("lg-sort", t, "button", { type: "button", title: { label: "Sort by label", weight: "Weight: credibility \u00d7 relevance \u00d7 origin \u00d7 emphases. Sort", diagnosticity: "Diagnosticity: how far the item separates the hypotheses (0 to 2). Sort", emphasis: "Emphasis: your live factor, 0 to 2. Sort" }[key], tabindex: -1 });
      b.addEventListener("click", () => this.sort(key, key !== "label")); x.append(b); h.append(x); return x;
    });
    this.hd = st.hyp.map(([id, label, title, statement], j) => {
      const x = el("lg-hc lg-hh", "div", { role: "columnheader", "aria-colindex": FIXED + j + 1, title: `${label} ${title}\n${statement}` });
      const top = el("lg-hh-top"), b = text("lg-sort lg-name", label, "button", { type: "button", title: "Sort by this column", tabindex: -1 }), rk = text("lg-rank", "", "span", { "data-rank": id });
      b.addEventListener("click", () => this.sort(id, true)); top.append(b, rk);
      const name = text("lg-title", title, "div"), sc = text("lg-score", "", "div", { "data-score": id }), bar = el("lg-meter"), fill = el("lg-fill"); bar.append(fill);
      x.append(top, name, sc, bar); h.append(x); return { x, rk, sc, fill, t: "", r: "", f: -1 };
    });
  }
  buildPane() {
    const p = this.pane = el("lg-pane", "div", { role: "region", "aria-label": "Item in full" }); p.hidden = true;
    const head = el("lg-pane-head"); this.paneTitle = text("lg-pane-title", "", "strong"); this.paneMeta = text("lg-pane-meta", "");
    const close = text("lg-btn", "Close", "button", { type: "button", title: "Close (Escape)" }); close.addEventListener("click", () => this.closePane());
    this.excluder = text("lg-btn", "", "button", { type: "button" }); this.excluder.addEventListener("click", () => this.exclude(this.paneAt.i)); this.excluder.hidden = this.st.report;
    head.append(this.paneTitle, el("lg-gap"), this.excluder, close);
    this.paneText = text("lg-pane-text", "", "p"); this.paneCaveat = text("lg-pane-caveat", "", "p");
    const why = this.paneWhy = el("lg-pane-why"); this.whyLabel = text("lg-why-label", "", "label", { for: "lg-why" });
    this.why = el("lg-why", "textarea", { id: "lg-why", rows: 2, maxlength: 20000, placeholder: "Why this rating? Enter keeps it, Shift+Enter starts a new line" });
    this.why.addEventListener("input", () => this.draft()); this.why.addEventListener("blur", () => this.keepReason());
    why.append(this.whyLabel, this.why); p.append(head, this.paneMeta, this.paneText, this.paneCaveat, why); return p;
  }
  buildFoot() {
    const f = el("lg-foot"), k = el("lg-keys"); this.status = text("lg-status", "", "div", { role: "status" });
    [...this.st.codes, ["\u2013", "unrated"]].forEach(([code, meaning], i) => {
      const s = el("lg-legend", "button", { type: "button", title: `Rate the selected cell ${meaning}` }); s.append(text("lg-key r" + i, code), text("lg-mean", meaning));
      s.addEventListener("click", () => { if (this.cur.c >= FIXED) this.rate(this.cur.i, this.cur.c - FIXED, i); else this.toast("Select a cell first, then its rating."); this.go(this.cur.i, this.cur.c); }); k.append(s);
    });
    this.toastBox = text("lg-toast", "", "div", { role: "alert" }); this.toastBox.hidden = true;
    f.append(k, this.toastBox, this.status); return f;
  }
  buildHelp() {
    const d = this.help = el("lg-help", "div", { role: "dialog", "aria-label": "Keys" }); d.hidden = true;
    const close = text("lg-btn", "Close", "button", { type: "button" }); close.addEventListener("click", () => this.toggleHelp(false));
    const dl = el("", "dl"); for (const [k, t] of HELP) dl.append(text("", k, "dt"), text("", t, "dd"));
    d.append(text("lg-help-title", "Keys", "strong"), dl, close); return d;
  }
  listen() {
    const g = this.scroll;
    g.addEventListener("scroll", () => this.render(), { passive: true });
    this.lg.addEventListener("keydown", e => this.key(e));
    g.addEventListener("pointerdown", e => { const c = e.target.closest("[data-c]"); this.again = !!c && c.matches(":focus"); });   // the first click only selects
    g.addEventListener("click", e => this.click(e));
    g.addEventListener("dblclick", e => { const c = e.target.closest("[data-c]"); if (c && +c.dataset.c < FIXED && !e.target.matches("input")) this.openPane(false); });
    this.lg.addEventListener("input", e => { if (e.target.matches(".lg-range")) this.slide(e.target, false); });
    this.lg.addEventListener("change", e => { if (e.target.matches(".lg-range")) this.slide(e.target, true); });
    g.addEventListener("focusin", e => { const c = e.target.closest("[data-c]"); if (c) this.mark(+c.closest(".lg-line").dataset.i, +c.dataset.c); });
    this.lg.addEventListener("paste", e => { if (!e.target.matches("input,textarea")) this.paste(e); });
  }
  // -- layout -----------------------------------------------------------
  layout() {
    const st = this.st, across = st.view.across; this.lg.classList.toggle("across", across); this.lg.classList.toggle("compact", st.view.compact);
    this.lines.forEach(l => l.remove()); this.lines.clear(); this.free = []; this.scroll.scrollTop = this.scroll.scrollLeft = 0;
    this.size = across ? (st.view.compact ? 56 : 72) : (st.view.compact ? 30 : 42);
    this.lg.style.setProperty("--size", this.size + "px");
    this.packer.setAttribute("aria-pressed", st.view.compact); this.turner.setAttribute("aria-pressed", across);
    this.scroll.setAttribute("aria-rowcount", st.order.length + 1); this.scroll.setAttribute("aria-colcount", st.m + FIXED);
    const extent = st.order.length * this.size + "px"; this.body.style.height = across ? "" : extent; this.body.style.width = across ? extent : "";
    this.pageSize = 0; this.repaint();
  }
  rearrange() {
    const st = this.st; st.arrange(); if (!st.at.has(this.cur.i) && st.order.length) this.cur.i = st.order[0]; this.layout();
    this.marked();
  }
  sort(key, down) { const v = this.st.view; v.down = v.sort === key ? !v.down : down; v.sort = key; this.sorter.value = key; this.rearrange(); }
  turn() { this.st.view.across = !this.st.view.across; this.layout(); this.go(this.cur.i, this.cur.c); }
  // -- lines ------------------------------------------------------------
  newLine() {
    const st = this.st, r = el("lg-line", "div", { role: "row" }), ev = el("lg-ev", "div", { role: "rowheader" }), w = el("lg-w", "div", { role: "gridcell" }), d = el("lg-d", "div", { role: "gridcell" }), em = el("lg-em", "div", { role: "gridcell" });
    const id = text("lg-id", ""), tx = text("lg-tx", ""), rail = el("lg-rail"), inp = el("lg-range", "input", { type: "range", min: 0, max: 2, step: STEP, tabindex: -1 }), out = text("lg-out", "");
    const ticks = [el("lg-tick"), el("lg-tick")]; rail.append(inp, ...ticks); ev.append(id, tx); em.append(rail, out); r.append(ev, w, d, em);
    const cells = [ev, w, d, em]; for (let j = 0; j < st.m; j++) { const c = el("lg-c", "div", { role: "gridcell", "data-hypothesis": st.hyp[j][0] }); r.append(c); cells.push(c); }
    cells.forEach((c, k) => { c.dataset.c = k; c.tabIndex = -1; c.setAttribute("aria-colindex", k + 1); });
    return Object.assign(r, { _id: id, _tx: tx, _w: w, _d: d, _in: inp, _out: out, _ticks: ticks, _c: cells });
  }
  fill(r, p) {
    const st = this.st, i = st.order[p], e = st.ev[i]; r._i = i; r.dataset.i = i; r.setAttribute("aria-rowindex", p + 2);
    r.style.transform = st.view.across ? `translateX(${p * this.size}px)` : `translateY(${p * this.size}px)`;
    r.classList.toggle("odd", p % 2 === 1); set(r._id, e.label); set(r._tx, e.title); r._c[0].title = `${e.label} ${e.title}\n${e.statement}`;
    r.classList.toggle("assumption", e.kind === "assumption"); r.classList.toggle("absence", e.kind === "absence"); r._id.dataset.kind = e.kind === "evidence" ? "" : e.kind;
    r._in.dataset.emphasis = e.id; r._in.setAttribute("aria-label", "Emphasis of " + e.label);
    for (let j = 0; j < st.m; j++) r._c[FIXED + j].dataset.evidence = e.id;
    r._c.forEach(c => (c.tabIndex = -1)); this.fillNumbers(r); for (let j = 0; j < st.m; j++) this.fillCell(r, j);
  }
  fillCell(r, j) {
    const st = this.st, i = r._i, k = i * st.m + j, c = r._c[FIXED + j], v = st.r[k], b = st.b[k], why = st.why.get(k) ?? "", sign = v + "|" + b + "|" + i + "|" + why;
    if (c._s === sign) return; c._s = sign; const code = v === UNRATED ? "" : st.codes[v][0], said = n => n === UNRATED ? "unrated" : st.codes[n][1];
    c.className = "lg-c r" + v + (v !== b ? " own" : "") + (why ? " said" : ""); set(c, code); c.dataset.was = b === UNRATED ? "\u2013" : st.codes[b][0];
    c.setAttribute("aria-label", `${st.ev[i].label}, ${st.hyp[j][1]}: ${said(v)}${v !== b ? `; the baseline is ${said(b)}` : ""}${why ? "; has a reason" : ""}`);
    c.title = `${st.ev[i].label} \u00b7 ${st.hyp[j][1]}: ${said(v)}${v !== b ? ` (baseline: ${said(b)})` : ""}${why ? "\n" + why : ""}`;
  }
  fillNumbers(r) {
    const st = this.st, i = r._i, v = st.e[i]; set(r._w, st.on[i] ? shown(st.weight(i)) : "out"); const dg = st.diagnosticity(i); set(r._d, shown(dg));
    if (+r._in.value !== v) r._in.value = v; set(r._out, "\u00d7" + v.toFixed(2)); r._in.style.setProperty("--p", v * 50 + "%");
    r.classList.toggle("muted", !st.on[i] || v === 0); r.classList.toggle("changed", v !== 1); r.classList.toggle("flat", dg === 0); r.classList.toggle("out", !st.on[i]);
  }
  fillTicks(r) {
    const st = this.st, found = st.tipping(r._i); r._ticks.forEach((t, q) => {
      const f = found[q], at = f ? f.at.toFixed(6) : "", key = f ? at + f.leaders.join() : ""; if (t._k === key) return; t._k = key; t.hidden = !f;
      r._in.dataset[q ? "tickAbove" : "tickBelow"] = at; if (!f) return;
      t.style.left = `calc(7px + (100% - 14px) * ${f.at / 2})`; t.title = `At ${shown(f.at)} the lead changes to ${f.leaders.map(j => st.hyp[j][1]).join(" and ")}`;
    });
    const tips = r._ticks.filter(t => !t.hidden).map(t => t.title); r._in.title = tips.join("\n") || "No emphasis of this item alone changes the lead";
  }
  window() {
    const g = this.scroll, across = this.st.view.across;
    if (!this.pageSize) { this.headSize = across ? this.head.offsetWidth : this.head.offsetHeight; this.pageSize = Math.max(this.size, (across ? g.clientWidth : g.clientHeight) - this.headSize); }
    return [across ? g.scrollLeft : g.scrollTop, this.pageSize];
  }
  render() {
    const st = this.st, n = st.order.length, [top, page] = this.window(), here = st.at.get(this.cur.i) ?? 0;
    const a = Math.max(0, Math.floor(top / this.size) - OVERSCAN), b = Math.min(n - 1, Math.floor((top + page) / this.size) + OVERSCAN), want = [];
    for (let p = a; p <= b; p++) want.push(p); if (n && (here < a || here > b)) here < a ? want.unshift(here) : want.push(here);   // the line that holds the tab stop is never recycled
    const keep = new Set(want); for (const [p, r] of this.lines) if (!keep.has(p)) { this.lines.delete(p); this.free.push(r); }
    let before = null; for (let q = want.length - 1; q >= 0; q--) {
      const p = want[q]; let r = this.lines.get(p); if (!r) { r = this.free.pop() ?? this.newLine(); this.fill(r, p); this.lines.set(p, r); this.body.insertBefore(r, before); this.fillTicks(r); } before = r;
    }
    for (const r of this.free) r.remove(); if (this.free.length > 40) this.free.length = 40; this.marked();
  }
  line(i = this.cur.i) { return this.lines.get(this.st.at.get(i)); }
  cell(i = this.cur.i, c = this.cur.c) { return this.line(i)?._c[c]; }
  // -- focus ------------------------------------------------------------
  mark(i, c) { const o = this.cell(); if (o) o.tabIndex = -1; this.hd[this.cur.c - FIXED]?.x.classList.remove("on"); const moved = i !== this.cur.i || c !== this.cur.c; this.cur = { i, c }; this.marked(); if (moved && !this.pane.hidden) this.fillPane(); }
  marked() { const x = this.cell(); if (x) x.tabIndex = 0; this.hd[this.cur.c - FIXED]?.x.classList.add("on"); }
  go(i, c) {
    const st = this.st, g = this.scroll, across = st.view.across, p = st.at.get(i); if (p === undefined) return;
    c = Math.max(0, Math.min(st.m + FIXED - 1, c)); const [top, page] = this.window(), y = p * this.size, along = across ? "scrollLeft" : "scrollTop";
    if (y < top) g[along] = y; else if (y + this.size > top + page) g[along] = y + this.size - page;
    this.mark(i, c); this.render(); const x = this.cell(); if (!x) return; x.tabIndex = 0; x.focus({ preventScroll: true });
    if (across) { const edge = this.line()._c[0].offsetHeight, t = x.offsetTop; if (c > 0 && t - edge < g.scrollTop) g.scrollTop = Math.max(0, t - edge); else if (t + x.offsetHeight > g.scrollTop + g.clientHeight) g.scrollTop = t + x.offsetHeight - g.clientHeight; }
    else if (c > 0) { const edge = this.line()._c[0].offsetWidth, l = x.offsetLeft; if (l - edge < g.scrollLeft) g.scrollLeft = Math.max(0, l - edge); else if (l + x.offsetWidth > g.scrollLeft + g.clientWidth) g.scrollLeft = l + x.offsetWidth - g.clientWidth; }
    else g.scrollLeft = 0;
  }
  move(lines, columns) { const st = this.st, n = st.order.length; if (!n) return; const p = Math.max(0, Math.min(n - 1, (st.at.get(this.cur.i) ?? 0) + lines)); this.go(st.order[p], this.cur.c + columns); }
  // -- keys -------------------------------------------------------------
  key(e) {
    // Streamlit binds bare letters on the page (C clears its caches, R runs again).
    e.stopPropagation();
    const st = this.st, { i, c } = this.cur, mod = e.ctrlKey || e.metaKey, across = st.view.across, inGrid = e.target.closest(".lg-scroll");
    if (e.target === this.why) { this.reasonKey(e); return; }
    if (e.key === "Escape") { if (!this.help.hidden) this.toggleHelp(false); else if (!this.ask.hidden) this.ask.hidden = true; else if (!this.pane.hidden) this.closePane(); if (e.target.matches(".lg-range,.lg-find")) this.go(i, c); return; }
    if (mod && !e.target.matches(".lg-find") && (e.key.toLowerCase() === "z" || e.key.toLowerCase() === "y")) { e.preventDefault(); this.step(e.shiftKey || e.key.toLowerCase() === "y" ? "redo" : "undo"); return; }
    if (e.target.matches(".lg-range")) { if (inGrid && e.key === "Enter") { e.preventDefault(); this.go(i, 3); } return; }
    if (!inGrid || e.target.matches("button") || !st.order.length) { if (e.target === this.find && e.key === "Enter") this.go(st.order[0] ?? 0, FIXED); return; }
    const n = st.order.length, page = Math.max(1, Math.floor(this.window()[1] / this.size) - 1); let done = true;
    switch (e.key) {
      case "ArrowRight": across ? this.move(1, 0) : this.move(0, 1); break;
      case "ArrowLeft": across ? this.move(-1, 0) : this.move(0, -1); break;
      case "ArrowDown": across ? this.move(0, 1) : this.move(1, 0); break;
      case "ArrowUp": across ? this.move(0, -1) : this.move(-1, 0); break;
      case "PageDown": this.move(page, 0); break;
      case "PageUp": this.move(-page, 0); break;
      case "Home": mod ? this.go(st.order[0], 0) : across ? this.go(st.order[0], c) : this.go(i, 0); break;
      case "End": mod ? this.go(st.order[n - 1], st.m + FIXED) : across ? this.go(st.order[n - 1], c) : this.go(i, st.m + FIXED); break;
      case "+": case "=": this.emphasise(i, STEP); break;
      case "-": case "_": case "\u2212": this.emphasise(i, -STEP); break;
      case "Enter": if (c === 3) this.line()._in.focus(); else this.openPane(c >= FIXED); break;
      case " ": this.pane.hidden ? this.openPane(false) : this.closePane(); break;
      case "?": this.toggleHelp(); break;
      case "/": this.find.focus(); this.find.select(); break;
      default:
        if (mod || e.altKey) done = false;
        else if (e.key in KEYS && c >= FIXED) this.rate(i, c - FIXED, KEYS[e.key]);
        else if (e.key === "b") { if (c >= FIXED) this.baseline(i, c - FIXED); else if (c === 3 && st.e[i] !== 1) this.commit([["emphasis", st.ev[i].id, null, null]]); }
        else if (e.key === "B") this.returnTo(i);
        else if (e.key === "t") this.turn();
        else if (e.key === "e" && !st.report) this.exclude(i);
        else done = false;
    }
    if (done) e.preventDefault();
  }
  reasonKey(e) { if (e.key === "Escape" || (e.key === "Enter" && !e.shiftKey)) { e.preventDefault(); this.keepReason(); if (e.key === "Escape") this.closePane(); this.go(this.paneAt.i, this.paneAt.c); } }
  click(e) {
    const x = e.target.closest("[data-c]"); if (!x || e.target.matches("input")) return; const i = +x.closest(".lg-line").dataset.i, c = +x.dataset.c;
    if (c === 0 && this.again) this.openPane(false);
    this.go(i, c);
  }
  // -- edits ------------------------------------------------------------
  commit(changes) { const led = this.st.leaders.join(); if (this.st.change(changes)) { this.st.views.forEach(v => v.repaintAfter(changes)); this.said(led); } }
  rate(i, j, v) { const st = this.st; if (st.r[i * st.m + j] === v) return; this.commit([["rating", st.ev[i].id, st.hyp[j][0], v === UNRATED ? "unrated" : st.codes[v][0], ""]]); }
  emphasise(i, d) { const v = snap(this.st.e[i] + d); if (v !== this.st.e[i]) this.commit([["emphasis", this.st.ev[i].id, null, v]]); }
  slide(input, released) {
    const st = this.st, own = input.dataset.emphasis, kind = own ? "emphasis" : "source-emphasis", id = own ?? input.dataset.sourceEmphasis, v = snap(+input.value), led = st.leaders.join();
    const was = st.now([kind, id, null])[3]; st.dragFrom ??= was; st.dragging = !released;
    if (!released) { if (v !== was) { st.preview(kind, id, v); st.views.forEach(w => w.repaintAfter([[kind, id]])); } this.said(led); return; }
    const from = st.dragFrom; st.dragFrom = undefined; st.paint([kind, id, null, from]); st.score();   // what the hand passed over is no step of its own to undo
    st.change([[kind, id, null, v]]); st.views.forEach(w => w.repaintAfter([[kind, id]])); this.said(led); flush(st);
  }
  step(verb) { this.st.step(verb); if (this.st.report) this.st.views.forEach(v => v.repaint()); this.st.views.forEach(v => v.paintStatus()); }
  exclude(i) { const st = this.st; if (st.report) return; this.commit([["exclusion", st.ev[i].id, null, !!st.on[i]]]); }
  baseline(i, j) { const st = this.st, k = i * st.m + j; if (st.r[k] !== st.b[k] || st.why.has(k)) this.commit([["rating", st.ev[i].id, st.hyp[j][0], null]]); }
  // A row or everything: the server knows every departure, levels and origins included.
  returnTo(i) {
    const st = this.st; if (!st.report) { st.log(["return", i === null ? null : st.ev[i].id]); return; }
    const changes = []; for (const q of i === null ? st.ev.keys() : [i]) { if (st.e[q] !== 1) changes.push(["emphasis", st.ev[q].id, null, 1]); for (let j = 0; j < st.m; j++) { const k = q * st.m + j, b = st.b[k]; if (st.r[k] !== b) changes.push(["rating", st.ev[q].id, st.hyp[j][0], b === UNRATED ? "unrated" : st.codes[b][0], ""]); } }
    if (i === null) for (const s of st.src) if (s[3] !== 1) changes.push(["source-emphasis", s[0], null, 1]);
    if (changes.length) this.commit(changes);
  }
  askReturn() {
    const st = this.st, { i } = this.cur, e = st.ev[i], a = this.ask; if (!a.hidden) { a.hidden = true; return; } a.textContent = ""; a.hidden = false;
    const act = (label, f) => { const b = text("lg-btn", label, "button", { type: "button" }); b.addEventListener("click", () => { a.hidden = true; f(); this.go(this.cur.i, this.cur.c); }); a.append(b); };
    a.append(text("", "Return to the published baseline (undo brings it back):")); if (e) act(`row ${e.label}`, () => this.returnTo(i)); act("everything", () => this.returnTo(null)); act("cancel", () => {}); a.querySelector("button").focus();
  }
  paste(e) {
    e.preventDefault(); e.stopPropagation(); const st = this.st, raw = (e.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n").replace(/\n$/, ""); if (!raw) return;
    let block = raw.split("\n").map(l => l.split("\t").map(t => t.trim())); if (st.view.across) block = block[0].map((_, q) => block.map(l => l[q] ?? ""));
    const changes = [], bad = []; let blank = 0, beyond = 0; const p0 = st.at.get(this.cur.i) ?? 0, j0 = this.cur.c - FIXED;
    if (j0 < 0) { this.toast("Paste starts at a rating: go to a cell first. Nothing was changed."); return; }
    block.forEach((l, dp) => l.forEach((t, dj) => {
      const i = st.order[p0 + dp], j = j0 + dj, word = t.toLowerCase().replace(/[\u2212\u2013\u2014]/g, "-").replace(/\s+/g, " ");
      if (!t) { blank++; return; } if (i === undefined || j >= st.m) { beyond++; return; } const v = WORDS[word]; if (v === undefined) { bad.push(t); return; }
      if (st.r[i * st.m + j] !== v) changes.push(["rating", st.ev[i].id, st.hyp[j][0], v === UNRATED ? "unrated" : st.codes[v][0], ""]);
    }));
    if (bad.length) { const digits = bad.some(t => /^\d+$/.test(t)), seen = [...new Set(bad)].slice(0, 3).map(t => `\u2018${t.slice(0, 20)}\u2019`).join(", "); this.toast(`Nothing pasted: ${seen} ${bad.length === 1 ? "is no rating" : "are no ratings"}. ` + (digits ? "Digits are refused, since scales run both ways. " : "") + "Use CC, C, N, I, II, NA, words, or ++ + - --."); return; }
    if (beyond) { this.toast(`Nothing pasted: ${beyond} of the block's cells fall outside the grid.`); return; }
    if (changes.length) this.commit(changes); this.toast(`Pasted ${changes.length} ${changes.length === 1 ? "rating" : "ratings"} that differ${blank ? `; ${blank} blank left as they were` : ""}.`);
  }
  // -- the pane ---------------------------------------------------------
  openPane(reason) { this.pane.hidden = false; this.fillPane(); this.pageSize = 0; this.go(this.cur.i, this.cur.c); if (reason) { if (this.why.disabled) this.toast("Rate the cell first: a reason is the reason of a rating."); else { this.why.focus(); this.why.setSelectionRange(this.why.value.length, this.why.value.length); } } }
  closePane() { this.keepReason(); this.pane.hidden = true; this.pageSize = 0; this.render(); this.go(this.cur.i, this.cur.c); }
  fillPane() {
    if (document.activeElement === this.why || this.lg.getRootNode().activeElement === this.why) return;
    const st = this.st, { i, c } = this.paneAt = { ...this.cur }, e = st.ev[i], j = c - FIXED; if (!e) return; set(this.paneTitle, `${e.label} ${e.title}`);
    const level = l => typeof l === "number" ? "\u00d7" + l : l, cited = e.sources.map(([k, at]) => st.src[k][1] + (at ? ", " + at : "")).join("; ");
    set(this.paneMeta, [e.kind, e.date, e.grade && "grade " + e.grade, `credibility ${level(e.credibility)}`, `relevance ${level(e.relevance)}`, e.origin && "origin " + e.origin, cited].filter(Boolean).join(" \u00b7 "));
    set(this.paneText, e.statement); set(this.paneCaveat, e.caveat ? "Caveat: " + e.caveat : ""); this.paneCaveat.hidden = !e.caveat; set(this.excluder, st.on[i] ? "Exclude item (e)" : "Take item in (e)");
    this.paneWhy.hidden = j < 0; if (j < 0) return; const k = i * st.m + j, v = st.r[k], said = n => n === UNRATED ? "unrated" : `${st.codes[n][0]}, ${st.codes[n][1]}`;
    set(this.whyLabel, `If ${st.hyp[j][1]} \u201c${st.hyp[j][2]}\u201d were true, this item would be: ${said(v)}${v !== st.b[k] ? ` (baseline: ${said(st.b[k])})` : ""}. Because\u2026`);
    this.why.disabled = v === UNRATED; let kept = null; try { kept = sessionStorage.getItem(this.draftKey()); } catch { /* no storage */ } this.why.value = kept ?? st.why.get(k) ?? "";
  }
  draftKey() { const st = this.st, { i, c } = this.paneAt; return `workbench-draft:${st.id}:${st.ev[i].id}:${st.hyp[c - FIXED][0]}`; }
  draft() { try { sessionStorage.setItem(this.draftKey(), this.why.value); } catch { /* no storage */ } }
  keepReason() {
    const at = this.paneAt, st = this.st; if (!at || this.pane.hidden || at.c < FIXED || this.why.disabled) return; const k = at.i * st.m + at.c - FIXED, t = this.why.value.trim();
    try { sessionStorage.removeItem(this.draftKey()); } catch { /* no storage */ } if (t !== (st.why.get(k) ?? "")) this.commit([["reason", st.ev[at.i].id, st.hyp[at.c - FIXED][0], "", t]]);
  }
  toggleHelp(on = this.help.hidden) { this.help.hidden = !on; if (on) this.help.querySelector("button").focus(); else this.go(this.cur.i, this.cur.c); }
  // -- painting ---------------------------------------------------------
  repaintAfter(changes) {
    const st = this.st; for (const [kind, id, hy] of changes) {
      if (kind === "source-emphasis") { this.lines.forEach(r => this.fillNumbers(r)); continue; } const r = this.line(st.row.get(id)); if (!r) continue;
      if (hy) this.fillCell(r, st.col.get(hy)); this.fillNumbers(r);
    }
    this.paintScores(); this.paintStatus(); if (!this.pane.hidden) this.fillPane();
  }
  repaint() { this.render(); this.lines.forEach(r => { this.fillNumbers(r); for (let j = 0; j < this.st.m; j++) this.fillCell(r, j); }); this.paintScores(); this.paintStatus(); if (!this.pane.hidden) this.fillPane(); }
  paintScores() {
    const st = this.st; let most = 1e-9; for (const s of st.s) most = Math.max(most, Math.abs(s));
    for (let j = 0; j < st.m; j++) {
      const h = this.hd[j], k = st.rank[j], t = k ? shown(st.s[j]) : "\u2013", tied = k && st.rank.filter(x => x === k).length > 1, rk = k ? (tied ? "=" : "#") + k : "\u2013", f = k ? Math.round(Math.abs(st.s[j]) / most * 1000) / 1000 : 0;
      if (h.t !== t) set(h.sc, (h.t = t)); if (h.r !== rk) { set(h.rk, (h.r = rk)); h.x.classList.toggle("best", k === 1); } if (h.f !== f) h.fill.style.transform = `scaleX(${(h.f = f)})`;
    }
    this.sourceRows.forEach(({ input, out }, k) => { const v = st.src[k][3]; if (+input.value !== v) input.value = v; set(out, "\u00d7" + v.toFixed(2)); input.style.setProperty("--p", v * 50 + "%"); });
    // Ticks may follow a frame later: the numbers are what the hand is waiting for.
    if (!this.soon) this.soon = requestAnimationFrame(() => { this.soon = setTimeout(() => { this.soon = 0; this.lines.forEach(r => this.fillTicks(r)); }, 0); });
  }
  paintStatus() {
    const st = this.st, p = st.pend.length + (st.orphan ? 1 : 0), n = st.order.length;
    set(this.count, n === st.n ? `${n} items` : `${n} of ${st.n} items`); this.undoer.disabled = !st.undo && !p; this.redoer.disabled = !st.redo;
    if (st.report) { set(this.status, "What if: changes stay in this page"); return; }
    const t = st.message || (st.tries > 1 && p ? "Not saved, trying again\u2026" : p || st.dragging ? "Saving\u2026" : "All changes saved");
    set(this.status, t); this.lg.dataset.saved = st.saved; this.lg.classList.toggle("saving", !st.saved); this.lg.classList.toggle("failed", !!st.message || (st.tries > 1 && p > 0));
  }
  said(before) { const st = this.st, now = st.leaders.join(); if (now !== before) set(this.live, `${st.leaders.map(j => st.hyp[j][1] + " " + st.hyp[j][2]).join(" and ")} ${st.leaders.length > 1 ? "are" : "is"} now ${st.least ? "least inconsistent" : "best supported"}`); }
  toast(t) { set(this.toastBox, t); this.toastBox.hidden = false; clearTimeout(this.toastTimer); this.toastTimer = setTimeout(() => { this.toastBox.hidden = true; }, 9000); }
}

// ---------------------------------------------------------------- entry point
export default function mount({ data, parentElement, setTriggerValue }) {
  let st = stores.get(data.matrix);
  if (!st) stores.set(data.matrix, (st = new Store(data)));
  else if (st.base !== data.base) { st.load(data); st.views.forEach(v => v.ro.disconnect()); st.views.clear(); }
  st.wake = setTriggerValue;
  let v = views.get(parentElement);
  if (!v || v.st !== st || !st.views.has(v) || !v.lg.isConnected) { if (v) { v.ro.disconnect(); st.views.delete(v); } v = new View(parentElement, st); views.set(parentElement, v); st.views.add(v); }
  const [evidence, hypothesis, visit] = data.focus ?? [];
  if (visit && st.visit !== visit && st.row.has(evidence) && st.col.has(hypothesis)) {
    st.visit = visit; const i = st.row.get(evidence); if (!st.at.has(i)) { Object.assign(st.view, { text: "", source: "", kind: "", only: "" }); v.find.value = ""; v.rearrange(); }
    requestAnimationFrame(() => { v.go(i, FIXED + st.col.get(hypothesis)); v.lg.scrollIntoView({ block: "nearest" }); });
  }
  v.paintStatus(); if (!st.report) { if (bus.last[st.id]) settle(bus.last[st.id]); flush(st, true); }
  return () => { v.keepReason(); v.ro.disconnect(); st.views.delete(v); views.delete(parentElement); };
}
