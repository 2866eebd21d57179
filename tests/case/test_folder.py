"""Case folders on disk: what each mistake is told, and what is kept as written.

Each test of a mistake is headed by the mistake and asserts the whole message.
"""
# ruff: noqa: E501  a message stands on one line, as it is printed

from __future__ import annotations

import os
import resource
import stat
from pathlib import Path
from unittest import mock

import pytest
import yaml
from hypothesis import given, settings

from tests.builders import make_case, make_item, write_files
from tests.case.drawn import TEXTS, cases
from workbench.case import document, folder
from workbench.case.model import (
    Assumption,
    Case,
    Citation,
    Consistency,
    EventDate,
    Indicator,
    Outcome,
    Question,
    Rating,
)
from workbench.case.whole import read_whole
from workbench.errors import ContentErrors, WorkbenchError

QUESTION = """\
question: Why is the sea calm?
title: Calm sea
format: 1
"""
STORM = """\
label: H1
title: Storm
statement: A storm is coming.
"""
TIDE = """\
label: H2
title: Tide
statement: It is the tide.
"""
SOURCES = """\
pilot:
  name: The pilot
  reliability: B
"""
SEA = """\
label: E1
title: Sea
statement: The sea is calm.
kind: evidence
sources: [{source: pilot, at: par. 2}]
ratings:
  storm: {rating: I, because: It is calm.}
  tide: N
"""
FILES = {
    "hypotheses/_question.yaml": QUESTION,
    "hypotheses/storm.yaml": STORM,
    "hypotheses/tide.yaml": TIDE,
    "evidence/_sources.yaml": SOURCES,
    "evidence/sea.yaml": SEA,
}
CODES = "one of CC, C, N, I, II, NA"


@pytest.fixture
def told(tmp_path):
    """Load the small case with some files changed (None: taken away): the messages."""

    def messages(changed: dict[str, str | bytes | None]) -> list[str]:
        files = {k: v for k, v in {**FILES, **changed}.items() if v is not None}
        with pytest.raises(ContentErrors) as caught:
            folder.load(write_files(tmp_path, files))
        assert str(caught.value).split("\n") == [str(e) for e in caught.value.errors]
        return [str(error) for error in caught.value.errors]

    return messages


@pytest.fixture
def loaded(tmp_path):
    """Load the small case with some files changed, which is no mistake."""

    def case(changed: dict[str, str | bytes] | None = None) -> Case:
        return folder.load(write_files(tmp_path, {**FILES, **(changed or {})}))

    return case


def sea(old: str, new: str) -> dict[str, str]:
    """Change one thing about the item."""
    assert SEA.count(old) == 1
    return {"evidence/sea.yaml": SEA.replace(old, new)}


def storm(more: str) -> dict[str, str]:
    """Add lines to a hypothesis, from line 4."""
    return {"hypotheses/storm.yaml": STORM + more}


def question(more: str) -> dict[str, str]:
    """Add lines to the question, from line 4."""
    return {"hypotheses/_question.yaml": QUESTION + more}


def test_the_small_case_itself_is_without_a_fault(loaded):
    case = loaded()
    assert [h.id for h in case.hypotheses] == ["storm", "tide"]
    assert case.item["sea"].ratings == {
        "storm": Rating(Consistency.I, "It is calm."),
        "tide": Rating(Consistency.N),
    }
    assert case.item["sea"].sources == (Citation("pilot", "par. 2"),)


# ------------------------------------------------------------------ keys and values


def test_a_key_left_out(told):
    assert told(sea("title: Sea\n", "")) == [
        "evidence/sea.yaml:1: title: missing; this text is required"
    ]


def test_a_required_text_left_empty(told):
    assert told(sea("title: Sea", "title:")) == [
        "evidence/sea.yaml:2: title: missing; this text is required"
    ]


def test_a_required_text_of_spaces(told):
    assert told(sea("title: Sea", "title: '  '")) == [
        "evidence/sea.yaml:2: title: missing; this text is required"
    ]


def test_the_kind_left_out(told):
    assert told(sea("kind: evidence\n", "")) == [
        "evidence/sea.yaml:1: kind: missing; use one of evidence, assumption, absence"
    ]


def test_a_misspelt_key(told):
    assert told(sea("kind: evidence", "kind: evidence\ncredibilty: high")) == [
        "evidence/sea.yaml:5: credibilty: unknown key; use one of label, title, statement, kind, date, known, sources, tags, origin, grade, credibility, relevance, status, ratings, caveat",
    ]


def test_a_misspelt_key_is_named_where_it_stands_not_where_its_value_begins(told):
    changed = storm("predict:\n  # what we expect\n  - a swell\n")
    assert told(changed) == [
        "hypotheses/storm.yaml:4: predict: unknown key; use one of label, title, statement, status, prior, predicts, refuted_by",
    ]


def test_a_misspelt_key_of_a_source(told):
    assert told({"evidence/_sources.yaml": SOURCES + "  relability: B\n"}) == [
        "evidence/_sources.yaml:4: pilot.relability: unknown key; use one of name, publisher, author, kind, published, url, accessed, archived, short, reliability, interest, serves, deception",
    ]


def test_a_merge_key(told):
    assert told(sea("kind: evidence", "kind: evidence\n<<: {caveat: x}")) == [
        "evidence/sea.yaml:5: <<: unknown key; use one of label, title, statement, kind, date, known, sources, tags, origin, grade, credibility, relevance, status, ratings, caveat",
    ]


