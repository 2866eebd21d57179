"""One analyst a block of columns: the same hypotheses for each, under their names.

A sheet becomes one for each analyst, which `analysts` puts together again; what the
ratings say is not looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from workbench.exchange.tables import answers, columns
from workbench.exchange.tables.sheet import Sheet
from workbench.wording import joined

_RATER: Final = re.compile(
    r"(?:analyst|rater|reviewer|expert|assessor|judge|coder|team|by)\b.*|.*\banalyst",
    re.IGNORECASE,
)
# A column that says who rated a row.
_COLUMN: Final = frozenset(
    {"analyst", "rater", "reviewer", "assessor", "coder", "rated by", "analyst name"}
    | {"name of analyst", "expert", "judge", "participant", "bewerter", "analyste"}
    | {"analista", "аналитик", "эксперт", "аналітик", "експерт", "分析员", "分析师"}
    | {"المحلل"}
)
# How one name holds a hypothesis and an analyst.
_BOTH: Final = (
    re.compile(r"(?P<a>[^()\[\]]+?)\s*[(\[](?P<b>[^()\[\]]+)[)\]]"),
    re.compile(r"(?P<a>.+?)\s+(?:[-\u2013\u2014/|]|by)\s+(?P<b>.+)"),
    re.compile(r"(?P<a>.+?):\s+(?P<b>.+)"),
)
_LOOK: Final = 60  # rows in which names may stand
_SEVERAL: Final = 2
_LONG: Final = 160  # characters of a name of both
_MOST: Final = 2_000_000  # places, of all the sheets that one is parted into


def apart(sheet: Sheet) -> tuple[Sheet, ...]:
    """Give a sheet for each analyst, called by their name; the sheet itself for one.

    Raises Unreadable where two rows of names may each be the analysts.
    """
    if found := _in_rows(sheet) or _in_names(sheet):
        return tuple(found)
    for row in range(min(len(sheet.lines) - 1, _LOOK)):
        if sheet.gap_before(row + 1):
            continue
        upper = dict(enumerate(sheet.lines[row]))
        lower = dict(enumerate(sheet.lines[row + 1]))
        places = _repeated(lower)
        over = _groups(upper, places)
        if len(set(over.values())) < _SEVERAL or not _is_whole(over, lower):
            continue
        if not _are_names(sheet, row + 1, places):
            return (sheet,)
        raters = _raters(sheet, over, lower)
        _refuse_many(sheet, len({*raters.values()}))
        return tuple(
            _only(sheet, row, places, name, raters, over, lower)
            for name in dict.fromkeys(raters.values())
        )
    return (sheet,)


def _refuse_many(sheet: Sheet, many: int) -> None:
    """Refuse more copies of a sheet than are made for its analysts.

    Raises Unreadable.
    """
    if many * sum(map(len, sheet.lines)) > _MOST:
        raise sheet.fault(
            f"{many:,} analysts in a table of this size; split the file, some "
            "analysts a file"
        )


# ------------------------------------------------------------------ by rows


def _in_rows(sheet: Sheet) -> list[Sheet]:
    """Part a sheet whose rows name who rated them; nothing where they do not.

    What stands in rows without an analyst belongs to all.
    """
    for row, line in enumerate(sheet.lines[:_LOOK]):
        names = [c for c, text in enumerate(line) if columns.name(text) in _COLUMN]
        if len(names) != 1 or sum(map(bool, line)) < _SEVERAL + 1:
            continue
        who = [_text(other, names[0]) for other in sheet.lines]
        below = Counter(filter(None, who[row + 1 :]))
        if len(below) < _SEVERAL or min(below.values()) < _SEVERAL:
            return []
        _refuse_many(sheet, len(below))
        return [_rows_of(sheet, who, row, names[0], name) for name in below]
    return []


def _rows_of(
    sheet: Sheet, who: Sequence[str], row: int, column: int, name: str
) -> Sheet:
    kept = [
        (number, ["" if c == column and n >= row else t for c, t in enumerate(line)])
        for n, (number, line) in enumerate(zip(sheet.numbers, sheet.lines, strict=True))
        if n <= row or who[n] in ("", name)
    ]
    return replace(
        sheet,
        name=name,
        lines=[line for _, line in kept],
        numbers=[number for number, _ in kept],
    )


def _text(line: Sequence[str], column: int) -> str:
    return line[column] if column < len(line) else ""


# ------------------------------------------------------------------ by names


def _in_names(sheet: Sheet) -> list[Sheet]:
    """Part a sheet whose names say both, as “H1 Storm (Ann)”; nothing for others."""
    for row, line in enumerate(sheet.lines[:_LOOK]):
        for shape in _BOTH:
            split = {
                c: (found["a"].strip(), found["b"].strip())
                for c, text in enumerate(line)
                if (found := shape.fullmatch(text[:_LONG]))
            }
            over = {c: b for c, (_, b) in split.items()}
            lower = {c: a for c, (a, _) in split.items()}
            if not _is_whole(over, lower) or not _are_names(sheet, row, list(split)):
                continue
            if all(map(columns.hypothesis, over.values())):
                over, lower = lower, over
            elif not (
                all(map(columns.hypothesis, lower.values()))
                or all(map(_RATER.fullmatch, over.values()))
            ):
                continue
            every = dict.fromkeys(over.values())
            _refuse_many(sheet, len(every))
            return [_columns_of(sheet, row, lower, over, name) for name in every]
    return []


def _columns_of(
    sheet: Sheet,
    row: int,
    lower: Mapping[int, str],
    over: Mapping[int, str],
    name: str,
) -> Sheet:
    others = {c for c in over if over[c] != name}
    lines = [
        [
            "" if c in others else lower[c] if n == row and c in lower else text
            for c, text in enumerate(line)
        ]
        for n, line in enumerate(sheet.lines)
    ]
    return replace(sheet, name=name, lines=lines)


# ------------------------------------------------------------------ by two rows


def _are_names(sheet: Sheet, row: int, places: Sequence[int]) -> bool:
    """Tell whether ratings stand below a row, and none in it or above."""

    def rated(lines: Sequence[Sequence[str]]) -> bool:
        return any(
            answers.looks_rated(line[c])
            for line in lines
            for c in places
            if c < len(line)
        )

    return rated(sheet.lines[row + 1 :]) and not rated(sheet.lines[: row + 1])


def _repeated(lower: Mapping[int, str]) -> list[int]:
    """Give the columns whose names come again, each as often as the others."""
    many = Counter(columns.name(text) for text in lower.values() if text)
    again = {name for name, count in many.items() if count >= _SEVERAL}
    if any(columns.role(name) or answers.looks_rated(name) for name in again):
        return []
    if len({many[name] for name in again}) != 1:
        return []
    return [c for c, text in lower.items() if columns.name(text) in again]


def _groups(upper: Mapping[int, str], places: Sequence[int]) -> dict[int, str]:
    """Give what stands over each column, also where it stands once for several."""
    found: dict[int, str] = {}
    last = ""
    for place in places:
        last = upper.get(place, "") or last
        found[place] = last
    return found if all(found.values()) else {}


def _is_whole(over: Mapping[int, str], lower: Mapping[int, str]) -> bool:
    """Tell whether every pair of names stands over one column, and all pairs do."""
    pairs = {(over[c], columns.name(lower[c])) for c in over}
    groups = len({group for group, _ in pairs})
    names = len({name for _, name in pairs})
    several = groups >= _SEVERAL and names >= _SEVERAL
    return several and len(pairs) == len(over) == groups * names


def _raters(
    sheet: Sheet, over: Mapping[int, str], lower: Mapping[int, str]
) -> dict[int, str]:
    """Give the analyst of each column.

    Raises Unreadable where neither row says so.
    """
    first, second = set(over.values()), {lower[c] for c in over}
    above = all(map(_RATER.fullmatch, first)) or all(map(columns.hypothesis, second))
    below = all(map(_RATER.fullmatch, second)) or all(map(columns.hypothesis, first))
    if above == below:
        raise sheet.fault(
            f"the columns are named twice, {joined(sorted(first))} over "
            f"{joined(sorted(second))}, and it does not say which are the analysts; "
            "write “Analyst” before each of their names, or number the hypotheses H1, "
            "H2, ..."
        )
    return dict(over) if above else {c: lower[c] for c in over}


def _only(  # noqa: PLR0913  what was found of the two rows
    sheet: Sheet,
    row: int,
    places: Sequence[int],
    name: str,
    raters: Mapping[int, str],
    over: Mapping[int, str],
    lower: Mapping[int, str],
) -> Sheet:
    """Leave one analyst's columns, with the hypotheses' names alone over them."""
    others = {c for c in places if raters[c] != name}
    above, beside = raters == dict(over), dict(enumerate(sheet.lines[row]))
    lines = []
    for number, line in enumerate(sheet.lines):
        kept = ["" if c in others else text for c, text in enumerate(line)]
        if number == row:
            kept = []  # its other names stand with those below
        elif number == row + 1:
            kept = [
                (lower[c] if above else over[c])
                if c in raters and text
                else text or ("" if c in raters else beside.get(c, ""))
                for c, text in enumerate(kept)
            ]
        lines.append(kept)
    filled = [n for n, line in enumerate(lines) if any(line)]
    return replace(
        sheet,
        name=name,
        lines=[lines[n] for n in filled],
        numbers=[sheet.numbers[n] for n in filled],
    )
