"""Origins on screen: the groups side by side, and the analyst's say in who is in them.

What is changed here is the analyst's own; the case's files are the Report page's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import streamlit as st

from workbench.case.entry import MAX_ID, EntryKind, Value
from workbench.case.model import Evidence
from workbench.errors import WorkbenchError
from workbench.method.alike import alike
from workbench.method.checks import maybe_one_origin
from workbench.method.matrix import Matrix
from workbench.method.origins import origins
from workbench.method.scoring import Assessment
from workbench.ui import items, state
from workbench.ui.controls import literal
from workbench.ui.links import linked, to_page
from workbench.ui.tables import origins_table
from workbench.wording import clipped, counted, named, plain
from workbench.wording.sources import describe_evenness, describe_origins

REPORT_PAGE: Final = str(Path(__file__).parent / "pages" / "report.py")
ALONE: Final = ""
_HEADS: Final = (
    "Share: the factor by which each item's weight is less. Weight: what they weigh "
    "together. All counted: what they would weigh together, were each counted in full."
)
_CHOSEN, _GIVEN, _REFUSED = "origin_items", "origin_given", "origin_refused"
_ROWS, _ROW = 12, 33
_OFFERED: Final = 6  # suggestions; the rest come as these are settled


def draw(now: Assessment, effective: float) -> None:
    """Draw the groups, and the ways to change them."""
    matrix = now.matrix
    found = origins(matrix)
    st.markdown(literal(describe_evenness(len(matrix.evidence), effective)))
    st.markdown(linked(describe_origins(matrix, found)))
    st.caption(
        "Whether they count once or one by one is chosen under “Rule and origins” at "
        "the top of the page."
    )
    panes = st.grid(2, min_column_width=470, gap="large")
    with panes.cell():
        if found:
            st.dataframe(
                origins_table(found),
                hide_index=True,
                height=_ROW * (min(len(found), _ROWS) + 1) + 3,
                column_config=_columns(),
                alt="Origins, their items and weights",
            )
            st.caption(_HEADS)
        to_page(
            REPORT_PAGE,
            "Publish your origins into the case: on the Report page",
            icon=":material/publish:",
        )
    with panes.cell():
        changed = _suggestions(now)
        changed |= _editor(matrix)
    if changed:
        st.rerun()  # all of the page hangs on the weights, not this part alone


def _columns() -> dict[str, Any]:
    number = partial(st.column_config.NumberColumn, format="%.2f")
    return {
        "Items": st.column_config.NumberColumn(width=50),
        "Share": number(width=60),
        "Weight": number(width=65),
        "All counted": number(width=90),
    }


def _suggestions(now: Assessment) -> bool:
    """Offer one origin for items that look like one report."""
    pressed = False
    found = [one.items for one in alike(now.matrix)]
    asked = maybe_one_origin(now)
    for same, one in list(zip(found, asked, strict=True))[:_OFFERED]:
        st.markdown(linked(one.message))
        pressed |= st.button(
            f"Give these {len(same)} one origin",
            key=f"alike:{same[0].id}",
            icon=":material/link:",
            on_click=_give,
            args=([item.id for item in same], one_origin(same)),
        )
    if (more := len(found) - _OFFERED) > 0:
        st.caption(f"And {counted(more, 'more group')} that look like one report.")
    return pressed


def one_origin(same: Sequence[Evidence]) -> str:
    """Name the origin for items alike: the one that is named, else a new one."""
    judgments = state.desk().judgments
    given = [origin for one in same if (origin := judgments.origin(one))]
    if given:
        return given[0]
    known = items.origins(state.case(), judgments)
    name = f"as-{same[0].id}"[: MAX_ID - 4].rstrip("-")
    others = (f"{name}-{number}" for number in range(2, MAX_ID))
    return name if name not in known else next(o for o in others if o not in known)


def _editor(matrix: Matrix) -> bool:
    """Let items be given an origin, or be taken out of theirs."""
    by_id = {item.id: item for item in matrix.evidence}
    judgments = state.desk().judgments

    def shown(id_: str) -> str:
        origin = judgments.origin(by_id[id_])
        name = named(by_id[id_], 60)
        return f"{name} · {clipped(items.in_words(origin), 30)}" if origin else name

    chosen = [id_ for id_ in state.view(_CHOSEN, []) if id_ in by_id]
    st.multiselect(
        "Items",
        list(by_id),
        key=state.seed(_CHOSEN, chosen),
        format_func=shown,
        on_change=_remember,
        args=(_CHOSEN,),
        placeholder="Items that repeat one report, or that are to stand alone",
    )
    names = items.origin_names(state.case(), judgments)
    given = state.view(_GIVEN, ALONE)
    st.selectbox(
        "Their origin",
        list(dict.fromkeys([ALONE, *names, given])),
        key=state.seed(_GIVEN, given),
        format_func=lambda one: (
            plain(names.get(one or "", one or "")) or "none: each stands alone"
        ),
        accept_new_options=True,
        on_change=_remember,
        args=(_GIVEN,),
        help="Choose one that is named, or type a new one in lower-case letters, "
        "digits and hyphens.",
    )
    pressed = st.button(
        "Give them this origin" if given else "Let each stand alone",
        key="origin_give",
        icon=":material/link:" if given else ":material/link_off:",
        disabled=not chosen,
        on_click=_give,
        args=(chosen, given),
        help="One action: Ctrl+Z in the Matrix takes it back",
    )
    if refused := state.view(_REFUSED, ""):
        st.warning(literal(refused))
    return pressed


def _remember(name: str) -> None:
    value = state.widget(name)
    state.set_view(name, value.strip() if isinstance(value, str) else value or [])
    state.set_view(_REFUSED, "")


def _give(chosen: Sequence[str], origin: str) -> None:
    """Store an origin for items, as one action; as published is no departure."""
    case = state.case()
    changes: list[list[Value]] = [
        [
            EntryKind.ORIGIN.value,
            id_,
            None,
            None if origin == case.item[id_].origin else origin,
        ]
        for id_ in chosen
    ]
    try:
        state.act(changes)
    except WorkbenchError as error:
        state.set_view(_REFUSED, f"Not changed: {error}")
        return
    for name, empty in ((_CHOSEN, []), (_GIVEN, ALONE), (_REFUSED, "")):
        state.set_view(name, empty)