def test_a_list_for_a_key(told):
    changed = sea("title: Sea\n", "title: Sea\n? [a, b]\n: x\n")
    assert told(changed) == ["evidence/sea.yaml:3: a key must be a single word"]


def test_a_key_given_twice(told):
    assert told(sea("title: Sea", "title: Sea\ntitle: Sky")) == [
        "evidence/sea.yaml:3: title: the key 'title' stands here a second time; keep one",
    ]


def test_one_item_rated_twice_for_one_hypothesis(told):
    """A YAML library keeps the last of the two in silence."""
    assert told(sea("  tide: N", "  tide: N\n  tide: II")) == [
        "evidence/sea.yaml:9: ratings.tide: the key 'tide' stands here a second time; keep one",
    ]


def test_a_source_described_twice(told):
    assert told({"evidence/_sources.yaml": SOURCES + SOURCES}) == [
        "evidence/_sources.yaml:4: pilot: the key 'pilot' stands here a second time; keep one",
    ]


def test_a_code_that_is_none(told):
    assert told(sea("tide: N", "tide: X")) == [
        f"evidence/sea.yaml:8: ratings.tide: 'X' is not a rating; use {CODES}"
    ]


def test_a_code_that_is_none_in_the_long_form(told):
    long = "storm:\n    rating: IV\n    because: It is calm."
    assert told(sea("storm: {rating: I, because: It is calm.}", long)) == [
        f"evidence/sea.yaml:8: ratings.storm.rating: 'IV' is not a rating; use {CODES}"
    ]


@pytest.mark.parametrize("code", ["NO", "no", "n", "i", "-", "1", "true", "N/A"])
def test_a_code_written_otherwise(told, code):
    """A YAML library makes false of NO, and a number of 1."""
    assert told(sea("tide: N", f"tide: {code if code != '-' else repr(code)}")) == [
        f"evidence/sea.yaml:8: ratings.tide: '{code}' is not a rating; use {CODES}"
    ]


def test_a_reason_without_a_rating(told):
    assert told(sea("tide: N", "tide: {because: So.}")) == [
        f"evidence/sea.yaml:8: ratings.tide.rating: missing; use {CODES}, or drop the entry",
    ]


def test_a_list_of_codes_in_one_cell(told):
    assert told(sea("tide: N", "tide: [I, II]")) == [
        "evidence/sea.yaml:8: ratings.tide: a list; a single value is needed"
    ]


def test_ratings_as_a_list(told):
    changed = SEA[: SEA.index("ratings:")] + "ratings: [I, N]\n"
    assert told({"evidence/sea.yaml": changed}) == [
        "evidence/sea.yaml:6: ratings: a list; a mapping (key: value) is needed"
    ]


@pytest.mark.parametrize("level", ["hi", "-1", ".inf", ".nan", "1e400", "1_000", "7e6"])
def test_a_level_that_is_none(told, level):
    """Out of range is an error, never silently moved into it."""
    assert told(sea("kind: evidence", f"kind: evidence\ncredibility: {level}")) == [
        f"evidence/sea.yaml:5: credibility: '{level}'; use low, medium, high, or a number from 0 to 1000000",
    ]


def test_a_grade_that_is_none(told):
    assert told(sea("kind: evidence", "kind: evidence\ngrade: 2B")) == [
        "evidence/sea.yaml:5: grade: '2B'; use an Admiralty grade: A to F and 1 to 6, as B2",
    ]


def test_a_reliability_that_is_no_letter_of_the_scale(told):
    changed = SOURCES.replace("reliability: B", "reliability: AB")
    assert told({"evidence/_sources.yaml": changed}) == [
        "evidence/_sources.yaml:3: pilot.reliability: 'AB'; use one of A, B, C, D, E, F"
    ]


def test_an_origin_that_is_no_id(told):
    assert told(sea("kind: evidence", "kind: evidence\norigin: The wire")) == [
        "evidence/sea.yaml:5: origin: 'The wire'; no id; use lower-case letters and digits, with single hyphens between",
    ]


def test_a_status_that_is_none(told):
    assert told(storm("status: NO\n")) == [
        "hypotheses/storm.yaml:4: status: 'NO'; use one of active, parked, rejected"
    ]


@pytest.mark.parametrize("prior", ["1.5", "25%", "-0.1"])
def test_a_prior_that_is_no_probability(told, prior):
    assert told(storm(f"prior: {prior}\n")) == [
        f"hypotheses/storm.yaml:4: prior: '{prior}'; use a number from 0 to 1"
    ]


@pytest.mark.parametrize("date", ["2024-02-30", "17 April 2024", "12:30", "2024-4-1"])
def test_a_date_that_is_none(told, date):
    assert told(sea("kind: evidence", f"kind: evidence\ndate: {date}")) == [
        f"evidence/sea.yaml:5: date: '{date}'; use a date: YYYY, YYYY-MM or YYYY-MM-DD"
    ]


def test_a_month_where_a_day_is_needed(told):
    assert told(question("as_of: 2024-04\n")) == [
        "hypotheses/_question.yaml:4: as_of: '2024-04'; use a date: YYYY-MM-DD"
    ]


def test_a_format_from_the_future(told):
    changed = QUESTION.replace("format: 1", "format: 2")
    assert told({"hypotheses/_question.yaml": changed}) == [
        "hypotheses/_question.yaml:3: format: '2'; this program reads format 1"
    ]


