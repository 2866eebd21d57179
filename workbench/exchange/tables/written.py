"""What analysts write for a rating, a level, a date or a kind, one text at a time.

A text that may mean two things is never given one of them: `Unclear` says what would
make it plain. Where a text stands is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from workbench.case.model import MAX_LEVEL, Consistency, EventDate, Kind, Level

_WORDS: Final[Mapping[Consistency, tuple[str, ...]]] = {
    Consistency.CC: (
        "cc",
        "c c",
        "very consistent",
        "strongly consistent",
        "highly consistent",
    ),
    Consistency.C: ("c", "consistent"),
    Consistency.N: ("n", "neutral"),
    Consistency.I: ("i", "inconsistent"),
    Consistency.II: (
        "ii",
        "i i",
        "very inconsistent",
        "strongly inconsistent",
        "highly inconsistent",
    ),
    Consistency.NA: ("na", "n/a", "n.a.", "n.a", "not applicable", "inapplicable"),
}
MEANING: Final = {word: code for code, words in _WORDS.items() for word in words}
UNRATED: Final = frozenset({"unrated", "not rated", "not yet rated", "tbd", "?"})
SIGNS: Final[Mapping[str, Consistency]] = {
    "++": Consistency.CC,
    "+": Consistency.C,
    "0": Consistency.N,
    "-": Consistency.I,
    "--": Consistency.II,
}
_NUMBERS: Final = {
    2: Consistency.CC,
    1: Consistency.C,
    0: Consistency.N,
    -1: Consistency.I,
    -2: Consistency.II,
}
_STRONG: Final = frozenset({"++", "+", "--"})
_SHORT: Final = "\u2010\u2011\u2212\ufe63\uff0d"  # hyphens and minus signs
_LONG: Final = "\u2013\u2014\u2015"  # dashes, which may stand for one sign or two
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,3}(?:\.0+)?")
_FAR: Final = 10
_PHRASES: Final = "|".join(
    re.escape(word).replace(r"\ ", r"\s+")
    for word in sorted(MEANING, key=len, reverse=True)
)
_CODED: Final = re.compile(
    rf"(CC|C|N/A|NA|N|II|I|(?i:{_PHRASES}))"
    r"(?:\s*[:;]\s+|\s*\n\s*|\s+[–—-]\s+|\s*\((?=.*\)$))(.+)",  # noqa: RUF001
    re.DOTALL,
)


class Unclear(ValueError):
    """A text that may mean two things, and what would make it plain."""

    def __init__(self, text: str, advice: str) -> None:
        super().__init__(advice)
        self.text = text
        self.advice = advice


def key(text: str) -> str:
    """Put a text in the form that words are compared in."""
    return " ".join(text.casefold().split())


def sign(text: str) -> str:
    """Give a text of signs in hyphens and pluses; a lone long dash as it stands."""
    bare = "".join(text.split())
    if len(bare) > 2 or not bare:  # noqa: PLR2004  two signs at the most
        return ""
    for dash in _SHORT:
        bare = bare.replace(dash, "-")
    if len(bare) > 1:
        for dash in _LONG:
            bare = bare.replace(dash, "-")
    return bare if bare in SIGNS or bare in _LONG else ""


def integer(text: str) -> int | None:
    """Give the small whole number that a text is, signed or not."""
    bare = text.strip()
    for dash in _SHORT + _LONG:
        bare = bare.replace(dash, "-")
    if not _NUMBER.fullmatch(bare):
        return None
    number = int(float(bare))
    return number if abs(number) <= _FAR else None


def coded(text: str) -> tuple[Consistency, str] | None:
    """Split a code or words from the reason that follows in the same cell."""
    found = _CODED.fullmatch(text.strip())
    if not found:
        return None
    because = found[2].strip()
    if text.strip().endswith(")") and because.count(")") > because.count("("):
        because = because.removesuffix(")")
    consistency = MEANING[key(found[1])]
    return consistency, "" if MEANING.get(key(because)) == consistency else because


@dataclass(frozen=True)
class Scale:
    """What the texts of one matrix mean; read from all of them together.

    `meanings` gives a code and a reason by text, None for one that says "unrated".
    """

    meanings: Mapping[str, tuple[Consistency, str] | None]
    said: tuple[str, ...]


def scale(texts: Collection[str], legend: Mapping[str, Consistency]) -> Scale:
    """Read the ratings of a matrix from all the different texts in it.

    A text that is no rating is left out. Raises Unclear.
    """
    meanings = _worded(texts, legend)
    rest = [text for text in texts if text not in meanings]
    signs = {text: bare for text in rest if (bare := sign(text))}
    numbers = {text: n for text in rest if (n := integer(text)) is not None}
    said = []
    if any(key(text) in legend for text in texts):
        said.append("The ratings are read by the legend in the file")
    lettered = any(
        found and found[0] not in (Consistency.N, Consistency.NA)
        for found in meanings.values()
    )
    if set(signs.values()) & _STRONG:
        said.append("Ratings are signs: ++ is CC, + is C, 0 is N, - is I, -- is II")
        meanings |= {
            text: (SIGNS[_dash(text, bare, signs)], "") for text, bare in signs.items()
        }
        return Scale(meanings, tuple(said))
    if dashes := sorted(text for text, bare in signs.items() if bare != "0"):
        raise Unclear(
            dashes[0], "it may mean inconsistent or not rated; write I, or nothing"
        )
    if numbers and not lettered and not said:
        meanings |= _numbered(numbers)
        said.append("Ratings are numbers: 2 is CC, 1 C, 0 N, -1 I, -2 II")
    return Scale(meanings, tuple(said))


def _worded(
    texts: Collection[str], legend: Mapping[str, Consistency]
) -> dict[str, tuple[Consistency, str] | None]:
    meanings: dict[str, tuple[Consistency, str] | None] = {}
    for text in texts:
        word = key(text)
        if found := legend.get(word) or MEANING.get(word):
            meanings[text] = (found, "")
        elif word in UNRATED:
            meanings[text] = None
        elif split := coded(text):
            meanings[text] = split
    return meanings


def _dash(text: str, bare: str, signs: Mapping[str, str]) -> str:
    """Tell what a lone long dash stands for among the other signs."""
    if bare not in _LONG:
        return bare
    others = set(signs.values())
    en_dash = bare == _LONG[0]
    if "--" in others or (en_dash and not others & {"-", "++"}):
        return "-"
    raise Unclear(text, "it may stand for - or for --; write I or II")


def _numbered(
    numbers: Mapping[str, int],
) -> dict[str, tuple[Consistency, str] | None]:
    first = min(numbers, key=lambda text: (numbers[text], text))
    far = max(numbers, key=lambda text: (abs(numbers[text]), text))
    advice = (
        "add a line that says what the numbers mean, such as “5 = very consistent, "
        "1 = very inconsistent”, or write CC, C, N, I, II, NA"
    )
    signed = numbers[first] < 0 or any(t.strip().startswith("+") for t in numbers)
    if not signed:
        raise Unclear(far, f"scales of numbers run both ways; {advice}")
    if numbers[far] not in _NUMBERS:
        raise Unclear(far, f"only numbers from -2 to +2 are known; {advice}")
    return {text: (_NUMBERS[number], "") for text, number in numbers.items()}


# ------------------------------------------------------------------ legends

_SYMBOL: Final = "[+\u2010-\u2015\u2212-]{1,2}|[+\u2212-]?[0-9]{1,2}|[A-Za-z]{1,2}|N/A"
_NAMED: Final = "|".join(
    re.escape(word).replace(r"\ ", r"\s+")
    for word in sorted(MEANING, key=len, reverse=True)
    if len(word) > len("N/A.")
)
_ENTRIES: Final = (
    re.compile(rf"(?P<a>{_SYMBOL})\s*(?:=|:|\s-\s)\s*\(?(?P<b>(?i:{_PHRASES}))\b\)?"),
    re.compile(rf"(?P<a>{_SYMBOL})\s+\(?(?P<b>(?i:{_NAMED}))\b\)?"),
    re.compile(rf"(?P<b>(?i:{_PHRASES}))\s*[=:(]\s*(?P<a>[+\u2212-]?[0-9]{{1,2}})\)?"),
)
_BETWEEN: Final = re.compile(r"[\s,;|/.]+|\s+(?:to|and|through)\s+")
HEADING: Final = re.compile(
    r"(?:legend|scale|key|ratings?|codes?)\s*:?\s*", re.IGNORECASE
)
_ENDS: Final = (Consistency.II, Consistency.I, Consistency.N, Consistency.C)
FIVE: Final = (*_ENDS, Consistency.CC)


def legend(text: str) -> dict[str, Consistency]:
    """Read a text that is nothing but a legend: “5 = very consistent, 4 = ...”."""
    if len(text) > 300:  # noqa: PLR2004  a legend is short
        return {}
    found: dict[str, Consistency] = {}
    heading = HEADING.match(text)
    place = heading.end() if heading else 0
    while place < len(text):
        if gap := _BETWEEN.match(text, place):
            place = gap.end()
            continue
        matches = (entry.match(text, place) for entry in _ENTRIES)
        entry = next(filter(None, matches), None)
        if entry is None:
            return {}
        found[key(entry["a"])] = MEANING[key(entry["b"])]
        place = entry.end()
    return found


def completed(entries: Mapping[str, Consistency]) -> dict[str, Consistency]:
    """Fill a legend of five numbers in, of which it names the two ends."""
    ends = entries.get("1"), entries.get("5")
    if ends == (FIVE[0], FIVE[-1]):
        filled = {str(n): code for n, code in enumerate(FIVE, start=1)}
    elif ends == (FIVE[-1], FIVE[0]):
        filled = {str(n): code for n, code in enumerate(reversed(FIVE), start=1)}
    else:
        return dict(entries)
    return filled | dict(entries)


# ------------------------------------------------------------------ what items have

_LEVELS: Final[Mapping[str, Level]] = {
    **dict.fromkeys(("low", "l"), "low"),
    **dict.fromkeys(("medium", "med", "moderate", "m"), "medium"),
    **dict.fromkeys(("high", "h"), "high"),
}
_DECIMAL: Final = re.compile(r"[0-9]+|[0-9]*\.[0-9]+|[0-9]+,[0-9]{1,2}")


def level(text: str) -> Level | None:
    """Read a level: its word, or a number, 0 or more, with a point or a comma."""
    word = key(text)
    if word in _LEVELS:
        return _LEVELS[word]
    if not _DECIMAL.fullmatch(word):
        return None
    number = float(word.replace(",", "."))
    return number if number <= MAX_LEVEL else None


def direction_unclear(levels: Iterable[Level]) -> bool:
    """Tell whether numbers look like grades, of which 1 may be best or worst."""
    numbers = [one for one in levels if not isinstance(one, str)]
    return any(n > 1 for n in numbers) and all(float(n).is_integer() for n in numbers)


def grade(text: str) -> str:
    """Read an Admiralty grade, "" where it is none."""
    bare = "".join(text.split()).upper()
    return bare if re.fullmatch("[A-F][1-6]", bare) else ""


_MONTHS: Final = {
    name: number
    for number, month in enumerate(
        (
            *("january", "february", "march", "april", "may", "june", "july"),
            *("august", "september", "october", "november", "december"),
        ),
        start=1,
    )
    for name in (month, month[:3])
} | {"sept": 9}
_ISO: Final = re.compile(r"([0-9]{4}(?:-[0-9]{2}){0,2})(?:[T ][0-9:.]+\S*)?")
_DOTTED: Final = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_SLASHED: Final = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})\.? ([a-z]+)\.?,? ([0-9]{4})")
_MONTH_FIRST: Final = re.compile(r"([a-z]+)\.? (?:([0-9]{1,2}),? )?([0-9]{4})")


def date(text: str) -> EventDate | None:
    """Read a date that can be read in one way only; 03/04/2024 cannot."""
    word = key(text)
    try:
        if found := _ISO.fullmatch(text.strip()):
            return EventDate(found[1])
        if found := _DOTTED.fullmatch(word):
            return _day(int(found[3]), int(found[2]), int(found[1]))
        if found := _SLASHED.fullmatch(word):
            first, second, year = map(int, found.groups())
            if first > 12:  # noqa: PLR2004  no such month
                return _day(year, second, first)
            if second > 12 or first == second:  # noqa: PLR2004
                return _day(year, first, second)
            return None
        if (found := _DAY_FIRST.fullmatch(word)) and found[2] in _MONTHS:
            return _day(int(found[3]), _MONTHS[found[2]], int(found[1]))
        if (found := _MONTH_FIRST.fullmatch(word)) and found[1] in _MONTHS:
            month = _MONTHS[found[1]]
            if found[2]:
                return _day(int(found[3]), month, int(found[2]))
            return EventDate(f"{found[3]}-{month:02}")
    except ValueError:
        return None
    return None


def _day(year: int, month: int, day: int) -> EventDate:
    return EventDate(f"{year:04}-{month:02}-{day:02}")


_KINDS: Final[Mapping[str, Kind]] = {
    "evidence": Kind.EVIDENCE,
    "fact": Kind.EVIDENCE,
    "assumption": Kind.ASSUMPTION,
    "assu": Kind.ASSUMPTION,
    "inference": Kind.ASSUMPTION,
    "absence": Kind.ABSENCE,
    "absence of evidence": Kind.ABSENCE,
    "missing evidence": Kind.ABSENCE,
}


def kind(text: str) -> Kind | None:
    """Read the kind of an item; None where the word is not one of a kind."""
    return _KINDS.get(key(text))


# ------------------------------------------------------------------ of older programs

_COLLECTIONS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("open source", "osint", "press"), "open source"),
    **dict.fromkeys(("assu", "assumption"), Kind.ASSUMPTION.value),
    **dict.fromkeys(("hum", "humint"), "human source"),
    **dict.fromkeys(("imagery", "imint"), "imagery"),
    **dict.fromkeys(("sig", "sigint"), "signals"),
    "masint": "measurement and signature",
}
_MARKINGS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("u", "unclassified"), "Unclassified"),
    **dict.fromkeys(("fouo", "for official use only"), "For official use only"),
    **dict.fromkeys(("c", "confidential"), "Confidential"),
    **dict.fromkeys(("s", "secret"), "Secret"),
    **dict.fromkeys(("t", "ts", "top secret"), "Top secret"),
}


def collection(text: str) -> str:
    """Spell out how a report was collected; “assumption” is among the names."""
    return _COLLECTIONS.get(key(text), text)


def marking(text: str) -> str:
    """Spell out a classification that is given by its letters."""
    return _MARKINGS.get(key(text), text)
