"""A case as a table that another copy reads back: CSV, OpenDocument, Markdown.

The same rows for each, with names that the reader knows for its own; what a table has
no place for is listed. Reading them is the affair of `delimited`, `spreadsheet` and
`markdown`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Final

from odf.element import Element
from odf.namespaces import nsdict
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from workbench.case.judgments import Judgments
from workbench.case.model import Case, Evidence, Level
from workbench.exchange.outgoing import (
    STRONG,
    Target,
    Written,
    cited,
    described,
    lost,
    one_line,
    settled,
)
from workbench.exchange.tables.columns import EXCHANGED
from workbench.report import delimited, markdown
from workbench.wording import plain

_CARRIED: Final = (
    STRONG,
    "reasons of ratings",
    "labels",
    "dates of items",
    "tags of items",
    "origins of items",
    "grades of items",
    "caveats of items",
    "assumptions and absences, which become evidence",
    "several sources of an item, which become one text",
    "the background",
)
Rows = list[list[str]]
# The library declares what the process has met so far: from here on, all there is.
Element.namespaces.update(nsdict)


def _rows(case: Case) -> Rows:
    """Give the rows: names, then an item a row with codes and reasons."""
    names = [f"{h.label} {one_line(h.title)}" for h in case.hypotheses]
    head = [*EXCHANGED, *(text for n in names for text in (n, f"{n}: because"))]
    return [head, *(_item(case, item) for item in case.evidence)]


def _item(case: Case, item: Evidence) -> list[str]:
    row = [
        item.label,
        one_line(item.title),
        described(item.title, item.statement),
        item.kind.value,
        item.date.text if item.date else "",
        cited(case, item),
        item.grade,
        _level(item.credibility),
        _level(item.relevance),
        item.origin,
        ", ".join(one_line(tag) for tag in item.tags),
        item.caveat,
    ]
    for one in case.hypotheses:
        rating = item.ratings.get(one.id)
        row += [rating.consistency.value, rating.because] if rating else ["", ""]
    return row


def _level(level: Level) -> str:
    return level if isinstance(level, str) else f"{level:.15g}"


def _around(case: Case) -> Rows:
    """Give what stands above: the question, and the background as a text."""
    question = case.question
    rows = [["Question", one_line(question.question)]]
    if question.background:
        rows.append([question.background])
    return rows


def _lost(case: Case, judgments: Judgments) -> tuple[str, ...]:
    kept = settled(case, judgments)
    notes = [*lost(case, judgments, kept.question.rule, _CARRIED)]
    told = [h for h in kept.hypotheses if described(h.title, h.statement)]
    if told:
        notes.append("what hypotheses state beyond their titles")
    if kept.question.title not in ("", kept.question.question):
        notes.append("the title of the case, beside its question")
    return tuple(notes)


def _target(id_: str, title: str, mime: str, write: Callable[[Case], bytes]) -> Target:
    def written(
        case: Case, judgments: Judgments, date: dt.date, analyst: str | None
    ) -> Written:
        del date, analyst  # a table has no place for them
        return Written(write(settled(case, judgments)), _lost(case, judgments))

    return Target(id_, title, id_, mime, written)


# ---------------------------------------------------------------- the three


def _to_csv(case: Case) -> bytes:
    out = io.StringIO(newline="")
    rows = [*_around(case), [], *_rows(case)]
    csv.writer(out).writerows([delimited.safe(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _to_ods(case: Case) -> bytes:
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Matrix")
    for row in [*_around(case), [], *_rows(case)]:
        line = TableRow()
        for text in row or [""]:
            line.addElement(_cell(text))
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    book.write(out)
    return _undated(out)


def _undated(packed: io.BytesIO) -> bytes:
    """Pack again without the time of packing: the same case gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as there, zipfile.ZipFile(out, "w") as made:
        for info in there.infolist():
            kept = zipfile.ZipInfo(info.filename)
            kept.compress_type = info.compress_type
            made.writestr(kept, there.read(info))
    return out.getvalue()


def _cell(text: str) -> TableCell:
    if not text:
        return TableCell()
    cell = TableCell(valuetype="string")
    for part in plain(text).split("\n"):
        cell.addElement(P(text=part))
    return cell


def _to_md(case: Case) -> bytes:
    head, *rows = _rows(case)
    lines = [f"# {markdown.escaped(plain(case.question.question))}"]
    if case.question.background:
        lines += ["", *(_text(t) for t in case.question.background.split("\n"))]
    lines += ["", _line(head), f"|{'---|' * len(head)}", *map(_line, rows)]
    return ("\n".join(lines) + "\n").encode()


def _line(row: Sequence[str]) -> str:
    cells = ("<br>".join(map(_text, text.split("\n"))) for text in row)
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    return markdown.escaped(plain(text))


TARGETS: Final = (
    _target("csv", "A table (CSV)", "text/csv", _to_csv),
    _target(
        "ods",
        "A spreadsheet (ODS)",
        "application/vnd.oasis.opendocument.spreadsheet",
        _to_ods,
    ),
    _target("md", "A wiki page (Markdown)", "text/markdown", _to_md),
)