def test_a_rule_that_is_none(told):
    assert told(question("rule: bayes\n")) == [
        "hypotheses/_question.yaml:4: rule: 'bayes'; use one of weighted-inconsistency, inconsistency, inconsistency-count, squared-inconsistency, net-support, compensatory",
    ]


def test_one_text_where_a_list_is_needed(told):
    assert told(question("assumptions: None that we know of\n")) == [
        "hypotheses/_question.yaml:4: assumptions: a single value; a list is needed"
    ]


def test_a_list_where_one_text_is_needed(told):
    assert told(sea("title: Sea", "title: [Sea, Sky]")) == [
        "evidence/sea.yaml:2: title: a list; a single value is needed"
    ]


def test_an_indicator_without_its_text(told):
    assert told(storm("predicts:\n  - a swell\n  - by: 2024\n")) == [
        "hypotheses/storm.yaml:6: predicts[2].text: missing; this text is required"
    ]


def test_an_indicator_in_a_state_that_is_none(told):
    assert told(storm("predicts:\n  - {text: a swell, state: yes}\n")) == [
        "hypotheses/storm.yaml:5: predicts[1].state: 'yes'; use one of open, observed, not-observed",
    ]


def test_an_indicator_that_would_stand_to_a_hypothesis_that_is_not_there(told):
    rated = "predicts:\n  - text: a swell\n    ratings:\n      tides: CC\n"
    assert told(storm(rated)) == [
        "hypotheses/storm.yaml:7: predicts[1].ratings.tides: no hypothesis has the id 'tides'; use one of storm, tide",
    ]


def test_an_indicator_rated_with_a_code_that_is_none(told):
    rated = "predicts:\n  -\n  - text: a swell\n    ratings: {tide: '+'}\n"
    assert told(storm(rated)) == [
        f"hypotheses/storm.yaml:7: predicts[2].ratings.tide: '+' is not a rating; use {CODES}",
    ]


def test_an_indicator_that_became_an_item_that_is_not_there(told):
    became = "predicts:\n  - text: a swell\n    item: swell\n"
    assert told(storm(became)) == [
        "hypotheses/storm.yaml:6: predicts[1].item: no item has the id 'swell'; use one of sea",
    ]


def test_what_names_an_item_that_cannot_be_read_is_not_at_fault(told):
    became = storm("predicts:\n  - text: a swell\n    item: sea\n")
    assert told({**became, "evidence/sea.yaml": "["}) == [
        "evidence/sea.yaml:2: not YAML: while parsing a flow node: did not find expected node content",
    ]


def test_an_assumption_without_its_text(told):
    assert told(question("assumptions:\n- It is so.\n- {basis: A hunch.}\n")) == [
        "hypotheses/_question.yaml:6: assumptions[2].text: missing; this text is required"
    ]


def test_an_assumption_with_a_key_that_is_none(told):
    assert told(question("assumptions:\n- text: It is so.\n  because: x\n")) == [
        "hypotheses/_question.yaml:6: assumptions[1].because: unknown key; use one of text, basis, confidence, breaks_if, carries"
    ]


def test_an_assumption_held_with_a_confidence_that_is_none(told):
    held = "assumptions:\n- {text: It is so., confidence: medium}\n"
    assert told(question(held)) == [
        "hypotheses/_question.yaml:5: assumptions[1].confidence: 'medium'; use one of low, moderate, high"
    ]


def test_an_assumption_that_carries_a_hypothesis_that_is_not_there(told):
    carried = (
        "assumptions:\n-\n- text: It is so.\n  carries:\n  -\n  - storm\n  - tides\n"
    )
    assert told(question(carried)) == [
        "hypotheses/_question.yaml:10: assumptions[2].carries[3]: no hypothesis has the id 'tides'; use one of storm, tide"
    ]


def test_an_assumption_that_carries_one_hypothesis_twice(told):
    carried = "assumptions:\n- text: It is so.\n  carries: [storm, storm]\n"
    assert told(question(carried)) == [
        "hypotheses/_question.yaml:6: assumptions[1].carries[2]: 'storm' stands here a second time; keep one"
    ]


def test_an_assumption_that_carries_one_text(told):
    carried = "assumptions:\n- text: It is so.\n  carries: storm\n"
    assert told(question(carried)) == [
        "hypotheses/_question.yaml:6: assumptions[1].carries: a single value; a list is needed"
    ]


def test_an_outcome_that_names_no_hypothesis(told):
    assert told(question("outcome: {known: 2025-11-01}\n")) == [
        "hypotheses/_question.yaml:4: outcome.hypothesis: missing; name a hypothesis by its id, or write null for none of these"
    ]


def test_an_outcome_that_is_no_hypothesis(told):
    assert told(question("outcome: {hypothesis: none}\n")) == [
        "hypotheses/_question.yaml:4: outcome.hypothesis: no hypothesis has the id 'none'; use one of storm, tide"
    ]


def test_an_outcome_known_on_no_day(told):
    known = "outcome:\n  hypothesis: tide\n  known: lately\n"
    assert told(question(known)) == [
        "hypotheses/_question.yaml:6: outcome.known: 'lately'; use a date: YYYY, YYYY-MM or YYYY-MM-DD"
    ]


def test_an_outcome_as_one_text(told):
    assert told(question("outcome: tide\n")) == [
        "hypotheses/_question.yaml:4: outcome: a single value; a mapping (key: value) is needed"
    ]


