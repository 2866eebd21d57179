"""How everything looks that is there on every page, as one style."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from workbench.ui import draft_keeper, font_files, grid, name_keeper, steps_guide
from workbench.ui.frame import bar, changed, channel, theme

# Streamlit loads what draws an element when the first of its kind comes, and shows two
# and a half lines in its place. What is of another height would move all below it.
_ROOM: Final = {
    f".st-key-{bar.VERDICT}": "0.68rem",
    "[class*=st-key-form-add]": "2.15rem",
    ".stMain :is(.st-key-search,.st-key-source,.st-key-kind,.st-key-origin,.st-key-tag,"
    ".st-key-sort,.st-key-report_format,.st-key-report_date,.st-key-report_length,"
    ".st-key-slide_picture,.st-key-export_to)": ("4.25rem"),
    ".stMain :is(.st-key-way,.st-key-scale)": "3.9rem",
    ".st-key-import_file": "6rem",
    ".st-key-import_paste": "11.75rem",
    "[class*=st-key-prior_]": "4.25rem",
    ".stMain :is([class*=st-key-origin-],[class*=st-key-credibility-],"
    "[class*=st-key-relevance-])": "4.25rem",
}


_FIRST_SCREEN: Final = Path(__file__).parents[1] / "first_screen.css"


@cache
def style() -> str:
    """Give the style of every page, which a browser is given before the page."""
    rooms = "".join(f"{at}{{--wb-room:{room}}}" for at, room in _ROOM.items())
    return (
        # As wide as it is once Streamlit has heard of that: not to widen under the eye.
        ".stMainBlockContainer.block-container"
        "{max-width:initial;padding-top:4.5rem;padding-bottom:3rem}"
        f"[data-testid=stSkeleton]{{height:var(--wb-room,2.5rem)}}{rooms}"
        f"@media(max-width:600px){{.st-key-{bar.VERDICT}{{--wb-room:3.05rem}}}}"
        # What does not fit beside each other stands beneath.
        "@media(max-width:430px){.st-key-report-controls{min-height:23.9rem}"
        ".st-key-way-controls{min-height:14rem}}"
        "[class*=st-key-form-add]{min-height:var(--wb-room)}"
        "[class*=st-key-day-]{--wb-room:4.25rem;min-height:var(--wb-room)}"
        ".st-key-place-spread:not(:has(svg.marks)){min-height:17rem}"
        f"{grid.STYLE}{_FIRST_SCREEN.read_text('utf-8')}{channel.STYLE}{changed.STYLE}"
        f"{theme.STYLE}{bar.STYLE}{steps_guide.STYLE}{draft_keeper.STYLE}"
        f"{name_keeper.STYLE}{font_files.style()}"
    )
