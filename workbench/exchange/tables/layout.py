"""Where a sheet's matrix lies: the row of names, the items, the hypotheses, the rest.

Nothing is read from the cells but whether they look like ratings. What cannot be told
is refused with what would make it plain, never guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workbench.exchange.draft import Unreadable
from workbench.exchange.tables import columns
from workbench.exchange.tables.columns import Role
from workbench.exchange.tables.marks import Mark, Marks
from workbench.exchange.tables.sheet import Sheet
from workbench.wording import quoted

_LONG_NAME: Final = 400
_NOTES: Final = frozenset({Role.BECAUSE, Role.STATEMENT})
# What a column of ratings may well be called without being one of a hypothesis.
_LETTERED: Final = frozenset(
    {Role.LABEL, Role.CREDIBILITY, Role.RELEVANCE, Role.WEIGHT, Role.GRADE}
    | {Role.DERIVED, Role.BECAUSE, Role.DATE}
)


@dataclass(frozen=True)
class Column:
    """A hypothesis: its column, the name over it, and the column of its reasons."""

    place: int
    name: str
    because: int | None = None


@dataclass(frozen=True)
class Layout:
    """A matrix with items in rows; `top` and `header` are the rows of its names."""

    sheet: Sheet
    top: int
    header: int
    names: Mapping[int, str]
    hypotheses: tuple[Column, ...]
    roles: Mapping[int, Role]
    unknown: tuple[int, ...]
    own: bool = False

    def of(self, role: Role) -> int | None:
        """Give the first column of a role."""
        return _first(self.roles, role)


def find(sheet: Sheet, marks: Marks) -> Layout:
    """Find the matrix in a sheet, taking its rows for items.

    Raises Unreadable.
    """
    return _Search(sheet, marks).layout()


class _Search:
    """One search; what is found is kept from step to step."""

    def __init__(self, sheet: Sheet, marks: Marks) -> None:
        self.sheet, self.marks = sheet, marks.marks
        self.rated: Counter[int] = Counter()
        self.first: dict[int, int] = {}
        for row in sheet.rows:
            for column, text in sheet.filled(row):
                if self.marks[text] is Mark.RATING:
                    self.rated[column] += 1
                    self.first.setdefault(column, row)

    def layout(self) -> Layout:
        header = self._header()
        self.header = self.top = header
        self.names = dict(self.sheet.filled(header))
        self.own = self._is_own()
        generic = {} if self.own else self._two_rows()
        body = self._body()
        roles = {c: role for c, name in self.names.items() if (role := _role(name))}
        if self.own:
            places: list[int] = list(range(len(columns.OWN), max(self.names) + 1, 2))
        else:
            places = self._hypotheses(roles, body)
        taken = set(places)
        roles = {c: role for c, role in roles.items() if c not in taken}
        if not places:
            raise self.sheet.no_matrix(
                f"no column under {self.sheet.row(header)} holds ratings; they are "
                "read as CC, C, N, I, II, NA, as words, or as ++, +, -, --"
            )
        because = self._reasons(places, roles, generic)
        for column in because.values():
            roles.pop(column, None)
        found = tuple(Column(c, self._named(c), because.get(c)) for c in places)
        rest = [c for c in body if c not in taken and c not in because.values()]
        unknown = self._texts(roles, rest, body, min(places))
        self._check_titles(places, roles)
        return Layout(
            self.sheet,
            self.top,
            header,
            self.names,
            found,
            roles,
            tuple(unknown),
            own=self.own,
        )

    # -------------------------------------------------------------- names

    def _header(self) -> int:
        if not self.rated:
            return self._header_of_unrated()
        limit = min(self.first.values())
        best, where = (0, 0), -1
        for row in range(limit):
            filled = [t for c, t in self.sheet.filled(row) if c in self.rated]
            texts = sum(self.marks[text] is Mark.TEXT for text in filled)
            if filled and (texts, len(filled)) >= best:
                best, where = (texts, len(filled)), row
        if where < 0:
            column = min(self.rated)
            place = self.sheet.cell(self.first[column], column)
            raise self.sheet.fault(
                f"there is a rating in {place}, and no row above it that names the "
                "columns; write the names over them"
            )
        return where

    def _header_of_unrated(self) -> int:
        for row in self.sheet.rows:
            names = dict(self.sheet.filled(row))
            labelled = any(columns.hypothesis(n[:_LONG_NAME]) for n in names.values())
            own = tuple(names.values())[: len(columns.OWN)] == columns.OWN
            if own or (labelled and any(map(_role, names.values()))):
                self.rated.update(
                    c
                    for c, n in names.items()
                    if columns.hypothesis(n[:_LONG_NAME]) and not _role(n)
                )
                return row
        raise self.sheet.no_matrix(
            "no ratings are found; they are read as CC, C, N, I, II, NA, as words such "
            "as “very inconsistent”, or as ++, +, -, --"
        )

    def _is_own(self) -> bool:
        names = [self.names.get(c, "") for c in range(len(columns.OWN))]
        return tuple(names) == columns.OWN and len(self.names) > len(columns.OWN)

    def _two_rows(self) -> dict[int, str]:
        """Take names from the row above where it holds the other half of them.

        Gives the second half where it only says which column is rating or reason.
        """
        above = self.header - 1
        if above < 0 or self.sheet.gap_before(self.header):
            return {}
        upper = dict(self.sheet.filled(above))
        rated = [c for c in self.rated if c in self.names]
        if not rated:
            return {}
        if all(columns.name(self.names[c]) in columns.RATING for c in rated):
            lower, self.names = self.names, dict(self.names)
            last = ""
            for column in range(min(upper, default=0), max(lower) + 1):
                last = upper.get(column, last)
                name = columns.name(lower.get(column, ""))
                if name in columns.RATING or columns.ROLE.get(name) in _NOTES:
                    self.names[column] = last
            self.names = upper | self.names
            self.top = above
            return lower
        if len([c for c in rated if c in upper]) < len(rated):
            return {}
        first = [columns.hypothesis(upper[c]) for c in rated]
        second = [columns.hypothesis(self.names[c]) for c in rated]
        if all(one and not one[1] for one in first) and not any(second):
            joint = {c: f"{upper[c]}: {self.names[c]}" for c in rated}
            self.names = upper | self.names | joint
            self.top = above
        elif all(one and not one[1] for one in second) and not any(first):
            joint = {c: f"{self.names[c]}: {upper[c]}" for c in rated}
            self.names = upper | self.names | joint
            self.top = above
        return {}

    def _named(self, column: int) -> str:
        name = self.names.get(column, "")
        if not name:
            raise self.sheet.fault(
                f"{self.sheet.column(column)} holds ratings and "
                f"{self.sheet.row(self.header)} gives it no name; write the "
                "hypothesis there"
            )
        return name

    # -------------------------------------------------------------- columns

    def _body(self) -> dict[int, Counter[Mark]]:
        body: dict[int, Counter[Mark]] = {
            c: Counter() for c in self.sheet.columns if c in self.names
        }
        for row in range(self.header + 1, self.sheet.rows.stop):
            for column, text in self.sheet.filled(row):
                body.setdefault(column, Counter())[self.marks[text]] += 1
        return dict(sorted(body.items()))

    def _hypotheses(
        self, roles: Mapping[int, Role], body: Mapping[int, Counter[Mark]]
    ) -> list[int]:
        found = []
        for column, marks in body.items():
            ratings, texts = marks[Mark.RATING], marks[Mark.TEXT]
            if column in roles:
                if (
                    roles[column] not in _LETTERED
                    and ratings > 1
                    and ratings == marks.total()
                    and not self._only_na(column)
                ):
                    raise self.sheet.fault(
                        f"{self.sheet.column(column)} is called "
                        f"{quoted(self.names[column])} and holds nothing but ratings; "
                        "give it the name of its hypothesis, or other contents"
                    )
            elif ratings and ratings >= texts and self._may_be_named(column):
                found.append(column)
        labelled = [c for c in self.rated if c not in roles and c in self.names]
        found = found or [c for c in labelled if c in body and not body[c][Mark.TEXT]]
        if not found:
            return []
        return sorted({*found, *self._empty(roles, body, found)})

    def _may_be_named(self, column: int) -> bool:
        return column in self.names or not self._numbers(column)

    def _only_na(self, column: int) -> bool:
        rows = range(self.header + 1, self.sheet.rows.stop)
        texts = {columns.name(self.sheet.at(row, column)) for row in rows}
        return texts <= {"", "na", "n/a", "n.a", "not applicable"}

    def _empty(
        self,
        roles: Mapping[int, Role],
        body: Mapping[int, Counter[Mark]],
        found: Sequence[int],
    ) -> Iterator[int]:
        """Give the columns beside the rated ones that have a name and no ratings."""
        labelled = all(columns.hypothesis(self.names.get(c, "")) for c in found)
        known = set(found)

        def walk(places: Iterator[int], end: int) -> Iterator[int]:
            for column in places:
                if column in known:
                    continue
                name = self.names.get(column, "")
                marks = body.get(column, Counter())
                beyond = not found[0] < column < found[-1]
                if beyond and (
                    self.sheet.gap_before_column(column)
                    or (labelled and not columns.hypothesis(name))
                ):
                    return
                if columns.reasons_for(name[:_LONG_NAME]) or (
                    roles.get(column) is Role.BECAUSE
                ):
                    continue
                if not name or column in roles or marks.total() != marks[Mark.WEAK]:
                    if beyond:
                        return
                    continue
                if column != end:
                    yield column

        yield from walk(iter(range(found[0] + 1, max(self.names) + 1)), -1)
        yield from walk(iter(range(found[0] - 1, -1, -1)), 0)

    def _reasons(
        self, places: list[int], roles: Mapping[int, Role], generic: Mapping[int, str]
    ) -> dict[int, int]:
        if self.own:
            return {c: c + 1 for c in places}
        found = self._generic_reasons(places, generic)
        if found:
            kept = set(places) - set(found.values())
            places[:] = [c for c in places if c in kept]
            return found
        inside = set(places)
        names = {
            columns.name(self.names[c]): c for c in reversed(places) if c in self.names
        }
        for column, name in self.names.items():
            place = names.get(columns.name(columns.reasons_for(name[:_LONG_NAME])))
            if place is not None and column not in inside:
                beside = column - 1 in inside
                same = beside and self.names.get(column - 1) == self.names[place]
                found[column - 1 if same else place] = column
        next_to = {c: c + 1 for c in places if roles.get(c + 1) in _NOTES}
        if len(next_to) == len(places) and (
            len(places) > 1 or self._is_because(next_to)
        ):
            return next_to
        return found

    def _generic_reasons(
        self, places: Sequence[int], generic: Mapping[int, str]
    ) -> dict[int, int]:
        """Give the columns called “reason” in the second row of a pair of names."""
        found = {}
        for column, name in generic.items():
            at = bisect_left(places, column)
            noted = columns.ROLE.get(columns.name(name)) in _NOTES
            over = self.names.get(column)
            if noted and at and over and self.names.get(places[at - 1]) == over:
                found[places[at - 1]] = column
        return found

    def _is_because(self, beside: Mapping[int, int]) -> bool:
        return all(_role(self.names[c]) is Role.BECAUSE for c in beside.values())

    def _texts(
        self,
        roles: dict[int, Role],
        rest: Sequence[int],
        body: Mapping[int, Counter[Mark]],
        first: int,
    ) -> list[int]:
        """Give the columns without a role; names the one that says what an item is."""
        unknown = [c for c in rest if c not in roles and body[c]]
        for column, role in list(roles.items()):
            second = role is Role.TITLE and column != _first(roles, Role.TITLE)
            if second or role is Role.BECAUSE:
                roles[column] = Role.STATEMENT
        left = [c for c in unknown if c < first]
        numbered = [c for c in left if self._numbers(c)]
        left = [c for c in left if c not in numbered and body[c][Mark.TEXT]]
        named = Role.TITLE in roles.values()
        if numbered and Role.LABEL not in roles.values() and (left or named):
            roles[numbered[0]] = Role.LABEL
        if named:
            return [c for c in unknown if c not in roles]
        left = left or numbered
        chosen = left[0] if left else self._stand_in(roles)
        roles[chosen] = Role.TITLE
        return [c for c in unknown if c not in roles]

    def _numbers(self, column: int) -> bool:
        rows = range(self.header + 1, self.sheet.rows.stop)
        texts = [text for row in rows if (text := self.sheet.at(row, column))]
        return all(
            len(t) < 8 and t.lstrip("EeQ#.").isdigit()  # noqa: PLR2004
            for t in texts
        )

    def _stand_in(self, roles: Mapping[int, Role]) -> int:
        for wanted in (Role.STATEMENT, Role.LABEL):
            for column, role in roles.items():
                if role is wanted:
                    return column
        raise self._untitled()

    def _untitled(self) -> Unreadable:
        return self.sheet.no_matrix(
            "no column says what the items are; name one “Evidence” in "
            f"{self.sheet.row(self.header)}"
        )

    def _check_titles(self, places: Sequence[int], roles: Mapping[int, Role]) -> None:
        """Refuse ratings beside which nothing is named: a legend, a list of codes."""
        title = _first(roles, Role.TITLE)
        label = _first(roles, Role.LABEL)
        named = rated = 0
        for row in range(self.header + 1, self.sheet.rows.stop):
            if any(self.sheet.at(row, place) for place in places):
                rated += 1
                named += any(
                    c is not None and self.sheet.at(row, c) for c in (title, label)
                )
        if named * 2 < rated:
            raise self._untitled()


def _first(roles: Mapping[int, Role], role: Role) -> int | None:
    return next((c for c, found in roles.items() if found is role), None)


def _role(name: str) -> Role | None:
    return columns.role(name) if len(name) < _LONG_NAME else None