def test_a_source_that_serves_a_hypothesis_that_is_not_there(told):
    assert told({"evidence/_sources.yaml": SOURCES + "  serves: [storm, tides]\n"}) == [
        "evidence/_sources.yaml:4: pilot.serves[2]: no hypothesis has the id 'tides'; use one of storm, tide"
    ]


def test_an_item_known_on_no_day(told):
    assert told(sea("kind: evidence", "kind: evidence\nknown: 2024-13")) == [
        "evidence/sea.yaml:5: known: '2024-13'; use a date: YYYY, YYYY-MM or YYYY-MM-DD"
    ]


def test_a_source_without_a_description(told):
    assert told({"evidence/_sources.yaml": SOURCES + "wire:\n"}) == [
        "evidence/_sources.yaml:4: wire: a mapping with at least a name is needed"
    ]


def test_a_source_under_a_name_that_is_no_id(told):
    assert told({"evidence/_sources.yaml": SOURCES + "The Wire: {name: W}\n"}) == [
        "evidence/_sources.yaml:4: The Wire: 'The Wire' is no id; use lower-case letters and digits, with single hyphens between",
    ]


def test_a_note_on_deception_under_another_head(told):
    changed = SOURCES + "  deception: {motif: x}\n"
    assert told({"evidence/_sources.yaml": changed}) == [
        "evidence/_sources.yaml:4: pilot.deception.motif: unknown key; use one of motive, opportunity, means, past, corroboration, gain",
    ]


# ------------------------------------------------------------------ references


def test_a_rating_for_a_hypothesis_that_is_not_there(told):
    assert told(sea("  tide: N", "  tides: N")) == [
        "evidence/sea.yaml:8: ratings.tides: no hypothesis has the id 'tides'; use one of storm, tide",
    ]


def test_a_long_rating_for_a_hypothesis_that_is_not_there(told):
    """The line is the hypothesis's, not that of its rating below."""
    assert told(sea("  tide: N", "  tides:\n    rating: N")) == [
        "evidence/sea.yaml:8: ratings.tides: no hypothesis has the id 'tides'; use one of storm, tide",
    ]


def test_a_source_that_is_not_there(told):
    assert told(sea("source: pilot", "source: cook")) == [
        "evidence/sea.yaml:5: sources[1].source: no source has the id 'cook'; use one of pilot",
    ]


def test_a_source_that_is_not_there_in_the_short_form(told):
    changed = sea("sources: [{source: pilot, at: par. 2}]", "sources:\n- pilot\n- cook")
    assert told(changed) == [
        "evidence/sea.yaml:7: sources[2].source: no source has the id 'cook'; use one of pilot",
    ]


def test_a_citation_that_names_no_source(told):
    """One fault, not a second one about the source '' besides."""
    assert told(sea("source: pilot, ", "")) == [
        "evidence/sea.yaml:5: sources[1].source: missing; this text is required"
    ]


def test_an_empty_entry_in_the_list_of_sources(told):
    changed = sea("sources: [{source: pilot, at: par. 2}]", "sources:\n-\n- cook")
    assert told(changed) == [
        "evidence/sea.yaml:6: sources[1]: empty; name a source, or drop the entry",
        "evidence/sea.yaml:7: sources[2].source: no source has the id 'cook'; use one of pilot",
    ]


def test_one_label_for_two_items(told):
    assert told({"evidence/wind.yaml": SEA}) == [
        "evidence/wind.yaml:1: label: 'E1' is the label of sea already; give each its own",
    ]


def test_one_label_for_two_hypotheses(told):
    assert told({"hypotheses/tide.yaml": TIDE.replace("H2", "H1")}) == [
        "hypotheses/tide.yaml:1: label: 'H1' is the label of storm already; give each its own",
    ]


# ------------------------------------------------------------------ files


def test_no_folder_at_all(tmp_path):
    with pytest.raises(WorkbenchError) as caught:
        folder.load(tmp_path / "none")
    assert (
        str(caught.value) == f"{tmp_path / 'none'}: no such folder; name a case folder"
    )


def test_a_folder_without_hypotheses(told):
    """The ratings for hypotheses that are gone are not a fault each besides."""
    gone = dict.fromkeys(name for name in FILES if name.startswith("hypotheses/"))
    assert told(gone) == [
        "hypotheses: missing; a case has this folder",
        "hypotheses/_question.yaml: missing; a case has this file",
    ]


def test_an_empty_folder(tmp_path):
    with pytest.raises(ContentErrors) as caught:
        folder.load(tmp_path)
    assert [str(error) for error in caught.value.errors] == [
        "evidence: missing; a case has this folder",
        "evidence/_sources.yaml: missing; a case has this file",
        "hypotheses: missing; a case has this folder",
        "hypotheses/_question.yaml: missing; a case has this file",
    ]
    assert not folder.is_case(tmp_path)


def test_no_list_of_sources(told):
    """The citations are not a fault each besides."""
    assert told({"evidence/_sources.yaml": None}) == [
        "evidence/_sources.yaml: missing; a case has this file"
    ]


def test_an_empty_file(told):
    assert told({"evidence/sea.yaml": ""}) == [
        "evidence/sea.yaml:1: the file is empty; see the README for what it holds"
    ]


def test_a_file_of_comments(told):
    assert told({"evidence/sea.yaml": "# to be written\n"}) == [
        "evidence/sea.yaml:1: the file is empty; see the README for what it holds"
    ]


