"""Probabilities are in the report once stated, apart, with their scales."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import make_case
from tests.report.hostile import DATE
from workbench.case.judgments import Judgments
from workbench.report import make

CASE = make_case("E1: C I N", "E2: CC II N")
DIRECT = Judgments(probabilities={"h1": 0.5, "h2": 0.4, "h3": 0.3})


def text(judgments: Judgments, to: str = "md") -> str:
    made = make(CASE, judgments, to=to, date=DATE, analyst="ana")
    return made.decode("utf-8-sig")


def section(judgments: Judgments) -> str:
    whole = text(judgments)
    start = whole.find("## Probabilities, apart from ACH")
    return whole[start:].split("\n## ")[1 if start < 0 else 0] if start >= 0 else ""


def test_nothing_is_said_of_probabilities_until_one_is_stated():
    assert section(Judgments()) == ""
    assert 'id="probabilities"' not in text(Judgments(), "html")
    assert 'id="probabilities"' in text(DIRECT, "html")


@pytest.mark.parametrize("own", [DIRECT, Judgments(priors={"h1": 0.1})])
def test_what_was_stated_of_hypotheses_that_are_all_parked_since_is_left_out(own):
    parked = tuple(replace(one, status="parked") for one in CASE.hypotheses)
    made = make(replace(CASE, hypotheses=parked), own, to="md", date=DATE)
    assert "## Probabilities, apart from ACH" not in made.decode()


@pytest.mark.parametrize("to", ["html", "md", "json"])
def test_what_was_stated_is_in_every_format_that_has_sections(to):
    assert "Probabilities, apart from ACH" in text(DIRECT, to)


def test_estimates_stand_raw_normalised_and_projected_with_both_scales():
    said = section(DIRECT)
    for number in ("50.0%", "41.7%", "43.3%", "33.3%", "25.0%", "23.3%"):
        assert number in said
    assert "incoherence" in said
    assert "ICD 203: A value on a boundary" in said
    assert "PHIA yardstick: The gaps" in said


def test_incomplete_estimates_name_what_is_missing():
    assert "not yet complete: H2, H3" in section(Judgments(probabilities={"h1": 0.5}))


def test_priors_and_likelihoods_stand_with_what_they_come_to():
    said = section(Judgments(priors={"h1": 0.1}, likelihoods={"II": 0.05}))
    assert "CC 0.9, C 0.7, N 0.5, I 0.3, II 0.05" in said
    assert "10.0%" in said
    assert said.index("in all eight ways to count") < said.index("What this leaves")
    assert "no gain in accuracy from factorized" in said
    assert "value of II is the analyst's and the others a convention of this" in said
    assert "What moves the natural log\\-odds" in said or "log-odds" in said


@pytest.mark.parametrize(
    ("own", "said_of"),
    [
        ({}, "These values are a convention of this program:"),
        ({"II": 0.1}, "These values are a convention of this program:"),
        ({"I": 0.25, "II": 0.05}, "The values of I and II are the analyst's and the"),
        (
            {"CC": 0.8, "C": 0.6, "N": 0.4, "I": 0.2, "II": 0.05},
            "The values of CC, C, N, I and II are the analyst's: only",
        ),
    ],
)
def test_likelihoods_are_said_to_be_those_of_whom_they_are(own, said_of):
    judgments = Judgments(priors={"h1": 0.1}, likelihoods=own)
    assert said_of in section(judgments)


def test_priors_that_cannot_be_are_told_and_not_hidden():
    assert "leave nothing for H2, H3" in section(Judgments(priors={"h1": 1.0}))


def test_no_sentence_holds_both_a_likelihood_and_confidence():
    both = Judgments(
        priors={"h1": 0.1}, probabilities={"h1": 0.5, "h2": 0.4, "h3": 0.3}
    )
    assert "confidence" not in section(both).lower()
