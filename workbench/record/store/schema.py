"""The tables of a store, alike in SQLite and PostgreSQL; no statement is made here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

METADATA: Final = sa.MetaData()
Row: TypeAlias = Mapping[str, Any]
# SQLite numbers rows by itself only where the type is INTEGER to the letter.
_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ENTRIES: Final = sa.Table(
    "entries",
    METADATA,
    sa.Column("seq", _NUMBER, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("analyst", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text),
    sa.Column("hypothesis", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("from_", sa.Text, nullable=False),  # JSON
    sa.Column("to_", sa.Text, nullable=False),  # JSON
    sa.Column("because", sa.Text, nullable=False),
    sa.Column("undoes", _NUMBER),
    sa.Column("client", sa.Text, nullable=False),
    sa.Column("op", _NUMBER, nullable=False),
    sa.Column("previous", sa.Text),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
    sa.Column("part", sa.Text),
    # What a program of before leaves out is right for what it writes.
    sa.Column("format", sa.Integer, nullable=False, server_default="1"),
    sa.Column("case_", sa.Text),  # as it was signed
    sa.Column("filed", sa.Text, nullable=False, server_default=""),  # under which case
    sa.Column("identity", sa.Text),
    sa.Index("entries_by_chain", "filed", "analyst", "seq"),
    sa.Index("entries_by_kind", "filed", "kind"),
    sa.Index("entries_by_client", "client", "op"),
)
TEXTS: Final = sa.Table(
    "texts",
    METADATA,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)
# Which folder on which machine a case of the store is opened from.
PLACES: Final = sa.Table(
    "places",
    METADATA,
    sa.Column("case_", sa.Text, primary_key=True),
    sa.Column("machine", sa.Text, primary_key=True),
    sa.Column("folder", sa.Text, nullable=False),
)
FACTS: Final = sa.Table(
    "facts",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
FORM_NOTE: Final = "form"  # the fact that says which form the store has
# The cases whose documents are in the store. `revision` grows with each change of one.
CASES: Final = sa.Table(
    "cases",
    METADATA,
    sa.Column("case_", sa.Text, primary_key=True),
    sa.Column("revision", _NUMBER, nullable=False),
    sa.Column("changed", sa.Text, nullable=False),  # when, as entries have it
)
# The files of those cases, by their paths in a folder and the digests of their content.
DOCUMENTS: Final = sa.Table(
    "documents",
    METADATA,
    sa.Column("case_", sa.Text, primary_key=True),
    sa.Column("path", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False),
)
# The content of files that are no texts of a case; those are among the texts.
CONTENTS: Final = sa.Table(
    "contents",
    METADATA,
    sa.Column("digest", sa.Text, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)