def test_a_file_that_holds_one_sentence(told):
    assert told({"hypotheses/tide.yaml": "It is the tide.\n"})[0] == (
        "hypotheses/tide.yaml:1: a single value; a mapping (key: value) is needed"
    )


def test_two_documents_in_one_file(told):
    assert told({"evidence/sea.yaml": SEA + "---\n" + SEA}) == [
        "evidence/sea.yaml:9: not YAML: expected a single document in the stream: but found another document",
    ]


def test_a_hypothesis_that_cannot_be_read(told):
    """One fault: the ratings for it name a file that is there."""
    assert told({"hypotheses/tide.yaml": "label: [H2\n"}) == [
        "hypotheses/tide.yaml:2: not YAML: while parsing a flow sequence: did not find expected ',' or ']'",
    ]


def test_a_colon_in_a_text_without_quotes(told):
    assert told(sea("title: Sea", "title: Sea: calm")) == [
        "evidence/sea.yaml:2: not YAML: mapping values are not allowed in this context"
    ]


def test_a_tab_for_an_indent(told):
    assert told(sea("  tide: N", "\ttide: N")) == [
        "evidence/sea.yaml:8: not YAML: a tab; indent with spaces"
    ]


def test_a_binary_file(told):
    assert told({"evidence/sea.yaml": b"label: E1\n\x89PNG\r\n\x1a\n\x00\x00"}) == [
        "evidence/sea.yaml:2: not a text in UTF-8 (a binary file?); save it as UTF-8"
    ]


def test_a_text_in_another_encoding(told):
    changed = SEA.replace("title: Sea", "title: Mér").encode("latin-1")
    assert told({"evidence/sea.yaml": changed}) == [
        "evidence/sea.yaml:2: not a text in UTF-8 (a binary file?); save it as UTF-8"
    ]


def test_a_control_character(told):
    """The line is counted in characters, whatever stands before."""
    changed = SEA.replace("title: Sea", "title: Ñandú ñandú\ncaveat: a\x07b")
    assert told({"evidence/sea.yaml": changed}) == [
        "evidence/sea.yaml:3: the character U+0007 is not allowed; take it out"
    ]


def test_a_control_character_written_as_an_escape(told):
    """Neither a terminal nor a word processor's file should ever get it."""
    assert told(sea("title: Sea", r'title: "\e[31mSea"')) == [
        "evidence/sea.yaml:2: title: the character U+001B is not allowed; take it out"
    ]


def test_a_file_that_is_too_long(told):
    assert told({"evidence/sea.yaml": SEA + "#" * 2_000_000}) == [
        "evidence/sea.yaml: too long; a file of a case has at most 2,000,000 bytes",
    ]


def test_a_file_without_an_end_in_sight(told, tmp_path):
    """Three gigabytes that take no room on disk would take it in memory."""
    (tmp_path / "evidence").mkdir()
    with (tmp_path / "evidence/wind.yaml").open("wb") as file:
        file.truncate(3 * 2**30)
    limit = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (2 * 2**30, limit[1]))
    try:
        assert told({}) == [
            "evidence/wind.yaml: too long; a file of a case has at most 2,000,000 bytes",
        ]
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limit)


@pytest.mark.parametrize(
    "name", ["hypotheses/_question.yaml", "evidence/_sources.yaml", "evidence/sea.yaml"]
)
def test_a_pipe_under_the_name_of_a_file(told, tmp_path, name):
    """Nobody writes to it, so whoever opened it would wait for ever."""
    (tmp_path / name).parent.mkdir()
    os.mkfifo(tmp_path / name)
    said = f"{name}: cannot be read: a pipe or a device, not a file"
    assert told({name: None}) == [said]


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/full"])
def test_a_device_under_the_name_of_a_file(told, tmp_path, device):
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/wind.yaml").symlink_to(device)
    said = "evidence/wind.yaml: cannot be read: a pipe or a device, not a file"
    assert told({}) == [said]


def test_a_link_to_itself(told, tmp_path):
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/wind.yaml").symlink_to("wind.yaml")
    assert told({}) == [
        "evidence/wind.yaml: cannot be read: Too many levels of symbolic links"
    ]


def test_a_folder_under_the_name_of_an_item(told, tmp_path):
    """It would be passed over in silence."""
    (tmp_path / "evidence/wind.yaml").mkdir(parents=True)
    assert told({}) == ["evidence/wind.yaml: cannot be read: Is a directory"]


def test_a_folder_without_leave_to_list_it(told, monkeypatch):
    listed = Path.iterdir

    def denied(path: Path):
        if path.name == "evidence":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", denied)
    assert told({}) == ["evidence: cannot be read: Permission denied"]


def test_an_alias_bomb(told):
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for one, two in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{two}: &{two} [{', '.join([f'*{one}'] * 9)}]\n"
    assert told({"evidence/sea.yaml": bomb}) == [
        "evidence/sea.yaml:1: used again through an alias (*); write it out"
    ]


def test_a_list_within_itself(told):
    assert told({"evidence/sea.yaml": "tags: &a [*a]\n"}) == [
        "evidence/sea.yaml:1: used again through an alias (*); write it out"
    ]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_five_thousand_brackets(told, opening):
    [message] = told({"evidence/sea.yaml": opening * 5000})
    assert message.startswith("evidence/sea.yaml:1: not YAML: ")
    assert "exceeded maximum nesting depth" in message


