"""Published matrices written as tables in the shapes that analysts use.

A shape is rows of texts; how they become a file, and how they are read, is not here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from workbench.case.model import Case, Rule
from workbench.method.matrix import build
from workbench.method.scoring import assess

PUBLISHED = Path(__file__).parents[1] / "published"
WORDS = {
    "CC": "Very Consistent",
    "C": "consistent",
    "N": "Neutral",
    "I": "Inconsistent",
    "II": "very inconsistent",
    "NA": "Not applicable",
}
SIGNS = {"CC": "++", "C": "+", "N": "0", "I": "-", "II": "--", "NA": "N/A"}
MINUS = {"CC": "+ +", "C": "+", "N": "0", "I": "\u2212", "II": "\u2212\u2212"}
DASHES = SIGNS | {"I": "\u2013", "II": "--"}
PARC = {"CC": "C C", "C": "C", "N": "N", "I": "I", "II": "I I", "NA": "NA"}
SIGNED = {"CC": "2", "C": "+1", "N": "0", "I": "\u22121", "II": "-2", "NA": "n/a"}
ONE_TO_FIVE = {"CC": "5", "C": "4", "N": "3", "I": "2", "II": "1", "NA": "NA"}
CODES = {code: code for code in WORDS}
NOTATIONS = {
    "codes": CODES,
    "lower case": {code: code.lower() for code in WORDS},
    "words": WORDS,
    "signs": SIGNS,
    "minus signs": SIGNS | MINUS,
    "dashes": DASHES,
    "parc": PARC,
    "signed numbers": SIGNED,
    "a legend": ONE_TO_FIVE,
}
LEGEND = ["5 = very consistent", "1 = very inconsistent"]
Rows = list[list[str]]


@cache
def published(name: str) -> dict[str, Any]:
    return yaml.safe_load((PUBLISHED / f"{name}.yaml").read_text(encoding="utf-8"))


MATRICES = [
    path.stem
    for path in sorted(PUBLISHED.glob("*.yaml"))
    if "hypotheses" in published(path.stem)
]


def level(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.15g}"


def table(name: str, notation: Mapping[str, str], *, weights: str = "levels") -> Rows:
    """Write a published matrix with its items down.

    `weights` is "levels" for two columns of words or numbers, "product" for one column
    of multipliers, "" for none.
    """
    file = published(name)
    titles = file.get("hypothesis_titles", {})
    head = ["Evidence"]
    if weights == "levels":
        head += ["Credibility", "Relevance", "Weight"]
    elif weights:
        head.append("Weight")
    head += [f"H{n}: {titles.get(id_, id_)}" for n, id_ in enumerate(ids(name), 1)]
    rows = [head]
    for item in file["evidence"]:
        row = [item["title"]]
        levels = [item["credibility"], item["relevance"]]
        if weights == "levels":
            row += [*map(level, levels), "worked out"]
        elif weights:
            row.append(level(multiplier(levels[0]) * multiplier(levels[1])))
        row += [
            notation[item["ratings"][id_]] if id_ in item["ratings"] else ""
            for id_ in ids(name)
        ]
        rows.append(row)
    return rows


def ids(name: str) -> list[str]:
    return published(name)["hypotheses"]


def multiplier(value: str | float) -> float:
    """Give the multiplier of the PARC rule, written out: 1/sqrt 2, 1, sqrt 2."""
    worded = {"low": 0.5**0.5, "medium": 1.0, "high": 2**0.5}
    return worded[value] if isinstance(value, str) else value


def turned(rows: Rows) -> Rows:
    """Exchange rows and columns; the corner then names the hypotheses."""
    width = max(map(len, rows))
    padded = [row + [""] * (width - len(row)) for row in rows]
    found = [list(row) for row in zip(*padded, strict=True)]
    found[0][0] = "Hypotheses"
    return found


def to_csv(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def to_xlsx(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(names[number] if names else f"Sheet{number + 1}")
        for r, row in enumerate(rows, start=1):
            for c, value in enumerate(row, start=1):
                cell = sheet.cell(r, c)
                if value in ("", None):
                    continue
                cell.value = value
                if isinstance(value, str) and not value.startswith("=="):
                    cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def scores(case: Case, rule: str) -> list[float]:
    """Score a case, its hypotheses in the order of their labels."""
    result = assess(build(case, rule=Rule(rule)))
    found = {one.id: one.score for one in result.hypotheses}
    return [found[one.id] for one in case.hypotheses]


def expected(name: str, rule: str) -> list[float]:
    found = next(one for one in published(name)["expected"] if one["rule"] == rule)
    return [found["scores"][id_] for id_ in ids(name)]


def rules(name: str) -> list[str]:
    return [one["rule"] for one in published(name)["expected"] if "scores" in one]
