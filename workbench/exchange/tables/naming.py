"""The names over a matrix: in which row they stand, or in which two.

A choice comes first, then names that are known, then what stands above ratings. Which
column is a hypothesis is decided in `layout`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from workbench.exchange.choices import Choices, Role, head
from workbench.exchange.tables import columns
from workbench.exchange.tables.marks import Mark, Marks
from workbench.exchange.tables.sheet import Sheet

_NOTES: Final = frozenset({Role.REASON, Role.NOTE})
NAMED: Final = 2  # names of which a row makes a header


class Names:
    """The names of a sheet's columns; `top` and `header` are the rows they stand in.

    `own` are the first names of a table of ours, `generic` what a second row says of
    columns: rating or reason. Raises Unreadable where no row can be the names.
    """

    def __init__(self, sheet: Sheet, marks: Marks, choices: Choices) -> None:
        self.sheet, self.marks, self.choices = sheet, marks.marks, choices
        self.rated: Counter[int] = Counter()
        self.first: dict[int, int] = {}
        for row in sheet.rows:
            for column, text in sheet.filled(row):
                if self.marks[text] is Mark.RATING:
                    self.rated[column] += 1
                    self.first.setdefault(column, row)
        self.header = self.top = self._header()
        self.names = dict(sheet.filled(self.header))
        self.own = self._own_names()
        self.generic: dict[int, str] = {} if self.own else self._two_rows()

    def _header(self) -> int:
        for row in self.sheet.rows:
            if columns.ours([text for _, text in self.sheet.filled(row)]):
                return row
        chosen = self._by_choice()
        if chosen is not None:
            return chosen
        named = self._by_name()
        if named is not None:
            return named
        if not self.rated:
            raise self.sheet.no_matrix(
                "no ratings are found; they are read as CC, C, N, I, II, NA, as words "
                "such as “very inconsistent”, or as ++, +, -, --"
            )
        return self._by_ratings()

    def _by_choice(self) -> int | None:
        best, where = 0, None
        for row in self.sheet.rows if self.choices.columns else ():
            names = {head(text) for _, text in self.sheet.filled(row)}
            if len(names & self.choices.columns.keys()) > best:
                best, where = len(names & self.choices.columns.keys()), row
        return where

    def _by_name(self) -> int | None:
        """Find the first row that names columns, and has something below its names."""
        for row in self.sheet.rows:
            names = dict(self.sheet.filled(row))
            if len(names) < NAMED:
                continue
            labelled = {c for c, n in names.items() if columns.hypothesis(n)}
            roles = {c for c, n in names.items() if columns.role(n)}
            evidence = any(
                columns.name(n) in columns.EVIDENCE | columns.HYPOTHESES
                for c, n in names.items()
                if c not in labelled
            )
            bare = [
                c
                for c, n in names.items()
                if c not in roles and columns.name(n) not in columns.HYPOTHESES
            ]
            if not bare or any(self.marks[names[c]] is Mark.RATING for c in bare):
                continue
            enough = len(labelled) >= NAMED or len(roles) >= NAMED
            if (evidence or enough) and self._rated_below(row, bare):
                return row
        return None

    def _rated_below(self, row: int, places: Sequence[int]) -> bool:
        """Tell whether ratings stand under names, or nothing at all is rated."""
        labelled = any(columns.hypothesis(self.sheet.at(row, c)) for c in places)
        if labelled or not self.rated:
            return row + 1 < self.sheet.rows.stop
        return any(
            self.marks.get(self.sheet.at(below, c)) is Mark.RATING
            for below in range(row + 1, self.sheet.rows.stop)
            for c in places
        )

    def _by_ratings(self) -> int:
        limit = min(self.first.values())
        best, where = (0, 0), -1
        for row in range(limit):
            filled = [t for c, t in self.sheet.filled(row) if c in self.rated]
            texts = sum(self.marks[text] is Mark.TEXT for text in filled)
            found = (texts, len(filled))
            lower = found == best and self._continues(row, where)
            if filled and (found > best or lower):
                best, where = found, row
        if where < 0:
            column = min(self.rated)
            place = self.sheet.cell(self.first[column], column)
            raise self.sheet.fault(
                f"there is a rating in {place}, and no row above it that names the "
                "columns; write the names over them"
            )
        return where

    def _continues(self, row: int, above: int) -> bool:
        """Tell whether a row of texts goes on with names, and is no item unread."""
        first = min((c for c, _ in self.sheet.filled(row)), default=0)
        return above < 0 or first >= min(self.rated) or self.sheet.gap_before(row)

    def _own_names(self) -> tuple[str, ...]:
        """Give the names of a table of ours, where these are them."""
        names = [self.names.get(c, "") for c in range(max(self.names) + 1)]
        known = columns.ours(names)
        return known if len(names) > len(known) else ()

    def _two_rows(self) -> dict[int, str]:
        """Take names from a second row where it holds the other half of them.

        Gives the second half where it only says which column is rating or reason.
        """
        below = self.header + 1
        if below < self.sheet.rows.stop and self._second(below):
            self.header = below
            self.names = dict(self.sheet.filled(below))
        above = self.header - 1
        if above < 0 or self.sheet.gap_before(self.header):
            return {}
        upper = dict(self.sheet.filled(above))
        rated = [c for c in self.rated if c in self.names] or [
            c for c in self.names if c in upper and not columns.role(self.names[c])
        ]
        if not rated:
            return {}
        if all(columns.name(self.names[c]) in columns.RATING for c in rated):
            return self._paired(upper, above)
        if len([c for c in rated if c in upper]) < len(rated):
            return {}
        first = [columns.hypothesis(upper[c]) for c in rated]
        second = [columns.hypothesis(self.names[c]) for c in rated]
        if all(one and not one[1] for one in first) and not any(second):
            joint = {c: f"{upper[c]}: {self.names[c]}" for c in rated}
        elif all(one and not one[1] for one in second) and not any(first):
            joint = {c: f"{self.names[c]}: {upper[c]}" for c in rated}
        else:
            return {}
        self.names = upper | self.names | joint
        self.top = above
        return {}

    def _second(self, below: int) -> bool:
        """Tell whether the row below goes on with the names of hypotheses."""
        lower = dict(self.sheet.filled(below))
        places = [c for c in self.names if not columns.role(self.names[c])]
        others = lower.keys() - set(places)
        if not places or self.sheet.gap_before(below):
            return False
        if any(self.marks[text] is not Mark.TEXT for text in lower.values()):
            return False
        upper = [columns.hypothesis(self.names[c]) for c in places]
        if all(columns.name(lower.get(c, "rating")) in columns.RATING for c in places):
            return any(c in lower for c in places)
        first = min(places)
        return (
            not any(c < first for c in others)
            and all(c in lower for c in places)
            and all(one and not one[1] for one in upper)
            and not any(columns.hypothesis(lower[c]) for c in places)
        )

    def _paired(self, upper: Mapping[int, str], above: int) -> dict[int, str]:
        lower, names = self.names, dict(self.names)
        last = ""
        for column in range(min(upper, default=0), max(lower) + 1):
            last = upper.get(column, last)
            name = columns.name(lower.get(column, ""))
            if name in columns.RATING or columns.ROLE.get(name) in _NOTES:
                names[column] = last
        self.names = dict(upper) | names
        self.top = above
        return dict(lower)
