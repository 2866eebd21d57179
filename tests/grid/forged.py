"""Batches that no page ever sent, and a line that is given them one after another.

`python -m tests.grid.forged 6000` gives a line so many and prints what became of them.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.builders import make_case
from workbench.case.entry import Entry, EntryKind
from workbench.grid.line import Line
from workbench.method.matrix import build
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger

CASE = make_case("E1: C I N", "E2: - II NA", "E3: CC N I", sources={"e1": "s"})
MATRIX = "matrix"
IDS = ("e1", "e2", "e3", "h1", "h2", "h3", "s", "II", "bottom-line", "confidence")
CODES = ("CC", "C", "N", "I", "II", "NA", "unrated", "c", "?")
VERBS = ("change", "preview", "undo", "redo", "return")
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2**53, 2**80, -(10**400), 0.5, 2.01, 1e308),
    *(float("nan"), float("inf"), "", "x" * 70, "x" * 20_001, "\0", "\ud800", "\u202e"),
    *("__proto__", "undo", "e1", "h1", [], [[]], [None], {}, {"e1": 1}, [1, 2, 3]),
)


class Forger:
    """Makes batches: some whole, most with something in them that is not what it is."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.number = 0

    def odd(self, depth: int = 3) -> Any:
        """Make anything that JSON can hold."""
        chance = self.chance
        if depth and chance.random() < 0.25:
            return [self.odd(depth - 1) for _ in range(chance.randint(0, 4))]
        if depth and chance.random() < 0.15:
            return {str(self.odd(0))[:9]: self.odd(depth - 1) for _ in range(2)}
        return chance.choice(ODD)

    def or_odd(self, plain: Any, share: float = 0.04) -> Any:
        """Give a value, now and then another in its place."""
        return self.odd() if self.chance.random() < share else plain

    def change(self) -> Any:
        """Make a change of some kind, fitting or not."""
        chance = self.chance
        kind = chance.choice([*EntryKind, EntryKind.RATING, EntryKind.RATING]).value
        to = chance.choice([chance.choice(CODES), chance.random() * 2.2, True, "low"])
        parts = [kind, chance.choice(IDS), chance.choice(IDS), to, "So."]
        parts = [self.or_odd(part, 0.06) for part in parts]
        return self.or_odd(parts[: chance.choice([5, 5, 5, 4, 3, 1])], 0.05)

    def operation(self) -> Any:
        """Make an operation, its number mostly the next."""
        chance = self.chance
        self.number += chance.choice([1, 1, 1, 1, 2, 0, -1])
        verb = chance.choice([*VERBS, "change", "change", "change"])
        argument: Any = None
        if verb == "change":
            argument = [self.change() for _ in range(chance.randint(0, 3))]
        elif verb == "preview":
            argument = self.change()
        elif verb == "return":
            argument = chance.choice([*IDS, None])
        made = [
            max(self.number, 1),
            self.or_odd(verb, 0.04),
            self.or_odd(argument, 0.04),
        ]
        made[0] = self.or_odd(made[0], 0.01)
        return self.or_odd(made[: chance.choice([3] * 30 + [2, 2, 1])], 0.01)

    def batch(self) -> Any:
        """Make a batch."""
        chance = self.chance
        parts = [
            self.or_odd(
                [
                    self.or_odd(chance.choice(["one", "two"]), 0.03),
                    self.or_odd(
                        [self.operation() for _ in range(chance.randint(0, 4))]
                    ),
                ],
                0.03,
            )
            for _ in range(chance.randint(0, 2))
        ]
        made = {
            "matrix": self.or_odd(MATRIX, 0.02),
            "client": self.or_odd("one", 0.02),
            "batch": self.or_odd(max(self.number, 0) + 7, 0.02),
            "revision": self.or_odd(0, 0.03),
            "frame": self.or_odd("", 0.02),
            "batches": self.or_odd(parts, 0.03),
        }
        for name in list(made):
            if chance.random() < 0.02:
                del made[name]
        return self.or_odd(made, 0.02)


