"""The rounds of a case as its entries tell them: who rates blind, and how far it is.

An entry of kind `round` has its act in `part` and what it says, as JSON, in `to`. Pure:
the time is an argument, and what a digest stands for is asked by whoever needs it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from workbench.case.entry import Entry, EntryKind
from workbench.case.model import Consistency
from workbench.record.rights import Role, roles_after


class Phase(StrEnum):
    """How far a round is."""

    BLIND = "blind"
    REVEALED = "revealed"
    RERATING = "rerating"
    CLOSED = "closed"


class RoundAct(StrEnum):
    """What an entry of a round does, as its `part` says."""

    BEGIN = "begin"
    LOCK = "lock"
    UNLOCK = "unlock"
    DEADLINE = "deadline"
    REVEAL = "reveal"
    RERATE = "rerate"
    ADJUDICATE = "adjudicate"
    CLOSE = "close"


RATING: Final = (Role.ANALYST, Role.LEAD)  # who can take part
_OWN: Final = (RoundAct.LOCK, RoundAct.UNLOCK)  # what is done for oneself alone
PRIVATE: Final = (Phase.BLIND, Phase.RERATING)  # in which nobody sees another's


@dataclass(frozen=True)
class Lock:
    """Somebody's word that they have done rating, of the case as it was then.

    `frozen` is the digest of what the case said, by thing; `at` is when.
    """

    name: str
    fingerprint: str
    frozen: str
    at: str


@dataclass(frozen=True)
class Pass:
    """One time of rating in private within a round, and how it ended.

    locks: by person, the last of each, unless it was taken back. away: those whose role
    lets them rate no more, for whom nobody waits. missing: who had not locked at the
    end. heads: by name, the hashes that ended everybody's entries then; `ended` is
    when, "" while it goes on.
    """

    number: int
    began: str
    locks: Mapping[str, Lock] = field(default_factory=dict)
    ended: str = ""
    missing: tuple[str, ...] = ()
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    away: tuple[str, ...] = ()


@dataclass(frozen=True)
class Adjudication:
    """The lead's code of a cell with the reason, beside everybody's own."""

    evidence: str
    hypothesis: str
    code: Consistency
    because: str
    name: str
    at: str


@dataclass(frozen=True)
class Round:
    """One pass of several analysts over the same frozen case, or two.

    people: who takes part, ISSUER#SUBJECT or a name where nobody signs in. deadline:
    the time at which it is revealed whoever has locked, as entries hold it, "" for
    none. `frozen` is the digest of what the case said, by thing.
    """

    number: int
    phase: Phase
    people: tuple[str, ...]
    deadline: str
    fingerprint: str
    frozen: str
    passes: tuple[Pass, ...]
    adjudications: tuple[Adjudication, ...] = ()
    lead: str = ""

    @property
    def now(self) -> Pass:
        """The pass that goes on, else the last one."""
        return self.passes[-1]

    @property
    def present(self) -> tuple[str, ...]:
        """Those who take part and whose role lets them rate, as the pass has it."""
        return tuple(one for one in self.people if one not in self.now.away)

    @property
    def is_private(self) -> bool:
        """Whether nobody sees another's judgments."""
        return self.phase in PRIVATE

    def at(self, time: str) -> Round:
        """Give the round as it stands at a time: the deadline reveals it.

        Who had not locked is told by the entry that notes it.
        """
        if not (self.is_private and self.deadline and time >= self.deadline):
            return self
        ended = replace(self.now, ended=self.deadline)
        return replace(self, phase=Phase.REVEALED, passes=(*self.passes[:-1], ended))


def person_of(identity: str | None, name: str) -> str:
    """Give what somebody takes part by: who signed in, else their name."""
    return identity or name


def rounds(entries: Iterable[Entry]) -> tuple[Round, ...]:
    """Follow entries of the kinds `role` and `round`, in the order stored.

    What does not fit is passed over: an act by who was no lead then, a lock by who
    does not take part, an act out of its order, one that cannot be read. Who loses the
    role to rate is away until it is given back; a name, where nobody signs in, has none
    to lose.
    """
    found: list[Round] = []
    held: dict[str, Role] = {}
    known: set[str | None] = set()
    for entry in entries:
        if entry.change.kind is EntryKind.ROLE:
            roles_after(held, entry)
            known.add(entry.change.part)
        elif entry.change.kind is EntryKind.ROUND and (said := _said(entry)):
            act, told = said
            is_lead = entry.identity is None or held.get(entry.identity) is Role.LEAD
            last = found[-1] if found else None
            if act is RoundAct.BEGIN:
                if is_lead and (last is None or last.phase is Phase.CLOSED):
                    found += _begun(len(found) + 1, entry, told)
            elif last is not None and (is_lead or act in _OWN):
                found[-1] = _STEPS[act](last, entry, told)
        if found and found[-1].at(entry.at).is_private:
            away = tuple(
                one
                for one in found[-1].people
                if one in known and held.get(one) not in RATING
            )
            found[-1] = _with(found[-1], replace(found[-1].now, away=away))
    return tuple(found)


