"""A hypothesis that is two: found where its words and the reasons say so, not else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import make_case
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Rating
from workbench.method.checks import two_in_one
from workbench.method.checks.halves import halves
from workbench.method.matrix import build
from workbench.method.scoring import assess


def case_of(statement: str, *reasons: str, code: str = "I") -> Case:
    """Make a case whose H1 says something, and is rated with these reasons."""
    case = make_case(*(f"E{n}: {code} C" for n in range(1, len(reasons) + 1)))
    first, *others = case.hypotheses
    evidence = tuple(
        replace(
            item,
            ratings={**item.ratings, "h1": Rating(Consistency(code), because)},
        )
        for item, because in zip(case.evidence, reasons, strict=True)
    )
    stated = replace(first, statement=statement)
    return replace(case, hypotheses=(stated, *others), evidence=evidence)


def asked(case: Case) -> list[str]:
    return [one.message for one in two_in_one(assess(build(case)))]


PAID_OR_COMPELLED = "Moscow was paid or compelled to go."


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (PAID_OR_COMPELLED, "No price is known."),
        (PAID_OR_COMPELLED, "Nobody put pressure on it."),
        (
            "It could not refuse, or left in exchange for something.",
            "No trade is seen.",
        ),
        (
            "He was either bribed or blackmailed by a rival.",
            "He took no money in return, and bargained for none.",
        ),
        (
            "The ship sank by accident or by sabotage.",
            "A malfunction would be in the log.",
        ),
        ("She acted out of fear or greed.", "She made no profit."),
        ("They were deceived, or they made a mistake.", "Nobody tricked them."),
    ],
)
def test_a_reason_against_one_half_alone_is_asked_about(statement, reason):
    [message] = asked(case_of(statement, reason))
    assert message.startswith("H1 joins two mechanisms (“")
    assert "the reason of E1 argues against one of them alone" in message


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        (PAID_OR_COMPELLED, "There was neither a price nor any pressure."),
        (PAID_OR_COMPELLED, "The troops were glad to go."),
        ("Moscow was neither paid nor compelled.", "No price is known."),
        ("It was not paid or compelled to go.", "No price is known."),
        ("Nothing was bought or extorted in return.", "A price was paid."),
        ("It was paid two or three times.", "No price is known."),
        ("It was paid sooner or later.", "No price is known."),
        ("It was paid, needed elsewhere or not.", "No price is known."),
        ("Moscow was forced or compelled to go.", "There was no pressure."),
        ("Moscow was paid to go; it wanted men or vehicles.", "The men stayed."),
        ("The routes lead to the south or north.", "The south is closed."),
        ("Moscow was paid to go.", "No price is known."),
    ],
)
def test_what_joins_no_mechanisms_or_argues_from_both_is_let_pass(statement, reason):
    assert asked(case_of(statement, reason)) == []


@pytest.mark.parametrize("code", ["CC", "C", "N"])
def test_what_speaks_for_one_half_speaks_for_the_whole(code):
    assert asked(case_of(PAID_OR_COMPELLED, "A price was paid.", code=code)) == []


def test_halves_that_no_list_knows_take_several_reasons_of_one_of_them_alone():
    statement = "The pilot or the captain fell asleep."
    pilot, captain = "The pilot was on deck.", "The captain was on deck."
    assert asked(case_of(statement, pilot)) == []
    assert asked(case_of(statement, pilot, captain)) == []
    [message] = asked(case_of(statement, pilot, pilot))
    assert "the reasons of E1 and E2 argue against one of them alone" in message


def test_what_is_joined_is_quoted():
    text = (
        "Moscow gave them up because it could not refuse, or in exchange for something."
    )
    [found] = halves(text)
    assert found.said == "it could not refuse, or in exchange for something"


def test_a_rating_of_ones_own_is_read_as_well():
    case = case_of(PAID_OR_COMPELLED, "The troops were glad to go.")
    own = Judgments(ratings={("e1", "h1"): Rating(Consistency.II, "No price.")})
    assert two_in_one(assess(build(case, own)))
