"""A matrix in a text file is read as its analyst meant it, or refused with advice."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies

from tests.builders import make_case, make_item
from tests.exchange.matrices import (
    CODES,
    LEGEND,
    MATRICES,
    NOTATIONS,
    Rows,
    expected,
    published,
    rules,
    scores,
    table,
    to_csv,
    turned,
)
from tests.report.hostile import DATE, HOSTILE
from workbench.case.document import case_document
from workbench.case.model import Case, Consistency, EventDate, Kind, Question, Rating
from workbench.case.reading import read_case
from workbench.exchange.formats.delimited import read, recognises
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.refusal import refusal
from workbench.report import make


def imported(text: str | bytes) -> Imported:
    data = text.encode() if isinstance(text, str) else text
    assert recognises(data)
    (found,) = read(data)
    document = case_document(found.case)
    assert read_case(document, "x").evidence == found.case.evidence
    return found


def codes(found: Imported | Case) -> list[str]:
    """Write the matrix as rows of codes, a dot for an unrated cell."""
    case = found if isinstance(found, Case) else found.case
    return [
        " ".join(
            item.ratings[h.id].consistency.value if h.id in item.ratings else "."
            for h in case.hypotheses
        )
        for item in case.evidence
    ]


def refused(text: str | bytes) -> str:
    """Give the reason for which a file is not imported as it is."""
    try:
        (found,) = read(text.encode() if isinstance(text, str) else text)
    except Unreadable as fault:
        return str(fault)
    return refusal(found)


# ------------------------------------------------------------------ shapes


@given(strategies.data())
@pytest.mark.parametrize("name", MATRICES)
def test_a_published_matrix_scores_the_same_in_whatever_shape_it_is_kept(name, data):
    draw = data.draw
    every = {
        code for e in published(name)["evidence"] for code in e["ratings"].values()
    }
    known = [one for one in sorted(NOTATIONS) if one != "dashes" or "II" in every]
    notation = draw(strategies.sampled_from(known), label="notation")
    weights = draw(strategies.sampled_from(["levels", "product"]), label="weights")
    rows = table(name, NOTATIONS[notation], weights=weights)
    if draw(strategies.booleans(), label="empty row"):
        rows.insert(len(rows) // 2, [])
    if draw(strategies.booleans(), label="down"):
        rows = turned(rows)
        foot: Rows = [[], ["A note under the matrix"]]
    else:
        scored = ["Inconsistency score", *["1"] * (len(rows[0]) - 1)]
        foot = [scored, [], ["A note under the matrix"]]
    if draw(strategies.booleans(), label="foot"):
        rows += foot
    if draw(strategies.booleans(), label="title rows"):
        rows = [[published(name)["title"]], ["Drawn up by nobody"], [], *rows]
    if notation == "a legend":
        rows = [*rows, [], *([line] for line in LEGEND)]
    separator = draw(strategies.sampled_from(",;\t"), label="separator")
    encoding = draw(
        strategies.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), label="encoding"
    )
    found = imported(to_csv(rows, separator).encode(encoding))
    assert [h.label for h in found.case.hypotheses] == [
        f"H{n}" for n in range(1, len(found.case.hypotheses) + 1)
    ]
    assert len(found.case.evidence) == len(published(name)["evidence"])
    for rule in rules(name):
        if weights == "levels" or rule == "weighted-inconsistency":
            assert scores(found.case, rule) == pytest.approx(
                expected(name, rule), rel=0, abs=1e-8
            )


@pytest.mark.parametrize("notation", sorted(NOTATIONS))
def test_every_notation_keeps_the_six_answers_apart(notation):
    written = NOTATIONS[notation]
    rows = [
        ["Evidence", *(f"H{n}" for n in range(1, 8))],
        ["Calm sea", *(written[code] for code in CODES), ""],
        ["Net found", *(written[code] for code in CODES), ""],
    ]
    if notation == "a legend":
        rows += [[], *([line] for line in LEGEND)]
    assert codes(imported(to_csv(rows))) == ["CC C N I II NA ."] * 2


def test_a_header_in_row_four_and_a_first_item_that_nobody_rated():
    found = imported(
        "Who moved the buoy?\nDrawn up in March\n\n"
        "No.,Evidence,Source,Storm,Trawler,Colour\n"
        "1,Nobody saw it,,,,blue\n"
        "2,Calm sea,Tide office,II,C,\n"
        "3,Net found,,N,NA,\n"
    )
    assert codes(found) == [". .", "II C", "N NA"]
    assert found.case.question.question == "Who moved the buoy?"
    assert found.case.question.background == "Drawn up in March"
    assert "Row 4 holds the names of the columns" in found.understood
    assert "Column D is hypothesis “Storm”" in found.understood
    assert found.dropped == ("column F (“Colour”), whose meaning is not known",)
    assert [e.label for e in found.case.evidence] == ["E1", "E2", "E3"]
    assert found.case.sources[0].name == "Tide office"


def test_a_hypothesis_that_nobody_rated_is_still_a_hypothesis():
    found = imported("Evidence,Storm,Whale,Trawler\nCalm sea,II,,C\nNet,N,,CC\n")
    assert [h.title for h in found.case.hypotheses] == ["Storm", "Whale", "Trawler"]
    assert codes(found) == ["II . C", "N . CC"]


def test_what_h1_stands_for_may_be_said_beside_the_matrix():
    found = imported(
        "Item,H1,H2\nCalm sea,II,C\nNet,N,CC\n\nH1,A storm\nH2: A trawler,\n"
    )
    assert [h.title for h in found.case.hypotheses] == ["A storm", "A trawler"]
    assert len(found.case.evidence) == 2


def test_two_bare_labels_are_the_names_of_hypotheses_and_not_of_one_another():
    found = imported(",H1,H2\nCalm sea,I,C\nNet,,C\n")
    assert [h.title for h in found.case.hypotheses] == ["H1", "H2"]


def test_a_legend_that_says_what_is_plain_is_no_item_and_can_make_a_dash_plain():
    found = imported(
        "ACH Matrix,,,\nQuestion:,Who moved the buoy?,,\nAnalyst:,Ana,,\n"
        ",,Hypotheses,\n,Evidence,H1,H2\n,,A storm broke it,A trawler\n"
        "1,Calm sea,--,+\n2,Net found,-,++\n,Total,-3,3\n,Rank,2,1\n"
        "Legend,,,\n++,Very consistent,,\n+,Consistent,,\n"
    )
    assert codes(found) == ["II C", "I CC"]
    assert found.case.question.question == "Who moved the buoy?"
    assert [h.title for h in found.case.hypotheses] == ["A storm broke it", "A trawler"]
    assert found.dropped == ("scores, which are worked out anew: row 9 and row 10",)
    dash = imported("Evidence,A,B\nX,I,C\nY,-,N\n\n- = inconsistent\n")
    assert codes(dash) == ["I C", "I N"]


def test_names_in_two_rows_belong_together():
    found = imported("Evidence,H1,H2\n,Storm,Trawler\nCalm sea,II,C\n")
    assert [(h.label, h.title) for h in found.case.hypotheses] == [
        ("H1", "Storm"),
        ("H2", "Trawler"),
    ]
    assert found.understood[2].startswith("Row 1 with row 2 hold the names")


def test_a_hypothesis_over_a_pair_of_rating_and_reason():
    found = imported(
        "Evidence,Storm,,Trawler,\n,Rating,Reason,Rating,Reason\n"
        "Calm sea,II,No wind,C,It was near\nNet,,,CC,Its net\n"
    )
    assert codes(found) == ["II C", ". CC"]
    item = found.case.evidence[0]
    assert item.ratings["storm"] == Rating(Consistency.II, "No wind")
    assert item.ratings["trawler"] == Rating(Consistency.C, "It was near")


def test_reasons_in_columns_beside_or_by_name_or_in_the_cell():
    for text in (
        "Evidence,Storm,Why,Trawler,Why\nCalm sea,II,No wind,C,Near\n",
        "Evidence,A,B,A (reason),B: because\nCalm sea,II,C,No wind,Near\n",
        "Evidence,Storm,Trawler\nCalm sea,II: No wind,C (Near)\n",
        "Evidence,Storm,Trawler\nCalm sea,Very inconsistent - No wind,C; Near\n",
    ):
        ratings = imported(text).case.evidence[0].ratings
        assert list(ratings.values()) == [
            Rating(Consistency.II, "No wind"),
            Rating(Consistency.C, "Near"),
        ]


def test_columns_beside_the_ratings_fill_the_item():
    found = imported(
        "ID;Evidence;Details;Type;Date;Source;Cred;Relevance;Tags;Caveat;H1;H2\n"
        "A7;Calm sea;All week;assumption;17.04.2024;Tide office, p. 3; L;0,5;sea, wind;"
        "Old log;II;C\n".replace("Tide office, p. 3; L", '"Tide office, p. 3; Log"; L')
    )
    item = found.case.evidence[0]
    assert (item.label, item.title, item.statement) == ("A7", "Calm sea", "All week")
    assert (item.kind, item.date) == (Kind.ASSUMPTION, EventDate("2024-04-17"))
    assert (item.credibility, item.relevance) == ("low", 0.5)
    assert (item.tags, item.caveat) == (("sea", "wind"), "Old log")
    assert [found.case.source[c.source].name for c in item.sources] == [
        "Tide office",
        "Log",
    ]
    assert item.sources[0].at == "p. 3"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024", "2024"),
        ("2024-04", "2024-04"),
        ("2024-04-17T08:00:00", "2024-04-17"),
        ("17 April 2024", "2024-04-17"),
        ("Apr. 17, 2024", "2024-04-17"),
        ("April 2024", "2024-04"),
        ("17/04/2024", "2024-04-17"),
        ("04/17/2024", "2024-04-17"),
        ("03/04/2024", None),
        ("last spring", None),
        ("2024-13-01", None),
    ],
)
def test_a_date_is_read_only_where_it_can_be_read_in_one_way(text, date):
    found = imported(f'Evidence,Date,H1,H2\nCalm sea,"{text}",II,C\n')
    got = found.case.evidence[0].date
    assert (got and got.text) == date
    assert bool(found.dropped) == (date is None)


# ------------------------------------------------------------------ what is told


def test_scores_notes_and_strange_cells_are_left_and_named():
    found = imported(
        "Evidence,Storm,Trawler,Whale\nCalm sea,II,C,maybe\nNet,TBD,CC,I\n"
        "Weighted inconsistency score,2,0,1\n\nPrepared in March\n"
    )
    assert codes(found) == ["II C .", ". CC I"]
    assert found.dropped == (
        "scores, which are worked out anew: row 4",
        "a heading or a note: “Prepared in March” in row 6",
    )
    assert [(cell.place, cell.content) for cell in found.listed] == [("D2", "maybe")]


def test_scores_need_no_name_of_their_own():
    found = imported("Evidence,Storm,Trawler\nCalm sea,II,C\n,2,0.5\n")
    assert codes(found) == ["II C"]


def test_an_item_below_that_nobody_rated_is_kept_and_a_heading_is_not():
    found = imported(
        "No,Evidence,Storm,Trawler\n,Weather,,\nE1,Calm sea,II,C\nE2,Net,,\n"
    )
    assert [e.title for e in found.case.evidence] == ["Calm sea", "Net"]
    assert found.dropped == ("a heading or a note: “Weather” in row 2",)


def test_names_repeated_further_down_are_no_item():
    text = "Evidence,Storm,Trawler\nA,II,C\nEvidence,Storm,Trawler\nB,C,N\n"
    found = imported(text)
    assert codes(found) == ["II C", "C N"]
    assert "The names are repeated: row 3" in found.understood


def test_weight_alone_is_the_factor_and_beside_levels_it_is_derived():
    alone = imported("Evidence,Weight,H1,H2\nA,2,II,C\nB,0,I,I\nC,High,I,N\n")
    assert [e.credibility for e in alone.case.evidence] == [2.0, 0.0, "high"]
    assert scores(alone.case, "weighted-inconsistency")[0] == pytest.approx(4 + 2**0.5)
    both = imported("Evidence,Cred,Rel,Weight,H1,H2\nA,3,2,6,II,C\n")
    assert both.case.evidence[0].credibility == 3.0
    assert both.dropped == ("column D (“Weight”), which is worked out anew",)


def test_a_reliability_letter_goes_to_the_source_and_a_grade_to_the_item():
    found = imported(
        "Evidence,Source,Reliability,H1,H2\nA,Tide office,B,II,C\nB,,C3,I,I\n"
    )
    assert found.case.sources[0].reliability == "B"
    assert [e.grade for e in found.case.evidence] == ["", "C3"]


def test_an_unknown_level_counts_as_medium_and_is_told():
    found = imported("Evidence,Credibility,H1,H2\nA,so so,II,C\n")
    assert found.case.evidence[0].credibility == "medium"
    assert [(cell.place, cell.content) for cell in found.listed] == [("B2", "so so")]
    assert "the ranking hangs on the weights" in refusal(found)


# ------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("text", "says"),
    [
        # neither corner nor names tell rows of items from rows of hypotheses
        (",Storm,Trawler\nCalm sea,I,C\nNet,N,C\n", "write “Evidence” over the first"),
        # both do
        ("Hypotheses,H1,H2\nCalm sea,I,C\nNet,N,C\n", "A1 is “Hypotheses”"),
        # a lone dash among words that say little
        ("Evidence,A,B\nCalm sea,N,-\nNet,-,N\n", "may mean inconsistent or not r"),
        # one long dash beside hyphens
        ("Evidence,A,B\nX,++,-\nY,\u2014,+\n", "it may stand for - or for --"),
        # numbers without a direction
        (
            "Evidence,A,B\nX,1,5\nY,3,2\n",
            "nothing says what 5, 3, 2 and 1 mean, for scales of numbers run both ways",
        ),
        ("Evidence,A,B\nX,-3,2\nY,3,2\n", "for only numbers from -2 to +2"),
        # numbers as levels
        ("Evidence,Credibility,A,B\nX,1,I,C\nY,3,I,C\n", "column B (“Credibility”) h"),
        # a weight that may or may not be the product
        ("Evidence,Credibility,Weight,A,B\nX,low,2,I,C\n", "leave one out"),
        # no name over a column of ratings
        ("Evidence,A,\nX,I,C\nY,I,C\n", "column C holds ratings and row 1 gives"),
        ("X,I,C\nY,I,C\n", "there is a rating in B1, and no row above it"),
        ("Evidence,A,B\nX,yes,no\n", "“yes”, whose meaning is not known: B2"),
        ("Beans,A,B\nX,yes,no\n", "no ratings are found"),
        # a hypothesis that bears the name of another column
        ("Evidence,A,B,Source\nX,I,C,C\nY,I,C,N\n", "column D is called “Source”"),
        # a legend that says two things
        ("Evidence,A\nX,1\n1 = consistent\n1 = inconsistent\n", "two meanings"),
        ("", "the file is empty"),
        ("\n\n,,\n", "the file is empty"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_what_would_make_it_plain(
    text, says
):
    assert says in refused(text)


def test_a_file_that_is_no_table_is_not_taken_for_one():
    for data in (
        b"",
        b"\x89PNG\r\n\x1a\n\0\0",
        b'{"a": 1,\n "b": 2}',
        b"<ACH>\n,</ACH>",
    ):
        assert not recognises(data)
    assert not recognises(b"INSERT INTO `projects` VALUES (1,2);\n")
    assert not recognises(b"words without any columns\n")


# ------------------------------------------------------------------ encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_text_without_a_byte_order_mark_is_read_by_its_bytes(encoding):
    text = "Evidence;Stürm;Trawler\u2019s net\nCalm \u2013 sea;I;C\nNet: “found”;CC;I\n"
    found = imported(text.encode(encoding))
    assert found.case.hypotheses[0].title == "Stürm"
    assert found.case.hypotheses[1].title == "Trawler\u2019s net"
    assert found.case.evidence[1].title == "Net: “found”"


def test_a_line_for_spreadsheets_names_the_separator():
    found = imported("sep=;\nEvidence;A, or not;B, or not\nX;I;C\n")
    assert [h.title for h in found.case.hypotheses] == ["A, or not", "B, or not"]


def test_commas_in_texts_do_not_hide_the_separator():
    text = "Who, when, and why?\nEvidence;A, or so, or not;B\nX, Y, Z;I;C\n"
    assert codes(imported(text)) == ["I C"]


# ------------------------------------------------------------------ our own tables

CLEAN = strategies.text(
    strategies.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1
).filter(lambda text: text.strip() and not text.startswith("'"))
ROWS = strategies.lists(
    strategies.lists(
        strategies.sampled_from([*CODES, "-"]), min_size=3, max_size=3
    ).map(" ".join),
    min_size=1,
    max_size=6,
)


@given(ROWS, CLEAN, strategies.sampled_from(["low", "high", 0.0, 2.0, 3.0]))
def test_our_own_table_comes_back_as_the_same_matrix(rows, text, weight):
    drawn = make_case(
        *(f"E{n}: {row}" for n, row in enumerate(rows, start=1)),
        credibility={"e1": weight},
        set_aside=["e2"],
    )
    reasons = {"h1": text} if "h1" in drawn.evidence[0].ratings else {}
    first = make_item(
        "E1",
        title=text,
        credibility=weight,
        ratings={
            id_: Rating(one.consistency, reasons.get(id_, ""))
            for id_, one in drawn.evidence[0].ratings.items()
        },
    )
    case = Case(
        Question("Why?", "Why"), drawn.hypotheses, (), (first, *drawn.evidence[1:])
    )
    found = imported(make(case, to="csv", date=DATE)).case
    assert codes(found) == codes(case)
    assert [(h.label, h.title) for h in found.hypotheses] == [
        (h.label, h.title) for h in case.hypotheses
    ]
    assert [(e.label, e.status, e.credibility) for e in found.evidence] == [
        (e.label, e.status, e.credibility) for e in case.evidence
    ]
    assert found.evidence[0].statement == text.strip()
    assert [one.because for one in found.evidence[0].ratings.values()] == [
        one.because for one in case.evidence[0].ratings.values()
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_back_from_our_table_as_text(text):
    item = make_item("E1", title=text, ratings={"h1": Rating(Consistency.I, text)})
    drawn = make_case("E1: I")
    case = Case(drawn.question, drawn.hypotheses, (), (item,))
    found = imported(make(case, to="csv", date=DATE)).case
    assert re.sub(
        r"[\s\ufffd\x1b\u2066-\u2069\u202c]+", "", found.evidence[0].statement
    ) == (re.sub(r"[\s\ufffd\x1b\u2066-\u2069\u202c]+", "", text))
    assert found.evidence[0].ratings[found.hypotheses[0].id].consistency == "I"
