"""Another tool's file brought in on a page: uploaded, looked at, and made a case.

What was read is shown first; nothing is written before the button is pressed.
"""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

import streamlit as st

from workbench import exchange
from workbench.case.beginning import named
from workbench.case.judgments import Judgments
from workbench.errors import WorkbenchError
from workbench.exchange import Choices, Imported, Unreadable
from workbench.ui import (
    cases_parts,
    draft_keeper,
    sign_in,
    state,
    still_matrix,
    table_choices,
)
from workbench.ui.controls import literal
from workbench.ui.libraries import FolderLibrary, Library
from workbench.ui.state import Brought
from workbench.wording import clipped, counted, joined, plain
from workbench.wording.imported import (
    LEDGER_ELSEWHERE,
    name_matrix,
    name_raters,
    sizes,
)

_CELLS: Final = "Cells, with the row of names"
_ROWS: Final = 30  # of the matrix that is shown
_NOTES: Final = 12  # that are shown without scrolling
_NOTES_HEIGHT: Final = 360  # px
_QUESTION: Final = 240  # characters
_RATERS: Final = 600  # characters
_MEGABYTE: Final = 1_000_000


def into_library(library: Library) -> None:
    """Take a file, show what is in it, make cases of it in the library and go there."""
    brought = _upload()
    if not brought:
        return
    chosen = _chosen(brought, library)
    if not chosen:
        return
    if _button(chosen) and (names := _written(chosen, library, brought.name)):
        state.forget_brought()
        first, *others = names
        if others:
            many = counted(len(names), "case")
            state.leave_success(f"{many} made: {joined(names)}. This is the first.")
        cases_parts.enter(first)


