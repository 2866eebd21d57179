"""What one cell of a matrix may hold: a code, word, sign, number or mark, and a reason.

A cell is taken apart here, and read on its own where that can be done; what signs,
numbers and marks mean is said by all cells together, in `scale`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from workbench.case import words
from workbench.case.model import Consistency

Meanings = Mapping[str, Consistency | None]
_LONGEST: Final = 60  # characters of what stands for a rating
_FAR: Final = 100
_COLOUR: Final = re.compile("#[0-9a-f]{6}")
_PICTURES: Final = ("So", "Sm", "Sk", "Cf", "Mn", "Me", "Co")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,16})?")
_ERROR: Final = re.compile(
    r"#(?:[^\s#]{1,14}[!?]|N/A|N/D|NV|NA|GETTING_DATA|#{2,})|(?:Err|Fehler):[0-9]{3}",
    re.IGNORECASE,
)
_ERRORS: Final = {
    "#NAME?": "a spreadsheet's error: it took the text for a formula, as it does with "
    "+ and -",
    "#REF!": "a spreadsheet's error: what it referred to was deleted",
    "#N/A": "a spreadsheet's error: a value was not found; it is not NA",
    "#DIV/0!": "a spreadsheet's error: a division by zero",
}
_IN_BRACKETS: Final = re.compile(
    # What ends before spaces, however many, is tried against them once.
    r"(?P<head>[^()\[\]{}（）【】]{0,59}?[^()\[\]{}（）【】\s])"  # noqa: RUF001
    r"\s*[(\[{（【](?P<tail>.+)[)\]}）】]",  # noqa: RUF001
    re.DOTALL,
)
_PARTED: Final = re.compile(
    r"\s*[:;：；,，]\s+|\s*[：；，]\s*|\s*[:;]\s*(?=\n)|\s*\n\s*|\s+[-\u2010-\u2015\u2212]+\s+"  # noqa: RUF001
    r"|(?<=[0-9])[.)]\s+|\s*=\s*"
)
_BEHIND: Final = re.compile(
    r"(?P<head>[^()\n]{1,60}\([^()\n]{1,60}\))(?:\s*[:;,]\s+|\s+[-\u2010-\u2015]\s+|\s+)"
    r"(?P<tail>.+)",
    re.DOTALL,
)
_SIGNED: Final = re.compile(
    r"(?P<head>[-+\u2212\u2010-\u2015] ?[-+\u2212\u2010-\u2015]?)"
    r"(?:\s*[:;,]\s+|\s+[-\u2010-\u2015]\s+|\s*\n\s*)(?P<tail>.+)",
    re.DOTALL,
)
_FOOTNOTE: Final = re.compile(
    r"(?P<head>.{1,60}?)\s?(?P<tail>[*†‡§¹²³⁴-⁹]+|\[[0-9a-z]{1,3}\])",
    re.DOTALL,
)
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_GONE: Final = re.compile(r"\(was [^()]{1,40}\)")  # as reports of ours show it
_TRIES: Final = 3


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    SIGN = auto()
    NUMBER = auto()
    MARK = auto()
    NOTHING = auto()
    ERROR = auto()


@dataclass(frozen=True)
class Answer:
    """A cell taken apart; `meaning` is there for a word alone, None for unrated.

    `beside` is the number or mark that the word stands beside, and so explains.
    """

    kind: Kind
    token: str
    because: str = ""
    meaning: Consistency | None = None
    beside: str = ""


def number(text: str) -> float | None:
    """Give the number that a text is, with any minus sign."""
    bare = "".join(text.split())
    for dash in words.HYPHENS + words.DASHES:
        bare = bare.replace(dash, "-")
    if not _NUMBER.fullmatch(bare):
        return None
    value = float(bare.replace(",", "."))
    return value if abs(value) <= _FAR else None


def error(text: str) -> str:
    """Say what a spreadsheet's error is, "" where a text is none."""
    bare = text.strip()
    if not _ERROR.fullmatch(bare):
        return ""
    return _ERRORS.get(bare.upper(), "a spreadsheet's error")


def is_colour(text: str) -> bool:
    """Tell whether a text stands for the colour of a cell."""
    return bool(_COLOUR.fullmatch(text))


def is_mark(text: str) -> bool:
    """Tell whether a text is a picture or colour: ticks, crosses, arrows, circles."""
    if text.isascii():
        return is_colour(text)
    bare = "".join(text.split())
    return 0 < len(bare) <= 8 and all(  # noqa: PLR2004
        not c.isascii() and unicodedata.category(c) in _PICTURES for c in bare
    )


def mark(text: str) -> str:
    """Put a picture in the form that pictures are compared in."""
    return "".join(c for c in text if not c.isspace() and c not in "\ufe0e\ufe0f")


def taken_apart(text: str, told: Meanings) -> Answer | None:
    """Take a cell apart, as `told` by a legend or a person, else by its own words.

    None for a text that holds no rating, or that could be two.
    """
    text = text.strip()
    if whole := _token(text, told):
        return whole
    for head, tail in _parts(text):
        first = _token(head, told) or _in_brackets(head, told)
        if first is not None and first.kind is not Kind.ERROR:
            return _joined(first, tail.strip(), told)
    return _beside(text, told)


