"""The entries of another copy, as lines, and what of them is added to a store."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import sqlalchemy as sa

from workbench.case.entry import Change, Entry, EntryKind, is_intact
from workbench.record.faults import LedgerError
from workbench.record.lines import NO_ENTRY, parsed
from workbench.record.rows import row_of
from workbench.record.store.opening import Store
from workbench.record.store.schema import ENTRIES

_AHEAD: Final = dt.timedelta(days=1)
_MANY: Final = 500  # values in one statement
CLIENT: Final = "import"


@dataclass(frozen=True)
class Merged:
    """What an import did: entries added, and those that were there already.

    `apart` counts added entries whose one before is neither here nor in the file,
    `cases` are those that the added entries name, and `tells` whether one of them is
    more than a note that something was brought in.
    """

    added: int
    present: int
    apart: int = 0
    cases: tuple[str, ...] = ()
    tells: bool = field(default=False, compare=False)


def checked(lines: Iterable[str], name: str, now: str) -> list[Entry]:
    """Read the entries of another copy, of which none may be altered or of tomorrow.

    Raises LedgerError, naming the line.
    """
    found = _parse(lines, name)
    hashes = {entry.seq: entry.hash for entry in found.values()}
    latest = dt.datetime.fromisoformat(now) + _AHEAD
    for number, entry in found.items():
        if not is_intact(entry, hashes):
            said = "its content does not fit its hash, or what it undoes is missing"
            raise LedgerError(f"{name}:{number}: {said}")
        if dt.datetime.fromisoformat(entry.at) > latest:
            said = f"at {entry.at}: more than a day ahead of this machine's clock"
            raise LedgerError(
                f"{name}:{number}: {said} ({now[:16]}Z); one of the two clocks is "
                "wrong, and nothing was imported"
            )
    return list(found.values())


def _parse(lines: Iterable[str], name: str) -> dict[int, Entry]:
    """Read entries by the number of their line."""
    found = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found[number] = parsed(json.loads(line))
            except NO_ENTRY as error:
                said = f"not an entry of a ledger ({_told(error)})"
                allowed = "use what workbench ledger export wrote"
                raise LedgerError(f"{name}:{number}: {said}; {allowed}") from error
    return found


def _told(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return "no JSON"
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return " ".join(str(error).split()) or type(error).__name__


def merge(
    store: Store, connection: sa.Connection, theirs: Sequence[Entry], case: str
) -> Merged:
    """Add what is not there yet, within the caller's transaction."""
    hashes = {entry.seq: entry.hash for entry in theirs}
    named = {entry.hash for entry in theirs}
    named |= {entry.previous for entry in theirs if entry.previous}
    seqs = _present(connection, sorted(named))
    new = {entry.hash: entry for entry in theirs if entry.hash not in seqs}
    known = seqs.keys() | new.keys()
    seqs |= dict(zip(new, store.numbers(connection, len(new)), strict=True))
    rows = []
    for entry in new.values():
        undoes = entry.change.undoes
        ours = None if undoes is None else seqs[hashes[undoes]]
        change = replace(entry.change, undoes=ours)
        kept = replace(entry, seq=seqs[entry.hash], change=change)
        rows.append(row_of(kept, entry.case or case))
    if rows:
        connection.execute(ENTRIES.insert(), rows)
    apart = sum(one.previous not in {None, *known} for one in new.values())
    cases = {entry.case for entry in new.values() if entry.case}
    told = tells_something(new.values())
    return Merged(len(rows), len(theirs) - len(rows), apart, tuple(sorted(cases)), told)


def imported(origin: str, entries: int, files: int = 0, because: str = "") -> Change:
    """Note that something was brought into a case: what from, how much, by whom."""
    many = [f"files: {files}"] if files else []
    said = ", ".join([*many, f"entries: {entries}"])
    return Change(EntryKind.IMPORT, to=said, part=origin, because=because)


def tells_something(entries: Iterable[Entry]) -> bool:
    """Tell whether more is among entries than that a copy was brought in before."""
    return any(one.change.kind is not EntryKind.IMPORT for one in entries)


def _present(connection: sa.Connection, hashes: Sequence[str]) -> dict[str, int]:
    """Find which entries are in the store, with their numbers."""
    found: dict[str, int] = {}
    for start in range(0, len(hashes), _MANY):
        part = hashes[start : start + _MANY]
        query = sa.select(ENTRIES.c.hash, ENTRIES.c.seq)
        rows = connection.execute(query.where(ENTRIES.c.hash.in_(part)))
        found.update((row.hash, row.seq) for row in rows)
    return found