def test_five_thousand_brackets_for_the_loader_without_c(told, monkeypatch):
    monkeypatch.setattr("workbench.case.nodes._Loader", yaml.SafeLoader)
    assert told({"evidence/sea.yaml": "[" * 5000}) == [
        "evidence/sea.yaml: nested too deeply"
    ]


def test_a_python_tag_on_a_value(told):
    assert told(sea("title: Sea", "title: !!python/name:os.system ''")) == [
        "evidence/sea.yaml:2: title: the tag 'tag:yaml.org,2002:python/name:os.system'; write the value without it",
    ]


def test_a_python_tag_on_a_list(told):
    changed = sea("title: Sea", "title: !!python/object/apply:os.system [id]")
    assert told(changed) == [
        "evidence/sea.yaml:2: the tag 'tag:yaml.org,2002:python/object/apply:os.system'; write the value without it",
    ]


def test_a_tag_of_ones_own(told):
    assert told(sea("title: Sea", "title: !sea Sea")) == [
        "evidence/sea.yaml:2: title: the tag '!sea'; write the value without it"
    ]


@pytest.mark.parametrize("name", ["wind.yml", "wind.YAML", "wind.Yml"])
def test_a_file_with_another_ending(told, name):
    """It would be passed over in silence."""
    changed = {f"evidence/{name}": SEA.replace("E1", "E2")}
    assert told(changed) == [f"evidence/{name}: rename it to end in .yaml"]


@pytest.mark.parametrize("name", ["Wind", "calm sea", "calm_sea", "a--b", "мор", "-a"])
def test_a_file_whose_name_is_no_id(told, name):
    changed = {f"evidence/{name}.yaml": SEA.replace("E1", "E2")}
    assert told(changed) == [
        f"evidence/{name}.yaml: the file's name is no id; use lower-case letters and digits, with single hyphens between",
    ]


def test_a_folder_under_the_name_of_a_file(told, tmp_path):
    (tmp_path / "hypotheses/_question.yaml").mkdir(parents=True)
    assert told({"hypotheses/_question.yaml": None}) == [
        "hypotheses/_question.yaml: cannot be read: Is a directory"
    ]


def test_a_link_that_leads_nowhere(told, tmp_path):
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/wind.yaml").symlink_to(tmp_path / "gone")
    assert told({}) == ["evidence/wind.yaml: missing; a case has this file"]


def test_a_file_without_leave_to_read_it(told, monkeypatch):
    def denied(path: Path, most: int) -> bytes:
        if path.name == "_sources.yaml":
            raise PermissionError(13, "Permission denied")
        return read_whole(path, most)

    monkeypatch.setattr(folder, "read_whole", denied)
    assert told({}) == ["evidence/_sources.yaml: cannot be read: Permission denied"]


def test_all_faults_of_a_broken_folder_come_at_once(told):
    assert told(
        {
            "hypotheses/_question.yaml": "question: Why?\nformat: 3\n",
            "hypotheses/storm.yaml": STORM + "status: maybe\nprior: 2\n",
            "hypotheses/wave.yml": STORM,
            "evidence/_sources.yaml": SOURCES + "cook: {}\n",
            "evidence/sea.yaml": "label: E1\ntitle: Sea\nkind: rumour\nsources: [baker]\nratings: {storm: X, flood: C}\n",
            "evidence/wind.yaml": "label: [E2\n",
        }
    ) == [
        "evidence/_sources.yaml:4: cook.name: missing; this text is required",
        "evidence/sea.yaml:1: statement: missing; this text is required",
        "evidence/sea.yaml:3: kind: 'rumour'; use one of evidence, assumption, absence",
        "evidence/sea.yaml:4: sources[1].source: no source has the id 'baker'; use one of pilot, cook",
        "evidence/sea.yaml:5: ratings.flood: no hypothesis has the id 'flood'; use one of storm, tide",
        f"evidence/sea.yaml:5: ratings.storm: 'X' is not a rating; use {CODES}",
        "evidence/wind.yaml:2: not YAML: while parsing a flow sequence: did not find expected ',' or ']'",
        "hypotheses/_question.yaml:1: title: missing; this text is required",
        "hypotheses/_question.yaml:2: format: '3'; this program reads format 1",
        "hypotheses/storm.yaml:4: status: 'maybe'; use one of active, parked, rejected",
        "hypotheses/storm.yaml:5: prior: '2'; use a number from 0 to 1",
        "hypotheses/wave.yml: rename it to end in .yaml",
    ]


def test_a_fault_mended_is_a_fault_gone(tmp_path):
    """Nothing of a failed reading is left over for the next."""
    write_files(tmp_path, {**FILES, "hypotheses/_question.yaml": "format: 1\n"})
    for _ in range(2):
        with pytest.raises(ContentErrors) as caught:
            folder.load(tmp_path)
        assert len(caught.value.errors) == 2
    write_files(tmp_path, FILES)
    assert folder.load(tmp_path).question.title == "Calm sea"


# ------------------------------------------------------------------ no mistakes


def test_a_byte_order_mark(loaded):
    assert loaded({"evidence/sea.yaml": b"\xef\xbb\xbf" + SEA.encode()}) == loaded(
        FILES
    )


