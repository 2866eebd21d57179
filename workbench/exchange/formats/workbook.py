"""Matrices in workbooks (XLSX), sheet by sheet; formulas are never worked out.

Only cells become sheets of texts here; what the texts mean is read by `table`. A
workbook is walked as XML in one pass, so that formulas are seen beside their last
values, merged cells are known, and no size that a file claims is believed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Final

from workbench.exchange import markup
from workbench.exchange.choices import NONE, Choices
from workbench.exchange.content import of_tables
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.looks import StyledFills, Theme
from workbench.exchange.packed import ZIP, Parts
from workbench.exchange.sheet_cells import Cells, Strings, Styles
from workbench.exchange.tables import collected
from workbench.exchange.tables.sheet import Sheet
from workbench.wording import clipped

TITLE: Final = "Workbook (XLSX)"
MAX_BYTES: Final = 32_000_000
_MAX_UNPACKED: Final = 96_000_000
_MAX_ELEMENTS: Final = 1_500_000
_MAX_SHEETS: Final = 100


def recognises(data: bytes) -> bool:
    """Tell whether bytes are a zip file."""
    return data.startswith(ZIP)


def read(data: bytes, choices: Choices = NONE) -> tuple[Imported, ...]:
    """Read the matrices of a workbook, one for each sheet that holds one.

    Raises Unreadable.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"{len(data):,} bytes; a workbook of at most {MAX_BYTES:,} is read"
        )
    if not data.startswith(ZIP):
        raise Unreadable("not a workbook: it is no zip file")
    parts = Parts(data, _MAX_UNPACKED)
    left = []
    if any("comments" in posixpath.basename(name).lower() for name in parts.names):
        left.append("the comments on cells")
    return collected.read(
        _Book(parts).sheets(),
        TITLE,
        choices,
        left=left,
        nothing="the workbook holds no sheet with cells",
    )


class _Collected:
    """Keeps the attributes of elements, by their name and their parent's."""

    def __init__(self, *wanted: str) -> None:
        self.found: dict[str, list[dict[str, str]]] = {name: [] for name in wanted}
        self._open = [""]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        place = f"{self._open[-1]}/{name}"
        if place in self.found:
            self.found[place].append(attributes)
        self._open.append(name)

    def end(self, name: str) -> None:
        del name
        self._open.pop()

    def text(self, text: str) -> None:
        """Keep no text."""


class _Book:
    """The parts of a workbook by what they are for."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.left = _MAX_ELEMENTS
        main = next(
            (
                target
                for _, kind, target in self._related("")
                if kind == "officeDocument"
            ),
            "xl/workbook.xml",
        )
        self._refuse_kinds(main)
        self.main = main
        told = _Collected("workbook/workbookPr", "sheets/sheet")
        self._walk(main, told)
        self.found = told.found["sheets/sheet"]
        if len(self.found) > _MAX_SHEETS:
            raise Unreadable(
                f"{len(self.found):,} sheets; at most {_MAX_SHEETS} are read"
            )
        properties = told.found["workbook/workbookPr"]
        epoch = any(p.get("date1904") in ("1", "true") for p in properties)
        self.related = self._related(main)
        self.strings = Strings()
        styles = _Collected("numFmts/numFmt", "cellXfs/xf")
        theme = Theme()
        kinds = {kind: target for _, kind, target in self.related}
        if "sharedStrings" in kinds:
            self._walk(kinds["sharedStrings"], self.strings)
        if "theme" in kinds and kinds["theme"] in parts.names:
            self._walk(kinds["theme"], theme)
        fills = StyledFills(theme.colours)
        if "styles" in kinds:
            self._walk(kinds["styles"], styles)
            self._walk(kinds["styles"], fills)
        self.fills = fills.by_style()
        formats = (styles.found["numFmts/numFmt"], styles.found["cellXfs/xf"])
        self.styles = Styles(*formats, since_1904=epoch)

    def sheets(self) -> Iterator[Sheet]:
        """Walk the sheets that hold cells."""
        targets = {id_: (kind, target) for id_, kind, target in self.related}
        for one in self.found:
            kind, target = targets.get(one.get("id", ""), ("", ""))
            if kind != "worksheet":
                continue
            name = clipped(one.get("name", ""), 60)
            cells = Cells(name, self.strings.texts, self.styles, self.fills)
            self._walk(target, cells, f"sheet “{name}”")
            hidden = one.get("state", "visible") != "visible"
            sheet = cells.sheet(hidden=hidden)
            if sheet.lines:
                yield sheet

    def _walk(self, name: str, handler: markup.Handler, what: str = "") -> None:
        pieces = self.parts.pieces(name)
        self.left -= markup.walk(pieces, handler, what or name, max_elements=self.left)

    def _related(self, name: str) -> list[tuple[str, str, str]]:
        folder, file = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{file}.rels")
        if place not in self.parts.names:
            return []
        told = _Collected("Relationships/Relationship")
        self._walk(place, told)
        return [
            (
                one.get("Id", ""),
                one.get("Type", "").rpartition("/")[2],
                posixpath.normpath(
                    posixpath.join("/", folder, one.get("Target", ""))
                ).lstrip("/"),
            )
            for one in told.found["Relationships/Relationship"]
            if one.get("TargetMode") != "External"
        ]

    def _refuse_kinds(self, main: str) -> None:
        names = set(self.parts.names)
        if main in names and "word/" not in main and "ppt/" not in main:
            return
        if "mimetype" in names:
            raise Unreadable("an OpenDocument file; save it as a workbook (.xlsx)")
        raise Unreadable("a zip file, and no workbook in it")


FORMATS: Final = (of_tables(TITLE, recognises, read),)
