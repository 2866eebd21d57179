"""Whether a ledger may serve a case: each case has an id, and a folder of its own.

A store that several cases share tells them apart by their ids alone.
"""

from __future__ import annotations

import platform
from pathlib import Path

from workbench.case import folder
from workbench.case.beginning import unique_id
from workbench.errors import WorkbenchError
from workbench.record.ledger import Ledger
from workbench.record.stored_cases import has_texts_of, holds


def require_own(
    ledger: Ledger, case: str, where: Path, *, note: bool, alone: bool = True
) -> None:
    """Check that a ledger, named and so perhaps shared, may serve a case's folder.

    `note` has it remember the folder; `alone` tells that it is not served with others.
    Raises WorkbenchError where another folder on this machine has the id, the case's
    documents are in the store themselves (to read from, with other texts), or it has no
    id and others share the ledger.
    """
    place = where.resolve()
    if not case:
        if not alone or any(ledger.cases()):
            raise WorkbenchError(
                f"{where}: in a ledger that cases share, each is told by its id, and "
                f"this one has none; add to {folder.QUESTION_FILE}, say,\n"
                f"id: {unique_id(place.name)}"
            )
        return
    if holds(ledger, case) and (note or not has_texts_of(ledger, case, where)):
        raise WorkbenchError(
            f"{where}: the documents of the case {case} are in this store, where others"
            " may have changed them; name the case by its id in place of the folder, "
            f"or serve the store's cases, or give this one another id"
        )
    machine = platform.node()
    known = ledger.place(case, machine)
    if known and Path(known) != place and folder.case_id(Path(known)) == case:
        raise WorkbenchError(
            f"{where}: the case {case} of this ledger is the one in {known}; give one "
            f"of the two another id in {folder.QUESTION_FILE}"
        )
    if note and known != str(place):
        ledger.note_place(case, machine, str(place))
