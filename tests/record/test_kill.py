"""A writer that is killed at any moment: what it was told to be saved is there.

`WORKBENCH_KILLS=100 pytest -m kill` tries it a hundred times on each store.
"""

import multiprocessing
import os
import random
import signal

import pytest

from tests.builders import faults, make_case
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger

KILLS = int(os.environ.get("WORKBENCH_KILLS", "3"))
CASE = make_case("E1: CC C N", "E2: N I II")
CODES = ("I", "II", "N", "C", "CC")

pytestmark = pytest.mark.kill


def work(url, client, told):
    """Judge on and on, as a session does, and tell what is acknowledged."""
    desk = Desk(Ledger(url), CASE, "ann")
    number = 0
    while True:
        number += 1
        batch = [
            [number, "change", [["rating", "e1", "h1", CODES[number % 5], f"{number}"]]]
        ]
        if number % 7 == 0:
            number += 1
            batch.append([number, "undo"])
        told.send(desk.receive(client, batch).acknowledged)


def acknowledged_until_killed(url, client, chance):
    """Start a writer, kill it somewhere, and give the last number it was told."""
    forked = multiprocessing.get_context("fork")
    hear, tell = forked.Pipe(duplex=False)
    writer = forked.Process(target=work, args=(url, client, tell))
    writer.start()
    tell.close()
    last = 0
    for _ in range(chance.randrange(1, 25)):
        last = hear.recv()
    for _ in range(chance.randrange(200_000)):  # somewhere within the next
        pass
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    while hear.poll():
        try:
            last = hear.recv()
        except EOFError:
            break
    return last


def test_nothing_acknowledged_is_lost_to_a_kill(store):
    store.open().close()
    chance = random.Random()
    told = {
        client: acknowledged_until_killed(store.url, client, chance)
        for client in (f"page-{number}" for number in range(KILLS))
    }
    ledger = store.open()
    entries = ledger.entries()
    assert faults(ledger) == []
    for client, last in told.items():
        ops = [entry.op for entry in entries if entry.client == client]
        assert len(ops) == len(set(ops))
        assert set(range(1, last + 1)) <= set(ops)
    (chain,) = ledger.chains()[0]
    assert len(chain.heads) == 1