def test_line_ends_of_windows(loaded):
    with_them = {name: text.replace("\n", "\r\n") for name, text in FILES.items()}
    assert loaded(with_them) == loaded(FILES)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "NO",
        "on",
        "Off",
        "true",
        "12:30",
        "0x1F",
        "010",
        "1e3",
        "1_000",
        ".inf",
        "2024-04-17",
        "2024-04-17 10:00:00",
        "=",
        "It's calm; the 'sea'#",
        "😀 calm 🌊",
        "\u202egnp.exe",
        "море спокойно",
        "a\u2009b",
    ],
)
def test_a_text_stays_as_written(loaded, text):
    assert loaded(sea("title: Sea", f"title: {text}")).item["sea"].title == text


@pytest.mark.parametrize("text", ["null", "~", "", "yes", "- a", "a: b", "#a"])
def test_a_text_in_quotes_stays_as_written(loaded, text):
    caveat = sea("kind: evidence", f'kind: evidence\ncaveat: "{text}"')
    assert loaded(caveat).item["sea"].caveat == text


@pytest.mark.parametrize("nothing", ["null", "~", ""])
def test_a_key_without_a_value_says_nothing(loaded, nothing):
    caveat = sea("kind: evidence", f"kind: evidence\ncaveat: {nothing}")
    assert loaded(caveat).item["sea"].caveat == ""


def test_an_alias_of_a_single_value_is_that_value(loaded):
    changed = sea(
        "title: Sea\nstatement: The sea is calm.", "title: &t A\nstatement: *t"
    )
    assert loaded(changed).item["sea"].statement == "A"


@pytest.mark.parametrize("cell", ["tide:", "tide: ~"])
def test_an_empty_cell_is_unrated(loaded, cell):
    assert "tide" not in loaded(sea("tide: N", cell)).item["sea"].ratings


def test_levels_are_words_or_the_multiplier_itself(loaded):
    changed = sea("kind: evidence", "kind: evidence\ncredibility: low\nrelevance: 0.25")
    item = loaded(changed).item["sea"]
    assert (item.credibility, item.relevance) == ("low", 0.25)


def test_a_case_may_have_no_evidence_yet(tmp_path):
    write_files(tmp_path, {**FILES, "evidence/_sources.yaml": "{}\n"})
    (tmp_path / "evidence/sea.yaml").unlink()
    assert folder.load(tmp_path).evidence == ()


def test_other_files_and_reserved_names_are_not_items(loaded):
    other = {
        "evidence/notes.txt": "x",
        "evidence/_template.yaml": "label:",
        "evidence/.sea.yaml.swp": b"\x00",
        "evidence/archive/old.yaml": "[",
    }
    assert len(loaded(other).evidence) == 1


def test_predictions_are_texts_or_mappings(loaded):
    more = (
        "predicts:\n- a swell\n- {text: rain, by: 2024-09, state: observed, on: 2024}\n"
    )
    assert loaded(storm(more)).hypothesis["storm"].predicts == (
        Indicator("a swell"),
        Indicator("rain", EventDate("2024-09"), "observed", EventDate("2024")),
    )


def test_an_indicator_says_how_it_would_stand_to_each_hypothesis(loaded):
    rated = "{storm: CC, tide: {rating: I, because: The tide is low.}}"
    more = f"predicts:\n- {{text: a swell, ratings: {rated}, item: sea}}\n"
    [indicator] = loaded(storm(more)).hypothesis["storm"].predicts
    assert indicator.item == "sea"
    assert indicator.ratings == {
        "storm": Rating(Consistency.CC),
        "tide": Rating(Consistency.I, "The tide is low."),
    }


def test_assumptions_are_texts_or_mappings(loaded):
    more = """\
assumptions:
- The log is whole.
- text: The pilot is sober.
  basis: He always was.
  confidence: moderate
  breaks_if: A bottle is found.
  carries: [tide]
"""
    assert loaded(question(more)).question.assumptions == (
        Assumption("The log is whole."),
        Assumption(
            "The pilot is sober.",
            "He always was.",
            "moderate",
            "A bottle is found.",
            ("tide",),
        ),
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("outcome:", None),
        ("outcome: {hypothesis: }", Outcome("")),
        (
            "outcome: {hypothesis: null, because: A wreck.}",
            Outcome("", None, "A wreck."),
        ),
        (
            "outcome: {hypothesis: tide, known: 2024-05}",
            Outcome("tide", EventDate("2024-05")),
        ),
    ],
)
def test_the_outcome_may_be_none_of_these_or_not_known_yet(loaded, written, read):
    assert loaded(question(f"{written}\n")).question.outcome == read


def test_a_source_is_spoken_of_by_its_short_name(loaded):
    assert loaded().source["pilot"].spoken == "The pilot"
    more = "  short: Pilot\n  serves: [tide]\n"
    pilot = loaded({"evidence/_sources.yaml": SOURCES + more}).source["pilot"]
    assert (pilot.spoken, pilot.serves) == ("Pilot", ("tide",))


def test_an_item_has_a_date_and_a_day_on_which_it_became_known(loaded):
    changed = sea("kind: evidence", "kind: evidence\ndate: 2024\nknown: 2024-05-01")
    item = loaded(changed).item["sea"]
    assert (str(item.date), str(item.known)) == ("2024", "2024-05-01")


# ------------------------------------------------------------------ writing


def write(where, item):
    text = folder.dump(document.evidence_document(item))
    folder.write_text(where / f"evidence/{item.id}.yaml", text)


