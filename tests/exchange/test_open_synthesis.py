"""Open Synthesis's dumps: boards, analysts kept apart, and nobody's password."""

from __future__ import annotations

import json

import pytest

from tests.exchange.sampled import imported, of, parsed
from workbench import exchange
from workbench.case.model import Consistency, EventDate, Rating
from workbench.exchange import Unreadable


def test_each_board_that_is_not_removed_nor_empty_is_a_case():
    found = imported("open_synthesis.json")
    assert [one.case.question.title for one in found] == [
        "Who moved the buoy?",
        "Who took the bell?",
    ]


def test_analysts_are_kept_apart_and_the_case_publishes_nothing():
    board = imported("open_synthesis.json")[0]
    assert list(board.analysts) == ["ana", "analyst 3", "analyst 5"]
    assert all(not item.ratings for item in board.case.evidence)


def test_a_single_analysts_ratings_are_the_published_ones():
    bell = imported("open_synthesis.json")[1]
    assert bell.analysts == {}
    cell = bell.case.item["cut-bolts"].ratings
    assert cell == {"a-collector": Rating(Consistency.I)}
    said = "analyst 3 alone rated it: the ratings are published ones"
    assert said in bell.understood


def test_zero_is_not_applicable_three_is_neutral_and_no_record_is_unrated():
    ratings = imported("open_synthesis.json")[0].analysts["ana"].ratings
    assert ratings[("calm-sea", "trawler")] == Rating(Consistency.NA)
    assert ratings[("blue-paint", "storm")] == Rating(Consistency.N)
    assert ("blue-paint", "trawler") not in ratings


def test_the_latest_evaluation_wins_whatever_its_zone_and_place_in_the_file():
    ratings = imported("open_synthesis.json")[0].analysts["ana"].ratings
    assert ratings[("calm-sea", "storm")] == Rating(Consistency.I)


def test_of_two_at_one_time_the_highest_number_wins():
    records = parsed("open_synthesis.json")
    for record in records:
        if record["model"] == "openach.evaluation":
            record["fields"]["timestamp"] = "2025-05-02T08:03:00Z"
    (board, _) = of_all(records)
    assert board.analysts["ana"].ratings[("calm-sea", "storm")] == Rating(Consistency.I)


def of_all(records):
    return exchange.read(json.dumps(records).encode(), "dump.json")


def test_what_is_removed_is_skipped_with_what_hangs_on_it():
    board = imported("open_synthesis.json")[0]
    assert [h.title for h in board.case.hypotheses] == ["Storm", "Trawler"]
    assert [e.title for e in board.case.evidence] == ["Calm sea", "Blue paint"]
    assert board.case.item["blue-paint"].sources == ()
    assert "an evaluation of what is marked as removed (2 times)" in board.dropped


def test_a_source_that_contradicts_is_a_caveat_and_no_support():
    board = imported("open_synthesis.json")[0]
    item = board.case.item["calm-sea"]
    assert [s.name for s in board.case.sources] == ["Tide table"]
    assert board.case.sources[0].published == EventDate("2025-04-30")
    assert item.caveat == (
        "A source contradicts this item: Gale warning https://example.org/gale "
        "2025-04-30"
    )
    assert item.date == EventDate("2025-04-29")


def test_neither_passwords_nor_addresses_are_kept_anywhere():
    for board in imported("open_synthesis.json"):
        told = repr(board)
        for secret in ("SECRET", "pbkdf2", "ana@", "bo@", "Hidden"):
            assert secret not in told


def test_with_natural_keys_a_user_is_a_list_of_one_name():
    records = parsed("open_synthesis.json")
    for record in records:
        if record["model"] == "auth.user":
            del record["pk"]
        if record["model"] == "openach.evaluation":
            user = record["fields"]["user"]
            named = {2: "ana", 3: "bo@example.org", 5: "cy@example.org"}
            record["fields"]["user"] = [named[user]]
    board = of_all(records)[0]
    assert len(board.analysts) == 3
    assert "ana" in board.analysts
    assert "example" not in repr(list(board.analysts))


@pytest.mark.parametrize(
    "said",
    [
        "a record of auth.permission",
        "a record of openach.analystsourcetag",
        "a record of openach.board that is marked as removed",
        "all of a user's record but the user name (2 times)",
        "a board without hypotheses and items",
        "an evaluation without a value; the cell is unrated",
        "a rating of an item that the file does not have",
        "source_description of a source",
    ],
)
def test_what_is_not_carried_is_said(said):
    assert said in imported("open_synthesis.json")[0].dropped


def test_a_dump_without_a_filled_board_is_refused():
    fields = {"board_title": "x", "removed": False}
    with pytest.raises(Unreadable, match="no board with hypotheses or items"):
        of([{"model": "openach.board", "pk": 1, "fields": fields}])


def test_two_records_of_one_number_are_refused_with_their_place():
    fields = {"board_title": "x"}
    with pytest.raises(Unreadable, match=r"record 2: a second openach\.board"):
        of([{"model": "openach.board", "pk": 1, "fields": fields}] * 2)
