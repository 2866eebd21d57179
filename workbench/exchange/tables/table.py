"""A matrix as analysts keep it in a table, read into a case; no file format is known.

Hypotheses stand across or down, ratings are codes, words, signs or signed numbers. What
was taken for what is said, and so is all that was left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from workbench.case.model import Question
from workbench.exchange.draft import Draft, Imported
from workbench.exchange.places import Places
from workbench.exchange.tables import columns, written
from workbench.exchange.tables.columns import Role
from workbench.exchange.tables.items import Items
from workbench.exchange.tables.layout import Layout
from workbench.exchange.tables.marks import Mark, Marks, marked
from workbench.exchange.tables.orientation import oriented
from workbench.exchange.tables.sheet import Sheet
from workbench.exchange.tables.written import Scale, Unclear
from workbench.wording import listed, quoted

_QUESTION: Final = frozenset(
    {"question", "title", "topic", "problem", "focus question", "key question", "issue"}
)
_UNNAMED: Final = re.compile(
    r"(?:sheet|tabelle|feuille|hoja|foglio|blad|matrix|ach)[ _-]?[0-9]*", re.IGNORECASE
)
_SUM: Final = re.compile(r"[-+\u2212]?[0-9]+(?:[.,][0-9]+)?%?")
_WORKED_OUT: Final = re.compile(r"=.*|[-+\u2212\u2013]?[0-9.,]*[=%]?", re.DOTALL)
_LABEL: Final = 60
_PAIR: Final = 2
_SCORES: Final = "scores, which are worked out anew"


def read(sheet: Sheet, format_: str) -> Imported:
    """Read the matrix of a sheet.

    Raises Unreadable.
    """
    plain, marks = marked(sheet)
    return _Reading(oriented(plain, marks), marks, format_).imported()


def _is_worked_out(text: str) -> bool:
    return bool(_WORKED_OUT.fullmatch(text))


class _Reading:
    """Carries a layout over into a draft: question, hypotheses, then row by row."""

    def __init__(self, layout: Layout, marks: Marks, format_: str) -> None:
        self.layout, self.sheet, self.marks = layout, layout.sheet, marks
        self.titles, self.listing = self._titles_of_labels()
        self.said: list[str] = []
        self.scores: list[str] = []
        self.draft = Draft(format_, self._question())
        for said in (*self.sheet.understood, *self._layout_said(), *self.said):
            self.draft.understood(said)
        for left in self.sheet.dropped:
            self.draft.drop(left)
        self.left = Places(self.draft.drop)
        for place in self.scores:
            self.left.add(_SCORES, place)
        self._hypotheses()
        self.items = Items(layout, self.draft, self.left)
        self.scale = self._scale()

    def imported(self) -> Imported:
        for said in self.scale.said:
            self.draft.understood(said)
        self._rows()
        self.left.tell()
        self.items.noted.tell()
        return self.draft.finish()

    # -------------------------------------------------------------- above the matrix

    @property
    def _lines_above(self) -> range:
        """The places in the file of the lines above the matrix, turned or not."""
        if not self.sheet.turned:
            return range(self.layout.top)
        title = self.layout.of(Role.TITLE) or 0
        return range(min(title, *(one.place for one in self.layout.hypotheses)))

    def _question(self) -> Question:
        asked, kept = "", []
        for line in self._lines_above:
            filled = [text for text in self.sheet.lines[line] if text]
            names = {columns.name(text[:_LABEL]) for text in filled}
            if line in self.listing or names <= columns.HYPOTHESES | columns.EVIDENCE:
                continue
            first, *rest = filled
            key = columns.name(first[:_LABEL])
            opening, colon, after = first.partition(":")
            if rest and key in _QUESTION and not asked:
                asked = rest[0]
            elif rest and sum(map(_is_worked_out, rest)) >= min(len(rest), _PAIR):
                self.scores.append(f"row {self.sheet.numbers[line]}")
            elif colon and columns.name(opening) in _QUESTION and after.strip():
                asked = asked or after.strip()
            else:
                kept.append((line, " ".join(dict.fromkeys(filled))))
        where = "above the matrix"
        if not asked and kept:
            line, asked = kept.pop(0)
            where = f"in row {self.sheet.numbers[line]}"
        if asked:
            self.said.append(f"The question is the text {where}: {quoted(asked)}")
        elif self.sheet.name and not _UNNAMED.fullmatch(self.sheet.name):
            asked = self.sheet.name
            self.said.append(f"The question is the name of the sheet, {quoted(asked)}")
        if kept:
            rows = listed([str(self.sheet.numbers[line]) for line, _ in kept])
            self.said.append(f"The text in row {rows} is kept as the background")
        return Question(asked, asked, background="\n".join(text for _, text in kept))

    def _titles_of_labels(self) -> tuple[dict[str, str], set[int]]:
        """Find what H1, H2 stand for where the matrix names no more than that."""
        split = [columns.hypothesis(one.name) for one in self.layout.hypotheses]
        bare = {one[0] for one in split if one and not one[1]}
        titles: dict[str, str] = {}
        listing = set()
        names = range(self.layout.top, self.layout.header + 1)
        for line, texts in enumerate(self.sheet.lines) if bare else ():
            filled = [text for text in texts if text]
            if len(filled) > _PAIR or (line in names and not self.sheet.turned):
                continue
            found = columns.hypothesis(" ".join(filled))
            rated = self.marks.marks.get(filled[-1]) is not Mark.TEXT
            if found and found[1] and found[0] in bare and not rated:
                titles.setdefault(*found)
                listing.add(line)
        return titles, listing

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

    def _hypotheses(self) -> None:
        layout = self.layout
        split = [columns.hypothesis(one.name) for one in layout.hypotheses]
        labelled = all(split)
        for one, parts in zip(layout.hypotheses, split, strict=True):
            label, title = "", one.name
            if layout.own:
                label, _, title = one.name.partition(" ")
                title = title or label
            elif labelled and parts:
                label, title = parts
                title = title or self.titles.get(label, "") or label
            self.draft.hypothesis(one.place, title, label=label)
            place = self.sheet.column(one.place)
            said = f"{place[:1].upper()}{place[1:]} is hypothesis {quoted(one.name)}"
            if one.because is not None:
                said += f", {self.sheet.column(one.because)} its reasons"
            self.draft.understood(said)

    def _scale(self) -> Scale:
        """Read all the ratings together; the first place of an unclear one is told."""
        places: dict[str, tuple[int, int]] = {}
        for row in self._body:
            if self._is_foot(row):
                continue
            for one in self.layout.hypotheses:
                if text := self.sheet.at(row, one.place):
                    places.setdefault(text, (row, one.place))
        try:
            return written.scale(places, self.marks.legend)
        except Unclear as fault:
            place = self.sheet.cell(*places[fault.text])
            raise self.sheet.fault(
                f"{quoted(fault.text)} in {place}: {fault.advice}"
            ) from fault

    @property
    def _body(self) -> range:
        return range(self.layout.header + 1, self.sheet.rows.stop)

    def _is_foot(self, row: int) -> bool:
        items = self.items
        return columns.is_foot(items.title(row) or items.label(row))

    def _rows(self) -> None:
        body = [row for row in self._body if any(True for _ in self.sheet.filled(row))]
        rated = [row for row in body if self._rated(row) and not self._is_foot(row)]
        known = set(rated)
        last = rated[-1] if rated else self.sheet.rows.stop
        labels = any(self.items.label(row) for row in rated)
        below = False
        for row in body:
            if not self.sheet.turned and row in self.listing:
                continue
            below = below or (row > last and self.sheet.gap_before(row))
            name = self.items.title(row) or self.items.label(row)
            if columns.is_foot(name) or self._is_sum(row):
                self.left.add(_SCORES, self.sheet.row(row))
                below = below or row > last
            elif self._repeats_names(row):
                self.items.noted.add("The names are repeated", self.sheet.row(row))
            elif row not in known and self._is_note(row, below=below, labels=labels):
                self._leave_note(row)
            else:
                self._item(row)

    def _rated(self, row: int) -> bool:
        return any(
            self.sheet.at(row, one.place) in self.scale.meanings
            for one in self.layout.hypotheses
        )

    def _is_sum(self, row: int) -> bool:
        """Tell whether a row has numbers where the others have ratings."""
        texts = [self.sheet.at(row, one.place) for one in self.layout.hypotheses]
        found = [text for text in texts if text]
        return bool(found) and all(
            text not in self.scale.meanings and _SUM.fullmatch(text) for text in found
        )

    def _repeats_names(self, row: int) -> bool:
        names = [
            (
                self.sheet.at(row, one.place),
                self.sheet.at(self.layout.header, one.place),
            )
            for one in self.layout.hypotheses
        ]
        return any(there for there, _ in names) and all(a == b for a, b in names)

    def _is_note(self, row: int, *, below: bool, labels: bool) -> bool:
        """Tell a heading or a note from an item that nobody has rated."""
        filled = dict(self.sheet.filled(row))
        places = {one.place for one in self.layout.hypotheses}
        if self.sheet.heading(row, min(places)):
            return True
        strange = [c for c in filled if c in places]
        unrated = [c for c in strange if filled[c] in self.scale.meanings]
        if len(strange) - len(unrated) > 1:
            raise self.sheet.fault(
                f"{self.sheet.row(row)} holds texts where ratings are expected, "
                f"{quoted(filled[strange[0]])} in {self.sheet.cell(row, strange[0])}; "
                "put a second matrix, or notes, on a sheet or in a file of their own"
            )
        if not self.items.title(row):
            return not unrated
        return len(filled) == 1 and (below or labels)

    def _leave_note(self, row: int) -> None:
        text = " ".join(text for _, text in self.sheet.filled(row))
        self.left.add("a heading or a note", f"{quoted(text)} in {self.sheet.row(row)}")

    def _item(self, row: int) -> None:
        self.items.add(row)
        for one in self.layout.hypotheses:
            because = ""
            if one.because is not None:
                because = self.sheet.at(row, one.because)
            text = self.sheet.at(row, one.place)
            found = self.scale.meanings.get(text)
            place = self.sheet.cell(row, one.place)
            if found:
                reason = "\n".join(filter(None, (found[1], because)))
                self.draft.rate(row, one.place, found[0], reason)
                continue
            if text and text not in self.scale.meanings:
                what = f"{quoted(text)}, which is no rating; the cell stays unrated"
                self.left.add(what, place)
            if because:
                self.left.add("a reason beside an unrated cell", place)
