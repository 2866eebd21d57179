// The golden vectors of the Python method, and what the store does with changes.

const [, , SAMPLE] = GOLDEN.matrices;
const made = matrix => new Store(given(matrix.payload));
const cellOf_ = (store, id, hypothesis) => (
  store.rowOf.get(id) * store.columnCount + store.columnOf.get(hypothesis));

test("scores, ranks and leaders are those of the Python method", () => {
  GOLDEN.matrices.forEach((matrix, at) => {
    const store = made(matrix);
    close([...store.scores].map((x, j) => store.ranks[j] ? x : 0),
      matrix.scores.map((x, j) => matrix.ranks[j] ? x : 0), `scores of ${at}`);
    same(store.ranks, matrix.ranks, `ranks of ${at}`);
    same([...store.leaders].sort((a, b) => a - b), matrix.leaders, `leaders of ${at}`);
  });
});

test("weights and diagnosticity are those of the Python method", () => {
  GOLDEN.matrices.forEach((matrix, at) => {
    const store = made(matrix);
    const rows = [...store.items.keys()];
    close(rows.map(row => store.weightOf(row)), matrix.weights, `weights of ${at}`);
    matrix.diagnosticity.forEach((wanted, row) => {
      if (wanted !== null) close([store.diagnosticity(row)], [wanted], `${at}, row ${row}`);
    });
  });
});

test("tipping emphases are those of the Python method", () => {
  GOLDEN.matrices.forEach((matrix, at) => {
    const store = made(matrix);
    matrix.tipping.forEach((wanted, row) => {
      const found = tipping(store, row);
      wanted.forEach((tip, side) => {
        const about = `matrix ${at}, row ${row}, ${side ? "above" : "below"}`;
        same(found[side] === null, tip === null, about);
        if (tip === null) return;
        close([found[side].at], [tip.at], about);
        same([...found[side].leaders].sort((a, b) => a - b), tip.leaders, about);
      });
    });
  });
});

test("while a round is blind no score, rank or tick is there, and what is left counts", () => {
  const { frame } = SAMPLE.payload;
  const store = new Store(given({ ...SAMPLE.payload, frame: { ...frame, blind: true } }));
  same([...store.scores].every(one => one === 0), true, "scores");
  same(store.ranks.every(one => one === 0), true, "ranks");
  same(store.leaders, [], "leaders");
  store.items.forEach((_, row) => same(tipping(store, row), [null, null], `row ${row}`));
  const row = store.items.findIndex((_, at) => store.active[at]);
  const place = ["rating", store.items[row].id, store.hypotheses[0].id];
  store.change([[...place, "unrated"]]);
  const left = store.unratedCount;
  store.change([[...place, "C"]]);
  same(store.unratedCount, left - 1, "counted down");
  same(store.ranks.every(one => one === 0), true, "ranks after a rating");
  store.takeFrame(frame);
  same(store.leaders.length > 0, true, "leaders once it is revealed");
});

test("numbers are rounded as the reports round them", () => {
  GOLDEN.rounding.forEach(([value, text]) => same(shown(value), text, String(value)));
});

test("texts are read as the importer reads them, and digits are not", () => {
  GOLDEN.words.forEach(([text, wanted]) => (
    same(readRating(text, GOLDEN.common.words) ?? null, wanted, JSON.stringify(text))));
});

test("ratings and reasons stand as the ledger's replay has them", () => {
  const store = new Store(given(GOLDEN.reasons.payload));
  GOLDEN.reasons.steps.forEach(({ change, code, because }, at) => {
    store.change([change]);
    const cell = cellOf_(store, change[1], change[2]);
    same(store.word(store.ratings[cell]), code, `step ${at}`);
    same(store.reasons.get(cell) ?? "", because, `step ${at}`);
  });
});

test("what waits to be saved is painted over what is loaded, and survives a load", () => {
  const store = made(SAMPLE);
  const [item] = store.items;
  const [hypothesis] = store.hypotheses;
  const changes = [["rating", item.id, hypothesis.id, "II", "Mine."],
    ["emphasis", item.id, null, 0.35]];
  const done = store.change(changes);
  same(done, changes);
  const scores = [...store.scores];
  store.load(given(SAMPLE.payload, { base: "another" }), done);
  same(store.word(store.ratings[cellOf_(store, item.id, hypothesis.id)]), "II");
  same(store.reasons.get(cellOf_(store, item.id, hypothesis.id)), "Mine.");
  same(store.emphases[0], 0.35);
  close([...store.scores], scores);
});

