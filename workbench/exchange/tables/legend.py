"""A legend: what the file itself says that its words, numbers and marks mean.

A text is read as a legend or not, one at a time; where legends may stand in a sheet is
the affair of `marks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from workbench.case import words
from workbench.case.model import Consistency
from workbench.exchange.tables.answers import is_colour, is_mark, mark, number

_LONGEST: Final = 600
_TOKEN: Final = 30
HEADING: Final = re.compile(
    r"(?:legend|legende|légende|leyenda|key|scale|skala|échelle|escala|rating scale"
    r"|colou?rs?|colou?r code|ratings?|codes?|scoring|symbols?|marks?|where|notes?"
    r"|meaning"
    r"|легенда|шкала|图例|圖例|مفتاح)"
    r"(?:\s+(?:of|for|from|on|the|a|ratings?|scores?|codes?|values?|range|ranges|marks?"
    r"|symbols?|used|matrix|cells?|is|goes))*(?:\s*[:.=]|\s+-(?=\s))?\s*",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(
    r"[,;|\n•·，；、]|\.{2,}|…|\.\s|\s(?:to|and|through|bis|und|et|à|hasta|y|до|и|і|та)\s"  # noqa: RUF001
    r"|\s[\u2013\u2014]\s(?=[-+\u2212]?[0-9])|(?<=\))\s*-\s*(?=[-+\u2212]?[0-9])|\s/\s"
    r"|\s(?=[-+\u2212]?[0-9]{1,2}\s*[=:(])|\s(?=(?:CC?|N|II?|NA|\+\+?|--?)\s*=)"
)
_EQUALS: Final = re.compile(
    r"(?P<a>.+?)\s*(?:=+>?|:|：|\u2192|\s[-\u2013\u2014]\s)\s*(?P<b>.+)"  # noqa: RUF001
)
_SAYS: Final = re.compile(r"(?P<a>\S{1,4})\s+(?:means?|is|bedeutet|est)\s+(?P<b>.+)")
_BRACKETS: Final = re.compile(r"(?P<a>.+?)\s*[(（\[](?P<b>.+)[)）\]]")  # noqa: RUF001
_BESIDE: Final = re.compile(r"(?P<a>\S{1,4})\s+(?P<b>.+)")
_WITHIN: Final = re.compile(r"(?P<front>[^()=]*)\((?P<inner>[^()]*=[^()]*)\)\.?")
_RANGE: Final = re.compile(
    r"([-+\u2212]?[0-9]{1,2})\s*(?:-|\u2013|to|bis|\.\.)\s*([-+\u2212]?[0-9]{1,2})"
)
Entries = dict[str, Consistency]


def token(text: str) -> str:
    """Put what a legend explains in the form that cells are looked up by."""
    value = number(text)
    if value is not None:
        return f"{value:g}"
    return mark(text) if is_mark(text) else words.key(text)


def read(text: str) -> Entries:
    """Read a text that is nothing but a legend, as “5 = very consistent, 4 = ...”.

    After a heading such as “Legend:” other parts may stand among its entries.
    """
    if len(text) > _LONGEST:
        return {}
    heading = HEADING.match(text)
    body = text[heading.end() :] if heading and heading.end() > 1 else text
    headed = body != text and (text[: len(text) - len(body)].rstrip()[-1:] in ":.=-")
    if inner := _WITHIN.fullmatch(body.strip()):
        told = HEADING.fullmatch(inner["front"] or "scale") or headed
        if told or _RANGE.fullmatch(inner["front"].strip()) or heading:
            body = inner["inner"]
    found: Entries = {}
    waiting: list[str] = []
    for part in _BETWEEN.split(body):
        part = part.strip(" \t.*_")  # noqa: PLW2901
        if not part:
            continue
        if (entry := _entry(part)) is None:
            if number(part) is not None or is_mark(part):
                waiting.append(part)  # “4, 3 = very consistent”
            elif not headed:
                return {}
            continue
        for one in (*waiting, *entry[0]):
            found.setdefault(token(one), entry[1])
        waiting = []
    return {} if waiting and not headed else found


def _entry(part: str) -> tuple[list[str], Consistency] | None:
    for shape in (_EQUALS, _BRACKETS, _SAYS, _BESIDE):
        found = shape.fullmatch(part)
        if found and (entry := pair(found["a"], found["b"], loose=shape is _EQUALS)):
            return entry
    return None


def pair(
    first: str, second: str, *, loose: bool = False
) -> tuple[list[str], Consistency] | None:
    """Read two texts as a line of a legend; gives its tokens and what they mean.

    `loose` takes any short text for a token, as between an equals sign and a word.
    """
    first, second = _bare(first), _bare(second)
    meaning, other = words.meaning(second), words.meaning(first)
    if meaning is None or (other and _is_token(second) and not _is_token(first)):
        first, meaning = second, other
    if meaning is None or not first or len(first) > _TOKEN:
        return None
    if found := _RANGE.fullmatch(first):
        low, high = sorted(int(number(one) or 0) for one in found.groups())
        if high - low <= _TOKEN:
            return [str(n) for n in range(low, high + 1)], meaning
    if _is_token(first) or loose or words.meaning(first) is meaning:
        return [first], meaning
    return None


def _bare(text: str) -> str:
    text = text.strip()
    if text[:1] in "([（" and text[-1:] in ")]）":  # noqa: RUF001
        text = text[1:-1].strip()
    return text.strip("“”\"'`")


def _is_token(text: str) -> bool:
    """Tell whether a text is what a legend explains, rather than explains with."""
    return bool(
        words.key(text) in words.CODES
        or words.sign(text)
        or words.says_nothing(text)
        or number(text) is not None
        or is_mark(text)
        or (len(text) <= 2 and text.isascii() and text.isalpha())  # noqa: PLR2004
        or _RANGE.fullmatch(text)
    )


def is_plain(one: str, meaning: Consistency) -> bool:
    """Tell whether a legend says of a token what it means without a legend, too."""
    return meaning is words.meaning(one) or (
        one in ("++", "+", "--") and meaning is words.SIGNS[one]
    )


# ------------------------------------------------------------------ scales

_STRONG: Final = frozenset({Consistency.CC, Consistency.II})
_NEAR: Final = 1e-9
_FOR: Final = frozenset({Consistency.CC, Consistency.C})
_AGAINST: Final = frozenset({Consistency.II, Consistency.I})


@dataclass(frozen=True)
class Scale:
    """What numbers mean between the two ends of a legend, in five steps.

    Up to half-way from the middle the plain form, beyond it the strong. Without two
    ends, and where the numbers between do not fit, only what is said is known. `fine`
    says that there are numbers between whole ones, so that any scale has a middle.
    """

    said: Mapping[float, Consistency]
    fine: bool = False

    def meaning(self, value: float) -> Consistency | None:
        """Give what a number means; None for one that the legend leaves open."""
        if value in self.said:
            return self.said[value]
        found = self._between(value)
        fits = all(self._between(n) is code for n, code in self.said.items())
        return found if fits else None

    def _between(self, value: float) -> Consistency | None:
        low, high = min(self.said, default=0.0), max(self.said, default=0.0)
        ends = {self.said.get(low), self.said.get(high)}
        middle = (low + high) / 2
        if not low <= value <= high or not (self.fine or _is_whole(low, high, middle)):
            return None
        if ends == {Consistency.C, Consistency.I}:
            known = {low: self.said[low], middle: Consistency.N, high: self.said[high]}
            return known.get(value)
        if ends != _STRONG:
            return None
        off = (value - middle) / (high - middle)
        if self.said[high] is Consistency.II:
            off = -off
        if abs(off) < _NEAR:
            return Consistency.N
        strong = abs(off) > 0.5 + _NEAR
        if off > 0:
            return Consistency.CC if strong else Consistency.C
        return Consistency.II if strong else Consistency.I


def _is_whole(low: float, high: float, middle: float) -> bool:
    """Tell whether a scale has a middle of its own: from 1 to 4 there is none."""
    return low < high and (middle.is_integer() or not (high - low).is_integer())


def scale(entries: Mapping[str, Consistency], *, fine: bool = False) -> Scale:
    """Give the scale of the numbers that a legend names."""
    named = ((number(one), code) for one, code in entries.items())
    return Scale({value: code for value, code in named if value is not None}, fine)


def spelt(values: Iterable[float], said: Mapping[float, Consistency]) -> str:
    """Give a line that names each of some numbers, between the ends that are said."""
    found = sorted(set(values), reverse=True)
    low, high = min([*found, *said]), max([*found, *said])
    down = said.get(low) in _FOR or said.get(high) in _AGAINST
    middle = (low + high) / 2
    half = (high - middle) or 1.0

    def meant(value: float) -> str:
        off = (middle - value if down else value - middle) / half
        if abs(off) < _NEAR:
            return "neutral"
        strong = "very " * (abs(off) > 0.5 + _NEAR)
        return f"{strong}{'consistent' if off > 0 else 'inconsistent'}"

    return ", ".join(f"{value:g} = {meant(value)}" for value in found)


def advised(tokens: Iterable[str]) -> str:
    """Give a line that makes a legend for marks, words or numbers, as an example."""
    found = list(dict.fromkeys(tokens))
    values = [value for one in found if (value := number(one)) is not None]
    if values and len(values) == len(found):
        low, high = _ends(values)
        return f"{high:g} = very consistent, {low:g} = very inconsistent"
    return ", ".join(f"{one} = {said}" for one, said in _guessed(found))


def _ends(values: list[float]) -> tuple[float, float]:
    """Give the narrowest scale with a middle that has all the values."""
    most = max(map(abs, values))
    if min(values) >= 0 and most <= 1 and any(value % 1 for value in values):
        return 0, 1
    if min(values) < 0:
        return -most, most
    for low, high in ((0, 2), (1, 3), (0, 4), (1, 5), (1, 7), (0, 10), (1, 9)):
        if all(low <= value <= high for value in values) and high >= _USUAL:
            return low, high
    return 0, most + most % 2


_USUAL: Final = 4
_LIKELY: Final = (
    ("consistent", "✓✔☑🟢👍✅↑⬆▲😀🙂💚⇧"),
    ("inconsistent", "✗✘☒✕✖❌🔴👎↓⬇▼☹🙁❎⇩×"),  # noqa: RUF001
    ("neutral", "–-—~≈🟡○◯⚪↔➡→●◐=🟠⬜"),  # noqa: RUF001
)


def _of_colour(text: str) -> str:
    """Guess what people mean by a colour: red speaks against, green for it."""
    if not is_colour(text):
        return ""
    red, green = int(text[1:3], 16), int(text[3:5], 16)
    if abs(red - green) < 48:  # noqa: PLR2004  yellow and grey
        return "neutral"
    return "inconsistent" if red > green else "consistent"


def _guessed(found: list[str]) -> Iterator[tuple[str, str]]:
    spare = iter(
        (
            "very consistent",
            "consistent",
            "neutral",
            "inconsistent",
            "very inconsistent",
        )
    )
    taken: set[str] = set()
    for one in found:
        likely = next((s for s, marks in _LIKELY if set(one) <= set(marks)), "")
        strong = len(one) > 1 and not is_colour(one)
        plain = likely or _of_colour(one)
        ways = [plain, f"very {plain}"] if plain else []
        ways = ways[:1] if plain == "neutral" else ways[:: -1 if strong else 1]
        # Each has a meaning of its own.
        said = next((way for way in ways if way not in taken), "")
        said = said or next(
            (way for way in spare if way not in taken), "not applicable"
        )
        taken.add(said)
        yield one, said
