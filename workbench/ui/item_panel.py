"""One item in full, with the controls of how it counts; ratings are for the matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import streamlit as st

from workbench.case.entry import EntryKind, Value
from workbench.case.model import LEVELS, Evidence, Hypothesis, Rating, Source
from workbench.errors import WorkbenchError
from workbench.method.checks import Finding
from workbench.ui import (
    case_forms,
    case_notes,
    comment_threads,
    controls,
    findings_list,
    form,
    hits,
    items,
    pacing,
    sources_panel,
    split_panel,
    state,
    thing_acts,
)
from workbench.ui.comment_threads import Thread
from workbench.ui.controls import literal
from workbench.ui.links import explained
from workbench.wording import level, plain, shown
from workbench.wording.diagnosticity import can_separate
from workbench.wording.sources import RELIABILITY, grade

_HERE: Final = (
    EntryKind.CREDIBILITY,
    EntryKind.RELEVANCE,
    EntryKind.ORIGIN,
    EntryKind.EXCLUSION,
)
_TABLE: Final = 0.15  # seconds in which a browser draws what is in view
_ABOUT = {
    EntryKind.CREDIBILITY: "How far the item can be believed.",
    EntryKind.RELEVANCE: "How far the item bears on the question.",
}


def draw(item: Evidence, words: Sequence[str] = ()) -> None:
    """Draw an item: what it says, how it counts, who says so, how it is rated.

    The `words` that were looked for are marked.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"#### {literal(item.label)} {literal(item.title)}")
        edits = form.edit_control("evidence")
    if edits:
        case = state.case()
        form.draw(
            f"evidence/{item.id}",
            case_forms.item_fields(case, item),
            actions=case_forms.item_actions(item, split_panel.own_ratings(item)),
            notes=case_notes.of_item(case, item),
            key="item",
        )
        thing_acts.of_item(item)
    else:
        _text(item, words)
    asked = findings_list.present()
    findings_list.beside(asked, "evidence", item.id)
    with st.container(border=True):
        _counting(item)
    pacing.send(_TABLE)
    _ratings(item, words)
    _discussion(item)
    _sources(item, asked)


def _text(item: Evidence, words: Sequence[str]) -> None:
    _facts(item)
    _said_in(item.statement, words)
    if item.caveat:
        caveat = hits.marked(item.caveat, words)
        st.markdown(f":material/priority_high: **Caveat.** {caveat}")


def _said_in(text: str, words: Sequence[str]) -> None:
    """Write a text as it is; where words were looked for, with these marked."""
    if words:
        st.markdown("  \n".join(hits.marked(one, words) for one in text.split("\n")))
    else:
        st.text(plain(text))


def _facts(item: Evidence) -> None:
    kind = [(item.kind.value, ":material/description:")]
    date = [(str(item.date), ":material/event:")] if item.date else []
    graded = [(f"Grade {item.grade}", "")] if item.grade else []
    aside = [("set aside in the case", "")] if item.status == "set-aside" else []
    named = [(one.replace("-", " "), ":material/label:") for one in item.tags]
    about = grade(item.grade) if item.grade else ""
    controls.tags(*kind, *date, *graded, *aside, *named, about=about)


# ---------------------------------------------------------------- how it counts


def _published(item: Evidence) -> dict[EntryKind, Value]:
    return {
        EntryKind.CREDIBILITY: item.credibility,
        EntryKind.RELEVANCE: item.relevance,
        EntryKind.ORIGIN: item.origin,
        EntryKind.EXCLUSION: item.status != "active",
    }


def _in_force(item: Evidence) -> dict[EntryKind, Value]:
    own = state.desk().judgments
    return {
        EntryKind.CREDIBILITY: own.level_of(item, EntryKind.CREDIBILITY),
        EntryKind.RELEVANCE: own.level_of(item, EntryKind.RELEVANCE),
        EntryKind.ORIGIN: own.origin(item),
        EntryKind.EXCLUSION: not own.active(item),
    }


