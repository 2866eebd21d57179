"""Random matrices, written as tables in the ways that people lay them out.

A drawing knows what it wrote: the titles, the codes by cell, the weights; what a reader
makes of it is compared elsewhere. Everything comes from one `random.Random`.
"""

from __future__ import annotations

import csv
import html
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import openpyxl

Rows = list[list[str]]
CODES = ("CC", "C", "N", "I", "II", "NA", "")
ORDER = ("CC", "C", "N", "I", "II")
HYPOTHESES = (
    "Storm",
    "Sabotage at the quay",
    "Neglect",
    "A rival, or his crew",
    "Ice in the harbour",
    "Third party (hired)",
    "Debt",
    "An old wreck",
)
ITEMS = (
    "Calm sea all week",
    "Hull was cut from outside",
    "No maintenance log",
    "Two tugs were sold",
    "The watchman slept; his lamp was out",
    "Prices rose 12% in May",
    "A letter names the buyer",
    "Divers found paint, blue and old",
    "Nobody asked for the insurance",
    "The pilot's log is missing",
    "Radio silence from 03:10",
    "C. Brandt left on Monday",
    "Fog",
    "A tug was seen near the lock",
)
WORDS = {
    name: tuple(texts.split("|"))
    for name, texts in {
        "english": "very consistent|consistent|neutral|inconsistent|very inconsistent"
        "|not applicable",
        "supports": "Strongly supports|Supports|Neutral|Contradicts"
        "|Strongly contradicts|Does not apply",
        "german": "sehr konsistent|konsistent|neutral|inkonsistent|sehr inkonsistent"
        "|nicht anwendbar",
        "french": "très cohérent|cohérent|neutre|incohérent|très incohérent|sans objet",
        "spanish": "muy consistente|consistente|neutral|inconsistente"
        "|muy inconsistente|no aplica",
        "russian": "полностью согласуется|согласуется|нейтрально|противоречит"
        "|сильно противоречит|неприменимо",
        "ukrainian": "дуже узгоджується|узгоджується|нейтрально|суперечить"
        "|сильно суперечить|не застосовується",
        "chinese": "强一致|一致|中性|不一致|强不一致|不适用",
        "arabic": "متسق جدا|متسق|محايد|غير متسق|غير متسق جدا|لا ينطبق",
    }.items()
}
# What a file has to say so that a notation can be read.
LEGENDS = {
    "ticks": "Legend: ✓✓ = very consistent, ✓ = consistent, ○ = neutral, "
    "✗ = inconsistent, ✗✗ = very inconsistent",
    "circles": "🟢 = very consistent, 🔵 = consistent, 🟡 = neutral, "
    "🟠 = inconsistent, "
    "🔴 = very inconsistent",
    "-3..3": "3 = very consistent, -3 = very inconsistent",
    "-4..4": "-4 = very inconsistent; 4 = very consistent",
    "1..7": "1 = very inconsistent, 7 = very consistent",
    "7..1": "Scale: 1 (very consistent) to 7 (very inconsistent)",
    "0..10": "Legend: 10 = very consistent, 0 = very inconsistent",
    "1..5": "5 = very consistent, 1 = very inconsistent",
}
STEPS = {
    "-3..3": (("3", "2"), ("1",), ("0",), ("-1",), ("-2", "-3")),
    "-4..4": (("4", "3"), ("2", "1"), ("0",), ("-1", "-2"), ("-3", "-4")),
    "1..7": (("7", "6"), ("5",), ("4",), ("3",), ("2", "1")),
    "7..1": (("1", "2"), ("3",), ("4",), ("5",), ("6", "7")),
    "0..10": (("10", "9", "8"), ("7", "6"), ("5",), ("4", "3"), ("2", "1", "0")),
    "1..5": (("5",), ("4",), ("3",), ("2",), ("1",)),
    "ticks": (("✓✓",), ("✓",), ("○",), ("✗",), ("✗✗",)),
    "circles": (("🟢",), ("🔵",), ("🟡",), ("🟠",), ("🔴",)),
    "signs": (("++", "+ +"), ("+",), ("0",), ("-",), ("--", "- -")),
    "numbers": (("2", "+2"), ("1", "+1"), ("0",), ("-1",), ("-2",)),
}
NOTATIONS = ("codes", "coded words", "lower", *WORDS, *STEPS)
REASONS = ("no wind", "EU law", "one abstained", "see the annex", "seen twice")


