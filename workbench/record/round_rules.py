"""What a round lets somebody change: asked by the desk within each writing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Final

from workbench.case.entry import OF_CELL, OF_TEXTS, Change, EntryKind
from workbench.case.model import Case
from workbench.record.frozen import Touched, fingerprint, freeze, touched
from workbench.record.operations import Refused
from workbench.record.rights import Act, Role
from workbench.record.round_entries import Lock, Phase, Round
from workbench.record.sight import Sight

# Of an item: what it weighs, whether it takes part, and what it counts as one with.
FROZEN: Final = frozenset(
    {
        EntryKind.CREDIBILITY,
        EntryKind.RELEVANCE,
        EntryKind.ORIGIN,
        EntryKind.EXCLUSION,
    }
)
TextOf = Callable[[str], str | None]


def reopened(lock: Lock, case: Case, text_of: TextOf) -> Touched:
    """Find what somebody has to look at again since they locked.

    Where what was frozen is not kept, as in a copy, all of it once anything differs.
    """
    if lock.fingerprint == fingerprint(freeze(case)):
        return Touched()
    text = text_of(lock.frozen)
    try:
        then = json.loads(text) if text else {}
    except ValueError:
        then = {}
    return touched(then if isinstance(then, dict) else {}, case)


def has_locked(found: Round, person: str, case: Case, text_of: TextOf) -> bool:
    """Tell whether somebody's lock stands: they have one, and nothing was edited."""
    lock = found.now.locks.get(person)
    return lock is not None and not reopened(lock, case, text_of)


def missing(found: Round, case: Case, text_of: TextOf) -> tuple[str, ...]:
    """Name those who are waited for and have not locked, in the order of the round."""
    return tuple(
        one for one in found.present if not has_locked(found, one, case, text_of)
    )


def require_open(
    sight: Sight, case: Case, changes: Iterable[Change], text_of: TextOf
) -> None:
    """Raise Refused, which says why, where a round lets somebody not change so.

    `case` is as it will be once texts are changed along.
    """
    found = sight.round
    if found is None:
        return
    asked = tuple(changes)
    if sight.role is not Role.LEAD and any(one.kind in OF_TEXTS for one in asked):
        raise Refused(
            f"the case is frozen in round {found.number}; ask a lead to change it"
        )
    if not sight.takes_part:
        return
    if any(one.kind in FROZEN for one in asked):
        raise Refused(
            f"levels, origins and exclusions are frozen until round {found.number} is "
            "closed"
        )
    cells = [one for one in asked if one.kind in OF_CELL]
    if cells and found.phase is Phase.REVEALED:
        raise Refused(
            f"the ratings of round {found.number} are being discussed; they change "
            "again once the lead asks to rate again, or closes the round"
        )
    lock = found.now.locks.get(sight.person) if found.is_private else None
    if lock is None or not cells:
        return
    open_ = reopened(lock, case, text_of)
    if not all(open_.holds(one.evidence, one.hypothesis) for one in cells):
        raise Refused(
            f"you have locked your ratings in round {found.number}; only what was "
            "edited since is open"
        )


def require_act(sight: Sight, act: Act) -> None:
    """Raise Refused where a round lets nobody act so."""
    if act is Act.PUBLISH and sight.round is not None:
        raise Refused(
            f"nothing is published while round {sight.round.number} goes on; close it "
            "first"
        )


def require_no_part(sight: Sight) -> None:
    """Raise Refused for who takes part in a round: going back is for after it."""
    if sight.takes_part and sight.round is not None:
        raise Refused(
            f"going back waits until round {sight.round.number} is closed; nothing of "
            "it is lost"
        )
