"""The cases of a store: brought in from folders, listed for who is on them, given out.

A case is brought in whole, with what was judged of it, or not at all; one that is there
already is never changed by that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from workbench.case import folder
from workbench.case.entry import Change, EntryKind
from workbench.case.model import ID_PATTERN
from workbench.case.packing import packed
from workbench.errors import WorkbenchError
from workbench.record import documents, merging
from workbench.record.documents import Standing
from workbench.record.ledger import Ledger, own_url, reading
from workbench.record.pen import Pen, now, text_digest
from workbench.record.rights import Role, require_reading, role_of

BEGINNING: Final = "beginning of the case"  # who gives its first lead: nobody signed in
CLIENT: Final = "beginning"


@dataclass(frozen=True)
class Bundle:
    """A case as it lies in a folder: its files, and what the folder's ledger holds.

    `lines` are its entries, `texts` those that they name by digest.
    """

    case: str
    files: Mapping[str, bytes]
    lines: Sequence[str] = ()
    texts: Sequence[str] = field(default=(), repr=False)


def bundle(where: Path) -> Bundle:
    """Read a case folder whole, with its own ledger if it has one.

    Raises ContentErrors, WorkbenchError for what cannot be brought into a store, and
    LedgerError.
    """
    case, files = packed(where)
    id_ = case.question.id
    ledger = reading(own_url(where))
    try:
        if ledger.unwritten(id_):
            said = "a change of its texts was begun and not finished; open it once with"
            raise WorkbenchError(f"{where}: {said} workbench serve {where}")
        return Bundle(id_, files, tuple(ledger.export()), tuple(ledger.texts()))
    finally:
        ledger.close()


def bring(
    ledger: Ledger,
    bundles: Sequence[Bundle],
    lead: str | None = None,
    origin: str = "",
    by: str = "",
) -> list[bool]:
    """Bring cases into a store, all or none; tells of each whether it is new there.

    `lead` is who has signed in and becomes the lead of those that are new; what came
    in is noted in each, from where and `by` whom, where an `origin` is given. Raises
    WorkbenchError where a case of that id is there with other files, and LedgerError.
    """
    theirs = [
        [
            entry
            for entry in merging.checked(one.lines, f"the ledger of {one.case}", now())
            if entry.case in (None, one.case)  # of no other case of the store
        ]
        for one in bundles
    ]
    chains = {(one.case, who) for one in bundles for who in ("", BEGINNING)} | {
        (one.case, entry.analyst)
        for one, entries in zip(bundles, theirs, strict=True)
        for entry in entries
    }
    are_new = []
    with ledger.changing(sorted(chains)) as (store, connection):
        for one, entries in zip(bundles, theirs, strict=True):
            is_new = _put(connection, one)
            merged = merging.merge(store, connection, entries, one.case)
            pen = Pen(store, connection, (one.case, BEGINNING, None))
            for text in one.texts:
                pen.keep(text)
            changes = []
            if origin and (is_new or merged.tells):
                files = len(one.files) if is_new else 0
                because = f"by {by}" if by else ""
                changes = [merging.imported(origin, merged.added, files, because)]
            if is_new and lead is not None:
                to = Role.LEAD.value
                changes.append(Change(EntryKind.ROLE, to=to, part=lead))
            pen.write(CLIENT, pen.acknowledged(CLIENT) + 1, changes)
            are_new.append(is_new)
    return are_new


def _put(connection: sa.Connection, one: Bundle) -> bool:
    if documents.standing(connection, one.case) is None:
        documents.add(connection, one.case, one.files, now())
        return True
    there = documents.digests(connection, one.case)
    given = {path: documents.data_digest(data) for path, data in one.files.items()}
    if there == given:
        return False
    differing = sorted(
        path for path in {**there, **given} if there.get(path) != given.get(path)
    )
    raise WorkbenchError(
        f"the store has a case {one.case} already, and {differing[0]!a} is not "
        "the same there; give this one another id in "
        f"{folder.QUESTION_FILE}, or change the other in the app"
    )


def listed(ledger: Ledger, identity: str | None = None) -> list[Standing]:
    """List the cases of a store that somebody is on, by id."""
    found: list[Standing] = ledger.ask(documents.standings)
    return [one for one in found if role_of(ledger, one.case, identity) is not None]


def holds(ledger: Ledger, case: str) -> bool:
    """Tell whether the documents of a case are in a store."""
    if not ID_PATTERN.fullmatch(case):
        return False  # as an address may name it: no store takes every text
    return ledger.ask(lambda on: documents.standing(on, case)) is not None


def has_texts_of(ledger: Ledger, case: str, where: Path) -> bool:
    """Tell whether the texts in a folder are those that the store has of a case."""
    stored = dict(ledger.ask(lambda on: documents.stamp(on, case)))
    found = folder.texts(where)
    return stored == {name: text_digest(text) for name, text in found.items()}


def given_out(
    ledger: Ledger, case: str, identity: str | None = None
) -> dict[str, bytes]:
    """Give every file of a case of a store, by its path, to whoever may read it.

    Raises NotAllowed, and WorkbenchError, which names those there are, for no case.
    """
    if not holds(ledger, case):
        known = ", ".join(one.case for one in listed(ledger, identity)) or "(none)"
        raise WorkbenchError(f"the store has no case {case!r}; it has {known}")
    require_reading(ledger, case, identity)
    found: dict[str, bytes] = ledger.ask(lambda on: documents.contents(on, case))
    return found
