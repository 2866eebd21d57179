"""Time the sensitivity of large cases against the plain-Python reckoning of it.

    python -m tests.benchmarks.bench_sensitivity

Prints medians and 95th percentiles in milliseconds; the plain version is run on a few
items or draws and scaled up, since in full it would take minutes.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

from tests.method import brute_force
from workbench.case.judgments import Judgments
from workbench.case.model import (
    Case,
    Citation,
    Consistency,
    EventDate,
    Evidence,
    Hypothesis,
    Question,
    Rating,
    Rule,
    Source,
)
from workbench.method.matrix import build
from workbench.method.sensitivity import by_day, draw, sensitivity

CODES = ["CC", "C", "N", "I", "II"]
LEVELS = ["low", "medium", "high"]


def large_case(n, m, seed=1):
    """Make a case with origins, several sources an item and a few gaps."""
    rng = random.Random(seed)
    hypotheses = tuple(Hypothesis(f"h{j}", f"H{j}", "...", "...") for j in range(m))
    sources = tuple(Source(f"s{k}", f"Source {k}") for k in range(n // 5))
    evidence = tuple(
        Evidence(
            f"e{i}",
            f"E{i}",
            "...",
            "...",
            sources=tuple(
                Citation(source.id)
                for source in rng.sample(sources, rng.choice([1, 1, 1, 2, 3]))
            ),
            date=EventDate(f"{rng.randint(1990, 2024)}-{rng.randint(1, 12):02d}"),
            origin=rng.choice(["", "", f"o{rng.randrange(n // 8)}"]),
            credibility=rng.choice(LEVELS),
            relevance=rng.choice(LEVELS),
            ratings={
                h.id: Rating(Consistency(rng.choice(CODES)))
                for h in hypotheses
                if rng.random() < 0.95
            },
        )
        for i in range(n)
    )
    return Case(Question("Why?", "Why"), hypotheses, sources, evidence)


def timed(run, times):
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append((time.perf_counter() - start) * 1000)
    return found


def plain_exact(case, rule, sample):
    """Estimate the plain version's time from a sample of each part."""
    plain = brute_force.read(case, Judgments(), rule)
    names = [item.id for item in plain.items]
    rng = random.Random(1)
    few = rng.sample(names, sample)

    def each(run, things, of):
        start = time.perf_counter()
        for thing in things:
            run(thing)
        return (time.perf_counter() - start) * 1000 / len(things) * of

    some = rng.sample(list(plain.sources), min(sample, len(plain.sources)))
    total = each(
        lambda id_: brute_force.leave_out(plain, lambda item: item.id == id_),
        few,
        len(names),
    )
    total += each(
        lambda id_: brute_force.leave_out(plain, lambda item: item.sources == [id_]),
        some,
        len(plain.sources),
    )
    total += each(
        lambda id_: brute_force.deceived(plain, id_), some, len(plain.sources)
    )
    by_id = {item.id: item for item in plain.items}
    total += each(
        lambda id_: brute_force.item_tips(plain, by_id[id_]), few[:2], len(names)
    )
    total += each(
        lambda id_: brute_force.source_tips(plain, id_), some[:2], len(plain.sources)
    )
    return total


def report(name, found, plain=None):
    median = statistics.median(found)
    high = sorted(found)[min(len(found) - 1, round(len(found) * 0.95))]
    ratio = f"   {plain / median:8.0f} times plain Python" if plain else ""
    sys.stdout.write(f"{name:44} {median:8.1f} {high:8.1f}{ratio}\n")


def main():
    sys.stdout.write(f"{'milliseconds':44} {'median':>8} {'95th':>8}\n")
    rule = Rule.WEIGHTED_INCONSISTENCY
    for n, m, times in ((200, 8, 40), (1000, 10, 10)):
        case = large_case(n, m)
        size = f"{n} x {m}"
        plain = plain_exact(case, rule, 5)
        exact = timed(lambda case=case: sensitivity(build(case)), times)
        report(f"{size}: all exact parts", exact, plain)
        report(
            f"{size}: replay of the dates",
            timed(lambda case=case: by_day(build(case)), times),
        )
        few = 20
        start = time.perf_counter()
        grid = brute_force.read(case, Judgments(), rule)
        brute_force.draw(grid, few, random.Random(1), 0.2)
        plain = (time.perf_counter() - start) * 1000 / few * 10_000
        drawn = timed(lambda case=case: draw(build(case)), times)
        report(f"{size}: 10,000 draws", drawn, plain)
        for other in Rule:
            found = timed(lambda r=other, case=case: draw(build(case, rule=r)), 5)
            report(f"{size}: 10,000 draws, {other.value}", found)


if __name__ == "__main__":
    main()
