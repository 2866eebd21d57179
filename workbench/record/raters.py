"""Who rated a case, and whose ratings are shown where the case publishes none."""

from __future__ import annotations

from workbench.case.model import Case
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger


def raters(ledger: Ledger, case: Case) -> dict[str, Desk]:
    """Give the desks of the analysts who have a rating in force, by their names."""
    desks = {
        name: Desk(ledger, case, name) for name in ledger.analysts(case.question.id)
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
