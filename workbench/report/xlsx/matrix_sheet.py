"""The sheet of the matrix: what can be changed, and the numbers that follow by formula.

The numbers as exported are those of the assessment; none is worked out here.
"""

from __future__ import annotations

from typing import Any, Final

from workbench.case.entry import EntryKind
from workbench.case.model import LEVELS, NEUTRAL_EMPHASIS, Consistency, Evidence
from workbench.method.matrix import NA, source_emphasis
from workbench.report.content.basis import Basis
from workbench.report.content.cells import titled
from workbench.report.content.codes import scale
from workbench.report.content.sections import Report
from workbench.report.xlsx import formulas, looks
from workbench.report.xlsx.places import (
    CHOICE_COLUMN,
    CHOICES,
    COVERAGE_ROW,
    FACTORS,
    FIRST_ITEM,
    FIRST_RATING,
    HEAD_ROW,
    IN_FORCE,
    ITEM_COLUMN,
    MATRIX,
    RANK_ROW,
    RATED_ROW,
    RESULTS,
    RIGHT,
    RULE_ROW,
    SCORE_ROW,
    SETTINGS,
    Places,
    SchemeCells,
    letter,
)
from workbench.report.xlsx.results import ABSENT, Weighing, spread, weighings
from workbench.report.xlsx.sheet import Sheet
from workbench.wording import NONE, code

HOW_TO: Final = (
    "Change a rating, or what stands in blue: the scores and ranks above follow. The "
    "rule, the values of codes and levels, and the emphases of sources stand on the "
    "sheet Settings; the same judgments under all six rules on the sheet Rules."
)
_DEPARTS: Final = (
    " A rating underlined when exported departs from the published one; the sheet "
    "Reasons gives both."
)
_LEAST_WIDTH, _ITEM_WIDTH, _RATING_WIDTH = 36.0, 46.0, 11.0
_PROSE: Final = 110.0
_WIDTHS: Final = {
    **dict.fromkeys((*RESULTS, *FACTORS), 10.0),
    **dict.fromkeys(CHOICES, 11.0),
    "Diagnosticity": 13.0,
    "Origin": 24.0,
}


def write_matrix(sheet: Sheet, report: Report, places: Places) -> None:
    """Write every item and its ratings, with scores, ranks and weights as formulas."""
    basis, ws = report.basis, sheet.ws
    longest = max((len(titled(item)) for item in basis.case.evidence), default=0)
    sheet.widen(ITEM_COLUMN, min(max(longest + 2.0, _LEAST_WIDTH), _ITEM_WIDTH))
    for column in range(FIRST_RATING, FIRST_RATING + places.hypotheses):
        sheet.widen(column, _RATING_WIDTH)
    for name in RIGHT:
        sheet.widen(places.number(name), _WIDTHS[name])
    _preface(sheet, report)
    _above(sheet, basis, places)
    _head(sheet, basis, places)
    weighed = weighings(basis.matrix)
    for row, item in enumerate(basis.case.evidence, start=FIRST_ITEM):
        _ratings(sheet, basis, row, item)
        _choices(sheet, basis, places, row, item)
        _weights(sheet, places, row, weighed.get(item.id, ABSENT))
        _of_sources(sheet, basis, places, row, item)
        _spread(sheet, basis, places, row, item)
    _format(sheet, places)
    _validate(sheet, places)
    ws.freeze_panes(f"{letter(FIRST_RATING)}{FIRST_ITEM}")
    last = letter(places.number(RIGHT[-1]))
    ws.autofilter(f"A{HEAD_ROW}:{last}{places.last_item}")
    looks.lay_out(ws, report, (SCORE_ROW, HEAD_ROW))


def _preface(sheet: Sheet, report: Report) -> None:
    columns = _span(sheet)
    sheet.line(1, report.question, looks.TITLE, columns)
    departs = _DEPARTS if report.basis.departs else ""
    sheet.line(2, HOW_TO + departs, looks.NOTE, columns)
    sheet.line(3, f"{scale()}; empty: not rated yet.", looks.NOTE, columns)