@sign_in.part
def beside_one_case() -> None:
    """Take a file and give its cases as a zip, or write them beside the one served."""
    brought = _upload()
    if not brought:
        return
    library = FolderLibrary(state.case_folder().absolute().parent)
    place = library.where
    chosen = _chosen(brought, library)
    if not chosen:
        return
    first, *others = chosen
    is_beside = st.toggle(
        "Write it beside this case instead of downloading it",
        key="import_beside",
        help=literal(f"Into the folder {place}. This case is left as it is."),
    )
    if not is_beside and table_choices.accepted(chosen.values()):
        st.download_button(
            f"Download {'the cases' if others else 'the case'} as a zip",
            partial(exchange.zipped, chosen, brought.name, accept=True),
            file_name="cases.zip" if others else f"{first}.zip",
            mime="application/zip",
            key="import_zip",
            type="primary",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
        st.caption(f"Unpack it, then run {literal(_serve(first))}")
    elif is_beside and _button(chosen) and _written(chosen, library, brought.name):
        where = joined(str(place / name) for name in chosen)
        st.success(
            f"Written to {literal(where)}. To open "
            f"{'the first' if others else 'it'}, run "
            f"{literal(_serve(str(place / first)))}",
            icon=":material/check:",
        )
        if exchange.keeps_aside(chosen.values()):
            st.caption(literal(LEDGER_ELSEWHERE))


def _serve(where: str) -> str:
    return f"workbench serve {shlex.quote(where)}"


# ---------------------------------------------------------------- what was brought


def _upload() -> Brought | None:
    """Take a file and read it, once; says what is wrong where it cannot be read."""
    given = _given()
    if given is None:
        state.forget_brought()
        return None
    return look_into(*given)


def look_into(data: bytes, name: str) -> Brought | None:
    """Read what was brought, once; says what is wrong where it cannot be read."""
    digest = hashlib.sha256(data).hexdigest()
    choices = table_choices.choices(digest)
    brought = state.brought()
    known = brought and (brought.digest, brought.name, brought.choices)
    if not brought or known != (digest, name, choices):
        with st.spinner("Reading the file"):
            brought = _read(data, name, digest, choices)
        state.keep_brought(brought)
    if brought.fault:
        first, *lines = brought.fault.splitlines()
        listed = "\n".join(f"- {literal(line.removeprefix('- '))}" for line in lines)
        st.error(f"{literal(first)}\n\n{listed}", title="This file cannot be imported")
        table_choices.draw(digest, brought.taken, ())
        return None
    return brought


def _given() -> tuple[bytes, str] | None:
    """Give what was uploaded, or pasted, and its name."""
    file = st.file_uploader(
        "A file of another tool",
        key="import_file",
        help=f"At most {exchange.MAX_BYTES // _MEGABYTE} MB. Nothing in it is run.",
    )
    known = "; ".join(format_.title for format_ in exchange.FORMATS)
    st.caption(
        literal(
            f"What is read: {known}. The content shows which it is, the name does not. "
            "Nothing is written before you have seen what was understood."
        )
    )
    if file is not None:
        return file.getvalue(), file.name
    with st.expander("Or paste cells from a spreadsheet"):
        draft_keeper.keep(_CELLS, _CELLS)
        pasted = st.text_area(
            _CELLS,
            key="import_paste",
            height=160,
            placeholder="Copy the cells of the matrix in the spreadsheet, click here "
            "and paste",
            help="They are read as soon as you stop typing.",
        )
    state.set_view(_CELLS, pasted)
    return (pasted.encode(), "pasted cells") if pasted.strip() else None


def _read(data: bytes, name: str, digest: str, choices: Choices) -> Brought:
    try:
        return Brought(digest, name, choices, exchange.read(data, name, choices))
    except Unreadable as error:
        return Brought(digest, name, choices, fault=str(error), taken=error.taken)


# ---------------------------------------------------------------- what is made of it


def _chosen(brought: Brought, library: Library) -> dict[str, Imported]:
    """Show the matrices and have some chosen; gives each by its folder's name.

    Empty as long as none is chosen, or the name will not do.
    """
    found, mark = brought.found, brought.digest[:12]
    if len(found) == 1:
        preview(found[0], brought.digest, mark)
        return _name(found[0], library, mark)
    picked = st.multiselect(
        f"{len(found)} matrices are in it; choose those to import",
        range(len(found)),
        format_func=lambda number: plain(name_matrix(found[number].case)),
        key=f"import_chosen:{mark}",
        placeholder="Choose one or several",
    )
    if not picked:
        return {}
    looked_at = picked[0]
    if len(picked) > 1:
        looked_at = st.selectbox(
            "Look at",
            picked,
            format_func=lambda number: plain(name_matrix(found[number].case)),
            key=f"import_looked_at:{mark}",
        )
    preview(found[looked_at], brought.digest, f"{mark}:{looked_at}")
    if len(picked) == 1:
        return _name(found[looked_at], library, f"{mark}:{looked_at}")
    names: dict[str, Imported] = {}
    for number in picked:
        title = found[number].case.question.title
        names[library.free_name(title, names)] = found[number]
    if library.named:
        st.caption(literal(f"Folders: {joined(names)}"))
    return names


def _name(one: Imported, library: Library, mark: str) -> dict[str, Imported]:
    """Name what is made, by hand for a folder; empty where the name will not do."""
    title = one.case.question.title
    if not library.named:
        return {library.free_name(title): one}
    free = library.free_name(title)
    draft_keeper.keep("Name of the new folder", f"import name {mark}", free)
    name = st.text_input(
        "Name of the new folder",
        value=free,
        key=f"import_name:{mark}",
        live=True,
        width=420,
    ).strip()
    if not name or name != named(name, ""):
        st.warning(
            "Name the folder in lower-case letters, digits and single hyphens, at most "
            "60 characters."
        )
        return {}
    if library.is_taken(name):
        st.warning(literal(f"There is something called {name} already; choose another"))
        return {}
    return {name: one}


def _button(chosen: Mapping[str, Imported]) -> bool:
    many = len(chosen)
    if not table_choices.accepted(chosen.values()):
        return False
    return st.button(
        "Make the case" if many == 1 else f"Make the {many} cases",
        key="import_make",
        type="primary",
        icon=":material/add:",
    )


def _written(
    chosen: Mapping[str, Imported], library: Library, origin: str
) -> list[str]:
    """Write the cases, all or none; says why where it fails, and gives their names."""
    try:
        with st.spinner("Writing the case"):
            made = library.write(chosen, origin)
    except WorkbenchError as error:
        said = str(error)
    except OSError as error:
        said = f"{error.strerror or error}"
    else:
        state.note_taken(_CELLS, str(state.view(_CELLS, "")))
        return made
    st.error(literal(said), title="Nothing was written")
    return []


# ---------------------------------------------------------------- what is shown


def preview(one: Imported, digest: str, mark: str) -> None:
    """Show what was understood of a matrix; every text of it is only text.

    What a table's columns hold and its words mean can be said differently.
    """
    question = one.case.question
    st.markdown(f"##### {literal(clipped(question.title))}")
    if question.question != question.title:
        st.markdown(literal(clipped(question.question, _QUESTION)))
    st.caption(literal(f"{sizes(one.case)}. Read as {one.format}."))
    judgments = Judgments()
    if one.analysts:
        st.markdown(
            f"**Analysts kept apart:** {literal(_raters(one))}. Each has a place in "
            "the ledger of the new case; choose a name as the analyst to see it there."
        )
        shown = list(one.analysts.items())
        if one.case.is_rated:
            shown.insert(0, ("as published", Judgments()))
        whose = 0
        if len(shown) > 1:
            whose = st.selectbox(
                "Ratings of",
                range(len(shown)),
                format_func=lambda number: plain(shown[number][0]),
                key=f"import_analyst:{mark}",
                width=280,
            )
        judgments = shown[whose][1]
    st.html(
        still_matrix.codes(
            one.case, judgments, caption="An empty cell is unrated", most=_ROWS
        )
    )
    table_choices.draw(digest, one.taken, one.words, one.listed)
    left, right = st.columns(2)
    with left:
        _notes("What was taken for what", one.understood, "Nothing that was not plain.")
    with right:
        told = [*one.dropped, *exchange.told(one.left)]
        _notes("What could not be carried", told, "Everything is carried.")


def _notes(title: str, notes: Sequence[str], none: str) -> None:
    st.markdown(f"**{title}**")
    if not notes:
        st.caption(none)
        return
    listed = "\n".join(f"- {literal(note)}" for note in notes)
    with st.container(height=_NOTES_HEIGHT if len(notes) > _NOTES else "content"):
        st.markdown(listed)


def _raters(one: Imported) -> str:
    return clipped(joined(name_raters(one.analysts)), _RATERS)
