"""Write an analyst's judgments into a case's files, as its new published baseline.

First a plan, to be looked at; then the same plan applied. What has no place in an
item's file, the emphases, is listed and left to the analyst.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from workbench.case import folder
from workbench.case.document import EVIDENCE_KEYS, evidence_document
from workbench.case.entry import EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import NEUTRAL_EMPHASIS, Case, Evidence, Level, Rating
from workbench.case.nodes import Faults, compose
from workbench.case.reading import read_evidence
from workbench.case.splice import CannotSplice, drop, put, shape
from workbench.errors import WorkbenchError

REWRITTEN: Final = "the file is written anew in the standard form, without its comments"
DROPPED: Final = "the old reason, which argued for another code, is dropped"
_BOM: Final = "\ufeff"
_KEPT: Final = {
    EntryKind.PRIOR: "priors of hypotheses",
    EntryKind.LIKELIHOOD: "likelihoods of the convention",
    EntryKind.PROBABILITY: "estimates of probability",
    EntryKind.NARRATIVE: "parts of the report written by hand",
}
Orders: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class FileChange:
    """One evidence file: its name in the case, both texts, what changes in words."""

    file: str
    old: str
    new: str
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What publishing would do. `kept` lists what no file of a case has a place for."""

    folder: Path
    files: tuple[FileChange, ...]
    kept: tuple[str, ...]


def plan(where: Path, case: Case, judgments: Judgments) -> Plan:
    """Find what has to change in the files of a case for judgments to be its baseline.

    Raises WorkbenchError where a file no longer says what the case says.
    """
    files = []
    for item in case.evidence:
        intended = published(case, item, judgments)
        if intended != item:
            files.append(_file(where, case, item, intended))
    return Plan(where, tuple(files), tuple(_kept(case, judgments)))


def published(case: Case, item: Evidence, judgments: Judgments) -> Evidence:
    """Give an item as it is published with the judgments in it."""
    ratings = {}
    for id_ in dict.fromkeys([*case.hypothesis, *item.ratings]):
        if (rating := judgments.rating(item, id_)) is not None:
            ratings[id_] = rating
    active = judgments.active(item)
    return replace(
        item,
        ratings=ratings,
        credibility=judgments.level_of(item, EntryKind.CREDIBILITY),
        relevance=judgments.level_of(item, EntryKind.RELEVANCE),
        origin=judgments.origin(item),
        status="active" if active else "set-aside",
    )


def apply(found: Plan) -> None:
    """Write the files of a plan, each atomically.

    Raises WorkbenchError, and writes nothing, where a file changed after the plan.
    """
    for change in found.files:
        if _read(found.folder, change.file) != change.old:
            said = "changed since the preview; look at it again, then publish"
            raise WorkbenchError(f"{change.file}: {said}; nothing was written")
    for number, change in enumerate(found.files):
        try:
            folder.write_text(found.folder / change.file, change.new)
        except OSError as error:
            said = f"cannot be written ({error.strerror})"
            done = f"{number} of {len(found.files)} files are published"
            raise WorkbenchError(f"{change.file}: {said}; {done}") from error


def difference(found: Plan) -> str:
    """Give the plan as a unified difference."""
    lines: list[str] = []
    for change in found.files:
        lines += difflib.unified_diff(
            _lines(change.old),
            _lines(change.new),
            f"a/{change.file}",
            f"b/{change.file}",
            lineterm="",
        )
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    end = lines.pop()
    return [*lines, *([f"{end}\n\\ No newline at end of file"] if end else [])]


# ------------------------------------------------------------------ one file


def _read(where: Path, file: str) -> str:
    try:
        return (where / file).read_bytes().decode("utf-8")
    except OSError as error:
        raise WorkbenchError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise WorkbenchError(f"{file}: not a text in UTF-8") from error


def _evidence(id_: str, text: str) -> Evidence | None:
    """Read an item back from a text; None where that gives faults."""
    faults = Faults(id_)
    node = compose(text.encode(), faults)
    if node is None:
        return None
    found = read_evidence(id_, node, faults)
    return None if faults.errors else found


