"""Where a sheet's matrix lies: the row of names, the items, the hypotheses, the rest.

A person's choice comes first, then names, then what the cells look like. No column of a
hypothesis is ever left out: one that cannot be read is kept with its cells unread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.exchange.choices import Choices, Role, head
from workbench.exchange.imported import Taken, Unreadable
from workbench.exchange.tables import columns, written
from workbench.exchange.tables.body import Body
from workbench.exchange.tables.marks import Mark, Marks
from workbench.exchange.tables.naming import NAMED, Names
from workbench.exchange.tables.rated import Rated
from workbench.exchange.tables.sheet import Sheet


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
    chosen: frozenset[int] = frozenset()
    own: tuple[str, ...] = ()

    def of(self, role: Role) -> int | None:
        """Give the first column of a role."""
        return _first(self.roles, role)

    def head(self, column: int) -> str:
        """Give the name by which a person chooses for a column."""
        return head_of(self.sheet, column, self.names.get(column, ""))


def head_of(sheet: Sheet, column: int, name: str) -> str:
    """Name a column for a choice: by what stands over it, or by its place."""
    return name or sheet.column(column)


def proposed(sheet: Sheet, choices: Choices) -> tuple[Taken, ...]:
    """Give the columns of a sheet in which no matrix was found, for a person to say.

    The names are those of the row that a choice speaks of, else of the first row with
    two texts or more.
    """
    rows = [row for row in sheet.rows if len(dict(sheet.filled(row))) >= NAMED]
    chosen = [
        row
        for row in rows
        if any(head(text) in choices.columns for _, text in sheet.filled(row))
    ]
    for row in (chosen or rows)[:1]:
        names = dict(sheet.filled(row))
        return tuple(
            Taken(
                head_of(sheet, column, name),
                sheet.column(column),
                choices.columns.get(head(name)) or columns.role(name),
                next((t for r in rows if r > row and (t := sheet.at(r, column))), ""),
            )
            for column, name in names.items()
        )
    return ()


def find(sheet: Sheet, marks: Marks, choices: Choices) -> Layout:
    """Find the matrix in a sheet, taking its rows for items.

    Raises Unreadable.
    """
    return _Search(sheet, marks, choices).layout()


class _Search:
    """One search; what is found is kept from step to step."""

    def __init__(self, sheet: Sheet, marks: Marks, choices: Choices) -> None:
        self.sheet, self.choices = sheet, choices
        self.told = {**marks.legend, **marks.chosen}
        self.marks = marks.marks
        found = Names(sheet, marks, choices)
        self.header, self.top, self.names = found.header, found.top, found.names
        self.own, self.generic = found.own, found.generic
        self.body = Body(sheet, self.header, self.names, marks.marks)
        self.chosen = self._chosen()

    def layout(self) -> Layout:
        chosen = self.chosen
        roles = {c: r for c, n in self.names.items() if (r := columns.role(n))}
        roles |= chosen
        if self.own:
            places: list[int] = list(range(len(self.own), max(self.names) + 1, 2))
            because = {c: c + 1 for c in places}
        else:
            found = Rated(self.body, self.told, roles, chosen, self.generic)
            places, because = found.places, found.because
        if not places:
            raise self.sheet.no_matrix(
                f"no column under {self.sheet.row(self.header)} holds ratings; they "
                "are read as CC, C, N, I, II, NA, as words, or as ++, +, -, --"
            )
        taken = {*places, *because.values()}
        roles = {c: role for c, role in roles.items() if c not in taken}
        every = tuple(Column(c, self._named(c), because.get(c)) for c in places)
        rest = [c for c in self.body.marks if c not in taken]
        unknown = self._rest(roles, rest, min(places), chosen)
        self._check_titles(places, roles)
        return Layout(
            self.sheet,
            self.top,
            self.header,
            self.names,
            every,
            roles,
            tuple(unknown),
            frozenset(chosen),
            own=self.own,
        )

    def _named(self, column: int) -> str:
        name = self.names.get(column, "")
        if not name and column in self.chosen:
            return self.sheet.column(column)
        if not name:
            raise self.sheet.fault(
                f"{self.sheet.column(column)} holds ratings and "
                f"{self.sheet.row(self.header)} gives it no name; write the "
                "hypothesis there"
            )
        return name

    def _chosen(self) -> dict[int, Role]:
        places = {*self.names, *self.body.marks} if self.choices.columns else set()
        found = {}
        for column in sorted(places):
            name = head_of(self.sheet, column, self.names.get(column, ""))
            if role := self.choices.columns.get(head(name)):
                found[column] = role
        return found

    def _rest(
        self,
        roles: dict[int, Role],
        rest: Sequence[int],
        first: int,
        chosen: Mapping[int, Role],
    ) -> list[int]:
        """Give the columns without a role; names the one that says what an item is."""
        unknown = [c for c in rest if c not in roles and self.body.marks[c]]
        for column, role in list(roles.items()):
            second = role is Role.ITEM and column != _first(roles, Role.ITEM)
            if (second and column not in chosen) or role is Role.REASON:
                roles[column] = Role.NOTE
        for column in unknown:
            if found := columns.by_content(self.body.texts(column)):
                roles[column] = found
        self._graded(roles, unknown, chosen)
        unknown = [c for c in unknown if c not in roles]
        left = [c for c in unknown if c < first]
        numbered = [c for c in left if self.body.numbered(c)]
        left = [c for c in left if c not in numbered and self.body.marks[c][Mark.TEXT]]
        named = Role.ITEM in roles.values()
        counted = [c for c in numbered if self.body.counts_up(c)]
        if counted and Role.LABEL not in roles.values() and (left or named):
            roles[counted[0]] = Role.LABEL
        if named:
            return [c for c in unknown if c not in roles]
        left = left or numbered
        chosen_one = left[0] if left else self._stand_in(roles)
        roles[chosen_one] = Role.ITEM
        return [c for c in unknown if c not in roles]

    def _graded(
        self,
        roles: dict[int, Role],
        unknown: Sequence[int],
        chosen: Mapping[int, Role],
    ) -> None:
        """Take a letter and a digit side by side for a grade in two columns."""
        for column in [c for c, r in roles.items() if r is Role.SOURCE] + list(unknown):
            beside = column + 1
            if (
                beside in unknown
                and column not in chosen
                and Role.GRADE not in roles.values()
                and all(written.letter(t) == t for t in self.body.texts(column))
                and all(written.digit(t) == t for t in self.body.texts(beside))
            ):
                roles[column], roles[beside] = Role.RELIABILITY, Role.CREDIBILITY

    def _stand_in(self, roles: Mapping[int, Role]) -> int:
        for wanted in (Role.NOTE, Role.LABEL, Role.TAGS):
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
        title = _first(roles, Role.ITEM)
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
