"""What makes an item count for more or less: levels, weights, grades of a table.

The ranking hangs on them, so that one which cannot be read is listed as a weight, and
the file is refused unless a person accepts that the item counts as medium.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from workbench.case.model import Level
from workbench.exchange.choices import Role
from workbench.exchange.draft import Draft
from workbench.exchange.places import Places
from workbench.exchange.tables import columns, written
from workbench.exchange.tables.account import Account
from workbench.exchange.tables.layout import Layout
from workbench.wording import quoted

_LARGEST: Final = 100.0  # what a weight may well be
_MEDIUM: Final = "the item counts as medium"


class Weights:
    """Reads levels and grades by row; `places` gives the columns by role.

    It moves a column to the role that its contents show, and tells what it did.
    Raises Unreadable for columns of which one may be worked out from the others.
    """

    def __init__(
        self,
        layout: Layout,
        places: dict[Role, list[int]],
        draft: Draft,
        account: Account,
        noted: Places,
    ) -> None:
        self.layout, self.sheet, self.places = layout, layout.sheet, places
        self.draft, self.account, self.noted = draft, account, noted
        self.graded = self._settle_grades()
        self._settle_weight()
        self.unclear = self._unclear()
        self.unsaid = self._unsaid()
        if self.places[Role.WEIGHT]:
            draft.understood(
                "The weight of an item stands as its credibility, with medium relevance"
            )

    def _texts(self, role: Role) -> list[str]:
        found = self.places[role][:1]
        rows = range(self.layout.header + 1, self.sheet.rows.stop)
        texts = [
            text
            for row in rows
            for c in found
            if (text := self.sheet.at(row, c))
            and text != self.layout.names.get(c)  # names come again on a new page
            and not self._is_foot(row)
            and any(place != c for place, _ in self.sheet.filled(row))  # no note
        ]
        return texts[:2000]

    def _is_foot(self, row: int) -> bool:
        return any(
            columns.is_foot(self.sheet.at(row, c))
            for role in (Role.ITEM, Role.LABEL, Role.TAGS)
            for c in self.places[role]
        )

    def _all(self, role: Role, fits: Callable[[str], object]) -> bool:
        texts = self._texts(role)
        return bool(texts) and all(fits(text) for text in texts)

    def _settle_grades(self) -> bool:
        """Tell grades from levels; true for a grade that stands in two columns."""
        for role in (Role.RELIABILITY, Role.CREDIBILITY):
            if not self.places[Role.GRADE] and self._all(role, written.grade):
                self._move(role, Role.GRADE)
        lettered = self._all(
            Role.RELIABILITY, lambda text: written.letter(text) or written.grade(text)
        )
        if self.places[Role.RELIABILITY] and self.places[Role.CREDIBILITY]:
            if lettered and self._all(Role.CREDIBILITY, written.digit):
                self.draft.understood("The two columns together are the items' grades")
                return True
            if not lettered:
                raise self.sheet.fault(
                    f"{self._name(Role.RELIABILITY)} and "
                    f"{self._name(Role.CREDIBILITY)} both say how far an item is to "
                    f"be believed; choose one and leave the other out, as by "
                    f"--column {self._option(Role.RELIABILITY)}"
                )
        elif self.places[Role.RELIABILITY] and not lettered:
            self._move(Role.RELIABILITY, Role.CREDIBILITY)
        elif not self.places[Role.RELIABILITY]:
            texts = self._texts(Role.CREDIBILITY)
            if texts and all(len(t) == 1 and written.letter(t) for t in texts):
                self._move(Role.CREDIBILITY, Role.RELIABILITY)
        return False

    def _option(self, role: Role) -> str:
        return f"“{self.layout.head(self.places[role][0])}={Role.LEAVE_OUT}”"

    def _move(self, role: Role, to: Role) -> None:
        self.places[to] = self.places.pop(role) + self.places[to]
        self.places[role] = []

    def _settle_weight(self) -> None:
        levels = [r for r in (Role.CREDIBILITY, Role.RELEVANCE) if self.places[r]]
        weights = self.places[Role.WEIGHT]
        if self.graded:
            levels = [r for r in levels if r is not Role.CREDIBILITY]
        if weights and len(levels) == 1:
            raise self.sheet.fault(
                f"{self._name(Role.WEIGHT)} may be worked out from "
                f"{self._name(levels[0])} or come on top of it; call "
                "it “Relevance” or “Credibility”, or leave one out, as by --column "
                f"{self._option(Role.WEIGHT)}"
            )
        self.sure = bool(self.layout.own or (weights and levels))
        if weights and levels:
            self.places[Role.DERIVED] += weights
            self.places[Role.WEIGHT] = []

    def _unclear(self) -> frozenset[Role]:
        """Give the roles whose whole numbers may be grades, of which 1 may be best."""
        found = set()
        for role in (Role.CREDIBILITY, Role.RELEVANCE):
            column = self.places[role][0] if self.places[role] else -1
            if self.sure or column < 0 or column in self.layout.chosen:
                continue
            read = map(written.level, self._texts(role))
            levels = [one for one in read if one is not None]
            digits = role is Role.CREDIBILITY and self.graded
            if not digits and written.direction_unclear(levels):
                found.add(role)
                name = self.layout.head(column)
                self.draft.advise(
                    f"{self._name(role)} holds whole numbers, of which 1 may be best "
                    "or worst; write low, medium, high, or, if the numbers multiply "
                    f"what an item counts, say so by --column “{name}={role}” or "
                    "call the column “Weight”"
                )
        return frozenset(found)

    def _unsaid(self) -> tuple[int, ...]:
        """Give the columns of numbers or levels without a known name.

        They may be weights, and nobody should rank by the rest unasked.
        """
        if self.layout.own or any(self.places[role] for role in columns.WEIGHING):
            return ()
        rows = range(self.layout.header + 1, self.sheet.rows.stop)
        found = []
        for column in self.layout.unknown:
            texts = [t for row in rows if (t := self.sheet.at(row, column))]
            levels = [written.level(text) for text in texts]
            known = [one for one in levels if one is not None]
            numbers = [one for one in known if isinstance(one, float)]
            if 1 < len(texts) == len(known) and max(numbers, default=0) <= _LARGEST:
                found.append(column)
                kind = "numbers" if numbers else "levels"
                name = self.layout.head(column)
                self.draft.advise(
                    f"column {quoted(name)} holds {kind} that may weigh the items; "
                    f"say so by --column “{name}=weight”, or leave it out by --column "
                    f"“{name}={Role.LEAVE_OUT}”"
                )
        return tuple(found)

    def _name(self, role: Role) -> str:
        column = self.places[role][0]
        name = self.layout.names.get(column, "")
        place = self.sheet.column(column)
        return f"{place} ({quoted(name)})" if name else place

    # -------------------------------------------------------------- a row

    def read(self, row: int, more: dict[str, Any]) -> str:
        """Read the levels and the grade of a row; gives the letter of its source."""
        letter = ""
        self._unsaid_of(row)
        if text := self._value(row, Role.GRADE):
            more["grade"] = written.grade(text)
            if not more["grade"]:
                place = self.places[Role.GRADE][0]
                said = f"{quoted(text)}, which is no grade"
                self.account.leave(row, place, self.draft, said)
                self.draft.drop(f"{said}: {self.sheet.cell(row, place)}")
        if text := self._value(row, Role.RELIABILITY):
            letter = written.letter(text)
            if not letter:
                more["grade"] = written.grade(text)
        if self.graded:
            digit = written.digit(self._value(row, Role.CREDIBILITY))
            more["grade"] = letter + digit if letter and digit else ""
            if more["grade"]:
                letter = ""
        for role in (Role.CREDIBILITY, Role.RELEVANCE, Role.WEIGHT):
            if self.places[role] and not (self.graded and role is Role.CREDIBILITY):
                self._level(row, role, more)
        return letter

    def _unsaid_of(self, row: int) -> None:
        for column in self.unsaid:
            if number := self.account.take(row, column):
                said = f"{quoted(number)}, which may be a weight"
                place = self.sheet.cell(row, column)
                self.draft.unread(place, number, said, weighs=True)

    def _level(self, row: int, role: Role, more: dict[str, Any]) -> None:
        text = self._value(row, role)
        place = self.sheet.cell(row, self.places[role][0])
        if not text:
            self.noted.add(f"Without a {role.value}: {_MEDIUM}", place)
            return
        level: Level | None = written.level(text)
        if role in self.unclear and not isinstance(level, str):
            level = None
        if level is not None:
            kept = Role.CREDIBILITY if role is Role.WEIGHT else role
            more[kept.name.lower()] = level
        elif role is Role.CREDIBILITY and written.grade(text):
            more.setdefault("grade", written.grade(text))
        else:
            said = f"{quoted(text)}, which is no level; {_MEDIUM}"
            self.draft.unread(place, text, said, weighs=True)
            self.draft.advise(
                "write a level as low, medium, high, a number from 0 or a percentage"
            )

    def _value(self, row: int, role: Role) -> str:
        found = self.places[role]
        return self.account.take(row, found[0]) if found else ""
