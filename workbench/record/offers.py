"""What an analyst judged of an item that somebody has merged into another since.

The entries stay as they are and apply to nothing; they are offered for the item that
there is now, and taken over by nobody but their analyst.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.case.entry import Change, Entry, EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Evidence, Rating
from workbench.case.replay import Replay
from workbench.record.desk import Desk
from workbench.record.rights import Act
from workbench.record.sight import sight_of


@dataclass(frozen=True)
class Offer:
    """Ratings of an item that is gone, by hypothesis, and the item that it is now in.

    `named` is what it was called; `mark` is what is marked as seen to leave it.
    """

    named: str
    into: Evidence
    ratings: Mapping[str, Rating]
    mark: str

    def taken(self) -> list[list[str]]:
        """Give the changes that take the ratings over."""
        rating = EntryKind.RATING.value
        return [
            [rating, self.into.id, id_, one.consistency.value, one.because]
            for id_, one in self.ratings.items()
        ]


def offers(desk: Desk) -> tuple[Offer, ...]:
    """Find what is to be offered: ratings that differ from those the item has now.

    Whoever merged the two has chosen already.
    """
    case = desk.shown
    merges = desk.ledger.entries(case=case.question.id, kinds=[EntryKind.MERGE])
    if not merges:
        return ()
    renames = desk.ledger.entries(case=case.question.id, kinds=[EntryKind.RENAME])
    seen = desk.ledger.entries(
        desk.analyst, case=case.question.id, kinds=[EntryKind.SEEN]
    )
    marks = {one.change.to for one in seen}
    found = []
    for entry in merges:
        gone = str(entry.change.from_)
        into = case.item.get(_now(merges, renames, str(entry.change.to)))
        own = entry.analyst == desk.analyst or entry.hash in marks
        if own or into is None or gone in case.item:
            continue
        before = _judged_of(desk, case, renames, gone)
        ratings = {
            id_: theirs
            for id_ in case.hypothesis
            if (theirs := before.ratings.get((gone, id_)))
            and theirs != desk.judgments.rating(into, id_)
        }
        if ratings:
            found.append(Offer(entry.change.because, into, ratings, entry.hash))
    return tuple(found)


def leave(desk: Desk, client: str, offer: Offer) -> None:
    """Offer it no more. Raises LedgerError where that cannot be saved."""
    desk.record(client, Act.JUDGE, lambda _: [Change(EntryKind.SEEN, to=offer.mark)])


def rated_by_others(desk: Desk, evidence: str) -> list[str]:
    """Name the other analysts who have an entry on an item, of those to be seen."""
    id_ = desk.case.question.id
    sight = sight_of(desk.ledger, id_, desk.identity, desk.analyst)
    entries = sight.visible(desk.ledger.entries(case=id_, kinds=[EntryKind.RATING]))
    names = {one.analyst for one in entries if one.change.evidence == evidence}
    return sorted(names - {desk.analyst})


def _now(merges: Sequence[Entry], renames: Sequence[Entry], id_: str) -> str:
    """Follow an item through what it was merged into and named later."""
    becomes = {str(one.change.from_): str(one.change.to) for one in merges}
    for one in renames:
        if one.change.part == "evidence":
            becomes[str(one.change.from_)] = str(one.change.to)
    passed = {id_}
    while (later := becomes.get(id_)) and later not in passed:
        passed.add(later)
        id_ = later
    return id_


def _judged_of(
    desk: Desk, case: Case, renames: Sequence[Entry], gone: str
) -> Judgments:
    """Replay what was judged as if the item were still there."""
    there = Evidence(gone, f"\0{gone}", "", "")
    names = {gone}
    for one in reversed(renames):
        if one.change.part == "evidence" and one.change.to in names:
            names.add(str(one.change.from_))
    replay = Replay(replace(case, evidence=(*case.evidence, there)), renames)
    replay.extend(desk.entries_on(evidence=names))
    return replay.judgments
