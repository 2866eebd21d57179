"""Ratings of a file that is no table, gathered first and read together at the end.

What a sign or a number means is said by all of them, as in a table. Where they stand in
a file is known to its format alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final, NamedTuple

from workbench.case.model import Consistency
from workbench.exchange.choices import Choices
from workbench.exchange.draft import Draft
from workbench.exchange.fields import Fields
from workbench.exchange.imported import Imported
from workbench.exchange.tables import scale, written
from workbench.wording import quoted

_RATING: Final = ("rating", "code", "value", "score", "consistency", "answer")
_REASON: Final = ("because", "reason", "reasoning", "note", "notes", "explanation")
_LEVELS: Final = ("credibility", "relevance")


class _Cell(NamedTuple):
    item: Hashable
    hypothesis: Hashable
    text: str
    because: str
    place: str
    analyst: str = ""


class RatedCells:
    """Gathers cells; `told` is what the file's legend says, `choices` a person's."""

    def __init__(
        self, draft: Draft, choices: Choices, told: Mapping[str, Consistency]
    ) -> None:
        self.draft, self.choices, self.told = draft, choices, told
        self._cells: list[_Cell] = []

    def add(
        self,
        item: Hashable,
        hypothesis: Hashable,
        value: Any,  # noqa: ANN401  JSON
        place: str,
        analyst: str = "",
    ) -> None:
        """Take one value: a text, a number, or an object with a rating and a reason."""
        because = ""
        if isinstance(value, dict):
            one = Fields(value, place)
            because = next((t for k in _REASON if (t := _text(one.take(k)))), "")
            key = next((k for k in _RATING if one.take(k) not in (None, "")), None)
            value = one.take(key) if key else None
            one.leave(self.draft, "a rating")
            if key is None and because:
                self.draft.left(place, because, "a reason beside an unrated cell")
        text = _text(value)
        if text:
            self._cells.append(_Cell(item, hypothesis, text, because, place, analyst))

    def finish(self) -> Imported:
        """Read all the cells, and give the matrix."""
        texts = dict.fromkeys(cell.text for cell in self._cells)
        read = scale.read(texts, self.told, self.choices.words)
        for said in read.said:
            self.draft.understood(said)
        for advice in read.advice:
            self.draft.advise(advice)
        for cell in self._cells:
            if found := read.meanings.get(cell.text):
                reason = "\n".join(filter(None, (found[1], cell.because)))
                self.draft.rate(
                    *(cell.item, cell.hypothesis, found[0], reason, cell.analyst),
                    place=cell.place,
                )
            elif cell.text in read.meanings:
                self.draft.unrated()
            else:
                self.draft.unread(cell.place, cell.text, read.open[cell.text])
        return self.draft.finish(unknown=[t for t in texts if t in read.open])


def levels(draft: Draft, one: Fields) -> dict[str, Any]:
    """Read an item's credibility and relevance, or its weight; "" is medium."""
    found: dict[str, Any] = {}
    names = [name for name in _LEVELS if _text(one.take(name))]
    weight = _text(one.take("weight"))
    for name, text in [(n, _text(one.take(n))) for n in names] or [("weight", weight)]:
        if not text:
            continue
        level = written.level(text)
        if level is None and not (grade := written.grade(text)):
            said = f"{quoted(text)}, which is no level; the item counts as medium"
            draft.unread(one.at(name), text, said, weighs=True)
        elif level is None:
            found["grade"] = grade
        else:
            found["credibility" if name == "weight" else name] = level
    if names and weight:
        draft.drop("the weight of an item, which is worked out from its levels")
    return found


def _text(value: Any) -> str:  # noqa: ANN401  JSON
    if value is None or isinstance(value, bool | list | dict):
        return "" if value is None or value == [] else str(value)
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()
