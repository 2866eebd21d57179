"""Ways to damage a ledger's file, each drawn; and what is still true afterwards."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from workbench.case.entry import Entry

FIELDS = (
    *("at", "analyst", "kind", "evidence", "hypothesis", "source", "from_", "to_"),
    *("because", "undoes", "client", "op", "previous", "hash", "part", "format"),
    *("case_", "filed", "identity"),
)
VALUES = (
    *('"CC"', '"C"', '"N"', "1.5", "null", "NaN", "[", "", "x", "e1", "h1", "rating"),
    *("emphasis", "2020-01-01T00:00:00.000000Z", 0, 1, 7, 2**40, None, b"\xff\xfe"),
)


def flip_bits(file: Path, chance: random.Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 1, 2, 8))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def cut_the_file(file: Path, chance: random.Random) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: chance.randrange(1, len(data))])


def alter_a_field(file: Path, chance: random.Random) -> None:
    field, value = chance.choice(FIELDS), chance.choice(VALUES)
    _run(file, chance, f"update or ignore entries set {field} = :value", value)


def make_the_kind_unknown(file: Path, chance: random.Random) -> None:
    _run(file, chance, "update entries set kind = :value", "weather")


def remove_a_row(file: Path, chance: random.Random) -> None:
    _run(file, chance, "delete from entries")


def cut_the_end(file: Path, chance: random.Random) -> None:
    _run(file, chance, "delete from entries", compared=">=")


def renumber(file: Path, chance: random.Random) -> None:
    _run(file, chance, "update entries set seq = :value", 1_000)


def _run(
    file: Path,
    chance: random.Random,
    statement: str,
    value: object = None,
    compared: str = "=",
) -> None:
    with closing(sqlite3.connect(file)) as connection:
        seqs = [row[0] for row in connection.execute("select seq from entries")]
        where = f"where seq {compared} {chance.choice(seqs)}"
        try:
            connection.execute(f"{statement} {where}", {"value": value})
        except sqlite3.IntegrityError:  # a column that takes no null
            return
        connection.commit()


WAYS = (
    *(flip_bits, cut_the_file, alter_a_field, alter_a_field, make_the_kind_unknown),
    *(remove_a_row, cut_the_end, renumber),
)


def content(entry: Entry, hashes: dict[int, str]) -> tuple[object, ...]:
    """Give all that an entry says, told apart from where it is stored."""
    change = entry.change
    undone = None if change.undoes is None else hashes.get(change.undoes, "?")
    return (
        *(entry.at, entry.analyst, entry.case, entry.identity, entry.format),
        *(str(change.kind), change.evidence, change.hypothesis, change.source),
        *(repr(change.from_), repr(change.to), change.because, change.part, undone),
        *(entry.client, entry.op, entry.previous),
    )


def ways(many: int) -> Iterator[tuple[int, str]]:
    """Name the damages to try, by seed and way, each way about as often."""
    for seed in range(many):
        yield seed, WAYS[seed % len(WAYS)].__name__
