"""Reports: one content, one module a format; no figure is worked out here.

A format whose library is slow to load imports its module when it is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from workbench.case.comments import Comment
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Rule
from workbench.errors import WorkbenchError
from workbench.method.rerating import Again
from workbench.record.chain import ChainEnd
from workbench.report.content.basis import Basis
from workbench.report.content.sections import Report, compose
from workbench.report.delimited import to_csv
from workbench.report.html import to_html
from workbench.report.json_ import read, read_judgments, to_json
from workbench.report.markdown import to_md

__all__ = [
    "BRIEFS",
    "FORMATS",
    "Basis",
    "Format",
    "Report",
    "compose",
    "make",
    "read",
    "read_judgments",
    "to_csv",
    "to_docx",
    "to_html",
    "to_json",
    "to_md",
    "to_pdf",
    "to_xlsx",
]
from workbench.team.round_story import Story


def to_docx(report: Report) -> bytes:
    """Write the report for Word; what that takes is loaded when one is made."""
    from workbench.report import word

    return word.to_docx(report)


class Format(NamedTuple):
    """How a report is written, and what the file is called by others.

    `text` says whether the bytes are text in UTF-8.
    """

    write: Callable[[Report], bytes]
    media_type: str
    extension: str
    text: bool = True


def to_pdf(report: Report) -> bytes:
    """Write the report as PDF; its libraries are loaded for it alone."""
    from workbench.report.pdf import write

    return write(report)


def to_xlsx(report: Report) -> bytes:
    """Write the report as a workbook."""
    from workbench.report import xlsx

    return xlsx.to_xlsx(report)


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "html": Format(to_html, "text/html", "html"),
        "pdf": Format(to_pdf, "application/pdf", "pdf", text=False),
        "docx": Format(
            to_docx, f"{_OFFICE}.wordprocessingml.document", "docx", text=False
        ),
        "xlsx": Format(to_xlsx, f"{_OFFICE}.spreadsheetml.sheet", "xlsx", text=False),
        "md": Format(to_md, "text/markdown", "md"),
        "csv": Format(to_csv, "text/csv", "csv"),
        "json": Format(to_json, "application/json", "json"),
    }
)


BRIEFS: Final = ("html", "pdf", "docx", "md")


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
    sections: Sequence[str] = (),
    chain: ChainEnd | None = None,
    annex: bool = False,
    brief: bool = False,
    others: Mapping[str, Judgments] = MappingProxyType({}),
    said: Sequence[Comment] = (),
    again: Again | None = None,
    rounds: tuple[Story, ...] = (),
) -> bytes:
    """Make a report; the same arguments give the same bytes.

    Without judgments or an analyst it is the published baseline, without a rule the
    case's own, without sections the whole, or the whole with its annex. Raises
    WorkbenchError for a format or a section that is not known, and for a brief in a
    format that has none or of chosen sections.
    """
    if to not in FORMATS:
        raise WorkbenchError(f"{to!r} is not a format; use {', '.join(FORMATS)}")
    if brief and to not in BRIEFS:
        raise WorkbenchError(f"a brief in {to}: there is none; use {', '.join(BRIEFS)}")
    if brief and (sections or annex):
        raise WorkbenchError("a brief has no sections to choose, and no annex")
    basis = Basis(
        case,
        judgments or Judgments(),
        date,
        analyst,
        rule,
        as_of,
        count_all,
        to,
        tuple(sections),
        chain,
        annex,
        brief,
        others,
        tuple(said),
        again,
        rounds,
    )
    return FORMATS[to].write(compose(basis))
