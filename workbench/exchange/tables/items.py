"""What the columns beside the ratings say of an item: its text, levels, date, sources.

A value that cannot be read leaves the item as if it were not there, and is said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Final

from workbench.case.model import Kind, Level
from workbench.exchange.draft import Draft
from workbench.exchange.origins import Origins
from workbench.exchange.places import Places
from workbench.exchange.tables import columns, written
from workbench.exchange.tables.columns import Role
from workbench.exchange.tables.layout import Layout
from workbench.wording import clipped, quoted

_SEVERAL: Final = frozenset({Role.STATEMENT, Role.SOURCE, Role.TAGS, Role.DERIVED})
_NOT_COUNTED: Final = frozenset({"no", "n", "false", "0"})
_AT: Final = re.compile(
    r"(.{1,300}), ((?:par|para|pp?|page|pages|sec|section|ch|chapter|§)\b\.? ?.{1,80})",
    re.DOTALL,
)
_URL: Final = re.compile(r"https?://\S{1,2000}")
_LETTER: Final = re.compile("[A-F]")


class Items:
    """Reads the items of a layout, one row at a time.

    Raises Unreadable for columns whose numbers may mean two things.
    """

    def __init__(self, layout: Layout, draft: Draft, left: Places) -> None:
        self.layout, self.sheet = layout, layout.sheet
        self.draft, self.left = draft, left
        self.noted = Places(draft.understood)
        self.origins = Origins(self.noted)
        self.own = layout.own
        self.columns: dict[Role, list[int]] = defaultdict(list)
        for column, role in sorted(layout.roles.items()):
            self.columns[role].append(column)
        self._choose_weight()
        self._tell_columns()
        self.labelled = self._labelled()

    def _choose_weight(self) -> None:
        sure = self.own
        levels = [r for r in (Role.CREDIBILITY, Role.RELEVANCE) if self.columns[r]]
        weights = self.columns[Role.WEIGHT]
        if weights and len(levels) == 1:
            raise self.sheet.fault(
                f"{self._name(weights[0])} may be worked out from "
                f"{self._name(self.columns[levels[0]][0])} or come on top of it; call "
                "it “Relevance” or “Credibility”, or take it out"
            )
        if weights and levels:
            self.columns[Role.DERIVED] += weights
            self.columns[Role.WEIGHT] = []
            sure = True
        for role in levels:
            column = self.columns[role][0]
            values = [
                v for _, text in self._texts(column) if (v := written.level(text))
            ]
            if not sure and written.direction_unclear(values):
                raise self.sheet.fault(
                    f"{self._name(column)} holds whole numbers, of which 1 may be best "
                    "or worst; write low, medium, high, or call the column “Weight” if "
                    "the numbers multiply what an item counts"
                )

    def _tell_columns(self) -> None:
        for role, places in self.columns.items():
            for number, column in enumerate(places):
                if role is Role.DERIVED:
                    self.draft.drop(f"{self._name(column)}, which is worked out anew")
                elif role is Role.EMPHASIS:
                    self.draft.drop(f"{self._name(column)}, {role.value}")
                elif number and role not in _SEVERAL:
                    self.draft.drop(
                        f"{self._name(column)}; {self._name(places[0])} is taken for "
                        f"{role.value}"
                    )
                else:
                    self.draft.understood(
                        f"{_capital(self._name(column))} is {role.value}"
                    )
        if self.columns[Role.WEIGHT]:
            self.draft.understood(
                "The weight of an item stands as its credibility, with medium relevance"
            )
        for column in self.layout.unknown:
            self.draft.drop(f"{self._name(column)}, whose meaning is not known")

    def _labelled(self) -> bool:
        """Tell whether every title begins with a label of its own."""
        if self.columns[Role.LABEL] and self.columns[Role.LABEL][0] != self._title:
            return False
        texts = [text for _, text in self._texts(self._title)]
        found = [text for text in texts if not columns.is_foot(text)]
        return bool(found) and all(columns.item(text) for text in found[:1000])

    @property
    def _title(self) -> int:
        return self.columns[Role.TITLE][0]

    def _name(self, column: int) -> str:
        name = self.layout.names.get(column, "")
        place = self.sheet.column(column)
        if self.sheet.turned and column == self._title:
            return place  # its name is that of the hypotheses
        return f"{place} ({quoted(name)})" if name else place

    def _texts(self, column: int) -> list[tuple[int, str]]:
        rows = range(self.layout.header + 1, self.sheet.rows.stop)
        return [(row, text) for row in rows if (text := self.sheet.at(row, column))]

    def title(self, row: int) -> str:
        """Give the text that says what an item is."""
        return self.sheet.at(row, self._title)

    def label(self, row: int) -> str:
        """Give the text of the label column, "" where there is none."""
        found = self.columns[Role.LABEL]
        return self.sheet.at(row, found[0]) if found else ""

    def add(self, row: int) -> None:
        """Add the item of a row to the draft, under the row as its key."""
        title, more = self.title(row), dict[str, Any]()
        label = self.label(row)
        if self.labelled and (split := columns.item(title)):
            label, title = split[0], split[1] or title
        elif label.isdigit():
            label = f"E{label}"
        more["label"] = label
        statements = [self.sheet.at(row, c) for c in self.columns[Role.STATEMENT]]
        more["statement"] = "\n\n".join(filter(None, statements))
        tags = [t for c in self.columns[Role.TAGS] for t in self._split(row, c, ",")]
        self._levels(row, more)
        if text := self._value(row, Role.KIND):
            kind = written.kind(text)
            more["kind"] = kind or Kind.EVIDENCE
            if kind is None or text.casefold() not in set(Kind):
                tags.append(clipped(text))
        if text := self._value(row, Role.DATE):
            more["date"] = written.date(text)
            if more["date"] is None:
                self._leave(row, Role.DATE, f"{quoted(text)}, which is no plain date")
        more["origin"] = self.origins.id(self._value(row, Role.ORIGIN))
        more["caveat"] = self._value(row, Role.CAVEAT)
        if self._value(row, Role.COUNTED).casefold() in _NOT_COUNTED:
            more["status"] = "set-aside"
            self.noted.add("Items that do not count are set aside", self.sheet.row(row))
        if self.own and not self._derived_weight(row):
            more["status"] = "set-aside"
            self.noted.add("Items without a weight are set aside", self.sheet.row(row))
        more["tags"] = tuple(dict.fromkeys(map(clipped, tags)))
        self.draft.item(row, title, **more)
        self._cite(row)

    def _value(self, row: int, role: Role) -> str:
        found = self.columns[role]
        return self.sheet.at(row, found[0]) if found else ""

    def _leave(self, row: int, role: Role, what: str) -> None:
        self.left.add(what, self.sheet.cell(row, self.columns[role][0]))

    def _split(self, row: int, column: int, mark: str) -> list[str]:
        parts = self.sheet.at(row, column).split(mark)
        return [part.strip() for part in parts if part.strip()]

    def _derived_weight(self, row: int) -> str:
        return self.sheet.at(row, columns.OWN.index("weight"))

    def _levels(self, row: int, more: dict[str, Any]) -> None:
        if text := self._value(row, Role.GRADE):
            more["grade"] = written.grade(text)
            if not more["grade"]:
                self._leave(row, Role.GRADE, f"{quoted(text)}, which is no grade")
        for role in (Role.CREDIBILITY, Role.RELEVANCE, Role.WEIGHT):
            text = self._value(row, role)
            if not text:
                continue
            level: Level | None = written.level(text)
            if level is not None:
                kept = Role.CREDIBILITY if role is Role.WEIGHT else role
                more[kept.name.lower()] = level
            elif role is Role.CREDIBILITY and written.grade(text):
                more.setdefault("grade", written.grade(text))
            elif not (role is Role.CREDIBILITY and _LETTER.fullmatch(text)):
                said = f"{quoted(text)}, which is no level; the item counts as medium"
                self._leave(row, role, said)

    def _cite(self, row: int) -> None:
        letter = self._value(row, Role.CREDIBILITY)
        more = {"reliability": letter} if _LETTER.fullmatch(letter) else {}
        cited = False
        for column in self.columns[Role.SOURCE]:
            for text in self._split(row, column, "; "):
                found = _AT.fullmatch(text)
                name, at = (found[1], found[2]) if found else (text, "")
                facts = more | ({"url": name} if _URL.fullmatch(name) else {})
                self.draft.cite(row, self.draft.source(name, **facts), at)
                cited = True
        if more and not cited:
            said = f"the reliability {letter} of a source that is not named"
            self._leave(row, Role.CREDIBILITY, said)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
