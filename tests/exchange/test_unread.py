"""Every filled cell of a matrix is read, or listed with its place, by every reader."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.builders import make_case, make_judgments
from tests.exchange.sampled import raw
from tests.exchange.sheets import FILES, sheet
from tests.exchange.test_burton import DUMP
from tests.exchange.test_parc import PROJECT
from tests.report.hostile import DATE
from workbench import exchange
from workbench.exchange import FORMATS, Imported, Unreadable
from workbench.exchange.content import Content
from workbench.report import make

# A rating in a sample: what stands before it, the rating, what stands behind it.
Places = Callable[[str], Iterator[tuple[int, int]]]
CASE = make_case("E1: CC C I", "E2: N I II", "E3: I C C")
MOVED = make_judgments({("e1", "h1"): "I"})
TREE = {
    "name": "Who moved the buoy?",
    "children": [
        {"name": "Calm sea", "H1": "II", "H2": "C"},
        {"name": "Hull cut", "H1": "I", "H2": "CC"},
    ],
}
PLAIN = {
    "hypotheses": ["Storm", "Crew"],
    "evidence": ["Calm sea", "Hull cut"],
    "matrix": [["II", "C"], ["I", "CC"]],
}
ROWS = [
    {"Evidence": "Calm sea", "H1 Storm": "II", "H2 Crew": "C"},
    {"Evidence": "Hull cut", "H1 Storm": "I", "H2 Crew": "CC"},
]
TABLE = [["Evidence", "H1 Storm", "H2 Crew"], ["Sea", "II", "C"], ["Hull", "I", "CC"]]


def matching(pattern: str) -> Places:
    """Find ratings by what stands around them."""
    found = re.compile(pattern)
    return lambda text: (one.span(1) for one in found.finditer(text))


def tabled(form: str) -> Callable[[], str | bytes]:
    return lambda: FILES[form](random.Random(0), TABLE)


CODE = "(CC|II|C|I|N)"
QUOTED = matching(f'(?<=[:\\[ ])"{CODE}"')
READERS: dict[str, tuple[Callable[[], str | bytes], Places | None]] = {
    "own_report": (lambda: make(CASE, MOVED, to="json", date=DATE), None),
    "own_markdown": (
        lambda: make(CASE, to="md", date=DATE, annex=True),
        matching(rf"\| {CODE} \|  \|"),
    ),
    "arkhammirror": (
        lambda: raw("arkhammirror.json"),
        matching(r'"rating": "(\+\+|\+|N|--|-)"'),
    ),
    "arkhammirror_csv": (
        lambda: raw("arkhammirror.csv"),
        matching(r"(?<=,)(--|\+\+|-|\+)(?=,)"),
    ),
    "arkhammirror_standalone": (
        lambda: raw("arkhammirror_standalone.json"),
        matching(f'"rating": ?"{CODE}"(?=[\\s\\S]*"snapshots")'),
    ),
    "arkhammirror_v1": (
        lambda: raw("arkhammirror_v1.json"),
        matching(f'"1[0-9]": "{CODE}"'),
    ),
    "intel_workbench": (lambda: raw("intel_workbench.json"), QUOTED),
    "open_synthesis": (
        lambda: raw("open_synthesis.json"),
        matching(r'"value": ([0-5])'),
    ),
    "burton": (lambda: DUMP, matching("'((?:Very )?(?:Inc|C)onsistent|Neutral)'")),
    "parc": (lambda: PROJECT, matching(rf"(?<=[>,]){CODE}(?=[,<])")),
    "tree": (lambda: json.dumps(TREE), QUOTED),
    "plain": (lambda: json.dumps(PLAIN), QUOTED),
    "rows": (lambda: json.dumps(ROWS), QUOTED),
    "csv": (tabled("csv"), matching(rf"(?<=[,;\t]){CODE}(?=[,;\t\r])")),
    "markdown": (tabled("md"), matching(rf"\| {CODE} (?=\|)")),
    "html": (tabled("html"), matching(f"<td>{CODE}</td>")),
}


def told(found: tuple[Imported, ...]) -> dict[str, str]:
    """Give what is listed, or left out, by content."""
    cells = [cell for one in found for cell in (*one.listed, *one.left)]
    return {cell.content: cell.place for cell in cells}


def cells(found: tuple[Imported, ...]) -> int:
    """Count every cell, those of what a file does not have included."""
    return sum(one.filled + len(one.left) for one in found)


def text_of(data: str | bytes) -> str:
    if isinstance(data, str):
        return data
    for code in ("utf-8-sig", "utf-16"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252")


def spoiled(rng: random.Random, text: str, places: Places, many: int) -> Any:
    """Put words that mean nothing in the place of ratings; gives text and words."""
    spans = sorted(rng.sample(list(places(text)), many), reverse=True)
    words = []
    for number, (first, last) in enumerate(spans):
        word = f"qz{number}"
        is_number = text[first:last].isdigit()
        put = f'"{word}"' if is_number else word
        text = text[:first] + put + text[last:]
        words.append(word)
    return text, words


@pytest.mark.parametrize("name", [n for n, (_, p) in READERS.items() if p])
def test_a_rating_that_nobody_can_read_is_listed_with_its_place(name):
    give, places = READERS[name]
    assert places
    whole = text_of(give())
    clean = exchange.read(whole.encode(), "f")
    known = list(places(whole))
    assert known
    for seed in range(3):
        rng = random.Random(f"{name} {seed}")
        text, words = spoiled(rng, whole, places, rng.randint(1, min(2, len(known))))
        found = exchange.read(text.encode(), "f")
        listed = told(found)
        assert all(any(word in content for content in listed) for word in words)
        assert all(place for place in listed.values())
        assert cells(found) == cells(clean)
        for one in found:
            assert one.filled == one.read + len(one.listed)


def test_the_ratings_of_our_own_report_are_counted():
    give, _ = READERS["own_report"]
    (found,) = exchange.read(give(), "f")  # type: ignore[arg-type]
    assert found.filled == found.read == 9 + 1


def test_every_format_is_among_them():
    read = set()
    for give, _ in READERS.values():
        data = give()
        content = Content(data.encode() if isinstance(data, str) else data, "f")
        read.add(next(f.title for f in FORMATS if f.recognises(content)))
    books = {f.title for f in FORMATS if "XLS" in f.title}  # their cells as in csv
    assert read | books == {f.title for f in FORMATS}


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_strange_word_in_a_spreadsheet_is_listed_with_its_place(form):
    rng = random.Random(form)
    _, rows = sheet(rng, "across", "codes")
    rows[1][-1] = "qz odd"
    try:
        found = exchange.read(FILES[form](rng, rows), "f")
    except Unreadable as fault:
        assert "row" in str(fault)  # noqa: PT017  a refusal names its place
    else:
        assert "qz odd" in told(found)


WEIGHTS = {
    "arkhammirror.json": ('"credibility": 0.9', '"credibility": "qz"'),
    "arkhammirror_standalone.json": ('"reliability": "high"', '"reliability": "qz"'),
    "intel_workbench.json": ('"credibility": "High"', '"credibility": "qz"'),
}


@pytest.mark.parametrize("name", WEIGHTS)
def test_a_weight_that_nobody_can_read_is_listed_and_the_file_refused(name):
    before, after = WEIGHTS[name]
    text = raw(name).decode()
    assert before in text
    found = exchange.read(text.replace(before, after, 1).encode(), "f")
    assert "qz" in told(found)
    assert any("the ranking hangs on the weights" in exchange.refusal(f) for f in found)