def _file(where: Path, case: Case, item: Evidence, intended: Evidence) -> FileChange:
    file = f"{folder.EVIDENCE}/{item.id}.yaml"
    old = _read(where, file)
    if _evidence(item.id, old) != item:
        said = "no longer says what was read from it; load the case again"
        raise WorkbenchError(f"{file}: {said}")
    changes = tuple(_words(case, item, intended))
    try:
        new = _spliced(case, item, intended, old)
        if new is None:
            new = folder.dump(evidence_document(intended))
            changes = (*changes, REWRITTEN)
    except WorkbenchError as error:
        raise WorkbenchError(f"{file}: {error}") from error
    if _evidence(item.id, new) != intended:
        said = "no file of a case can hold this"
        raise WorkbenchError(f"{file}: {said}: {'; '.join(changes)}")
    return FileChange(file, old, new, changes)


def _spliced(case: Case, item: Evidence, intended: Evidence, old: str) -> str | None:
    """Edit the text in place; None where that does not come out as intended."""
    bom = _BOM if old.startswith(_BOM) else ""
    text = old.removeprefix(_BOM)
    orders = (EVIDENCE_KEYS, tuple(case.hypothesis), ("rating", "because"))
    try:
        for id_ in dict.fromkeys([*intended.ratings, *item.ratings]):
            was, now = item.ratings.get(id_), intended.ratings.get(id_)
            if was != now:
                text = _with_rating(text, id_, was, now, orders)
        for key in ("origin", "credibility", "relevance", "status"):
            value = getattr(intended, key)
            if value != getattr(item, key):
                put_ = value != ""
                text = put(text, (key,), value, orders) if put_ else drop(text, (key,))
    except CannotSplice:
        return None
    return bom + text if _evidence(item.id, text) == intended else None


def _with_rating(
    text: str, id_: str, was: Rating | None, now: Rating | None, orders: Orders
) -> str:
    path = ("ratings", id_)
    if now is None:
        return drop(text, path)
    code, because = now.consistency.value, now.because
    if was is None or shape(text, path) != "mapping":
        value = {"rating": code, "because": because} if because else code
        return put(text, path, value, orders)
    if code != was.consistency.value:
        text = put(text, (*path, "rating"), code, orders)
    if because and because != was.because:
        return put(text, (*path, "because"), because, orders)
    return drop(text, (*path, "because")) if was.because and not because else text


# ------------------------------------------------------------------ words


def _words(case: Case, item: Evidence, intended: Evidence) -> Iterator[str]:
    for id_, hypothesis in case.hypothesis.items():
        was, now = item.ratings.get(id_), intended.ratings.get(id_)
        if was != now:
            yield f"{item.label} against {hypothesis.label}: {_of_rating(was, now)}"
    for key in ("origin", "credibility", "relevance"):
        before, after = getattr(item, key), getattr(intended, key)
        if before != after:
            said = f"{_level(before)} becomes {_level(after)}"
            yield f"{item.label}: {key} {said}"
    if item.status != intended.status:
        active = intended.status == "active"
        yield f"{item.label}: {'counted again' if active else 'set aside'}"


def _of_rating(was: Rating | None, now: Rating | None) -> str:
    if now is None:
        return f"{was.consistency.value if was else ''} is taken out"
    reason = ", with a reason" if now.because else ""
    if was is None:
        return f"rated {now.consistency.value}{reason}"
    if was.consistency == now.consistency:
        if not now.because:
            return f"{now.consistency.value} stays, its reason is dropped"
        return f"{now.consistency.value} stays, with another reason"
    if was.because and not now.because:
        reason = f"; {DROPPED}"
    return f"{was.consistency.value} becomes {now.consistency.value}{reason}"


def _level(value: Level) -> str:
    return (value or "none") if isinstance(value, str) else f"{value:g}"


def _kept(case: Case, judgments: Judgments) -> Iterator[str]:
    for kind, found in judgments.beyond().items():
        if found:
            yield f"{_KEPT[kind]}: {len(found)}"
    for item in case.evidence:
        emphasis = judgments.emphasis(item.id)
        if emphasis != NEUTRAL_EMPHASIS:
            yield f"{item.label}: emphasis {emphasis:g}"
    for source in case.sources:
        emphasis = judgments.source_emphasis(source.id)
        if emphasis != NEUTRAL_EMPHASIS:
            yield f"{source.name}: emphasis {emphasis:g}"