def asked(batch: Any) -> Iterator[tuple[str, int, str, Any]]:
    """List what a batch asks for, where it can be understood at all."""
    parts = batch.get("batches") if isinstance(batch, dict) else None
    for part in parts if isinstance(parts, list) else ():
        if not (isinstance(part, list) and len(part) == 2):
            continue
        client, operations = part
        for operation in operations if isinstance(operations, list) else ():
            if isinstance(operation, list) and len(operation) > 1:
                number, verb, argument = [*operation, None][:3]
                if isinstance(client, str) and isinstance(number, int):
                    yield client, number, str(verb), argument


def wrong(entry: Entry, batch: Any) -> str:
    """Say what is wrong with an entry that a batch has left, "" for nothing."""
    of_it = [a for a in asked(batch) if a[:2] == (entry.client, entry.op)]
    if not of_it:
        return f"nobody asked for {entry}"
    change = entry.change
    if change.evidence and change.evidence not in CASE.item:
        return f"no such item: {entry}"
    if change.hypothesis and change.hypothesis not in CASE.hypothesis:
        return f"no such hypothesis: {entry}"
    for *_, verb, argument in of_it:
        if verb in ("undo", "redo") and change.undoes is not None:
            return ""
        if verb == "return" and change.to is None:
            return ""
        for one in argument if verb == "change" and isinstance(argument, list) else ():
            kind, id_, hypothesis, to, because = [*one, *[None] * 5][:5]
            places = (change.evidence, change.source, change.part, change.hypothesis)
            same_place = id_ == next((one for one in places if one), None)
            same_value = kind == "reason" or to == change.to or to is None
            text = because or ""
            said = isinstance(text, str) and text.strip() == change.because
            same_cell = hypothesis == change.hypothesis and said
            whole = same_cell or kind not in ("rating", "reason")
            if kind == change.kind and same_place and same_value and whole:
                return ""
    return f"asked for otherwise: {entry}"


@contextmanager
def desk() -> Iterator[Desk]:
    """Open a desk on a ledger of its own."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(f"sqlite:///{Path(folder) / 'ledger.sqlite3'}")
        yield Desk(ledger, CASE, "ana")
        ledger.close()


def try_out(count: int, seed: int = 1) -> Counter[str]:
    """Give a line so many forged batches; count what became of them.

    Raises AssertionError for an entry that is wrong, for a line that no longer hears,
    and whatever the line raises.
    """
    forger, found = Forger(seed), Counter[str]()
    with desk() as place:
        line = Line(MATRIX)
        last: Entry | None = None
        for number in range(1, count + 1):
            batch = forger.batch()
            line.receive(place, batch)
            new = place.ledger.follow("ana", CASE.question.id, last)
            for entry in new:
                assert isinstance(entry, Entry)
                last = entry
                assert wrong(entry, batch) == "", (wrong(entry, batch), batch)
            matrix = build(CASE, line.seen(place.judgments))
            json.dumps(line.answer(place, matrix), ensure_ascii=True)
            found["batches"] += 1
            found["entries"] += len(new)
            found["refused"] += len(line.refused)
            found["not a batch"] += bool(line.error)
            if number % 50 == 0:
                _hears(line, place, number)
                (last,) = place.ledger.follow("ana", CASE.question.id, last)
                found["heard after"] += 1
        assert Desk(place.ledger, CASE, "ana").judgments == place.judgments
    return found


def _hears(line: Line, place: Desk, number: int) -> None:
    """Have the line store a plain change, as if nothing had been."""
    change = ["rating", "e1", "h1", "II", f"{number}"]
    client = f"plain-{number}"
    parts = [[client, [[1, "change", [change]]]]]
    line.receive(
        place,
        {"matrix": MATRIX, "client": client, "batch": 1, "batches": parts},
    )
    assert (line.heard, line.error, line.refused) == (f"{client}:1", "", [])
    assert line.acks[client] == 1
    rating = place.judgments.rating(CASE.item["e1"], "h1")
    assert rating is not None
    assert rating.because == f"{number}"


def main() -> None:
    """Print what became of as many batches as are asked for."""
    for what, count in try_out(int(sys.argv[1])).items():
        sys.stdout.write(f"{what:12} {count:7}\n")
    sys.stdout.write("exceptions   0, wrong entries 0\n")


if __name__ == "__main__":
    main()
