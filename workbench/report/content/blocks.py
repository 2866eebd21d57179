"""The parts a report is made of, as frozen values; a format turns each into its own.

Texts are plain: whatever looks like markup in them is text, and is escaped by whoever
writes a format. Nothing here knows a format or composes a sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from workbench.wording import plain

CellKind: TypeAlias = Literal["text", "number", "code", "name"]


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    `was` is the published code where the analyst departs from it; `bar` is the share of
    the widest bar in the column, for formats that draw one beside the number.
    """

    text: str
    kind: CellKind = "text"
    was: str = ""
    bar: float | None = None


@dataclass(frozen=True)
class Column:
    """The head of a column; `full` spells a short name out."""

    name: str
    kind: CellKind = "text"
    full: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under a caption. The first cell of a row names it; `foot` sums up."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...] = ()
    wide: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; the lead is the one that a reader in a hurry reads.

    `by` is who wrote it by hand, "" for one that is composed from the case.
    """

    text: str
    lead: bool = False
    by: str = ""

    def __post_init__(self) -> None:
        """Make whatever was named in it fit to print."""
        object.__setattr__(self, "text", plain(self.text))


@dataclass(frozen=True)
class Note:
    """A remark about how to read what stands beside it."""

    text: str

    def __post_init__(self) -> None:
        """Make whatever was named in it fit to print."""
        object.__setattr__(self, "text", plain(self.text))


@dataclass(frozen=True)
class Points:
    """A list, with the words that introduce it."""

    intro: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Names with what they stand for; a fact that is not known is left out."""

    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Command:
    """A line to be typed into a shell, to be copied as it stands."""

    line: str


@dataclass(frozen=True)
class Figure:
    """A chart of numbers that stand in the tables beside it; `alt` says it in words.

    `specify` gives its Vega-Lite specification, which takes altair: only a format that
    shows pictures calls it.
    """

    id: str
    caption: str
    alt: str
    specify: Callable[[], dict[str, Any]] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Item:
    """One thing under its own small heading: an item, a source, a hypothesis."""

    id: str
    heading: str
    blocks: tuple[Paragraph | Note | Points | Facts | Table, ...]


Block: TypeAlias = Paragraph | Note | Points | Facts | Command | Table | Figure | Item
Blocks: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True)
class Section:
    """A part of the report under its heading; `id` is the same in every format."""

    id: str
    title: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)
