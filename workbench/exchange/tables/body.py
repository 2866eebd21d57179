"""What stands below the names of a sheet, column by column; nothing is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from workbench.exchange.tables.marks import Mark
from workbench.exchange.tables.sheet import Sheet

SHORT: Final = 30  # characters of what may be a rating


class Body:
    """The columns below a row of names; `marks` counts what each holds."""

    def __init__(
        self,
        sheet: Sheet,
        header: int,
        names: Mapping[int, str],
        marks: Mapping[str, Mark],
    ) -> None:
        self.sheet, self.header, self.names = sheet, header, names
        found: dict[int, Counter[Mark]] = {
            c: Counter() for c in sheet.columns if c in names
        }
        for row in self.rows:
            for column, text in sheet.filled(row):
                found.setdefault(column, Counter())[marks[text]] += 1
        self.marks = dict(sorted(found.items()))

    @property
    def rows(self) -> range:
        """The rows below the names."""
        return range(self.header + 1, self.sheet.rows.stop)

    def texts(self, column: int) -> list[str]:
        """Give the texts of a column."""
        return [text for row in self.rows if (text := self.sheet.at(row, column))]

    def is_short(self, column: int, least: int = -1) -> bool:
        """Tell whether all texts are short, and more of them than `least`."""
        texts = self.texts(column)
        return len(texts) > least and all(len(text) <= SHORT for text in texts)

    def numbered(self, column: int) -> bool:
        """Tell whether a column holds nothing but whole numbers, or labels of them."""
        return all(
            len(t) < 8 and t.lstrip("EeQ#.").isdigit()  # noqa: PLR2004
            for t in self.texts(column)
        )

    def counts_up(self, column: int) -> bool:
        """Tell whether numbers number the items, rather than weigh them."""
        texts = [t for t in self.texts(column) if t != self.names.get(column)]
        values = [int(text.lstrip("EeQ#.") or 0) for text in texts]
        return all(one < other for one, other in pairwise(values))
