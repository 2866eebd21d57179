"""Matrices as people send them: each stands for a kind, and each has its right result.

The files are invented; only their structure is as it was seen.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import exchange
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency
from workbench.exchange import Imported, refusal
from workbench.method.matrix import build
from workbench.method.scoring import assess

SENT = Path(__file__).with_name("sent")


def read(name: str) -> tuple[Imported, ...]:
    return exchange.read((SENT / name).read_bytes(), name)


def one(name: str) -> Imported:
    (found,) = read(name)
    assert found.read + len(found.listed) == found.filled
    return found


def scores(case: Case, judgments: Judgments | None = None) -> dict[str, float | None]:
    """Score by title; None for a hypothesis without a rank."""
    return {
        h.title: None if h.rank is None else round(h.score, 2)
        for h in assess(build(case, judgments or Judgments())).hypotheses
    }


# Each file that is read as it is, its ratings, and its scores.
READ = {
    "code_and_word.csv": (6, {"Lightning": 3, "Arson": 1}),
    "osint_codes_words.csv": (9, {"Lightning": 2, "Arson": 2, "A tenant": 0}),
    "osint_codes_words.md": (9, {"Lightning": 2, "Arson": 2, "A tenant": 0}),
    "significantly.csv": (6, {"Lightning": 3, "Arson": 1}),
    "scale_minus4_to_4_legend.csv": (
        12,
        {"A guild forged it": 1, "A workshop forged it": 3, "A pupil forged it": 3},
    ),
    "percent_weights.csv": (6, {"Lightning": 0.3, "Arson": 0.8}),
    "reliability_two_cols.csv": (6, {"Lightning": 3, "Arson": 1}),
    "wic_template.xlsx": (12, {"H1": 2.5, "H2": 0.71, "H3": 4.33}),
    "scores_under_header.csv": (9, {"H1": 2.5, "H2": 0, "H3": 4.33}),
    "wiki_table.md": (9, {"H1": 1, "H2": 1, "H3": 1}),
    "words_and_notes.md": (
        9,
        {
            "The fair was moved for profit": 1,
            "The fair was moved for the road works": 0,
            "The bishop asked for it": 1,
        },
    ),
    "french_words.csv": (6, {"H1": 3, "H2": 1}),
    "chinese_words.csv": (9, {"H1": 0, "H2": 3, "H3": 1}),
    "supports_words.csv": (6, {"Lightning": 3, "Arson": 1}),
    "emoji.csv": (6, {"Lightning": 2, "Arson": 1}),
    "tree_hypotheses.json": (5, {"H1": 0, "H2": 1, "H3": 2}),
    "plain_matrix.json": (4, {"Drought": 1, "Rent": 4}),
    "libreoffice.ods": (6, {"Lightning": 3, "Arson": 0}),
    "plus_minus_only.csv": (6, {"A stranger took it": 0, "A clerk took it": 2}),
    "utf16_semicolon.csv": (4, {"Lightning": 2.5, "Arson": 0}),
}
# Each that is refused, what its message says, what is listed, and the rest's scores.
REFUSED = {
    "labelled_column_of_words.csv": (
        "“likely”, whose meaning is not known: D2",
        {"D2": "likely", "D3": "unlikely", "D4": "ask the smith"},
        {"Lightning": 3, "Arson": 1, "Dry straw": None},
    ),
    "excel_broke_signs.csv": (
        "a spreadsheet's error: it took the text for a formula",
        dict.fromkeys(("B2", "C3", "C4"), "#NAME?"),
        {"Lightning": 3, "Arson": 0},
    ),
    "error_codes.csv": (
        "it is not NA: C4",
        {"B3": "#REF!", "C4": "#N/A"},
        {"Lightning": 2, "Arson": 0},
    ),
    "scale_minus4_to_4.csv": (
        "such as “4 = very consistent, -4 = very inconsistent”",
        None,
        None,
    ),
    "ticks.csv": (
        "add a line such as “Legend: ✗✗ = very inconsistent, ✓ =",
        None,
        None,
    ),
    "decision_matrix.csv": ("nothing says what 5, 4, 3 and 2 mean", None, None),
}


def test_every_file_has_its_result():
    names = {path.name for path in SENT.iterdir()}
    assert names == {*READ, *REFUSED, "sheet_per_analyst.xlsx"}


@pytest.mark.parametrize("name", READ)
def test_a_file_is_read_as_it_was_meant(name):
    many, expected = READ[name]
    found = one(name)
    assert refusal(found) == ""
    assert (found.read, found.listed) == (many, ())
    ratings = [r for item in found.case.evidence for r in item.ratings.values()]
    assert len(ratings) == many
    assert scores(found.case) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_of_which_too_much_is_unread_is_refused_with_the_place(name):
    said, cells, expected = REFUSED[name]
    found = one(name)
    assert said in refusal(found)
    if cells:
        assert {c.place: c.content for c in found.listed} == cells
        assert scores(found.case) == expected


TICKS = (
    '"Legend: ✗✗ = very inconsistent, ✓ = consistent, ✗ = inconsistent, '
    '✓✓ = very consistent, – = neutral"'  # noqa: RUF001
)


def test_a_legend_that_a_refusal_advises_makes_the_file_readable():
    for name, line in (
        ("scale_minus4_to_4.csv", '"4 = very consistent, -4 = very inconsistent"'),
        (
            "ticks.csv",
            TICKS,
        ),
    ):
        text = (SENT / name).read_text(encoding="utf-8")
        (found,) = exchange.read(f"{text}\n{line}\n".encode(), name)
        assert line[1:-1] in refusal(one(name))
        assert refusal(found) == ""
        assert found.read == found.filled


def test_a_word_beside_a_code_is_a_reason_where_it_says_something_else():
    first = one("osint_codes_words.csv").case.evidence[0]
    assert [r.because for r in first.ratings.values()] == [
        "Confirms",
        "Inconsistent",
        "",
    ]
    assert first.ratings["arson"].consistency is Consistency.II
    draft = one("words_and_notes.md").case.evidence
    assert [r.because for e in draft for r in e.ratings.values() if r.because] == [
        "a charter",
        "one stayed away",
    ]


def test_two_columns_of_a_form_are_the_items_grades_and_no_weights():
    found = one("reliability_two_cols.csv")
    assert [item.grade for item in found.case.evidence] == ["B2", "F6", "A1"]
    assert {item.credibility for item in found.case.evidence} == {"medium"}


def test_a_category_is_kept_as_a_tag():
    items = one("wic_template.xlsx").case.evidence
    assert [item.tags for item in items] == [
        item.tags for item in items if len(item.tags) == 1
    ]


def test_the_leaves_of_a_tree_are_items_in_groups():
    first = one("tree_hypotheses.json").case.evidence[0]
    assert (first.grade, first.tags) == ("B2", ("Grain",))


def test_a_sheet_for_each_analyst_is_one_case_with_both_apart():
    found = one("sheet_per_analyst.xlsx")
    assert {name: scores(found.case, own) for name, own in found.analysts.items()} == {
        "Analyst A": {"Lightning": 3, "Arson": 1},
        "Analyst B": {"Lightning": 1, "Arson": 2},
    }
