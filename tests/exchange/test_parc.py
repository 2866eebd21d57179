"""A PARC file is read as its matrix, and all else that is in it is listed."""

from __future__ import annotations

import gzip
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, strategies

from tests.exchange.matrices import (
    MATRICES,
    PARC,
    expected,
    ids,
    multiplier,
    published,
    scores,
)
from tests.exchange.test_delimited import codes
from workbench.case.model import EventDate, Kind
from workbench.exchange.formats.parc import read, recognises
from workbench.exchange.imported import Imported, Unreadable

# Every trap of the format in one project: values unknown, empty, too few and too many,
# a date of 0, aliases of types, hypotheses after an item, tags that nobody knows.
PROJECT = """<?xml version="1.0" encoding="UTF-16"?>
<ACH><PROJECT-TITLE>Who moved the buoy?</PROJECT-TITLE>
 <CLASSIFICATION>fouo</CLASSIFICATION>
 <LAST-INDEX>2</LAST-INDEX><COLOR-SCHEME>1</COLOR-SCHEME>
 <MATRIX>
  <EVIDENCE><NAME>Calm sea &amp; no wind</NAME><NOTES>All week</NOTES>
   <LINK>tide.htm</LINK><TYPE>press</TYPE><DATE>1270108800000</DATE>
   <CODE>T1</CODE><FLAG>0</FLAG><CREDIBILITY>HIGH</CREDIBILITY>
   <RELEVANCE>LOW</RELEVANCE><VALUES>I I,C,NA</VALUES></EVIDENCE>
  <HYPOTHESIS><NAME>Storm</NAME></HYPOTHESIS>
  <HYPOTHESIS><NAME>Trawler</NAME></HYPOTHESIS>
  <HYPOTHESIS><NAME>../../etc/passwd</NAME></HYPOTHESIS>
  <EVIDENCE><NAME>Net found</NAME><TYPE>assu</TYPE><DATE>0</DATE>
   <CREDIBILITY>MEDIUM</CREDIBILITY><VALUES>X,,C C</VALUES></EVIDENCE>
  <EVIDENCE><NAME>Too few</NAME><TYPE>hum</TYPE><VALUES>I</VALUES></EVIDENCE>
  <EVIDENCE><NAME>Too many</NAME><CREDIBILITY>LOW</CREDIBILITY>
   <VALUES>I,N,I,C</VALUES></EVIDENCE>
  <EVIDENCE><NAME>Unlooked at</NAME><CREDIBILITY>DOUBTFUL</CREDIBILITY>
   <DATE>soon</DATE><VALUES></VALUES></EVIDENCE>
 </MATRIX></ACH>"""


def imported(data: bytes) -> Imported:
    assert recognises(data)
    (found,) = read(data)
    return found


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as fault:
        read(data)
    return str(fault.value)


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(PROJECT.encode("utf-16"), mtime=0),
        gzip.compress(
            "\ufeff".encode("utf-16-be") + PROJECT.encode("utf-16-be"), mtime=0
        ),
        gzip.compress(PROJECT.encode("utf-16-le"), mtime=0),
        gzip.compress(PROJECT.encode("utf-16-be"), mtime=0),
        gzip.compress(PROJECT.encode("utf-8-sig"), mtime=0),
        gzip.compress(PROJECT.encode("utf-8"), mtime=0),
        gzip.compress(PROJECT.encode("utf-16")[:900], mtime=0)
        + gzip.compress(PROJECT.encode("utf-16")[900:], mtime=0),
        PROJECT.encode("utf-16"),
        PROJECT.encode("utf-8"),
    ],
    ids=["mark", "turned", "le", "be", "utf-8 mark", "utf-8", "members", "ach", "bare"],
)
def test_the_matrix_is_the_same_however_its_text_is_packed(data):
    found = imported(data)
    assert codes(found) == ["II C NA", ". . CC", "I . .", "I N I", ". . ."]
    assert found.case.question.question == "Who moved the buoy?"
    assert found.case.question.handling == "For official use only"
    assert [h.id for h in found.case.hypotheses] == ["storm", "trawler", "etc-passwd"]


def test_items_keep_their_notes_levels_dates_and_sources():
    case = imported(PROJECT.encode()).case
    first, second, third, fourth, fifth = case.evidence
    assert (first.title, first.statement) == ("Calm sea & no wind", "All week")
    assert (first.date, second.date) == (EventDate("2010-04-01"), None)
    assert (first.credibility, first.relevance) == ("high", "low")
    assert (fourth.credibility, fifth.credibility) == ("low", "medium")
    assert second.kind is Kind.ASSUMPTION
    source = case.source[first.sources[0].source]
    assert (source.name, source.kind, source.url) == ("tide.htm", "open source", "")
    assert (first.tags, third.tags) == (("T1",), ("human source",))


