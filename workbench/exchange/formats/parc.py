"""Matrices of PARC ACH: `.achz`, and `.ach` without the packing.

The format is known at second hand, from what Burton's ACH reads: gzip, then UTF-16,
then XML with tags in capitals. So a tag that is not used is listed, none is required.
"""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from workbench.case import words
from workbench.case.model import EventDate, Kind, Question
from workbench.exchange import markup
from workbench.exchange.content import of_bytes
from workbench.exchange.draft import MAX_HYPOTHESES, Draft
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.packed import GZIP, ungzipped
from workbench.exchange.places import Places
from workbench.exchange.tables import written
from workbench.wording import clipped, counted, quoted

TITLE: Final = "PARC ACH (ACHZ)"
MAX_BYTES: Final = 32_000_000
_MAX_ELEMENTS: Final = 500_000
_MAX_TAGS: Final = 100
_LOOK: Final = 4_096
_TAGS: Final = re.compile(r"<(?:PROJECT-TITLE|MATRIX|HYPOTHESIS|EVIDENCE)[\s/>]")
_RECORDS: Final = ("HYPOTHESIS", "EVIDENCE")
_USED: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset({"PROJECT-TITLE", "CLASSIFICATION"}),
    "HYPOTHESIS": frozenset({"NAME"}),
    "EVIDENCE": frozenset(
        {"NAME", "NOTES", "LINK", "TYPE", "DATE", "CODE", "CREDIBILITY", "RELEVANCE"}
        | {"VALUES"}
    ),
}
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def recognises(data: bytes) -> bool:
    """Tell whether bytes are gzip data, as no other format here is, or PARC's XML."""
    if data.startswith(GZIP):
        return True
    try:
        encoding = _encoding(data[:_LOOK])
    except Unreadable:
        return False
    text = data[: 16 * _LOOK].decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    return text.startswith("<") and bool(_TAGS.search(text))


def read(data: bytes) -> tuple[Imported, ...]:
    """Read the one matrix of a file.

    Raises Unreadable.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(f"{len(data):,} bytes; at most {MAX_BYTES:,} are read")
    if data.startswith(GZIP):
        data = ungzipped(data, MAX_BYTES)
    encoding = _encoding(data[:_LOOK])
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the byte at {error.start:,} is no text in {encoding.upper()}; the file "
            "is damaged or cut short"
        ) from error
    found = _Records()
    pieces = (text.removeprefix("\ufeff").lstrip().encode("utf-8"),)
    markup.walk(pieces, found, "the XML", max_elements=_MAX_ELEMENTS, encoding="utf-8")
    return (_imported(found),)


def _encoding(head: bytes) -> str:
    """Give the encoding, by the byte order mark or by where the zero bytes stand.

    Raises Unreadable.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zeros = head[0:2048:2].count(0), head[1:2048:2].count(0)
    if not any(zeros):
        return "utf-8-sig"
    if min(zeros) < max(zeros) // 8:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    raise Unreadable(
        "no text in UTF-16 or UTF-8: it has no byte order mark, and its zero bytes "
        "stand where those of a text do not"
    )


class _Records:
    """Keeps the texts of hypotheses and evidence by tag, and counts all other tags."""

    def __init__(self) -> None:
        self.about: dict[str, str] = {}
        self.hypotheses: list[dict[str, str]] = []
        self.evidence: list[dict[str, str]] = []
        self.unused: Counter[str] = Counter()
        self._open: list[str] = []
        self._record: dict[str, str] = self.about
        self._kind = ""
        self._parts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.upper()
        self._parts = []
        if name in _RECORDS and not self._kind:
            self._kind, self._record = name, {}
            here = self.hypotheses if name == "HYPOTHESIS" else self.evidence
            here.append(self._record)
        elif name not in _USED[self._kind] and self._open and name != "MATRIX":
            self._note(f"{self._kind} {name}".strip())
        for key in attributes:
            self._note(f"{name} {key}=")
        self._open.append(name)

    def end(self, name: str) -> None:
        name = self._open.pop()
        if name == self._kind and self._open.count(name) == 0:
            self._kind, self._record = "", self.about
        elif name in _USED[self._kind]:
            if name in self._record:
                self._note(f"a second {self._kind} {name}")
            self._record.setdefault(name, "".join(self._parts).strip())
        self._parts = []

    def text(self, text: str) -> None:
        self._parts.append(text)

    def _note(self, tag: str) -> None:
        known = tag in self.unused or len(self.unused) < _MAX_TAGS
        self.unused[tag if known else "further tags"] += 1


