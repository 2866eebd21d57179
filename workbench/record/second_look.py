"""Samples of one's own cells that are rated again: begun, given and resumed.

What is given again is kept beside the ratings and changes none of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from workbench.case.comments import is_there
from workbench.case.entry import Change, Entry, EntryKind
from workbench.case.model import Consistency
from workbench.errors import WorkbenchError
from workbench.method.rerating import FEWEST, SCALE, Again, Place, compared, sampled
from workbench.record.desk import Desk
from workbench.record.following import Following
from workbench.record.pen import Pen
from workbench.record.rights import Act

CLIENT: Final = "second-look"
_CODES: Final = {one.value: one for one in SCALE}
Pair = tuple[Consistency, Consistency]


@dataclass
class Sample:
    """Cells to rate again, in their order, and what stood and was given of each.

    rated: those that have a rating of the analyst's own now.
    """

    cells: tuple[Place, ...]
    rated: Mapping[Place, Consistency]
    given: dict[Place, Pair] = field(default_factory=dict)

    @property
    def left(self) -> tuple[Place, ...]:
        """The cells that are still to be rated again."""
        return tuple(
            one for one in self.cells if one in self.rated and one not in self.given
        )


def samples(found: Following) -> list[Sample]:
    """Give the samples that an analyst began, the oldest first.

    Cells go by the present ids; those that the case no longer has are left out.
    """
    made: list[Sample] = []
    rated = own_cells(found)
    for entry in found.entries_on([EntryKind.RERATING]):
        change = entry.change
        if change.evidence is None:
            made.append(Sample(_cells(found, entry), rated))
            continue
        now = found.followed(entry).change
        cell = now.evidence or "", now.hypothesis or ""
        was, given = _CODES.get(str(change.from_)), _CODES.get(str(change.to))
        if made and was and given and cell in made[-1].cells:
            made[-1].given[cell] = was, given
    return made


def own_cells(found: Following) -> dict[Place, Consistency]:
    """Give the cells that an analyst rated CC to II, with the codes that stand."""
    case = found.case
    return {
        (item, hypothesis): rating.consistency
        for (item, hypothesis), rating in found.judgments.ratings.items()
        if rating is not None
        and rating.consistency in SCALE
        and item in case.item
        and hypothesis in case.hypothesis
    }


def again(found: Following) -> Again | None:
    """Compare the last sample of which enough was given again; None without one."""
    for one in reversed(samples(found)):
        if (said := compared(one.given.values())) is not None:
            return said
    return None


def begin(desk: Desk) -> None:
    """Draw a sample of the analyst's own cells.

    Raises WorkbenchError where there are too few, NotAllowed, and LedgerError.
    """

    def compose(_pen: Pen) -> Sequence[Change]:
        rated = own_cells(desk)
        if len(rated) < FEWEST:
            raise WorkbenchError(
                f"{len(rated)} cells have a rating of your own; from {FEWEST} on they "
                "can be rated again"
            )
        cells = sampled(rated, seed=len(samples(desk)))
        return [Change(EntryKind.RERATING, to=json.dumps(cells))]

    desk.record(CLIENT, Act.JUDGE, compose)


def give(desk: Desk, cell: Place, code: Consistency) -> None:
    """Keep what is given again of a cell; a cell of which that is known is passed over.

    Raises NotAllowed, and LedgerError.
    """

    def compose(_pen: Pen) -> Sequence[Change]:
        made, rated = samples(desk), own_cells(desk)
        if not made or cell not in made[-1].left or cell not in rated:
            return ()
        if code not in SCALE:
            raise WorkbenchError("a cell is rated again with CC, C, N, I or II")
        was = rated[cell].value
        return [Change(EntryKind.RERATING, *cell, from_=was, to=code.value)]

    desk.record(CLIENT, Act.JUDGE, compose)


def _cells(found: Following, entry: Entry) -> tuple[Place, ...]:
    try:
        told = json.loads(str(entry.change.to))
        pairs = [(str(item), str(hypothesis)) for item, hypothesis in told]
    except (ValueError, TypeError):  # altered, or not this program's
        return ()
    cells = []
    for item, hypothesis in pairs:
        change = replace(entry.change, evidence=item, hypothesis=hypothesis)
        now = found.followed(replace(entry, change=change)).change
        cell = now.evidence or "", now.hypothesis or ""
        if is_there(found.case, cell):
            cells.append(cell)
    return tuple(cells)
