"""Our own report in Markdown gives its items, ratings and weights back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import make_case, make_judgments
from tests.report.hostile import DATE, HOSTILE, own
from tests.report.hostile import case as hostile_case
from workbench import exchange
from workbench.case import folder
from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.exchange import Imported, refusal
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.report import make

SHIPPED = Path(__file__).parents[2]
LEVELS = {"e1": "high", "e2": "low"}
CASE = make_case("E1: CC C I", "E2: N I II", "E3: I - C", credibility=LEVELS)
MOVED = make_judgments(
    {("e1", "h1"): "II", ("e2", "h1"): "-"},
    relevance={"e1": "high"},
    emphases={"e2": 0.5},
)


def back(case: Case, judgments: Judgments | None = None, *, annex: bool) -> Imported:
    data = make(case, judgments, to="md", date=DATE, annex=annex)
    (found,) = exchange.read(data, "report.md")
    assert refusal(found) == ""
    return found


def scores(case: Case, judgments: Judgments | None = None) -> list[float | None]:
    found = assess(build(case, judgments)).hypotheses
    return [None if h.rank is None else h.score for h in found]


def same(found: Imported, case: Case, judgments: Judgments | None = None) -> None:
    """Weights are printed with two decimals: that much a score may be off an item."""
    for one, was in zip(scores(found.case), scores(case, judgments), strict=True):
        assert (one is None) is (was is None)
        assert one == pytest.approx(was, abs=0.01 * len(case.evidence))


@pytest.mark.parametrize("annex", [True, False])
@pytest.mark.parametrize("judgments", [None, MOVED], ids=["published", "judged"])
def test_a_report_gives_back_what_was_judged_in_it(annex, judgments):
    found = back(CASE, judgments, annex=annex)
    same(found, CASE, judgments)
    assert [item.label for item in found.case.evidence] == ["E1", "E2", "E3"]
    assert [h.label for h in found.case.hypotheses] == ["H1", "H2", "H3"]


def test_the_shipped_case_comes_back_with_every_rating_reason_and_level():
    case = folder.load(SHIPPED)
    found = back(case, annex=True)
    same(found, case)
    ratings = [r for item in case.evidence for r in item.ratings.values()]
    assert (found.read, found.listed) == (len(ratings), ())
    for made, was in zip(found.case.evidence, case.evidence, strict=True):
        assert made.title == was.title
        assert (made.credibility, made.relevance) == (was.credibility, was.relevance)
        assert (made.grade, made.tags, made.date) == (was.grade, was.tags, was.date)
        assert [r.consistency for r in made.ratings.values()] == [
            was.ratings[h.id].consistency
            for h in case.hypotheses
            if h.id in was.ratings
        ]
        assert len(made.sources) == len(was.sources)


@pytest.mark.parametrize("text", HOSTILE[:12])
def test_a_hostile_text_moves_no_rating(text):
    case, judgments = hostile_case(text), own(text)
    same(back(case, judgments, annex=True), case, judgments)


def test_a_rating_that_somebody_changed_to_a_word_is_listed_with_its_line():
    data = make(CASE, to="md", date=DATE, annex=True).decode()
    head, rule, full = data.partition("## The evidence in full")
    broken = head + rule + full.replace("| CC |", "| qz |", 1)
    (found,) = exchange.read(broken.encode(), "r.md")
    (cell,) = found.listed
    line = next(n for n, t in enumerate(broken.split("\n"), 1) if "| qz |" in t)
    assert (cell.place, cell.content) == (f"line {line}", "qz")
    assert "1 of 8 cells cannot be read" in refusal(found)
