"""Controls that several pages share; each is seeded from the state and changes it."""

from __future__ import annotations

import copy
import re
import weakref
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import altair as alt
import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from workbench.case.model import Rule
from workbench.charts.look import ON_PAGE, Drawn
from workbench.errors import WorkbenchError
from workbench.method.schemes import SCHEMES
from workbench.ui import draft_keeper, entrance, sign_in, state
from workbench.wording import plain

T = TypeVar("T")
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=])")
# What Streamlit replaces after the Markdown is read, where no backslash helps: icons,
# arrows and dashes, addresses. A word joiner, which has no width, parts each.
_REPLACED = re.compile(
    r"(?<=:)(?=[a-z/])|(?<=[-<>=~])(?=[-<>=~])|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE
)
_JOINER = "\u2060"
_NO_WORD = re.compile(r"[^a-z0-9]+")
_PAGES = Path(__file__).parent / "pages"
_SPACES = re.compile(r"[^\S\u00a0]+")


@lru_cache(maxsize=4_000)
def literal(text: str) -> str:
    """Make a text safe in Streamlit's Markdown: every character stands for itself."""
    apart = _REPLACED.sub(_JOINER, plain(_SPACES.sub(" ", text.strip())))
    return _MARKUP.sub(r"\\\1", apart)


def tags(*told: tuple[str, str], about: str = "") -> None:
    """Show short texts, each in a frame of its own after its icon, "" for none.

    They are one text: each by itself takes a browser as long as all.
    """
    framed = (
        f":gray-badge[{icon and f'{icon} '}{literal(text)}]" for text, icon in told
    )
    st.markdown(" ".join(framed), help=literal(about) or None, width="content")


def analyst_control() -> None:
    """Show who is judging, and let the name be changed."""
    with st.popover(literal(state.analyst()), icon=":material/person:"):
        st.caption("Who is judging")
        draft_keeper.keep("Analyst", "analyst", state.analyst())
        key = state.seed("analyst_name", state.analyst())
        st.text_input(
            "Analyst",
            key=key,
            max_chars=80,
            on_change=_analyst_changed,
            disabled=entrance.is_demonstration(),
            help=_about_name(),
        )
        if who := state.last_identity():
            st.caption(literal(f"Signed in as {who}"))
            sign_in.sign_out()


def _about_name() -> str:
    if entrance.is_demonstration():
        return (
            "Each visitor of this demonstration has judgments of their own, kept "
            "under this name. It lasts as long as this browser keeps it."
        )
    if entrance.has_sign_in():
        return (
            "Yours to choose for a case until you judge in it; from then on it is "
            "yours there, and nobody else can take it."
        )
    return (
        "Stored with every entry, and kept in this browser alone. Another name has "
        "judgments of its own."
    )


def _analyst_changed() -> None:
    try:
        state.set_analyst(state.widget("analyst_name"))
    except WorkbenchError as error:
        state.leave_message(str(error))


def rule_control() -> None:
    """Choose the rule, and whether items of one origin count once."""
    # No tip of the button: opened, it would lie over what it opens.
    with st.popover("Rule and origins", icon=":material/tune:"):
        st.caption("How the scores are formed, and what counts once")
        rules = list(SCHEMES)
        key = state.seed("rule_choice", state.rule())
        st.radio(
            "Rule",
            rules,
            key=key,
            format_func=lambda rule: SCHEMES[rule].title,
            captions=[SCHEMES[rule].caution or "The default" for rule in rules],
            on_change=_rule_changed,
        )
        key = state.seed("count_all_choice", state.count_all())
        st.toggle(
            "Count every item of an origin",
            key=key,
            on_change=_count_all_changed,
            help="Off: items that repeat one report weigh as much as one of them.",
        )


def _rule_changed() -> None:
    state.set_rule(Rule(state.widget("rule_choice")))


def _count_all_changed() -> None:
    state.set_count_all(on=bool(state.widget("count_all_choice")))


def every_rule_control() -> None:
    """Choose whether all six rules are shown side by side."""
    key = state.seed("every_rule_choice", state.every_rule())
    st.toggle(
        "All six rules",
        key=key,
        on_change=_every_rule_changed,
        help="The published ways to form a score, each with the ranks it gives",
    )


def _every_rule_changed() -> None:
    state.set_every_rule(on=bool(state.widget("every_rule_choice")))


