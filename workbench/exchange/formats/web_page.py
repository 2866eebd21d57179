"""Matrices in web pages: the tables of an HTML file, with the text around them.

The text is walked once by the standard library's parser; nothing in it is run, opened
or fetched. What its texts mean is read by `table`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from workbench.exchange import colours
from workbench.exchange.choices import NONE, Choices
from workbench.exchange.content import of_tables
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.looks import MOST
from workbench.exchange.plain_text import LOOK, MAX_BYTES, decoded, is_text
from workbench.exchange.tables import collected
from workbench.exchange.tables.sheet import MAX_COLUMNS, MAX_PLACES, MAX_ROWS, Sheet

TITLE: Final = "Web page (HTML tables)"
_TABLE: Final = re.compile(r"<table[\s>]", re.IGNORECASE)
_OPENING: Final = re.compile(
    r"\s*(?:<!doctype html|<html|<meta|<style|<google-sheets|<table|<!--|<body|<div"
    r"|<p\b|<h[1-6])",
    re.IGNORECASE,
)
_SILENT: Final = frozenset({"script", "style", "head", "template", "noscript"})
_BLOCKS: Final = frozenset(
    {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "dt", "dd"}
)
_BACKGROUND: Final = re.compile(r"background(?:-color)?\s*:\s*([^;}]{1,40})")
_CLASS: Final = re.compile(r"\.([\w-]{1,40})\s*\{([^}]{0,2000})\}")
# Rows, whether each is in a table, their numbers, and the colours of cells.
_Part = tuple[list[list[str]], list[bool], list[int], dict[tuple[int, int], str]]
_MAX_TABLES: Final = 100
_MAX_DEPTH: Final = 200
_LONGEST: Final = 200_000


def recognises(data: bytes) -> bool:
    """Tell whether bytes are a web page with a table in it."""
    if not is_text(data):
        return False
    text, _ = decoded(data[:LOOK], whole=False)
    return bool(_OPENING.match(text)) and bool(
        _TABLE.search(text) or re.search(rb"<table[\s>]", data, re.IGNORECASE)
    )


def read(data: bytes, choices: Choices = NONE) -> tuple[Imported, ...]:
    """Read the matrices of a page, one or several tables.

    Raises Unreadable.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"{len(data):,} bytes; a page of at most {MAX_BYTES:,} is read"
        )
    text = decoded(data)[0]
    if max(map(len, text.split(">"))) > _LONGEST:
        raise Unreadable(f"more than {_LONGEST:,} characters without the end of a tag")
    page = _Page()
    page.feed(text)
    page.close()
    return collected.read(page.sheets(), TITLE, choices)


