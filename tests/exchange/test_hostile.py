"""Whatever a file holds, it is read as data or refused with a message; never more."""

from __future__ import annotations

import contextlib
import copy
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.guarded import guarded
from tests.exchange.sampled import parsed, raw
from tests.report.hostile import DATE, own
from tests.report.hostile import case as hostile_case
from workbench import exchange
from workbench.case.document import case_document
from workbench.case.reading import read_case
from workbench.exchange import FORMATS, Imported, Unreadable
from workbench.exchange.content import MAX_BYTES, MAX_PARSED

ROOT = Path(__file__).parents[2]
JSONS = (
    "arkhammirror.json",
    "arkhammirror_matrix.json",
    "arkhammirror_standalone.json",
    "arkhammirror_v1.json",
    "intel_workbench.json",
    "open_synthesis.json",
)
REPORT = exchange.write(hostile_case("x"), own("y"), "json", date=DATE, analyst="ana")
SMALL = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
ANY = st.recursive(
    SMALL
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["2025-13-45", "9999-99-99T00:00:00Z", 10**250, -0.0, "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


def places(value, path=()):
    """Walk the paths of every value in a document."""
    yield path
    if isinstance(value, dict):
        for key, one in value.items():
            yield from places(one, (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from places(one, (*path, number))


def put(document, path, value):
    """Give the document with another value at a path."""
    if not path:
        return value
    document = copy.deepcopy(document)
    where = document
    for key in path[:-1]:
        where = where[key]
    where[path[-1]] = value
    return document


DOCUMENTS = [parsed(name) for name in JSONS] + [
    {k: v for k, v in json.loads(REPORT.data).items() if k != "sections"}
]
ALTERED = st.sampled_from(DOCUMENTS).flatmap(
    lambda document: st.builds(
        put, st.just(document), st.sampled_from(list(places(document))), ANY
    )
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(ALTERED)
def test_any_value_in_any_place_is_read_or_refused(document):
    try:
        found = exchange.read(json.dumps(document).encode(), "file.json")
    except Unreadable as refused:
        found = ()
        told = str(refused)
    else:
        told = "file.json: read"
    assert told.startswith("file.json: ")
    for one in found:
        assert isinstance(one, Imported)
        assert read_case(case_document(one.case), "x") == one.case


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([*JSONS, "arkhammirror.csv"]), st.data())
def test_a_file_cut_anywhere_is_read_or_refused(name, data):
    whole = raw(name)
    cut = whole[: data.draw(st.integers(0, len(whole) - 2))]
    with contextlib.suppress(Unreadable):
        exchange.read(cut, name)


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_refused(data):
    with pytest.raises(Unreadable):
        exchange.read(data, "file")


# Each mistake, and what its message must say.
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "f: the file is empty"),
        (b" \n\t ", "f: the file is empty"),
        (b"hello", "f: not a file of a kind that is read"),
        (b"[" * 100_000, "f: nested too deeply"),
        (b'{"a": ' * 100_000, "f: nested too deeply"),
        (b'{"achMatrices": [1e999]}', "the number 1e999 is too large"),
        (b'{"achMatrices": [' + b"9" * 5000 + b"]}", "is too large"),
        (b'{"achMatrices": [], "achMatrices": []}', "'achMatrices' stands twice"),
        (b'{"achMatrices": [NaN]}', "NaN is not a number"),
        (b'{"achMatrices": [}', "line 1, column 18: not JSON"),
        ('{"a": "é"}'.encode("latin-1"), "line 1: JSON, but not in UTF-8"),
        ('{"a": "é"}'.encode("utf-16-le"), "JSON, but not in UTF-8 .in UTF-16"),
        ('{"a": "é"}'.encode("utf-16"), "JSON, but not in UTF-8 .in UTF-16"),
        ('{"a": "é"}'.encode("utf-32-be"), "JSON, but not in UTF-8"),
        (b"[" + b"[]," * 300_001 + b"0]", "JSON of more values than are read"),
        (b"[" + b"0," * 1_500_001 + b"0]", "JSON of more values than are read"),
        (b"[" + b" " * MAX_PARSED, "JSON of 16,000,001 bytes; at most 16,000,000"),
        (b"{}", "where its export failed"),
        (b'{"format": 1, "case": []}', "f: report: case: missing"),
        (
            json.dumps({"format": 1, "case": {"sources": dict.fromkeys(range(5001))}}),
            "case.sources: 5,001 entries; at most 5,000 are read",
        ),
        (
            json.dumps({"format": 1, "case": {"evidence": [0] * 100_000}}),
            "case: more than 100,000 values; split it",
        ),
        (b'{"achMatrices": {}}', "f: achMatrices: an object; use a list"),
        (b'{"achMatrices": [3]}', r"achMatrices\[1\]: the number 3; use an object"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_and_where(data, said):
    with pytest.raises(Unreadable, match=said):
        exchange.read(data if isinstance(data, bytes) else data.encode(), "f")


def test_a_file_that_nothing_knows_is_told_what_is_read():
    with pytest.raises(Unreadable) as caught:
        exchange.read(b'{"unknown": 1}', "f")
    for format_ in FORMATS:
        assert format_.title in str(caught.value)


def test_a_byte_order_mark_is_tolerated():
    plain = raw("arkhammirror.json")
    assert exchange.read(b"\xef\xbb\xbf" + plain, "f") == exchange.read(plain, "f")


def test_200_megabytes_of_spaces_are_refused_unread():
    with pytest.raises(Unreadable, match="200,000,000 bytes; a file to import has"):
        exchange.read(b" " * 200_000_000, "f")
    assert MAX_BYTES < 200_000_000


def test_the_name_decides_nothing():
    for name in ("x.csv", "x.exe", ""):
        assert exchange.read(raw("arkhammirror.json"), name)


CELL = b'{"evidence_id":"e","hypothesis_id":"h","rating":"+"}'
HEAVY = {
    "many objects": lambda: b'{"achMatrices":[' + b"{}," * 299_990 + b"0]}",
    "many keys": lambda: (
        b"{" + b",".join(b'"k%d":0' % i for i in range(1_200_000)) + b"}"
    ),
    "one long text": lambda: (
        b'{"achMatrices":"' + chr(0x1F600).encode() * 3_900_000 + b'"}'
    ),
    "many ratings": lambda: (
        b'{"metadata":{},"hypotheses":[{"id":"h"}],"evidence":[{"id":"e"}],"ratings":['
        + b",".join([CELL] * 250_000)
        + b"]}"
    ),
    "many texts": lambda: b'{"achMatrices":[' + b'"abcdefg",' * 1_450_000 + b"0]}",
    "a deep list": lambda: b"[" * 15_000_000,
    "many evaluations": lambda: (
        b"[" + b'{"model":"openach.evaluation","pk":1,"fields":{}},' * 149_000 + b"0]"
    ),
    "a wide table": lambda: (
        b"Evidence" + b"," * 15_000_000 + b",Source,Type,Credibility,Relevance"
    ),
    "a table past the limit": lambda: (
        b"Evidence" + b"," * 60_000_000 + b",Source,Type,Credibility,Relevance"
    ),
    "a report of nothing": lambda: (
        b'{"format":1,"case":{"evidence":{'
        + b",".join(b'"e%d":{}' % i for i in range(19_000))
        + b"}}}"
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_stays_within_300_megabytes_and_5_seconds(name):
    assert guarded("any", HEAVY[name]()).startswith(("read", "refused"))
