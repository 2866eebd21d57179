"""What a search found, with the words around it; pure text to Markdown, no widgets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workbench.case.judgments import Judgments
from workbench.case.model import Case, Evidence
from workbench.ui.controls import literal

_AROUND: Final = 48  # characters kept on either side of a hit


def words_of(text: str) -> list[str]:
    """Give the words that are looked for."""
    return text.casefold().split()


def texts(
    case: Case, judgments: Judgments, item: Evidence
) -> Iterator[tuple[str, str]]:
    """Give what of an item is searched: where each text stands, and the text."""
    yield "", f"{item.label} {item.title}"
    yield "Statement", item.statement
    yield "Caveat", item.caveat
    yield "Tags", " ".join(item.tags)
    for hypothesis in case.hypotheses:
        if rating := judgments.rating(item, hypothesis.id):
            yield f"Reason against {hypothesis.label}", rating.because


def marked(text: str, words: Sequence[str]) -> str:
    """Make a text safe in Markdown, with what was looked for marked."""
    if not words:
        return literal(text)
    parts = _either(words).split(text)
    return "".join(
        f":yellow-background[{literal(part)}]" if n % 2 else _spaced(part)
        for n, part in enumerate(parts)
    )


def around(text: str, words: Sequence[str]) -> str:
    """Give the part of a text about the first hit, "" where there is none."""
    found = _either(words).search(text)
    if found is None:
        return ""
    start, end = max(0, found.start() - _AROUND), found.end() + _AROUND
    start = 0 if start == 0 else text.find(" ", start, found.start()) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", found.end(), end), found.end())
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{' '.join(text[start:end].split())}{after}"


def _either(words: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return re.compile(f"({'|'.join(longest)})", re.IGNORECASE)


def _spaced(part: str) -> str:
    """Make a part of a text safe, with the spaces at its ends."""
    said = literal(part)
    if not said:
        return " " * bool(part)
    return f"{' ' * part[0].isspace()}{said}{' ' * part[-1].isspace()}"


def found_in(
    case: Case, judgments: Judgments, item: Evidence, words: Sequence[str]
) -> tuple[str, str] | None:
    """Give the first text beside the title that has a hit: where, and what it says."""
    for where, text in texts(case, judgments, item):
        if where and (said := around(text, words)):
            return where, said
    return None
