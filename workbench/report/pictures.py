"""The pictures of a case for a slide: any chart, and the matrix, as PNG or SVG.

A picture stands alone: it has its caption as its title, and its names are not cut.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from workbench.errors import WorkbenchError
from workbench.method.schemes import SCHEMES
from workbench.report.content import figures
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Figure
from workbench.wording import clipped, plain

_SCALE: Final = 3.0  # dots of a PNG for each px: sharp on a projector
_UNLIMITED: Final = 0
_SOURCES: Final = 4  # named below a title
_NAME: Final = 60  # characters of one
_LINE: Final = 110  # characters
_TITLE: Final = {"anchor": "start", "frame": "bounds", "subtitleColor": "#47565f"}
_PADDING: Final = 16  # px around it, also for a font that is a little wider


class Picture(NamedTuple):
    """A picture that can be chosen: its name, and the figure that it shows."""

    name: str
    figure: Callable[[Basis], Figure | None]


PICTURES: Final[Mapping[str, Picture]] = MappingProxyType(
    {
        "ranking": Picture("Ranking", figures.ranking_figure),
        "matrix": Picture("Matrix", figures.matrix_figure),
        "rules": Picture("Rules side by side", figures.rules_figure),
        "tipping": Picture("Tipping points", figures.tipping_figure),
        "replay": Picture("As the evidence came in", figures.days_figure),
        "draws": Picture("Draws", figures.draws_figure),
    }
)
MEDIA: Final[Mapping[str, str]] = MappingProxyType(
    {"png": "image/png", "svg": "image/svg+xml"}
)


def source_lines(basis: Basis) -> tuple[str, ...]:
    """Say where a picture comes from, and of which day it is."""
    case = basis.case
    spoken = (clipped(source.spoken, _NAME) for source in case.sources[:_SOURCES])
    names = ", ".join(spoken)
    if (more := len(case.sources) - _SOURCES) > 0:
        names += f" and {more} more"
    by = basis.analyst or "published baseline"
    rule = SCHEMES[basis.assessment.rule].title.lower()
    said = [
        f"{clipped(case.question.title)}: {by}, {basis.date.isoformat()}, by {rule}.",
        f"Sources: {names}." if names else "",
        clipped(case.question.handling),
    ]
    line = " ".join(one for one in said if one)
    return tuple(plain(one) for one in textwrap.wrap(line, _LINE))


def draw_picture(figure: Figure, to: str, source: Sequence[str] = ()) -> bytes:
    """Draw a figure for a slide; the lines on its source stand below its title.

    Raises WorkbenchError for a format that is not known.
    """
    if to not in MEDIA:
        raise WorkbenchError(f"{to!r} is no picture; use {' or '.join(MEDIA)}")
    alone = Figure(
        figure.id, figure.caption, figure.alt, lambda: _alone(figure, source)
    )
    if to == "svg":
        return figures.svg(alone).encode()
    return figures.png(alone, _SCALE)


def _alone(figure: Figure, source: Sequence[str]) -> dict[str, Any]:
    spec = figure.specify()
    title = {"text": plain(figure.caption), "subtitle": list(source)}
    said = {"title": {**title, **_TITLE}, "description": plain(figure.alt)}
    return {**_uncut(spec), **said, "padding": _PADDING}


def _uncut(value: Any) -> Any:  # noqa: ANN401  any part of a specification
    """Take the limits off the names of rows and of a legend."""
    if isinstance(value, list):
        return [_uncut(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {key: _uncut(one) for key, one in value.items()}
    if "labelLimit" in found and found.get("orient") != "top":
        found["labelLimit"] = _UNLIMITED
    return found
