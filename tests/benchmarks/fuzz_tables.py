"""Read many random tables, whole and with strange words in them, and count.

Run as `python -m tests.benchmarks.fuzz_tables 20000`. Half are as somebody wrote them:
each has to score the same, or be refused. Half have words in cells where none belong:
each of them has to be carried, or listed by place and content. Nothing may crash.
"""

from __future__ import annotations

import random
import sys
from collections import Counter

from tests.exchange import sheets
from tests.exchange.sheets import FILES, LAYOUTS, NOTATIONS
from tests.exchange.test_layouts import expected, noised, read, scores, told_of
from workbench import exchange
from workbench.exchange import Unreadable

FORMS = ("csv", "csv", "md", "html", "xlsx")


def tried(seed: int) -> str:
    """Draw, write and read one table; says how it went."""
    rng = random.Random(seed)
    layout = list(LAYOUTS)[seed % len(LAYOUTS)]
    one, rows = sheets.sheet(rng, layout, rng.choice(NOTATIONS))
    if seed % 2:
        said, found = read(FILES[rng.choice(FORMS)](rng, rows))
        if said or found is None:
            return "refused"
        titles = [h.title for h in found.case.hypotheses]
        same = titles == one.hypotheses and scores(found) == expected(one)
        return "the same scores" if same else f"WRONG {seed}"
    noise = noised(rng, rows)
    try:
        every = exchange.read(FILES[rng.choice(("csv", "md", "html"))](rng, rows), "f")
    except Unreadable:
        return "strange words: refused"
    told = "".join(map(told_of, every))
    lost = [word for word in noise if word not in told]
    return f"LOST {seed}" if lost else "strange words: carried or listed"


def main() -> int:
    """Print how many went how; 1 where one went wrong."""
    found: Counter[str] = Counter()
    for seed in range(int(sys.argv[1])):
        try:
            found[tried(seed)] += 1
        except Exception as error:  # noqa: BLE001  any is a finding
            found[f"CRASHED {seed}: {error!r}"[:200]] += 1
    for what, many in found.most_common():
        print(f"{many:>7,}  {what}")
    return int(any(what.isupper() or what[:4].isupper() for what in found))


if __name__ == "__main__":
    sys.exit(main())
