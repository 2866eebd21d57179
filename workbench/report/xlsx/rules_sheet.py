"""The sheets of what counts how much: the settings, and all rules side by side.

On the settings the recipient chooses the rule in force, what each rule counts, and how
much each source counts; the six rules follow the same matrix by formula.
"""

from __future__ import annotations

from typing import Final

from workbench.case.model import LEVELS, Rule
from workbench.method.schemes import SCHEMES, Scheme
from workbench.report.content.cells import titled
from workbench.report.content.sections import Report
from workbench.report.xlsx import formulas, looks
from workbench.report.xlsx.places import (
    CHOICE_COLUMN,
    EMPHASIS_COLUMN,
    FIRST_ITEM,
    FIRST_PLACE,
    FIRST_RATING,
    FIRST_RULE,
    FIRST_SOURCE,
    FIRST_VALUE,
    FIRST_WEIGHT,
    IN_FORCE,
    LEVELS_COUNT,
    LOW,
    NAME_COLUMN,
    ORIGINS_ROW,
    RANKS_HEAD,
    RULE_ROW,
    RULES,
    RULES_HEAD,
    SCORES_HEAD,
    SETTINGS,
    SOURCES_HEAD,
    VALUED,
    WEIGHTS_HEAD,
    Places,
    SchemeCells,
    scheme_row,
    weight_columns,
)
from workbench.report.xlsx.results import ABSENT, weighings
from workbench.report.xlsx.sheet import Sheet
from workbench.wording import NONE

_SETTINGS_NOTE: Final = (
    "What stands in blue can be changed; the sheets Matrix and Rules follow. NA and an "
    "empty cell count 0 in every rule. A level given as a number is the multiplier "
    "itself wherever levels count."
)
_RULES_NOTE: Final = (
    "The ratings, levels, origins and emphases of the sheet Matrix under each rule of "
    "the sheet Settings. Scores of two rules cannot be compared; ranks can."
)
_NAME_WIDTH, _WIDTH = 46.0, 12.0
_COLUMNS: Final = (1, 7)


def write_settings(sheet: Sheet, report: Report, places: Places) -> None:
    """Write what the recipient can set: the rule, its values, the sources' weight."""
    basis = report.basis
    sheet.widen(NAME_COLUMN, _NAME_WIDTH)
    for column in range(2, FIRST_PLACE + 1):
        sheet.widen(column, _WIDTH)
    sheet.widen(CHOICE_COLUMN, 24)
    sheet.line(1, "Settings", looks.TITLE, _COLUMNS)
    sheet.line(2, _SETTINGS_NOTE, looks.NOTE, _COLUMNS)
    sheet.text(RULE_ROW, NAME_COLUMN, "Rule in force", looks.LABEL)
    title = basis.matrix.basis.scheme.title
    sheet.text(RULE_ROW, CHOICE_COLUMN, title, looks.CHOICE)
    each = formulas.EACH if basis.count_all else formulas.ONCE
    sheet.text(ORIGINS_ROW, NAME_COLUMN, "Items of one origin count", looks.LABEL)
    sheet.text(ORIGINS_ROW, CHOICE_COLUMN, each, looks.CHOICE)
    _table_of_rules(sheet, basis.matrix.basis.scheme, places)
    _sources(sheet, report)
    _validate(sheet, places)
    looks.lay_out(sheet.ws, report)


