// What is typed and pasted at the end of the grid, before the case has it.

const shelf = () => {
  const kept = new Map();
  return {
    kept, getItem: key => kept.get(key) ?? null,
    setItem: (key, text) => kept.set(key, text), removeItem: key => kept.delete(key),
  };
};

test("a pasted text is a title, a list without its marks, or a table by its first column", () => {
  for (const [raw, titles, table] of [
    ["One thing", ["One thing"], false],
    ["One thing\r\n\r\n  Another \n", ["One thing", "Another"], false],
    ["- First\n- Second\n\u2022 Third", ["First", "Second", "Third"], false],
    ["1. First\n2) Second\n(3) Third", ["First", "Second", "Third"], false],
    ["- First\nSecond", ["- First", "Second"], false],
    ["3 men were seen\n4 men came back", ["3 men were seen", "4 men came back"], false],
    ["Item\tH1\tH2\nA gauge\tC\tI\nA log\tI\tC", ["Item", "A gauge", "A log"], true],
    ["A title with\ta tab", ["A title with"], false],
  ]) {
    const found = listed(raw);
    same([found.titles, found.table], [titles, table], raw);
    same(found.raw, raw);
  }
});

test("what an outbox has yet to add is told by operation, whoever left it there", () => {
  const one = { act: "add-evidence", title: " A  gauge " };
  const list = { act: "add-items", titles: ["a", "b"] };
  const found = awaited({
    client: "c", pending: [[4, "act", one], [5, "change", []], [6, "act", { act: "field" }]],
    adopted: new Map([["old", [[2, "act", list]]]]),
  });
  same([...found], [["old:2", list], ["c:4", one]]);
  same([spoken(one), spoken(list), titlesOf(list)], ["A gauge", "a and 1 more", ["a", "b"]]);
  same([one, list, { act: "add-hypothesis" }, { act: "field" }].map(kindOf),
    ["evidence", "evidence", "hypothesis", ""]);
});

test("a title, a list and a refusal outlive the page, and nothing is left of what was sent", () => {
  const storage = shelf();
  const first = new Entries("m:grid:evidence", storage);
  first.type("half a ti");
  same(new Entries("m:grid:evidence", storage).text, "half a ti");
  first.type("  whole title ");
  same([first.take(), first.text, storage.kept.size], ["whole title", "", 0]);
  same(first.take(), "");
  first.paste(listed("a\nb"));
  first.refuse({ act: "add-evidence", title: "x" }, "the disk is full");
  const again = new Entries("m:grid:evidence", storage);
  same(again.pasted.titles, ["a", "b"]);
  same(again.refused, [{ request: { act: "add-evidence", title: "x" }, reason: "the disk is full" }]);
  again.paste(null);
  same([again.withdraw(0).title, again.withdraw(0), storage.kept.size], ["x", undefined, 0]);
});

test("a browser that keeps nothing, or something damaged, says so and loses nothing", () => {
  const refuses = { ...shelf(), setItem: () => { throw new Error("full"); } };
  const entries = new Entries("m", refuses);
  entries.type("typed");
  same([entries.kept, entries.text], [false, "typed"]);
  same(new Entries("m", { ...shelf(), getItem: () => "{" }).text, "");
});

test("what a case lacks is said one thing after another, and then nothing", () => {
  const said = (columnCount, itemCount, ratings = []) => (
    whatNext({ columnCount, itemCount, ratings: Uint8Array.from(ratings) }));
  same(said(0, 0).includes("no hypotheses yet"), true);
  same(said(1, 3).includes("second hypothesis"), true);
  same(said(2, 0).includes("no evidence yet"), true);
  same(said(2, 1, [6, 6]).includes("Rate each item"), true);
  same(said(2, 1, [6, 3]), "");
});

test("a new item is shown last though it does not match, until another is gone to", () => {
  const store = new Store(given(GOLDEN.matrices[3].payload));
  const arrangement = new Arrangement();
  arrangement.arrange(store);
  const last = store.items[store.itemCount - 1].id;
  arrangement.invite([store.items[0].id]);
  same(arrangement.guests.size, 0, "nothing to be seen again: all is shown");
  arrangement.text = "what no item says";
  arrangement.invite([last]);
  arrangement.arrange(store);
  same(arrangement.order, [store.itemCount - 1]);
  Object.assign(arrangement, { text: "", sort: "weight", down: true });
  arrangement.arrange(store);
  same([arrangement.order.length, arrangement.order.at(-1)],
    [store.itemCount, store.itemCount - 1]);
  arrangement.clear();
  same(arrangement.guests.size, 0);
});
