"""How the files of a case are written: order of keys, and what may be said in short.

A form describes one mapping or list of a document. `short` names the key that stands
for the whole mapping where nothing else is said: `h1: N` is `h1: {rating: N}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workbench.case.document import (
    ASSUMPTION_KEYS,
    DECEPTION_KEYS,
    EVIDENCE_KEYS,
    HYPOTHESIS_KEYS,
    INDICATOR_KEYS,
    OUTCOME_KEYS,
    QUESTION_KEYS,
    SOURCE_KEYS,
)


@dataclass(frozen=True)
class Form:
    """The published order of a mapping's keys, and the forms of what is below them."""

    keys: Sequence[str] = ()
    short: str = ""
    below: Mapping[str, Form] = field(default_factory=dict)
    each: Form | None = None

    def of(self, step: str | int) -> Form:
        """Give the form of what stands below a key or at a position."""
        found = self.below.get(step) if isinstance(step, str) else None
        return found or self.each or PLAIN


PLAIN: Final = Form()
_RATING: Final = Form(("rating", "because"), short="rating")
QUESTION: Final = Form(
    QUESTION_KEYS,
    below={
        "assumptions": Form(each=Form(ASSUMPTION_KEYS, short="text")),
        "outcome": Form(OUTCOME_KEYS),
    },
)
SOURCES: Final = Form(
    each=Form(SOURCE_KEYS, below={"deception": Form(DECEPTION_KEYS)}),
)


def hypothesis(hypotheses: Sequence[str]) -> Form:
    """Give the form of a hypothesis's file; ratings stand in the hypotheses' order."""
    ratings = Form(hypotheses, each=_RATING)
    indicator = Form(INDICATOR_KEYS, short="text", below={"ratings": ratings})
    return Form(HYPOTHESIS_KEYS, below={"predicts": Form(each=indicator)})


def evidence(hypotheses: Sequence[str]) -> Form:
    """Give the form of an item's file; its ratings stand in the hypotheses' order."""
    return Form(
        EVIDENCE_KEYS,
        below={
            "sources": Form(each=Form(("source", "at"), short="source")),
            "ratings": Form(hypotheses, each=_RATING),
        },
    )


def shortened(value: Any, form: Form) -> Any:  # noqa: ANN401
    """Write a value in short wherever its form allows."""
    if isinstance(value, Mapping):
        if form.short and set(value) == {form.short}:
            return value[form.short]
        return {key: shortened(one, form.of(key)) for key, one in value.items()}
    if isinstance(value, list):
        return [shortened(one, form.of(at)) for at, one in enumerate(value)]
    return value