def test_whatever_is_not_carried_is_told():
    found = imported(PROJECT.encode())
    fewer = "fewer values than hypotheses; the rest stays unrated"
    assert found.dropped == (
        f"{fewer}: “Too few” and “Unlooked at”",
        "values beyond the last hypothesis: “Too many”",
        "DATE “soon”, which is no date: “Unlooked at”",
        "the tag LAST-INDEX",
        "the tag COLOR-SCHEME",
        "the tag EVIDENCE FLAG",
    )
    assert "An empty value is an unrated cell" in found.understood


def test_the_scores_are_those_of_parcs_own_formula():
    """Sum of I 1, II 2 times 1/sqrt 2, 1 or sqrt 2 for each of two levels."""
    low, high = 0.5**0.5, 2**0.5
    storm = 2 * high * low + 1 * 1 + 1 * low
    trawler = 0
    path = 1 * low
    assert scores(imported(PROJECT.encode()).case, "weighted-inconsistency") == (
        pytest.approx([storm, trawler, path], rel=0, abs=1e-12)
    )


WORDED = [
    name
    for name in MATRICES
    if all(
        isinstance(item[kind], str)
        for item in published(name)["evidence"]
        for kind in ("credibility", "relevance")
    )
]


def project(name: str) -> str:
    file = published(name)
    parts = [f"<HYPOTHESIS><NAME>{id_}</NAME></HYPOTHESIS>" for id_ in ids(name)]
    for item in file["evidence"]:
        codes_ = (item["ratings"].get(id_) for id_ in ids(name))
        values = ",".join(PARC[code] if code else "" for code in codes_)
        parts.append(
            f"<EVIDENCE><NAME>{escape(item['title'])}</NAME>"
            f"<CREDIBILITY>{item['credibility'].upper()}</CREDIBILITY>"
            f"<RELEVANCE>{item['relevance'].upper()}</RELEVANCE>"
            f"<VALUES>{values}</VALUES></EVIDENCE>"
        )
    return f"<ACH><MATRIX>{''.join(parts)}</MATRIX></ACH>"


@pytest.mark.parametrize("name", WORDED)
def test_a_published_matrix_scores_as_published_and_by_the_formula(name):
    found = imported(gzip.compress(project(name).encode("utf-16"), mtime=0))
    points = {"I": 1, "II": 2}
    formula = [
        sum(
            points.get(item["ratings"].get(id_), 0)
            * multiplier(item["credibility"])
            * multiplier(item["relevance"])
            for item in published(name)["evidence"]
        )
        for id_ in ids(name)
    ]
    got = scores(found.case, "weighted-inconsistency")
    assert got == pytest.approx(formula, rel=0, abs=1e-8)
    assert got == pytest.approx(expected(name, "weighted-inconsistency"), abs=1e-8)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (gzip.compress(PROJECT.encode("utf-16"), mtime=0)[:-40], "cut short"),
        (gzip.compress(PROJECT.encode("utf-16"), mtime=0)[:20] + bytes(90), "damaged"),
        (gzip.compress(PROJECT.encode("utf-16")[:-1], mtime=0), "damaged or cut short"),
        (PROJECT[:700].encode(), "the XML, line 14: "),
        (gzip.compress(b"<ACH></ACH>", mtime=0), "no HYPOTHESIS and no EVIDENCE"),
        (gzip.compress(b"\0\0\1\0\0\0", mtime=0), "no text in UTF-16 or UTF-8"),
        (gzip.compress(b"a,b\n", mtime=0), "the XML, line 1: syntax error"),
        (
            b"<!DOCTYPE x><ACH><MATRIX/></ACH>",
            "line 1: a DOCTYPE, which is not read",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_place(data, says):
    assert says in refused(data)


def test_other_xml_is_not_taken_for_a_matrix():
    assert not recognises(b"<html><body>EVIDENCE</body></html>")
    assert not recognises(b"a,b\n<EVIDENCE>\n")


@given(strategies.text("IN CA,X ", max_size=12))
def test_values_are_never_filled_in(values):
    text = (
        "<A><HYPOTHESIS/><HYPOTHESIS/><HYPOTHESIS/>"
        f"<EVIDENCE><VALUES>{values}</VALUES></EVIDENCE></A>"
    )
    known = {written.replace(" ", ""): code for code, written in PARC.items()}
    found = [" ".join(v.split()) for v in values.split(",")][:3]
    want = [known.get(v, PARC_BACK.get(v, ".")) for v in found]
    want += ["."] * (3 - len(want))
    assert codes(imported(text.encode())) == [" ".join(want)]


PARC_BACK = {written: code for code, written in PARC.items()}