@dataclass
class Drawn:
    """A matrix as it was drawn: what a reader has to find in its tables."""

    hypotheses: list[str]
    items: list[str]
    codes: list[list[str]]
    weights: list[float] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)

    def scores(self) -> list[float | None]:
        """Score by hand: I counts 1, II 2, times the weight."""
        weights = self.weights or [1.0] * len(self.items)
        values = {"I": 1.0, "II": 2.0}
        found: list[float | None] = []
        for h in range(len(self.hypotheses)):
            column = [row[h] for row in self.codes]
            rated = any(code not in ("", "NA") for code in column)
            total = sum(
                values.get(c, 0.0) * w for c, w in zip(column, weights, strict=True)
            )
            found.append(total if rated else None)
        return found


def drawn(rng: random.Random) -> Drawn:
    """Draw a matrix with enough ratings to be told from a list of words."""
    hypotheses = rng.sample(HYPOTHESES, rng.randint(2, 5))
    items = rng.sample(ITEMS, rng.randint(2, 8))
    gaps = rng.choice((0, 0, 0.1, 0.3))
    codes = [
        [
            "" if rng.random() < gaps else rng.choice(CODES[: 6 if gaps else 5])
            for _ in hypotheses
        ]
        for _ in items
    ]
    for place in range(len(hypotheses)):  # each hypothesis is rated somewhere
        codes[0][place] = codes[0][place] or "C"
        codes[1][place] = rng.choice(("I", "CC", "II"))
    return Drawn(hypotheses, items, codes)


def notated(rng: random.Random, notation: str) -> Callable[[str], str]:
    """Give how a code is written; the way may differ from cell to cell."""

    def write(code: str) -> str:
        if not code:
            return rng.choice(("", "", "?")) if notation == "codes" else ""
        if notation in WORDS:
            text = WORDS[notation][CODES.index(code)]
            return rng.choice((text, text.capitalize()))
        if code == "NA":
            return rng.choice(("NA", "N/A", "n/a"))
        if notation in STEPS:
            return rng.choice(STEPS[notation][ORDER.index(code)])
        if notation == "lower":
            return code.lower()
        if notation == "coded words":
            word = WORDS["english"][ORDER.index(code)].capitalize()
            return rng.choice((code, f"{code} ({word})", f"{word} ({code})"))
        return code

    return write


def reasoned(rng: random.Random, text: str) -> str:
    """Put a reason beside a rating in one of the usual ways."""
    why = rng.choice(REASONS)
    ways = (f"{text} ({why})", f"{text}: {why}", f"{text} - {why}", f"{text}\n{why}")
    return rng.choice(ways)


# ------------------------------------------------------------------ layouts


def cells(rng: random.Random, one: Drawn, notation: str, *, reasons: bool) -> Rows:
    write = notated(rng, notation)
    rows = []
    for line in one.codes:
        row = [write(code) for code in line]
        if reasons:
            row = [
                reasoned(rng, text)
                if text and text != "?" and rng.random() < 0.3
                else text
                for text in row
            ]
        rows.append(row)
    return rows