def current(entries: Iterable[Entry], time: str) -> Round | None:
    """Give the round that goes on at a time, None between rounds and without any."""
    found = rounds(entries)
    if not found or found[-1].phase is Phase.CLOSED:
        return None
    return found[-1].at(time)


def _said(entry: Entry) -> tuple[RoundAct, Mapping[str, Any]] | None:
    change = entry.change
    if change.part not in set(RoundAct):
        return None
    try:
        told = json.loads(str(change.to)) if change.to else {}
    except ValueError:
        return None
    return (RoundAct(change.part), told) if isinstance(told, dict) else None


def _begun(number: int, entry: Entry, told: Mapping[str, Any]) -> list[Round]:
    people = told.get("people")
    if not isinstance(people, list) or not people:
        return []
    return [
        Round(
            number,
            Phase.BLIND,
            tuple(map(str, people)),
            str(told.get("deadline") or ""),
            str(told.get("fingerprint", "")),
            str(told.get("frozen", "")),
            (Pass(1, entry.at),),
            lead=entry.analyst,
        )
    ]


def _locked(found: Round, entry: Entry, told: Mapping[str, Any]) -> Round:
    person = person_of(entry.identity, entry.analyst)
    late = found.at(entry.at).phase is not found.phase
    if not found.is_private or person not in found.present or late:
        return found
    lock = Lock(
        entry.analyst,
        str(told.get("fingerprint", "")),
        str(told.get("frozen", "")),
        entry.at,
    )
    locks = {**found.now.locks, person: lock}
    return _with(found, replace(found.now, locks=locks))


def _unlocked(found: Round, entry: Entry, _told: Mapping[str, Any]) -> Round:
    person = person_of(entry.identity, entry.analyst)
    if not found.at(entry.at).is_private:  # what was locked at the end stays so
        return found
    locks = {who: one for who, one in found.now.locks.items() if who != person}
    return _with(found, replace(found.now, locks=locks))


def _postponed(found: Round, entry: Entry, told: Mapping[str, Any]) -> Round:
    if not found.at(entry.at).is_private:  # what is revealed stays so
        return found
    return replace(found, deadline=str(told.get("deadline") or ""))


def _revealed(found: Round, entry: Entry, told: Mapping[str, Any]) -> Round:
    if not found.is_private:
        return found
    heads = told.get("heads")
    missing = told.get("missing")
    ended = replace(
        found.now,
        ended=found.at(entry.at).now.ended or entry.at,
        missing=tuple(map(str, missing)) if isinstance(missing, list) else (),
        heads={
            str(name): tuple(map(str, ones)) if isinstance(ones, list) else ()
            for name, ones in (heads if isinstance(heads, dict) else {}).items()
        },
    )
    return replace(_with(found, ended), phase=Phase.REVEALED)


def _rerated(found: Round, entry: Entry, told: Mapping[str, Any]) -> Round:
    if found.at(entry.at).phase is not Phase.REVEALED:
        return found
    before = found.at(entry.at)
    again = Pass(before.now.number + 1, entry.at)
    return replace(
        before,
        phase=Phase.RERATING,
        deadline=str(told.get("deadline") or ""),
        passes=(*before.passes, again),
    )


def _adjudicated(found: Round, entry: Entry, told: Mapping[str, Any]) -> Round:
    change, code = entry.change, told.get("code")
    place = (change.evidence, change.hypothesis)
    if found.at(entry.at).phase is not Phase.REVEALED or None in place:
        return found
    others = [
        one for one in found.adjudications if (one.evidence, one.hypothesis) != place
    ]
    if code in [one.value for one in Consistency]:
        held = Adjudication(
            str(change.evidence),
            str(change.hypothesis),
            Consistency(code),
            change.because,
            entry.analyst,
            entry.at,
        )
        others.append(held)
    elif code is not None:
        return found
    return replace(found.at(entry.at), adjudications=tuple(others))


def _closed(found: Round, entry: Entry, _told: Mapping[str, Any]) -> Round:
    standing = found.at(entry.at)
    if standing.is_private:  # private work is revealed, with who had not locked, first
        return found
    return replace(standing, phase=Phase.CLOSED)


def _with(found: Round, now: Pass) -> Round:
    return replace(found, passes=(*found.passes[:-1], now))


_STEPS: Final[Mapping[RoundAct, Callable[[Round, Entry, Mapping[str, Any]], Round]]] = {
    RoundAct.LOCK: _locked,
    RoundAct.UNLOCK: _unlocked,
    RoundAct.DEADLINE: _postponed,
    RoundAct.REVEAL: _revealed,
    RoundAct.RERATE: _rerated,
    RoundAct.ADJUDICATE: _adjudicated,
    RoundAct.CLOSE: _closed,
}
