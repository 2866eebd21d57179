"""Several analysts on one question: whose ranking is what, and where they differ."""

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui import (
    controls,
    discussion,
    round_discuss,
    round_panel,
    round_stand,
    state,
    team_parts,
    team_roles,
)
from workbench.ui.controls import literal
from workbench.ui.links import linked
from workbench.wording.agreeing import (
    describe_mean,
    describe_team,
    describe_without,
)

controls.heading(
    "Team",
    "Everybody who judged this case, side by side. Each one's ratings stay theirs, and "
    "the group's score is the mean of their scores.",
)
try:
    found, leads = team_parts.team(), team_roles.is_lead()
except WorkbenchError as error:
    st.error(literal(str(error)), title="The ledger cannot be read")
    st.button("Try again")
    st.stop()
round_panel.draw()
if leads:
    team_roles.draw()
    round_panel.refusals()
stories = round_discuss.told()
round_discuss.draw(stories)
if round_stand.sight().hides_others:
    round_discuss.draw_told(stories)
    st.info(
        "What everybody rated, where they differ and what it does to the answer is "
        "shown here once the round is revealed."
    )
    st.stop()
if found is None:
    st.info(
        "Nobody has judged this case yet. Cells are rated in the Matrix; others set "
        "their own name in the strip above it, or send you their ledger to merge."
    )
    controls.way_to_ranking()
    st.stop()
names, group = found.names, found.group
verdicts = {name: one.verdict for name, one in found.reached.items()}
st.markdown(f"#### {linked(describe_team(names, group, verdicts))}")
said = [
    describe_mean(names, group, state.rule()),
    *describe_without(names, group),
]
st.markdown(linked(" ".join(filter(None, said))))
round_discuss.hint(group.rankings)
controls.rule_control()
several = len(group.analysts) > 1
if not several:
    st.info(
        "One analyst alone has judged this case. Another sets a name of their own in "
        "the strip above the Matrix, or sends a ledger: workbench ledger import."
    )
controls.jump_list(
    "Rankings",
    "Where they differ",
    "Discussion",
    *(["Agreement", "Two compared"] if several else []),
    "Whose ratings",
    "Probabilities",
    *(["Rounds"] if stories else []),
)

st.markdown("#### Rankings")
team_parts.rankings(found)
team_parts.verdicts(found)

st.markdown("#### Where they differ")
team_parts.deciding(found)

st.markdown("#### Discussion")
discussion.draw(found)

if several:
    st.markdown("#### Agreement")
    team_parts.agreeing(found)
    st.markdown("#### Two compared")
    team_parts.two_compared(found)

st.markdown("#### Whose ratings")
team_parts.whose_matrix(found)

st.markdown("#### Probabilities")
team_parts.probabilities(found)
round_discuss.draw_told(stories)
