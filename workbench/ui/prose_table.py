"""A table of texts in Markdown, whose heads say what they mean where they are terms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import streamlit as st

from workbench.ui.controls import literal
from workbench.ui.links import headed


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], numbers: Collection[str] = ()
) -> None:
    """Write a table of texts; `numbers` are the heads of columns that hold numbers."""
    sides = "|".join("--:" if one in numbers else "---" for one in head)
    lines = [
        f"| {' | '.join(map(headed, head))} |",
        f"|{sides}|",
        *(f"| {' | '.join(map(literal, row))} |" for row in rows),
    ]
    st.markdown("\n".join(lines))
