"""What the columns beside the ratings say of an item: its text, date, source, tags.

A value that cannot be read leaves the item as if it were not there, and is listed. What
makes an item count for more or less is read in `weights`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from workbench.case.model import Kind, natural
from workbench.exchange.choices import Role
from workbench.exchange.draft import Draft
from workbench.exchange.origin_ids import Origins
from workbench.exchange.places import Places
from workbench.exchange.tables import columns, written
from workbench.exchange.tables.account import Account
from workbench.exchange.tables.layout import Layout
from workbench.exchange.tables.weights import Weights
from workbench.wording import clipped, quoted

_WEIGHT: Final = "weight"
_LABEL: Final = 20  # characters of what a column of labels may hold
_SEVERAL: Final = frozenset(
    {Role.NOTE, Role.SOURCE, Role.TAGS, Role.DERIVED, Role.LEAVE_OUT}
)
_NOT_COUNTED: Final = frozenset({"no", "n", "false", "0"})
_AT: Final = re.compile(
    r"(.{1,300}), ((?:par|para|pp?|page|pages|sec|section|ch|chapter|§)\b\.? ?.{1,80})",
    re.DOTALL,
)
_URL: Final = re.compile(r"https?://\S{1,2000}")


class Items:
    """Reads the items of a layout, one row at a time."""

    def __init__(
        self, layout: Layout, draft: Draft, account: Account, left: Places
    ) -> None:
        self.layout, self.sheet = layout, layout.sheet
        self.draft, self.account, self.left = draft, account, left
        self.noted = Places(draft.understood)
        self.origins = Origins(self.noted)
        self.columns: dict[Role, list[int]] = defaultdict(list)
        for column, role in sorted(layout.roles.items()):
            self.columns[role].append(column)
        self.weights = Weights(layout, self.columns, draft, account, self.noted)
        self._tell_columns()
        self.labelled = self._labelled()
        self.ordered = in_order([t for _, t in self._texts(self.columns[Role.LABEL])])

    def _tell_columns(self) -> None:
        for role, places in self.columns.items():
            for number, column in enumerate(places):
                if role is Role.DERIVED:
                    self.draft.drop(f"{self._name(column)}, which is worked out anew")
                elif role in (Role.EMPHASIS, Role.LEAVE_OUT):
                    self.draft.drop(f"{self._name(column)}, {columns.SAID[role]}")
                elif number and role not in _SEVERAL:
                    self.draft.drop(
                        f"{self._name(column)}; {self._name(places[0])} is taken for "
                        f"{columns.SAID[role]}"
                    )
                else:
                    self.draft.understood(
                        f"{_capital(self._name(column))} is {columns.SAID[role]}"
                    )
        for column in self.layout.unknown:
            self.draft.drop(f"{self._name(column)}, whose meaning is not known")

    def _labelled(self) -> bool:
        """Tell whether every title begins with a label of its own."""
        if self.columns[Role.LABEL] and self.columns[Role.LABEL][0] != self._title:
            return False
        texts = [text for _, text in self._texts([self._title])]
        found = [text for text in texts if not columns.is_foot(text)]
        return bool(found) and all(columns.item(text) for text in found[:1000])

    @property
    def _title(self) -> int:
        return self.columns[Role.ITEM][0]

    def _name(self, column: int) -> str:
        name = self.layout.names.get(column, "")
        place = self.sheet.column(column)
        if self.sheet.turned and column == self._title:
            return place  # its name is that of the hypotheses
        return f"{place} ({quoted(name)})" if name else place

    def _texts(self, places: Sequence[int]) -> list[tuple[int, str]]:
        rows = range(self.layout.header + 1, self.sheet.rows.stop)
        every = ((row, self.sheet.at(row, c)) for c in places[:1] for row in rows)
        return [(row, text) for row, text in every if text]

    def title(self, row: int) -> str:
        """Give the text that says what an item is."""
        return self.sheet.at(row, self._title)

    def label(self, row: int) -> str:
        """Give the text of the label column, "" where there is none."""
        found = self.columns[Role.LABEL]
        return self.sheet.at(row, found[0]) if found else ""

    def named(self, row: int) -> str:
        """Give what names a row: its title, its label, or any text beside."""
        if found := self.title(row) or self.label(row):
            return found
        beside = (c for r, places in self.columns.items() for c in places)
        texts = (self.sheet.at(row, c) for c in sorted(beside))
        return next((text for text in texts if columns.is_foot(text)), "")

    def add(self, row: int) -> None:
        """Add the item of a row to the draft, under the row as its key."""
        label, title = self._named(row)
        more: dict[str, Any] = {"label": label}
        statements = [self.account.take(row, c) for c in self.columns[Role.NOTE]]
        more["statement"] = "\n\n".join(filter(None, statements))
        tags = [t for c in self.columns[Role.TAGS] for t in self._split(row, c, ",")]
        letter = self.weights.read(row, more)
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
        if _WEIGHT in self.layout.own and not self._derived_weight(row):
            more["status"] = "set-aside"
            self.noted.add("Items without a weight are set aside", self.sheet.row(row))
        more["tags"] = tuple(dict.fromkeys(map(clipped, tags)))
        self.draft.item(row, title, **more)
        self._cite(row, letter)

    def _named(self, row: int) -> tuple[str, str]:
        """Give the label and the title of a row's item."""
        title, label = self._value(row, Role.ITEM), self._value(row, Role.LABEL)
        if self.layout.own:
            return label if self.ordered else "", title
        if self.labelled and (split := columns.item(title)):
            return split[0], split[1] or title
        if label.isdigit():
            return f"E{label}", title
        if len(label) > _LABEL:
            self._leave(row, Role.LABEL, "a label of more characters than are kept")
        return label[:_LABEL], title

    def _value(self, row: int, role: Role) -> str:
        found = self.columns[role]
        return self.account.take(row, found[0]) if found else ""

    def _leave(self, row: int, role: Role, what: str) -> None:
        column = self.columns[role][0]
        self.left.add(what, self.sheet.cell(row, column))
        self.account.leave(row, column, self.draft, what)

    def _split(self, row: int, column: int, mark: str) -> list[str]:
        parts = self.account.take(row, column).split(mark)
        return [part.strip() for part in parts if part.strip()]

    def _derived_weight(self, row: int) -> str:
        return self.account.take(row, columns.OWN.index(_WEIGHT))

    def _cite(self, row: int, letter: str) -> None:
        more = {"reliability": letter} if letter else {}
        named = [
            t for c in self.columns[Role.SOURCE] for t in self._split(row, c, "; ")
        ]
        links = [text for text in named if _URL.fullmatch(text)]
        names = [text for text in named if text not in links]
        place = self._value(row, Role.LOCATOR)
        if len(links) == len(names) == 1:  # a name and where it is to be found
            more["url"] = links.pop()
        for text in names + links:
            found = _AT.fullmatch(text)
            name, at = (found[1], found[2]) if found else (text, place)
            facts = more | ({"url": name} if _URL.fullmatch(name) else {})
            self.draft.cite(row, self.draft.source(name, **facts), at)
        if letter and not named:
            said = f"the reliability {letter} of a source that is not named"
            self._leave(row, Role.RELIABILITY, said)
        if place and not named:
            self._leave(row, Role.LOCATOR, "the place in a source that is not named")


def in_order(labels: Sequence[str]) -> bool:
    """Tell whether things that bear these labels stay in the order of the file."""
    plain = [natural(" ".join(label.split())) for label in labels]
    return all(one < other for one, other in pairwise(plain))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
