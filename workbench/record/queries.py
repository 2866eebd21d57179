"""What is asked of a store, in statements; none changes anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from workbench.record.faults import Gone
from workbench.record.rows import COLUMNS, Read, read
from workbench.record.store.opening import Store
from workbench.record.store.schema import ENTRIES, FACTS, FORM_NOTE, METADATA

HEIR: Final = "heir"  # the case that entries without a case belong to
_FIRST: Final = -(2**63)  # no number is less, also of an altered entry


def heir() -> sa.Select[tuple[str]]:
    """Select the case that entries without a case belong to."""
    return sa.select(FACTS.c.value).where(FACTS.c.name == HEIR)


# Made once, since making a statement takes longer than carrying it out.


@lru_cache
def of_case(case: str | sa.BindParameter[str]) -> sa.ColumnElement[bool]:
    """Select what is filed under a case, or under none where that is the case's."""
    inherits = sa.func.coalesce(heir().scalar_subquery(), case) == case
    return ENTRIES.c.filed.in_((case, "")) & ((ENTRIES.c.filed == case) | inherits)


CHAIN: Final = sa.select(*COLUMNS).where(
    ENTRIES.c.analyst == sa.bindparam("analyst"),
    of_case(sa.bindparam("case", type_=sa.Text)),
)
FOLLOWED: Final = CHAIN.where(ENTRIES.c.seq >= sa.bindparam("seq")).order_by(
    ENTRIES.c.seq
)
STORED_LAST: Final = CHAIN.order_by(ENTRIES.c.seq.desc()).limit(1)
ACKNOWLEDGED: Final = sa.select(sa.func.max(ENTRIES.c.op)).where(
    ENTRIES.c.client == sa.bindparam("client"),
    ENTRIES.c.analyst == sa.bindparam("analyst"),
    ENTRIES.c.filed.in_((sa.bindparam("case", type_=sa.Text), "")),
)
OF_CLIENT: Final = CHAIN.where(
    ENTRIES.c.client == sa.bindparam("client"),
).order_by(ENTRIES.c.seq)
OF_KINDS: Final = (
    sa.select(*COLUMNS)
    .where(
        of_case(sa.bindparam("case", type_=sa.Text)),
        ENTRIES.c.kind.in_(sa.bindparam("kinds", expanding=True)),
    )
    .order_by(ENTRIES.c.seq)
)
STORED: Final = (
    sa.select(
        *(ENTRIES.c.seq, ENTRIES.c.hash, ENTRIES.c.filed),
        *(ENTRIES.c.analyst, ENTRIES.c.kind),
    )
    .where(ENTRIES.c.seq >= sa.bindparam("seq"))
    .order_by(ENTRIES.c.seq)
)


@dataclass(frozen=True)
class Stored:
    """That an entry is there: its number and hash, whose it is, and of which kind."""

    seq: int
    hash: str
    case: str
    analyst: str
    kind: str


def many(connection: sa.Connection) -> dict[str, int]:
    """Count the rows of each table."""
    counts = {}
    for table in METADATA.sorted_tables:
        query = sa.select(sa.func.count()).select_from(table)
        counts[table.name] = int(connection.scalar(query) or 0)
    return counts


def held(connection: sa.Connection) -> dict[str, int]:
    """Count the rows of each table that has any; not what every store notes."""
    counts = many(connection)
    of_form = sa.select(sa.func.count()).where(FACTS.c.name == FORM_NOTE)
    counts[FACTS.name] -= int(connection.scalar(of_form) or 0)
    return {name: rows for name, rows in counts.items() if rows}


def follow(
    store: Store,
    connection: sa.Connection,
    chain: tuple[str, str],
    after: Read | None,
) -> list[Read]:
    """Read one chain on from an entry, which is read once more: it must be there."""
    case, analyst = chain
    values = {"case": case, "analyst": analyst, "seq": after.seq if after else _FIRST}
    stored = rows(store, connection, FOLLOWED, values)
    found = [one.found for one in read(stored)]
    if after is None:
        return found
    if not found or found[0].hash != after.hash:
        raise Gone("what was read before is no longer in the ledger")
    return found[1:]


def rows(
    store: Store,
    connection: sa.Connection,
    query: sa.Select[Any],
    values: Mapping[str, Any] = MappingProxyType({}),
) -> Sequence[sa.Row[Any]]:
    """Give the rows of a query, those with texts that are none among them."""
    try:
        return connection.execute(query, values).all()
    except sa.exc.OperationalError as error:
        if "decode" not in str(error):
            raise
        store.tolerant(connection)
        return connection.execute(query, values).all()
