"""Who came to a case, and what was refused to whom: notes beside the entries.

They are counted and written over, and belong to no chain: of a judgment they say
nothing. Every function raises LedgerError when the store is out of reach.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import sqlalchemy as sa

from workbench.record import pen
from workbench.record.ledger import Ledger
from workbench.record.store.schema import FACTS


@dataclass(frozen=True)
class Refusal:
    """Something of a case that somebody asked for and did not get, how often, when."""

    person: str
    what: str
    times: int
    at: str


def visitors(ledger: Ledger, case: str) -> dict[str, str]:
    """Give whoever signed in to a case, and the name that their sign-in told."""
    return _noted(ledger, _visits(case))


def names(ledger: Ledger, case: str) -> dict[str, str]:
    """Give everybody known in a case by the name they write under, else that told."""
    written = {who: name for name, who in ledger.owners(case).items() if who}
    return visitors(ledger, case) | written


def note_visitor(ledger: Ledger, case: str, identity: str, name: str) -> None:
    """Note that somebody signed in to a case, by the name that they have there."""
    with ledger.changing([(case, "")]) as (_, connection):
        _write(connection, _visits(case) + identity, name)


def refusals(ledger: Ledger, case: str) -> list[Refusal]:
    """Give what was refused to whom in a case, the last first."""
    found = []
    for name, value in _noted(ledger, _refused(case)).items():
        person, what = json.loads(name)
        times, at = json.loads(value)
        found.append(Refusal(str(person), str(what), int(times), str(at)))
    return sorted(found, key=lambda one: one.at, reverse=True)


def note_refused(ledger: Ledger, case: str, person: str, what: str) -> None:
    """Count that something of a case was refused to somebody, and note when."""
    note = _refused(case) + json.dumps([person, what])
    stands = sa.select(FACTS.c.value).where(FACTS.c.name == note)
    with ledger.changing([(case, "")]) as (_, connection):
        before = connection.scalar(stands)
        times = json.loads(before)[0] if before else 0
        _write(connection, note, json.dumps([times + 1, pen.now()]))


def _visits(case: str) -> str:
    return f"visitor:{case}:"


def _refused(case: str) -> str:
    return f"refused:{case}:"


def _noted(ledger: Ledger, prefix: str) -> dict[str, str]:
    """Give the notes whose names begin so, by what follows."""
    begins = FACTS.c.name.startswith(prefix, autoescape=True)
    query = sa.select(FACTS).where(begins).order_by(FACTS.c.name)
    found = ledger.ask(lambda connection: connection.execute(query).all())
    return {name.removeprefix(prefix): value for name, value in found}


def _write(connection: sa.Connection, note: str, value: str) -> None:
    connection.execute(sa.delete(FACTS).where(FACTS.c.name == note))
    connection.execute(FACTS.insert(), {"name": note, "value": value})
