"""What a page sends is carried out or refused by name; it never raises."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings, strategies

from tests.grid.forged import CASE, MATRIX, ODD, Forger, desk, try_out
from workbench.errors import WorkbenchError
from workbench.grid.line import Line, read_batch
from workbench.method.matrix import build

WHOLE = {"matrix": MATRIX, "client": "page", "batch": 3, "revision": 0, "frame": ""}
RATED = ["rating", "e1", "h1", "II", ""]
json_values = strategies.recursive(
    strategies.none()
    | strategies.booleans()
    | strategies.integers()
    | strategies.floats()
    | strategies.text()
    | strategies.sampled_from(["change", "undo", "return", "rating", "e1", "h1", "II"]),
    lambda inner: (
        strategies.lists(inner, max_size=4)
        | strategies.dictionaries(strategies.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (None, "an object is needed"),
        ([1], "an object is needed"),
        (WHOLE | {"client": ""}, "not a page: ''; use 1 to 64 printable"),
        (WHOLE | {"client": ["page"]}, "not a page: a list"),
        (WHOLE | {"batch": "3"}, "batch is a whole number"),
        (WHOLE | {"batch": True}, "batch is a whole number"),
        (WHOLE | {"revision": "7"}, "revision is a whole number"),
        (WHOLE | {"revision": 2**60}, "revision is a whole number"),
        (WHOLE | {"frame": 4}, "frame is a name"),
        (WHOLE | {"batches": {}}, "batches is a list"),
        (WHOLE | {"batches": [["page"]]}, "a client and a list of operations"),
        (WHOLE | {"batches": [["page", None]]}, "a client and a list of operations"),
        (WHOLE | {"batches": [["page", []]] * 201}, "at most 200"),
    ],
)
def test_what_is_no_batch_is_told_by_name(raw, said):
    with pytest.raises(WorkbenchError, match=said):
        read_batch(raw)


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ([1, "change", [["rating", "x" * 90, "h1", "II"]]], "has no item 'xxx"),
        ([1, "change", [["rating", "e1", ["h1"], "II"]]], "no hypothesis a list"),
        ([1, "change", [["likelihood", ["II"], None, 0.5]]], "a list is no part"),
        ([1, "change", 5], "a list is needed"),
        ([1, "return", ["e1"]], "has no item a list"),
        ([1, "return", "e9"], "has no item 'e9'"),
        ([1, {"a": 1}], "unknown operation an object"),
        ([1, "x" * 1000], "unknown operation 'xxx"),
    ],
)
def test_an_operation_is_refused_by_name_and_briefly(operation, said):
    with desk() as place:
        line = Line(MATRIX)
        line.receive(place, WHOLE | {"batches": [["page", [operation]]]})
        (reason,) = line.refused
        assert said in reason
        assert len(reason) < 200
        assert (line.error, line.acks) == ("", {"page": 1})


def test_what_could_not_be_saved_is_said_once_and_said_of_each_batch():
    with desk() as place:
        line = Line(MATRIX)
        line.receive(place, WHOLE | {"batches": [["page", [[1]]]]})
        assert line.error.startswith("Not saved: not an operation: a list (the 1. of")
        line.fail(WorkbenchError("not saved: the database is locked"))
        assert line.error == "Not saved: the database is locked"
        line.receive(place, WHOLE | {"batches": [["page", [[1, "change", [RATED]]]]]})
        assert (line.error, line.acks, line.heard) == ("", {"page": 1}, "page:3")


def test_a_batch_for_another_matrix_waits_for_that_one():
    with desk() as place:
        line = Line("another")
        line.receive(place, WHOLE | {"batches": [["page", [[1, "change", [RATED]]]]]})
        assert (line.heard, line.acks, place.revision) == ("", {}, 0)


def test_a_page_without_a_grid_is_told_what_became_of_its_operations_and_no_more():
    with desk() as place:
        line = Line(MATRIX)
        light = {name: WHOLE[name] for name in ("matrix", "client", "batch")}
        line.receive(place, light | {"batches": [["page", [[1, "change", [RATED]]]]]})
        matrix = build(CASE, place.judgments)
        said = line.answer(place, matrix)
        assert said == line.answer(place, None)
        assert said["acks"] == {"page": 1}
        assert "patches" not in said
        assert len(json.dumps(said)) < 200


def test_what_was_undone_elsewhere_is_told_again_where_its_answer_came_too_late():
    said = "Undone, and not seen here: an estimate on the page Probability."
    estimated = [1, "change", [["probability", "h1", None, 0.3]]]
    with desk() as place:
        line = Line(MATRIX)
        told = []
        for number, operations in enumerate(
            ([estimated], [[2, "undo", None]], [[2, "undo", None]], []), start=1
        ):
            batches = [["page", operations]] if operations else []
            line.receive(place, WHOLE | {"batch": number, "batches": batches})
            told.append(line.answer(place, None).get("told", ""))
        assert told == ["", said, said, ""]


@settings(max_examples=60, deadline=None)
@given(strategies.lists(json_values, max_size=4))
def test_anything_at_all_leaves_a_line_that_hears_the_next_batch(values):
    with desk() as place:
        line = Line(MATRIX)
        for value in values:
            line.receive(place, value)
            line.receive(place, WHOLE | {"batches": value})
            line.receive(place, WHOLE | {"batches": [["page", value]]})
            operations = [[1, "change", value], [2, value], value]
            for operation in operations:
                line.receive(place, WHOLE | {"batches": [["odd", [operation]]]})
            json.dumps(line.answer(place, build(CASE, line.seen(place.judgments))))
        line.receive(place, WHOLE | {"batches": [["last", [[1, "change", [RATED]]]]]})
        assert line.acks["last"] == 1
        assert place.judgments.ratings["e1", "h1"].consistency == "II"


def test_of_forged_batches_none_raises_and_none_leaves_a_wrong_entry():
    found = try_out(300)
    assert found["batches"] == 300
    assert found["heard after"] == 6
    assert min(found["entries"], found["refused"], found["not a batch"]) > 20


def test_the_forger_makes_whole_batches_and_such_as_are_none():
    forger = Forger(3)
    whole = 0
    for _ in range(100):
        try:
            read_batch(forger.batch())
            whole += 1
        except WorkbenchError:
            pass
    assert 20 < whole < 95
    assert any(isinstance(one, str) and "\ud800" in one for one in ODD)