def _table_of_rules(sheet: Sheet, in_force: Scheme, places: Places) -> None:
    said = "What each rule counts: the values of codes, and the multipliers of levels"
    sheet.line(RULES_HEAD - 1, said, looks.LABEL, _COLUMNS)
    sheet.text(RULES_HEAD, NAME_COLUMN, "Rule", looks.HEAD)
    names = (*VALUED, "Levels count", *LEVELS, "First")
    sheet.heads(RULES_HEAD, FIRST_VALUE, names, looks.HEAD_RIGHT)
    for column in (LEVELS_COUNT, FIRST_PLACE):
        name = "Levels count" if column == LEVELS_COUNT else "First"
        sheet.text(RULES_HEAD, column, name, looks.HEAD)
    for rule, scheme in SCHEMES.items():
        row = scheme_row(rule)
        sheet.text(row, NAME_COLUMN, scheme.title, looks.CELL)
        for column, value in _counts(scheme).items():
            if isinstance(value, str):
                sheet.text(row, column, value, looks.CHOICE)
            else:
                sheet.number(row, column, value, looks.CHOICE_NUMBER)
    titles = places.column(SETTINGS, FIRST_RULE, IN_FORCE - 1, NAME_COLUMN)
    rule_cell = places.at(SETTINGS, RULE_ROW, CHOICE_COLUMN)
    sheet.text(IN_FORCE, NAME_COLUMN, "In force", looks.LABEL)
    for column, value in _counts(in_force).items():
        cells = places.column(SETTINGS, FIRST_RULE, IN_FORCE - 1, column)
        formula = formulas.looked_up(cells, titles, rule_cell)
        style = looks.CELL if isinstance(value, str) else looks.RIGHT
        sheet.formula(IN_FORCE, column, formula, value, style)


def _counts(scheme: Scheme) -> dict[int, float | str]:
    """Give what a rule counts, by column. Without levels each multiplies by 1."""
    counts: dict[int, float | str] = {
        FIRST_VALUE + i: scheme.value(code) for i, code in enumerate(VALUED)
    }
    counts[LEVELS_COUNT] = formulas.YES if scheme.levels else formulas.NO
    for i, word in enumerate(LEVELS):
        counts[LOW + i] = scheme.multiplier(word)
    counts[FIRST_PLACE] = formulas.LEAST if scheme.least_first else formulas.MOST
    return counts


def _sources(sheet: Sheet, report: Report) -> None:
    case, judgments = report.basis.case, report.basis.judgments
    sheet.text(SOURCES_HEAD, NAME_COLUMN, "Source", looks.HEAD)
    sheet.text(SOURCES_HEAD, EMPHASIS_COLUMN, "Emphasis", looks.HEAD_RIGHT)
    for row, source in enumerate(case.sources, start=FIRST_SOURCE):
        sheet.text(row, NAME_COLUMN, source.name, looks.CELL)
        emphasis = judgments.source_emphasis(source.id)
        sheet.number(row, EMPHASIS_COLUMN, emphasis, looks.CHOICE_NUMBER)


def _validate(sheet: Sheet, places: Places) -> None:
    titles = places.column(SETTINGS, FIRST_RULE, IN_FORCE - 1, NAME_COLUMN)
    last_source = FIRST_SOURCE + max(len(places.sources), 1) - 1
    last_rule = IN_FORCE - 1
    column = places.column
    for validation, cells in (
        (
            looks.one_of_cells(titles),
            column(SETTINGS, RULE_ROW, RULE_ROW, CHOICE_COLUMN),
        ),
        (
            looks.one_of((formulas.ONCE, formulas.EACH)),
            column(SETTINGS, ORIGINS_ROW, ORIGINS_ROW, CHOICE_COLUMN),
        ),
        (
            looks.one_of((formulas.YES, formulas.NO)),
            column(SETTINGS, FIRST_RULE, last_rule, LEVELS_COUNT),
        ),
        (
            looks.one_of((formulas.LEAST, formulas.MOST)),
            column(SETTINGS, FIRST_RULE, last_rule, FIRST_PLACE),
        ),
        (
            looks.emphasis(),
            column(SETTINGS, FIRST_SOURCE, last_source, EMPHASIS_COLUMN),
        ),
    ):
        sheet.ws.data_validation(cells.replace("$", ""), validation)


