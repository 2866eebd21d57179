"""An entry of the ledger in words: what it changed, named as it was called then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workbench.case import folder
from workbench.case.document import CODES
from workbench.case.entry import OF_CELL, UNRATED, Change, EntryKind, Part
from workbench.case.model import Case, Consistency, Source
from workbench.wording import clipped, named, quoted
from workbench.wording.moved import value

FIELDS: Final[Mapping[str, str]] = {
    "as_of": "evidence to",
    "predicts": "indicators",
    "refuted_by": "what would refute it",
    "breaks_if": "what would show it false",
    "sources": "what it cites",
    "url": "address",
    "on": "noted on",
}
PARTS: Final[Mapping[str, str]] = {
    part.value: part.value.replace("-", " ") for part in Part
}
_PLAIN: Final[Mapping[EntryKind, str]] = {
    EntryKind.CREDIBILITY: "Credibility of",
    EntryKind.RELEVANCE: "Relevance of",
    EntryKind.EMPHASIS: "Emphasis of",
    EntryKind.ORIGIN: "Origin of",
    EntryKind.PRIOR: "Prior of",
    EntryKind.PROBABILITY: "Probability, as estimated directly, of",
}
_OTHER: Final[Mapping[EntryKind, str]] = {
    EntryKind.SEEN: "A break of the ledger marked as seen",
    EntryKind.SUGGESTION: "Suggestion",
    EntryKind.PUBLICATION: "Judgments published as the case's baseline",
}
_ROUNDS: Final[Mapping[str, str]] = {
    "begin": "A round begun: the case frozen, to be rated blind",
    "lock": "Ratings locked in the round",
    "unlock": "The lock of one's ratings in the round taken back",
    "deadline": "Another deadline set for the round",
    "reveal": "The round revealed",
    "rerate": "A second rating asked for, in private",
    "close": "The round closed",
}
_SILENT: Final = (EntryKind.SEEN, EntryKind.PUBLICATION)
_CALLED: Final = {"hypotheses": "hypothesis", "evidence": "item", "sources": "source"}


@dataclass(frozen=True)
class Mention:
    """A thing as a line names it, and the id that it had."""

    name: str
    kind: str  # item, hypothesis or source, as links have it
    id: str


@dataclass(frozen=True)
class Line:
    """An entry in words. `said` names all `mentions`."""

    said: str
    because: str = ""
    mentions: tuple[Mention, ...] = ()
    undoes: bool = False


def logged(change: Change, before: Case, after: Case) -> Line:
    """Word what an entry changed; the case is given as before it and after it."""
    mentions = _mentions(change, before, after)
    names = {(one.kind, one.id): one.name for one in mentions}
    said = _said(change, before, after, names)
    undoes = change.undoes is not None and change.kind is not EntryKind.COMMENT
    # Of a merge that is what the item was called, and no reason.
    because = "" if change.kind is EntryKind.MERGE else change.because
    return Line(said, because, tuple(mentions), undoes)


def _mentions(change: Change, before: Case, after: Case) -> list[Mention]:
    found = []
    if change.evidence is not None:
        item = after.item.get(change.evidence) or before.item.get(change.evidence)
        name = named(item) if item else quoted(change.evidence)
        found.append(Mention(name, "item", change.evidence))
    if change.hypothesis is not None:
        id_ = change.hypothesis
        one = after.hypothesis.get(id_) or before.hypothesis.get(id_)
        name = named(one) if one else quoted(id_)
        found.append(Mention(name, "hypothesis", id_))
    if change.source is not None:
        source = after.source.get(change.source) or before.source.get(change.source)
        name = _spoken(source, change.source)
        found.append(Mention(name, "source", change.source))
    if change.kind is EntryKind.DOCUMENT:
        part, _, name = (change.part or "").partition("/")
        id_ = name.removesuffix(".yaml")
        if part == folder.EVIDENCE and (
            thing := after.item.get(id_) or before.item.get(id_)
        ):
            found.append(Mention(named(thing), "item", id_))
        elif part == folder.HYPOTHESES and (
            h := after.hypothesis.get(id_) or before.hypothesis.get(id_)
        ):
            found.append(Mention(named(h), "hypothesis", id_))
    return found


def _spoken(source: Source | None, id_: str) -> str:
    return clipped(source.spoken) if source else quoted(id_)


Names = Mapping[tuple[str, str], str]


def _said(change: Change, before: Case, after: Case, names: Names) -> str:
    kind = change.kind
    if not isinstance(kind, EntryKind):
        return f"Something that this program does not know ({clipped(str(kind), 24)})"
    item = names.get(("item", change.evidence or ""), "")
    hypothesis = names.get(("hypothesis", change.hypothesis or ""), "")
    if kind is EntryKind.MERGE:
        into = after.item.get(str(change.to)) or before.item.get(str(change.to))
        name = named(into) if into else quoted(str(change.to))
        return f"{clipped(change.because)} merged into {name}"
    if kind is EntryKind.DOCUMENT:
        return _document(change, before, after, names)
    if kind in OF_CELL or kind is EntryKind.ROUND:
        return _of_cell(change, after, f"{item} against {hypothesis}")
    if kind is EntryKind.EXCLUSION:
        stands = change.to if change.to is not None else not _counts(change, after)
        return f"{item} {'set aside' if stands else 'counted'}"
    if kind is EntryKind.SOURCE_EMPHASIS:
        source = names.get(("source", change.source or ""), "")
        return f"Emphasis of {source}: {_values(change)}"
    if kind in _PLAIN:
        return f"{_PLAIN[kind]} {item or hypothesis}: {_values(change)}"
    if kind is EntryKind.COMMENT:
        cell = " against ".join(filter(None, (item, hypothesis)))
        return f"Comment on {cell}{' withdrawn' if change.undoes is not None else ''}"
    if kind is EntryKind.RERATING:
        cell = f"{item} against {hypothesis} rated again, {change.from_} to {change.to}"
        return cell if item else "Cells of one's own drawn, to be rated again"
    return _of_part(kind, change, hypothesis)


def _of_cell(change: Change, after: Case, cell: str) -> str:
    if change.kind is EntryKind.ROUND:
        adjudicated = f"{cell} adjudicated" if change.evidence else "Round"
        return _ROUNDS.get(str(change.part), adjudicated)
    if change.kind is EntryKind.RATING:
        return f"{cell}: {change.from_ or UNRATED} to {_code(change, after)}"
    return f"{'Reason' if change.because else 'Reason taken away'} of {cell}"


def _of_part(kind: EntryKind, change: Change, hypothesis: str) -> str:
    """Word what is about neither an item nor a source."""
    part = change.part or ""
    if kind is EntryKind.LIKELIHOOD:
        meaning = Consistency(part).meaning if part in CODES else part
        return f"Likelihood of {meaning} evidence: {_values(change)}"
    if kind is EntryKind.NARRATIVE:
        became = f"{_quoted(change.from_)} became {_quoted(change.to)}"
        return f"Report, {PARTS.get(part, part)}: {became}"
    if kind is EntryKind.CERTAINTY:
        doubt = part.replace("-", " ")
        return f"Doubt about {hypothesis} ({doubt}): {change.to or 'open again'}"
    if kind is EntryKind.SNAPSHOT:
        return f"Snapshot {quoted(part)} saved"
    if kind is EntryKind.RENAME:
        return f"Id of a {_CALLED.get(part, 'thing')}: {change.from_} to {change.to}"
    if kind is EntryKind.IMPORT:
        return f"Brought in from {quoted(part)}: {change.to}"
    if kind is EntryKind.ROLE:
        held, given = change.from_ or "none", change.to or "none"
        return f"Role of {clipped(part)}: {held} to {given}"
    if kind in _SILENT or not isinstance(change.to, str):
        return _OTHER[kind]
    return f"{_OTHER[kind]}: {clipped(change.to)}"


def _code(change: Change, after: Case) -> str:
    """Give the code that a rating goes to; null goes back to what is published."""
    if change.to is not None:
        return str(change.to)
    item = after.item.get(change.evidence or "")
    published = item and item.ratings.get(change.hypothesis or "")
    code = published.consistency.value if published else UNRATED
    return f"{code}, as published"


def _counts(change: Change, after: Case) -> bool:
    item = after.item.get(change.evidence or "")
    return item is None or item.status == "active"


def _values(change: Change) -> str:
    kind = change.kind
    to = "as published" if change.to is None else value(kind, change.to)
    return f"{value(kind, change.from_)} to {to}"


def _quoted(found: object) -> str:
    return quoted(str(found)) if found else "nothing"


def _document(change: Change, before: Case, after: Case, names: Names) -> str:
    path = change.part or ""
    if path == folder.QUESTION_FILE:
        return "Text of the question changed"
    if path == folder.SOURCES_FILE:
        was, now = set(before.source), set(after.source)
        told = [
            f"source {_spoken(case.source[id_], id_)} {verb}"
            for ids, case, verb in (
                (now - was, after, "added"),
                (was - now, before, "deleted"),
            )
            for id_ in sorted(ids)
        ]
        said = ", ".join(told) or "texts of the sources changed"
        return said[0].upper() + said[1:]
    name = next(iter(names.values()), quoted(path))
    if change.to is None:
        return f"{name} deleted"
    part, _, file = path.partition("/")
    id_ = file.removesuffix(".yaml")
    things = before.item if part == folder.EVIDENCE else before.hypothesis
    new = change.from_ is None and id_ not in things
    return f"{name} added" if new else f"Text of {name} changed"
