"""How firm each standing is: reasons why it is less so than it looks, with their cells.

Over the cells I and II of a hypothesis whose items weigh something. A reason is asked
by the numbers alone; whether it holds, the analyst confirms or strikes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workbench.case.entry import Doubt, EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Evidence, Kind, Level, Rule
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import TIE, Assessment, Standing

_AGAINST: Final = (Consistency.I, Consistency.II)
_FOR: Final = (Consistency.CC, Consistency.C)
_HALF: Final = 0.5
_WITH_LEVELS: Final = Rule.WEIGHTED_INCONSISTENCY


@dataclass(frozen=True)
class Reason:
    """Why a standing is less firm than it looks.

    evidence: the items of the cells that it speaks of, in the order of labels.
    share: the part of the score that they make up, 0 to 1; None where it is not asked.
    held: confirmed or struck by the analyst, "" for neither.
    """

    hypothesis: str
    doubt: Doubt
    evidence: tuple[str, ...]
    share: float | None = None
    held: str = ""

    def document(self) -> dict[str, Any]:
        """Give the reason as plain values."""
        return {
            "reason": self.doubt.value,
            "evidence": list(self.evidence),
            "share": self.share,
            "held": self.held or None,
        }


@dataclass(frozen=True)
class _Cell:
    item: Evidence
    size: float


def certainty(
    now: Assessment, raters: Sequence[Judgments] = (Judgments(),)
) -> dict[str, tuple[Reason, ...]]:
    """Give the reasons for every active hypothesis, in the order of `Doubt`.

    `raters` are those who judge beside the analyst: by default the published case. A
    cell is disputed where one of them has it on the other side of N.
    """
    matrix = now.matrix
    own = matrix.basis.judgments
    found = {}
    for column, h in enumerate(matrix.hypotheses):
        cells = [
            _Cell(item, abs(float(matrix.effects[row, column])))
            for row, item in enumerate(matrix.evidence)
            if matrix.weights[row] > 0
            and (rating := own.rating(item, h.id))
            and rating.consistency in _AGAINST
        ]
        reasons = (
            *_of_cells(h.id, cells, own),
            *_disputed(h.id, cells, raters),
            *_untested(now.standing[h.id], refutable=bool(h.refuted_by)),
        )
        found[h.id] = tuple(
            Reason(
                one.hypothesis,
                one.doubt,
                one.evidence,
                one.share,
                own.certainty.get((h.id, one.doubt.value), ""),
            )
            for one in reasons
        )
    return found


def _of_cells(id_: str, cells: Sequence[_Cell], own: Judgments) -> Iterator[Reason]:
    if not cells:
        return
    everything = tuple(cell.item.id for cell in cells)
    cited = {frozenset(c.source for c in cell.item.sources) for cell in cells}
    if len(cited) == 1 and len(next(iter(cited))) == 1:
        yield Reason(id_, Doubt.ONE_SOURCE, everything)
    origins = {own.origin(cell.item) for cell in cells}
    if len(cells) > 1 and len(origins) == 1 and "" not in origins:
        yield Reason(id_, Doubt.ONE_ORIGIN, everything)
    for doubt, is_so in (
        (Doubt.LOW, lambda item: _is_low(own, item)),
        (Doubt.ABSENCE, lambda item: item.kind is Kind.ABSENCE),
        (Doubt.ASSUMPTION, lambda item: item.kind is Kind.ASSUMPTION),
    ):
        yield from _over_half(id_, doubt, cells, is_so)


def _over_half(
    id_: str, doubt: Doubt, cells: Sequence[_Cell], is_so: Callable[[Evidence], bool]
) -> Iterator[Reason]:
    whole = sum(cell.size for cell in cells)
    held = [cell for cell in cells if is_so(cell.item)]
    part = sum(cell.size for cell in held)
    if whole > 0 and part > whole * _HALF + TIE:
        yield Reason(id_, doubt, tuple(c.item.id for c in held), part / whole)


def _is_low(own: Judgments, item: Evidence) -> bool:
    return any(
        _is_low_level(own.level_of(item, kind))
        for kind in (EntryKind.CREDIBILITY, EntryKind.RELEVANCE)
    )


def _is_low_level(level: Level) -> bool:
    """Tell whether a level is low, or a number that multiplies by no more."""
    if isinstance(level, str):
        return level == "low"
    levels = SCHEMES[_WITH_LEVELS].levels
    assert levels is not None
    return level <= levels[0] + TIE


def _disputed(
    id_: str, cells: Sequence[_Cell], raters: Sequence[Judgments]
) -> Iterator[Reason]:
    held = tuple(
        cell.item.id
        for cell in cells
        if any(
            (other := one.rating(cell.item, id_)) and other.consistency in _FOR
            for one in raters
        )
    )
    if held:
        yield Reason(id_, Doubt.DISPUTED, held)


def _untested(standing: Standing, *, refutable: bool) -> Iterator[Reason]:
    if "unchallenged" in standing.flags or not refutable:
        yield Reason(standing.id, Doubt.UNTESTED, ())
