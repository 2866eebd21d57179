"""The report's charts as figures, and a figure as a picture; no number is made here.

Altair and vl-convert are loaded when a picture is drawn, never before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workbench import wording
from workbench.report.basis import Basis
from workbench.report.blocks import Figure

TIPS: Final = 12  # tipping points drawn
WIDTH: Final = 460  # px of the plot; names stand to its left
_CONFIG: Final[dict[str, Any]] = {
    "background": "#ffffff",
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
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
        from workbench import charts  # noqa: PLC0415  altair is for pictures alone

        baseline = basis.baseline if basis.departs else None
        return _still(charts.ranking_chart(basis.assessment, baseline))

    said = wording.describe_ranking(basis.assessment)
    return Figure("ranking", "The score of each hypothesis", said, specify)


def rules_figure(basis: Basis) -> Figure | None:
    """Draw the ranks under all rules; nothing where none is ranked."""
    if not basis.assessment.ranking:
        return None

    def specify() -> dict[str, Any]:
        from workbench import charts  # noqa: PLC0415  altair is for pictures alone

        return _still(charts.rules_chart(basis.rules))

    said = wording.describe_rules(basis.rules)
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
        from workbench import robustness_charts  # noqa: PLC0415  likewise

        near = robustness_charts.tippings(found)[:TIPS]
        return _still(robustness_charts.tipping_chart(basis.assessment, near))

    has = "has" if len(tips) == 1 else "have"
    counted = wording.counted(len(tips), "item or source", "items and sources")
    said = f"{counted} {has} an emphasis from 0 to 2 at which the first place changes."
    return Figure("tipping", "Where the first place changes", said, specify)


def _still(chart: Any) -> dict[str, Any]:  # noqa: ANN401  any altair chart
    """Give a chart's specification for paper: a fixed width, black on white."""
    # the charts' own tests validate them; here it is a tenth of a second
    spec: dict[str, Any] = chart.properties(width=WIDTH).to_dict(validate=False)
    spec.pop("title", None)  # the caption says it
    spec["config"] = {**spec.get("config", {}), **_CONFIG}
    # a control character would end the process that draws
    printable: dict[str, Any] = _changed(spec, wording.plain)
    return printable


def _changed(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401  any JSON
    """Change all texts of a specification."""
    match value:
        case str():
            return change(value)
        case list():
            return [_changed(one, change) for one in value]
        case dict():
            return {key: _changed(one, change) for key, one in value.items()}
    return value


def svg(figure: Figure, font: str | None = None) -> str:
    """Draw a figure as SVG, in a font of the document that it stands in."""
    import vl_convert  # noqa: PLC0415  a browser's engine

    spec = figure.specify()
    if font is not None:
        spec = {**spec, "config": {**spec["config"], "font": font}}
    try:
        drawn: str = vl_convert.vegalite_to_svg(spec)
    except ValueError:
        # Vega cuts a long name between code units, and its engine refuses half a letter
        # from beyond the basic plane; the tables beside the picture have the name.
        drawn = vl_convert.vegalite_to_svg(_changed(spec, _in_basic_plane))
    return drawn


def _in_basic_plane(text: str) -> str:
    return "".join("\ufffd" if char > "\uffff" else char for char in text)


def png(figure: Figure, scale: float = 2.0) -> bytes:
    """Draw a figure as PNG; `scale` is pixels for each point of the SVG."""
    import vl_convert  # noqa: PLC0415  likewise

    drawn: bytes = vl_convert.svg_to_png(svg(figure), scale=scale)
    return drawn
