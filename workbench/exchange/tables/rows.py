"""What each row below the names is: an item, scores, a heading, the names again.

No row with a title is taken for scores unless the title says so and its numbers fit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import Final

from workbench.exchange.tables import answers, columns, feet
from workbench.exchange.tables.items import Items
from workbench.exchange.tables.layout import Layout
from workbench.exchange.tables.scale import Scale

_GROUPS: Final = 2  # headings that part items into groups


class Row(Enum):
    """What a row is; `DOUBTFUL` may be an item or scores."""

    ITEM = auto()
    SCORES = auto()
    NOTE = auto()
    NAMES = auto()
    DOUBTFUL = auto()


def may_be_scores(items: Items, row: int) -> bool:
    """Tell whether a row calls itself scores, before anything in it is read."""
    return columns.is_foot(items.named(row))


class Rows:
    """Tells the rows of a matrix apart, once its ratings can be read."""

    def __init__(
        self, layout: Layout, items: Items, scale: Scale, listing: Collection[int]
    ) -> None:
        self.layout, self.sheet, self.items = layout, layout.sheet, items
        self.scale, self.listing = scale, listing
        body = range(layout.header + 1, self.sheet.rows.stop)
        self.body = [row for row in body if any(True for _ in self.sheet.filled(row))]
        rated = [row for row in self.body if self._is_rated(row)]
        self.last = rated[-1] if rated else self.sheet.rows.stop
        self.headings = self._headings()
        self.labels = any(items.label(row) for row in rated)

    def kinds(self) -> list[tuple[int, Row]]:
        """Tell what each filled row is."""
        if self.layout.own:
            return [(row, Row.ITEM) for row in self.body]
        found = []
        below = False
        for row in self.body:
            below = below or (row > self.last and self.sheet.gap_before(row))
            kind = self._kind(row, below=below)
            below = below or (kind is Row.SCORES and row > self.last)
            found.append((row, kind))
        return found

    def _kind(self, row: int, *, below: bool) -> Row:
        cells = [self.sheet.at(row, one.place) for one in self.layout.hypotheses]
        filled = [text for text in cells if text]
        name = self.items.named(row)
        if not self.sheet.turned and row in self.listing:
            return Row.NOTE
        if filled and self._repeats_names(row):
            return Row.NAMES
        if columns.is_foot(name):
            return self._foot(cells, filled)
        if not name and filled:
            return self._untitled(cells, filled)
        if not filled and self._is_note(row, below=below):
            return Row.NOTE
        if filled and self.sheet.heading(row, self.layout.hypotheses[0].place):
            return Row.NOTE
        return Row.ITEM

    def _is_rated(self, row: int) -> bool:
        texts = (self.sheet.at(row, one.place) for one in self.layout.hypotheses)
        rated = any(self.scale.meanings.get(text) for text in texts)
        return rated and not may_be_scores(self.items, row)

    def _foot(self, cells: Sequence[str], filled: Sequence[str]) -> Row:
        readable = [text for text in filled if self.scale.meanings.get(text)]
        if not readable:
            return Row.SCORES
        if any(answers.number(text) is None for text in readable):
            return Row.ITEM
        if len(readable) < len(filled) or self._fits(cells):
            return Row.SCORES
        return Row.DOUBTFUL

    def _untitled(self, cells: Sequence[str], filled: Sequence[str]) -> Row:
        readable = [text for text in filled if text in self.scale.meanings]
        numbers = [text for text in filled if _numeric(text)]
        if len(numbers) == len(filled):
            if len(readable) < len(filled) or self._fits(cells):
                return Row.SCORES
            return Row.DOUBTFUL
        return Row.ITEM if readable else Row.NOTE

    def _fits(self, cells: Sequence[str]) -> bool:
        kept = [row for row in self.body if self._is_rated(row) and self._named(row)]
        codes: list[feet.Cells] = []
        for one in self.layout.hypotheses:
            texts = [t for row in kept if (t := self.sheet.at(row, one.place))]
            meanings = [(t, self.scale.meanings.get(t)) for t in texts]
            codes.append([(t, found[0] if found else None) for t, found in meanings])
        return feet.fits([answers.number(text) for text in cells], codes)

    def _named(self, row: int) -> bool:
        return bool(self.items.title(row) or self.items.label(row))

    def _repeats_names(self, row: int) -> bool:
        return all(
            self.sheet.at(row, one.place)
            == self.sheet.at(self.layout.header, one.place)
            for one in self.layout.hypotheses
        )

    def _is_note(self, row: int, *, below: bool) -> bool:
        """Tell a heading or a note from an item that nobody has rated."""
        filled = dict(self.sheet.filled(row))
        places = {one.place for one in self.layout.hypotheses}
        if self.sheet.heading(row, min(places)):
            return True
        if not self.items.title(row):
            return True
        return len(filled) == 1 and (below or self.labels or row in self.headings)

    def _headings(self) -> frozenset[int]:
        """Give the rows that part the items into groups, by a title and nothing else.

        They are two or more, the first of all rows among them, and none is the last
        or stands before another: else they may be items that nobody rated.
        """
        alone = [
            row
            for row in self.body
            if self.items.title(row) and len(dict(self.sheet.filled(row))) == 1
        ]
        places = [self.body.index(row) for row in alone]
        apart = all(other - one > 1 for one, other in pairwise(places))
        if len(alone) < _GROUPS or places[0] or not apart or alone[-1] == self.body[-1]:
            return frozenset()
        return frozenset(alone)


def _numeric(text: str) -> bool:
    bare = text.strip().rstrip("%=").replace(" ", "").replace(",", ".")
    try:
        float(bare.replace("\u2212", "-").replace("\u2013", "-"))
    except ValueError:
        return bare == "" or text.startswith("=")
    return True
