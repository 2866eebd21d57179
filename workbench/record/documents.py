"""The documents of cases in a store: rows by path, content by digest, one revision.

Everything here is asked within a connection that somebody else holds; what a document
says is not its affair.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from workbench.case import folder
from workbench.case.editing.plan import ChangedMeanwhile, FileChange
from workbench.record.store.schema import CASES, CONTENTS, DOCUMENTS, TEXTS

Stamp = tuple[tuple[str, str], ...]  # path and digest of each text of a case
Asked = Callable[[sa.Connection], Any]
_MANY: Final = 400  # rows in one statement


@dataclass(frozen=True)
class Standing:
    """A case of a store: how often its documents were changed, and when last."""

    case: str
    revision: int
    changed: str


def standings(connection: sa.Connection) -> list[Standing]:
    """List the cases whose documents are in the store, by id."""
    found = connection.execute(sa.select(CASES).order_by(CASES.c.case_)).all()
    return [Standing(row.case_, row.revision, row.changed) for row in found]


def standing(connection: sa.Connection, case: str) -> Standing | None:
    """Give how a case's documents stand, None where there are none."""
    found = connection.execute(sa.select(CASES).where(CASES.c.case_ == case)).first()
    return Standing(found.case_, found.revision, found.changed) if found else None


def stamp(connection: sa.Connection, case: str) -> Stamp:
    """Give path and digest of each text of a case."""
    query = _of(case, DOCUMENTS.c.path, DOCUMENTS.c.digest)
    found = connection.execute(query.join(TEXTS, TEXTS.c.digest == DOCUMENTS.c.digest))
    return tuple((path, digest) for path, digest in found if folder.is_text(path))


def texts(connection: sa.Connection, case: str) -> dict[str, tuple[str, str]]:
    """Give digest and text of each text of a case, by path."""
    query = _of(case, DOCUMENTS.c.path, DOCUMENTS.c.digest, TEXTS.c.text)
    found = connection.execute(query.join(TEXTS, TEXTS.c.digest == DOCUMENTS.c.digest))
    return {row.path: (row.digest, row.text) for row in found if folder.is_text(row[0])}


def text(connection: sa.Connection, case: str, path: str) -> str | None:
    """Give one text of a case, None where there is none."""
    if not folder.is_text(path):
        return None
    query = (
        sa.select(TEXTS.c.text)
        .join(DOCUMENTS, TEXTS.c.digest == DOCUMENTS.c.digest)
        .where(DOCUMENTS.c.case_ == case, DOCUMENTS.c.path == path)
    )
    found: str | None = connection.scalar(query)
    return found


def contents(connection: sa.Connection, case: str) -> dict[str, bytes]:
    """Give every file of a case, those that are no texts among them, by path."""
    query = (
        _of(case, DOCUMENTS.c.path, TEXTS.c.text, CONTENTS.c.data)
        .outerjoin(TEXTS, TEXTS.c.digest == DOCUMENTS.c.digest)
        .outerjoin(CONTENTS, CONTENTS.c.digest == DOCUMENTS.c.digest)
    )
    return {
        path: bytes(data) if written is None else written.encode()
        for path, written, data in connection.execute(query)
    }


def digests(connection: sa.Connection, case: str) -> dict[str, str]:
    """Give the digest of every file of a case, by path."""
    query = _of(case, DOCUMENTS.c.path, DOCUMENTS.c.digest)
    return {path: digest for path, digest in connection.execute(query)}  # noqa: C416  rows


def damage(connection: sa.Connection) -> list[str]:
    """Say which content of the store is not what it is named by, or is missing."""
    if connection.dialect.name == "postgresql":
        written: sa.ColumnElement[Any] = sa.func.convert_to(TEXTS.c.text, "UTF8")
    else:  # as it lies there, also where it is no text any more
        written = sa.cast(TEXTS.c.text, sa.LargeBinary)
    found, kept = [], set()
    for query in (
        sa.select(TEXTS.c.digest, written),
        sa.select(CONTENTS.c.digest, CONTENTS.c.data),
    ):
        for digest, data in connection.execute(query):
            kept.add(digest)
            if data_digest(bytes(data)) != digest:
                found.append(f"the text {digest} is not what was saved under that name")
    query = sa.select(DOCUMENTS).order_by(DOCUMENTS.c.case_, DOCUMENTS.c.path)
    found += [
        f"{row.case_}: {row.path}: its content is not in the store"
        for row in connection.execute(query)
        if row.digest not in kept
    ]
    return found


def _of(case: str, *columns: Any) -> sa.Select[Any]:  # noqa: ANN401  sqlalchemy's
    return (
        sa.select(*columns)
        .select_from(DOCUMENTS)
        .where(DOCUMENTS.c.case_ == case)
        .order_by(DOCUMENTS.c.path)
    )


# ------------------------------------------------------------------ writing


def hold(connection: sa.Connection, case: str) -> int | None:
    """Let nobody else change a case's documents until the transaction ends.

    Gives the revision, None where the store has none of it. SQLite has one writer.
    """
    query = sa.select(CASES.c.revision).where(CASES.c.case_ == case).with_for_update()
    found: int | None = connection.scalar(query)
    return found


def change(
    connection: sa.Connection, case: str, changes: Sequence[FileChange], at: str
) -> None:
    """Change documents whose present texts are those that were read.

    Raises ChangedMeanwhile where one is not; then the transaction is to end.
    """
    for one in changes:
        stands = text(connection, case, one.file)
        if stands != one.old:
            raise ChangedMeanwhile(one.file, one.new, stands)
        row = (DOCUMENTS.c.case_ == case) & (DOCUMENTS.c.path == one.file)
        connection.execute(sa.delete(DOCUMENTS).where(row))
    kept = {one.file: one.new.encode() for one in changes if one.new is not None}
    _put(connection, case, kept)
    later = sa.update(CASES).where(CASES.c.case_ == case)
    connection.execute(later.values(revision=CASES.c.revision + 1, changed=at))


def add(
    connection: sa.Connection, case: str, files: Mapping[str, bytes], at: str
) -> None:
    """Add a case that the store has not; raises sqlalchemy's error where it has."""
    connection.execute(CASES.insert(), {"case_": case, "revision": 1, "changed": at})
    _put(connection, case, files)


def _put(connection: sa.Connection, case: str, files: Mapping[str, bytes]) -> None:
    if not files:
        return
    rows, written, others = [], {}, {}
    for path, data in files.items():
        digest = data_digest(data)
        rows.append({"case_": case, "path": path, "digest": digest})
        as_text = _text(path, data)
        if as_text is None:
            others[digest] = data
        else:
            written[digest] = as_text
    keep(connection, TEXTS, [{"digest": d, "text": t} for d, t in written.items()])
    keep(connection, CONTENTS, [{"digest": d, "data": b} for d, b in others.items()])
    connection.execute(DOCUMENTS.insert(), rows)


def keep(
    connection: sa.Connection, table: sa.Table, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Keep content by its digest; what another has kept meanwhile is the same."""
    found = sorted(rows, key=lambda row: str(row["digest"]))  # alike: no deadlock
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).on_conflict_do_nothing()
    for start in range(0, len(found), _MANY):
        connection.execute(statement, found[start : start + _MANY])


def data_digest(data: bytes) -> str:
    """Name a content by itself; of a text it is the name that entries give it."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _text(path: str, data: bytes) -> str | None:
    """Give a text of a case as one; None for any other file, which stays bytes."""
    if not folder.is_text(path):
        return None
    try:
        found = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in found else found  # PostgreSQL has no such text
