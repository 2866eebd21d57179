"""The pictures of a case for a slide: any chart, and the matrix, as PNG or SVG.

A picture stands alone: it has its caption as its title, and its names are not cut.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from workbench.errors import WorkbenchError
from workbench.report.content import figures
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Figure
from workbench.wording import plain

_SCALE: Final = 3.0  # dots of a PNG for each px: sharp on a projector
_UNLIMITED: Final = 0
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


def draw_picture(figure: Figure, to: str) -> bytes:
    """Draw a figure for a slide.

    Raises WorkbenchError for a format that is not known.
    """
    if to not in MEDIA:
        raise WorkbenchError(f"{to!r} is no picture; use {' or '.join(MEDIA)}")
    alone = Figure(figure.id, figure.caption, figure.alt, lambda: _alone(figure))
    if to == "svg":
        return figures.svg(alone).encode()
    return figures.png(alone, _SCALE)


def _alone(figure: Figure) -> dict[str, Any]:
    spec = figure.specify()
    said = {"title": plain(figure.caption), "description": plain(figure.alt)}
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