def choice(  # noqa: PLR0913  all that a choice is made of
    label: str,
    name: str,
    options: Sequence[T],
    default: T,
    shown: Callable[[T], str | None] = str,
    about: str | None = None,
) -> T:
    """Choose one of a few; what is chosen is kept for the session under its name.

    `about` says what the choice is, where the label asks.
    """
    kept: T = state.view(name, default)
    key = state.seed(name, kept if kept in options else default)
    st.segmented_control(
        label,
        options,
        key=key,
        format_func=lambda one: literal(shown(one) or ""),
        required=True,
        help=about,
        on_change=_chosen,
        args=(name,),
    )
    found: T = state.view(name, default)
    return found if found in options else default


def select(
    label: str,
    name: str,
    options: Sequence[T],
    default: T,
    shown: Callable[[T], str],
) -> T:
    """Choose one of many; what is chosen is kept for the session under its name."""
    kept: T = state.view(name, default)
    key = state.seed(name, kept if kept in options else default)
    st.selectbox(
        label,
        options,
        key=key,
        format_func=shown,
        on_change=_chosen,
        args=(name,),
    )
    return kept if kept in options else default


def _chosen(name: str) -> None:
    state.set_view(name, state.widget(name))


def chart_of(
    name: str, of: object, draw: Callable[[], alt.LayerChart], *chosen: object
) -> Drawn:
    """Give a chart of something that never changes, as it was drawn of that before.

    Altair takes as long for one as all else on a page does. What was `chosen` of it is
    drawn anew when something else is.
    """
    kept = state.view(f"chart {name}", None)
    if kept is None or kept[0]() is not of or kept[1] != chosen:
        # Not `of` itself: of a large case it takes much room, and is kept elsewhere.
        kept = weakref.ref(of), chosen, _spelled_out(draw())
        state.set_view(f"chart {name}", kept)
    drawn: Drawn = kept[2]
    return drawn


def _spelled_out(chart: alt.LayerChart) -> Drawn:
    spec = chart.to_dict(validate=False)
    (rows,) = spec.pop("datasets").values()
    spec.pop("data")
    return Drawn(spec, rows, spec.pop("description", ""))


def draw_chart(
    chart: alt.LayerChart | Drawn,
    key: str,
    *,
    picks: str | None = None,
    on_pick: Callable[[], None] | None = None,
) -> None:
    """Draw a chart so that new numbers change its data and not its specification.

    Streamlit builds a chart anew for another specification, and else only moves it.
    Its texts take the page's own colour, and none is smaller than the chart's.
    `on_pick` is called when something was picked by the selection named `picks`.
    """
    drawn = chart if isinstance(chart, Drawn) else _spelled_out(chart)
    spec = copy.deepcopy(dict(drawn.spec))
    spec["config"] = {**spec.get("config", {}), **ON_PAGE}
    names = dict.fromkeys(name for row in drawn.rows for name in row)
    table = pa.table({name: [row.get(name) for row in drawn.rows] for name in names})
    st.vega_lite_chart(
        table,
        spec,
        key=key,
        alt=drawn.description or None,
        on_select=on_pick or "ignore",
        selection_mode=picks,
    )


def fold(title: str, icon: str | None, key: str) -> ExpanderContainer:
    """Fold something away; draw it only where this is `open`, by a run of the page.

    Folded up, what is in it would cost a browser as much as if it were seen. The title
    is what it is known by: with another one it is folded up again.
    """
    return st.expander(title, icon=icon, key=key, on_change="rerun")


def jump_list(*titles: str) -> None:
    """Offer the headings of a long page; each is the text of one."""
    st.markdown(
        " · ".join(f"[{one}](#{_NO_WORD.sub('-', one.lower())})" for one in titles)
    )


def way_on(label: str, page: str) -> None:
    """Offer the next thing to do, on another page, by the name of the page's file."""
    if st.button(label, type="primary", key=f"way_on_{page}"):
        st.switch_page(_PAGES / f"{page}.py")


def way_to_ranking() -> None:
    """Offer what a case needs before anything in it is ranked; the grid takes it."""
    case = state.case()
    if not any(one.status == "active" for one in case.hypotheses):
        label = "Name hypotheses in the Matrix"
    elif not case.evidence:
        label = "Add evidence in the Matrix"
    else:
        label = "Rate in the Matrix"
    way_on(label, "matrix")


def show_message() -> None:
    """Show what a callback had to say."""
    if text := state.message():
        st.warning(literal(text))
    if text := state.success():
        st.success(literal(text), icon=":material/check:")


def heading(title: str, about: str, *, of_case: bool = True) -> None:
    """Head a page: its title, what it is for, who is judging, and which case it is of.

    The case is named where several are served; `of_case` is false for a page of none.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="page-head"):
        st.markdown(f"### {title}")
        analyst_control()
    if of_case and state.case_name():
        about = f"**{literal(state.case().question.title)}** · {about}"
    st.caption(about)
    show_message()
