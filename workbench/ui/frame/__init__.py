"""The frame of the app: which case is open, its errors if it has any, the pages."""

from __future__ import annotations

import contextlib
import shlex
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import StopException

from workbench.case.model import Case
from workbench.errors import ContentErrors, WorkbenchError
from workbench.record.rights import NotAllowed
from workbench.team.identity import SignInNeeded
from workbench.ui import (
    breaks,
    delivery,
    entrance,
    live,
    name_keeper,
    offers_panel,
    round_notice,
    round_stand,
    sign_in,
    state,
    steps_guide,
)
from workbench.ui.cases_parts import CASES_PAGE
from workbench.ui.controls import literal
from workbench.ui.frame import bar, channel
from workbench.wording import plain

_PAGES = Path(__file__).parents[1] / "pages"
_TITLE = "Hypothesis workbench"
_SHOWN_ERRORS = 200
_LETTERS = {  # which page a letter goes to, after a g
    "q": "Question",
    "e": "Evidence",
    "m": "Matrix",
    "b": "Robustness",
    "p": "Probability",
    "t": "Team",
    "w": "Watch",
    "h": "History",
    "r": "Report",
    "u": "Guide",
}


def run(script: str | None = None) -> None:
    """Run the app on the case, or the cases, beside `script` or in this folder."""
    st.set_page_config(
        page_title=_TITLE, layout="wide", initial_sidebar_state="collapsed"
    )
    live.forget_parts()
    delivery.keep_in_order()
    if script is None or _is_protected(Path(script).parent):
        _run(Path(script).parent if script else Path.cwd())


def _run(beside: Path) -> None:
    if not state.is_admitted():
        # Every address is one of the app's own, and shows the same.
        st.navigation(_pages(several=True, is_open=True), position="hidden")
        sign_in.draw()
        return
    with sign_in.asked_again():
        _run_admitted(beside)


def _run_admitted(beside: Path) -> None:
    if not _is_found(beside):
        return
    several = state.are_several()
    is_open = not several or bool(state.case_name())
    name_keeper.keep_name(state.cookie_to_keep())
    pages = {one.title: one for one in _pages(several=several, is_open=is_open)}
    page, letters = _navigate(pages)
    bar.pages(page.title, pages)
    if page.title != "Matrix":
        state.leave_grid()
    if page.title not in ("Cases", "Report"):
        state.forget_brought()
    if page.title == "Cases" or (page.title == "Guide" and not is_open):
        if is_open:
            _hear_case(page.title, letters)
        page.run()  # neither needs a case, and a broken one must not hide the list
        return
    if not is_open:
        st.switch_page(CASES_PAGE)
    case = _opened()
    if case is None:
        return
    if state.case_name():
        st.set_page_config(page_title=f"{plain(case.question.title)} · {_TITLE}")
    _draw(page, pages, letters)


def _is_found(beside: Path) -> bool:
    """Find out which case is asked for, of those in a folder or a store.

    Says why where that fails.
    """
    try:
        state.serve_folder(beside)
        state.follow_address()
    except SignInNeeded:
        raise
    except WorkbenchError as error:
        st.navigation(_pages(several=True, is_open=False), position="hidden")
        st.error(literal(str(error)), title="The cases cannot be reached")
        st.button("Try again")
        return False
    return True


def _navigate(pages: dict[str, st.Page]) -> tuple[st.Page, dict[str, str]]:
    """Give the page on screen, and the pages that a letter goes to.

    Goes to another page if a key or a link asked for it.
    """
    page = st.navigation([*pages.values()], position="top")
    title, of = state.destination()
    if asked := pages.get(title):
        state.forget_items_left()
        st.switch_page(asked, query_params=of)
    return page, {key: title for key, title in _LETTERS.items() if title in pages}


def _opened() -> Case | None:
    """Load the case and what was judged; says what is wrong where that fails.

    The run then ends by itself and is not stopped: of one that is stopped Streamlit
    keeps the parts of what was drawn before, and runs them when they are asked for.
    """
    try:
        state.require_admission()
        state.forget_news()
        state.remember_begin()
        case = state.load_case()
        state.desk().refresh()
        round_stand.keep_deadline()
        state.show_case()
        state.show_judgments()
        offers_panel.tell()
    except NotAllowed:
        with st.container():  # where the page was, parts of which may still run
            sign_in.draw_stranger(state.last_identity() or "")
        return None
    except ContentErrors as errors:
        _show(errors)
        return None
    except SignInNeeded:
        raise
    except WorkbenchError as error:
        st.error(literal(str(error)), title="The case cannot be opened")
        st.button("Try again")
        return None
    return case