def _changed(kind: EntryKind, evidence: str) -> None:
    """Store what a control came to; the published value is a return to the baseline."""
    to = state.widget(f"{kind.value}:{evidence}")
    if kind is EntryKind.ORIGIN:
        to = (to or "").strip()
    published = _published(state.case().item[evidence])[kind]
    _store([[kind.value, evidence, None, None if to == published else to]])


def _return(evidence: str) -> None:
    item = state.case().item[evidence]
    published, own = _published(item), _in_force(item)
    _store([[k.value, evidence, None, None] for k in _HERE if own[k] != published[k]])


def _store(changes: list[list[Value]]) -> None:
    try:
        state.act(changes)
    except WorkbenchError as error:
        state.leave_message(f"Not changed: {error}")


def _counting(item: Evidence) -> None:
    published, own = _published(item), _in_force(item)
    with st.container(horizontal=True, gap="medium"):
        for kind in (EntryKind.CREDIBILITY, EntryKind.RELEVANCE):
            numbers = [v for v in (published[kind], own[kind]) if v not in LEVELS]
            st.segmented_control(
                kind.value.capitalize(),
                [*LEVELS, *dict.fromkeys(numbers)],
                format_func=lambda value: literal(level(value)),
                key=state.seed(f"{kind.value}:{item.id}", own[kind]),
                required=True,
                on_change=_changed,
                args=(kind, item.id),
                help=f"{_ABOUT[kind]} Published: {literal(_said(published[kind]))}",
            )
    names = items.origin_names(state.case(), state.desk().judgments)
    origin = str(own[EntryKind.ORIGIN])
    st.selectbox(
        "Origin",
        ["", *names],
        format_func=lambda one: (
            plain(names.get(one or "", one or "")) or "none: it stands alone"
        ),
        key=state.seed(f"origin:{item.id}", origin),
        accept_new_options=True,
        on_change=_changed,
        args=(EntryKind.ORIGIN, item.id),
        help="Items that repeat one report or one author's judgment share an origin "
        "and weigh together as much as one. A new one is a word in lower-case letters, "
        "digits and hyphens. Published: "
        f"{literal(_said_origin(published[EntryKind.ORIGIN]))}",
    )
    _sharing(item)
    st.toggle(
        "Leave it out of the analysis",
        key=state.seed(f"exclusion:{item.id}", own[EntryKind.EXCLUSION]),
        on_change=_changed,
        args=(EntryKind.EXCLUSION, item.id),
        help="It stays in the case and counts for nothing.",
    )
    st.caption(explained(_weight(item)))
    if departing := [kind for kind in _HERE if own[kind] != published[kind]]:
        told = "; ".join(
            _said(published[kind])
            if kind is EntryKind.EXCLUSION
            else f"{kind.value} {_said_of(kind, published[kind])}"
            for kind in departing
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"Published: {literal(told)}.", width="content")
            st.button(
                "Return to the published",
                key=f"return:{item.id}",
                icon=":material/undo:",
                on_click=_return,
                args=(item.id,),
            )


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return "left out" if value else "counted"
    return f"{value:g}" if isinstance(value, float) else value or "none"


def _said_of(kind: EntryKind, value: Value) -> str:
    return _said_origin(value) if kind is EntryKind.ORIGIN else _said(value)


def _said_origin(value: Value) -> str:
    return f"“{items.in_words(value)}”" if isinstance(value, str) and value else "none"


def _sharing(item: Evidence) -> None:
    others = items.sharing(state.case(), state.desk().judgments, item)
    if not others:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.caption("Shared with", width="content")
        for one in others[:12]:
            st.button(
                literal(one.label),
                key=f"go:{one.id}",
                type="tertiary",
                help=literal(one.title),
                on_click=state.choose_item,
                args=(one.id,),
            )
        if len(others) > 12:  # noqa: PLR2004  as many as fit on two lines
            st.caption(f"and {len(others) - 12} more", width="content")


