"""What people say to each other about an item, a hypothesis or a cell of a case.

A comment is an entry that is never changed; who wrote it can withdraw it by another. It
decides nothing: no number and no judgment follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from workbench.case.entry import Entry, EntryKind
from workbench.case.model import Case
from workbench.case.replay import Replay

Place: TypeAlias = tuple[str | None, str | None]
COMMENTING: Final = ("comment", "withdraw")  # what a page asks for


@dataclass(frozen=True)
class Comment:
    """One comment, as it stands under the present ids.

    id: the hash of its entry. at: in UTC, as entries have it. evidence and hypothesis:
    what it is about, both for a cell. answers: the id of another one, None for none.
    text: "" for one that was withdrawn.
    """

    id: str
    at: str
    analyst: str
    text: str
    evidence: str | None
    hypothesis: str | None
    answers: str | None = None

    @property
    def place(self) -> Place:
        """What it is about."""
        return self.evidence, self.hypothesis

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author took it back."""
        return not self.text


def comments(
    case: Case, entries: Iterable[Entry], renames: Sequence[Entry] = ()
) -> tuple[Comment, ...]:
    """Give what the entries of a case say, the oldest first.

    Of one that was withdrawn the text is left out, and all of it where nothing answers
    it. What is about something that the case no longer has is passed over.
    """
    found = [one for one in entries if one.change.kind is EntryKind.COMMENT]
    taken_back = {
        (one.analyst, one.identity, one.change.undoes)
        for one in found
        if one.change.undoes is not None
    }
    named = Replay(case, renames)
    said = []
    for entry in sorted(found, key=lambda one: (one.at, one.seq)):
        if entry.change.undoes is not None or not entry.change.because:
            continue
        change = named.followed(entry).change
        gone = (entry.analyst, entry.identity, entry.seq) in taken_back
        one = Comment(
            entry.hash,
            entry.at,
            entry.analyst,
            "" if gone else change.because,
            change.evidence,
            change.hypothesis,
            change.part,
        )
        if is_there(case, one.place):
            said.append(one)
    answered = {one.answers for one in said}
    return tuple(one for one in said if one.text or one.id in answered)


def is_there(case: Case, place: Place) -> bool:
    """Tell whether a place is an item, a hypothesis or a cell of a case."""
    evidence, hypothesis = place
    return (
        (evidence is None or evidence in case.item)
        and (hypothesis is None or hypothesis in case.hypothesis)
        and place != (None, None)
    )


def by_place(said: Iterable[Comment]) -> dict[Place, list[Comment]]:
    """Give the thread of each place that has one."""
    found: dict[Place, list[Comment]] = {}
    for one in said:
        found.setdefault(one.place, []).append(one)
    return found
