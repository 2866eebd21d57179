"""A grid that is told what became of its case shows what one drawn anew would."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import Any

from tests.builders import make_case
from workbench.case.editing import acts, together
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Rating, Source
from workbench.grid import bundle
from workbench.grid.line import Line
from workbench.grid.payload import base, frame, reshape, snapshot
from workbench.method.matrix import build

MODULES = tuple(m for m in bundle.GRID if m not in ("index", "browser"))
_COMPARE = """
const PLAIN = ["base", "question", "hypotheses", "sources", "items", "leaders", "ranks",
  "ruleTitle", "leastFirst", "canUndo", "isPublished"];
const MANY = ["ratings", "baseline", "emphases", "values", "active", "weights",
  "scores", "rated"];
const seen = store => [
  ...PLAIN.map(key => [key, store[key]]),
  ...MANY.map(key => [key, [...store[key]]]),
  ...["published", "reasons"].map(key => (
    [key, [...store[key]].sort(([one], [other]) => one - other)])),
];
return TOLD.map(([before, shape, frame, after]) => {
  const store = new Store(before);
  reshape(store, shape);
  store.takeFrame(frame);
  const anew = new Store(after);
  return [JSON.stringify(seen(store)), JSON.stringify(seen(anew))];
});
"""


def an_act(case: Case, chance: random.Random) -> Case:
    """Change a case as a person might."""
    item = chance.choice(case.evidence)
    hypothesis = chance.choice(case.hypotheses)
    word = f"Word {chance.randint(1, 999)}"
    source = Source(f"s-{chance.randint(1, 999)}", word)
    sourced = acts.with_evidence(case, item.id, sources=case.evidence[0].sources)
    ways = (
        acts.add_evidence(case, word).case,
        acts.add_items(case, [word, f"{word} and more"]),
        acts.add_hypothesis(case, word).case,
        acts.with_evidence(case, item.id, title=word, credibility="low"),
        acts.with_evidence(
            case, item.id, ratings={hypothesis.id: Rating(Consistency.CC, word)}
        ),
        acts.with_hypothesis(case, hypothesis.id, title=word),
        acts.with_hypothesis(case, hypothesis.id, status="parked"),
        acts.with_hypothesis(case, hypothesis.id, status="active"),
        acts.with_question(case, question=word),
        acts.move(case, case.evidence[0].id, None),
        replace(sourced, sources=(source, *case.sources)),
        together.duplicate(case, item.id).case,
        acts.delete_evidence(case, item.id) if len(case.evidence) > 1 else case,
        acts.delete_hypothesis(case, hypothesis.id)
        if len(case.hypotheses) > 1
        else case,
    )
    return chance.choice(ways)


def judged(case: Case, chance: random.Random) -> Judgments:
    """Judge some of a case, hypotheses that are parked among it."""
    codes = list(Consistency)
    cells = {
        (item.id, one.id): Rating(chance.choice(codes), chance.choice(["", "So."]))
        for item in case.evidence
        for one in case.hypotheses
        if chance.random() < 0.3
    }
    emphases = {item.id: 0.5 for item in case.evidence if chance.random() < 0.3}
    return Judgments(ratings=cells, emphases=emphases)


def plain(value: object) -> Any:
    return json.loads(json.dumps(value))


def test_rows_and_columns_laid_over_a_grid_are_those_of_one_drawn_anew(run):
    chance = random.Random(11)
    told = []
    for number in range(60):
        before = make_case("E1: C I", "E2: N -", "E3: II CC", sources={"e1": ["s"]})
        if number % 4 == 0:
            before = acts.with_hypothesis(before, "h2", status="parked")
        after = before
        for _ in range(1 + number % 3):
            after = an_act(after, chance)
        # what is judged otherwise meanwhile comes by patches, and is no part of this
        own = judged(before, chance)
        matrix = build(after, own)
        given = snapshot(build(before, own), "m", 1)
        shape, again = reshape(before, matrix), snapshot(matrix, "m", 1)
        told.append(plain([given, shape, frame(matrix), again]))
        assert base(after) == shape["base"]
    script = f"{bundle.script(MODULES)}\nconst TOLD = {json.dumps(told)};\n{_COMPARE}"
    for found, wanted in run(script):
        assert json.loads(found) == json.loads(wanted)


def test_an_item_more_is_told_in_a_few_hundred_bytes():
    rows = [f"E{number}: C I N" for number in range(1, 301)]
    case = make_case(*rows)
    after = acts.add_evidence(case, "One more").case
    matrix = build(after, Judgments())
    line = Line("m")
    line.cases[base(case)] = case
    old = frame(build(case, Judgments()))
    line.frames[old["key"]] = old
    line.base, line.frame = base(case), old["key"]
    shape, light = reshape(case, matrix), line._frame(matrix)
    assert light is not None
    assert light["changed"] == [[300, frame(matrix)["weights"][300]]]
    assert [row[1]["title"] for row in shape["rows"]] == ["One more"]
    assert len(json.dumps([shape, light])) < 1000


def test_a_hypothesis_that_is_taken_up_again_brings_its_column_and_no_row():
    case = make_case(*(f"E{number}: C I N" for number in range(1, 301)))
    parked = acts.with_hypothesis(case, "h2", status="parked")
    shape = reshape(parked, build(case, Judgments()))
    assert shape["rows"] == []
    assert shape["columns"] == [["h2", "3" * 300, "3" * 300, {}, {}]]
    assert reshape(case, build(parked, Judgments()))["columns"] == []
    more = acts.add_hypothesis(case, "Another").case
    assert reshape(case, build(more, Judgments()))["columns"] == []  # it is unrated
    own = Judgments(ratings={("e1", "h2"): Rating(Consistency.CC, "So.")})
    ((_, ratings, baseline, told, reasons),) = reshape(parked, build(case, own))[
        "columns"
    ]
    assert (ratings[:2], baseline[:2], told, reasons) == ("03", "33", {}, {0: "So."})


def test_a_source_more_at_the_end_sends_no_row_anew():
    case = make_case("E1: C I", "E2: N -", sources={"e1": ["s"]})
    added = acts.add_source(case, "Later").case
    assert reshape(case, build(added, Judgments()))["rows"] == []
    first = replace(case, sources=(Source("a", "First"), *case.sources))
    (row,) = reshape(case, build(first, Judgments()))["rows"]
    assert row[1]["id"] == "e1"


class Held:
    """A desk on a case that is set."""

    judgments = Judgments()
    revision, can_undo, can_redo = 3, False, False

    def __init__(self, case: Case) -> None:
        self.shown = self.case = case

    def touched(self, *_):
        return []


def test_a_case_gone_back_to_time_and_again_is_never_told_whole():
    case = make_case("E1: C I", "E2: N -")
    line = Line("m")
    line.revision = 1

    def told(now: Case) -> dict[str, Any]:
        matrix = build(now, Judgments())
        said = line.answer(Held(now), matrix)
        line.base, line.frame = said["base"], frame(matrix)["key"]
        return said

    told(case)
    for number in range(9):
        more = acts.add_hypothesis(case, f"Answer {number}").case
        assert [one[2] for one in told(more)["shape"]["hypotheses"]][2:] == [
            f"Answer {number}"
        ]
        assert "shape" in told(case)


def test_a_frame_gone_back_to_time_and_again_is_never_told_whole():
    case = make_case("E1: C I", "E2: N -")
    line = Line("m")
    line.revision = 1
    line.base, line.frame = base(case), frame(build(case, Judgments()))["key"]
    line.answer(Held(case), build(case, Judgments()))
    for number in range(9):
        other = acts.with_evidence(case, "e1", credibility=(number + 1) / 10)
        for now in (other, case):
            matrix = build(now, Judgments())
            said = line.answer(Held(now), matrix)
            assert "weights" not in said["frame"]
            line.base, line.frame = said["base"], frame(matrix)["key"]


def test_what_nobody_remembers_is_told_whole():
    desk = Held(make_case("E1: C I"))
    line = Line("m")
    line.base, line.revision = "long-ago", 1
    said = line.answer(desk, build(desk.case, desk.judgments))
    assert said["whole"]["base"] == said["base"] == base(desk.case)
    line.base = base(desk.case)
    said = line.answer(desk, build(desk.case, desk.judgments))
    assert "whole" not in said
    assert "shape" not in said
