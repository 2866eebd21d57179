"""What analysts write for a level, a grade, a date or a kind, one text at a time.

A text that may mean two things is given none. Where it stands is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from workbench.case import words
from workbench.case.model import MAX_LEVEL, EventDate, Kind, Level

# ------------------------------------------------------------------ what items have

_WORDED: Final[tuple[tuple[Level, str], ...]] = (
    (
        "low",
        "low|l|lo|niedrig|gering|faible|bas|basse|bajo|baja|низкая|низкий|низкое"  # noqa: ISC004
        "|низька|низький|низьке|низко|低|منخفض|منخفضة|ضعيف",
    ),
    (
        "medium",
        "medium|med|moderate|m|mid|average|mittel|moyen|moyenne|medio|media|средняя"  # noqa: ISC004
        "|средний|среднее|середня|середній|середнє|中|中等|متوسط|متوسطة",
    ),
    (
        "high",
        "high|h|hi|hoch|élevé|élevée|haut|haute|fort|forte|alto|alta|высокая|высокий"  # noqa: ISC004
        "|высокое|висока|високий|високе|高|عالي|عالية|مرتفع|مرتفعة",
    ),
)
_LEVELS: Final[Mapping[str, Level]] = {
    words.word(one): level for level, every in _WORDED for one in every.split("|")
}
_DECIMAL: Final = re.compile(
    r"[x×]?\s?(?P<n>[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]{1,3}|[0-9]+|[0-9]*\.[0-9]+|[0-9]+,[0-9]{1,3})\s?(?P<of>%|[x×])?"  # noqa: RUF001
)


def key(text: str) -> str:
    """Put a text in the form that words are compared in."""
    return words.key(text)


def level(text: str) -> Level | None:
    """Read a level: its word, or a number, 0 or more, a percentage among them."""
    word = words.word(text)
    if word in _LEVELS:
        return _LEVELS[word]
    if not (found := _DECIMAL.fullmatch(key(text))):
        return None
    number = float(found["n"].replace(",", "."))
    if found["of"] == "%":
        number /= 100
    return number if number <= MAX_LEVEL else None


def direction_unclear(levels: Iterable[Level]) -> bool:
    """Tell whether numbers look like grades, of which 1 may be best or worst."""
    numbers = [one for one in levels if not isinstance(one, str)]
    return any(n > 1 for n in numbers) and all(float(n).is_integer() for n in numbers)


_GRADE: Final = re.compile(r"([A-F])\s?[-/]?\s?([1-6])(?:\s*[-:(–].*)?", re.DOTALL)  # noqa: RUF001
_LETTER: Final = re.compile(r"([A-F])(?:\s*[-:.,(–=].*)?", re.DOTALL)  # noqa: RUF001
_DIGIT: Final = re.compile(r"([1-6])(?:\s*[-:.,(–=].*)?", re.DOTALL)  # noqa: RUF001
_RELIABILITY: Final = {
    "completely reliable": "A",
    "usually reliable": "B",
    "fairly reliable": "C",
    "not usually reliable": "D",
    "unreliable": "E",
    "reliability cannot be judged": "F",
    "reliability unknown": "F",
}
_INFORMATION: Final = {
    "confirmed by other sources": "1",
    "confirmed": "1",
    "probably true": "2",
    "possibly true": "3",
    "doubtful": "4",
    "doubtfully true": "4",
    "improbable": "5",
    "truth cannot be judged": "6",
}


def grade(text: str) -> str:
    """Read an Admiralty grade, "" where it is none."""
    found = _GRADE.fullmatch(text.strip().upper())
    return f"{found[1]}{found[2]}" if found else ""


def letter(text: str) -> str:
    """Read the letter of a source's reliability, "" where a text is none."""
    found = _LETTER.fullmatch(text.strip())
    return found[1] if found else _RELIABILITY.get(key(text), "")


def digit(text: str) -> str:
    """Read the digit of an information's credibility, "" where a text is none."""
    found = _DIGIT.fullmatch(text.strip())
    return found[1] if found else _INFORMATION.get(key(text), "")


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
