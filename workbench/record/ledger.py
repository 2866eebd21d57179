"""The append-only record of entries; what entries mean is not its affair.

Entries are appended, never changed. Each carries the hash of the one before by the same
analyst in the same case, so that a change behind the program's back shows. One ledger
serves several cases; entries that name none are the case's that first writes here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from workbench.case.entry import Change, Entry
from workbench.record import merging, pen
from workbench.record.chain import Chain
from workbench.record.faults import LedgerError
from workbench.record.lines import entry_document
from workbench.record.merging import Merged
from workbench.record.pen import Pen, unwritten_note
from workbench.record.queries import (
    STORED,
    Stored,
    follow,
    heir,
    held,
    of_case,
    rows,
)
from workbench.record.rows import COLUMNS, Filed, Read, read
from workbench.record.store import opening
from workbench.record.store.migrations import StoreError
from workbench.record.store.schema import ENTRIES, FACTS, PLACES, TEXTS, Row

__all__ = ["Ledger", "LedgerError", "Merged", "default_url", "own_url"]
FOLDER: Final = ".workbench"
VARIABLE: Final = "WORKBENCH_LEDGER"
is_missing = opening.is_missing
_FAULTS: Final = (sa.exc.SQLAlchemyError, OSError, StoreError, UnicodeError)


def default_url(case_folder: Path) -> str:
    """Name the ledger of a case: WORKBENCH_LEDGER, else a file in its .workbench."""
    return os.environ.get(VARIABLE) or own_url(case_folder)


def own_url(case_folder: Path) -> str:
    """Name the ledger that lies in a case's own folder."""
    return opening.file_url(case_folder.resolve() / FOLDER / "ledger.sqlite3")


def reading(url: str) -> Ledger:
    """Open a ledger to read; one that is not there yet reads as empty, and stays so."""
    return Ledger(opening.IN_MEMORY if is_missing(url) else url)


