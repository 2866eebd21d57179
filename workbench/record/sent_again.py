"""What of a batch that a page sends again was done before, and what was refused."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from workbench.case.comments import COMMENTING
from workbench.case.entry import OF_CELL
from workbench.case.model import Case
from workbench.record.chain import Chain
from workbench.record.history import View
from workbench.record.operations import (
    MAX_NUMBER,
    STEPS,
    Refused,
    read_changes,
    read_item,
    read_preview,
    require_rated,
    shown,
)
from workbench.record.pen import Pen
from workbench.record.text_changes import would_change


def already_carried(
    pen: Pen,
    chain: Chain,
    client: str,
    settled: int,
    numbered: Sequence[tuple[int, Any]],
) -> Collection[int]:
    """Give the numbers of a page's operations that have entries in force."""
    if all(number > settled for number, _ in numbered):
        return ()  # the usual batch: nothing of it was sent before
    if chain.unread:
        return range(MAX_NUMBER)  # one may be of any page: nothing is refused again
    own = chain.readable(pen.of_client(client))
    seqs = {one.seq: one.op for one in own}
    back = {one.op for one in own if seqs.get(one.change.undoes or 0) == one.op}
    return {one.op for one in own} - back


def refused_again(case: Case, view: View, operation: Sequence[Any]) -> dict[int, str]:
    """Say again why a settled operation without an entry was refused, if it was.

    Sliders in mid-drag leave no entry, and neither do values that stood already:
    of an operation that asked for more, nothing was done.
    """
    number, verb, argument = [*operation, None][:3]
    said = "it was refused when it was first sent, and nothing was changed"
    try:
        if verb == "preview":
            read_preview(case, argument)
            return {}
        if verb == "change":
            changes = read_changes(case, argument)
            require_rated(view.case, view.judgments, changes)
            if not any(change.kind in OF_CELL for change in changes):
                return {}
        elif verb == "act":
            said = "it was not saved when it was first sent"
            if not would_change(case, argument):
                return {}
        elif verb == "return":
            read_item(case, argument)
        elif verb in COMMENTING:
            said = "it was refused when it was first sent; say it again"
        elif verb not in STEPS:
            said = f"unknown operation {shown(verb)}"
    except Refused as refusal:
        said = str(refusal)
    return {number: said}