def _draw(page: st.Page, pages: dict[str, st.Page], letters: dict[str, str]) -> None:
    """Draw a page of a case, and the channel.

    What is not in view of a page comes after all of it.
    """
    # What follows each answer stands below the page, wherever that is. On Matrix the
    # grid comes first, since the verdict takes a while; elsewhere the channel does, so
    # that no page holds up an answer.
    on_matrix = page.title == "Matrix"
    place, below = st.container(), st.container()
    if not on_matrix:
        with below:
            waiting = channel.draw(page.title, letters)
    with place:
        breaks.draw()
        bar.verdict(page.title, pages)
        found = round_stand.sight()
        guide = None if found.is_blind else steps_guide.place(pages)
        if found.is_blind and page.title in round_stand.SHUT:
            round_notice.draw(page.title)
        else:
            round_stand.forget_refused()
            with contextlib.suppress(StopException):  # a page that ends early
                page.run()
    if on_matrix:
        with below:
            waiting = channel.draw(page.title, letters)
    channel.hear(waiting)
    if guide is not None:
        steps_guide.draw(guide, pages)


def _hear_case(here: str, letters: dict[str, str]) -> None:
    """Go on hearing what the grid of an open case has to say, if it can be opened."""
    with contextlib.suppress(WorkbenchError):
        state.load_case()
        state.desk().refresh()
        state.show_case()
        state.show_judgments()
        channel.hear(channel.draw(here, letters))


def _is_protected(case: Path) -> bool:
    """Tell whether Streamlit was started with what protects a case; says how if not."""
    lacking = entrance.lacking()
    if not lacking or not st.context.headers:  # without headers nobody is there
        return True
    st.error(
        "Streamlit was started without settings that keep others out, so nothing of "
        "the case is shown. Stop it, and start the app like this:",
        title="Started without its protection",
    )
    st.code(f"workbench serve {shlex.quote(str(case))}", language=None, wrap_lines=True)
    st.markdown(
        "Or start `streamlit run app.py` in the project's own folder, whose "
        "`.streamlit/config.toml` says the following, and let no option or variable "
        "say otherwise:"
    )
    st.code("\n".join(lacking), language="toml")
    st.markdown(
        "For a public demonstration, where everybody may come in and each visitor has "
        f"judgments of their own, set the variable `{entrance.ANONYMOUS}=1`."
    )
    return False


def _pages(*, several: bool, is_open: bool) -> list[st.Page]:
    """List the pages in the order of the work, those of a case once one is open."""
    shown: Literal["visible", "hidden"] = "visible" if is_open else "hidden"
    return [
        *([st.Page(CASES_PAGE, title="Cases")] if several else []),
        st.Page(_PAGES / "question.py", title="Question", visibility=shown),
        st.Page(_PAGES / "evidence.py", title="Evidence", visibility=shown),
        st.Page(_PAGES / "matrix.py", title="Matrix", default=True, visibility=shown),
        st.Page(_PAGES / "robustness.py", title="Robustness", visibility=shown),
        st.Page(_PAGES / "probability.py", title="Probability", visibility=shown),
        # Visitors of a demonstration know nothing of each other.
        *([] if entrance.is_demonstration() else [_team(shown)]),
        st.Page(_PAGES / "watch.py", title="Watch", visibility=shown),
        st.Page(_PAGES / "history.py", title="History", visibility=shown),
        st.Page(_PAGES / "report.py", title="Report", visibility=shown),
        st.Page(_PAGES / "guide.py", title="Guide"),
    ]


def _team(shown: Literal["visible", "hidden"]) -> st.Page:
    return st.Page(_PAGES / "team.py", title="Team", visibility=shown)


def _show(errors: ContentErrors) -> None:
    count = len(errors.errors)
    st.error(
        "Mend the files named below and press the button. Nothing that was judged is "
        "lost: it is in the ledger.",
        title=f"The case has {count} {'fault' if count == 1 else 'faults'}",
    )
    lines = [str(error) for error in errors.errors[:_SHOWN_ERRORS]]
    if count > _SHOWN_ERRORS:
        lines.append(f"... and {count - _SHOWN_ERRORS} more; workbench check lists all")
    st.code("\n".join(lines), language=None, wrap_lines=True)
    st.button("Read the files again", type="primary")
