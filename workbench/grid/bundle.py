"""The grid's modules joined into the one text that a page and a report take.

A module imports only from those before it in its list, and no name stands twice at
the top of any two, so that joined they say what they said apart. A test holds them to
that. What is written for readers alone, comments, types and indents, is left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Final

_NUMBERS: Final = (
    *("words", "keys", "changes", "store", "shape", "arrange", "tipping", "paste"),
    *("adding", "across", "address"),
)
_SENDING: Final = ("returned", "sync", "browser", "travel")
_BUILT: Final = ("talk", "session", "parts", "icons", "picker", "lines", "announcer")
_AROUND: Final = ("explainer", "cards", "tools", "strip", "typing")
_ITEM: Final = ("levels", "folded", "drawer", "edits", "rating")
_SCREEN: Final = ("room", "held", "cursor", "input", "status", "shown", "view")
GRID: Final = (*_NUMBERS, *_SENDING, *_BUILT, *_AROUND, *_ITEM, *_SCREEN, "index")
WAITING: Final = (*_SENDING, "terms", "page_keys", "hand", "silence", "waiting")
FORM: Final = ("drafts", "pieces", "choices", "fields", "notes", "form")
THREADS: Final = ("returned", "talk", "threads")
KEEPER: Final = ("keeper",)
CHOSEN: Final = ("chosen",)
DAY: Final = ("pieces", "day")
BUNDLES: Final = (GRID, WAITING, FORM, THREADS, KEEPER, CHOSEN, DAY)
TYPES: Final = "types"  # types alone, and in no list

_IMPORT: Final = re.compile(r"^import\s[^;]*;\n", re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:function|const|class)\b)", re.MULTILINE)
_TYPES: Final = re.compile(r"^[ \t]*/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*\n", re.MULTILINE)
_INLINE: Final = re.compile(r"/\*\*(?:[^*]|\*(?!/))*\*/ ?")
_COMMENT: Final = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_SPACE: Final = re.compile(r"^[ \t]+|\n(?=\n)", re.MULTILINE)


@lru_cache(maxsize=32)
def source(module: str) -> str:
    """Give a module's text as it is written."""
    folder = resources.files("workbench.grid") / "js"
    return (folder / f"{module}.js").read_text(encoding="utf-8")


@lru_cache(maxsize=len(BUNDLES) + 1)
def script(modules: tuple[str, ...] = GRID) -> str:
    """Join modules into a text that defines `mount` and exports nothing."""
    text = "".join(source(module) for module in modules)
    for left_out in (_TYPES, _INLINE, _COMMENT, _IMPORT, _EXPORT, _SPACE):
        text = left_out.sub("", text)
    return text


@lru_cache(maxsize=4)
def styles(of: str = "grid") -> str:
    """Give the style of the grid, of a form, or of what is said."""
    folder = resources.files("workbench.grid")
    return (folder / f"{of}.css").read_text(encoding="utf-8")
