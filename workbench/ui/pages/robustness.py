"""What the ranking hangs on: at a glance, then test by test."""

import streamlit as st

from workbench.charts.deciding_chart import PARTS, between_chart, parts_chart
from workbench.charts.robustness_charts import (
    NEAREST,
    days_chart,
    draws_chart,
    tipping_chart,
    tippings,
)
from workbench.charts.rules_chart import rules_chart
from workbench.ui import (
    controls,
    deception_panel,
    draft_keeper,
    findings_list,
    lead_map_controls,
    lead_map_panel,
    origins_panel,
    pacing,
    rerating_panel,
    robustness_found,
    robustness_parts,
    sign_in,
    state,
)
from workbench.ui.controls import literal
from workbench.ui.links import explained, linked
from workbench.wording import counted
from workbench.wording.deciding import describe_between, describe_rivals
from workbench.wording.fragility import (
    describe_day,
    describe_deceived,
    describe_no_replay,
)
from workbench.wording.ranking import describe_rules
from workbench.wording.sources import describe_evenness
from workbench.wording.verdict import describe_draws, describe_hanging, verdict_lines

if rerating_panel.is_open():
    rerating_panel.rate()
    st.stop()
controls.heading(
    "Robustness",
    "What the evidence bears, and what that hangs on. Everything but the draws is "
    "exact, and nothing here is a probability.",
)
revision = state.revision()
found = robustness_found.exact(revision, state.assessment())
now = found.assessment
headline, *lines = verdict_lines(now, found.verdict)
st.markdown(f"#### {linked(headline)}")
if lines:
    st.markdown(linked(" ".join(lines)))
with st.container(horizontal=True, vertical_alignment="center"):
    controls.rule_control()
    st.caption(
        explained(describe_evenness(len(now.matrix.evidence), found.effective)),
        width="content",
    )
if not now.ranking:
    st.info("There is no ranking to test yet: it takes rated cells in the Matrix.")
    controls.way_to_ranking()
    st.markdown(f"#### {findings_list.TITLE}")
    findings_list.by_severity(now, found.findings)
    st.stop()


@sign_in.part
def made_of() -> None:
    """Take one score apart, item by item."""
    st.markdown("#### What each score is made of")
    chosen = robustness_parts.score_control(found)
    parts = found.contributions.hypotheses[chosen]
    if not parts:
        st.markdown("No item adds anything to it.")
        return
    chart = controls.chart_of(
        "made_of", found, lambda: parts_chart(now, parts, chosen), chosen
    )
    controls.draw_chart(chart, "made_of")
    if (more := len(parts) - PARTS) > 0:
        st.caption(f"And {counted(more, 'item')} that add less.")


@sign_in.part
def independence() -> None:
    """Draw what repeats one report, and let it be changed."""
    st.markdown(f"#### {explained('Origins')}")
    origins_panel.draw(now, found.effective)


if found.verdict.separated is None:
    st.info(
        "One hypothesis alone has a rank: whatever is changed, it stays first, and "
        "nothing can be tested. What else could explain the evidence?"
    )
    controls.way_on("Name another hypothesis in the Matrix", "matrix")
    st.markdown(f"#### {findings_list.TITLE}")
    findings_list.by_severity(now, found.findings)
    made_of()
    independence()
    st.stop()

controls.jump_list(
    "What it hangs on",
    "The smallest change",
    "What decides between them",
    "What to find out next",
    findings_list.TITLE,
    "What each score is made of",
    "Tipping points",
    "A map over two emphases",
    "Origins",
    "One left out",
    "If a source had deceived us",
    "As the evidence came in",
    "Under each published rule",
    "If judgments are a little off",
)


@sign_in.part
def decides() -> None:
    """Set two that may lead side by side, item by item."""
    st.markdown("#### What decides between them")
    pair = robustness_parts.pair_control(found)
    if pair is None:
        st.markdown("There are not two to set side by side.")
        return
    st.markdown(linked(describe_between(now, pair)))
    if pair.items:
        chart = controls.chart_of(
            "between", found, lambda: between_chart(now, pair), pair.a, pair.b
        )
        controls.draw_chart(chart, "between")
        if (more := len(pair.items) - PARTS) > 0:
            st.caption(f"And {counted(more, 'item')} that add less.")


