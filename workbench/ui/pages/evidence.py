"""The evidence: find an item, read it in full, and change how it counts."""

from collections.abc import Sequence

import streamlit as st

from workbench.case.model import Kind
from workbench.ui import (
    case_forms,
    controls,
    form,
    hits,
    item_panel,
    items,
    offers_panel,
    sources_panel,
    state,
)
from workbench.ui.controls import literal
from workbench.ui.links import ITEM, linked, place
from workbench.wording import clipped, counted, joined, named

ALL = ""
HEIGHT, ROW = 600, 33
FILTERS = ("search", "source", "kind", "origin", "tag")
SHOWN_HITS = 8
# Pixels: the list beside an item in a window of 1440, what stands there before and
# after the codes, one code, and the least and the most of a title.
PANE, FIXED, CODE, TITLE = 626, 172, 38, (150, 220)
LAST = {"Changed": 80, "Kind": 90}


def _select(
    label: str,
    options: list[str],
    names: dict[str, str] | None = None,
    first: str = "All",
) -> str:
    """Offer a choice; what is chosen stays for the session, and in the address."""
    chosen = st.selectbox(
        label,
        [ALL, *options],
        format_func=lambda one: clipped((names or {}).get(one) or one or first, 40),
        key=label.lower(),
        persist_state="session",
        bind="query-params",
    )
    return chosen or ALL


def _room(codes: Sequence[str], telling: Sequence[str]) -> int:
    """Give titles, in pixels, what other columns leave of half a usual window."""
    others = FIXED + CODE * len(codes) + sum(LAST[name] for name in telling)
    return min(max(PANE - others, TITLE[0]), TITLE[1])


def _heads(telling: Sequence[str]) -> str:
    """Say what the heads of the list stand for."""
    active = [one for one in case.hypotheses if one.status == "active"]
    told = [f"Codes: against {linked(joined(map(named, active)))}."] if active else []
    if "Changed" in telling:
        told.append(
            "Changed: in how many places you depart from the published item, and "
            "whether it is left out of the analysis."
        )
    return " ".join(told)


def _clear() -> None:
    """Take all filters away."""
    for key in FILTERS:
        state.set_widget(key, ALL)


def _chosen(shown: list[str]) -> None:
    """Follow the row or cell picked; `shown` are the items that were in the list."""
    picked = state.widget("items")["selection"]
    rows = [*(row for row, _ in picked["cells"]), *picked["rows"]]
    if rows and rows[0] < len(shown):
        state.choose_item(shown[rows[0]])


def _say_hits(words: list[str]) -> None:
    """List where in the items shown the words were found, each a link to its item."""
    told = [
        (item, *where)
        for item in found
        if (where := hits.found_in(case, judgments, item, words))
    ]
    if not told:
        return
    st.markdown("##### Found in")
    lines = [
        f"- [{literal(one.label)} {hits.marked(one.title, words)}]"
        f"({place(ITEM, one.id)}) *{literal(where)}*: {hits.marked(said, words)}"
        for one, where, said in told[:SHOWN_HITS]
    ]
    st.markdown("\n".join(lines))
    if (more := len(told) - SHOWN_HITS) > 0:
        st.caption(f"And in {counted(more, 'more item')}.")


case, judgments = state.case(), state.desk().judgments
controls.heading(
    "Evidence",
    "Pick an item to read it in full, with its sources and the reason of each rating. "
    "Ratings and weights that you change are yours; texts are the case's own.",
)
offers_panel.draw()
if form.may_edit():
    form.draw_adder("add evidence", case_forms.ADD_EVIDENCE)
if state.follow_item() and not set(FILTERS) & set(st.query_params):
    _clear()  # or what a link names might be filtered away
with st.grid(6, min_column_width=130, vertical_alignment="bottom"):
    text = st.text_input(
        "Search",
        key="search",
        persist_state="session",
        bind="query-params",
        placeholder="Words in any text",
        icon=":material/search:",
        live=True,
        help="In title, statement, caveat, reasons and tags.",
    )
    source = _select(
        "Source", [s.id for s in case.sources], {s.id: s.spoken for s in case.sources}
    )
    kind = _select("Kind", [kind.value for kind in Kind])
    origin = _select(
        "Origin",
        items.origins(case, judgments),
        items.origin_names(case, judgments),
    )
    tags = sorted({tag for item in case.evidence for tag in item.tags})
    tag = _select("Tag", tags, {one: one.replace("-", " ") for one in tags})
    sort = _select("Sort", list(items.SORTS[1:]), first="label")
words = hits.words_of(text or "")
wanted = items.Wanted(text or "", source, kind, origin, tag)
found = items.matching(case, judgments, wanted)
if sort:
    found = items.in_order(found, sort, state.assessment())
ids = [item.id for item in found]
total = counted(len(case.evidence), "item")
if not found:
    if case.evidence:
        said = f"has “{clipped(text, 40)}” in it" if words else "is like that"
        st.info(f"None of the {total} {literal(said)}.")
        st.button("Show all items", icon=":material/filter_alt_off:", on_click=_clear)
    else:
        st.info(
            "The case has no evidence yet. Type the title of a first item above, or "
            "paste a list; everything else can come later."
        )
    sources_panel.draw()
    st.stop()

here = ids.index(state.chosen_item()) if state.chosen_item() in ids else 0
item = found[here]
state.tell_item(item.id)
panes = st.grid(2, min_column_width=470, gap="medium")
with panes.cell():
    # On the left: the list's own tools appear over the right end of this row.
    with st.container(horizontal=True, vertical_alignment="center"):
        for label, by in (("Previous", -1), ("Next", 1)):
            beyond = not 0 <= here + by < len(ids)
            st.button(
                label,
                key=f"step_{label}",
                on_click=state.choose_item,
                args=("" if beyond else ids[here + by],),
                disabled=beyond,
            )
        few = len(found) < len(case.evidence)
        st.caption(f"{len(found)} of {total}" if few else total, width="content")
        if few:
            st.button(
                "Show all",
                key="show_all",
                icon=":material/filter_alt_off:",
                on_click=_clear,
                type="tertiary",
            )
    table = items.table(case, judgments, found)
    telling = [name for name in LAST if items.tells(table, name)]
    codes = [str(name) for name in table.columns[3 : -len(LAST)]]
    state.seed("items", {"selection": {"rows": [here], "columns": [], "cells": []}})
    st.dataframe(
        table,
        key="items",
        column_order=["Item", "Title", "Date", *codes, *telling],
        on_select=lambda: _chosen(ids),
        selection_mode=["single-row-required", "single-cell"],
        hide_index=True,
        height=min(HEIGHT, ROW * (len(found) + 1) + 3),
        column_config={
            "Item": st.column_config.TextColumn(width=46, pinned=True),
            "Title": st.column_config.TextColumn(width=_room(codes, telling)),
            "Date": st.column_config.TextColumn(width=90),
            **{name: st.column_config.TextColumn(width=CODE) for name in codes},
            **{
                name: st.column_config.TextColumn(width=width)
                for name, width in LAST.items()
            },
        },
        alt="Items of evidence",
    )
    st.caption(_heads(telling))
    if words:
        _say_hits(words)
with panes.cell():
    item_panel.draw(item, words)
sources_panel.draw()
