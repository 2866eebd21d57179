"""What the history says of a case, against what stood at each moment in fact."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies

from tests.builders import make_case
from workbench.case import folder
from workbench.case.entry import EntryKind
from workbench.case.model import Case, Rule
from workbench.errors import WorkbenchError
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record import snapshots
from workbench.record.desk import Desk
from workbench.record.editing import Draft
from workbench.record.going_back import GoBack, texts_back
from workbench.record.history import (
    Timeline,
    View,
    merged,
    moves,
    renamed_by,
)
from workbench.record.ledger import Ledger
from workbench.record.past import Past
from workbench.record.shelves import FolderShelf

CASE = make_case(
    "E1: CC I N",
    "E2: II N C",
    "E3: I C -",
    "E4: N N N",
    sources={"e1": "wire", "e2": "wire"},
    origin={"e2": "talk", "e3": "talk"},
    credibility={"e3": "high"},
)


class Work:
    """A case at work, of which everything that ever stood is remembered."""

    def __init__(self, where: Path, case: Case = CASE) -> None:
        self.where = where
        folder.write(where, case)
        self.ledger = Ledger("sqlite://")
        self.desk = self.open("analyst-1")
        self.op = 0
        self.stood = [(0, View(self.desk.case, self.desk.judgments))]

    def open(self, analyst: str) -> Desk:
        case = folder.load(self.where)
        return Desk(
            self.ledger, case, analyst, draft=partial(Draft, FolderShelf(self.where))
        )

    def do(self, *operation: object) -> bool:
        self.op += 1
        receipt = self.desk.receive("page", [[self.op, *operation]])
        if self.op in receipt.refused:
            return False
        self.note()
        return True

    def note(self) -> None:
        stands = View(self.desk.case, self.desk.judgments)
        place = len(self.ledger.entries())
        if place > self.stood[-1][0]:
            self.stood.append((place, stands))

    def timeline(self) -> Timeline:
        entries = self.ledger.entries()
        own = self.desk.entries
        others = [one for one in entries if one.analyst != self.desk.analyst]
        events = merged(own, others)
        texts = folder.texts(self.where)
        past = Past(self.desk.case, events, texts, self.ledger.text)
        return Timeline(own, events, past)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path)


def at_random(work: Work, chance: random.Random) -> None:
    """Do something that an analyst may do."""
    case = work.desk.case
    item = chance.choice(case.evidence).id
    hypothesis = chance.choice(case.hypotheses).id
    code = chance.choice(["CC", "C", "N", "I", "II", "NA", "unrated", None])
    field = {"act": "field", "what": "evidence", "id": item}
    choices = [
        ("change", [["rating", item, hypothesis, code, "So it is."]]),
        ("change", [["rating", item, hypothesis, code, ""]]),
        (
            "change",
            [
                ["rating", one.id, hypothesis, chance.choice(["I", "N", "II"]), ""]
                for one in case.evidence
            ],
        ),
        ("change", [["emphasis", item, None, chance.choice([0, 0.5, 1, 2])]]),
        ("change", [["credibility", item, None, chance.choice(["low", "high", None])]]),
        ("change", [["origin", item, None, chance.choice(["talk", "", None])]]),
        ("change", [["exclusion", item, None, chance.choice([True, False])]]),
        ("undo",),
        ("undo",),
        ("redo",),
        ("return", item),
        ("act", field | {"field": "title", "value": f"Title {chance.random():.3f}"}),
        (
            "act",
            field
            | {
                "field": "ratings",
                "value": {hypothesis: chance.choice(["CC", "N", "I", "II"])},
            },
        ),
        ("act", {"act": "add-evidence", "title": "Found later"}),
        (
            "act",
            {
                "act": "field",
                "what": "hypothesis",
                "id": hypothesis,
                "field": "status",
                "value": chance.choice(["active", "parked"]),
            },
        ),
        (
            "act",
            {
                "act": "rename",
                "what": chance.choice(["hypothesis", "evidence"]),
                "id": item,
                "to": f"renamed-{work.op}",
            },
        ),
        (
            "act",
            {
                "act": "rename",
                "what": "hypothesis",
                "id": hypothesis,
                "to": f"renamed-{work.op}",
            },
        ),
    ]
    aside = field | {"field": "status", "value": chance.choice(["active", "set-aside"])}
    ruled = {"act": "field", "what": "question", "field": "rule"}
    other = chance.choice(case.evidence).id
    choices += [
        ("act", aside),
        ("act", ruled | {"value": chance.choice(list(Rule)).value}),
        ("act", {"act": "add-hypothesis", "title": "Another way"}),
        ("act", {"act": "split", "id": item, "title": "The half"}),
        ("act", {"act": "duplicate", "id": item}),
        (
            "act",
            {
                "act": "merge",
                "id": item,
                "gone": other,
                "chosen": dict.fromkeys(case.hypothesis, "I"),
                "judged": [["rating", item, hypothesis, code or "N", "Of both."]],
            },
        ),
    ]
    if case.source:
        choices.append(("change", [["source-emphasis", "wire", None, 0.5]]))
    if len(case.evidence) > 2:
        gone = {"act": "delete", "what": "evidence", "id": item}
        choices.append(("act", gone))
    if len(case.hypotheses) > 2:
        gone = {"act": "delete", "what": "hypothesis", "id": hypothesis}
        choices.append(("act", gone))
    work.do(*chance.choice(choices))


@contextmanager
def worked(chance: random.Random, acts: int) -> Iterator[Work]:
    """Give a case at which so many things were done at random."""
    with tempfile.TemporaryDirectory() as where:
        work = Work(Path(where))
        for _ in range(acts):
            at_random(work, chance)
        yield work


@given(strategies.randoms(use_true_random=False), strategies.sampled_from(Rule))
@settings(max_examples=12)
def test_every_moment_is_what_it_was_and_every_move_moved_the_ranking(
    chance: random.Random, rule: Rule
) -> None:
    with worked(chance, 14) as work:
        line = work.timeline()
        for place, stood in work.stood:
            assert line.view(place) == stood
        steps = {one.place: one for one in line.steps(rule)}
        before = None
        moved = []
        for place, stood in work.stood:
            now = assess(build(stood.case, stood.judgments, rule))
            step = steps[place]
            assert step.ranking == now.ranking
            assert step.case == stood.case
            for one in now.hypotheses:
                assert step.scores[one.id] == (
                    None if one.rank is None else pytest.approx(one.score, abs=1e-12)
                )
            if before is not None:
                ids = renamed_by(step.entries).hypotheses
                was = [{ids.get(h, h) for h in one} for one in before.ranking]
                if was != [set(one) for one in now.ranking]:
                    moved.append(place)
            before = now
        found = moves([*steps.values()], 0, len(line))
        assert [one.after.place for one in found] == moved
        assert line.present() == work.stood[-1][1]
        place, last = work.stood[-1]
        *_, end = line.steps_from_published(place, rule)
        assert end.ranking == assess(build(last.case, last.judgments, rule)).ranking


@given(strategies.randoms(use_true_random=False), strategies.booleans())
@settings(max_examples=8)
def test_going_back_loses_nothing_and_is_undone_at_once(
    chance: random.Random,
    texts: bool,  # noqa: FBT001  drawn
) -> None:
    with worked(chance, 9) as work:
        line = work.timeline()
        place, then = chance.choice(work.stood)
        later = line.events[place:]
        now = line.present()
        back = (
            GoBack(then, texts=texts_back(later))
            if texts
            else GoBack(then, renamed_by(later))
        )
        before = work.ledger.entries()
        done = work.do("go-back", back)
        assert work.ledger.entries()[: len(before)] == before
        if texts:
            assert work.desk.case == then.case
            kept = {
                key: one
                for key, one in work.desk.judgments.ratings.items()
                if key[0] in then.case.item
            }
            assert kept == then.judgments.ratings
        elif now.case == then.case:
            assert work.desk.judgments == then.judgments
        if done:
            assert work.do("undo")
            assert work.desk.case == now.case == folder.load(work.where)
            assert work.desk.judgments == now.judgments


def test_what_others_wrote_is_in_the_case_of_then_and_not_in_ones_judgments(
    work: Work,
) -> None:
    work.do("change", [["rating", "e1", "h1", "II", ""]])
    other = work.open("analyst-2")
    other.receive("other", [[1, "change", [["rating", "e1", "h1", "N", ""]]]])
    title = {"act": "field", "what": "evidence", "id": "e1", "field": "title"}
    other.receive("other", [[2, "act", title | {"value": "As others have it"}]])
    work.desk = work.open("analyst-1")
    line = work.timeline()
    assert len(line) == 3
    assert line.view(2).case.item["e1"].title == "Title of E1"
    assert line.view(3).case.item["e1"].title == "As others have it"
    assert line.view(3).judgments == line.view(1).judgments
    assert [one.place for one in line.steps()] == [0, 1, 3]


def test_what_was_changed_outside_is_a_step_of_its_own(work: Work) -> None:
    work.do("change", [["rating", "e1", "h1", "II", ""]])
    title = {"act": "field", "what": "evidence", "id": "e1", "field": "title"}
    work.do("act", title | {"value": "As typed here"})
    file = work.where / "evidence/e1.yaml"
    file.write_text(file.read_text().replace("As typed here", "By hand"))
    work.desk = work.open("analyst-1")
    line = work.timeline()
    assert line.case_at(len(line)).item["e1"].title == "As typed here"
    last = list(line.steps())[-1]
    assert (last.entries, last.case.item["e1"].title) == ((), "By hand")


def test_a_time_names_the_last_entry_made_by_then(work: Work) -> None:
    for code in ("C", "N", "I"):
        work.do("change", [["rating", "e1", "h1", code, ""]])
    line = work.timeline()
    times = [one.at for one in line.events]
    assert [line.place_at(at) for at in times] == [1, 2, 3]
    assert line.place_at("2000") == 0
    assert line.events[0].change.kind is EntryKind.RATING


def test_a_snapshot_keeps_the_texts_of_then_whatever_is_done_to_the_files(
    work: Work,
) -> None:
    work.do("change", [["rating", "e1", "h1", "II", ""]])
    texts = folder.texts(work.where)
    kept = snapshots.save(work.desk, "  Before   the meeting ", texts)
    assert kept == "Before the meeting"
    with pytest.raises(WorkbenchError, match="already"):
        snapshots.save(work.desk, kept, texts)
    with pytest.raises(WorkbenchError, match="1 to 80"):
        snapshots.save(work.desk, " ", texts)
    file = work.where / "evidence/e1.yaml"
    file.write_text(file.read_text().replace("Title of E1", "By hand"))
    (work.where / "evidence/e2.yaml").unlink()
    work.desk = work.open("analyst-1")
    line = work.timeline()
    (seq,) = snapshots.names(work.ledger, "").values()
    place = [one.seq for one in line.events].index(seq) + 1
    then = line.view(place)
    assert then == work.stood[-1][1]
    assert line.now.item["e1"].title == "By hand"
    assert list(line.now.item) == ["e1", "e3", "e4"]
    # it is no change of texts, and undo goes past it
    assert work.do("undo")
    assert work.desk.judgments.ratings == {}
    assert "e2" not in work.desk.case.item
