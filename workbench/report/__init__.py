"""Reports: one content, one thin module a format; no figure is worked out here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from workbench.case.judgments import Judgments
from workbench.case.model import Case, Rule
from workbench.errors import WorkbenchError
from workbench.report.basis import Basis
from workbench.report.delimited import to_csv
from workbench.report.html import to_html
from workbench.report.json_ import read, read_judgments, to_json
from workbench.report.markdown import to_md
from workbench.report.sections import Report, compose

__all__ = [
    "FORMATS",
    "Basis",
    "Format",
    "Report",
    "compose",
    "make",
    "read",
    "read_judgments",
    "to_csv",
    "to_html",
    "to_json",
    "to_md",
    "to_pdf",
]


class Format(NamedTuple):
    """How a report is written, and what the file is called by others."""

    write: Callable[[Report], bytes]
    media_type: str
    extension: str


def to_pdf(report: Report) -> bytes:
    """Write the report as PDF; its libraries are loaded for it alone."""
    from workbench.report.pdf import write  # noqa: PLC0415  typst and altair

    return write(report)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "html": Format(to_html, "text/html", "html"),
        "pdf": Format(to_pdf, "application/pdf", "pdf"),
        "md": Format(to_md, "text/markdown", "md"),
        "csv": Format(to_csv, "text/csv", "csv"),
        "json": Format(to_json, "application/json", "json"),
    }
)


def make(  # noqa: PLR0913  all that the content follows from
    case: Case,
    judgments: Judgments | None = None,
    *,
    to: str,
    date: dt.date,
    analyst: str | None = None,
    rule: Rule | None = None,
    as_of: dt.date | None = None,
    count_all: bool = False,
) -> bytes:
    """Make a report; the same arguments give the same bytes.

    Without judgments or an analyst it is the published baseline, without a rule the
    case's own. Raises WorkbenchError for a format that is not known.
    """
    if to not in FORMATS:
        raise WorkbenchError(f"{to!r} is not a format; use {', '.join(FORMATS)}")
    basis = Basis(
        case, judgments or Judgments(), date, analyst, rule, as_of, count_all, to
    )
    return FORMATS[to].write(compose(basis))
