"""What is asked, what is taken for granted, and the hypotheses with their tests."""

from collections.abc import Sequence

import streamlit as st

from workbench.case.model import Assumption, Hypothesis, Indicator
from workbench.ui import (
    case_forms,
    cases_parts,
    comment_threads,
    controls,
    findings_list,
    form,
    state,
    thing_acts,
)
from workbench.ui.controls import literal
from workbench.ui.links import linked
from workbench.wording import counted, joined, named, plain, stopped
from workbench.wording.assumed import (
    describe_conditions,
    describe_grounds,
    describe_outcome,
    parts,
)
from workbench.wording.indicators import describe_sign
from workbench.wording.verdict import spoken

STATES = {
    "open": "",
    "observed": "**Observed:** ",
    "not-observed": "**Not observed:** ",
}


def _sign(one: Indicator) -> str:
    dates = [
        *(["open"] if one.state == "open" else []),
        *([f"by {literal(str(one.by))}"] if one.by else []),
        *([f"noted {literal(str(one.on))}"] if one.on else []),
    ]
    told = f" *({', '.join(dates)})*" if dates else ""
    lines = [f"- {STATES[one.state]}{literal(one.text)}{told}"]
    if would := describe_sign(matrix, one):
        lines.append(f"*Were it seen:* {linked(would)}")
    if item := case.item.get(one.item):
        lines.append(f"*Taken up as* {linked(named(item))}")
    return "  \n  ".join(lines)


def _assumed(listed: Sequence[Assumption]) -> str:
    """List assumptions, each with what it says of itself in the lines below it."""
    entries = []
    for one in listed:
        told = [f"*{name}:* {linked(stopped(text))}" for name, text in parts(case, one)]
        entries.append("  \n  ".join([f"- {literal(one.text)}", *told]))
    return "\n".join(entries)


def _card(hypothesis: Hypothesis) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"place-{hypothesis.id}"
    ):
        st.markdown(f"##### {literal(hypothesis.label)} {literal(hypothesis.title)}")
        if hypothesis.status != "active":
            st.badge(f"{hypothesis.status}, not scored", color="gray")
        editing = form.edit_control(f"hypothesis {hypothesis.id}")
    if editing:
        form.draw(
            f"hypothesis/{hypothesis.id}",
            case_forms.hypothesis_fields(case, hypothesis),
            actions=case_forms.hypothesis_actions(case, hypothesis),
        )
        thing_acts.of_hypothesis(hypothesis)
    else:
        st.text(plain(hypothesis.statement))
        st.markdown(told[hypothesis.id])


def _discussed(some: Sequence[Hypothesis], key: str) -> None:
    """Draw what is said of hypotheses, below them: a component each takes longer."""
    comment_threads.draw(
        [comment_threads.Thread((None, one.id), f"On {named(one)}") for one in some],
        key,
    )


def _told(hypothesis: Hypothesis) -> str:
    """Write what a hypothesis predicts, what would refute it and what is asked of it.

    It is one text: a browser takes as long for each as for a page of them.
    """
    signs = [_sign(one) for one in hypothesis.predicts]
    points = [f"- {literal(text)}" for text in hypothesis.refuted_by]
    told = [
        "**If it is true, we expect**",
        "\n".join(signs) or "Nothing is named: nothing could go against it.",
        "**What would refute it**",
        "\n".join(points) or "Nothing is named: it has not been put at risk.",
    ]
    if hypothesis.status == "active":
        told += findings_list.told_of(asked, "hypothesis", hypothesis.id)
    return "\n\n".join(told)


case = state.case()
question = case.question
active = [h for h in case.hypotheses if h.status == "active"]
aside = [h for h in case.hypotheses if h.status != "active"]
asked = findings_list.present()
matrix = state.matrix()
now = state.assessment()
told = state.once("hypotheses", lambda: {h.id: _told(h) for h in case.hypotheses})

controls.heading(literal(question.question), literal(question.title), of_case=False)
upto = question.as_of.isoformat() if question.as_of else ""
many = counted(len(active), "hypothesis", "hypotheses")
controls.tags(
    *([(f"Evidence to {upto}", ":material/event:")] if upto else []),
    *([(question.handling, ":material/lock_open:")] if question.handling else []),
    (f"{many}, {counted(len(case.evidence), 'item')}", ":material/grid_on:"),
    about=f"What happened after {upto} is not part of this case." if upto else "",
)

with st.container(horizontal=True):
    cases_parts.begin_controls()

if outcome := question.outcome:
    st.info(literal(describe_outcome(case, outcome)), icon=":material/task_alt:")
controls.jump_list(
    "Hypotheses",
    *(["Set aside, not scored"] if aside else []),
    "Key assumptions",
)
if editing := form.edit_control("question"):
    form.draw("question", case_forms.question_fields(case))
else:
    st.markdown("#### Background")
    st.text(plain(question.background) or "The case gives no background.")

st.markdown("#### Hypotheses")
st.caption(
    "Rate each item against all of them, asking: if this were true, would we expect "
    "to see that? The one to look at last is the one you believe."
)
if form.may_edit():
    form.draw(
        "add hypothesis",
        adders=[case_forms.ADD_HYPOTHESIS],
    )
grid = st.grid(2, min_column_width=440, border=True)
for one in active:
    with grid.cell():
        _card(one)
_discussed(active, "active")
if not active:
    st.info("No hypothesis is active, so nothing can be scored.")

if aside:
    st.markdown("#### Set aside, not scored")
    words = joined(sorted({h.status for h in aside}))
    st.caption(
        f"These are {words}: they stay on record with their ratings, so that they can "
        "be taken up again, and have no part in any score or rank."
    )
    grid = st.grid(2, min_column_width=440, border=True)
    for one in aside:
        with grid.cell():
            _card(one)
    _discussed(aside, "aside")

st.markdown("#### Key assumptions")
st.caption(
    "What the answer takes for granted. One that breaks takes with it what is named."
)
assumed = question.assumptions
half = (len(assumed) + 1) // 2
panes = st.grid(2, min_column_width=440, gap="large")
for some in filter(None, (assumed[:half], assumed[half:])):
    with panes.cell():
        st.markdown(_assumed(some))
if not assumed:
    st.markdown("None are stated. What would have to be true for all?")
rests = describe_conditions(now), describe_grounds(now, spoken(now))
st.markdown("\n\n".join(linked(said) for said in rests if said))
