"""The premortem: why the front-runner turned out wrong, a year on.

To suppose that it failed brings out doubts that weighing hides (Klein 2007). Answers
are drafts, kept as they are typed, until one becomes an indicator or a hypothesis.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from workbench.grid.payload import Values
from workbench.method.scoring import Assessment
from workbench.method.sensitivity import Verdict
from workbench.ui import controls, form, state
from workbench.ui.controls import literal
from workbench.wording import named
from workbench.wording.verdict import spoken

TITLE: Final = "Premortem"
_OF: Final = "premortem_of"
_UNDER: Final = "premortem_under"
_ANSWERS: Final = ("First reason", "Second reason", "Third reason")


def draw(now: Assessment, reached: Verdict) -> None:
    """Ask why a contender turned out wrong: the front-runner unless one is chosen."""
    st.markdown(f"#### {TITLE}")
    if not reached.contenders:
        st.caption("Rate some cells first: nobody is ahead who could turn out wrong.")
        return
    contenders = list(reached.contenders)
    first = reached.front_runner or contenders[0]
    names = spoken(now)
    of = first
    if len(contenders) > 1:
        of = controls.select("Contender", _OF, contenders, first, lambda o: names[o])
    st.markdown(
        f"A year from now **{literal(names[of])}** turned out to be wrong. "
        "Why? Take one minute and write down what comes first."
    )
    if not form.may_edit():
        st.caption("Nothing can be written down here: the case is only shown.")
        return
    case = state.case()
    rivals = _rivals(now, of)
    under = controls.select(
        "An indicator would be a sign of",
        _UNDER,
        [*rivals, of],
        rivals[0] if rivals else of,
        lambda one: named(case.hypothesis[one]),
    )
    form.draw(
        f"premortem {of}",
        adders=[_answer(name, under) for name in _ANSWERS],
        key="premortem",
    )
    st.caption(
        "What is typed stays here as a draft, also when this page is closed, until it "
        "is made an indicator or a hypothesis, or deleted."
    )


def _rivals(now: Assessment, of: str) -> list[str]:
    """Name the other active hypotheses, the nearest first."""
    return [one.id for one in now.in_order if one.id != of]


def _answer(name: str, under: str) -> Values:
    return {
        "name": name,
        "label": "Make it an indicator",
        "placeholder": "It was wrong because",
        "request": {"act": "add-indicator", "hypothesis": under},
        "key": "text",
        "also": [
            {
                "label": "Make it a hypothesis",
                "request": {"act": "add-hypothesis"},
                "key": "title",
            }
        ],
    }
