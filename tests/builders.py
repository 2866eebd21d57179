"""Tiny builders of cases, judgments and entries; nothing is computed or checked here.

A matrix is written as a table, one line an item:

    make_case("E1: CC I N", "E2: C NA -")

gives the items e1 and e2 and the hypotheses h1, h2 and h3; `-` is an unrated cell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from workbench.case.entry import Change, Entry, EntryKind, Value
from workbench.case.judgments import Judgments
from workbench.case.model import (
    Case,
    Citation,
    Consistency,
    EventDate,
    Evidence,
    Hypothesis,
    Kind,
    Level,
    Question,
    Rating,
    Rule,
    Source,
)
from workbench.case.replay import Replay
from workbench.record.ledger import Ledger
from workbench.record.verifying import verify

UNRATED = "-"


def make_item(
    label: str,
    codes: Mapping[str, str] | None = None,
    sources: Iterable[str] = (),
    date: str | None = None,
    **other: Any,
) -> Evidence:
    """Make one item; its id is the label in lower case, `codes` are by hypothesis."""
    texts = {"title": f"Title of {label}", "statement": f"Statement of {label}."}
    ratings = {
        hypothesis: Rating(Consistency(code))
        for hypothesis, code in (codes or {}).items()
        if code != UNRATED
    }
    return Evidence(
        **{
            "id": label.lower(),
            "label": label,
            **texts,
            "kind": Kind.EVIDENCE,
            "date": EventDate(date) if date else None,
            "sources": tuple(Citation(source) for source in sources),
            "ratings": ratings,
            **other,
        }
    )


def make_hypothesis(label: str, **other: Any) -> Hypothesis:
    """Make one hypothesis; its id is the label in lower case."""
    texts = {"title": f"Title of {label}", "statement": f"Statement of {label}."}
    return Hypothesis(**{"id": label.lower(), "label": label, **texts, **other})


def make_case(  # a case has these parts
    *rows: str,
    hypotheses: Sequence[str] | None = None,
    credibility: Mapping[str, Level] | None = None,
    relevance: Mapping[str, Level] | None = None,
    origin: Mapping[str, str] | None = None,
    sources: Mapping[str, str | Iterable[str]] | None = None,
    dates: Mapping[str, str] | None = None,
    set_aside: Iterable[str] = (),
    status: Mapping[str, str] | None = None,
    rule: Rule = Rule.WEIGHTED_INCONSISTENCY,
    as_of: str | None = None,
) -> Case:
    """Make a case from a table.

    All mappings but `status` are keyed by the item's id: `sources` gives one source's
    id or several, `origin` a group. `status` is by hypothesis id. `hypotheses` names
    the columns' labels, H1, H2 ... unless given.
    """
    table = [(row.split(":")[0].strip(), row.split(":")[1].split()) for row in rows]
    width = max((len(codes) for _, codes in table), default=2)
    labels = list(hypotheses or [f"H{number}" for number in range(1, width + 1)])
    ids = [label.lower() for label in labels]
    cited = {
        item: [found] if isinstance(found, str) else list(found)
        for item, found in (sources or {}).items()
    }
    evidence = []
    for label, codes in table:
        id_ = label.lower()
        item = make_item(
            label,
            dict(zip(ids, codes, strict=True)),
            cited.get(id_, ()),
            (dates or {}).get(id_),
            credibility=(credibility or {}).get(id_, "medium"),
            relevance=(relevance or {}).get(id_, "medium"),
            origin=(origin or {}).get(id_, ""),
            status="set-aside" if id_ in set_aside else "active",
        )
        evidence.append(item)
    named = dict.fromkeys(name for found in cited.values() for name in found)
    return Case(
        Question(
            question="Why did it happen?",
            title="It",
            rule=rule,
            as_of=dt.date.fromisoformat(as_of) if as_of else None,
        ),
        tuple(
            make_hypothesis(label, status=(status or {}).get(label.lower(), "active"))
            for label in labels
        ),
        tuple(Source(id=name, name=f"Name of {name}") for name in named),
        tuple(evidence),
    )


def make_judgments(
    cells: Mapping[tuple[str, str], str] | None = None, **other: Any
) -> Judgments:
    """Make judgments whose `cells` are codes, `-` for one made unrated on purpose."""
    ratings = {
        cell: None if code == UNRATED else Rating(Consistency(code))
        for cell, code in (cells or {}).items()
    }
    return Judgments(ratings=ratings, **other)


def rate(evidence: str, hypothesis: str, to: Value, because: str = "") -> Change:
    """Make the change of one cell; `to` is a code, "unrated", or None for as published.

    Cells stand first and second so that a list of them reads as a log.
    """
    return Change(EntryKind.RATING, evidence, hypothesis, to=to, because=because)


def change(kind: EntryKind, evidence: str, to: Value) -> Change:
    """Make a change of one item."""
    return Change(kind, evidence, to=to)


class Log:
    """One analyst's entries with numbers and times as a ledger would give them."""

    def __init__(self, case: Case, analyst: str = "analyst-1") -> None:
        self.analyst = analyst
        self.entries: list[Entry] = []
        self.replay = Replay(case)
        self._op = 0

    def act(self, *changes: Change) -> list[Entry]:
        """Append the changes of one action."""
        self._op += 1
        made = []
        for one in changes:
            seq = len(self.entries) + 1
            at = f"2026-11-24T19:{seq // 60:02}:{seq % 60:02}.000Z"
            entry = Entry(seq, at, self.analyst, one, "page", self._op, None, "")
            made.append(entry)
            self.entries.append(entry)
        self.replay.extend(made)
        return made

    def undo(self) -> list[Entry]:
        """Undo the last action that stands."""
        return self.act(*self.replay.inverse(self.replay.undo.last()))

    def redo(self) -> list[Entry]:
        """Redo the last action undone."""
        return self.act(*self.replay.inverse(self.replay.redo.last()))

    @property
    def judgments(self) -> Judgments:
        """The judgments that stand."""
        return self.replay.judgments


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a folder's files as they stand, whatever they hold."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def faults(ledger: Ledger) -> list[str]:
    """Say everything that a ledger finds wrong with itself."""
    return list(verify(ledger).faults)
