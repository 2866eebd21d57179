"""How broad a text is on paper, guessed from its letters and never too small.

The guess is for the font that the pdf is set in. It decides where a word must break
and how wide a column is; the page itself is set by typst, with the true measures.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from workbench.wording import clipped

MM: Final = 0.3528  # of a point

# em, on the safe side for the bold too
_BROAD: Final = 1.04
_CAPITAL: Final = 0.78
_LETTER: Final = 0.6
_DIGIT: Final = 0.68
_NARROW: Final = 0.38
_SLIM: Final = frozenset(" .,:;'\u2019()/|!Iijlt")
_FAT: Final = frozenset("mwMWÆŒ@%\u2014…")
# Scripts without spaces, whose lines typst breaks by their own rules.
_FLOWING: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
_WORD: Final = re.compile(rf"[^\s{_FLOWING}]+")
_LINES: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


def ems(text: str) -> float:
    """Guess how broad a text is at most, in em."""
    return sum(map(_letter, text))


def broadest_word(text: str, size: float) -> float:
    """Give the breadth of the broadest word in mm, at a size in points."""
    return max(map(ems, text.split()), default=0.0) * size * MM


def broadest_line(text: str, size: float) -> float:
    """Give the breadth of the broadest line in mm, at a size in points."""
    return max(map(ems, lines(text))) * size * MM


def lines(text: str) -> list[str]:
    """Split a text where it begins a new line by itself."""
    return _LINES.split(text)


def pieces(line: str, room: float) -> list[str]:
    """Split a line where a word is broader than the room in em.

    The pieces are in turn text that breaks by itself and a word that has to be broken.
    """
    if len(line) * _BROAD <= room:
        return [line]
    found, done = [], 0
    for match in _WORD.finditer(line):
        word = match[0]
        if len(word) * _BROAD > room and ems(word) > room:
            found += [line[done : match.start()], word]
            done = match.end()
    return [*found, line[done:]]


def clipped_to(text: str, room: float) -> str:
    """Clip a text to so many em."""
    letters = 0
    for char in text:
        room -= _letter(char)
        letters += room > 0
    return clipped(text, max(letters, 1))


def runs_leftward(text: str) -> bool:
    """Tell whether the first letter with a direction is one of the right-to-left."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction == "L":
            return False
        if direction in ("R", "AL"):
            return True
    return False


@lru_cache(8_192)
def _letter(char: str) -> float:
    if char in _SLIM:
        return _NARROW
    if char in _FAT or unicodedata.east_asian_width(char) in "WF":
        return _BROAD
    if char.isdecimal():
        return _DIGIT
    return _LETTER if char.islower() or char == "-" else _CAPITAL