def weighted(rng: random.Random, one: Drawn) -> tuple[list[str], Rows]:
    """Draw weights; gives the columns' names and their texts by item."""
    many = len(one.items)
    way = rng.choice(("words", "percent", "shares", "numbers", "grades", "word"))
    if way == "words":
        worded = {"Low": 0.5**0.5, "Medium": 1.0, "High": 2**0.5}
        pairs = [
            (rng.choice(list(worded)), rng.choice(list(worded))) for _ in range(many)
        ]
        one.weights = [worded[a] * worded[b] for a, b in pairs]
        return ["Credibility", "Relevance"], [list(pair) for pair in pairs]
    if way == "word":
        worded = {"low": 0.5**0.5, "medium": 1.0, "high": 2**0.5}
        texts = [rng.choice(list(worded)) for _ in range(many)]
        one.weights = [worded[text] for text in texts]
        return [rng.choice(("Credibility", "Relevance"))], [[text] for text in texts]
    if way == "grades":
        grades = [(rng.choice("ABCDEF"), rng.choice("123456")) for _ in range(many)]
        if rng.random() < 0.5:
            return ["Grade"], [[a + b] for a, b in grades]
        return ["Source reliability", "Information credibility"], [
            list(g) for g in grades
        ]
    if way == "percent":
        numbers = [rng.choice((5, 10, 20, 25, 50, 80)) for _ in range(many)]
        one.weights = [n / 100 for n in numbers]
        return ["Weight"], [[f"{n}%"] for n in numbers]
    if way == "shares":
        numbers = [rng.choice((0.1, 0.25, 0.5, 0.75, 1)) for _ in range(many)]
        one.weights = list(map(float, numbers))
        return ["Weight"], [[f"{n:g}"] for n in numbers]
    numbers = [rng.randint(1, 5) for _ in range(many)]
    one.weights = list(map(float, numbers))
    return [rng.choice(("Weight", "Weighting"))], [[str(n)] for n in numbers]


def across(rng: random.Random, one: Drawn, body: Rows) -> Rows:
    """Items down, with other columns in any order before or after the ratings."""
    names = titled(rng, one)
    before: list[tuple[str, list[str]]] = [
        (rng.choice(("Evidence", "Item", "")), list(one.items))
    ]
    if rng.random() < 0.3:
        before.insert(0, ("No.", [str(n) for n in range(1, len(one.items) + 1)]))
    extras = [
        ("Source", [rng.choice(("Tide office", "Log")) for _ in one.items]),
        ("Date", [f"2024-0{rng.randint(1, 9)}-11" for _ in one.items]),
        ("Category", [rng.choice(("Intent", "Means")) for _ in one.items]),
        ("Notes", [rng.choice(("see file", "by phone", "")) for _ in one.items]),
    ]
    rng.shuffle(extras)
    after: list[tuple[str, list[str]]] = []
    for extra in extras[: rng.choice((0, 0, 1, 2))]:
        (before if rng.random() < 0.6 else after).append(extra)
    if rng.random() < 0.5:
        heads, texts = weighted(rng, one)
        columns = [(h, [row[n] for row in texts]) for n, h in enumerate(heads)]
        if rng.random() < 0.7:
            before += columns
        else:
            after += columns
    if not before[0][0] and len(before) > 1:
        before[0] = ("Evidence", before[0][1])
    if rng.random() < 0.2:
        rng.shuffle(before)
        before = [(name or "Evidence", texts) for name, texts in before]
    rows = [[n for n, _ in before] + names + [n for n, _ in after]]
    for number, line in enumerate(body):
        left = [texts[number] for _, texts in before]
        right = [texts[number] for _, texts in after]
        rows.append([*left, *line, *right])
    return rows


def titled(rng: random.Random, one: Drawn) -> list[str]:
    way = rng.choice(("H1 ", "H1: ", "Hypothesis 1: ", "H1 – ", "", ""))  # noqa: RUF001
    if not way:
        return list(one.hypotheses)
    return [way.replace("1", str(n)) + t for n, t in enumerate(one.hypotheses, 1)]


