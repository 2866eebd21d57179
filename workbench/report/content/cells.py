"""Cells, columns and facts, every text in them made fit to print."""

from __future__ import annotations

from collections.abc import Iterable

from workbench import wording
from workbench.case.model import (
    Evidence,
    Hypothesis,
    Kind,
)
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import (
    Cell,
    Column,
    Facts,
)
from workbench.wording import plain, shown


def known_facts(*facts: tuple[str, str]) -> Facts:
    """List facts, without those that are not known."""
    return Facts(tuple((name, plain(text)) for name, text in facts if text))


def text_cell(text: str) -> Cell:
    """Make a cell of text."""
    return Cell(plain(text))


def name_cell(text: str) -> Cell:
    """Make the cell that names a row."""
    return Cell(plain(text), "name")


def number_cell(x: float | None, bar: float | None = None) -> Cell:
    """Make a cell of a number; a dash where there is none."""
    return Cell(shown(x), "number", bar=bar)


def heads(*names: str, numbers: Iterable[str] = ()) -> tuple[Column, ...]:
    """Name columns; `numbers` are those that hold numbers."""
    numeric = set(numbers)
    return tuple(Column(n, "number" if n in numeric else "text") for n in names)


def titled(item: Evidence) -> str:
    """Name an item with its label, title and, unless it is evidence, its kind."""
    kind = "" if item.kind is Kind.EVIDENCE else f" ({item.kind.value})"
    return f"{item.label} {item.title}{kind}"


def code_cell(basis: Basis, item: Evidence, hypothesis: Hypothesis) -> Cell:
    """Make the cell of a rating, with the published one where it differs."""
    judgments = basis.judgments
    was = ""
    if judgments.departs(basis.case, item, hypothesis.id):
        was = wording.code(item.ratings.get(hypothesis.id)) or "unrated"
    return Cell(wording.code(judgments.rating(item, hypothesis.id)), "code", was)
