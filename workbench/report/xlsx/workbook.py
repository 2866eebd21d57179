"""Which sheets there are, and in which order; each is filled elsewhere."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from workbench.report.content.blocks import Item, Section
from workbench.report.content.sections import SECTIONS, Report
from workbench.report.xlsx import looks
from workbench.report.xlsx.gather import gathered, inner, with_published
from workbench.report.xlsx.matrix_sheet import write_matrix
from workbench.report.xlsx.places import MATRIX, RULES, SETTINGS, Places
from workbench.report.xlsx.prose import Page, write_page
from workbench.report.xlsx.rules_sheet import write_rules, write_settings
from workbench.report.xlsx.sheet import Sheet
from workbench.wording import plain

if TYPE_CHECKING:
    from collections.abc import Callable

SUMMARY: Final = "Summary"
REASONS: Final = "Reasons"
_LAST: Final = "Method"
# The sheets that stand still, with their sections; others get a sheet before the last.
PAGES: Final = tuple(
    (name, tuple(one.id for one in SECTIONS if one.sheet == name))
    for name in [*dict.fromkeys(s.sheet for s in SECTIONS if s.sheet != _LAST), _LAST]
    if name not in ("", MATRIX)
)
LIVE: Final[tuple[tuple[str, Callable[[Sheet, Report, Places], None]], ...]] = (
    (MATRIX, write_matrix),
    (RULES, write_rules),
    (SETTINGS, write_settings),
)
_LIVE_SECTION: Final = "matrix"
_NAMES: Final = {"evidence": "Item", "sources": "Source", "hypotheses": "Hypothesis"}
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31


def to_xlsx(report: Report) -> bytes:
    """Write the report as a workbook."""
    held = io.BytesIO()
    workbook = Workbook(held, {"in_memory": True})
    workbook.set_properties(
        {
            "title": report.title,
            "author": plain(report.basis.analyst or ""),
            "created": dt.datetime.combine(report.basis.date, dt.time()),
        }
    )
    shared = looks.Looks(workbook)

    def sheet(name: str) -> Sheet:
        return Sheet(workbook.add_worksheet(name), shared)

    first, *others = _pages(report)
    write_page(sheet(first.name), report, first)
    for name, write in LIVE:
        write(sheet(name), report, _places(report, name))
    for page in others:
        write_page(sheet(page.name), report, page)
    workbook.close()
    return held.getvalue()


def _places(report: Report, sheet: str) -> Places:
    case = report.basis.case
    sources = {source.id: number for number, source in enumerate(case.sources)}
    hypotheses = len(report.basis.matrix.hypotheses)
    return Places(sheet, len(case.evidence), hypotheses, sources)


def _pages(report: Report) -> Iterator[Page]:
    sections = {section.id: section for section in report.sections}
    *plan, last = PAGES
    placed = {_LIVE_SECTION, *(id_ for _, ids in PAGES for id_ in ids)}
    taken = [name for name, _ in PAGES] + [name for name, _ in LIVE] + [REASONS]
    for section in report.sections:
        if section.id not in placed:
            plan.append((_free_name(section.title, taken), (section.id,)))
    for name, ids in (*plan, last):
        yield from _page(report, name, [sections[i] for i in ids if i in sections])


def _free_name(title: str, taken: list[str]) -> str:
    """Make a sheet's name of a title, and take it."""
    name = _FORBIDDEN.sub(" ", title)[:_LONGEST_NAME].strip() or "Section"
    used = {one.lower() for one in taken}
    number = 1
    while name.lower() in used:
        number += 1
        name = f"{name[: _LONGEST_NAME - 4].rstrip(' 0123456789')} {number}"
    taken.append(name)
    return name


def _page(report: Report, name: str, sections: Sequence[Section]) -> Iterator[Page]:
    """Give a sheet's content, and that of the reasons beside it if it has any."""
    found, reasons = [], []
    for section in sections:
        items = [block for block in section.blocks if isinstance(block, Item)]
        if not items:
            found.append(section)
            continue
        rest = tuple(block for block in section.blocks if not isinstance(block, Item))
        head = _NAMES.get(section.id, "Name")
        blocks = (*rest, gathered(head, items))
        found.append(replace(section, blocks=blocks))
        if table := inner(head, items):
            reasons.append(with_published(table))
    first = name == SUMMARY
    if not found and not first:
        return
    title = found[0].title if len(found) == 1 else name
    title = report.question if first else title
    yield Page(name, title, tuple(found), first)
    if reasons:
        title = "Every rating with its reason"
        yield Page(REASONS, title, (Section("reasons", title, tuple(reasons)),))