class Ledger:
    """The entries behind one URL.

    Every method raises LedgerError when the store is out of reach. A `case` is a case's
    id, "" for one that has none.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            self._store = opening.open_store(url)
            with self._store.reading():
                pass
        except (*_FAULTS, ImportError) as error:
            said = f"the ledger cannot be opened: {_reason(error)}"
            if folder := opening.closed_folder(url):
                said += (
                    f"; let {folder} be written to, or keep the ledger elsewhere: "
                    "--ledger sqlite:////PATH/NAME.sqlite3"
                )
            raise LedgerError(said) from error

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    @contextmanager
    def writing(
        self,
        analyst: str,
        case: str = "",
        identity: str | None = None,
        *,
        whole: bool = False,
    ) -> Iterator[Pen]:
        """Append entries of one analyst in one transaction: all of them, or none.

        With `whole` no other transaction of the case goes on meanwhile: what it tells
        of roles and of the round holds while others write.
        """
        own, all_ = [(case, analyst)], [(case, "")]
        chains, beside = (own + all_, []) if whole else (own, all_)
        try:
            with self._store.writing(chains, beside) as connection:
                yield Pen(self._store, connection, (case, analyst, identity))
        except _FAULTS as error:
            raise LedgerError(f"not saved: {_reason(error)}") from error

    def follow(self, analyst: str, case: str, after: Read | None) -> list[Read]:
        """Read an analyst's entries in a case that were stored after one of them.

        Raises Gone where that one is not there.
        """
        with self._reading() as connection:
            return follow(self._store, connection, (case, analyst), after)

    def read(
        self,
        analyst: str | None = None,
        case: str | None = None,
        kinds: Collection[str] = (),
        evidence: Collection[str] = (),
    ) -> list[Filed]:
        """Read everything as stored: of one analyst or all, of one case or all."""
        query = sa.select(*COLUMNS).order_by(ENTRIES.c.seq)
        if analyst is not None:
            query = query.where(ENTRIES.c.analyst == analyst)
        if case is not None:
            query = query.where(of_case(case))
        if kinds:
            query = query.where(ENTRIES.c.kind.in_([str(kind) for kind in kinds]))
        if evidence:
            query = query.where(ENTRIES.c.evidence.in_(evidence))
        with self._reading() as connection:
            return read(rows(self._store, connection, query))

    def entries(
        self,
        analyst: str | None = None,
        case: str | None = None,
        kinds: Collection[str] = (),
        evidence: Collection[str] = (),
    ) -> list[Entry]:
        """Read the entries that can be read, as stored."""
        found = (filed.found for filed in self.read(analyst, case, kinds, evidence))
        return [one for one in found if isinstance(one, Entry)]

    def last(self, case: str | None = None) -> int:
        """Give the number of the entry stored last, in one case or in any, or 0."""
        query = sa.select(sa.func.max(ENTRIES.c.seq))
        if case is not None:
            query = query.where(of_case(case))
        with self._reading() as connection:
            return int(connection.scalar(query) or 0)

    def stored_from(self, seq: int) -> list[Stored]:
        """Give what is stored from a number on, without what it says."""
        with self._reading() as connection:
            found = rows(self._store, connection, STORED, {"seq": seq})
        return [Stored(*tuple(row)) for row in found]

    def analysts(self, case: str | None = None) -> list[str]:
        """Name everybody who has an entry, in one case or in any."""
        query = sa.select(ENTRIES.c.analyst).distinct()
        if case is not None:
            query = query.where(of_case(case))
        with self._reading() as connection:
            return sorted(str(name) for name in connection.scalars(query))

    def owners(self, case: str) -> dict[str, str | None]:
        """Give each name that somebody has written under in a case, and whose it is.

        It is the identity's whose entry was stored first, None for one without.
        """
        first = sa.select(sa.func.min(ENTRIES.c.seq)).where(of_case(case))
        query = sa.select(ENTRIES.c.analyst, ENTRIES.c.identity).where(
            ENTRIES.c.seq.in_(first.group_by(ENTRIES.c.analyst))
        )
        with self._reading() as connection:
            found = connection.execute(query.order_by(ENTRIES.c.seq)).all()
        return {str(name): identity for name, identity in found}

    def cases(self) -> list[str]:
        """Give the ids of the cases that have an entry, "" for none."""
        query = sa.select(ENTRIES.c.filed).distinct()
        with self._reading() as connection:
            return sorted(set(connection.scalars(query)))

    def chains(self) -> tuple[list[Chain], list[str]]:
        """Read and check every chain; also what the store itself says is damaged."""
        query = sa.select(*COLUMNS).order_by(ENTRIES.c.seq)
        with self._reading() as connection:
            damage = self._store.damage(connection)
            stored = read(rows(self._store, connection, query))
            inheriting = str(connection.scalar(heir()) or "")
        found: dict[tuple[str, str], list[Filed]] = {}
        for row in stored:
            place = (row.case or inheriting, row.found.analyst)
            found.setdefault(place, []).append(row)
        chains = []
        for (case, analyst), filed in sorted(found.items()):
            chain = Chain(case, analyst)
            chain.take([one.found for one in filed])
            chains.append(chain)
        return chains, damage

    def text(self, name: str) -> str | None:
        """Give the text of a digest, None where it was never kept."""
        query = sa.select(TEXTS.c.text).where(TEXTS.c.digest == name)
        with self._reading() as connection:
            found: str | None = connection.scalar(query)
        return found

    def unwritten(self, case: str) -> dict[str, list[Change]]:
        """Give the changes of texts whose files a program did not come to write.

        By the name of the note, to be handed to `forget`.
        """
        prefix = unwritten_note(case, "")
        query = sa.select(FACTS).where(FACTS.c.name.startswith(prefix, autoescape=True))
        found: dict[str, list[Change]] = {}
        with self._reading() as connection:
            for name, value in connection.execute(query).all():
                rows = sa.select(*COLUMNS).where(ENTRIES.c.seq.in_(json.loads(value)))
                filed = read(connection.execute(rows.order_by(ENTRIES.c.seq)))
                entries = [one.found for one in filed if isinstance(one.found, Entry)]
                found[name] = [one.change for one in entries]
        return found

    def forget(self, note: str, case: str, analyst: str) -> None:
        """Take away the note that files are still to be written."""
        try:
            with self._store.writing([(case, analyst)]) as connection:
                connection.execute(sa.delete(FACTS).where(FACTS.c.name == note))
        except _FAULTS as error:
            raise LedgerError(f"not saved: {_reason(error)}") from error

    def export(self) -> Iterator[str]:
        """Write every entry as a line of JSON."""
        for entry in self.entries():
            yield json.dumps(entry_document(entry), ensure_ascii=False)

    def place(self, case: str, machine: str) -> str:
        """Give the folder that a case is opened from on a machine, "" for none."""
        query = sa.select(PLACES.c.folder).where(
            PLACES.c.case_ == case, PLACES.c.machine == machine
        )
        with self._reading() as connection:
            return str(connection.scalar(query) or "")

    def note_place(self, case: str, machine: str, folder: str) -> None:
        """Note the folder that a case is opened from on a machine."""
        noted = (PLACES.c.case_ == case) & (PLACES.c.machine == machine)
        row = {"case_": case, "machine": machine, "folder": folder}
        try:
            with self._store.writing([(case, "")]) as connection:
                connection.execute(sa.delete(PLACES).where(noted))
                connection.execute(PLACES.insert(), row)
        except _FAULTS as error:
            raise LedgerError(f"not saved: {_reason(error)}") from error

    def merge(
        self,
        lines: Iterable[str],
        name: str = "the file",
        case: str = "",
        by: str | None = None,
    ) -> Merged:
        """Add the entries of another copy; those that are here already are passed over.

        Entries that name no case are filed under `case`, in which it is noted `by` whom
        something was added, None for no note. Raises LedgerError, naming the
        line, where a line is no entry, was altered, or is dated more than a day ahead
        of this machine's clock; then nothing is added.
        """
        theirs = merging.checked(lines, name, pen.now())
        chains = {(entry.case or case, entry.analyst) for entry in theirs}
        chains |= {(one, "") for one, _ in chains}  # a round is begun before, or after
        if by is not None:
            chains.add((case, by))
        try:
            with self._store.writing(sorted(chains)) as connection:
                merged = merging.merge(self._store, connection, theirs, case)
                if by is not None and merged.tells:
                    pen_ = Pen(self._store, connection, (case, by, None))
                    note = merging.imported(Path(name).name, merged.added)
                    number = pen_.acknowledged(merging.CLIENT) + 1
                    pen_.write(merging.CLIENT, number, [note])
                return merged
        except _FAULTS as error:
            raise LedgerError(f"nothing imported: {_reason(error)}") from error

    def texts(self) -> list[str]:
        """Give every text that was kept."""
        with self._reading() as connection:
            return list(connection.scalars(sa.select(TEXTS.c.text)))

    @contextmanager
    def changing(
        self, chains: Sequence[tuple[str, str]]
    ) -> Iterator[tuple[opening.Store, sa.Connection]]:
        """Change what is no one analyst's in one transaction, which alone adds to them.

        `chains` are pairs of a case and an analyst, "" for all of the case.
        """
        try:
            with self._store.writing(chains) as connection:
                yield self._store, connection
        except _FAULTS as error:
            raise LedgerError(f"not saved: {_reason(error)}") from error

    def ask(self, question: Callable[[sa.Connection], Any]) -> Any:  # noqa: ANN401  as asked
        """Give the answer to a question that is put to the store."""
        with self._reading() as connection:
            return question(connection)

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """Read everything as it is at one moment, whoever writes meanwhile."""
        try:
            with self._store.snapshot() as connection:
                yield connection
        except (sa.exc.SQLAlchemyError, StoreError) as error:
            raise LedgerError(f"the ledger cannot be read: {_reason(error)}") from error

    @contextmanager
    def filling(self) -> Iterator[Callable[[sa.Table, Sequence[Row]], None]]:
        """Fill an empty store in one transaction: gives what adds rows of a table.

        Raises LedgerError where something is in it already.
        """
        try:
            with self._store.filling() as connection:
                if found := held(connection):
                    many = ", ".join(f"{name} {rows}" for name, rows in found.items())
                    said = f"the store is not empty (it holds {many})"
                    raise LedgerError(f"{said}; restore into a new one")
                yield partial(self._store.add, connection)
                self._store.count_on(connection)
        except _FAULTS as error:
            raise LedgerError(f"nothing restored: {_reason(error)}") from error

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        try:
            with self._store.reading() as connection:
                yield connection
        except _FAULTS as error:
            raise LedgerError(f"the ledger cannot be read: {_reason(error)}") from error


def _reason(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, OSError) and cause.filename:
        return f"{cause.filename}: {cause.strerror}"
    return " ".join(str(cause).split()) or type(cause).__name__
