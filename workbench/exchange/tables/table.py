"""A matrix as analysts keep it in a table, read into a case; no file format is known.

Hypotheses stand across or down, ratings are codes, words, signs or numbers. What was
taken for what is said, and each cell that was not read is listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from workbench.exchange.choices import NONE, Choices, Role
from workbench.exchange.draft import Draft
from workbench.exchange.imported import Cell, Imported, Taken, Unreadable
from workbench.exchange.places import Places
from workbench.exchange.tables import (
    analysts,
    around,
    columns,
    fills,
    scale,
    side_by_side,
)
from workbench.exchange.tables.account import Account
from workbench.exchange.tables.blocks import apart
from workbench.exchange.tables.items import Items, in_order
from workbench.exchange.tables.layout import Layout, proposed
from workbench.exchange.tables.marks import Marks, marked
from workbench.exchange.tables.orientation import oriented
from workbench.exchange.tables.rows import Row, Rows, may_be_scores
from workbench.exchange.tables.sheet import NoMatrix, Sheet
from workbench.wording import counted, listed, quoted

_EXAMPLES: Final = 40
_SCORES: Final = "scores, which are worked out anew"


def read(sheet: Sheet, format_: str, choices: Choices = NONE) -> tuple[Imported, ...]:
    """Read the matrices of a sheet; mostly it is one.

    What is not one beside another is listed there. Raises Unreadable.
    """
    sheet = fills.shown(sheet)
    ours = any(map(columns.ours, sheet.lines))  # and holds one matrix, all of it items
    parts = (sheet,) if ours else apart(sheet)
    found: list[Imported] = []
    faults: list[tuple[Sheet, Unreadable]] = []
    for part in parts:
        try:
            each = (part,) if ours else side_by_side.apart(part)
            own = [(one.name, _read(one, format_, choices, ours=ours)) for one in each]
            found += analysts.joined_up(own)
        except Unreadable as fault:
            faults.append((part, fault))
            if len(parts) > 1 and not isinstance(fault, NoMatrix):
                raise
    if not found:
        part, first = faults[0]
        first.taken = proposed(part, choices)
        raise first
    if len(found) > 1:  # one analyst above the other, each under a title
        found = [*analysts.joined_up([(one.case.question.title, one) for one in found])]
    return (_with_left(found[0], [part for part, _ in faults]), *found[1:])


def _read(sheet: Sheet, format_: str, choices: Choices, *, ours: bool) -> Imported:
    plain, marks = marked(sheet, choices.words, legends=not ours)
    return _Reading(oriented(plain, marks, choices), marks, format_).imported()


def _with_left(found: Imported, parts: Sequence[Sheet]) -> Imported:
    """List the cells of parts that hold no matrix."""
    left = [
        Cell(part.cell(row, column), text, "a part without a matrix")
        for part in parts
        for row in part.rows
        for column, text in part.filled(row)
    ]
    if not left:
        return found
    dropped = (*found.dropped, f"{counted(len(left), 'cell')} outside the matrix")
    return replace(found, left=(*found.left, *left), dropped=dropped)


class _Reading:
    """Carries a layout over into a draft: question, hypotheses, then row by row."""

    def __init__(self, layout: Layout, marks: Marks, format_: str) -> None:
        self.layout, self.sheet, self.marks = layout, layout.sheet, marks
        self.account = Account(self.sheet)
        self.titles, self.listing = around.titles_of_labels(layout, marks)
        above = around.above(layout, self.listing, self.account)
        self.draft = Draft(format_, above.question)
        for said in (*self.sheet.understood, *self._layout_said(), *above.said):
            self.draft.understood(said)
        for left in self.sheet.dropped:
            self.draft.drop(left)
        self.left = Places(self.draft.drop)
        for line in above.scores:
            self.left.add(_SCORES, f"row {self.sheet.numbers[line]}")
        self._hypotheses()
        self.items = Items(layout, self.draft, self.account, self.left)
        self.scale = self._scale()

    def imported(self) -> Imported:
        for said in self.scale.said:
            self.draft.understood(said)
        for advice in self.scale.advice:
            self.draft.advise(advice)
        self._rows()
        self.account.close(self.draft)
        self.left.tell()
        self.items.noted.tell()
        texts = self._rating_texts()
        words = [text for text in texts if text in self.scale.open]
        return self.draft.finish(taken=self._taken(), unknown=words)

    # -------------------------------------------------------------- the matrix

    def _layout_said(self) -> Iterator[str]:
        sheet, layout = self.sheet, self.layout
        header = sheet.row(layout.header)
        if layout.own:
            yield "The file is a table that this workbench wrote"
        if sheet.turned:
            yield "Hypotheses stand in rows, items in columns"
        else:
            yield "Items stand in rows, hypotheses in columns"
        verb = "holds"
        if layout.top != layout.header:
            header, verb = f"{sheet.row(layout.top)} with {header}", "hold"
        names = "hypotheses" if sheet.turned else "columns"
        yield f"{header[:1].upper()}{header[1:]} {verb} the names of the {names}"
        if sheet.legends:
            yield f"A legend stands in {listed(list(sheet.legends))}"

    def _hypotheses(self) -> None:
        layout = self.layout
        self._take_names()
        for line in self.listing:
            self.account.take_line(line)
        split = [columns.hypothesis(one.name) for one in layout.hypotheses]
        labelled = all(split)
        own = [one.name.partition(" ") for one in layout.hypotheses]
        ordered = layout.own and in_order([label for label, _, _ in own])
        for one, parts in zip(layout.hypotheses, split, strict=True):
            label, title = "", one.name
            if ordered:
                label, _, title = one.name.partition(" ")
                title = title or label
            elif labelled and parts and not layout.own:
                label, title = parts
                title = title or self.titles.get(label, "") or label
            self.draft.hypothesis(one.place, title, label=label)
            place = self.sheet.column(one.place)
            said = f"{place[:1].upper()}{place[1:]} is hypothesis {quoted(one.name)}"
            if one.because is not None:
                said += f", {self.sheet.column(one.because)} its reasons"
            self.draft.understood(said)

    def _take_names(self) -> None:
        """Take the names that say what a column is; others are listed at the end."""
        layout = self.layout
        known = {*layout.roles, *layout.unknown}
        known |= {one.place for one in layout.hypotheses}
        known |= {c for one in layout.hypotheses if (c := one.because) is not None}
        for row in range(layout.top, layout.header + 1):
            for column, text in self.sheet.filled(row):
                generic = columns.name(text) in columns.HYPOTHESES | columns.RATING
                named = column in known and text in layout.names.get(column, "")
                if named or generic:
                    self.account.take(row, column)

    def _taken(self) -> list[Taken]:
        roles = dict(self.layout.roles)
        for one in self.layout.hypotheses:
            roles[one.place] = Role.HYPOTHESIS
            if one.because is not None:
                roles[one.because] = Role.REASON
        for role, places in self.items.columns.items():
            roles |= {c: role for c in places if c in roles}
        places = sorted({*roles, *self.layout.names, *self.layout.unknown})
        return [
            Taken(
                self.layout.head(column),
                self.sheet.column(column),
                roles.get(column),
                self._example(column),
            )
            for column in places
        ]

    def _example(self, column: int) -> str:
        texts = (self.sheet.at(row, column) for row in self._body)
        return next((text[:_EXAMPLES] for text in texts if text), "")

    @property
    def _body(self) -> range:
        return range(self.layout.header + 1, self.sheet.rows.stop)

    def _rating_texts(self) -> list[str]:
        found: dict[str, None] = {}
        for row in self._body:
            if may_be_scores(self.items, row) or not self.items.named(row):
                continue
            for one in self.layout.hypotheses:
                if text := self.sheet.at(row, one.place):
                    found[text] = None
        return list(found)

    def _scale(self) -> scale.Scale:
        """Read all the ratings together; rows that may be scores are left aside."""
        texts = dict.fromkeys(self._rating_texts())
        read = scale.read(texts, self.marks.legend, self.marks.chosen)
        every = {
            text: None
            for row in self._body
            for one in self.layout.hypotheses
            if (text := self.sheet.at(row, one.place))
        }
        known = scale.read(every, self.marks.legend, self.marks.chosen).meanings
        meanings = {t: m for t, m in known.items() if t not in read.open}
        meanings |= read.meanings
        return scale.Scale(meanings, read.open, read.said, read.advice)

    def _rows(self) -> None:
        rows = Rows(self.layout, self.items, self.scale, self.listing)
        for row, kind in rows.kinds():
            if kind is Row.ITEM:
                self._item(row)
            elif kind is Row.NAMES:
                self.items.noted.add("The names are repeated", self.sheet.row(row))
                self.account.take_row(row)
            elif kind is Row.NOTE and row in self.listing and not self.sheet.turned:
                continue
            elif kind is Row.NOTE:
                self._leave_note(row)
            else:
                self.left.add(_SCORES, self.sheet.row(row))
                self._leave_row(row, _SCORES)
                if kind is Row.DOUBTFUL:
                    self._doubt(row)

    def _leave_row(self, row: int, why: str) -> None:
        for column, _ in self.sheet.filled(row):
            self.account.leave(row, column, self.draft, why)

    def _doubt(self, row: int) -> None:
        name = self.items.named(row)
        called = f"is called {quoted(name)}" if name else "has no title"
        place = self.sheet.row(row)
        self.draft.unread(place, name, "scores, or an item", weighs=True)
        self.draft.advise(
            f"{place} {called}, and its numbers may be ratings or be worked out from "
            "the others; give it the title of an item, or take it out"
        )

    def _leave_note(self, row: int) -> None:
        text = " ".join(text for _, text in self.sheet.filled(row))
        self.left.add("a heading or a note", f"{quoted(text)} in {self.sheet.row(row)}")
        self._leave_row(row, "a heading or a note")

    def _item(self, row: int) -> None:
        self.items.add(row)
        for one in self.layout.hypotheses:
            because = ""
            if one.because is not None:
                because = self.account.take(row, one.because)
            text = self.account.take(row, one.place)
            found = self.scale.meanings.get(text)
            place = self.sheet.cell(row, one.place)
            if found:
                reason = "\n".join(filter(None, (found[1], because)))
                self.draft.rate(row, one.place, found[0], reason, place=place)
                continue
            if text in self.scale.meanings:
                self.draft.unrated()
            elif text:
                why = self.scale.open.get(text, f"{quoted(text)}, which is no rating")
                self.draft.unread(place, text, why)
            if because:
                self.left.add("a reason beside an unrated cell", place)
                self.account.leave(
                    row, one.because or 0, self.draft, "a reason without a rating"
                )
