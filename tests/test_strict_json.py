"""JSON is read strictly, and whatever is refused is told with its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.strict_json import NotJson, parse

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_json_is_read_as_it_is(value):
    assert parse(json.dumps(value)) == value


# Each mistake, and what its message must say.
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON: Expecting value"),
        ('{"a": 1', "not JSON: Expecting"),
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "the key 'c' stands twice"),
        ("[NaN]", "NaN is not a number of JSON"),
        ("[-Infinity]", "-Infinity is not a number of JSON"),
        ("[1e999]", "the number 1e999 is too large"),
        ("[" + "9" * 5000 + "]", "the number 9+… is too large"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_strict_json_is_refused_with_its_reason(text, said):
    with pytest.raises(NotJson, match=said):
        parse(text)


def test_a_fault_is_told_with_its_line_and_column():
    with pytest.raises(NotJson) as caught:
        parse('{\n  "a": 1,\n  oops\n}')
    assert (caught.value.line, caught.value.column) == (3, 3)


def test_a_key_that_stands_twice_among_very_many_is_found_at_once():
    keys = ",".join(f'"k{number}":0' for number in range(200_000))
    with pytest.raises(NotJson, match="'k7' stands twice"):
        parse(f'{{{keys},"k7":1}}')
