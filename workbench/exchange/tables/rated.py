"""Which columns of a sheet are hypotheses, and which hold the reasons beside them.

A person's choice comes first, then names, then what the cells look like. No column of a
hypothesis is ever left out: one that cannot be read is kept with its cells unread.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from workbench.case.model import Consistency
from workbench.exchange.choices import Role
from workbench.exchange.tables import answers, columns
from workbench.exchange.tables.answers import Kind, Meanings
from workbench.exchange.tables.body import Body
from workbench.exchange.tables.marks import Mark
from workbench.wording import quoted

_NOTES: Final = frozenset({Role.REASON, Role.NOTE})
# What a column of ratings may well be called without being one of a hypothesis.
_LETTERED: Final = frozenset(
    {Role.LABEL, Role.CREDIBILITY, Role.RELEVANCE, Role.WEIGHT, Role.GRADE}
    | {Role.DERIVED, Role.REASON, Role.DATE, Role.RELIABILITY, Role.COUNTED}
)
_NO_SIDE: Final = frozenset({Consistency.N, Consistency.NA, None})
_FEW: Final = 4  # rows of which any texts may be ratings


class Rated:
    """Finds the columns; `roles` are what names say, `chosen` what a person does.

    `told` is what words mean, `generic` the second row of names where it says rating or
    reason. Raises Unreadable for a name that its cells contradict.
    """

    def __init__(
        self,
        body: Body,
        told: Meanings,
        roles: Mapping[int, Role],
        chosen: Mapping[int, Role],
        generic: Mapping[int, str],
    ) -> None:
        self.body, self.told, self.chosen = body, told, chosen
        self.sheet, self.header, self.names = body.sheet, body.header, body.names
        noted = self._named_reasons(roles, chosen)
        self.places = self._hypotheses(roles, noted)
        self.because = self._reasons(self.places, roles, generic, noted)

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
        free = [c for c in self.body.marks if c not in roles and c not in noted]
        labelled = [c for c in free if columns.hypothesis(self.names.get(c, ""))]
        found += labelled
        for column, marks in self.body.marks.items():
            ratings, texts = marks[Mark.RATING], marks[Mark.TEXT]
            if column in roles:
                self._check_role(column, roles[column], marks)
            elif column in noted:
                continue
            elif (
                ratings
                and (ratings >= texts or self.body.is_short(column))
                and (column in self.names or not self.body.numbered(column))
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
        spoken = {text for c in found for text in self.body.texts(c)}
        found += [
            c for c in free if c in self.names and spoken & set(self.body.texts(c))
        ]
        first, last = min(found), max(found)
        found += [c for c in free if first < c < last and self.body.marks[c]]
        places = sorted(set(found))
        more = self._empty(roles, places) if not labelled else ()
        return sorted({*places, *more, *self._beside(free, places, labelled)})

    def _check_role(self, column: int, role: Role, marks: Mapping[Mark, int]) -> None:
        """Refuse a column whose name says one thing and whose cells another."""
        ratings = marks[Mark.RATING]
        if (
            role not in _LETTERED
            and role not in (Role.HYPOTHESIS, Role.LEAVE_OUT)
            and column not in self.chosen
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
        for text in self.body.texts(column):
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
            for text in self.body.texts(column)
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
        return [c for c in free if c in self.names and self.body.is_short(c, 0)]

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
                self.body.is_short(column, rows // 2) and (few or rows <= 4)  # noqa: PLR2004
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
                marks = self.body.marks.get(column, Counter())
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