class _Page(HTMLParser):
    """Collects rows of cells and lines of text, table by table.

    Raises Unreadable for more than is read. Rows are numbered as they come.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[_Part] = [([], [], [], {})]
        self._classes: dict[str, str] = {}
        self._fills: dict[int, str] = {}
        self._behind = ""
        self._many = 0
        self._styling = False
        self._number = 0
        self._tables = self._silent = self._depth = self._places = 0
        self._text: list[str] = []
        self._row: list[str] | None = None
        self._spans: dict[int, tuple[int, str]] = {}
        self._cell: tuple[int, int] | None = None

    # -------------------------------------------------------------- what comes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row, a cell or a block of text."""
        if tag in _SILENT:
            self._silent += 1
            self._styling = tag == "style"
        elif tag == "table":
            self._flush()
            self._depth += 1
            if self._depth > _MAX_DEPTH:
                raise Unreadable(f"tables more than {_MAX_DEPTH} deep")
            if self._depth == 1:
                self._begin_table()
        elif tag == "tr" and self._depth == 1:
            self._end_row()
            self._row = []
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()
            if self._row is None:
                self._row = []
            self._cell = _spans(dict(attrs))
            self._behind = self._colour(dict(attrs))
        elif tag in _BLOCKS and self._cell is None:
            self._flush()
        elif tag == "br" or (tag in _BLOCKS and self._text):
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
            self._styling = False
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_row()
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()
        elif tag == "tr" and self._depth == 1:
            self._end_row()
        elif tag in _BLOCKS and self._cell is None:
            self._flush()

    def handle_data(self, data: str) -> None:
        """Take a piece of text, or of what the page says of its looks."""
        if self._styling:
            for found in _CLASS.finditer(data[:_LONGEST]):
                if colour := _background(found[2]):
                    self._classes[found[1]] = colour
        if not self._silent:
            self._text.append(data)

    # -------------------------------------------------------------- what is kept

    def _begin_table(self) -> None:
        self._tables += 1
        if self._tables > _MAX_TABLES:
            raise Unreadable(f"more than {_MAX_TABLES} tables; split the page")
        if any(self._parts[-1][1]):
            self._parts.append(([], [], [], {}))
        self._spans = {}

    def _flush(self) -> None:
        """Keep text outside a table as a line of its own."""
        text = " ".join("".join(self._text).split())
        self._text = []
        if text and self._depth == 0:
            self._number += 1
            self._keep([text], table=False)

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            self._text = []
            return
        lines = ("".join(self._text)).split("\n")
        text = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
        self._text = []
        wide, high = self._cell
        self._fill()
        column = len(self._row)
        self._row += [text] + [""] * (wide - 1)
        if self._behind and self._many < MOST:
            self._fills[column] = self._behind
            self._many += 1
        if high > 1:
            self._spans[column] = (high - 1, text)
        self._cell = None
        if len(self._row) > MAX_COLUMNS:
            raise Unreadable(f"a row of more than {MAX_COLUMNS:,} columns")

    def _fill(self) -> None:
        """Give a cell that reaches down from above its text again."""
        row = self._row
        assert row is not None  # within a row
        while len(row) in self._spans:
            left, text = self._spans.pop(len(row))
            if left > 1:
                self._spans[len(row)] = (left - 1, text)
            row.append(text)

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None:
            return
        self._fill()
        self._number += 1
        if any(self._row):
            self._keep(self._row, table=True)
            number = self._parts[-1][2][-1]
            filled = {(number, c): fill for c, fill in self._fills.items()}
            self._parts[-1][3].update(filled)
        self._row, self._fills = None, {}

    def _keep(self, row: list[str], *, table: bool) -> None:
        rows, kinds, numbers, _ = self._parts[-1]
        self._places += len(row)
        if len(rows) >= MAX_ROWS or self._places > MAX_PLACES:
            raise Unreadable(
                f"more than {MAX_ROWS:,} rows or {MAX_PLACES:,} cells; split the page"
            )
        if kinds and kinds[-1] is not table:
            self._number += 1  # text and table are parted as by an empty row
        rows.append(row)
        kinds.append(table)
        numbers.append(self._number)

    def sheets(self) -> Iterator[Sheet]:
        """Give a sheet for each table, with the text before it, or behind the last."""
        self._end_row()
        self._flush()
        for rows, kinds, numbers, fills in self._parts:
            if any(kinds):
                yield Sheet("", rows, numbers, fills=fills)

    def _colour(self, attributes: dict[str, str | None]) -> str:
        """Give the colour behind a cell."""
        own = _background(attributes.get("style") or "")
        named = (attributes.get("class") or "").split()
        classes = (self._classes.get(name, "") for name in named)
        plain = colours.plain(attributes.get("bgcolor") or "")
        return own or plain or next(filter(None, classes), "")


def _background(style: str) -> str:
    found = _BACKGROUND.search(style.lower())
    return colours.plain(found[1]) if found else ""


def _spans(attributes: dict[str, str | None]) -> tuple[int, int]:
    def number(name: str, most: int) -> int:
        text = (attributes.get(name) or "1").strip()
        return min(max(int(text), 1), most) if text[:9].isdecimal() else 1

    return number("colspan", MAX_COLUMNS), number("rowspan", MAX_ROWS)


FORMATS: Final = (of_tables(TITLE, recognises, read),)