def down(rng: random.Random, one: Drawn, body: Rows) -> Rows:
    """Hypotheses down, items across."""
    names = titled(rng, one)
    head = [rng.choice(("Hypothesis", "Hypotheses")), *one.items]
    return [
        head,
        *([n, *col] for n, col in zip(names, zip(*body, strict=True), strict=True)),
    ]


def with_text(rng: random.Random, one: Drawn, rows: Rows) -> Rows:
    del one
    notes = [["Prepared in March"], ["Sources are listed in the annex"]]
    return [
        ["Who moved the buoy?"],
        *notes[: rng.randint(0, 1)],
        [],
        *rows,
        [],
        *notes[1:],
    ]


def with_totals(rng: random.Random, one: Drawn, rows: Rows, *, under: bool) -> Rows:
    width = len(rows[0])
    first = next(n for n, t in enumerate(rows[0]) if one.hypotheses[0] in t)
    totals = [""] * width
    for h in range(len(one.hypotheses)):
        lines = [line[h] for line in one.codes]
        totals[first + h] = str(-(lines.count("I") + 2 * lines.count("II")) or 0)
    if under:
        return [rows[0], totals, *rows[1:]]
    names = {"Evidence", "Item", ""}
    place = next(n for n, t in enumerate(rows[0]) if t in names)
    totals[place] = rng.choice(
        ("Total", "Inconsistency score", "Sum", "Weighted score")
    )
    return [*rows, totals]


def two_rows(rng: random.Random, one: Drawn, rows: Rows) -> Rows:
    del rng
    first = next(n for n, t in enumerate(rows[0]) if one.hypotheses[0] in t)
    names, titles = list(rows[0]), [""] * len(rows[0])
    for h, title in enumerate(one.hypotheses):
        names[first + h], titles[first + h] = f"H{h + 1}", title
    return [names, titles, *rows[1:]]


def listed(rng: random.Random, one: Drawn, rows: Rows) -> Rows:
    """Bare labels in the matrix, and what they stand for above or below."""
    names = [
        next((f"H{h}" for h, t in enumerate(one.hypotheses, 1) if t in n), n)
        for n in rows[0]
    ]
    told = [[f"H{h}: {title}"] for h, title in enumerate(one.hypotheses, 1)]
    if rng.random() < 0.5:
        return [*told, [], names, *rows[1:]]
    return [names, *rows[1:], [], *told]


def blanks(rng: random.Random, one: Drawn, rows: Rows) -> Rows:
    del one
    place = rng.randint(1, len(rows) - 1)
    return [*rows[:place], [], *rows[place:]]


def repeated(rng: random.Random, one: Drawn, rows: Rows) -> Rows:
    del one
    place = rng.randint(2, len(rows))
    return [*rows[:place], rows[0], *rows[place:]] if place < len(rows) else rows


LAYOUTS: dict[str, Callable[[random.Random, Drawn, Rows], Rows]] = {
    "across": across,
    "down": down,
    "text around": lambda r, o, b: with_text(r, o, across(r, o, b)),
    "text around, down": lambda r, o, b: with_text(r, o, down(r, o, b)),
    "scores at the foot": lambda r, o, b: with_totals(
        r, o, across(r, o, b), under=False
    ),
    "scores under the names": lambda r, o, b: with_totals(
        r, o, across(r, o, b), under=True
    ),
    "two rows of names": lambda r, o, b: two_rows(r, o, across(r, o, b)),
    "hypotheses listed": lambda r, o, b: listed(r, o, across(r, o, b)),
    "blank rows": lambda r, o, b: blanks(r, o, across(r, o, b)),
    "names repeated": lambda r, o, b: repeated(r, o, across(r, o, b)),
    "reasons in cells": across,
    "legend beside": across,
}


