"""JSON of the plain shape that small tools and assistants write.

An object with hypotheses, evidence and a matrix between them, by id or by index; or
with the ratings inside each item.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from workbench.case.model import Kind, Question
from workbench.exchange import rated_cells
from workbench.exchange.content import Content, Format
from workbench.exchange.draft import Draft
from workbench.exchange.fields import Fields
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.rated_cells import RatedCells
from workbench.exchange.tables import legend, written

TITLE: Final = "Plain JSON (hypotheses, evidence, matrix)"
_HYPOTHESES: Final = ("hypotheses", "explanations")
_ITEMS: Final = ("evidence", "items", "evidence_items", "evidences")
_MATRIX: Final = ("matrix", "ratings", "scores", "cells", "assessments")
_TEXT: Final = ("title", "text", "name", "statement", "description", "label", "content")
_QUESTION: Final = ("question", "title", "topic", "name", "problem")
_ITEM: Final = ("evidence", "evidence_id", "item", "item_id", "evidenceId", "e")
_ANALYST: Final = ("analyst", "rater", "user", "author", "reviewer", "rated_by")
_HYPOTHESIS: Final = ("hypothesis", "hypothesis_id", "hypothesisId", "h")
_SHORT: Final = 8  # characters of an id that may be a label
_LEGEND: Final = ("legend", "scale", "key")


def recognises(content: Content) -> bool:
    """Tell whether a content is such an object."""
    return _inside(content.json) is not None


def _inside(found: Any) -> dict[str, Any] | None:  # noqa: ANN401  JSON
    """Give the object with hypotheses and items: the whole, or the one within it."""
    if not isinstance(found, dict):
        return None
    for one in (found, *found.values()):
        if (
            isinstance(one, dict)
            and any(isinstance(one.get(k), list | dict) for k in _HYPOTHESES)
            and any(isinstance(one.get(k), list | dict) for k in _ITEMS)
        ):
            return one
    return None


def read(content: Content) -> tuple[Imported, ...]:
    """Read the one matrix.

    Raises Unreadable.
    """
    return (_Reading(content).imported(),)


class _Reading:
    """One reading; keys are ids where things have them, else places in their lists."""

    def __init__(self, content: Content) -> None:
        self.top = top = Fields(_inside(content.json))
        self.ids: dict[str, dict[str, str]] = {"hypothesis": {}, "item": {}}
        asked = next((t for k in _QUESTION if (t := _plain(top.take(k)))), "")
        title = _plain(top.take("title")) or asked
        background = next(
            (
                t
                for k in ("background", "context", "description")
                if (t := _plain(top.take(k)))
            ),
            "",
        )
        self.draft = Draft(TITLE, Question(asked, title, background=background))
        told = _told(next((v for k in _LEGEND if (v := top.take(k))), None))
        self.cells = RatedCells(self.draft, content.choices, told)
        self.inside: list[tuple[str, Any, str]] = []

    def imported(self) -> Imported:
        self.hypotheses = self._things(_HYPOTHESES, "a hypothesis")
        self.items = self._things(_ITEMS, "an item")
        for place, value in self._matrices():
            self._matrix(value, place)
        for item, value, place in self.inside:
            self._row(item, value, place)
        self.top.leave(self.draft, "the file")
        return self.cells.finish()

    def _things(self, names: Sequence[str], what: str) -> list[str]:
        name = next(k for k in names if isinstance(self.top.take(k), list | dict))
        value = self.top.take(name)
        pairs: Iterator[tuple[str | None, Any]]
        pairs = (
            iter(value.items())
            if isinstance(value, dict)
            else ((None, one) for one in value)
        )
        found = []
        titles: list[str] = []
        for number, (key, one) in enumerate(pairs):
            place = f"{name}.{key}" if key else f"{name}[{number + 1}]"
            fields = Fields(one if isinstance(one, dict) else {"text": one}, place)
            id_ = key or _plain(fields.take("id")) or str(number)
            add = self._hypothesis if what == "a hypothesis" else self._item
            add(id_, fields, labelled=bool(key or fields.take("id")))
            fields.leave(self.draft, what)
            found.append(id_)
            titles.append(next((t for k in _TEXT if (t := _plain(fields.take(k)))), ""))
        known = self.ids[what.rsplit(maxsplit=1)[-1]]
        known |= {t: id_ for t, id_ in zip(titles, found, strict=True) if t}
        known |= {id_: id_ for id_ in found}
        return found

    def _texts(self, one: Fields) -> tuple[str, str]:
        """Give the title, and what else is said."""
        texts = [t for k in _TEXT if (t := _plain(one.take(k)))]
        title = texts[0] if texts else ""
        return title, next((text for text in texts[1:] if text != title), "")

    def _label(self, id_: str, one: Fields, *, labelled: bool) -> str:
        label = _plain(one.take("label"))
        if 0 < len(label) <= _SHORT:
            return label
        return id_ if labelled and len(id_) <= _SHORT else ""

    def _hypothesis(self, id_: str, one: Fields, *, labelled: bool) -> None:
        title, statement = self._texts(one)
        label = self._label(id_, one, labelled=labelled)
        self.draft.hypothesis(id_, title, statement=statement, label=label)

    def _item(self, id_: str, one: Fields, *, labelled: bool) -> None:
        title, statement = self._texts(one)
        more = rated_cells.levels(self.draft, one)
        if grade := written.grade(_plain(one.take("grade"))):
            more["grade"] = grade
        if kind := written.kind(_plain(one.take("kind") or one.take("type"))):
            more["kind"] = kind
        tags = one.take("tags")
        label = self._label(id_, one, labelled=labelled)
        self.draft.item(
            id_,
            title,
            statement=statement,
            label=label,
            date=one.day("date", self.draft),
            tags=tags if isinstance(tags, list) else (),
            caveat=_plain(one.take("caveat")),
            **({"kind": Kind.EVIDENCE} | more),
        )
        for name in ("source", "sources", "url"):
            value = one.take(name)
            for text in value if isinstance(value, list) else [value]:
                if named := _plain(text):
                    facts = {"url": named} if named.startswith("http") else {}
                    self.draft.cite(id_, self.draft.source(named, **facts))
        for name in _MATRIX:
            if one.take(name):
                self.inside.append((id_, one.take(name), one.at(name)))

    # -------------------------------------------------------------- the cells

    def _matrices(self) -> Iterator[tuple[str, Any]]:
        for name in _MATRIX:
            if isinstance(self.top.take(name), list | dict):
                yield name, self.top.take(name)

    def _matrix(self, value: Any, place: str) -> None:  # noqa: ANN401  JSON
        if isinstance(value, list) and any(
            isinstance(one, dict) and set(one) & set(_ITEM) for one in value
        ):
            for number, one in enumerate(value, start=1):
                self._pair(Fields(one, f"{place}[{number}]"))
            return
        if isinstance(value, list):
            wide = len(value) == len(self.hypotheses) != len(self.items)
            rows = self.hypotheses if wide else self.items
            if len(value) > len(rows):
                raise Unreadable(
                    f"{place}: {len(value)} rows for {len(rows)} items; give each item "
                    "a row, or name them by id"
                )
            for number, row in enumerate(value):
                self._row(rows[number], row, f"{place}[{number + 1}]", turned=wide)
            return
        turned = (
            value.keys() <= self.ids["hypothesis"].keys()
            and not value.keys() <= self.ids["item"].keys()
        )
        for key, row in value.items():
            self._row(
                self._known(key, place, turned=turned),
                row,
                f"{place}.{key}",
                turned=turned,
            )

    def _known(self, key: str, place: str, *, turned: bool) -> str:
        """Find a thing by its id or title, else by its place in the list, from 0."""
        names = self.hypotheses if turned else self.items
        if found := self.ids["hypothesis" if turned else "item"].get(key):
            return found
        if key.isdecimal() and int(key[:9]) < len(names):
            return names[int(key)]
        kind = "hypothesis" if turned else "item"
        raise Unreadable(f"{place}: no {kind} has the id {key[:40]!r}")

    def _row(self, one: str, row: Any, place: str, *, turned: bool = False) -> None:  # noqa: ANN401  JSON
        others = self.items if turned else self.hypotheses
        if isinstance(row, list):
            if len(row) > len(others):
                raise Unreadable(f"{place}: {len(row)} values; at most {len(others)}")
            pairs = list(zip(others, row, strict=False))
        elif isinstance(row, dict):
            pairs = [
                (self._known(k, place, turned=not turned), v) for k, v in row.items()
            ]
        else:
            raise Unreadable(f"{place}: use an object or a list of ratings")
        for number, (other, value) in enumerate(pairs, start=1):
            where = (
                f"{place}.{other}" if isinstance(row, dict) else f"{place}[{number}]"
            )
            item, hypothesis = (other, one) if turned else (one, other)
            self.cells.add(item, hypothesis, value, where)

    def _pair(self, one: Fields) -> None:
        item = next((one.take(k) for k in _ITEM if one.take(k) is not None), None)
        other = next(
            (one.take(k) for k in _HYPOTHESIS if one.take(k) is not None), None
        )
        if item is None or other is None:
            raise Unreadable(f"{one.where}: name an item and a hypothesis")
        found = self._known(str(item), one.where, turned=False)
        hypothesis = self._known(str(other), one.where, turned=True)
        known = (*_ITEM, *_HYPOTHESIS, *_ANALYST)
        value = {k: one.take(k) for k in one if k not in known}
        who = next((t for k in _ANALYST if (t := _plain(one.take(k)))), "")
        self.cells.add(found, hypothesis, value, one.where, who)


def _told(value: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    """Read a legend: a text, or an object of tokens and meanings."""
    found: dict[str, Any] = {}
    if isinstance(value, str):
        found = dict(legend.read(value))
    elif isinstance(value, Mapping):
        for token, said in value.items():
            entry = legend.pair(token, str(said), loose=True)
            found |= {legend.token(one): entry[1] for one in entry[0]} if entry else {}
    return {t: m for t, m in found.items() if not legend.is_plain(t, m)}


def _plain(value: Any) -> str:  # noqa: ANN401  JSON
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


FORMATS: Final = (Format(TITLE, recognises, read, chooses=True),)
