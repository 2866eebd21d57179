"""The report as Markdown (CommonMark with tables); no text in it is ever markup."""

from __future__ import annotations

import re
from typing import Final

from workbench.report.content.blocks import (
    Block,
    Cell,
    Command,
    Facts,
    Item,
    Note,
    Paragraph,
    Points,
    Section,
    Table,
)
from workbench.report.content.sections import Report

# CommonMark 2.4: a backslash before any ASCII punctuation makes it text. Emphasis,
# code, links, images, HTML, entities, tables, headings, footnotes, mentions, formulas
# and the templates of site builders begin with these.
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>|~&#@${}^]")
_SCHEME: Final = re.compile(r"(?<=[A-Za-z]):(?=\S)")  # http://x, mailto:x, :smile:
_WWW: Final = re.compile(r"(?i)(?<=\bwww)\.")
_LINE_START: Final = re.compile(r"^([-+=:]|[0-9]+(?=[.)](\s|$)))")


def escaped(text: str) -> str:
    """Escape whatever Markdown could take for markup, and keep it on one line."""
    line = " ".join(text.split())
    line = _MARKUP.sub(r"\\\g<0>", line)
    line = _SCHEME.sub(r"\\:", line)
    line = _WWW.sub(r"\\.", line)
    begins = _LINE_START.match(line)
    if begins is None:
        return line
    number, rest = begins[0], line[begins.end() :]
    return f"{number}\\{rest}" if number.isdigit() else f"\\{line}"


def to_md(report: Report) -> bytes:
    """Write the report as Markdown."""
    parts = []
    if report.handling:
        parts.append(f"**{escaped(report.handling)}**")
    parts += [f"# {escaped(report.question)}", escaped(report.title)]
    for section in report.opening:
        parts += _section(section)
    parts += _block(report.facts)
    for section in report.rest:
        parts += _section(section)
    parts += _block(report.foot)
    if report.handling and not report.foot.facts:
        parts.append(f"**{escaped(report.handling)}**")
    return ("\n\n".join(parts) + "\n").encode()


def _section(section: Section) -> list[str]:
    blocks = [part for block in section.blocks for part in _block(block)]
    return [f"## {escaped(section.title)}", *blocks]


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [_paragraph(block)]
        case Note(text):
            return [f"*{escaped(text)}*"]
        case Points(intro, texts):
            points = "\n".join(f"- {escaped(text)}" for text in texts)
            return [escaped(intro), points] if intro else [points]
        case Facts(facts):
            lines = [f"- **{escaped(name)}:** {escaped(text)}" for name, text in facts]
            return ["\n".join(lines)] if lines else []
        case Command(line):
            longest = max(map(len, re.findall("`+", line)), default=0)
            fence = "`" * max(3, longest + 1)
            return [f"{fence}sh\n{line}\n{fence}"]
        case Table():
            return _table(block)
        case Item(_, heading, blocks):
            found = [f"### {escaped(heading)}"]
            for part in blocks:
                found += _block(part)
            return found
    return []  # a figure: its numbers stand in the tables


def _paragraph(one: Paragraph) -> str:
    text = escaped(one.text)
    if one.by:
        return f"> {text}"
    return f"**{text}**" if one.lead else text


def _table(table: Table) -> list[str]:
    head = [escaped(column.name) for column in table.columns]
    rule = ["---" if column.kind == "text" else "--:" for column in table.columns]
    body = [[_cell(cell) for cell in row] for row in (*table.rows, *table.foot)]
    lines = "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *body])
    return [f"**{escaped(table.caption)}**", lines]


def _cell(cell: Cell) -> str:
    text = escaped(cell.text)
    return f"{text} (was {escaped(cell.was)})".strip() if cell.was else text
