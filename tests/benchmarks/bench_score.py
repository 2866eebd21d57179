"""Time `workbench score` as a whole process against the imports it cannot do without.

    python tests/benchmarks/bench_score.py [RUNS]

Runs the two in turn, so that a busy machine slows both alike, and prints medians and
their ratio, which is to stay at or below 2.5.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIMIT = 2.5
COMMANDS = {
    "import yaml, numpy": [sys.executable, "-c", "import yaml, numpy"],
    "workbench score": [sys.executable, "-m", "workbench", "score", str(ROOT)],
}


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    times = {name: [] for name in COMMANDS}
    for run in range(runs + 1):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True, cwd=ROOT)
            if run:  # the first fills the caches
                times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, median in medians.items():
        sys.stdout.write(f"{name:20} {median * 1000:7.1f} ms, median of {runs}\n")
    base, score = medians.values()
    sys.stdout.write(f"{'ratio':20} {score / base:7.2f}    limit {LIMIT}\n")
    return 0 if score / base <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