def write_rules(sheet: Sheet, report: Report, places: Places) -> None:
    """Write scores and ranks under each rule, and what each item weighs there."""
    sheet.widen(NAME_COLUMN, _NAME_WIDTH)
    widest = max(FIRST_RATING + places.hypotheses, 2 + 2 * len(SCHEMES))
    for column in range(2, widest):
        sheet.widen(column, _WIDTH)
    sheet.line(1, "The same judgments under six rules", looks.TITLE, _COLUMNS)
    sheet.line(2, _RULES_NOTE, looks.NOTE, _COLUMNS)
    for head, name in ((SCORES_HEAD, "Score"), (RANKS_HEAD, "Rank")):
        sheet.text(head - 1, NAME_COLUMN, f"{name} under each rule", looks.LABEL)
        sheet.text(head, NAME_COLUMN, "Rule", looks.HEAD)
        names = (f"{h.label} {h.title}" for h in report.basis.matrix.hypotheses)
        sheet.heads(head, FIRST_RATING, names, looks.HEAD_RIGHT)
    sheet.text(
        WEIGHTS_HEAD - 1, NAME_COLUMN, "What each item weighs under it", looks.LABEL
    )
    sheet.text(WEIGHTS_HEAD, NAME_COLUMN, "", looks.HEAD)
    sheet.text(WEIGHTS_HEAD + 1, NAME_COLUMN, "Item", looks.HEAD)
    for row, item in enumerate(report.basis.case.evidence, start=FIRST_WEIGHT):
        sheet.text(row, NAME_COLUMN, titled(item), looks.CELL)
    for number, rule in enumerate(SCHEMES):
        _standings(sheet, report, places, rule, number)
        _weights(sheet, report, places, rule)
    looks.lay_out(sheet.ws, report, (WEIGHTS_HEAD, WEIGHTS_HEAD + 1))


def _standings(
    sheet: Sheet, report: Report, places: Places, rule: Rule, number: int
) -> None:
    score_row, rank_row = SCORES_HEAD + 1 + number, RANKS_HEAD + 1 + number
    title = SCHEMES[rule].title
    sheet.text(score_row, NAME_COLUMN, title, looks.CELL)
    sheet.text(rank_row, NAME_COLUMN, title, looks.CELL)
    scheme = SchemeCells(places, scheme_row(rule))
    _, column = weight_columns(rule)
    last = FIRST_WEIGHT + max(places.items, 1) - 1
    weights = places.column(RULES, FIRST_WEIGHT, last, column)
    every = places.for_hypotheses(RULES, score_row)
    for j, one in enumerate(report.basis.rules[rule].hypotheses):
        at = FIRST_RATING + j
        own = places.at(RULES, score_row, at)
        score = formulas.score(places, j, weights, scheme)
        sheet.formula(score_row, at, score, one.score)
        ranked = NONE if one.rank is None else one.rank
        rank = formulas.rank(places, j, own, every, scheme)
        sheet.formula(rank_row, at, rank, ranked, looks.COUNT)


def _weights(sheet: Sheet, report: Report, places: Places, rule: Rule) -> None:
    basis, scheme = report.basis, SchemeCells(places, scheme_row(rule))
    levels_column, column = weight_columns(rule)
    both, title = (levels_column, column), SCHEMES[rule].title
    sheet.merge(WEIGHTS_HEAD, WEIGHTS_HEAD, both, title, looks.HEAD_RIGHT)
    sheet.heads(WEIGHTS_HEAD + 1, levels_column, ("Levels", "Weight"), looks.HEAD_RIGHT)
    last = FIRST_WEIGHT + max(places.items, 1) - 1
    every = places.column(RULES, FIRST_WEIGHT, last, levels_column)
    weighed = weighings(basis.rules[rule].matrix)
    for i, item in enumerate(basis.case.evidence):
        row, of_item = FIRST_WEIGHT + i, FIRST_ITEM + i
        found = weighed.get(item.id, ABSENT)
        own = places.beside(RULES, row, levels_column)
        levels = formulas.levels(places, of_item, scheme)
        sheet.formula(row, levels_column, levels, found.levels)
        factor = formulas.origin_factor(places, of_item, own, every)
        weight = formulas.weight(places, of_item, own, factor)
        sheet.formula(row, column, weight, found.weight)
