// The outbox, with a storage, locks and timers that are turned by hand.

class Shelf {
  constructor() { this.map = new Map(); this.refuses = false; }
  get length() { return this.map.size; }
  key(at) { return [...this.map.keys()][at] ?? null; }
  getItem(key) { return this.map.get(key) ?? null; }
  setItem(key, value) { if (this.refuses) throw new Error("full"); this.map.set(key, value); }
  removeItem(key) { this.map.delete(key); }
}

class Locks {
  constructor() { this.held = new Set(); }
  request(name, options, act = options) {
    const free = !this.held.has(name);
    if (free) this.held.add(name);
    return act(free ? {} : null);
  }
  letGo(client) { this.held.delete(`workbench-client:${client}`); }
}

let names = 0;
const surrounded = (more = {}) => {
  const around = {
    bus: new EventTarget(), storage: new Shelf(), tab: new Shelf(), locks: new Locks(),
    time: 0, timers: [],
    later: (act, ms) => { const timer = { act, at: around.time + ms }; around.timers.push(timer); return timer; },
    cancel: timer => { around.timers = around.timers.filter(one => one !== timer); },
    now: () => around.time,
    name: () => `client-${names += 1}`,
    ...more,
  };
  around.sent = [];
  around.bus.addEventListener("ops", event => around.sent.push(event.detail));
  around.pass = ms => {
    around.time += ms;
    const due = around.timers.filter(timer => timer.at <= around.time);
    around.timers = around.timers.filter(timer => timer.at > around.time);
    due.forEach(timer => timer.act());
  };
  return around;
};
const answer = (outbox, more = {}) => outbox.settle({
  matrix: outbox.matrix, heard: `${outbox.client}:${outbox.batch}`, refused: [],
  error: "", told: "", undo: true, redo: false, acks: {}, ...more });
const change = to => [["rating", "e1", "h1", to]];
const numbers = batch => batch.batches.map(([client, operations]) => (
  [client, operations.map(([number]) => number)]));

test("one batch is in flight, and the next carries all that is not acknowledged", () => {
  const around = surrounded();
  const outbox = new Outbox("m", around);
  outbox.log("change", change("I"));
  outbox.log("change", change("II"));
  outbox.log("undo");
  same(around.sent.map(numbers), [[[outbox.client, [1]]]]);
  answer(outbox, { acks: { [outbox.client]: 1 } });
  same(numbers(around.sent[1]), [[outbox.client, [2, 3]]]);
  same(outbox.saved, false);
  answer(outbox, { acks: { [outbox.client]: 3 } });
  same([outbox.saved, outbox.status, around.sent.length], [true, "All changes saved", 2]);
  same(around.storage.length, 0);
});

test("an unanswered batch is sent again, and then the whole page is run", () => {
  const around = surrounded();
  const outbox = new Outbox("m", around);
  let woken = 0;
  outbox.wake = () => { woken += 1; };
  outbox.log("change", change("I"));
  around.pass(RESEND_MS);
  same([around.sent.length, woken], [2, 0]);
  around.pass(2 * RESEND_MS);
  same([around.sent.length, woken, outbox.status], [3, 1, "Not saved, trying again\u2026"]);
  answer(outbox, { acks: { [outbox.client]: 1 } });
  same([outbox.saved, around.timers.length], [true, 0]);
});

test("a server that does not answer is told, whether anything waits or not", () => {
  const outbox = new Outbox("m", surrounded());
  const told = [];
  outbox.listeners.add(() => told.push(`${outbox.failing} ${outbox.status}`));
  outbox.disconnected();
  outbox.log("change", change("I"));
  outbox.reconnected();
  same(told, [
    "true The server does not answer, trying again\u2026",
    "true Not saved. The server does not answer, trying again\u2026",
    "false Saving\u2026"]);
});

test("a question without an answer is asked again though nothing waits", () => {
  const around = surrounded();
  const outbox = new Outbox("m", around);
  let woken = 0;
  outbox.wake = () => { woken += 1; };
  outbox.flush(true);
  around.pass(RESEND_MS);
  around.pass(2 * RESEND_MS);
  same([around.sent.length, woken, outbox.saved], [3, 1, true]);
});

