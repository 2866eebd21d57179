"""Why a standing is less firm than it looks, in words; each reason names its cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workbench.case.entry import CONFIRMED, STRUCK, Doubt
from workbench.method.certainty import Reason
from workbench.method.scoring import Assessment
from workbench.wording import listed, measure, placed, scored, share

NO_REASON: Final = "None of the reasons that are looked for."
_NAMED: Final = 12  # items in a reason
_WHAT: Final[Mapping[Doubt, str]] = {
    Doubt.LOW: "items of low credibility or relevance",
    Doubt.ABSENCE: "what is absent",
    Doubt.ASSUMPTION: "what is assumed",
}
_HELD: Final[Mapping[str, str]] = {
    CONFIRMED: "Confirmed by the analyst.",
    STRUCK: "Struck by the analyst.",
}


def describe_place(now: Assessment, id_: str) -> str:
    """Say where a hypothesis stands: its rank and its score."""
    one = now.standing[id_]
    if one.rank is None:
        return "No rank: nothing is rated for it."
    what = measure(now.rule)
    return f"Rank {placed(one)}, {what} {scored(one)}"


def describe_reason(now: Assessment, reason: Reason) -> str:
    """Say one reason, with the items that it speaks of."""
    case = now.matrix.basis.case
    if reason.doubt is Doubt.UNTESTED:
        return _untested(now, reason)
    items = [case.item[id_] for id_ in reason.evidence]
    labels = listed([item.label for item in items], _NAMED)
    if reason.doubt is Doubt.ONE_SOURCE:
        [cited] = {c.source for c in items[0].sources}
        name = case.source[cited].spoken
        return f"All that speaks against it comes from {name} ({labels})."
    if reason.doubt is Doubt.ONE_ORIGIN:
        return f"All that speaks against it repeats one origin ({labels})."
    if reason.doubt is Doubt.DISPUTED:
        return f"Rated on the other side of neutral by others: {labels}."
    what = _WHAT[reason.doubt]
    part = share(reason.share or 0.0)
    return f"{part} of what speaks against it rests on {what} ({labels})."


def _untested(now: Assessment, reason: Reason) -> str:
    said = []
    if "unchallenged" in now.standing[reason.hypothesis].flags:
        said.append("nothing that counts speaks against it")
    if not now.matrix.basis.case.hypothesis[reason.hypothesis].refuted_by:
        said.append("nothing is named that would refute it")
    return f"Untested: {' and '.join(said)}."


def describe_held(reason: Reason) -> str:
    """Say whether the analyst confirmed or struck a reason, "" for neither."""
    return _HELD.get(reason.held, "")
