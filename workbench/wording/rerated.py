"""How far somebody agrees with themselves, in words, beside what the draws do."""

from __future__ import annotations

from workbench.method.draws import Drawn
from workbench.method.rerating import Again
from workbench.wording import counted
from workbench.wording.verdict import in_hundred


def describe_again(found: Again, drawn: Drawn, *, who: str = "") -> str:
    """Say how many cells differ when rated again, and what the draws assume.

    `who` names the analyst, "" for the reader.
    """
    subject = who or "You yourself"
    verb = "differs" if who else "differ"
    far = f", {found.far} of them by more than one step" if found.far else ""
    itself = "theirs" if who else "your own"
    return (
        f"{subject} {verb} in {found.differ} of {counted(found.given, 'cell')} of "
        f"{itself}, drawn code by code, rated again unseen{far}: "
        f"{in_hundred(found.share)} "
        f"({_bounds(found)} by the 95 per cent interval). The draws let "
        f"{in_hundred(drawn.q)} ratings try to slip, of which {in_hundred(drawn.moved)}"
        " stand elsewhere; they do so for everybody alike, so that every place says "
        "the same."
    )


def _bounds(found: Again) -> str:
    return f"{in_hundred(found.low).split()[0]} to {in_hundred(found.high).split()[0]}"