def _span(sheet: Sheet) -> tuple[int, int]:
    """Give the columns that lines of prose stand in."""
    width, column = 0.0, 0
    while width < _PROSE:
        column += 1
        width += sheet.widths[column]
    return ITEM_COLUMN, column


def _above(sheet: Sheet, basis: Basis, places: Places) -> None:
    """Write what each hypothesis comes to, under the rule in force."""
    rule = places.at(SETTINGS, RULE_ROW, CHOICE_COLUMN)
    scheme = SchemeCells(places, IN_FORCE)
    first = formulas.first(scheme)
    order = "least first" if basis.matrix.least_first else "most first"
    title = f"Score: {basis.matrix.basis.scheme.title}, {order}"
    formula = f'"Score: "&{rule}&", "&{first}&" first"'
    sheet.formula(SCORE_ROW, ITEM_COLUMN, formula, title, looks.LABEL)
    sheet.text(RANK_ROW, ITEM_COLUMN, "Rank; equal ranks are ties", looks.LABEL)
    sheet.text(RATED_ROW, ITEM_COLUMN, "Items rated, other than NA", looks.LABEL)
    sheet.text(COVERAGE_ROW, ITEM_COLUMN, "Coverage, NA included", looks.LABEL)
    weights = places.of_items("Weight")
    every = places.for_hypotheses(MATRIX, SCORE_ROW)
    counts = (basis.matrix.codes < NA).sum(axis=0).tolist()
    for j, one in enumerate(basis.assessment.hypotheses):
        column, own = FIRST_RATING + j, places.for_hypothesis(SCORE_ROW, j)
        score = formulas.score(places, j, weights, scheme)
        sheet.formula(SCORE_ROW, column, score, one.score)
        ranked = NONE if one.rank is None else one.rank
        rank = formulas.rank(places, j, own, every, scheme)
        sheet.formula(RANK_ROW, column, rank, ranked, looks.COUNT)
        rated = formulas.rated(places, j)
        sheet.formula(RATED_ROW, column, rated, counts[j], looks.COUNT)
        coverage = formulas.coverage(places, j)
        sheet.formula(COVERAGE_ROW, column, coverage, one.coverage, looks.SHARE)


def _head(sheet: Sheet, basis: Basis, places: Places) -> None:
    sheet.text(HEAD_ROW, ITEM_COLUMN, "Item", looks.HEAD)
    names = (f"{h.label} {h.title}" for h in basis.matrix.hypotheses)
    sheet.heads(HEAD_ROW, FIRST_RATING, names, looks.HEAD_CODE)
    for name in RIGHT:
        column, chosen = places.number(name), name in CHOICES
        style = looks.HEAD if chosen and name != "Emphasis" else looks.HEAD_RIGHT
        sheet.text(HEAD_ROW, column, name, style)
        if chosen:
            sheet.text(COVERAGE_ROW, column, "to change", looks.NOTE)


def _ratings(sheet: Sheet, basis: Basis, row: int, item: Evidence) -> None:
    sheet.text(row, ITEM_COLUMN, titled(item), looks.CELL)
    for j, hypothesis in enumerate(basis.matrix.hypotheses):
        rating = basis.judgments.rating(item, hypothesis.id)
        departs = basis.judgments.departs(basis.case, item, hypothesis.id)
        style = looks.CODE_APART if departs else looks.CODE
        sheet.text(row, FIRST_RATING + j, code(rating), style)


