"""Named points of the ledger, each with the texts of the case as they stood then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workbench.case.entry import Change, EntryKind
from workbench.errors import WorkbenchError
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.past import listed
from workbench.record.pen import Pen
from workbench.record.rights import Act

CLIENT: Final = "snapshot"
LONGEST: Final = 80  # characters of a name


def save(desk: Desk, name: str, texts: Mapping[str, str]) -> str:
    """Name what stands now; gives the name as it is kept.

    `texts` are those of the case's files by path; all are kept, so that this moment
    can be shown again whatever happens to the files. Raises WorkbenchError for what is
    no name or taken, and LedgerError where it cannot be saved.
    """
    kept = " ".join(name.split())
    if not kept or len(kept) > LONGEST or not kept.isprintable():
        allowed = f"use 1 to {LONGEST} printable characters"
        raise WorkbenchError(f"name of the snapshot: {allowed}")
    if kept in names(desk.ledger, desk.case.question.id):
        raise WorkbenchError(f"there is a snapshot {kept!r} already; use another name")

    def compose(pen: Pen) -> list[Change]:
        digests = {path: pen.keep(text) for path, text in texts.items()}
        heads = " ".join(desk.chain_end().heads)
        found = pen.keep(listed(digests))
        return [Change(EntryKind.SNAPSHOT, from_=heads or None, to=found, part=kept)]

    desk.record(CLIENT, Act.SNAPSHOT, compose)
    return kept


def names(ledger: Ledger, case: str) -> dict[str, int]:
    """Give the snapshots of a case by name, each with the number of its entry."""
    found = ledger.entries(case=case, kinds=[EntryKind.SNAPSHOT])
    return {one.change.part: one.seq for one in found if one.change.part}
