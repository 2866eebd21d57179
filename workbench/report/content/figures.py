"""The report's charts as figures, and a figure as a picture; no number is made here.

Altair and vl-convert are loaded when a picture is drawn, never before.
"""

from __future__ import annotations

import json
import re
from functools import cache
from types import ModuleType
from typing import Any, Final

from workbench import fonts, wording
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Figure
from workbench.wording.fragility import describe_day
from workbench.wording.ranking import describe_ranking, describe_rules
from workbench.wording.verdict import describe_draws

TIPS: Final = 12  # tipping points drawn
ITEMS: Final = 20  # of a matrix drawn
WIDTH: Final = 460  # px of the plot; names stand to its left
_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")
_LIMITS: Final = {"labelLimit", "limit"}  # of a specification, in px; 0 is none
# The others stand in where an SVG is opened by a program that reads no font in it.
_FONTS: Final = (fonts.FAMILY, "Arial", "Helvetica", "Liberation Sans", "sans-serif")
_CONFIG: Final[dict[str, Any]] = {
    "background": "#ffffff",
    "font": ", ".join(_FONTS),
    "axis": {"labelColor": "#111", "titleColor": "#111", "gridColor": "#d9dee2"},
    "title": {"color": "#111", "anchor": "start", "fontSize": 13},
    "legend": {"labelColor": "#111", "titleColor": "#111"},
    "view": {"stroke": None},
}


def ranking_figure(basis: Basis) -> Figure | None:
    """Draw the score of each hypothesis; nothing where none is ranked."""
    if not basis.assessment.ranking:
        return None

    def specify() -> dict[str, Any]:
        from workbench.charts.ranking_chart import ranking_chart

        baseline = basis.baseline if basis.departs else None
        now = basis.assessment
        return _still(ranking_chart(now, baseline, travels=False))

    said = describe_ranking(basis.assessment)
    return Figure("ranking", "The score of each hypothesis", said, specify)


def rules_figure(basis: Basis) -> Figure | None:
    """Draw the ranks under all rules; nothing where none is ranked."""
    if not basis.assessment.ranking:
        return None

    def specify() -> dict[str, Any]:
        from workbench.charts.rules_chart import rules_chart

        return _still(rules_chart(basis.rules))

    said = describe_rules(basis.rules)
    return Figure("rules", "Rank under each published rule", said, specify)


def tipping_figure(basis: Basis) -> Figure | None:
    """Draw the nearest tipping points; nothing where there is none."""
    found = basis.sensitivity
    tips = [
        one
        for one in (*found.tipping_items, *found.tipping_sources)
        if one.below or one.above
    ]
    if not tips:
        return None

    def specify() -> dict[str, Any]:
        from workbench.charts.robustness_charts import tipping_chart, tippings

        near = tippings(found)[:TIPS]
        return _still(tipping_chart(basis.assessment, near))

    has = "has" if len(tips) == 1 else "have"
    counted = wording.counted(len(tips), "item or source", "items and sources")
    said = f"{counted} {has} an emphasis from 0 to 2 at which the first place changes."
    near = f", the {TIPS} nearest of {len(tips)}" if len(tips) > TIPS else ""
    return Figure("tipping", f"Where the first place changes{near}", said, specify)


def matrix_figure(basis: Basis) -> Figure | None:
    """Draw the matrix, for a slide; nothing where there is none.

    A report has it as a table instead, with every item.
    """
    total, hypotheses = len(basis.matrix.evidence), len(basis.matrix.hypotheses)
    if not total or not hypotheses:
        return None

    def specify() -> dict[str, Any]:
        from workbench.charts.matrix_chart import column_width, matrix_chart

        chart = matrix_chart(basis.assessment, ITEMS)
        return {**_still(chart), "width": hypotheses * column_width(hypotheses)}

    every = wording.counted(total, "item")
    said = every if total <= ITEMS else f"the {ITEMS} most diagnostic of {every}"
    across = wording.counted(hypotheses, "hypothesis", "hypotheses")
    return Figure(
        "matrix",
        f"The matrix: {said}",
        f"The codes of {said} against {across}. {describe_ranking(basis.assessment)}",
        specify,
    )


def days_figure(basis: Basis) -> Figure | None:
    """Draw the scores as the evidence came in; nothing where too much is undated."""
    days = basis.days
    if not days or not basis.assessment.ranking:
        return None

    def specify() -> dict[str, Any]:
        from workbench.charts.robustness_charts import days_chart

        last = days[-1].day
        chart = days_chart(basis.assessment, days, last)
        spec = _still(chart)
        lines, *_ = spec["layer"]  # the mark of a chosen day is for a screen
        return {**spec, "layer": [lines]}

    said = describe_day(basis.assessment, days[-1])
    return Figure("replay", "The scores as the evidence came in", said, specify)


def draws_figure(basis: Basis) -> Figure | None:
    """Draw how often each hypothesis has each rank; nothing where none is ranked."""
    if not basis.assessment.ranking:
        return None
    drawn = basis.drawn

    def specify() -> dict[str, Any]:
        from workbench.charts.robustness_charts import draws_chart

        return _still(draws_chart(basis.assessment, drawn))

    said = describe_draws(basis.assessment, drawn)
    caption = f"How often each has rank 1, 2, … in {drawn.draws:,} draws"
    return Figure("draws", caption, said, specify)


def where_drawn(figure: Figure | None) -> tuple[Figure, ...]:
    """Give a figure as a section's blocks: none where there is nothing to draw."""
    return () if figure is None else (figure,)


def _still(chart: Any) -> dict[str, Any]:  # noqa: ANN401  any altair chart
    """Give a chart's specification for paper: a fixed width, black on white."""
    # the charts' own tests validate them; here it is a tenth of a second
    spec: dict[str, Any] = chart.properties(width=WIDTH).to_dict(validate=False)
    spec.pop("title", None)  # the caption says it
    return {**_printable(spec), "config": {**spec.get("config", {}), **_CONFIG}}


def _printable(spec: dict[str, Any]) -> dict[str, Any]:
    """Make every text of a specification one that vl-convert can draw.

    It ends the process at a control character. It fails where a text is cut within a
    character beyond U+FFFF, which Vega takes for two, so that such texts are not cut.
    """
    whole = _BEYOND.search(json.dumps(spec, ensure_ascii=False)) is not None

    def printable(value: Any) -> Any:  # noqa: ANN401  any part of it
        if isinstance(value, str):
            return wording.plain(value)
        if isinstance(value, list):
            return [printable(one) for one in value]
        if not isinstance(value, dict):
            return value
        found = {key: printable(one) for key, one in value.items()}
        return {**found, **dict.fromkeys(_LIMITS & found.keys(), 0)} if whole else found

    return {key: printable(one) for key, one in spec.items()}


def svg(figure: Figure) -> str:
    """Draw a figure as SVG, whose font the document that it stands in has to know."""
    drawn: str = _converter().vegalite_to_svg(figure.specify())
    return drawn


def png(figure: Figure, scale: float = 2.0) -> bytes:
    """Draw a figure as PNG; `scale` is pixels for each point of the SVG."""
    drawn: bytes = _converter().svg_to_png(svg(figure), scale=scale)
    return drawn


@cache
def _converter() -> ModuleType:
    """Load what draws, and have it measure texts by the font that they are set in."""
    import vl_convert

    vl_convert.register_font_directory(fonts.folder())
    return vl_convert
