"""What a report says of rounds: who rated when, what moved, the lead's code beside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import make_case
from tests.report.hostile import DATE
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Rating
from workbench.record.round_entries import Adjudication, Pass, Phase, Round
from workbench.report import Basis, compose, make
from workbench.report.content.blocks import Table
from workbench.team.round_story import Story

CASE = make_case("E1: - -", "E2: - -")
BEGAN, SHOWN, AGAIN = (
    f"2026-11-24T{hour}:00:00.000000Z" for hour in ("10", "12", "14")
)


def rated(code: str, because: str = "", **other) -> Judgments:
    ratings = {
        ("e1", "h1"): Rating(Consistency(code), because),
        ("e1", "h2"): Rating(Consistency("CC" if code in ("I", "II") else "II")),
    }
    return Judgments(ratings=ratings, **other)


FIRST = {"Ann": rated("II", "It is in the log"), "Ben": rated("CC"), "Eve": rated("II")}
LAST = FIRST | {"Ben": rated("N")}
HELD = Adjudication("e1", "h1", Consistency.I, "The log is a copy", "Lea", AGAIN)
ROUND = Round(
    1,
    Phase.CLOSED,
    ("a", "b", "e"),
    "",
    "",
    "",
    (Pass(1, BEGAN, ended=SHOWN, missing=("e",)), Pass(2, SHOWN, ended=AGAIN)),
    (HELD,),
)
STORY = Story(ROUND, {"a": "Ann", "b": "Ben", "e": "Eve"}, (FIRST, LAST))
OTHERS = {"Ben": LAST["Ben"], "Eve": LAST["Eve"]}


def test_the_lead_stands_beside_everybody_and_over_nobody():
    basis = Basis(CASE, LAST["Ann"], DATE, "Ann", others=OTHERS, rounds=(STORY,))
    (section,) = [one for one in compose(basis).sections if one.id == "disagreement"]
    (table,) = [
        one
        for one in section.blocks
        if isinstance(one, Table) and one.caption.startswith("Adjudicated")
    ]
    assert [cell.text for cell in table.rows[0]] == [
        "E1 Title of E1",
        "Title of H1",
        "Ann II; Ben N; Eve II",
        "I",
        "Lea",
        "The log is a copy",
    ]


@pytest.mark.parametrize("to", ["md", "html", "json"])
def test_who_rated_when_and_what_moved_is_told_in_every_format(to):
    told = make(
        CASE,
        LAST["Ann"],
        to=to,
        date=DATE,
        analyst="Ann",
        others=OTHERS,
        rounds=(STORY,),
    ).decode()
    told = told.replace("\\", "")
    for said in (
        "In round 1 Ann, Ben and Eve rated blind from 24 November 2026, 10:00 UTC to",
        "Eve had not locked",
        "rated again in private from 24 November 2026, 12:00 UTC",
        "1 rating changed: 1 towards the others without a new reason",
        "The log is a copy",
    ):
        assert said in told, said


@pytest.mark.parametrize("to", ["md", "html", "json"])
def test_while_they_rate_again_the_first_time_is_told_and_nobody_elses_now(to):
    going_on = replace(
        ROUND, phase=Phase.RERATING, passes=(ROUND.passes[0], Pass(2, SHOWN))
    )
    story = replace(STORY, round=going_on, passes=(FIRST,))
    told = make(
        CASE, LAST["Ann"], to=to, date=DATE, analyst="Ann", rounds=(story,)
    ).decode()
    told = told.replace("\\", "")
    assert "In round 1 Ann, Ben and Eve rated blind from 24 November 2026" in told
    assert "Round 1 is being rated again in private" in told
    assert "Ann II; Ben CC; Eve II" in told  # as they stood when it was revealed
    assert "Ben N" not in told


def test_without_a_round_nothing_is_said_of_one():
    basis = Basis(CASE, LAST["Ann"], DATE, "Ann", others=OTHERS)
    (section,) = [one for one in compose(basis).sections if one.id == "disagreement"]
    assert "round" not in str(section.blocks)
