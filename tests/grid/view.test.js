// An item rated across, and the view in the address.

test("hypotheses are asked in an order of the item and the analyst, alike each time", () => {
  const ids = ["h1", "h2", "h3", "h4", "h5"];
  const orders = Array.from({ length: 40 }, (_, at) => shuffled("m", `e${at}`, ids));
  orders.forEach((order, at) => {
    same([...order].sort(), [0, 1, 2, 3, 4]);
    same(shuffled("m", `e${at}`, ids), order);
  });
  same(new Set(orders.map(String)).size > 25, true);
  // each hypothesis comes first now and then, and another analyst has another order
  same(new Set(orders.map(([first]) => first)).size, 5);
  same(orders.some((order, at) => String(shuffled("n", `e${at}`, ids)) !== String(order)), true);
});

test("what is unrated is asked, and all of an item that is rated whole", () => {
  const store = new Store(given(GOLDEN.matrices[0].payload));
  same(askedOf(store, 0).length, store.columnCount);
  store.ratings[1] = UNRATED;
  same(askedOf(store, 0), [1]);
  const arrangement = new Arrangement();
  arrangement.arrange(store);
  same([nextToRate(store, arrangement, 0), nextToRate(store, arrangement, 1)], [0, 0]);
  store.ratings[1] = 0;
  same(nextToRate(store, arrangement, 0), -1);
});

test("an address opens the view that it was written of, and keeps what else it says", () => {
  const first = new Arrangement();
  Object.assign(first, {
    text: "men at the front", source: "s-1", kind: "absence", only: "unrated",
    sort: "weight", down: true });
  const written = writtenAddress("?case=why-red", first, "e-1");
  same(new URLSearchParams(written).get("case"), "why-red");
  const second = new Arrangement();
  same(readAddress(written, second), "e-1");
  same(writtenAddress("?case=why-red", second, "e-1"), written);
  same([second.text, second.sort, second.down], ["men at the front", "weight", true]);
  same(writtenAddress(written, new Arrangement(), ""), "?case=why-red");
});

test("an address that says nothing of the view, or nonsense, changes nothing or little", () => {
  const arrangement = new Arrangement();
  Object.assign(arrangement, { text: "kept" });
  same([readAddress("?case=a", arrangement), arrangement.text], [null, "kept"]);
  same(readAddress("?item=e1&show=everything", arrangement), "e1");
  same([arrangement.text, arrangement.only, arrangement.sort], ["", "", "label"]);
});

test("a level painted here is changed once, and what is published waits for the server", () => {
  const store = new Store(given(GOLDEN.matrices[0].payload));
  const { id } = store.items[0];
  same(store.change([["credibility", id, null, "low"]]).length, 1);
  same([store.items[0].credibility, store.change([["credibility", id, null, "low"]]).length],
    ["low", 0]);
  same(store.change([["credibility", id, null, null]]).length, 1);
  same(store.items[0].credibility, "low");
  store.patch([["details", id, null, { credibility: "high" }]], new Set());
  same(store.items[0].credibility, "high");
  // what waits to be saved is not overwritten by what was before it
  const held = new Set([placeOf(["credibility", id, null])]);
  store.patch([["details", id, null, { credibility: "medium" }]], held);
  same(store.items[0].credibility, "high");
});