def _choices(
    sheet: Sheet, basis: Basis, places: Places, row: int, item: Evidence
) -> None:
    judgments = basis.judgments
    counted = formulas.YES if item.id in basis.weighed else formulas.NO
    sheet.text(row, places.number("Counted"), counted, looks.CHOICE)
    for name, kind in (
        ("Credibility", EntryKind.CREDIBILITY),
        ("Relevance", EntryKind.RELEVANCE),
    ):
        found, column = judgments.level_of(item, kind), places.number(name)
        if isinstance(found, str):
            sheet.text(row, column, found, looks.CHOICE_LEVEL)
        else:
            sheet.number(row, column, found, looks.CHOICE_LEVEL)
    origin = judgments.origin(item)
    sheet.text(row, places.number("Origin"), origin, looks.CHOICE)
    emphasis = judgments.emphasis(item.id)
    sheet.number(row, places.number("Emphasis"), emphasis, looks.CHOICE_NUMBER)


def _weights(sheet: Sheet, places: Places, row: int, weighing: Weighing) -> None:
    scheme = SchemeCells(places, IN_FORCE)
    own, factor = places.of_item(row, "Levels"), places.of_item(row, "Origin factor")
    every = places.of_items("Levels")
    shared = formulas.origin_factor(places, row, own, every)
    for name, formula, result in (
        ("Levels", formulas.levels(places, row, scheme), weighing.levels),
        ("Origin factor", shared, weighing.factor),
        ("Weight", formulas.weight(places, row, own, factor), weighing.weight),
    ):
        sheet.formula(row, places.number(name), formula, result)


def _of_sources(
    sheet: Sheet, basis: Basis, places: Places, row: int, item: Evidence
) -> None:
    column = places.number("Sources' emphasis")
    if not item.sources:
        sheet.number(row, column, NEUTRAL_EMPHASIS)
        return
    formula = formulas.sources_emphasis(places, [c.source for c in item.sources])
    result = source_emphasis(item, basis.judgments)
    sheet.formula(row, column, formula, result)


def _spread(
    sheet: Sheet, basis: Basis, places: Places, row: int, item: Evidence
) -> None:
    if not places.hypotheses:
        return
    found = zip(
        ("Diagnosticity", "Weighted"),
        (formulas.diagnosticity, formulas.weighted_diagnosticity),
        spread(basis, item.id),
        strict=True,
    )
    for name, formula, result in found:
        sheet.formula(row, places.number(name), formula(places, row), result)


def _format(sheet: Sheet, places: Places) -> None:
    rows = f"{FIRST_ITEM}:{{}}{places.last_item}"
    last = letter(places.number(RIGHT[-1]))
    aside = f'{places.of_item(FIRST_ITEM, "Counted")}="{formulas.NO}"'
    looks.strike_out(sheet.ws, sheet.formats, f"A{rows.format(last)}", aside)
    if places.hypotheses:
        first, last = (letter(column) for column in (FIRST_RATING, places.last_rating))
        looks.colour_codes(sheet.ws, sheet.formats, f"{first}{rows.format(last)}")
        scores = f"{first}{SCORE_ROW}:{last}{SCORE_ROW}"
        looks.dash(sheet.ws, sheet.formats, scores, f"{first}${RATED_ROW}=0")


def _validate(sheet: Sheet, places: Places) -> None:
    last = places.last_item

    def check(first: int, to: int, validation: dict[str, Any]) -> None:
        cells = f"{letter(first)}{FIRST_ITEM}:{letter(to)}{last}"
        sheet.ws.data_validation(cells, validation)

    if places.hypotheses:
        codes = looks.one_of(Consistency, "Empty the cell to leave it unrated.")
        check(FIRST_RATING, places.last_rating, codes)
    levels = looks.one_of(
        LEVELS,
        "Or a number of 0 or more, which is then the multiplier itself. Keep it?",
        strict=False,
    )
    check(places.number("Credibility"), places.number("Relevance"), levels)
    counted = places.number("Counted")
    check(counted, counted, looks.one_of((formulas.YES, formulas.NO)))
    emphasis = places.number("Emphasis")
    check(emphasis, emphasis, looks.emphasis())
