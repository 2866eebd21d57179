"""The acts of a round: begin, lock, reveal, rate again, adjudicate, close.

Each is an entry of kind `round`; who may act so is asked by the desk, and whether it is
the time for it within the transaction that writes it. All are the lead's but to lock,
and to take the lock back.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workbench.case.entry import Change, EntryKind, analyst_name, canonical
from workbench.case.model import Case, Consistency
from workbench.errors import WorkbenchError
from workbench.record import callers
from workbench.record import pen as clock
from workbench.record.desk import Desk
from workbench.record.frozen import fingerprint, freeze
from workbench.record.ledger import Ledger
from workbench.record.operations import read_reason
from workbench.record.pen import Pen
from workbench.record.rights import Act, Role, role_of, roles
from workbench.record.roles import COMMAND_LINE
from workbench.record.round_entries import (
    RATING,
    Phase,
    Round,
    RoundAct,
    current,
    person_of,
    rounds,
)
from workbench.record.round_rules import has_locked, missing
from workbench.record.sight import ROUND_KINDS
from workbench.record.stored_cases import BEGINNING

CLIENT: Final = "round"
DEADLINE: Final = "deadline"  # who reveals a round when its time is over
FEWEST: Final = 2
_LONGEST: Final = 20_000  # characters of what an entry says


@dataclass(frozen=True)
class Seat:
    """Somebody who takes part: who, the name that is shown, whether they have locked.

    `fell` tells that what they locked was edited since, `away` that their role lets
    them rate no more: nobody waits for them.
    """

    person: str
    name: str
    locked: bool
    fell: bool
    away: bool = False


def standing(ledger: Ledger, case: Case) -> Round | None:
    """Give the round that goes on, None for none. Raises LedgerError."""
    entries = ledger.entries(case=case.question.id, kinds=ROUND_KINDS)
    return current(entries, clock.now())


def past(ledger: Ledger, case: str) -> tuple[Round, ...]:
    """Give every round of a case, that which goes on included. Raises LedgerError."""
    time = clock.now()
    entries = ledger.entries(case=case, kinds=ROUND_KINDS)
    return tuple(one.at(time) for one in rounds(entries))


def seats(ledger: Ledger, case: Case, found: Round) -> list[Seat]:
    """Give everybody who takes part in a round, in its order. Raises LedgerError."""
    named = names(ledger, case.question.id, found.people)
    return [
        Seat(
            one,
            named[one],
            locked := has_locked(found, one, case, ledger.text),
            one in found.now.locks and not locked,
            one not in found.present,
        )
        for one in found.people
    ]


def names(ledger: Ledger, case: str, people: Iterable[str]) -> dict[str, str]:
    """Give the name that each of some people goes by in a case, who they are else."""
    told = callers.names(ledger, case)
    return {one: told.get(one) or one for one in people}


def able(ledger: Ledger, case: str, identity: str | None) -> list[str]:
    """Give those who can take part: who may judge, or, without a sign-in, who did."""
    if identity is None:
        return [
            name
            for name, who in ledger.owners(case).items()
            if who is None and name not in _NOBODIES
        ]
    held = roles(ledger.entries(case=case, kinds=[EntryKind.ROLE]))
    return [one for one, role in held.items() if role in RATING]


_NOBODIES: Final = (DEADLINE, COMMAND_LINE, BEGINNING)


def begin(
    desk: Desk, people: Sequence[str], deadline: dt.datetime | None = None
) -> None:
    """Freeze the case as it is, and have some people rate it blind.

    Raises WorkbenchError where one goes on, somebody cannot take part or the deadline
    is past, NotAllowed, and LedgerError.
    """
    asked = list(dict.fromkeys(people))
    if desk.identity is None:
        asked = list(dict.fromkeys(map(analyst_name, asked)))
    if len(asked) < FEWEST:
        raise WorkbenchError("a round is for two people or more; name who takes part")
    until = _deadline(deadline)

    def compose(pen: Pen) -> list[Change]:
        found = _current(pen)
        if found is not None:
            raise WorkbenchError(f"round {found.number} goes on; close it first")
        _require_able(pen, desk, asked)
        said = {"people": asked, "deadline": until, **_frozen(pen, desk.case)}
        return [_change(RoundAct.BEGIN, said)]

    _record(desk, Act.ROUND, compose)


def lock(desk: Desk) -> None:
    """Have done rating: nothing of it changes until the round is revealed.

    Raises WorkbenchError for who does not take part or has locked, NotAllowed, and
    LedgerError.
    """

    def compose(pen: Pen) -> list[Change]:
        found = _private(pen)
        person = _person_in(found, desk)
        if has_locked(found, person, desk.case, pen.text):
            raise WorkbenchError("your ratings are locked already")
        return [_change(RoundAct.LOCK, _frozen(pen, desk.case))]

    _record(desk, Act.JUDGE, compose)


def unlock(desk: Desk) -> None:
    """Take back that one has done rating, as long as nothing is revealed.

    Raises WorkbenchError for who does not take part or has not locked, NotAllowed, and
    LedgerError.
    """

    def compose(pen: Pen) -> list[Change]:
        found = _private(pen)
        if _person_in(found, desk) not in found.now.locks:
            raise WorkbenchError("your ratings are not locked")
        return [_change(RoundAct.UNLOCK, {})]

    _record(desk, Act.JUDGE, compose)


def postpone(desk: Desk, deadline: dt.datetime | None) -> None:
    """Set another deadline, None for none: then the round waits for everybody.

    Raises WorkbenchError where nobody rates now, NotAllowed, and LedgerError.
    """
    until = _deadline(deadline)

    def compose(pen: Pen) -> list[Change]:
        _private(pen)
        return [_change(RoundAct.DEADLINE, {"deadline": until})]

    _record(desk, Act.ROUND, compose)


def reveal(desk: Desk) -> None:
    """Show everybody's ratings to everybody on the case, once all have locked.

    Raises WorkbenchError, which names who has not, NotAllowed, and LedgerError.
    """
    named = _named(desk)

    def compose(pen: Pen) -> list[Change]:
        found = _private(pen)
        left = missing(found, desk.case, pen.text)
        if left:
            who = ", ".join(named.get(one, one) for one in left)
            raise WorkbenchError(
                f"not revealed: {who} has not locked; wait, or set a deadline"
                if len(left) == 1
                else f"not revealed: {who} have not locked; wait, or set a deadline"
            )
        return [_reveal(pen, ())]

    _record(desk, Act.ROUND, compose)


def rerate(desk: Desk, deadline: dt.datetime | None = None) -> None:
    """Have everybody rate again in private; what they rated first is kept.

    Raises WorkbenchError where nothing is revealed, NotAllowed, and LedgerError.
    """
    until = _deadline(deadline)

    def compose(pen: Pen) -> list[Change]:
        _revealed(pen)
        return [_change(RoundAct.RERATE, {"deadline": until})]

    _record(desk, Act.ROUND, compose)


def adjudicate(
    desk: Desk,
    evidence: str,
    hypothesis: str,
    code: Consistency | None,
    because: str = "",
) -> None:
    """Put the lead's code of a cell beside everybody's own; None takes it back.

    Raises WorkbenchError without a reason or where nothing is revealed, NotAllowed, and
    LedgerError.
    """
    reason = read_reason(because)
    if not desk.case.has(evidence, hypothesis):
        raise WorkbenchError("the case has no such cell")
    if code is not None and not reason:
        raise WorkbenchError("say why: what a lead adds has a reason")

    def compose(pen: Pen) -> list[Change]:
        _revealed(pen)
        said = {"code": None if code is None else code.value}
        made = _change(RoundAct.ADJUDICATE, said, because=reason)
        return [
            Change(
                made.kind,
                evidence,
                hypothesis,
                to=made.to,
                because=made.because,
                part=made.part,
            )
        ]

    _record(desk, Act.ROUND, compose)


def close(desk: Desk) -> None:
    """End the round: what follows is open work.

    Raises WorkbenchError where it is not revealed, NotAllowed, and LedgerError.
    """

    def compose(pen: Pen) -> list[Change]:
        _revealed(pen)
        return [_change(RoundAct.CLOSE, {})]

    _record(desk, Act.ROUND, compose)


def note_deadline(ledger: Ledger, case: Case) -> bool:
    """Enter that a deadline has revealed a round, with who had not locked, once.

    Tells whether it was entered now. Raises LedgerError.
    """
    id_ = case.question.id
    if not _is_over(rounds(ledger.entries(case=id_, kinds=ROUND_KINDS))):
        return False
    with ledger.writing(DEADLINE, id_, whole=True) as pen:
        found = rounds(pen.of_kind(*ROUND_KINDS))
        if not _is_over(found):
            return False
        left = missing(found[-1], case, pen.text)
        pen.write(CLIENT, pen.acknowledged(CLIENT) + 1, [_reveal(pen, left)])
    return True


def _is_over(found: Sequence[Round]) -> bool:
    last = found[-1] if found else None
    return last is not None and last.is_private and not last.at(clock.now()).is_private


def _record(desk: Desk, act: Act, compose: Callable[[Pen], Sequence[Change]]) -> None:
    note_deadline(desk.ledger, desk.case)
    desk.record(CLIENT, act, compose, whole=True)
    desk.refresh()


def _current(pen: Pen) -> Round | None:
    return current(pen.of_kind(*ROUND_KINDS), clock.now())


def _private(pen: Pen) -> Round:
    found = _current(pen)
    if found is None or not found.is_private:
        raise WorkbenchError("no round is being rated in private now")
    return found


def _person_in(found: Round, desk: Desk) -> str:
    person = person_of(desk.identity, desk.analyst)
    if person not in found.present:
        raise WorkbenchError(f"you do not take part in round {found.number}")
    return person


def _revealed(pen: Pen) -> Round:
    found = _current(pen)
    if found is None:
        raise WorkbenchError("no round goes on; begin one first")
    if found.phase is not Phase.REVEALED:
        raise WorkbenchError(
            f"round {found.number} is not revealed yet: it is when all have locked, or "
            "at its deadline"
        )
    return found


def _reveal(pen: Pen, left: Iterable[str]) -> Change:
    return _change(RoundAct.REVEAL, {"missing": list(left), "heads": pen.heads()})


def _change(act: RoundAct, said: Mapping[str, Any], because: str = "") -> Change:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    if len(text) > _LONGEST:
        raise WorkbenchError("more people than one entry of a round can name")
    return Change(EntryKind.ROUND, to=text, because=because, part=act.value)


def _frozen(pen: Pen, case: Case) -> dict[str, str]:
    found = freeze(case)
    kept = pen.keep(canonical(found).decode())
    return {"fingerprint": fingerprint(found), "frozen": kept}


def _deadline(asked: dt.datetime | None) -> str:
    """Write a time as entries hold it; raises WorkbenchError for one that is past."""
    if asked is None:
        return ""
    time = asked.astimezone(dt.UTC).isoformat(timespec="microseconds")
    found = time.replace("+00:00", "Z")
    if found <= clock.now():
        raise WorkbenchError("the deadline is past; choose a later one")
    return found


def _named(desk: Desk) -> Mapping[str, str]:
    found = standing(desk.ledger, desk.case)
    if found is None:
        return {}
    return names(desk.ledger, desk.case.question.id, found.people)


def _require_able(pen: Pen, desk: Desk, people: Sequence[str]) -> None:
    if desk.identity is None:
        return
    held = roles(pen.of_kind(EntryKind.ROLE))
    for one in people:
        if held.get(one) not in RATING:
            raise WorkbenchError(f"{one} has no role here that rates; give one first")


def may_lead(desk: Desk) -> bool:
    """Tell whether who sits at a desk may carry a round on. Raises LedgerError."""
    id_ = desk.case.question.id
    return role_of(desk.ledger, id_, desk.identity) is Role.LEAD
