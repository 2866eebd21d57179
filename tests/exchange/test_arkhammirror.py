"""ArkhamMirror's files, current and older: what is read, and what is said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.exchange.sampled import codes, imported, of, one, parsed, raw
from workbench import exchange
from workbench.case.model import (
    Assumption,
    Consistency,
    EventDate,
    Indicator,
    Kind,
    Rating,
    Rule,
)
from workbench.exchange import Unreadable


def answer(content, form="json"):
    """Wrap a file as the export route does."""
    return {
        "matrix_id": "m-1",
        "format": form,
        "content_type": "application/json",
        "content": content,
        "generated_at": "2026-02-02T10:31:00",
    }


def test_not_applicable_neutral_and_unrated_stay_three_things():
    found = codes(one("arkhammirror.json"))
    assert found["calm-sea-all-week"]["trawler"] == "N"
    assert found["hyperlink-http-x"]["script-alert-1-script"] == "NA"
    assert "script-alert-1-script" not in found["calm-sea-all-week"]
    assert found["nobody-rated-this"] == {}


def test_reasons_sources_types_and_levels_are_kept():
    case = one("arkhammirror.json").case
    item = case.item["calm-sea-all-week"]
    assert item.ratings["storm"] == Rating(Consistency.II, "No wind")
    assert [case.source[cited.source].name for cited in item.sources] == ["Tide office"]
    assert len(case.sources) == 2
    assert (item.tags, item.credibility, item.relevance) == (("fact",), 0.9, 1.0)


def test_columns_stand_in_their_own_order_and_not_in_the_files():
    hypotheses = one("arkhammirror.json").case.hypotheses
    assert [h.title for h in hypotheses][:2] == ["Storm", "Trawler"]


def test_the_rule_is_the_tools_own_and_that_is_said():
    found = one("arkhammirror.json")
    assert found.case.question.rule is Rule.INCONSISTENCY_COUNT
    assert any("inconsistency-count, as there" in note for note in found.understood)


@pytest.mark.parametrize(
    "said",
    [
        "a rating of an item that the file does not have",
        "an earlier rating of a cell that is rated again",
        "the confidence of a rating, which its own database does not keep",
        "the mark of the leading hypothesis",
        "tags of the matrix",
    ],
)
def test_what_is_not_carried_is_said(said):
    assert said in one("arkhammirror.json").dropped


def test_an_answer_of_the_export_route_is_the_file_in_it():
    wrapped = of(answer(raw("arkhammirror.json").decode()))
    found = one("arkhammirror.json")
    inside = [replace(c, place=c.place.removeprefix("content.")) for c in wrapped.left]
    assert tuple(inside) == found.left
    assert replace(wrapped, left=found.left) == found


def test_an_answer_is_unwrapped_once_and_once_only():
    twice = answer(json.dumps(answer(raw("arkhammirror.json").decode())))
    with pytest.raises(Unreadable, match="it is unwrapped once only"):
        of(twice)


# Each answer that holds no matrix, and what its message must say.
@pytest.mark.parametrize(
    ("content", "form", "said"),
    [
        ("<html>", "html", "holds 'html'; ask it for json"),
        ("# Matrix", "markdown", "ask it for json"),
        ("{", "json", "content: line 1, column 2: not JSON"),
        ({"hypotheses": []}, "json", "content: no text"),
        ("[1]", "json", "content: a list; use an object"),
    ],
)
def test_an_answer_without_a_matrix_is_refused(content, form, said):
    with pytest.raises(Unreadable, match=said):
        of(answer(content, form))


def test_an_answer_may_hold_the_table():
    assert of(answer(raw("arkhammirror.csv").decode(), "csv")) == one(
        "arkhammirror.csv"
    )


def test_the_answer_of_the_matrix_route_is_read_with_its_notes():
    found = one("arkhammirror_matrix.json")
    assert found.case.question.background == "Asked by the harbour master."
    assert found.case.hypothesis["storm"].statement == "Notes: Ask the tide office"
    assert found.case.item["calm-sea"].caveat == "logbook"
    assert codes(found) == {"calm-sea": {"storm": "I", "trawler": "NA"}}
    assert "linked_document_ids of the matrix" in found.dropped


# ------------------------------------------------------------------ the table


def test_a_gap_of_the_table_is_unrated_and_that_is_said():
    found = one("arkhammirror.csv")
    assert "source" not in codes(found)["a-log-with-a-comma-and-a-second-line"]
    assert any(
        note.startswith("N/A is read as unrated: the file cannot tell")
        for note in found.understood
    )


def test_titles_that_repeat_or_are_called_source_are_columns_of_their_own():
    found = one("arkhammirror.csv")
    assert [h.title for h in found.case.hypotheses] == ["Storm", "Source", "Storm"]
    assert codes(found)["calm-sea-all-week"] == {
        "storm": "II",
        "source": "N",
        "storm-2": "C",
    }


def test_the_table_ends_at_the_empty_line_and_not_at_an_item_called_scores():
    case = one("arkhammirror.csv").case
    assert [item.title for item in case.evidence][2:] == [
        "Scores",
        "=cmd|' /C calc'!A0",
    ]


@pytest.mark.parametrize(
    ("altered", "said"),
    [
        (lambda text: text.replace(",N,+,", ",N,"), "row 2: 7 columns; the header has"),
        (lambda text: text[: text.index("and a second")], "not a table in CSV"),
        (lambda text: text.splitlines()[0].replace(",Storm", ""), None),
    ],
)
def test_a_table_that_is_cut_or_crooked_is_told_with_its_place(altered, said):
    data = altered(raw("arkhammirror.csv").decode()).encode()
    if said is None:  # hypotheses and no items: a matrix to begin with
        (found,) = exchange.read(data, "t.csv")
        assert [h.title for h in found.case.hypotheses] == ["Source"]
        return
    with pytest.raises(Unreadable, match=said):
        exchange.read(data, "t.csv")


# ------------------------------------------------------------------ the older two


def test_the_standalone_page_keeps_assumptions_milestones_and_labels():
    case = one("arkhammirror_standalone.json").case
    assert case.item["the-log-is-complete"].kind is Kind.ASSUMPTION
    assert case.item["calm-sea"].credibility == "high"
    assert case.hypothesis["storm"].predicts == (
        Indicator("Debris on the beach", EventDate("2025-12-10"), "not-observed"),
    )
    assert case.hypothesis["trawler"].predicts[0].state == "observed"
    assert [h.label for h in case.hypotheses] == ["H1", "H2", "H3"]
    assert (case.question.question, case.question.title) == (
        "Who moved the buoy?",
        "Buoy",
    )


@pytest.mark.parametrize(
    "said",
    [
        "an earlier state of the matrix (snapshot), not merged into it",
        "a milestone of a hypothesis that the file does not have",
        "a note on a cell that is not rated",
        "expectedBy: a text that is no date",
        "a rating of an item that the file does not have",
        "stepsCompleted of the matrix",
    ],
)
def test_what_the_standalone_pages_file_loses_is_said(said):
    assert said in one("arkhammirror_standalone.json").dropped


def test_an_empty_rating_is_unrated_in_both_older_files():
    assert (
        "trawler"
        not in codes(one("arkhammirror_standalone.json"))["the-log-is-complete"]
    )
    assert codes(one("arkhammirror_v1.json"))["calm-sea"] == {"storm": "II"}


def test_numbers_and_texts_that_name_one_hypothesis_meet_in_the_first_version():
    found = one("arkhammirror_v1.json")
    assert codes(found)["blue-paint"] == {"storm": "I", "trawler": "C"}
    assert found.case.question.assumptions == (Assumption("The log is complete"),)
    assert found.case.hypothesis["storm"].predicts == (
        Indicator("Debris on the beach (within a week)"),
    )
    assert "a rating of a hypothesis that the file does not have" in found.dropped


def test_an_empty_object_is_told_as_the_failed_export_it_is():
    with pytest.raises(Unreadable, match="ArkhamMirror writes that where its export"):
        of({})


def test_ids_of_the_file_never_become_paths():
    found = one("arkhammirror.json")
    assert found.ids["hypotheses/script-alert-1-script"] == "../../etc/passwd"
    assert all("/" not in h.id for h in found.case.hypotheses)


def test_each_sample_of_theirs_is_one_matrix():
    for name in ("arkhammirror.json", "arkhammirror_matrix.json", "arkhammirror.csv"):
        assert len(imported(name)) == 1
    assert parsed("arkhammirror.json")["scores"][0]["inconsistency_count"] == 99
