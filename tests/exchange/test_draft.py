"""A draft makes a case of whatever a file holds, and says what it had to change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.case.document import case_document
from workbench.case.entry import MAX_TEXT
from workbench.case.model import Assumption, Consistency, Question, Rating
from workbench.case.reading import read_case
from workbench.exchange.draft import MAX_NOTES, Draft
from workbench.exchange.imported import Unreadable


def draft() -> Draft:
    return Draft("A format", Question("Who moved the buoy?", "Buoy"))


def test_ids_are_made_anew_from_titles_and_differ() -> None:
    made = draft()
    first, second = made.hypothesis(7, "A storm!"), made.hypothesis(8, "A storm?")
    assert (first, second) == ("a-storm", "a-storm-2")


def test_an_id_that_is_a_path_becomes_a_word() -> None:
    made = draft()
    assert made.item("../../etc/passwd", "../../etc/passwd") == "etc-passwd"


def test_a_rating_of_something_unknown_is_dropped_and_said() -> None:
    made = draft()
    made.hypothesis(1, "Storm")
    made.item(1, "Calm sea")
    made.rate(1, 1, Consistency.II, "No wind")
    made.rate(2, 1, Consistency.C)
    made.rate(2, 1, Consistency.C)
    found = made.finish()
    assert found.case.item["calm-sea"].ratings == {
        "storm": Rating(Consistency.II, "No wind")
    }
    assert found.dropped == (
        "a rating of an item that the file does not have (2 times)",
    )


def test_two_analysts_are_kept_apart_and_publish_nothing() -> None:
    made = draft()
    made.hypothesis(1, "Storm")
    made.item(1, "Calm sea")
    made.rate(1, 1, Consistency.II, analyst="ana")
    made.rate(1, 1, Consistency.C, analyst="bo")
    found = made.finish()
    assert not found.case.item["calm-sea"].ratings
    cell = ("calm-sea", "storm")
    assert found.analysts["ana"].ratings[cell] == Rating(Consistency.II)
    assert found.analysts["bo"].ratings[cell] == Rating(Consistency.C)


def test_a_long_text_is_a_short_title_and_a_whole_statement() -> None:
    made = draft()
    made.item(1, "word " * 100)
    item = made.finish().case.evidence[0]
    assert len(item.title) <= 90
    assert item.statement == ("word " * 100).strip()


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="no hypotheses and no items"):
        draft().finish()


def test_one_key_for_two_items_is_refused() -> None:
    made = draft()
    made.item("e1", "One")
    with pytest.raises(Unreadable, match="same id"):
        made.item("e1", "Two")


@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=20)), min_size=1))
def test_whatever_the_texts_the_case_can_be_written_and_read(
    texts: list[tuple[str, str]],
) -> None:
    first, second = texts[0]
    asked = Question(
        first, second, None, first, handling=first, assumptions=(Assumption(first),)
    )
    made = Draft("A format", asked)
    for number, (text, label) in enumerate(texts[:50]):
        made.hypothesis(number, text, label=label)
        made.item(number, text, label=label, caveat=text, tags=(text, label))
        made.cite(number, made.source(text, url=label, publisher=text), text)
        made.rate(number, number, Consistency.NA, text)
    case = made.finish().case
    assert read_case(case_document(case), "x") == case


def test_a_short_first_line_that_stands_apart_is_the_title() -> None:
    made = draft()
    made.item(1, "Calm sea\n\nAll week.\n\nSo says the log.")
    item = made.finish().case.evidence[0]
    assert (item.title, item.statement) == ("Calm sea", "All week.\n\nSo says the log.")


def test_a_cell_rated_twice_has_the_last_rating_and_says_so() -> None:
    made = draft()
    made.hypothesis(1, "Storm")
    made.item(1, "Calm sea")
    made.rate(1, 1, Consistency.II)
    made.rate(1, 1, Consistency.NA)
    found = made.finish()
    assert found.case.evidence[0].ratings == {"storm": Rating(Consistency.NA)}
    assert found.dropped == ("an earlier rating of a cell that is rated again",)


def test_the_ids_of_the_file_are_kept_beside_the_new_ones() -> None:
    made = draft()
    made.hypothesis("../h-1", "Storm")
    made.item(7, "Calm sea")
    assert made.finish().ids == {"hypotheses/storm": "../h-1"}


def test_two_analysts_whose_names_look_alike_stay_two() -> None:
    made = draft()
    made.hypothesis(1, "Storm")
    made.item(1, "Calm sea")
    for name in ("ana  b", "ana b", "\x1b", ""):
        made.rate(1, 1, Consistency.C, analyst=name)
    assert list(made.finish().analysts) == [
        "ana b",
        "ana b 2",
        "analyst 3",
        "analyst 4",
    ]


def test_thousands_of_items_with_one_title_get_ids_of_their_own() -> None:
    made = draft()
    ids = {made.item(number, "Same title") for number in range(20_000)}
    assert len(ids) == 20_000


def test_a_list_of_notes_is_cut_and_counted() -> None:
    made = draft()
    made.hypothesis(1, "Storm")
    for number in range(1000):
        made.drop(f"the key {number}")
    found = made.finish()
    assert len(found.dropped) == MAX_NOTES + 1
    assert found.dropped[-1] == "and 800 more of such kinds"


def test_a_reason_is_no_longer_than_a_ledger_takes() -> None:
    made = draft()
    made.hypothesis(1, "Storm")
    made.item(1, "Calm sea")
    made.rate(1, 1, Consistency.C, "x" * (MAX_TEXT + 1))
    found = made.finish()
    assert len(found.case.evidence[0].ratings["storm"].because) == MAX_TEXT
    assert found.dropped == ("the end of a reason of more than 20,000 characters",)