def _weight(item: Evidence) -> str:
    matrix = state.matrix()
    now = state.assessment()
    for one, told in zip(now.evidence, can_separate(matrix), strict=True):
        if one.id == item.id:
            tells = shown(one.diagnosticity) if told else "cannot say yet"
            emphasis = shown(state.desk().judgments.emphasis(item.id))
            return (
                f"Weight {shown(one.weight)} (emphasis {emphasis}), diagnosticity "
                f"{tells}."
            )
    return "It has no weight: it is left out."


# ---------------------------------------------------------------- ratings, sources


def _ratings(item: Evidence, words: Sequence[str]) -> None:
    st.markdown("##### Ratings and reasons")
    told = (_rating(item, one, words) for one in state.case().hypotheses)
    st.markdown("\n\n".join("  \n".join(lines) for lines in told))


def _rating(
    item: Evidence, hypothesis: Hypothesis, words: Sequence[str]
) -> Iterator[str]:
    """Give the lines of one rating: the code, its reason, what is published."""
    judgments = state.desk().judgments
    own = judgments.rating(item, hypothesis.id)
    published = item.ratings.get(hypothesis.id)
    aside = "" if hypothesis.status == "active" else f" ({hypothesis.status})"
    yield (
        f"**{_code(own)}** {literal(hypothesis.label)} {literal(hypothesis.title)}"
        f"{aside}"
    )
    if own and own.because:
        for line in filter(None, map(str.strip, own.because.split("\n"))):
            yield hits.marked(line, words) if words else literal(line)
    if judgments.departs(state.case(), item, hypothesis.id):
        reason = published.because if published else ""
        yield f":small[Published: {_code(published)}. {literal(reason)}]"
    elif own and published and own.because != published.because:
        yield f":small[Published reason: {literal(published.because) or 'none'}]"


def _discussion(item: Evidence) -> None:
    about = [Thread((item.id, None), "The item")]
    for one in state.case().hypotheses:
        title = f"Against {plain(one.label)} {plain(one.title)}"
        about.append(Thread((item.id, one.id), title))
    if comment_threads.may_be_drawn():
        st.markdown("##### Discussion")
        comment_threads.draw(about, "item", asks=True)


def _code(rating: Rating | None) -> str:
    if rating is None:
        return "Unrated"
    return f"{rating.consistency.value} {rating.consistency.meaning}"


def _sources(item: Evidence, asked: Sequence[Finding]) -> None:
    st.markdown("##### Sources")
    if not item.sources:
        st.caption("None is named.")
    places: dict[str, list[str]] = {}
    for citation in item.sources:
        places.setdefault(citation.source, []).append(citation.at or "")
    for id_, cited in places.items():
        source = state.case().source[id_]
        at = "".join(f", {literal(one)}" for one in cited if one)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{literal(source.spoken)}**{at}")
            editing = form.edit_control(f"source {source.id}", "Edit source")
        if editing:
            sources_panel.edit(source, f"source-{source.id}")
            continue
        st.caption(_about(source))
        findings_list.beside(asked, "source", source.id)
        _addresses(source)


def _about(source: Source) -> str:
    parts = [
        source.author,
        source.publisher,
        source.kind,
        str(source.published or "date not stated"),
        f"reliability {source.reliability} ({RELIABILITY[source.reliability]})",
    ]
    told = "; ".join(part for part in parts if part)
    interest = f" **Interest.** {literal(source.interest)}" if source.interest else ""
    return f"{literal(told[:1].upper() + told[1:])}.{interest}"


def _addresses(source: Source) -> None:
    named = (("Open the source", source.url), ("Open the copy", source.archived))
    for label, url in named:
        if url.startswith(("https://", "http://")):
            st.link_button(label, url, icon=":material/open_in_new:")
        elif url:
            st.text(plain(url))
