"""Matrices in Markdown: pipe tables, with lists and legends around them.

Only text becomes a sheet here, a row a line; what its texts mean is read by `table`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from workbench.exchange.choices import NONE, Choices
from workbench.exchange.content import of_tables
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.plain_text import LOOK, MAX_BYTES, decoded, is_text
from workbench.exchange.tables import collected, columns
from workbench.exchange.tables.sheet import MAX_COLUMNS, MAX_ROWS, Sheet

TITLE: Final = "Markdown (pipe tables)"
_LINE: Final = 100_000
_RULE: Final = re.compile(
    r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*"
)
_ENDS: Final = re.compile("\r\n|\r|\n")
_OURS: Final = f"| {' | '.join(columns.EXCHANGED)} |"
_HAS_BAR: Final = re.compile(r"(?<!\\)\|")
_MARKUP: Final = re.compile(  # what is marked is short: a file may begin any number
    r"\*\*(?P<bold>[^*\n]{1,400})\*\*|__(?P<under>[^_\n]{1,400})__"
    r"|(?<!\*)\*(?P<slant>[^*\s][^*\n]{0,400})\*|~~(?P<struck>[^~\n]{1,400})~~"
    r"|`(?P<code>[^`\n]{1,400})`"
    r"|!?\[(?P<text>[^\[\]\n]{0,400})\]\((?P<to>[^)\s]{0,2000})[^)\n]{0,200}\)"
    r"|<(?P<link>https?://[^>\s]{1,2000})>|(?P<br><br\s?/?>)"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
)
_CLOSES: Final = re.compile(r"\"(?:[,;\t]|$)")
_LIST: Final = re.compile(r"\s{0,12}(?:[-*+]|[0-9]{1,3}[.)])\s+")
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*")


def recognises(data: bytes) -> bool:
    """Tell whether bytes are a text with a table of bars and a rule under its names."""
    if not is_text(data):
        return False
    text = decoded(data[:LOOK], whole=False)[0]
    lines = _ENDS.split(text)
    closed = max((n for n, one in enumerate(lines) if _CLOSES.search(one)), default=-1)
    quotes = 0  # a table in CSV may hold a table in Markdown as a text
    for number, (head, rule) in enumerate(pairwise(lines)):
        quotes += head.count('"')
        if (
            len(rule) <= _LINE
            and "-" in rule
            and "|" in rule + head
            and _HAS_BAR.search(head)
            and _RULE.fullmatch(rule)
            and (head.startswith(_OURS) or not (quotes % 2 and number < closed))
        ):
            return True
    return False


def read(data: bytes, choices: Choices = NONE) -> tuple[Imported, ...]:
    """Read the matrices of a text, one or several tables.

    Raises Unreadable.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"{len(data):,} bytes; a text of at most {MAX_BYTES:,} is read"
        )
    lines = lines_of(data)
    if long := next((n for n, one in enumerate(lines, 1) if len(one) > _LINE), 0):
        raise Unreadable(f"line {long}: more than {_LINE:,} characters long")
    return collected.read(_sheets(lines), TITLE, choices)


def lines_of(data: bytes) -> list[str]:
    """Part a text where Markdown ends a line, and at no other mark of Unicode.

    Raises Unreadable for what is no text.
    """
    return _ENDS.split(decoded(data)[0])


def _sheets(lines: Sequence[str]) -> Iterator[Sheet]:
    """Give a sheet for each table, with the text before it and, for the last, after.

    Text after a table belongs to it up to the next heading, list or the last text
    before the next table.
    """
    starts = [
        n
        for n in range(len(lines) - 1)
        if _HAS_BAR.search(lines[n][:_LINE])
        and _RULE.fullmatch(lines[n + 1][:_LINE])
        and not (n and _is_row(lines[n - 1]))
    ]
    edges = [0, *(_before(lines, one) for one in starts[1:]), len(lines)]
    for first, last in pairwise(edges):
        sheet = _sheet(lines, first, last)
        if sheet.lines:
            yield sheet


def _before(lines: Sequence[str], start: int) -> int:
    """Give the first line that belongs to the table which starts at a line."""
    line = start
    while line and not _is_row(lines[line - 1]):
        line -= 1
    heading = next((n for n in range(line, start) if _HEADING.match(lines[n])), None)
    if heading is not None:
        return heading
    filled = [n for n in range(line, start) if lines[n].strip()]
    gaps = [n for n in filled if n and not lines[n - 1].strip()]
    return gaps[-1] if gaps else (filled[0] if filled else start)


def _is_row(line: str) -> bool:
    return bool(_HAS_BAR.search(line[:_LINE]))


def _sheet(lines: Sequence[str], first: int, last: int) -> Sheet:
    rows: list[list[str]] = []
    numbers: list[int] = []
    title = ""
    fenced = gap = False
    gaps = set()
    for number in range(first, last):
        line = lines[number]
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
            continue
        if heading := _HEADING.fullmatch(line):
            if not title:
                title = plain(heading[1])
                continue
            line, gap = heading[1], True
        if not line.strip():
            gap = True
            continue
        if _RULE.fullmatch(line) and "-" in line:
            continue
        cells = cells_of(line)
        if len(cells) > MAX_COLUMNS or len(rows) >= MAX_ROWS:
            raise Unreadable(
                f"line {number + 1}: more than {MAX_ROWS:,} rows or {MAX_COLUMNS:,} "
                "columns; split the file"
            )
        if any(cells):
            rows.append(cells)
            numbers.append(number + 1)
            if gap:
                gaps.add(number + 1)
            gap = False
    return Sheet(title[:60], rows, numbers, gaps=frozenset(gaps))


def cells_of(line: str) -> list[str]:
    """Give the texts of a row of a pipe table, or the one of a line of text."""
    if not _is_row(line):
        return [plain(_LIST.sub("", line, count=1))]
    bare = line.strip()
    bare = bare.removeprefix("|")
    if bare.endswith("|") and not bare.endswith("\\|"):
        bare = bare[:-1]
    return [plain(cell) for cell in _HAS_BAR.split(bare)]


def plain(text: str) -> str:
    """Take the marks of Markdown off a text; what a link says is kept, else where to.

    Line breaks become lines, an escaped character itself.
    """

    def shown(found: re.Match[str]) -> str:
        parts = found.groupdict()
        if parts["br"]:
            return "\n"
        if parts["to"] is not None:
            return parts["text"] or parts["to"]
        kept = (part for name, part in parts.items() if part and name != "br")
        return next(kept, "")

    once = _MARKUP.sub(shown, text)
    return (_MARKUP.sub(shown, once) if "\\" not in text else once).strip()


FORMATS: Final = (of_tables(TITLE, recognises, read, of_text=True),)
