"""Where a sheet's matrix lies: the row of names, the items, the hypotheses, the rest.

A person's choice comes first, then names, then what the cells look like. No column of a
hypothesis is ever left out: one that cannot be read is kept with its cells unread.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from workbench.case.model import Consistency
from workbench.exchange.choices import Choices, Role, head
from workbench.exchange.imported import Taken, Unreadable
from workbench.exchange.tables import answers, columns, written
from workbench.exchange.tables.answers import Kind
from workbench.exchange.tables.marks import Mark, Marks
from workbench.exchange.tables.naming import NAMED, Names
from workbench.exchange.tables.sheet import Sheet
from workbench.wording import quoted

_NOTES: Final = frozenset({Role.REASON, Role.NOTE})
# What a column of ratings may well be called without being one of a hypothesis.
_LETTERED: Final = frozenset(
    {Role.LABEL, Role.CREDIBILITY, Role.RELEVANCE, Role.WEIGHT, Role.GRADE}
    | {Role.DERIVED, Role.REASON, Role.DATE, Role.RELIABILITY, Role.COUNTED}
)
_NO_SIDE: Final = frozenset({Consistency.N, Consistency.NA, None})
_SHORT: Final = 30


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

    def layout(self) -> Layout:
        self.body = self._body()
        chosen = self._chosen()
        roles = {c: r for c, n in self.names.items() if (r := columns.role(n))}
        roles |= chosen
        if self.own:
            places: list[int] = list(range(len(self.own), max(self.names) + 1, 2))
            because = {c: c + 1 for c in places}
        else:
            noted = self._named_reasons(roles, chosen)
            places = self._hypotheses(roles, noted)
            because = self._reasons(places, roles, self.generic, noted)
        if not places:
            raise self.sheet.no_matrix(
                f"no column under {self.sheet.row(self.header)} holds ratings; they "
                "are read as CC, C, N, I, II, NA, as words, or as ++, +, -, --"
            )
        taken = {*places, *because.values()}
        roles = {c: role for c, role in roles.items() if c not in taken}
        found = tuple(Column(c, self._named(c), because.get(c)) for c in places)
        rest = [c for c in self.body if c not in taken]
        unknown = self._rest(roles, rest, min(places), chosen)
        self._check_titles(places, roles)
        return Layout(
            self.sheet,
            self.top,
            self.header,
            self.names,
            found,
            roles,
            tuple(unknown),
            frozenset(chosen),
            own=self.own,
        )

    def _named(self, column: int) -> str:
        name = self.names.get(column, "")
        if not name and column in self._chosen():
            return self.sheet.column(column)
        if not name:
            raise self.sheet.fault(
                f"{self.sheet.column(column)} holds ratings and "
                f"{self.sheet.row(self.header)} gives it no name; write the "
                "hypothesis there"
            )
        return name

    def _chosen(self) -> dict[int, Role]:
        places = {*self.names, *self._body()} if self.choices.columns else set()
        found = {}
        for column in sorted(places):
            name = head_of(self.sheet, column, self.names.get(column, ""))
            if role := self.choices.columns.get(head(name)):
                found[column] = role
        return found

    # -------------------------------------------------------------- columns

    def _body(self) -> dict[int, Counter[Mark]]:
        body: dict[int, Counter[Mark]] = {
            c: Counter() for c in self.sheet.columns if c in self.names
        }
        for row in range(self.header + 1, self.sheet.rows.stop):
            for column, text in self.sheet.filled(row):
                body.setdefault(column, Counter())[self.marks[text]] += 1
        return dict(sorted(body.items()))

    def _named_reasons(
        self, roles: Mapping[int, Role], chosen: Mapping[int, Role]
    ) -> dict[int, str]:
        """Give the columns that are called reasons, by whose they are."""
        names = {
            known
            for c, n in self.names.items()
            if c not in roles
            for known in (columns.name(n), (columns.hypothesis(n) or ("",))[0].lower())
        }
        found = {}
        for column, name in self.names.items():
            whose = columns.name(columns.reasons_for(name))
            if whose and whose in names and column not in chosen:
                found[column] = whose
        return found

    def _hypotheses(
        self, roles: Mapping[int, Role], noted: Mapping[int, str]
    ) -> list[int]:
        found = [c for c, role in roles.items() if role is Role.HYPOTHESIS]
        free = [c for c in self.body if c not in roles and c not in noted]
        labelled = [c for c in free if columns.hypothesis(self.names.get(c, ""))]
        found += labelled
        for column, marks in self.body.items():
            ratings, texts = marks[Mark.RATING], marks[Mark.TEXT]
            if column in roles:
                self._check_role(column, roles[column], marks)
            elif column in noted:
                continue
            elif (
                ratings
                and (ratings >= texts or self._is_rated(column))
                and (column in self.names or not self._numbers(column))
            ):
                found.append(column)
        if any(self._takes_side(c) for c in found):
            # Numbers beside words are no ratings, but where a name says so.
            sure = {*labelled, *(c for c in found if c in roles)}
            found = [c for c in found if c in sure or not self._says_no_side(c)]
        if not found:
            found = self._unread(free)
        if not found:
            return []
        spoken = {text for c in found for text in self._texts(c)}
        found += [c for c in free if c in self.names and spoken & set(self._texts(c))]
        first, last = min(found), max(found)
        found += [c for c in free if first < c < last and self.body[c]]
        places = sorted(set(found))
        more = self._empty(roles, places) if not labelled else ()
        return sorted({*places, *more, *self._beside(free, places, labelled)})

    def _is_rated(self, column: int) -> bool:
        """Tell whether a column may hold ratings alone, unread texts among them."""
        texts = [
            text
            for row in range(self.header + 1, self.sheet.rows.stop)
            if (text := self.sheet.at(row, column))
        ]
        short = [text for text in texts if len(text) <= _SHORT]
        return len(short) == len(texts)

    def _check_role(self, column: int, role: Role, marks: Mapping[Mark, int]) -> None:
        """Refuse a column whose name says one thing and whose cells another."""
        ratings = marks[Mark.RATING]
        if (
            role not in _LETTERED
            and role not in (Role.HYPOTHESIS, Role.LEAVE_OUT)
            and column not in self._chosen()
            and ratings > 1
            and ratings == sum(marks.values())
            and not self._says_no_side(column)
        ):
            raise self.sheet.fault(
                f"{self.sheet.column(column)} is called "
                f"{quoted(self.names[column])} and holds nothing but ratings; "
                "give it the name of its hypothesis, or other contents"
            )

    def _takes_side(self, column: int) -> bool:
        """Tell whether a column has a word for or against a hypothesis."""
        for text in self._texts(column):
            found = answers.taken_apart(text, self.told)
            if found is None or answers.number(found.token) is not None:
                continue  # a number may be a word of the legend
            if found.kind is Kind.WORD and found.meaning not in _NO_SIDE:
                return True
        return False

    def _says_no_side(self, column: int) -> bool:
        """Tell whether a column holds numbers or NA alone, as other columns do."""
        return all(
            answers.number(text) is not None
            or columns.name(text) in ("na", "n/a", "n.a", "not applicable")
            for text in self._texts(column)
        )

    def _unread(self, free: Sequence[int]) -> list[int]:
        """Give the columns that may be hypotheses where nothing can be read at all."""
        titles = [
            c
            for c, n in self.names.items()
            if columns.name(n) in columns.EVIDENCE and c not in free
        ]
        if not titles:
            return []
        return [c for c in free if c in self.names and self._is_short(c, 0)]

    def _is_short(self, column: int, least: int) -> bool:
        rows = range(self.header + 1, self.sheet.rows.stop)
        texts = [t for row in rows if (t := self.sheet.at(row, column))]
        return len(texts) > least and all(len(t) <= _SHORT for t in texts)

    def _beside(
        self, free: Sequence[int], found: Sequence[int], labelled: Sequence[int]
    ) -> Iterator[int]:
        """Give columns right of the hypotheses whose words may be ratings unread."""
        if labelled:
            return
        rows = self.sheet.rows.stop - self.header - 1
        column = found[-1] + 1
        while column in free and column in self.names:
            texts = {
                self.sheet.at(row, column)
                for row in range(self.header + 1, self.sheet.rows.stop)
            } - {""}
            few = 2 * len(texts) <= max(rows, 3)
            if columns.by_content(list(texts)) or not (
                self._is_short(column, rows // 2) and (few or rows <= 4)  # noqa: PLR2004
            ):
                return
            yield column
            column += 1

    def _empty(self, roles: Mapping[int, Role], found: Sequence[int]) -> Iterator[int]:
        """Give the columns beside the rated ones that have a name and no ratings."""
        known = set(found)

        def walk(places: Iterator[int], end: int) -> Iterator[int]:
            for column in places:
                if column in known:
                    continue
                name = self.names.get(column, "")
                marks = self.body.get(column, Counter())
                beyond = not found[0] < column < found[-1]
                if beyond and self.sheet.gap_before_column(column):
                    return
                if columns.reasons_for(name) or roles.get(column) is Role.REASON:
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
        self,
        places: list[int],
        roles: Mapping[int, Role],
        generic: Mapping[int, str],
        noted: Mapping[int, str],
    ) -> dict[int, int]:
        found = self._generic_reasons(places, generic)
        if found:
            kept = set(places) - set(found.values())
            places[:] = [c for c in places if c in kept]
            return found
        inside = set(places)
        names: dict[str, int] = {}
        for c in reversed(places):
            name = self.names.get(c, "")
            label = columns.hypothesis(name)
            names |= {columns.name(name): c} | ({label[0].lower(): c} if label else {})
        for column, whose in noted.items():
            place = names.get(whose)
            if place is not None and column not in inside:
                beside = column - 1 in inside
                same = beside and self.names.get(column - 1) == self.names[place]
                found[column - 1 if same else place] = column
        if found:
            return found
        next_to = {c: c + 1 for c in places if roles.get(c + 1) in _NOTES}
        if len(next_to) == len(places) and (
            len(places) > 1
            or all(roles[one] is Role.REASON for one in next_to.values())
        ):
            return next_to
        return {c: c + 1 for c in places if roles.get(c + 1) is Role.REASON}

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

    def _rest(
        self,
        roles: dict[int, Role],
        rest: Sequence[int],
        first: int,
        chosen: Mapping[int, Role],
    ) -> list[int]:
        """Give the columns without a role; names the one that says what an item is."""
        unknown = [c for c in rest if c not in roles and self.body[c]]
        for column, role in list(roles.items()):
            second = role is Role.ITEM and column != _first(roles, Role.ITEM)
            if (second and column not in chosen) or role is Role.REASON:
                roles[column] = Role.NOTE
        for column in unknown:
            if found := columns.by_content(self._texts(column)):
                roles[column] = found
        self._graded(roles, unknown, chosen)
        unknown = [c for c in unknown if c not in roles]
        left = [c for c in unknown if c < first]
        numbered = [c for c in left if self._numbers(c)]
        left = [c for c in left if c not in numbered and self.body[c][Mark.TEXT]]
        named = Role.ITEM in roles.values()
        counted = [c for c in numbered if self._counts_up(c)]
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
                and all(written.letter(t) == t for t in self._texts(column))
                and all(written.digit(t) == t for t in self._texts(beside))
            ):
                roles[column], roles[beside] = Role.RELIABILITY, Role.CREDIBILITY

    def _texts(self, column: int) -> list[str]:
        rows = range(self.header + 1, self.sheet.rows.stop)
        return [text for row in rows if (text := self.sheet.at(row, column))]

    def _numbers(self, column: int) -> bool:
        return all(
            len(t) < 8 and t.lstrip("EeQ#.").isdigit()  # noqa: PLR2004
            for t in self._texts(column)
        )

    def _counts_up(self, column: int) -> bool:
        """Tell whether numbers number the items, rather than weigh them."""
        texts = [t for t in self._texts(column) if t != self.names.get(column)]
        values = [int(text.lstrip("EeQ#.") or 0) for text in texts]
        return all(one < other for one, other in pairwise(values))

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