def _in_brackets(text: str, told: Meanings) -> Answer | None:
    """Read a code with its word in brackets, behind which a reason stands."""
    found = _IN_BRACKETS.fullmatch(text.strip())
    first = _token(found["head"], told) if found else None
    second = _token(found["tail"], told) if found else None
    if first is None or second is None or found is None:
        return None
    return _joined(first, found["tail"], told)


def _beside(text: str, told: Meanings) -> Answer | None:
    """Read a picture, sign or number that stands beside a word: “✓ consistent”."""
    for cut in (text.partition(" "), text.rpartition(" ")[::-1]):
        picture = _token(cut[0], told)
        word = _token(cut[2], told) if picture else None
        if picture and word and word.kind is Kind.WORD and word.meaning:
            plain = _as_plain(picture)
            if picture.kind in (Kind.NUMBER, Kind.MARK) and _is_phrase(word):
                return replace(word, beside=picture.token)
            if plain is word.meaning:
                return picture if picture.kind is Kind.SIGN else word
    return None


def looks_rated(text: str) -> bool:
    """Tell whether a text may be a rating, with or without a reason."""
    found = taken_apart(text, {}) if len(text) <= _FAR else None
    return found is not None and found.kind not in (Kind.NOTHING, Kind.ERROR)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Walk the ways in which a rating and a reason may stand in one cell."""
    if found := _FOOTNOTE.fullmatch(text):
        yield found["head"], found["tail"]
    for shape in (_BEHIND, _IN_BRACKETS, _SIGNED):
        if found := shape.fullmatch(text):
            tail = found["tail"].strip()
            several = ")" in tail and tail.index(")") < tail.find("(")
            yield found["head"], f"({tail})" if several else tail
    for number_, found in enumerate(_PARTED.finditer(text[: _LONGEST * 2])):
        if number_ >= _TRIES:
            break
        if found.start() and text[found.end() :].strip():
            yield text[: found.start()], text[found.end() :]


def _token(text: str, told: Meanings) -> Answer | None:
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    word = words.key(text)
    if word in told:
        return Answer(Kind.WORD, text, "", told[word])
    if is_mark(text) and mark(word) in told:
        return Answer(Kind.WORD, text, "", told[mark(word)])
    return _plain(text)


@lru_cache(50_000)
def _plain(text: str) -> Answer | None:
    if error(text):
        return Answer(Kind.ERROR, text)
    if words.says_nothing(text) or _GONE.fullmatch(text):
        return Answer(Kind.NOTHING, text)
    if words.known(text):
        return Answer(Kind.WORD, text, "", words.meaning(text))
    if found := words.sign(text):
        return Answer(Kind.SIGN, found)
    if number(text) is not None:
        return Answer(Kind.NUMBER, text)
    return Answer(Kind.MARK, mark(text)) if is_mark(text) else None


def _joined(first: Answer, tail: str, told: Meanings) -> Answer | None:
    """Put a token and what follows it together; None where the two are two ratings."""
    second = _token(tail, told)
    if second is None:
        return _with(first, tail)
    if second.kind in (Kind.NOTHING, Kind.ERROR):
        return None
    left, right = _says(first), _says(second)
    if first.kind in (Kind.NUMBER, Kind.MARK) and _is_word(second):
        # “1. strongly consistent”: the number only counts
        return replace(second, beside=first.token)
    if left and left is right:
        return second if second.kind is Kind.SIGN else first
    if _is_phrase(first):
        if second.kind in (Kind.NUMBER, Kind.MARK):
            return _with(first, tail)
        # “Inconsistent (II)”: the code counts
        close = _SIDE.get(left) is _SIDE.get(right) is not None
        return _with(second, first.token) if close and not _is_phrase(second) else None
    if _is_phrase(second) or second.kind is Kind.NUMBER:
        return _with(first, tail)  # “II (Inconsistent)”: again the code
    return None


_SIDE: Final[Mapping[Consistency | None, Consistency]] = {
    Consistency.CC: Consistency.C,
    Consistency.C: Consistency.C,
    Consistency.I: Consistency.I,
    Consistency.II: Consistency.I,
}


def _is_word(answer: Answer) -> bool:
    return answer.kind is Kind.WORD and answer.meaning is not None


def _is_phrase(answer: Answer) -> bool:
    bare = words.key(answer.token).rstrip(".")
    return answer.kind is Kind.WORD and bare not in words.CODES


def _with(answer: Answer, because: str) -> Answer:
    if _BRACKETED.fullmatch(because):
        because = because[1:-1]
    told = (answer.because, because)
    return replace(answer, because="; ".join(filter(None, told)))


def _says(answer: Answer) -> Consistency | None:
    """Give what a token says by itself: a word, a sign, a number from -2 to 2."""
    return answer.meaning if answer.kind is Kind.WORD else _as_plain(answer)


def _as_plain(answer: Answer) -> Consistency | None:
    """Give what a sign or a number from -2 to 2 says without a legend."""
    if answer.kind is Kind.SIGN:
        return words.SIGNS.get(answer.token)
    value = number(answer.token) if answer.kind is Kind.NUMBER else None
    return NUMBERS.get(value) if value is not None else None


NUMBERS: Final[Mapping[float, Consistency]] = {
    2: Consistency.CC,
    1: Consistency.C,
    0: Consistency.N,
    -1: Consistency.I,
    -2: Consistency.II,
}
