"""What a refusal advises leads to a file that is read: it is followed to the letter."""

from __future__ import annotations

import random
import re

import pytest

from tests.exchange import sheets
from tests.exchange.sheets import LAYOUTS, LEGENDS, Rows, to_csv, to_markdown, to_xlsx
from workbench import exchange
from workbench.exchange import Choices, Imported, Unreadable, refusal

STEPS = 12
LINE = re.compile("such as “((?:Legend: )?[^”]*=[^”]*)”")
COLUMN = re.compile("--column “([^”]+)=([a-z-]+)”")
FORMS = (to_csv, to_markdown, to_xlsx)


def followed(rows: Rows, write, *, seed: int = 0) -> Imported:
    """Do what each refusal says until the file is read."""
    columns: list[tuple[str, str]] = []
    words: list[tuple[str, str]] = []
    for _ in range(STEPS):
        choices = exchange.choices.made(columns, words)
        try:
            (found,) = exchange.read(write(random.Random(seed), rows), "f", choices)
            said = refusal(found)
        except Unreadable as fault:
            found, said = None, str(fault)
        if found and not said:
            return found
        if line := LINE.search(said):
            rows = [*rows, [], [line[1]]]
        elif column := COLUMN.search(said):
            columns.append((column[1], column[2]))
        elif "write “Evidence” over the first column" in said:
            head = next(n for n, row in enumerate(rows) if sum(map(bool, row)) > 1)
            rows = [*rows[:head], ["Evidence", *rows[head][1:]], *rows[head + 1 :]]
        elif found and found.words:
            words.append((found.words[0], "C"))
        else:
            raise AssertionError(said)
    raise AssertionError(said)


@pytest.mark.parametrize("notation", LEGENDS)
def test_a_notation_without_its_legend_is_read_once_the_advice_is_followed(notation):
    for seed, layout in enumerate(list(LAYOUTS)[:4]):
        rng = random.Random(f"{notation} {layout}")
        one = sheets.drawn(rng)
        body = sheets.cells(rng, one, notation, reasons=False)
        rows = LAYOUTS[layout](rng, one, body)
        found = followed(rows, FORMS[seed % len(FORMS)], seed=seed)
        assert found.filled == found.read
        assert len(found.case.hypotheses) == len(one.hypotheses)


HEAD = ["Evidence", "Flood", "Arson"]
ODD: dict[str, Rows] = {
    "a scale without a middle": [
        HEAD,
        ["Boat", "6", "1"],
        ["Rope", "5", "2"],
        ["Lamp", "4", "3"],
        [],
        ["1 = very inconsistent, 6 = very consistent"],
    ],
    "shares of one": [HEAD, ["Boat", "0.2", "0.8"], ["Rope", "0.7", "0.1"]],
    "hundreds": [HEAD, ["Boat", "100", "-100"], ["Rope", "50", "0"]],
    "numbers among words": [HEAD, ["Boat", "II", "4"], ["Rope", "C", "5"]],
    "dashes alone": [HEAD, ["Boat", "-", "\u2013"], ["Rope", "-", "-"]],
    "yes and no": [HEAD, ["Boat", "yes", "no"], ["Rope", "no", "maybe"]],
    "neither named": [["", "Flood", "Arson"], ["Boat", "II", "C"], ["Rope", "C", "I"]],
    "numbers without a name": [
        ["Evidence", "Box", "Flood", "Arson"],
        ["Boat", "3", "II", "C"],
        ["Rope", "1", "C", "I"],
    ],
    "levels without a name": [
        ["Evidence", "Strength", "Flood", "Arson"],
        ["Boat", "high", "II", "C"],
        ["Rope", "low", "C", "I"],
    ],
    "two columns of belief": [
        ["Evidence", "Reliability", "Credibility", "Flood", "Arson"],
        ["Boat", "3", "2", "II", "C"],
        ["Rope", "1", "5", "C", "I"],
    ],
    "a weight and a level": [
        ["Evidence", "Weight", "Relevance", "Flood", "Arson"],
        ["Boat", "3", "0.5", "II", "C"],
        ["Rope", "1", "0.2", "C", "I"],
    ],
    "levels that may run both ways": [
        ["Evidence", "Credibility", "Flood", "Arson"],
        ["Boat", "5", "II", "C"],
        ["Rope", "2", "C", "I"],
    ],
}


@pytest.mark.parametrize("name", ODD)
def test_a_file_that_is_refused_is_read_once_the_advice_is_followed(name):
    found = followed(ODD[name], to_csv)
    assert refusal(found) == ""
    assert len(found.case.hypotheses) == 2
    assert len(found.case.evidence) == len([r for r in ODD[name][1:] if len(r) > 1])


def test_to_accept_imports_the_rest():
    rows = b"Evidence,H1 A,H2 B\nBoat,yes,C\nRope,I,no\n"
    (found,) = exchange.read(rows, "f", Choices(accept=True))
    assert (found.read, len(found.listed)) == (2, 2)
