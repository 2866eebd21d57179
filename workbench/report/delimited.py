"""The matrix as CSV: items down, hypotheses across, codes and reasons; nothing else.

Read back by a spreadsheet, no text is a formula: a cell that begins with = + - @, a tab
or a line break gets a leading apostrophe. Codes and numbers never need one and never
get one. An unrated cell is empty, and NA is NA. UTF-8 with a byte order mark, as
spreadsheets expect.
"""

from __future__ import annotations

import csv
import io
from typing import Final

from workbench import wording
from workbench.case.entry import EntryKind
from workbench.case.model import Evidence
from workbench.report.content.sections import Report

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(text: str) -> str:
    """Make a text fit for a cell that no spreadsheet takes for a formula."""
    text = wording.plain(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def to_csv(report: Report) -> bytes:
    """Write the matrix as CSV: every item, those set aside without a weight."""
    basis = report.basis
    hypotheses = basis.matrix.hypotheses
    head = [
        "label",
        "title",
        "kind",
        "date",
        "sources",
        "credibility",
        "relevance",
        "weight",
        "diagnosticity",
    ]
    names = [f"{h.label} {h.title}" for h in hypotheses]
    head += [text for name in names for text in (name, f"{name}: because")]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(safe, head))
    for item in basis.case.evidence:
        row = _item(report, item)
        for hypothesis in hypotheses:
            rating = basis.judgments.rating(item, hypothesis.id)
            row += [wording.code(rating), safe(rating.because if rating else "")]
        writer.writerow(row)
    return out.getvalue().encode("utf-8-sig")


def _item(report: Report, item: Evidence) -> list[str]:
    basis = report.basis
    weighed, tells = basis.weighed.get(item.id, (None, False))
    judgments, sources = basis.judgments, basis.case.source
    cited = "; ".join(
        sources[c.source].name + (f", {c.at}" if c.at else "") for c in item.sources
    )
    return [
        safe(item.label),
        safe(item.title),
        item.kind.value,
        item.date.text if item.date else "",
        safe(cited),
        wording.level(judgments.level_of(item, EntryKind.CREDIBILITY)),
        wording.level(judgments.level_of(item, EntryKind.RELEVANCE)),
        wording.shown(weighed.weight) if weighed else "",
        wording.shown(weighed.diagnosticity) if weighed and tells else "",
    ]
