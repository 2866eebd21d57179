"""Who rated a case, and whose ratings are shown where the case publishes none."""

from __future__ import annotations

from workbench.case.model import Case
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.sight import sight_of


def raters(
    ledger: Ledger,
    case: Case,
    identity: str | None = None,
    reader: str | None = None,
) -> dict[str, Desk]:
    """Give the desks of the analysts who have a rating in force, by their names.

    `identity` is who has signed in to read them, `reader` the name that they go by;
    whom they may not see now is left out. Raises NotAllowed, and LedgerError.
    """
    sight = sight_of(ledger, case.question.id, identity, reader)
    desks = {
        name: Desk(ledger, case, name)
        for name in ledger.analysts(case.question.id)
        if not sight.hides(name)
    }
    return {
        name: desk
        for name, desk in desks.items()
        if any(desk.judgments.ratings.values())
    }


def stand_in(case: Case, found: dict[str, Desk]) -> str | None:
    """Name the one analyst whose ratings are shown in place of published ones.

    None where the case publishes ratings, or where nobody or several rated it.
    """
    return next(iter(found)) if len(found) == 1 and not case.is_rated else None
