"""Two hundred damaged ledgers: no claim that is not so, nothing altered unsaid."""

import random
import shutil
from dataclasses import replace

import pytest

from tests.builders import make_case
from tests.record import damage
from workbench.errors import WorkbenchError
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, LedgerError
from workbench.record.store.opening import file_url
from workbench.record.verifying import Expected, verify

PLAIN = make_case("E1: CC C N", "E2: N I II", "E3: - C -", sources={"e1": "s"})
CASE = replace(PLAIN, question=replace(PLAIN.question, id="the-case"))
MANY = 200


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A ledger of two analysts, its entries by hash, and a note of its heads."""
    file = tmp_path_factory.mktemp("whole") / "ledger.sqlite3"
    ledger = Ledger(file_url(file))
    chance = random.Random(8)
    for analyst in ("ann", "bob"):
        desk = Desk(ledger, CASE, analyst)
        for number in range(1, 31):
            cell = [chance.choice(("e1", "e2", "e3")), chance.choice(("h1", "h2"))]
            verb = chance.choice(("change", "change", "change", "undo", "redo"))
            change = ["rating", *cell, chance.choice(("CC", "N", "I")), f"r {number}"]
            desk.receive(f"page-{analyst}", [[number, verb, [change]]])
    entries = ledger.entries()
    chains = verify(ledger).chains
    ledger.close()
    hashes = {entry.seq: entry.hash for entry in entries}
    contents = {entry.hash: damage.content(entry, hashes) for entry in entries}
    note = [
        Expected(head, chain.case, chain.analyst, len(chain))
        for chain in chains
        for head in chain.heads
    ]
    return file, contents, note


def altered(ledger, chain, contents):
    """Give the numbers of entries that say other than what was written."""
    stored = ledger.follow(chain.analyst, chain.case, None)
    hashes = {one.seq: one.hash for one in stored}
    return {
        one.seq
        for one in chain.readable(stored)
        if damage.content(one, hashes) != contents.get(one.hash)
    }


@pytest.mark.parametrize(("seed", "way"), damage.ways(MANY))
def test_a_damaged_ledger_says_so_or_is_used_as_it_was_written(
    whole, tmp_path, seed, way
):
    file, contents, note = whole
    copy = tmp_path / "ledger.sqlite3"
    shutil.copy(file, copy)
    getattr(damage, way)(copy, random.Random(seed))
    try:
        ledger = Ledger(file_url(copy))
    except LedgerError:
        return
    for analyst in ("ann", "bob"):
        try:
            desk = Desk(ledger, CASE, analyst)
        except LedgerError:
            continue
        chain = desk._chain
        assert altered(ledger, chain, contents) <= {one.seq for one in desk.breaks}
        if not desk.breaks:  # then what is there is what was written up to some point
            stored = ledger.follow(analyst, chain.case, None)
            known = {one.hash for one in stored}
            assert all(one.previous is None or one.previous in known for one in stored)
    try:
        alone, compared = verify(ledger), verify(ledger, note)
    except LedgerError:
        ledger.close()
        return
    for chain in alone.chains:
        assert altered(ledger, chain, contents) <= {one.seq for one in chain.breaks}
    found = {
        one.hash
        for chain in compared.chains
        for one in chain.readable(ledger.follow(chain.analyst, chain.case, None))
    }
    if not compared.faults:
        assert found == contents.keys()
    if not alone.faults:
        assert found <= contents.keys()
    ledger.close()


def test_a_damaged_export_adds_nothing_that_was_not_written(whole):
    file, contents, _ = whole
    ledger = Ledger(file_url(file))
    text = "\n".join(ledger.export()).encode()
    ledger.close()
    chance, refused = random.Random(9), []
    for number in range(MANY):
        data = bytearray(text)
        for _ in range(chance.choice((1, 2, 8))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        other = Ledger("sqlite://")
        try:
            other.merge(data.decode("utf-8", "replace").split("\n"), f"file {number}")
        except WorkbenchError as error:
            refused.append((str(error), f"file {number}:"))
        entries = other.entries()
        hashes = {entry.seq: entry.hash for entry in entries}
        for entry in entries:
            assert damage.content(entry, hashes) == contents[entry.hash]
        other.close()
    assert len(refused) > MANY / 2
    assert all(said.startswith(place) for said, place in refused)
