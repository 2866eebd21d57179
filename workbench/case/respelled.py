"""The same document in texts in which its values can be changed by their places.

A value used again through an alias stands in one place and counts in two; a line that
ends as on old Macs, with a carriage return alone, is none to what looks for line feeds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Any, Final, NamedTuple

import yaml

from workbench.case.yaml_text import Loader, flow

_BARE: Final = re.compile(r"\r(?!\n)")
_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_ANCHOR: Final = re.compile(r"&\S+[ \t]+")
_MOST: Final = 20  # aliases that are tried one by one
Back = Callable[[str], str]


def respelled(text: str) -> Iterator[tuple[str, Back]]:
    """Give texts to change, the nearest first, each with what turns it back.

    What is to be read afterwards is what `Back` makes of the changed text.
    """
    if _BARE.search(text):
        plain = _BARE.sub("\n", text)

        def back(changed: str) -> str:
            return _with_ends_of(text, changed)

    else:
        plain = text

        def back(changed: str) -> str:
            return changed

    yield plain, back
    for unaliased in _without_aliases(plain):
        yield unaliased, back


class _Alias(NamedTuple):
    """Where an alias stands, of what it is one, and what is written in its place."""

    start: int
    end: int
    anchor: str
    written: str


def _without_aliases(text: str) -> Iterator[str]:
    """Write out one alias, then all of one value, then all there are."""
    found = _aliases(text)
    if 1 < len(found) <= _MOST:
        yield from (_written_out(text, [one]) for one in found)
        for anchor in dict.fromkeys(one.anchor for one in found):
            yield _written_out(text, [one for one in found if one.anchor == anchor])
    if found:
        yield _written_out(text, found)


def _written_out(text: str, aliases: list[_Alias]) -> str:
    for one in reversed(aliases):
        text = text[: one.start] + one.written + text[one.end :]
    return text


def _aliases(text: str) -> list[_Alias]:
    if "*" not in text:
        return []
    written: dict[str, str] = {}
    found = []
    try:
        events: Iterator[Any] = yaml.parse(text, Loader=Loader)
        for event in events:
            start, end = event.start_mark.index, event.end_mark.index
            if isinstance(event, yaml.AliasEvent) and event.anchor in written:
                anchor = event.anchor
                found.append(_Alias(start, end, anchor, written[anchor]))
            elif isinstance(event, yaml.ScalarEvent) and event.anchor:
                source = _ANCHOR.sub("", text[start:end], count=1)
                short = event.style not in ("|", ">") and "\n" not in source
                as_it_is = short and not source.startswith(("!", "&"))
                written[event.anchor] = source if as_it_is else flow(event.value)
    except yaml.YAMLError:
        return []
    return found


def _with_ends_of(old: str, new: str) -> str:
    """End the lines that are as they were as they did, and all others as most do."""
    before, after = _lines(old), _lines(new)
    usual = Counter(end for _, end in before if end).most_common(1)[0][0]
    ends = [usual if end else "" for _, end in after]
    steps = SequenceMatcher(
        None, [line for line, _ in before], [line for line, _ in after], autojunk=False
    )
    for was, now, size in steps.get_matching_blocks():
        for at in range(size):
            ends[now + at] = ends[now + at] and (before[was + at][1] or usual)
    return "".join(line + end for (line, _), end in zip(after, ends, strict=True))


def _lines(text: str) -> list[tuple[str, str]]:
    """Give each line without and with its end; what ends nothing is none."""
    found = [(one[1], one[2]) for one in _LINE.finditer(text)]
    return found if found[-1] != ("", "") else found[:-1]
