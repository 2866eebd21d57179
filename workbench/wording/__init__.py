"""How numbers and names are printed; each module words what is said of one thing.

Pure sentences, the same on the screen, at the command line and in a report. Nothing is
computed here that a result does not hold, no score is called a probability, and no
markup of a screen or a format is known.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from workbench.case.model import Case, Evidence, Hypothesis, Level, Rating, Rule
from workbench.method.rounding import decimals
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import TIE, Standing

NONE: Final = "–"  # noqa: RUF001  what stands where there is no number
_CLIP: Final = 80
_QUOTED: Final = 56
_OPENING: Final = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"  # of a direction
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_LISTED: Final = 8


def shown(x: float | None) -> str:
    """Print a number as every screen and report does; a dash where there is none."""
    return NONE if x is None else decimals(x)


def share(x: float) -> str:
    """Print a share of items, of draws or of a score; never a score itself."""
    return f"{math.floor((x + TIE) * 100 + 0.5)}%"


def plain(text: str) -> str:
    """Make any text fit to print: no control characters, directions closed again.

    A right-to-left override stays in the text and ends with it.
    """
    if text.isprintable():  # nearly always, and then none of these is in it
        return text
    text = _CONTROL.sub("\ufffd", _SURROGATE.sub("\ufffd", text))
    if not any(mark in text for mark in _OPENING):
        return text
    return "\n".join(_closed(line) for line in text.split("\n"))


def _closed(line: str) -> str:
    opened = []
    for mark in line:
        if mark in _OPENING:
            opened.append("\u2069" if mark >= "\u2066" else "\u202c")
        elif opened and mark == opened[-1]:
            opened.pop()
    return line + "".join(reversed(opened))


def clipped(text: str, limit: int = _CLIP) -> str:
    """Put a text on one line of at most `limit` characters, for use in a sentence."""
    line = " ".join(text.split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip(" .,;:(") + "…"
    return plain(line)


def quoted(text: str, limit: int = _QUOTED) -> str:
    """Quote a title in a sentence."""
    return f"“{clipped(text, limit)}”"


def titled(case: Case, id_: str, limit: int = _CLIP) -> str:
    """Name an item by its title, after its label where another's reads alike."""
    item = case.item[id_]
    title = clipped(item.title, limit)
    alike = id_ in _alike(case, limit)
    return f"{clipped(item.label)} {title}".strip() if alike else title


def quoted_item(case: Case, id_: str, limit: int = _QUOTED) -> str:
    """Quote an item's title in a sentence, likewise."""
    return f"“{titled(case, id_, limit)}”"


@lru_cache(maxsize=8)
def _alike(case: Case, limit: int) -> frozenset[str]:
    titles = {one.id: clipped(one.title, limit) for one in case.evidence}
    many = Counter(titles.values())
    return frozenset(
        id_ for id_, title in titles.items() if many[title] > 1 or not title
    )


def named(thing: Standing | Evidence | Hypothesis, limit: int = _CLIP) -> str:
    """Name a hypothesis or an item: its label and title."""
    return clipped(f"{thing.label} {thing.title}", limit)


def stopped(text: str) -> str:
    """End a text as a sentence does."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", ".”", "…")) else f"{text}."


def joined(names: Iterable[str]) -> str:
    """Join names as a sentence does: A, B and C."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def counted(n: int, noun: str, plural: str = "") -> str:
    """Give a number with its noun: 1 item, 2 items."""
    return f"{n} {noun if n == 1 else plural or noun + 's'}"


def level(value: Level) -> str:
    """Print a level: its word, or the multiplier that stands in its place."""
    return value if isinstance(value, str) else f"{value:g}"


def code(rating: Rating | None) -> str:
    """Print a cell's code; an unrated cell is empty."""
    return rating.consistency.value if rating else ""


def placed(standing: Standing) -> str:
    """Print a rank: 1, or 1= where it is shared, or a dash where there is none."""
    if standing.rank is None:
        return NONE
    return f"{standing.rank}=" if standing.tied else str(standing.rank)


def scored(standing: Standing) -> str:
    """Print a score; a dash for a hypothesis without a rank."""
    return NONE if standing.rank is None else shown(standing.score)


def best(rule: Rule) -> str:
    """Say what the first of a ranking is under a rule."""
    return "least inconsistent" if SCHEMES[rule].least_first else "best supported"


def measure(rule: Rule) -> str:
    """Name what a rule's score measures."""
    return "inconsistency" if SCHEMES[rule].least_first else "support"


def listed(names: Sequence[str], limit: int = _LISTED) -> str:
    """Join names, the first few of many."""
    if len(names) <= limit:
        return joined(names)
    return f"{', '.join(names[:limit])} and {len(names) - limit} more"
