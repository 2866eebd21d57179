"""Probabilities, apart from the matrix: from the evidence, or estimated directly."""

import streamlit as st

from workbench.ui import controls, probability_parts, state

controls.heading(
    "Probability",
    "Apart from the analysis of competing hypotheses, and not needed for it. Nothing "
    "here changes a score or a rank, and no score is turned into a probability.",
)
matrix = state.matrix()
if not matrix.hypotheses:
    st.info("No hypothesis is active: there is nothing to give a probability to.")
    controls.way_on("Add hypotheses on the page Question", "question")
    st.stop()

with st.container(
    key="way-controls", horizontal=True, vertical_alignment="bottom", gap="medium"
):
    way = probability_parts.way_control()
    scale = probability_parts.scale_control()
    if way is probability_parts.Way.EVIDENCE:
        controls.rule_control()

controls.jump_list(*probability_parts.HEADINGS[way])
if way is probability_parts.Way.EVIDENCE:
    probability_parts.from_evidence(matrix, scale)
else:
    probability_parts.directly(matrix, scale)
probability_parts.scale_table(scale)
