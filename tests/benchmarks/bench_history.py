"""How long a history of 20,000 entries takes to be read, replayed and drawn.

`python -m tests.benchmarks.bench_history [ENTRIES]` on the shipped case.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from workbench.case import folder
from workbench.charts.course_chart import course_chart
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.desk import Desk
from workbench.record.history import Timeline, merged, moves, renamed_by
from workbench.record.ledger import Ledger
from workbench.record.past import Past
from workbench.wording.logged import logged
from workbench.wording.moved import describe_moves

CASE = Path(__file__).parents[2]
CODES = ("CC", "C", "N", "I", "II")


def main(entries: int) -> None:
    """Fill a ledger, open it, and print what each part took."""
    case = folder.load(CASE)
    texts = folder.texts(CASE)
    chance = random.Random(0)
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/ledger.sqlite3"
        desk = Desk(Ledger(url), case, "analyst-1")
        changes = []
        for number in range(1, entries + 1):
            item, h = chance.choice(case.evidence), chance.choice(case.hypotheses)
            change = (
                ["emphasis", item.id, None, chance.choice([0, 0.5, 1.5, 2])]
                if number % 5 == 0
                else ["rating", item.id, h.id, chance.choice(CODES), "So it is."]
            )
            changes.append([number, "change", [change]])
        for begin in range(0, entries, 5_000):
            desk.receive("page", changes[begin : begin + 5_000])
        desk.ledger.close()
        clock = [time.perf_counter()]

        def took(what: str) -> None:
            clock.append(time.perf_counter())
            print(f"{what:<44}{1000 * (clock[-1] - clock[-2]):8.0f} ms")

        ledger = Ledger(url)
        desk = Desk(ledger, case, "analyst-1")
        took(f"a desk on {entries:,} entries")
        stored = ledger.entries(case=case.question.id)
        took("all entries read")
        own = desk.entries
        events = merged(own, [one for one in stored if one.analyst != desk.analyst])
        past = Past(case, events, texts, ledger.text)
        line = Timeline(own, events, past, desk.judgments)
        took("the case at every moment")
        steps = list(line.steps())
        took(f"{len(steps):,} steps replayed")
        found = moves(steps, 0, len(line))
        describe_moves(steps[0], steps[-1], found, renamed_by(events))
        took(f"{len(found):,} moves found")
        course_chart(assess(build(case, desk.judgments)), steps, {}).to_dict()
        took("the chart")
        for place_, one in enumerate(events[-40:], start=len(events) - 40):
            logged(one.change, line.case_at(place_), line.case_at(place_ + 1))
        took("a page of the log")
        line.view(len(line) // 2)
        took("one moment on its own")
        print(
            f"{'from the desk to the page':<44}{1000 * (clock[-2] - clock[1]):8.0f} ms"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
