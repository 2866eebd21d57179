"""What one analyst writes in one case within a transaction."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

from workbench.case.entry import Change, Entry, EntryKind, digest
from workbench.record import documents
from workbench.record.queries import (
    ACKNOWLEDGED,
    HEIR,
    OF_CLIENT,
    OF_KINDS,
    STORED_LAST,
    follow,
    heir,
    of_case,
    rows,
)
from workbench.record.rows import Read, read, row_of
from workbench.record.store import opening
from workbench.record.store.schema import ENTRIES, FACTS, TEXTS

_STEP_BACK: Final = dt.timedelta(minutes=1)  # of a clock that is being set


class Pen:
    """Writes entries of one analyst in one case within a transaction.

    `last` is the entry that the next one follows: the last one stored, unless it is
    set to the one that is in force last.
    """

    def __init__(
        self,
        store: opening.Store,
        connection: sa.Connection,
        signed: tuple[str, str, str | None],
    ) -> None:
        self._store = store
        self._connection = connection
        self._case, self._analyst, self._identity = signed
        self._is_heir_known = False

    def entries(self, after: Read | None = None) -> list[Read]:
        """Read the analyst's entries after one, this transaction's included."""
        chain = (self._case, self._analyst)
        return follow(self._store, self._connection, chain, after)

    def acknowledged(self, client: str) -> int:
        """Give the number of the last action of a page that is in the ledger, or 0."""
        values = {"client": client, "analyst": self._analyst, "case": self._case}
        return int(self._connection.scalar(ACKNOWLEDGED, values) or 0)

    def of_client(self, client: str) -> list[Read]:
        """Read what the analyst entered from one page."""
        values = {"client": client, "analyst": self._analyst, "case": self._case}
        found = read(rows(self._store, self._connection, OF_CLIENT, values))
        return [one.found for one in found]

    def documents(self) -> dict[str, str]:
        """Give the digest of each of the case's texts as last recorded, by path."""
        found = [one.change for one in self.of_kind(EntryKind.DOCUMENT)]
        return {one.part: str(one.to or "") for one in found if one.part}

    def of_kind(self, *kinds: EntryKind) -> list[Entry]:
        """Read everybody's entries of some kinds in the case, as stored."""
        asked = {"case": self._case, "kinds": [str(one) for one in kinds]}
        filed = read(rows(self._store, self._connection, OF_KINDS, asked))
        return [one.found for one in filed if isinstance(one.found, Entry)]

    def name_of(self, identity: str) -> str | None:
        """Give the name that somebody signed in first wrote under in the case."""
        query = (
            sa.select(ENTRIES.c.analyst)
            .where(of_case(self._case), ENTRIES.c.identity == identity)
            .order_by(ENTRIES.c.seq)
            .limit(1)
        )
        found: str | None = self._connection.scalar(query)
        return found

    def heads(self) -> dict[str, list[str]]:
        """Give the hashes that end everybody's entries in the case, by name."""
        columns = (ENTRIES.c.analyst, ENTRIES.c.hash, ENTRIES.c.previous)
        query = sa.select(*columns).where(of_case(self._case))
        found: dict[str, list[str]] = {}
        followed = set()
        for name, hash_, previous in self._connection.execute(query).all():
            found.setdefault(str(name), []).append(str(hash_))
            followed.add(previous)
        return {
            name: sorted(one for one in ones if one not in followed)
            for name, ones in sorted(found.items())
        }

    def keep(self, text: str) -> str:
        """Keep a text, and give the digest that it is found by."""
        name = text_digest(text)
        documents.keep(self._connection, TEXTS, [{"digest": name, "text": text}])
        return name

    def ask(self, question: Callable[[sa.Connection], Any]) -> Any:  # noqa: ANN401  as asked
        """Give the answer to a question that is put within the transaction."""
        return question(self._connection)

    def text(self, name: str) -> str | None:
        """Give the text of a digest, None where it was never kept."""
        query = sa.select(TEXTS.c.text).where(TEXTS.c.digest == name)
        found: str | None = self._connection.scalar(query)
        return found

    def note_unwritten(self, entries: Sequence[Entry]) -> str:
        """Note that the files of entries are still to be written; names the note."""
        first = entries[0]
        note = unwritten_note(self._case, f"{first.client}:{first.op}:{first.seq}")
        value = json.dumps([entry.seq for entry in entries])
        self._connection.execute(FACTS.insert(), {"name": note, "value": value})
        return note

    def write(
        self,
        client: str,
        op: int,
        changes: Sequence[Change],
        last: Read | None = None,
    ) -> list[Entry]:
        """Append the changes of one action, signed and chained after `last`.

        Without one they follow the entry that was stored last.
        """
        if not changes:
            return []
        self._settle_heir()
        before = last or self._stored_last()
        at, previous = (before.at, before.hash) if before else ("", None)
        written = []
        numbers = self._store.numbers(self._connection, len(changes))
        for seq, change in zip(numbers, changes, strict=True):
            at = _time_after(at)
            undone = self._hash(change.undoes)
            entry = Entry(
                seq,
                at,
                self._analyst,
                change,
                client,
                op,
                previous,
                "",
                self._case or None,
                self._identity,
            )
            entry = replace(entry, hash=digest(entry, undone))
            previous = entry.hash
            written.append(entry)
        made = [row_of(entry, self._case) for entry in written]
        self._connection.execute(ENTRIES.insert(), made)
        return written

    def _stored_last(self) -> Read | None:
        values = {"case": self._case, "analyst": self._analyst}
        found = read(self._connection.execute(STORED_LAST, values))
        return found[0].found if found else None

    def _settle_heir(self) -> None:
        """Let entries without a case belong to the first case that writes here."""
        if self._is_heir_known or not self._case:
            return
        self._is_heir_known = True
        orphan = sa.select(ENTRIES.c.seq).where(ENTRIES.c.filed == "").limit(1)
        if self._connection.scalar(orphan) is None:
            return
        if self._connection.scalar(heir()) is None:
            first = {"name": HEIR, "value": self._case}
            self._connection.execute(FACTS.insert(), first)

    def _hash(self, seq: int | None) -> str | None:
        if seq is None:
            return None
        query = sa.select(ENTRIES.c.hash).where(ENTRIES.c.seq == seq)
        return self._connection.scalar(query)


def unwritten_note(case: str, action: str) -> str:
    """Name the note that files of an action in a case are still to be written."""
    return f"unwritten:{case}:{action}"


def text_digest(text: str) -> str:
    """Name a text by its content."""
    return documents.data_digest(text.encode("utf-8", "surrogatepass"))


def now() -> str:
    """Give this machine's time in UTC, as entries hold it."""
    time = dt.datetime.now(dt.UTC)
    return time.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _time_after(before: str) -> str:
    """Give this machine's time, a moment after the entry before where that is as late.

    A time that is far ahead is another clock's, or this one's before it was set right:
    it is not followed, since the order of entries hangs on their hashes.
    """
    present = now()
    if before < present:
        return present
    try:
        earlier = dt.datetime.fromisoformat(before)
        if earlier - dt.datetime.fromisoformat(present) > _STEP_BACK:
            return present
        later = earlier + dt.timedelta(microseconds=1)
    except (ValueError, TypeError, OverflowError):  # altered
        return present
    return later.isoformat(timespec="microseconds").replace("+00:00", "Z")
