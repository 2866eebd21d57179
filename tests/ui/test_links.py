"""What prose names is a link to its place, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_case
from tests.ui.prose import unlinked
from workbench.case.model import Case, Question
from workbench.ui import links, state
from workbench.ui.controls import literal
from workbench.ui.links import headed, marked, names_of, page_address

CASE = make_case("E1: C I", "E12: CC II", sources={"e1": "a"})
NAMES = names_of(CASE)


def test_an_item_and_a_hypothesis_are_linked_by_label_and_by_title():
    assert marked("E12 is N against H2 Title of H2.", NAMES) == (
        "[E12](evidence?item=e12) is N against "
        "[H2 Title of H2](question?hypothesis=h2)\\."
    )


@pytest.mark.parametrize("text", ["E123 and XE1", "H21", "e1", "", "  "])
def test_a_name_within_a_word_is_none(text):
    assert "](" not in marked(text, NAMES)


@given(
    st.lists(
        st.sampled_from(["E1", "E12", " ", "H1", "*", "x", "[", "](", ". ", "Title"])
    ).map("".join)
)
def test_a_link_changes_no_letter_of_a_sentence(text):
    read = unlinked(marked(text, NAMES)).replace("\\", "")
    assert read.split() == literal(text).replace("\\", "").split()


def test_a_title_that_two_items_share_is_a_link_to_neither():
    same = tuple(replace(one, title="The same") for one in CASE.evidence)
    found = names_of(replace(CASE, evidence=same))
    assert marked("Without “The same”", found) == "Without “The same”"
    assert marked("“E12 The same”", found) == "“[E12 The same](evidence?item=e12)”"


def test_names_are_found_anew_for_another_title_and_for_no_other_statement(
    monkeypatch,
):
    monkeypatch.setattr(state, "once_a_case", lambda _name, compute: compute())

    def names_in(case):
        monkeypatch.setattr(state, "case", lambda: case)
        return links._present()

    first, *others = CASE.evidence
    stated, titled = (
        replace(CASE, evidence=(replace(first, **{key: "Another"}), *others))
        for key in ("statement", "title")
    )
    assert names_in(stated) is names_in(CASE)
    assert names_in(titled) == names_of(titled) != names_of(CASE)


def test_a_case_without_anything_names_nothing():
    assert marked("E1 and H1", names_of(Case(Question("Why?", "It")))) == "E1 and H1"


def test_of_several_cases_each_address_says_which(monkeypatch):
    monkeypatch.setattr(state, "case_address", lambda: {"case": "north"})
    assert marked("E1 and H1", names_of(CASE)) == (
        "[E1](evidence?item=e1&case=north) and [H1](question?hypothesis=h1&case=north)"
    )


def test_a_head_that_is_a_term_is_linked_to_what_it_means_and_no_other():
    assert headed("Weighted kappa") == "[Weighted kappa](#term-weighted-kappa)"
    assert headed("Prior") == "[Prior](#term-prior)"
    assert headed("Diagnosticity") == "[Diagnosticity](#term-diagnosticity)"
    assert headed("Share of draws") == "Share of [draws](#term-draws)"
    assert headed("Hypothesis") == "Hypothesis"


def test_a_page_is_named_by_its_address(monkeypatch):
    assert [page_address(one) for one in ("Matrix", "Robustness")] == [
        "./",
        "robustness",
    ]
    monkeypatch.setattr(state, "case_address", lambda: {"case": "north"})
    assert page_address("Matrix") == "./?case=north"


def test_no_page_is_linked_to_without_its_case():
    modules = Path(links.__file__).parent.rglob("*.py")
    bare = [one.name for one in modules if "st.page_link(" in one.read_text()]
    assert bare == ["links.py"]
