"""Time the loading of a thousand items against composing the same files alone.

    python -m tests.benchmarks.bench_load [RUNS]

Runs the two in turn, so that a busy machine slows both alike, and prints medians, their
ratio and the time, which is to stay under half a second on a quiet machine.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import yaml

from tests.builders import make_case
from workbench.case import folder

ITEMS = 1000
LIMIT = 10.0


def compose(place: Path) -> None:
    for file in place.rglob("*.yaml"):
        yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    times: dict[str, list[float]] = {"compose": [], "load": []}
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "case"
        folder.write(place, make_case(*(f"E{n}: CC C N I II NA" for n in range(ITEMS))))
        for run in range(runs + 1):
            for what, does in (("compose", compose), ("load", folder.load)):
                start = time.perf_counter()
                does(place)
                if run:  # the first fills the caches
                    times[what].append(time.perf_counter() - start)
    medians = {name: statistics.median(found) for name, found in times.items()}
    for what, median in medians.items():
        print(f"{what:8} {median * 1000:7.1f} ms, median of {runs}")
    ratio = medians["load"] / medians["compose"]
    print(f"ratio    {ratio:7.2f}    limit {LIMIT}")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
