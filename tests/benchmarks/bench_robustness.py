"""Time what the Robustness page needs after one edit, and weigh its charts.

    python -m tests.benchmarks.bench_robustness

Each turn changes one rating, as an edit does, so that nothing is found in a cache.
Times are milliseconds, median and 95th percentile; the plain-Python version of the same
is run on a few items or draws and scaled up. Wanted: at 200 x 8 the exact parts within
60 and the draws within 400, at 1,000 x 10 all of it within 2,000, and a ratio above 50.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable, Iterator

from tests.benchmarks.bench_sensitivity import large_case, plain_exact, report
from tests.builders import make_judgments
from tests.method import brute_force
from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.charts.lead_map_chart import lead_map_chart
from workbench.charts.robustness_charts import (
    NEAREST,
    days_chart,
    draws_chart,
    tipping_chart,
    tippings,
)
from workbench.charts.rules_chart import rules_chart
from workbench.method.matrix import Matrix, build
from workbench.method.scoring import assess
from workbench.method.sensitivity import DRAWS, draw, sensitivity
from workbench.ui import lead_map_controls, robustness_found

TURNS = 40
PLAIN_ITEMS, PLAIN_DRAWS = 5, 20


def edits(case: Case) -> Iterator[Matrix]:
    """Give the case after one edit and another, each in a cell of its own."""
    codes = ("CC", "II")
    for turn in range(TURNS + 1):
        item = case.evidence[turn % len(case.evidence)].id
        column = case.hypotheses[turn % len(case.hypotheses)].id
        yield build(case, make_judgments({(item, column): codes[turn % 2]}))


def timed(run: Callable[[Matrix], object], case: Case) -> list[float]:
    """Time a part after each edit but the first, which warms up."""
    found = []
    for matrix in edits(case):
        start = time.perf_counter()
        run(matrix)
        found.append((time.perf_counter() - start) * 1000)
    return found[1:]


def exact(matrix: Matrix) -> robustness_found.Exact:
    """Find all that the page shows but what is chosen on it."""
    return robustness_found.exact(str(id(matrix)), assess(matrix))


def chart_sizes(matrix: Matrix) -> dict[str, int]:
    """Give the bytes of each chart of the page, specification and data as JSON."""
    found = exact(matrix)
    now, days = found.assessment, found.days
    axes = lead_map_controls.axes(found.sensitivity)
    mapped = robustness_found.lead_map_of(str(id(matrix)), matrix, axes[0], axes[1])
    near = tippings(found.sensitivity)[:NEAREST]
    drawn = {
        "tipping points": tipping_chart(now, near),
        "map": lead_map_chart(now, mapped, mapped.at, 0),
        "dates": days_chart(now, days, days[-1].day),
        "rules": rules_chart(found.rules),
        "draws": draws_chart(now, found.drawn),
    }
    return {
        name: len(json.dumps(chart.to_dict(), separators=(",", ":")))
        for name, chart in drawn.items()
    }


def everything(matrix: Matrix) -> None:
    """Find and draw all that the page shows."""
    chart_sizes(matrix)


def main() -> None:
    """Print the table."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # there is no app here
    print(f"{'milliseconds':44} {'median':>8} {'95th':>8}")
    for n, m in ((200, 8), (1000, 10)):
        case, size = large_case(n, m), f"{n} x {m}"
        rule = case.question.rule
        plain = plain_exact(case, rule, PLAIN_ITEMS)
        report(f"{size}: sensitivity", timed(sensitivity, case), plain)
        report(
            f"{size}: all exact parts of the page",
            timed(exact, case),
        )
        start = time.perf_counter()
        grid = brute_force.read(case, Judgments(), rule)
        brute_force.draw(grid, PLAIN_DRAWS, random.Random(1), 0.2)
        plain = (time.perf_counter() - start) * 1000 / PLAIN_DRAWS * DRAWS
        draws = timed(draw, case)
        report(f"{size}: {DRAWS:,} draws", draws, plain)
        report(f"{size}: exact parts, map, draws and charts", timed(everything, case))
        report(f"{size}: the grid's share, one assessment", timed(assess, case))
        sizes = chart_sizes(build(case))
        told = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
        print(f"{size}: bytes of charts: {told}; {sum(sizes.values()):,} in all")


if __name__ == "__main__":
    main()
