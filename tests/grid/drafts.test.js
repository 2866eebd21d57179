// A field and its draft, with a storage and a clock that are turned by hand.

const laid = (value, more = {}) => {
  const kept = new Map();
  const around = {
    kept, sent: [], timers: [],
    storage: {
      getItem: key => kept.get(key) ?? null,
      setItem: (key, text) => kept.set(key, text),
      removeItem: key => kept.delete(key),
    },
    later: (act, ms) => { around.timers.push([act, ms]); return act; },
    cancel: timer => { around.timers = around.timers.filter(([act]) => act !== timer); },
    send: request => { around.sent.push(request); return `c:${around.sent.length}`; },
    ...more,
  };
  around.draft = new Draft("m:title", { act: "field" }, value, around);
  around.pass = () => { const due = around.timers; around.timers = []; due.forEach(([act]) => act()); };
  around.reload = now => new Draft("m:title", { act: "field" }, now, around);
  return around;
};
const all = () => true;

test("a text is kept at each key, sent once after the pause, and then no draft", () => {
  const around = laid("old");
  for (const text of ["n", "ne", "new"]) around.draft.type(text);
  same(JSON.parse(around.kept.get("workbench-draft:m:title")).typed, "new");
  same([around.draft.phase, around.sent.length, around.timers.length], ["draft", 0, 1]);
  same(around.timers[0][1], PAUSE_MS);
  around.pass();
  same(around.sent, [{ act: "field", value: "new", was: "old" }]);
  same(around.draft.phase, "saving");
  around.draft.hear(all, {});
  same([around.draft.phase, around.draft.shown, around.kept.size], ["saved", "new", 0]);
});

test("what is typed while the first is on its way is sent upon that", () => {
  const around = laid("old");
  around.draft.type("one");
  around.draft.commit();
  around.draft.type("two");
  around.draft.take("one");
  same(around.draft.phase, "draft");
  around.draft.hear(all, {});
  around.draft.commit();
  same(around.sent.map(({ value, was }) => [value, was]), [["one", "old"], ["two", "one"]]);
  around.draft.hear(all, {});
  same([around.draft.phase, around.draft.shown], ["saved", "two"]);
});

test("a refused text stays, with the reason, and may be mended", () => {
  const around = laid("2024");
  around.draft.type("spring");
  around.draft.commit();
  around.draft.hear(all, { "c:1": "use a date" });
  same([around.draft.phase, around.draft.reason, around.draft.shown],
    ["refused", "use a date", "spring"]);
  around.draft.type("2025");
  around.draft.commit();
  same(around.sent[1], { act: "field", value: "2025", was: "2024" });
});

test("a change by another hand asks which, and each answer holds", () => {
  for (const [own, value] of [[true, "mine"], [false, "theirs"]]) {
    const around = laid("old");
    around.draft.type("mine");
    around.draft.take("theirs");
    same(around.draft.phase, "differs");
    around.pass();
    same(around.sent, []);
    around.draft.choose(own);
    same(around.draft.shown, value);
    same(around.sent, own ? [{ act: "field", value: "mine", was: "theirs" }] : []);
  }
});

test("a draft is restored after a reload, and beside what was changed since", () => {
  const around = laid("old");
  around.draft.type("half a sen");
  same([around.reload("old").phase, around.reload("old").shown], ["restored", "half a sen"]);
  same(around.reload("new").phase, "differs");
  same([around.reload("half a sen").phase, around.kept.size], ["saved", 0]);
});

test("a sent text that the case has by now is no draft after a reload", () => {
  const around = laid("old");
  around.draft.type("one");
  around.draft.commit();
  around.draft.type("one and more");
  same([around.reload("one").phase, around.reload("one").shown], ["restored", "one and more"]);
});

test("what was on its way at a reload is no other hand when it arrives", () => {
  const around = laid("old");
  around.draft.type("one");
  around.draft.commit();
  around.draft.type("one, two");
  const again = around.reload("old");
  again.take("one");
  same([again.phase, again.shown], ["restored", "one, two"]);
  again.take("by another hand");
  same(again.phase, "differs");
});

test("what is only begun is kept, and outlives what is saved beside it", () => {
  const half = [{ source: "s" }, { at: "p. 2" }];
  const around = laid([{ source: "s" }]);
  around.draft.type([{ source: "s" }], half);
  around.pass();
  same([around.sent, around.draft.phase, around.draft.shown], [[], "draft", half]);
  same([around.reload([{ source: "s" }]).shown], [half]);
  around.draft.type([{ source: "t" }], [{ source: "t" }, { at: "p. 2" }]);
  around.pass();
  same(around.sent.map(({ value }) => value), [[{ source: "t" }]]);
  around.draft.hear(all, {});
  around.draft.take([{ source: "t" }]);
  same([around.draft.phase, around.draft.shown.length], ["draft", 2]);
  same(around.reload([{ source: "t" }]).shown.length, 2);
  around.draft.type([{ source: "t" }, { source: "s", at: "p. 2" }]);
  around.pass();
  around.draft.hear(all, {});
  same([around.draft.phase, around.kept.size], ["saved", 0]);
});

test("a row that is only begun stays beside what the list says by now", () => {
  const [first, begun, made] = [{ source: "s" }, { at: "p. 2" }, { source: "made" }];
  const around = laid([first]);
  around.draft.type([first], [first, begun]);
  for (const stands of [[first, made], [first], []]) {
    around.draft.take(stands);
    around.pass();
    same([around.sent, around.draft.phase, around.draft.shown], [[], "draft", [...stands, begun]]);
    same(around.reload(stands).shown, [...stands, begun]);
  }
  const later = around.reload([made]);
  same([later.phase, later.shown], ["restored", [made, begun]]);
});

test("a browser that keeps nothing says so, and the text is sent all the same", () => {
  const refuse = () => { throw new Error("full"); };
  const storage = { getItem: () => null, setItem: refuse, removeItem: refuse };
  const around = laid("old", { storage });
  around.draft.type("new");
  same([around.draft.kept, around.draft.shown], [false, "new"]);
  around.pass();
  same(around.sent.length, 1);
});

test("values are alike that differ in the order of keys or in saying nothing", () => {
  for (const [one, other] of [
    [{ a: 1, b: [] }, { a: 1 }], [[], null], ["", undefined],
    [[{ at: "p. 2", source: "s" }], [{ source: "s", at: "p. 2" }]],
  ]) same(spelled(one), spelled(other));
  for (const [one, other] of [["a", "b"], [["a", "b"], ["b", "a"]], [0, null], ["1", 1]]) {
    same(spelled(one) === spelled(other), false);
  }
});