def _imported(found: _Records) -> Imported:
    if not found.hypotheses and not found.evidence:
        raise Unreadable("the XML holds no HYPOTHESIS and no EVIDENCE")
    title = found.about.get("PROJECT-TITLE", "")
    marking = found.about.get("CLASSIFICATION", "")
    handling = written.marking(marking)
    draft = Draft(TITLE, Question(title, title, handling=handling))
    if title:
        draft.understood("The project's title is the question")
    for number, one in enumerate(found.hypotheses):
        draft.hypothesis(number, one.get("NAME", ""))
    left = Places(draft.drop)
    for number, one in enumerate(found.evidence):
        _item(draft, left, number, one)
        _rate(draft, left, number, one)
    left.tell()
    for tag, times in found.unused.items():
        draft.drop(f"the tag {tag}" + (f", {counted(times, 'time')}" * (times > 1)))
    return draft.finish()


def _item(draft: Draft, left: Places, number: int, one: Mapping[str, str]) -> None:
    more: dict[str, Any] = {"statement": one.get("NOTES", "")}
    tags = [one.get("CODE", "")]
    kind = written.collection(one.get("TYPE", ""))
    if kind == Kind.ASSUMPTION:
        more["kind"] = Kind.ASSUMPTION
    elif kind and not one.get("LINK"):
        tags.append(kind)
    for name in ("CREDIBILITY", "RELEVANCE"):
        if text := one.get(name, ""):
            level = written.level(text)
            if isinstance(level, str):
                more[name.lower()] = level
            else:
                draft.unread_weight(_place(number, name), text, "no level")
    if text := one.get("DATE", "").strip("0"):
        more["date"] = _date(text := one["DATE"])
        said = "Dates are days in UTC; one noted in another zone may be a day off"
        draft.understood(said)
        if more["date"] is None:
            left.add(f"DATE {quoted(text)}, which is no date", _name(number, one))
    more["tags"] = tuple(clipped(tag) for tag in tags if tag)
    draft.item(number, one.get("NAME", ""), **more)
    if link := one.get("LINK", ""):
        url = link if link.startswith(("http://", "https://")) else ""
        facts = {"kind": "" if kind == Kind.ASSUMPTION else kind, "url": url}
        draft.cite(number, draft.source(link, **facts))
        draft.understood("What LINK names is the item's source, and is not opened")


def _name(number: int, one: Mapping[str, str]) -> str:
    return quoted(one.get("NAME", "") or f"item {number + 1}")


def _date(text: str) -> EventDate | None:
    """Read milliseconds since 1970 as a day."""
    try:
        moment = _EPOCH + dt.timedelta(milliseconds=int(text[:20]))
    except (ValueError, OverflowError):
        return None
    return EventDate(moment.date().isoformat())


def _place(number: int, tag: str) -> str:
    return f"EVIDENCE {number + 1}, {tag}"


def _rate(draft: Draft, left: Places, number: int, one: Mapping[str, str]) -> None:
    name, values = _name(number, one), one.get("VALUES", "")
    parts = values.split(",", MAX_HYPOTHESES + 1) if values else []
    found = [value.strip() for value in parts]
    columns = 0
    for place, value in enumerate(found):
        where = f"{_place(number, 'VALUES')} {place + 1}"
        if not draft.has_hypothesis(place):
            said = "values beyond the last hypothesis"
            left.add(said, name)
            draft.left(where, ",".join(found[place:]), said)
            return
        columns = place + 1
        consistency = words.meaning(value)
        if consistency:
            draft.rate(number, place, consistency, place=where)
        elif value:
            draft.unread_rating(where, value)
        else:
            draft.understood("An empty value is an unrated cell")
    if draft.has_hypothesis(columns):
        left.add("fewer values than hypotheses; the rest stays unrated", name)


FORMATS: Final = (of_bytes(TITLE, recognises, read),)
