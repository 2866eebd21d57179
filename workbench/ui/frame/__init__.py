"""The frame of the app: which case is open, its errors if it has any, the pages."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st

from workbench.errors import ContentErrors, WorkbenchError
from workbench.ui import state
from workbench.ui.cases_parts import CASES_PAGE
from workbench.wording import plain

_PAGES = Path(__file__).parents[1] / "pages"
_TITLE = "Hypothesis workbench"
_SHOWN_ERRORS = 200


def run(script: str | None = None) -> None:
    """Run the app on the case, or the cases, beside `script` or in this folder."""
    st.set_page_config(page_title=_TITLE, layout="wide")
    # The first screen has to show the ranking and the grid together.
    st.html(
        "<style>.stMainBlockContainer.block-container{padding-top:4.5rem;padding-bottom:3rem}</style>"
    )
    state.serve_folder(Path(script).parent if script else Path.cwd())
    state.follow_address()
    several = state.library_folder() is not None
    is_open = not several or bool(state.case_name())
    page = st.navigation(_pages(several=several, is_open=is_open), position="top")
    if page.title != "Matrix":
        state.leave_grid()
    if page.title not in ("Cases", "Report"):
        state.forget_brought()
    if page.title == "Cases" or (page.title == "Guide" and not is_open):
        page.run()  # neither needs a case, and a broken one must not hide the list
        return
    if not is_open:
        st.switch_page(CASES_PAGE)
    try:
        case = state.load_case()
        state.desk().refresh()
    except ContentErrors as errors:
        _show(errors)
        st.stop()
    except WorkbenchError as error:
        st.error(str(error), title="The case cannot be opened")
        st.button("Try again")
        st.stop()
    if several:
        st.set_page_config(page_title=f"{plain(case.question.title)} · {_TITLE}")
    page.run()


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
        st.Page(_PAGES / "report.py", title="Report", visibility=shown),
        st.Page(_PAGES / "guide.py", title="Guide"),
    ]


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
