"""The case as it was: its texts at any moment, from what the ledger says of them.

A text that the ledger never spoke of counts as it is now. What is wrong with a text of
then is not said anew: a part that cannot be read any more stays as it is now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from workbench.case import folder
from workbench.case.entry import Entry, EntryKind
from workbench.case.model import Case
from workbench.case.nodes import Faults, compose
from workbench.case.reading import (
    read_evidence,
    read_hypothesis,
    read_question,
    read_sources,
)
from workbench.record.pen import text_digest

_UNKNOWN: Final = "?"  # no digest
LISTING: Final = (EntryKind.PUBLICATION, EntryKind.SNAPSHOT)
Digests = dict[str, str | None]


@dataclass(frozen=True)
class _Seen:
    """What an entry says of one text: the digest before and after, None for no file."""

    before: str | None
    after: str | None


def listed(digests: Mapping[str, str]) -> str:
    """List a case's texts: a line for each, its digest and its path."""
    return "".join(f"{name} {path}\n" for path, name in sorted(digests.items()))


def _read_list(text: str) -> dict[str, str]:
    lines = [line.partition(" ") for line in text.splitlines()]
    return {path: name for name, _, path in lines if path}


class Past:
    """Gives the case after each of a sequence of entries.

    case: as it is now. texts: those of its files now, by path. text_of: gives a kept
    text by digest, None where it was never kept.
    """

    def __init__(
        self,
        case: Case,
        entries: Sequence[Entry],
        texts: Mapping[str, str],
        text_of: Callable[[str], str | None],
    ) -> None:
        self.now = case
        self._texts, self._text_of = texts, text_of
        self._parts: dict[tuple[str, str], Any] = {}
        published = {
            one.action for one in entries if one.change.kind is EntryKind.PUBLICATION
        }
        self._seen = [self._of(one, published) for one in entries]
        spoken_of = {path for one in self._seen for path in one}
        self._digests = {
            path: text_digest(texts[path]) if path in texts else None
            for path in spoken_of
        }

    def cases(self) -> tuple[Case, list[Case]]:
        """Give the case before the first entry, and after each."""
        first: Digests = dict(self._digests)
        for seen in reversed(self._seen):
            for path, one in seen.items():
                first[path] = one.after if one.before == _UNKNOWN else one.before
        start = case = self._with(self.now, self._digests, first)
        stands, found = first, []
        for seen in self._seen:
            if seen:
                then = {path: one.after for path, one in seen.items()}
                case = self._with(case, stands, then)
                stands |= then
            found.append(case)
        return start, found

    def _of(self, entry: Entry, published: set[str]) -> dict[str, _Seen]:
        change = entry.change
        if change.kind is EntryKind.DOCUMENT and change.part:
            before, after = change.from_, change.to
            first_seen = before is None and entry.action in published
            return {
                change.part: _Seen(
                    _UNKNOWN if first_seen else _digest(before), _digest(after)
                )
            }
        if change.kind not in LISTING or not isinstance(change.to, str):
            return {}
        text = self._text_of(change.to)
        if text is None:
            return {}
        there = _read_list(text)
        paths = {*there, *self._texts}
        return {path: _Seen(_UNKNOWN, there.get(path)) for path in paths}

    def _with(self, case: Case, stands: Digests, then: Digests) -> Case:
        """Give a case with some of its texts replaced by those of other digests."""
        hypotheses: dict[str, Any] | None = None
        items: dict[str, Any] | None = None
        for path, digest in then.items():
            if stands.get(path, digest) == digest:
                continue
            found = self._part(path, digest)
            part, _, name = path.partition("/")
            id_ = name.removesuffix(".yaml")
            if path == folder.QUESTION_FILE:
                case = replace(case, question=found or case.question)
            elif path == folder.SOURCES_FILE:
                case = replace(case, sources=() if found is None else found)
            elif part == folder.HYPOTHESES:
                hypotheses = dict(case.hypothesis) if hypotheses is None else hypotheses
                _put(hypotheses, id_, found)
            else:
                items = dict(case.item) if items is None else items
                _put(items, id_, found)
        if hypotheses is not None:
            case = replace(case, hypotheses=tuple(hypotheses.values()))
        if items is not None:
            case = replace(case, evidence=tuple(items.values()))
        return case

    def _part(self, path: str, digest: str | None) -> Any:  # noqa: ANN401
        """Give what a path held under a digest, None for nothing."""
        if digest is None:
            return None
        if digest == self._digests.get(path):
            return self._present(path)
        key = (path, digest)
        if key not in self._parts:
            text = self._text_of(digest)
            found = None if text is None else _read(path, text)
            self._parts[key] = self._present(path) if found is None else found
        return self._parts[key]

    def _present(self, path: str) -> Any:  # noqa: ANN401
        part, _, name = path.partition("/")
        id_ = name.removesuffix(".yaml")
        if path == folder.QUESTION_FILE:
            return self.now.question
        if path == folder.SOURCES_FILE:
            return self.now.sources
        there = self.now.hypothesis if part == folder.HYPOTHESES else self.now.item
        return there.get(id_)


def _digest(value: object) -> str | None:
    return None if value is None else str(value)


def _put(things: dict[str, Any], id_: str, found: object | None) -> None:
    if found is None:
        things.pop(id_, None)
    else:
        things[id_] = found


def _read(path: str, text: str) -> Any:  # noqa: ANN401
    """Read a text of a case as what its path says it is, None where it is none."""
    faults = Faults(path)
    node = compose(text.encode(), faults)
    if node is None:
        return None
    part, _, name = path.partition("/")
    id_ = name.removesuffix(".yaml")
    if path == folder.QUESTION_FILE:
        found: Any = read_question(node, faults)
    elif path == folder.SOURCES_FILE:
        found = read_sources(node, faults)
    elif part == folder.HYPOTHESES:
        found = read_hypothesis(id_, node, faults)
    else:
        found = read_evidence(id_, node, faults)
    return None if faults.errors else found