test("an exclusion that waits is shown, and a weight not yet heard of counts nothing", () => {
  const store = made(SAMPLE);
  const [{ id }] = store.items;
  const was = [...store.scores];
  const weight = store.weightOf(0);
  store.cover([["exclusion", id, null, true], ["exclusion", "gone", null, true]]);
  same([store.active[0], store.weightOf(0)], [0, 0]);
  store.cover([["exclusion", id, null, false]]);
  same([store.active[0], store.weightOf(0)], [1, weight]);
  close([...store.scores], was);
  const weights = [null, ...SAMPLE.payload.frame.weights.slice(1)];
  store.takeFrame({ ...SAMPLE.payload.frame, weights });
  const without = [...store.scores];
  store.cover([["exclusion", id, null, false]]);
  same([store.active[0], shown(store.weightOf(0))], [1, "\u2026"]);
  close([...store.scores], without);
  same(tipping(store, 0), [null, null]);
});

test("a change that waits for an item the case no longer has is passed over", () => {
  const store = made(SAMPLE);
  const scores = [...store.scores];
  store.cover([["rating", "gone", "h1", "II"], ["emphasis", "gone", null, 2],
    ["rating", store.items[0].id, "gone", "II"], ["source-emphasis", "gone", null, 0]]);
  close([...store.scores], scores);
});

test("no change made elsewhere overwrites a cell that waits to be saved", () => {
  const store = made(SAMPLE);
  const [{ id }] = store.items;
  const [one, other] = store.hypotheses.map(hypothesis => hypothesis.id);
  store.change([["rating", id, one, "II"]]);
  const held = new Set([["reason", id, one]].map(placeOf));
  store.patch([["rating", id, one, 0, ""], ["rating", id, other, 3, "Theirs."]], held);
  same(store.word(store.ratings[cellOf_(store, id, one)]), "II");
  same(store.word(store.ratings[cellOf_(store, id, other)]), "I");
  same(store.reasons.get(cellOf_(store, id, other)), "Theirs.");
});

test("in a report what was changed is undone, done again and returned", () => {
  const store = new Store(given(SAMPLE.payload, { mode: "report" }));
  const [{ id }] = store.items;
  const [{ id: hypothesis }] = store.hypotheses;
  const standing = () => [store.standing(["rating", id, hypothesis]), [...store.scores]];
  const before = standing();
  store.change([["rating", id, hypothesis, "II", "Mine."]]);
  const after = standing();
  store.stepLocally("undo");
  same(standing(), before);
  store.stepLocally("redo");
  same(standing(), after);
  store.change(departures(store, null));
  same([...store.ratings], [...store.baseline]);
  same(departures(store, null), []);
});

test("items are filtered and sorted, and each keeps its row", () => {
  const store = new Store(given(GOLDEN.matrices[0].payload));
  const arrangement = new Arrangement();
  arrangement.arrange(store);
  same(arrangement.order, [0, 1, 2]);
  arrangement.sortBy("diagnosticity", true);
  arrangement.arrange(store);
  same(arrangement.order.at(-1), 2);
  arrangement.sortBy("diagnosticity", true);
  arrangement.arrange(store);
  same(arrangement.order[0], 2);
  Object.assign(arrangement, { text: "TITLE of e2" });
  arrangement.arrange(store);
  same([arrangement.order, arrangement.placeOf.get(1)], [[1], 0]);
  arrangement.clear();
  arrangement.only = "nondiagnostic";
  arrangement.arrange(store);
  same(arrangement.order, [2]);
});

test("an item with fewer than two rated cells separates nothing, and is not said to", () => {
  const store = new Store(given(GOLDEN.matrices[1].payload));  // NA NA, I unrated
  same([0, 1].map(row => store.spreads(row).length), [0, 1]);
  const arrangement = new Arrangement();
  arrangement.only = "nondiagnostic";
  arrangement.arrange(store);
  same(arrangement.order, []);
});

test("a ragged block is laid whole over the grid, turned or not", () => {
  const store = new Store(given(GOLDEN.matrices[0].payload));
  const arrangement = new Arrangement();
  arrangement.arrange(store);
  const paste = (turned, raw, column = 0) => {
    arrangement.turned = turned;
    const { changes, said } = pasted(store, arrangement, { row: 0, column }, raw);
    return [changes.map(([, id, hypothesis, to]) => `${id} ${hypothesis} ${to}`), said];
  };
  const cells = ["e1 h1 II", "e1 h2 II", "e2 h2 II", "e3 h2 II"];
  same(paste(false, "II\tII\n\tII\n\tII")[0], cells);
  same(paste(true, "II\nII\tII\tII")[0], cells);
  same(paste(true, "II\tII\tII\tII\nII")[0], []);
  same(paste(true, "II\tII\tII\tII\nII")[1],
    "Nothing pasted: 1 of the block's cells falls outside the grid.");
  same(paste(false, "II\tII\nII\tII\tII\tII")[0], []);
  same(paste(false, "II\t3\nno idea")[1].startsWith("Nothing pasted: \u20183\u2019, "), true);
});