test("a connection that is there again has the page run at once and sends what waits", () => {
  const around = surrounded();
  const outbox = new Outbox("m", around);
  let woken = 0;
  outbox.wake = () => { woken += 1; };
  outbox.log("change", change("I"));
  outbox.reconnected();
  same(woken, 1);
  // the page is drawn anew, by a server that has not heard of this document
  answer(outbox, { heard: "" });
  same([around.sent.length, numbers(around.sent[1])], [2, [[outbox.client, [1]]]]);
});

test("an older answer leaves the batch in flight alone", () => {
  const around = surrounded();
  const outbox = new Outbox("m", around);
  outbox.log("change", change("I"));
  around.pass(RESEND_MS);
  answer(outbox, { heard: `${outbox.client}:1` });
  same([around.sent.length, around.timers.length], [2, 1]);
});

test("what could not be saved is said, sent again, and no longer said once it is", () => {
  const around = surrounded();
  const outbox = new Outbox("m", around);
  outbox.log("change", change("I"));
  answer(outbox, { error: "Not saved: the database is locked" });
  same([outbox.status, outbox.failing], ["Not saved: the database is locked", true]);
  around.pass(RESEND_MS);
  same(around.sent.length, 2);
  answer(outbox, { heard: "client-elsewhere:7", acks: { [outbox.client]: 1 } });
  same([outbox.status, outbox.failing], ["All changes saved", false]);
});

test("a refusal is told once, to those who listen", () => {
  const outbox = new Outbox("m", surrounded());
  const heard = [];
  outbox.listeners.add((_, said) => said && heard.push(said));
  outbox.log("undo");
  const refused = ["there is nothing to undo"];
  answer(outbox, { acks: { [outbox.client]: 1 }, refused });
  outbox.settle({ matrix: "m", heard: "", refused, acks: {}, error: "", told: "" });
  same(heard, refused);
});

test("two reloads keep what waits, under the numbers it was sent by", () => {
  const around = surrounded();
  const first = new Outbox("m", around);
  first.log("change", change("I"));
  first.preview(["emphasis", "e1", null, 0.5]);
  first.log("change", change("II"));
  around.locks.letGo(first.client);
  const second = new Outbox("m", around);
  same([second.count, second.changes.length], [2, 2]);
  second.log("change", change("N"));
  [first, second].forEach(one => around.locks.letGo(one.client));
  const third = new Outbox("m", around);
  same([third.count, third.changes.map(one => one[3])], [3, ["I", "II", "N"]]);
  same(numbers(around.sent.at(-1)).flat(2).includes(third.client), false);
  third.settle({ matrix: "m", heard: "", refused: [], error: "", told: "", acks: { [first.client]: 3 } });
  same(third.count, 1);
  third.settle({ matrix: "m", heard: "", refused: [], error: "", told: "", acks: { [second.client]: 1 } });
  same([third.saved, around.storage.length], [true, 0]);
});

test("a tab leaves alone what another that lives has yet to save", () => {
  const around = surrounded();
  const first = new Outbox("m", around);
  first.log("change", change("I"));
  const second = new Outbox("m", around);
  same(second.saved, true);
  around.pass(RESEND_MS);
  same(second.saved, true);
  around.locks.letGo(first.client);
  around.pass(RESEND_MS);
  same([second.count, second.adopted.has(first.client)], [1, true]);
});

test("without locks a document of this tab, or one long silent, is taken to be gone", () => {
  const around = surrounded({ locks: null });
  const first = new Outbox("m", around);
  first.log("change", change("I"));
  same(new Outbox("m", { ...around, tab: new Shelf() }).saved, true);
  same(new Outbox("m", around).count, 1);
  around.time += GONE_MS + 1;
  same(new Outbox("m", { ...around, tab: new Shelf() }).count, 1);
});

test("another analyst, case or ledger never sees what waits", () => {
  const around = surrounded();
  const first = new Outbox("m", around);
  first.log("change", change("I"));
  around.locks.letGo(first.client);
  same(new Outbox("n", around).saved, true);
  first.settle({ matrix: "n", heard: "", acks: { [first.client]: 1 }, refused: [] });
  same(first.saved, false);
});

test("a closed outbox sends nothing until it is opened", () => {
  const around = surrounded();
  const outbox = new Outbox("m", around);
  outbox.open = false;
  outbox.log("change", change("I"));
  same(around.sent.length, 0);
  outbox.open = true;
  outbox.flush();
  same(around.sent.length, 1);
});

