"""Whether a ledger may serve a case: each case has an id, and a folder of its own.

A store that several cases share tells them apart by their ids alone.
"""

from __future__ import annotations

import platform
from pathlib import Path

from workbench.case import folder
from workbench.errors import WorkbenchError
from workbench.record.ledger import Ledger


def require_own(ledger: Ledger, case: str, where: Path, *, note: bool) -> None:
    """Check that a ledger, named and so perhaps shared, may serve a case's folder.

    `note` has it remember the folder. Raises WorkbenchError where another folder on
    this machine has the id, or the case has none and others share the ledger.
    """
    place = where.resolve()
    if not case:
        if any(ledger.cases()):
            raise WorkbenchError(
                f"{where}: this ledger holds entries of cases with an id, and this "
                f"case has none; add `id: {place.name.lower() or 'a-name'}`, say, to "
                f"{folder.QUESTION_FILE}"
            )
        return
    machine = platform.node()
    known = ledger.place(case, machine)
    if known and Path(known) != place and folder.case_id(Path(known)) == case:
        raise WorkbenchError(
            f"{where}: the case {case} of this ledger is the one in {known}; give one "
            f"of the two another id in {folder.QUESTION_FILE}"
        )
    if note and known != str(place):
        ledger.note_place(case, machine, str(place))
