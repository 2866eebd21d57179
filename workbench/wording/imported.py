"""What another tool's file turned out to hold, in words; nothing is read here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.record.ledger import VARIABLE
from workbench.wording import counted

LEDGER_ELSEWHERE: Final = (
    f"The judgments are in the new folder's own ledger; {VARIABLE} names another. "
    "Move them with `workbench ledger export` and `ledger import`."
)


def name_matrix(case: Case) -> str:
    """Name a matrix: its title, and how much is in it."""
    return f"{case.question.title} ({sizes(case)})"


def sizes(case: Case) -> str:
    """Say how much is in a matrix."""
    ratings = sum(len(item.ratings) for item in case.evidence)
    parts = [
        counted(len(case.hypotheses), "hypothesis", "hypotheses"),
        counted(len(case.evidence), "item"),
        counted(ratings, "published rating"),
    ]
    return ", ".join(parts)


def name_raters(analysts: Mapping[str, Judgments]) -> list[str]:
    """Name the analysts whose judgments are kept apart, and how much each rated."""
    return [
        f"{name} ({counted(len(judgments.ratings), 'rating')})"
        for name, judgments in analysts.items()
    ]
