"""What people say to each other, as the page in the browser is given it."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.case.comments import Comment
from workbench.grid.payload import Values

PROMPT = "The strongest reason against your own rating"


def threads(
    said: Iterable[Comment], matrix: str, analyst: str, *, may_speak: bool
) -> Values:
    """Give all comments on a case, the oldest first, as texts to be shown as they are.

    `matrix` names the grid that they belong to, `analyst` who looks at them.
    """
    return {
        "matrix": matrix,
        "speaks": may_speak,
        "prompt": PROMPT,
        "comments": [
            {
                "id": one.id,
                "at": one.at,
                "by": one.analyst,
                "own": one.analyst == analyst,
                "text": one.text,
                "evidence": one.evidence,
                "hypothesis": one.hypothesis,
                "answers": one.answers,
            }
            for one in said
        ],
    }