def sheet(rng: random.Random, layout: str, notation: str) -> tuple[Drawn, Rows]:
    """Draw a matrix and lay it out; its legend stands where a legend may."""
    one = drawn(rng)
    body = cells(rng, one, notation, reasons=layout == "reasons in cells")
    rows = LAYOUTS[layout](rng, one, body)
    if legend := LEGENDS.get(notation):
        if layout == "legend beside":
            wide = max(map(len, rows))
            parts = [
                part.strip()
                for part in legend.split(": ")[-1].replace(";", ",").split(",")
            ]
            if all("=" in part for part in parts):
                rows = [row + [""] * (wide + 1 - len(row)) for row in rows]
                rows += [[""] * (wide + 1) for _ in range(len(parts) - len(rows))]
                return one, [
                    [*row, parts[n]] if n < len(parts) else row
                    for n, row in enumerate(rows)
                ]
        rows = [*rows, [], [legend]] if rng.random() < 0.7 else [[legend], [], *rows]
    return one, rows


# ------------------------------------------------------------------ files


def to_csv(rng: random.Random, rows: Rows) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=rng.choice(",;\t")).writerows(rows)
    return out.getvalue().encode(rng.choice(("utf-8", "utf-8-sig", "utf-16")))


def to_markdown(rng: random.Random, rows: Rows) -> bytes:
    del rng
    wide = max(map(len, rows))
    lines: list[str] = []
    begun = False
    for row in rows:
        filled = [text for text in row if text]
        if len(filled) <= 1 and (not begun or len(row) <= 1):
            lines += ["", *filled, ""] if filled else [""]
            continue
        texts = [t.replace("|", "\\|").replace("\n", "<br>") for t in row]
        texts += [""] * (wide - len(texts))
        lines.append(f"| {' | '.join(texts)} |")
        if not begun:
            lines.append("|" + "---|" * wide)
            begun = True
    return "\n".join(lines).encode()


def to_xlsx(rng: random.Random, rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            if not text:
                continue
            cell = page.cell(r, c)
            try:
                cell.value = float(text) if rng.random() < 0.8 else text
            except ValueError:
                cell.value = text
            if isinstance(cell.value, str):
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_html(rng: random.Random, rows: Rows) -> bytes:
    del rng
    lines = []
    for row in rows:
        texts = (html.escape(t).replace("\n", "<br>") for t in row)
        lines.append("<tr>" + "".join(f"<td>{t}</td>" for t in texts) + "</tr>")
    page = "\n".join(lines)
    return f"<!doctype html><html><body><table>{page}</table></body></html>".encode()


ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'office:version="1.2"><office:body><office:spreadsheet>'
)
ODS_FOOT = "</office:spreadsheet></office:body></office:document-content>"


def ods_package(content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(zipfile.ZipInfo("mimetype"), ODS_MIME)
        made.writestr("content.xml", content)
        made.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest='
            '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{ODS_MIME}"/>'
            "</manifest:manifest>",
        )
    return out.getvalue()


def to_ods(rng: random.Random, rows: Rows) -> bytes:
    del rng
    lines = []
    for row in rows:
        texts = "".join(
            "<table:table-cell/>"
            if not text
            else '<table:table-cell office:value-type="string">'
            + "".join(f"<text:p>{html.escape(p)}</text:p>" for p in text.split("\n"))
            + "</table:table-cell>"
            for text in row
        )
        lines.append(
            f"<table:table-row>{texts or '<table:table-cell/>'}</table:table-row>"
        )
    table = f'<table:table table:name="Sheet1">{"".join(lines)}</table:table>'
    return ods_package(ODS_HEAD + table + ODS_FOOT)


FILES: dict[str, Callable[[random.Random, Rows], bytes]] = {
    "csv": to_csv,
    "md": to_markdown,
    "xlsx": to_xlsx,
    "html": to_html,
    "ods": to_ods,
}


def padded(rows: Sequence[Sequence[str]]) -> Rows:
    wide = max(map(len, rows), default=0)
    return [[*row, *[""] * (wide - len(row))] for row in rows]
