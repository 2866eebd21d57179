"""Twenty writers at once: each entry once, every chain whole, no reader misses any."""

import threading
from concurrent.futures import ThreadPoolExecutor

from tests.builders import rate
from workbench.record.ledger import LedgerError
from workbench.record.verifying import verify

WRITERS, EACH, AT_ONCE = 20, 500, 10
ANALYSTS = ("ann", "bob", "cem", "dee")
CASES = ("one", "two")


def write(store, number):
    """Write as a page does: what was not saved is sent again."""
    ledger = store.open()
    analyst, case = ANALYSTS[number % 4], CASES[number % 2]
    for op in range(1, EACH // AT_ONCE + 1):
        changes = [rate("e1", "h1", "I", f"{number} {op} {n}") for n in range(AT_ONCE)]
        for _ in range(100):
            try:
                with ledger.writing(analyst, case) as pen:
                    if pen.acknowledged(f"page-{number}") < op:
                        pen.write(f"page-{number}", op, changes)
            except LedgerError:
                continue
            break
    ledger.close()


def follow(store, analyst, case, done):
    """Read on from the last entry read, until the writers are done."""
    ledger, found = store.open(), []
    while True:
        finished = done.wait(0.1)
        found += ledger.follow(analyst, case, found[-1] if found else None)
        if finished:
            return found


def test_ten_thousand_entries_of_twenty_writers_are_each_there_once(store):
    store.open()
    done = threading.Event()
    chains = [(name, case) for name in ANALYSTS for case in CASES]
    with ThreadPoolExecutor(WRITERS + len(chains)) as pool:
        readers = {one: pool.submit(follow, store, *one, done) for one in chains}
        writers = [pool.submit(write, store, number) for number in range(WRITERS)]
        for writer in writers:
            writer.result()
        done.set()
        read = {one: reader.result() for one, reader in readers.items()}
    ledger = store.open()
    entries = ledger.entries()
    said = [entry.change.because for entry in entries]
    assert len(said) == len(set(said)) == WRITERS * EACH
    found = verify(ledger)
    assert found.faults == ()
    assert all(len(chain.heads) == 1 for chain in found.chains)
    for (analyst, case), followed in read.items():
        assert followed == [
            one for one in entries if (one.analyst, one.case) == (analyst, case)
        ]
