"""What Streamlit's theme leaves to be mended: contrast, and a gap above each page."""

from __future__ import annotations

from typing import Final

STYLE: Final = (
    # Captions are the text at 60%, which has 4.29:1.
    "[data-testid=stCaptionContainer]{opacity:.8}"
    # A primary button's text is white on either theme's colour.
    "[data-testid^=stBaseButton-primary]:not(:disabled)"
    "{color:light-dark(#fff,#10181d)}"
    # A table wider than a phone scrolls by itself, and not the page.
    "[data-testid=stMarkdownContainer]:has(> table){overflow-x:auto}"
    # What takes no room leaves no gap of the column either.
    ":has(> .st-key-frame-channel),:has(> .st-key-frame-waiting){position:absolute}"
)
