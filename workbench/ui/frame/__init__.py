"""The frame of the app: loads the case or shows its errors, and offers the pages."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from workbench.errors import ContentErrors, WorkbenchError
from workbench.ui import state

_PAGES = Path(__file__).parents[1] / "pages"
_SHOWN_ERRORS = 200


def run(script: str | None = None) -> None:
    """Run the app on the case beside `script`, or in the present folder."""
    st.set_page_config(page_title="Hypothesis workbench", layout="wide")
    # The first screen has to show the ranking and the grid together.
    st.html(
        "<style>.stMainBlockContainer.block-container{padding-top:4.5rem;padding-bottom:3rem}</style>"
    )
    state.set_case_folder(Path(script).parent if script else Path.cwd())
    page = st.navigation(
        [
            st.Page(_PAGES / "question.py", title="Question"),
            st.Page(_PAGES / "evidence.py", title="Evidence"),
            st.Page(_PAGES / "matrix.py", title="Matrix", default=True),
            st.Page(_PAGES / "robustness.py", title="Robustness"),
            st.Page(_PAGES / "probability.py", title="Probability"),
            st.Page(_PAGES / "report.py", title="Report"),
            st.Page(_PAGES / "guide.py", title="Guide"),
        ],
        position="top",
    )
    try:
        state.load_case()
        state.desk().refresh()
    except ContentErrors as errors:
        _show(errors)
        st.stop()
    except WorkbenchError as error:
        st.error(str(error), title="The case cannot be opened")
        st.button("Try again")
        st.stop()
    if page.title != "Matrix":
        state.leave_grid()
    page.run()


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
