"""A table written for another copy comes back as the same matrix, with its texts."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings

from tests.builders import make_case, make_item
from tests.case.drawn import cases
from tests.exchange.test_write import held
from tests.report.hostile import HOSTILE
from workbench import exchange
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Question, Rating, Rule
from workbench.exchange import Imported, refusal
from workbench.exchange.outgoing import settled
from workbench.method.matrix import build
from workbench.method.scoring import assess

DAY = date(2026, 11, 25)
RULE = Rule.WEIGHTED_INCONSISTENCY  # which a table does not name
TABLES = ("csv", "ods", "md")
# Writes the same spreadsheet twice: the first is the first of its process.
HASHES = """
from tests.exchange.test_table_out import spreadsheet_hash
print(spreadsheet_hash(), spreadsheet_hash())
"""
SLOW = settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def back(case: Case, to: str) -> Imported:
    data = exchange.write(case, Judgments(), to, date=DAY).data
    (found,) = exchange.read(data, "file")
    assert refusal(found) == ""
    return found


def scores(case: Case) -> list[float | None]:
    found = assess(build(case, rule=RULE)).hypotheses
    return [None if h.rank is None else pytest.approx(h.score) for h in found]


def spreadsheet_hash() -> str:
    case = make_case("E1: CC C I", "E2: N - II")
    data = exchange.write(case, Judgments(), "ods", date=DAY).data
    return hashlib.sha256(data).hexdigest()


def letters(text: str) -> str:
    """Leave what no format moves: spaces, breaks and marks of control go."""
    return re.sub(r"[\s\W_]+", "", text)


@SLOW
@given(case=cases())
@pytest.mark.parametrize("to", ["csv", "md"])
def test_any_case_comes_back_with_the_same_scores_and_texts(case, to):
    kept = settled(case, Judgments())
    assume(kept.hypotheses)
    assume(kept.evidence)
    found = back(case, to).case
    assert held(found, weak=False) == held(kept, weak=False)
    assert scores(found) == scores(kept)
    for made, was in zip(found.evidence, kept.evidence, strict=True):
        assert (made.kind, made.date, made.grade) == (was.kind, was.date, was.grade)
        assert made.credibility == pytest.approx(was.credibility)
        assert made.relevance == pytest.approx(was.relevance)
        assert letters(was.statement) in letters(made.statement)
        assert letters(made.caveat) == letters(was.caveat)
        reasons = [r.because for r in made.ratings.values()]
        assert list(map(letters, reasons)) == [
            letters(was.ratings[h.id].because)
            for h in kept.hypotheses
            if h.id in was.ratings
        ]


@pytest.mark.parametrize("to", TABLES)
def test_a_worked_case_comes_back_whole(to):
    case = make_case(
        "E1: CC C I", "E2: N - II", "E3: NA I C", credibility={"e1": "high", "e2": 2.0}
    )
    found = back(case, to).case
    assert held(found, weak=False) == held(case, weak=False)
    assert scores(found) == scores(case)
    assert [h.title for h in found.hypotheses] == [h.title for h in case.hypotheses]
    assert found.question.question == case.question.question


@pytest.mark.parametrize("to", TABLES)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_back_as_text(to, text):
    item = make_item("E1", title=text, ratings={"h1": Rating(Consistency.I, text)})
    drawn = make_case("E1: I")
    case = Case(Question(text, text), drawn.hypotheses, (), (item,))
    (made,) = back(case, to).case.evidence
    (rating,) = made.ratings.values()
    assert letters(text)[:80] in letters(made.title + made.statement)
    assert letters(rating.because) == letters(text)


@pytest.mark.parametrize("to", TABLES)
@pytest.mark.parametrize(
    "text",
    [
        '"No wind" said the log',
        '"',
        "One\x85two\u2028three",
        '12" of rain',
        'a "b\nc",d',
    ],
)
def test_a_background_with_quotation_marks_hides_no_table(to, text):
    drawn = make_case("E1: CC I", "E2: I C")
    case = replace(drawn, question=replace(drawn.question, background=text))
    assert scores(back(case, to).case) == scores(case)


def test_labels_that_cannot_be_parted_from_titles_keep_the_order():
    drawn = make_case("E1: CC I", "E2: - C")
    labels = ("b : long label of many words", "a")
    items = tuple(
        replace(item, label=label)
        for item, label in zip(drawn.evidence, labels, strict=True)
    )
    case = replace(drawn, evidence=items)
    assert scores(back(case, "csv").case) == scores(case)


@pytest.mark.parametrize("sign", [";", "|", "\t"])
def test_a_table_without_ratings_is_parted_where_its_names_are(sign):
    drawn = make_case("E1: - -")
    many = "\n".join([f"one {sign} two"] * 9)
    drawn = replace(drawn, evidence=(replace(drawn.evidence[0], statement=many),))
    found = back(drawn, "csv").case
    assert held(found, weak=False) == held(drawn, weak=False)
    assert scores(found) == [None, None]


def test_the_same_case_gives_the_same_spreadsheet_in_any_process():
    hashes = subprocess.run(
        [sys.executable, "-c", HASHES], check=True, capture_output=True, text=True
    ).stdout.split()
    assert len(hashes) > 1
    assert set(hashes) == {spreadsheet_hash()}


def test_what_a_table_cannot_hold_is_listed():
    drawn = make_case("E1: C I", status={"h2": "parked"})
    lost = exchange.write(drawn, Judgments(), "csv", date=DAY).lost
    assert "1 hypothesis left out: parked or rejected" in lost