panes = st.grid(2, min_column_width=470, gap="large")
with panes.cell():
    st.markdown("#### What it hangs on")
    hanging = describe_hanging(found.sensitivity, found.verdict, found.drawn)
    robustness_parts.points(hanging)
with panes.cell():
    st.markdown("#### The strongest case for each rival")
    if rivals := describe_rivals(found.sensitivity):
        robustness_parts.points(rivals)
    else:
        st.markdown("Nobody is alone in the lead, so that nobody is to be passed.")
    st.markdown("#### The smallest change")
    robustness_parts.cells(found.sensitivity, robustness_parts.reach_control())
pacing.send()

panes = st.grid(2, min_column_width=470, gap="large")
with panes.cell():
    decides()
with panes.cell():
    st.markdown("#### What to find out next")
    robustness_parts.missing(found)

st.markdown(f"#### {findings_list.TITLE}")
findings_list.by_severity(now, found.findings)


made_of()
st.markdown(f"#### {explained('Tipping points')}")
tips = tippings(found.sensitivity)
if tips:
    near = tips[:NEAREST]
    tipped = controls.chart_of("tipping", found, lambda: tipping_chart(now, near))
    controls.draw_chart(tipped, "tipping")
    if more := len(tips) - len(near):
        st.caption(f"{more} more have a tipping point further away.")
else:
    st.markdown("No emphasis from 0 to 2, moved alone, changes the first place.")


@sign_in.part
def two_emphases() -> None:
    """Draw who leads over two emphases, and let a point be tried."""
    st.markdown(f"#### {explained('A map over two emphases')}")
    offered = lead_map_controls.axes(found.sensitivity)
    if len(offered) < 2:  # noqa: PLR2004  a map has two sides
        st.caption("A map needs two items or sources.")
        return
    panes = st.grid(2, min_column_width=470, gap="large")
    with panes.cell():
        place = st.container()
    with panes.cell():
        sides = lead_map_controls.choose_sides(offered, now)
        mapped = robustness_found.lead_map_of(revision, now.matrix, sides.x, sides.y)
        point = lead_map_controls.try_point(mapped, sides)
        there = robustness_found.at_point(now, mapped, point.at)
        lead_map_panel.tell(there, mapped, point)
        lead_map_controls.take_over(mapped, point)
    with place:
        lead_map_panel.draw(now, mapped, point, lambda: lead_map_controls.pick(mapped))


@sign_in.part
def left_out() -> None:
    """Draw the ranks without each item, source and origin."""
    st.markdown("#### One left out")
    robustness_parts.left_out(found.sensitivity, every=robustness_parts.all_control())


@sign_in.part
def days() -> None:
    """Replay how the ranking formed."""
    st.markdown("#### As the evidence came in")
    if said := describe_no_replay(now.matrix):
        st.caption(literal(said))
    if not found.days:
        return
    day = robustness_parts.day_control(found.days)
    st.markdown(linked(describe_day(now, day)))
    chart = controls.chart_of(
        "replay", found, lambda: days_chart(now, found.days, day.day), str(day.day)
    )
    controls.draw_chart(chart, "replay")


@sign_in.part
def draws() -> None:
    """Draw the judgments at random, many times."""
    st.markdown("#### If judgments are a little off")
    with st.container(horizontal=True), draft_keeper.together("draws"):
        seed, q = robustness_parts.draws_controls()
    drawn = robustness_found.drawn(revision, found, seed, q)
    chart = controls.chart_of("draws", drawn, lambda: draws_chart(now, drawn))
    controls.draw_chart(chart, "draws")
    st.caption(linked(describe_draws(now, drawn)))


two_emphases()
independence()
left_out()
st.markdown("#### If a source had deceived us")
if said := describe_deceived(found.sensitivity):
    robustness_parts.points(said)
robustness_parts.deceived(found.sensitivity)
deception_panel.draw(found.sensitivity)
days()
st.markdown("#### Under each published rule")
st.markdown(linked(describe_rules(found.rules)))
ruled = controls.chart_of("by_rule", found, lambda: rules_chart(found.rules))
controls.draw_chart(ruled, "rules")
draws()  # late, because it alone takes time
rerating_panel.offer(found.drawn)