def test_a_file_is_written_as_the_format_shows_it(tmp_path):
    item = make_item(
        "E1",
        {"h1": "N"},
        ["wire"],
        "2024-04-17",
        id="sea",
        statement="The sea is calm, and has been so since the pilot came on board, which nobody remembers exactly, for it was long ago.",
        credibility="high",
    )
    write(tmp_path, item)
    assert (
        (tmp_path / "evidence/sea.yaml").read_text()
        == """\
label: E1
title: Title of E1
statement: >-
  The sea is calm, and has been so since the pilot came on board, which nobody remembers exactly,
  for it was long ago.
kind: evidence
date: 2024-04-17
sources:
  - source: wire
credibility: high
relevance: medium
status: active
ratings:
  h1:
    rating: N
"""
    )


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path):
    item = make_item("E1")
    write(tmp_path, item)
    path = tmp_path / "evidence/e1.yaml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    path.chmod(0o600)
    write(tmp_path, make_item("E1", title="Other"))
    assert "title: Other" in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["e1.yaml"]


def test_a_name_may_be_as_long_as_the_file_system_allows(tmp_path):
    path = tmp_path / f"{'a' * 250}.yaml"
    folder.write_text(path, "one")
    folder.write_text(path, "two")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    write(tmp_path, make_item("E1"))
    path = tmp_path / "evidence/e1.yaml"
    before = path.read_bytes()

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path, make_item("E1", title="Other"))
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["e1.yaml"]


def test_the_folder_is_synced_after_the_file_so_that_its_name_is_kept_too(
    tmp_path, monkeypatch
):
    kinds = []
    sync = os.fsync

    def noted(handle):
        kinds.append(stat.S_IFMT(os.fstat(handle).st_mode))
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    write(tmp_path, make_item("E1"))
    assert kinds == [stat.S_IFREG, stat.S_IFDIR]


def test_a_case_is_never_written_over_another(tmp_path):
    folder.write(tmp_path, make_case("E1: C I"))
    with pytest.raises(WorkbenchError) as caught:
        folder.write(tmp_path, make_case("E1: I I"))
    assert str(caught.value) == (
        f"{tmp_path}: holds a case already; name another folder"
    )
    assert folder.load(tmp_path) == make_case("E1: C I")


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x7f", "\ud800", "\uffff"])
def test_a_text_no_file_can_hold_is_refused_before_anything_is_written(
    tmp_path, character
):
    case = Case(
        Question("Why?", "It"), (), (), (make_item("E1", caveat=f"a{character}b"),)
    )
    with pytest.raises(WorkbenchError) as caught:
        folder.write(tmp_path, case)
    assert str(caught.value) == (
        f"the character U+{ord(character):04X} is not allowed in a case's files; take it out"
    )
    assert list(tmp_path.iterdir()) == []


def test_the_fingerprint_of_a_folder_changes_with_its_files(tmp_path):
    write_files(tmp_path, FILES)
    first = folder.fingerprint(tmp_path)
    assert folder.fingerprint(tmp_path) == first
    write_files(tmp_path, sea("title: Sea", "title: Seas"))
    second = folder.fingerprint(tmp_path)
    assert second != first
    (tmp_path / "evidence/sea.yaml").unlink()
    assert folder.fingerprint(tmp_path) not in (first, second)
    assert folder.fingerprint(tmp_path / "none") == ()


def test_a_link_that_leads_nowhere_hides_no_change_of_another_file(tmp_path):
    write_files(tmp_path, FILES)
    for name in ("aa", "mm", "zz"):
        (tmp_path / f"evidence/{name}.yaml").symlink_to(f"{name}.yaml")
    first = folder.fingerprint(tmp_path)
    assert len(first) == len(FILES) + 3
    write_files(tmp_path, sea("title: Sea", "title: Seas"))
    assert folder.fingerprint(tmp_path) != first


def test_each_file_is_read_once_and_by_the_fast_loader(tmp_path, monkeypatch):
    folder.write(tmp_path, make_case("E1: CC C", "E2: N I", "E3: II NA"))
    loaders = []
    compose = yaml.compose

    def noted(text, Loader):  # noqa: N803  as yaml has it
        loaders.append(Loader)
        return compose(text, Loader=Loader)

    monkeypatch.setattr(yaml, "compose", noted)
    folder.load(tmp_path)
    assert loaders == [yaml.CSafeLoader] * len(list(tmp_path.rglob("*.yaml")))


def test_the_shipped_case_is_without_a_fault():
    case = folder.load(Path(__file__).parents[2])
    assert len(case.hypotheses) >= 4
    assert case.evidence
    assert all(item.ratings.keys() == set(case.hypothesis) for item in case.evidence)


# ------------------------------------------------------------------ round trips


@given(cases())
@settings(max_examples=100)
def test_a_case_written_and_read_is_the_same_case(tmp_path_factory, case):
    place = tmp_path_factory.mktemp("case")
    with mock.patch.object(os, "fsync"):
        folder.write(place, case)
    again = folder.load(place)
    assert again == case
    assert again.sources == case.sources


@given(TEXTS)
def test_a_text_written_and_read_is_the_same_text(text):
    dumped = folder.dump({"caveat": text, "tags": [text], "deep": {"a": [{"b": text}]}})
    assert yaml.load(dumped, yaml.BaseLoader) == {
        "caveat": text,
        "tags": [text],
        "deep": {"a": [{"b": text}]},
    }
