"""Links of prose: each item, hypothesis and source that a sentence names, to its place.

A term of art is linked to what it means, which the page then says where it stands.

The address of a place says what it is of, so that it can be sent: an item on Evidence,
a hypothesis on Question, a source as the items that cite it, and of several cases
which.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal
from urllib.parse import urlencode

import streamlit as st

from workbench.case.model import Case
from workbench.ui import state
from workbench.ui.controls import literal
from workbench.ui.found_once import found_once
from workbench.wording import clipped
from workbench.wording.terms import BY_KEY, IN_TEXT, OF_WORD, Term

ITEM: Final = "item"
HYPOTHESIS: Final = "hypothesis"
SOURCE: Final = "source"
ABOUT: Final = "#term-"  # before the key of a term, as an address
_TELLING: Final = 4  # letters that a name without a figure has at least
_KEPT: Final = 2_000  # sentences of a case
_LENGTHS: Final = (32, 44, 56, 60, 72)  # characters that titles are cut at in sentences


@dataclass(frozen=True)
class Names:
    """What a sentence may name, the longest first, and the address of each.

    A page says nearly the same each time it is opened: `said` keeps what was marked.
    """

    pattern: re.Pattern[str]
    places: dict[str, str]
    said: dict[str, str] = field(default_factory=dict, repr=False, compare=False)


def linked(text: str) -> str:
    """Make a sentence safe in Markdown, its names links to what they name."""
    return _linked(text, _present())


def each_linked(texts: Iterable[str]) -> list[str]:
    """Make each of many sentences safe in Markdown, likewise."""
    names = _present()
    return [_linked(one, names) for one in texts]


def _linked(text: str, names: Names) -> str:
    if (said := names.said.get(text)) is None:
        if len(names.said) >= _KEPT:
            names.said.clear()
        said = names.said[text] = marked(text, names)
    return said


def _present() -> Names:
    return state.once_a_case(
        "names", lambda: _names(_said_of(state.case()), state.case_name(), state.case())
    )


def marked(text: str, names: Names) -> str:
    """Make a sentence safe in Markdown, with links for the names that are known."""
    parts = []
    end = 0
    told: set[Term] = set()
    for match in names.pattern.finditer(text):
        parts += [
            _explained(text[end : match.start()], told),
            f"[{literal(match[0])}]({names.places[match[0]]})",
        ]
        end = match.end()
    return "".join([*parts, _explained(text[end:], told)]).strip()


@lru_cache(maxsize=1_000)
def explained(text: str) -> str:
    """Make a text safe in Markdown, its terms of art linked to what they mean."""
    return _explained(text, set()).strip()


def headed(text: str) -> str:
    """Make a head safe in Markdown, linked to what it means if it is a term whole."""
    one = BY_KEY.get(text.lower().replace(" ", "-"))
    return f"[{literal(text)}]({ABOUT}{one.key})" if one else explained(text)


def term(word: str) -> str:
    """Link a word of a text in Markdown to what it means."""
    return f"[{word}]({ABOUT}{OF_WORD[word.lower()].key})"


def _explained(text: str, told: set[Term]) -> str:
    """Make a part of a sentence safe; of each term, what was not yet told is linked."""
    parts = []
    end = 0
    for match in IN_TEXT.finditer(text):
        one = OF_WORD[match[0].lower()]
        if one in told:
            continue
        told.add(one)
        parts += [_spaced(text[end : match.start()]), term(match[0])]
        end = match.end()
    return "".join([*parts, _spaced(text[end:])])


def place(kind: str, of: str) -> str:
    """Give the address of an item, a hypothesis or a source."""
    return _place(kind, of, state.case_address())


def _place(kind: str, of: str, case: Mapping[str, str]) -> str:
    page = "question" if kind == HYPOTHESIS else "evidence"
    return f"{page}?{urlencode({kind: of, **case})}"


def page_address(title: str) -> str:
    """Give the address of a page of the open case by the page's title."""
    page = "./" if title == "Matrix" else title.lower()
    of = urlencode(state.case_address())
    return f"{page}?{of}" if of else page


def to_page(
    page: str | st.Page,
    label: str,
    *,
    icon: str | None = None,
    about: str | None = None,
    width: Literal["content", "stretch"] = "content",
) -> None:
    """Link to a page of the open case; the address says which case that is."""
    st.page_link(
        page,
        label=label,
        icon=icon,
        help=about,
        width=width,
        query_params=state.case_address(),
    )


def _spaced(text: str) -> str:
    """Make a part of a sentence safe, with the spaces at its ends."""
    said = literal(text)
    if not said:
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{said}{' ' * text[-1].isspace()}"


def _said_of(case: Case) -> Hashable:
    """Give all of a case that its names hang on: a statement is none of that."""
    return (
        tuple((one.id, one.label, one.title) for one in case.evidence),
        tuple((one.id, one.label, one.title) for one in case.hypotheses),
        tuple(one.spoken for one in case.sources),
    )


@found_once(8)
def _names(said: Hashable, name: str, _case: Case) -> Names:
    del said, name  # only the key: it stands for the case, which is not hashed
    return names_of(_case)


def names_of(case: Case) -> Names:
    """List what sentences about a case may name: by label, by title, and by both."""
    places: dict[str, str | None] = {}
    address = state.case_address()  # of a thousand links it is the same
    for one in case.evidence:
        _put(places, one.label, one.title, _place(ITEM, one.id, address))
    for source in case.sources:
        _put(places, "", source.spoken, _place(SOURCE, source.spoken, address))
    for hypothesis in case.hypotheses:
        to = _place(HYPOTHESIS, hypothesis.id, address)
        _put(places, hypothesis.label, hypothesis.title, to)
    sure = {name: to for name, to in places.items() if to is not None}
    either = "|".join(re.escape(name) for name in sorted(sure, key=len, reverse=True))
    # A name within a word is none.
    return Names(re.compile(rf"(?<!\w)(?:{either or '(?!)'})(?!\w)"), sure)


def _put(places: dict[str, str | None], label: str, title: str, to: str) -> None:
    """Name a place by its label, its title, both, and the title as it is cut.

    What names several places is a link to none.
    """
    titles = {title, *(clipped(title, most) for most in _LENGTHS)}
    named = {f"{label} {one}".strip() for one in titles if len(one) >= _TELLING}
    named |= {one for one in titles if len(one) >= _TELLING}
    if any(letter.isdigit() for letter in label):
        named.add(label)
    for one in named:
        places[one] = to if places.get(one, to) == to else None
