"""What a person decides of a table: what each column holds, what each word means.

The choices of a file are kept for the session, and as a small file on request; the
matrix is read again with them, and drawn as it would be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from workbench import exchange
from workbench.case.model import Consistency
from workbench.errors import WorkbenchError
from workbench.exchange import Cell, Choices, Imported, Role, Taken, choices_file
from workbench.ui import state
from workbench.ui.controls import literal
from workbench.wording import clipped

_ACROSS: Final = 4
_COLUMNS: Final = 60  # that can be chosen for
_WORDS: Final = 60
_EXAMPLE: Final = 36  # characters
_CODES: Final = choices_file.CODES
_LISTED_HEIGHT: Final = 240  # px
_LISTED: Final = 8  # lines that are shown without scrolling
_NOT_CARRIED: Final = "not carried"


def choices(digest: str) -> Choices:
    """Give what was decided of a file, by its content."""
    found: Choices = state.view(_name(digest), choices_file.NONE)
    return found


def _name(digest: str) -> str:
    return f"choices:{digest[:12]}"


def draw(
    digest: str,
    taken: Sequence[Taken],
    unknown: Collection[str],
    listed: Sequence[Cell] = (),
) -> None:
    """Show what each column was taken for and each word without a meaning, to change.

    Draws nothing for a file whose columns are known.
    """
    if not taken and not unknown:
        return
    now = choices(digest)
    if listed:
        _cells(listed)
    if unknown or now.words:
        _words(digest, now, unknown)
    with st.expander("What each column holds", expanded=bool(listed) or not unknown):
        for start in range(0, min(len(taken), _COLUMNS), _ACROSS):
            row = st.columns(_ACROSS)
            for place, one in zip(row, taken[start : start + _ACROSS], strict=False):
                with place:
                    _column(digest, one)
    _kept(digest, now)


def _cells(listed: Sequence[Cell]) -> None:
    st.markdown("**Cells that could not be read**")
    lines = exchange.told(listed)
    with st.container(height=_LISTED_HEIGHT if len(lines) > _LISTED else "content"):
        st.markdown("\n".join(f"- {literal(line)}" for line in lines))


def _column(digest: str, one: Taken) -> None:
    roles: list[str] = list(exchange.ROLES)
    current = one.role.value if one.role else _NOT_CARRIED
    if current not in roles:
        roles.insert(0, current)
    key = state.seed(f"import_column:{digest[:12]}:{one.place}", current)
    st.selectbox(
        literal(f"{clipped(one.head, _EXAMPLE)} in {one.place}"),
        roles,
        key=key,
        on_change=_column_changed,
        args=(digest, one.head, key),
    )
    if one.example:
        st.caption(literal(f"such as “{clipped(one.example, _EXAMPLE)}”"))


def _column_changed(digest: str, head: str, key: str) -> None:
    chosen = state.widget(key)
    if chosen not in exchange.ROLES:
        return
    now = choices(digest)
    roles = {**now.columns, choices_file.head(head): Role(chosen)}
    state.set_view(_name(digest), replace(now, columns=roles))


def _words(digest: str, now: Choices, unknown: Collection[str]) -> None:
    st.markdown("**What each word means**")
    open_ = [text for text in unknown if choices_file.key(text) not in now.words]
    every = [*now.words, *open_][:_WORDS]
    for start in range(0, len(every), _ACROSS):
        row = st.columns(_ACROSS)
        for place, text in zip(row, every[start : start + _ACROSS], strict=False):
            with place:
                _word(digest, now, text)
    if (more := len(now.words) + len(open_) - _WORDS) > 0:
        st.caption(f"and {more} more; each is shown once those before it are chosen")


def _word(digest: str, now: Choices, text: str) -> None:
    word = choices_file.key(text)
    chosen = None
    if word in now.words:
        code = now.words[word]
        chosen = code.value if code else choices_file.UNRATED
    key = state.seed(f"import_word:{digest[:12]}:{word}", chosen)
    st.selectbox(
        literal(clipped(text, _EXAMPLE)),
        _CODES,
        index=None,
        key=key,
        placeholder="Choose a code",
        on_change=_word_changed,
        args=(digest, word, key),
    )


def _word_changed(digest: str, word: str, key: str) -> None:
    chosen = state.widget(key)
    now = choices(digest)
    told = {text: code for text, code in now.words.items() if text != word}
    if chosen is not None:
        told[word] = None if chosen == choices_file.UNRATED else Consistency(chosen)
    state.set_view(_name(digest), replace(now, words=told))


# ---------------------------------------------------------------- kept and used again


def _kept(digest: str, now: Choices) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if now:
            st.download_button(
                "Keep these choices as a file",
                lambda: choices_file.written(now),
                file_name="choices.yaml",
                mime="application/yaml",
                key=f"import_keep:{digest[:12]}",
                icon=":material/bookmark:",
                on_click="ignore",
            )
            st.button(
                "Undo all choices",
                key=f"import_undo:{digest[:12]}",
                icon=":material/undo:",
                on_click=state.set_view,
                args=(_name(digest), choices_file.NONE),
            )
    with st.expander("Use choices that were kept"):
        file = st.file_uploader(
            "A file of choices",
            type=["yaml", "yml"],
            key=f"import_choices:{digest[:12]}",
        )
        if file is not None and st.button(
            "Use them", key=f"import_use:{digest[:12]}", icon=":material/input:"
        ):
            try:
                told = choices_file.read(file.getvalue(), file.name, now)
            except WorkbenchError as error:
                st.error(literal(str(error)))
            else:
                state.set_view(_name(digest), told)
                st.rerun()


def accepted(chosen: Iterable[Imported]) -> bool:
    """Tell whether matrices may be imported: enough was read, or a person says so."""
    said = [text for one in chosen if (text := exchange.refusal(one))]
    if not said:
        return True
    lines = [line for text in said for line in text.splitlines()]
    first, *others = lines
    listed = "\n".join(f"- {literal(line.removeprefix('- '))}" for line in others)
    st.warning(f"{literal(first)}\n\n{listed}", title="Too much could not be read")
    return st.checkbox(
        "Import it all the same, without these cells", key="import_accept"
    )
