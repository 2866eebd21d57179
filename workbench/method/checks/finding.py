"""A reviewer's question as a value, and the words that the checks share.

Nothing here asks anything, and no finding says which hypothesis is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal, TypeAlias

from workbench.case.model import Consistency, Evidence
from workbench.method.schemes import ORDER
from workbench.method.scoring import Assessment, Ranking

AGAINST: Final = (ORDER[Consistency.I], ORDER[Consistency.II])
_NAMED: Final = 6
_QUOTED: Final = 60  # characters of a text


class Severity(StrEnum):
    """How much a finding matters, gravest first."""

    SERIOUS = "serious"  # the conclusion may not stand
    CAUTION = "caution"  # a reader should know
    NOTE = "note"  # worth a look


SubjectKind: TypeAlias = Literal["case", "hypothesis", "evidence", "source"]


@dataclass(frozen=True)
class Subject:
    """What a finding speaks of; the id is empty for the case as a whole."""

    kind: SubjectKind
    id: str = ""


@dataclass(frozen=True)
class Finding:
    """A reviewer's question. `code` names the check that asks it."""

    severity: Severity
    code: str
    subject: Subject
    message: str

    def document(self) -> dict[str, Any]:
        """Give the finding as plain values."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "subject": {"kind": self.subject.kind, "id": self.subject.id},
            "message": self.message,
        }


CASE: Final = Subject("case")


# ------------------------------------------------------- words


def of_item(severity: Severity, code: str, item: Evidence, said: str) -> Finding:
    """Ask about an item."""
    return Finding(severity, code, Subject("evidence", item.id), said)


def of_hypothesis(severity: Severity, code: str, id_: str, said: str) -> Finding:
    """Ask about a hypothesis."""
    return Finding(severity, code, Subject("hypothesis", id_), said)


def first_place(assessment: Assessment) -> str:
    """Say what the first of the ranking is."""
    return "least inconsistent" if assessment.matrix.least_first else "best supported"


def would_lead(assessment: Assessment, ranking: Ranking) -> str:
    """Say who would lead in a changed ranking, in place of whom."""
    if not ranking:
        return "no hypothesis would have a rank"
    then = labels(assessment, ranking[0])
    now = labels(assessment, assessment.leaders)
    return f"{then} would be {first_place(assessment)} rather than {now}"


def labels(assessment: Assessment, ids: Iterable[str]) -> str:
    """Name hypotheses by their labels."""
    return listed(assessment.standing[id_].label for id_ in ids)


def listed(labels: Iterable[str]) -> str:
    """Join labels: E1, E2 and E3; the rest of a long list is counted."""
    every: Sequence[str] = list(labels)
    if len(every) > _NAMED:
        return f"{', '.join(every[:_NAMED])} and {len(every) - _NAMED} more"
    head, last = ", ".join(every[:-1]), "".join(every[-1:])
    return f"{head} and {last}" if head else last


def clipped(text: str) -> str:
    """Cut a text short enough for a message."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1].rstrip()}…"
