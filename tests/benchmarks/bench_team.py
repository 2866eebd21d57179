"""What 25 analysts at one edit a second cost, on both stores, driven without browsers.

    python -m tests.benchmarks.bench_team [MINUTES] [sqlite|postgresql]...

Run it on an idle machine: the clients take a part of its processors. The case has 50
items and 6 hypotheses; each analyst has a page of the Matrix open and rates a cell a
second. A line a minute says how long a rating took from being sent to being
acknowledged, which it is once it is in the store; what processors were used; and how
much memory the server has more than before the pages were opened, a page. At most
300 ms at the 95th percentile and 30 MB a page, and flat over half an hour.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests import postgres
from tests.benchmarks.bench_grid import made
from tests.browser.serving import Server, a_free_port
from tests.socket_client import SocketPage
from workbench.case import folder

ANALYSTS = 25
ITEMS, HYPOTHESES = 50, 6
EVERY = 1.0  # seconds between two edits of an analyst
CODES = ("CC", "C", "N", "I", "II")
SLOWEST, LARGEST = 300.0, 30.0  # ms at the 95th percentile, MB a page
STORES = ("sqlite", "postgresql")


@dataclass
class Measured:
    """What a minute came to."""

    times: list[float] = field(default_factory=list)  # ms
    late: int = 0  # edits that had to wait for the one before


async def analyst(page: SocketPage, number: int, found: Measured, end: float) -> None:
    """Rate a cell a second until the end, whichever the second."""
    places = itertools.cycle(itertools.product(range(ITEMS), range(HYPOTHESES)))
    due = time.monotonic() + number * EVERY / ANALYSTS
    for turn, (item, hypothesis) in enumerate(places):
        if due >= end:
            return
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        began = time.monotonic()
        found.late += began - due > EVERY / 2
        code = CODES[(number + turn + turn // (ITEMS * HYPOTHESES)) % len(CODES)]
        await page.rate(f"e-{item + 1}", f"h-{hypothesis + 1}", code)
        found.times.append((time.monotonic() - began) * 1000)
        due = max(due + EVERY, time.monotonic())


async def drive(server: Server, minutes: float) -> bool:
    """Open the pages, have all rate, and print a line a minute."""
    process = psutil.Process(server.process_id)
    own = psutil.Process()
    async with contextlib.AsyncExitStack() as stack:
        first = await stack.enter_async_context(page_of(server, "nobody"))
        await first.rate("e-1", "h-1", "NA")  # all that the first page loads is there
        before = process.memory_info().rss
        pages = [
            await stack.enter_async_context(page_of(server, f"analyst-{number}"))
            for number in range(ANALYSTS)
        ]
        print(
            "minute   edits  median     95th      max  late  server  clients  MB/page"
        )
        every, curve = [], []
        begun, spent = time.monotonic(), (cpu(process), cpu(own))
        for minute in itertools.count(1):
            found = Measured()
            began = time.monotonic()
            end = min(began + 60, begun + minutes * 60)
            await asyncio.gather(
                *(analyst(page, n, found, end) for n, page in enumerate(pages))
            )
            now = (cpu(process), cpu(own))
            used = [
                100 * (a - b) / (time.monotonic() - began)
                for a, b in zip(now, spent, strict=True)
            ]
            spent = now
            again = sum(page.sent_again for page in pages)
            memory = (process.memory_info().rss - before) / ANALYSTS / 2**20
            curve.append(memory)
            every += found.times
            print(
                f"{minute:6} {len(found.times):7} {statistics.median(found.times):7.0f}"
                f" {percentile(found.times):8.0f} {max(found.times):8.0f}"
                f" {found.late:5} {again:6} {used[0]:6.0f}% {used[1]:7.0f}%"
                f" {memory:8.1f}",
                flush=True,
            )
            if time.monotonic() + EVERY >= begun + minutes * 60:
                break
        for said, often in Counter(said for p in pages for said in p.faults).items():
            print(f"{often} times: {said}")
    slowest = percentile(every)
    print(f"95th percentile {slowest:.0f} ms, at most {max(curve):.1f} MB a page")
    return slowest <= SLOWEST and max(curve) <= LARGEST


def page_of(server: Server, name: str) -> contextlib.AbstractAsyncContextManager:
    return SocketPage.open("127.0.0.1", server.port, name)


def cpu(process: psutil.Process) -> float:
    used = process.cpu_times()
    return used.user + used.system


def percentile(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


@contextlib.contextmanager
def store(kind: str) -> Iterator[tuple[str, ...]]:
    """Give the arguments that name a store of a kind."""
    if kind == "sqlite":
        yield ()
        return
    with postgres.server() as address:
        yield ("--ledger", address)


def main() -> int:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    kept = True
    for kind in sys.argv[2:] or STORES:
        print(f"\n{ANALYSTS} analysts, {ITEMS} x {HYPOTHESES}, {kind}")
        with tempfile.TemporaryDirectory() as name, store(kind) as arguments:
            place = Path(name)
            folder.write(place / "case", made(ITEMS, HYPOTHESES))
            server = Server(place, place / "case", a_free_port(), arguments)
            server.start()
            try:
                kept &= asyncio.run(drive(server, minutes))
            finally:
                server.kill()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