test("a browser that keeps nothing, or something damaged, loses nothing in the page", () => {
  const around = surrounded();
  around.storage.setItem("workbench-unsaved:m:damaged", "{");
  around.storage.setItem("workbench-unsaved:m:other", "[1]");
  around.storage.refuses = true;
  const outbox = new Outbox("m", around);
  outbox.log("change", change("I"));
  same([outbox.count, outbox.kept], [1, false]);
  same(new Outbox("m", surrounded({ storage: null, tab: null })).saved, true);
});

test("of a drag only the last place not yet sent is sent, and none is kept", () => {
  const around = surrounded();
  const outbox = new Outbox("m", around);
  [0.9, 0.8, 0.7].forEach(value => outbox.preview(["emphasis", "e1", null, value]));
  same(outbox.pending.map(([, , one]) => one[3]), [0.9, 0.7]);
  same([around.storage.length, outbox.count, outbox.saved], [0, 0, false]);
});

test("what a step or a return leaves is kept to be shown, and not sent", () => {
  const around = surrounded();
  const first = new Outbox("m", around);
  const rated = to => [["rating", "e1", "h1", to, ""]];
  first.log("change", rated("I"), { before: rated("C"), after: rated("I") });
  first.log("return", "e2", { before: [], after: [["emphasis", "e2", null, 1]] });
  first.log("undo");
  first.log("undo");
  first.log("redo");
  around.locks.letGo(first.client);
  const second = new Outbox("m", around);
  same([second.count, second.changes], [5, [
    ...rated("I"), ["emphasis", "e2", null, 1], ...rated("C"), ...rated("I")]]);
  const sent = around.sent.at(-1).batches.flatMap(([, operations]) => operations);
  same(sent.map(operation => operation.slice(1)), [["change", rated("I")],
    ["return", "e2"], ["undo", null], ["undo", null], ["redo", null]]);
});

test("a step over what this document did not do is counted and shows nothing", () => {
  const outbox = new Outbox("m", surrounded());
  outbox.log("undo");
  outbox.log("act", { act: "add-evidence" });
  outbox.log("undo");
  same([outbox.count, outbox.changes], [3, []]);
});

test("a question that was lost while the page was drawn is asked again at once", () => {
  const around = surrounded();
  const outbox = new Outbox("m", around);
  outbox.grid = () => ({ revision: 0, frame: "f", base: "b" });
  outbox.flush(true);
  answer(outbox, { heard: "" });
  same([around.sent.length, around.sent[1].base], [2, "b"]);
  answer(outbox);
  answer(outbox, { heard: "client-elsewhere:7" });
  same(around.sent.length, 2);
});

test("what was written and is refused is a draft again, with what was begun since", () => {
  const around = surrounded();
  const outbox = new Outbox("m", around);
  const spot = { evidence: "e1", hypothesis: null };
  outbox.log("comment", { ...spot, text: "Who says so?", answers: null });
  outbox.log("change", [["reason", "e1", "h1", "", "Seen twice"], ["rating", "e1", "h1", "I"]]);
  outbox.log("change", [["reason", "e1", "h2", "", "Stored"]]);
  around.storage.setItem(commentSlot("m", spot), "And when?");
  const { client } = outbox;
  const reasons = { [`${client}:1`]: "no", [`${client}:2`]: "no", [`${client}:9`]: "no" };
  same(giveBack(outbox, reasons, around.storage).length, 2);
  same(around.storage.getItem(commentSlot("m", spot)), "Who says so?\n\nAnd when?");
  same(around.storage.getItem(reasonSlot("m", "e1", "h1")), "Seen twice");
  same(around.storage.getItem(reasonSlot("m", "e1", "h2")), null);
  // a reason that is typed anew meanwhile stands
  outbox.adopted.set("gone", [[1, "change", [["reason", "e1", "h1", "", "Older"]]]]);
  giveBack(outbox, { "gone:1": "no" }, around.storage);
  same(around.storage.getItem(reasonSlot("m", "e1", "h1")), "Seen twice");
  around.storage.refuses = true;
  same(giveBack(outbox, reasons, around.storage), []);
});
