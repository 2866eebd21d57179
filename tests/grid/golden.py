"""The golden vectors: what the method comes to, for Python and JavaScript to agree on.

`python -m tests.grid.golden` writes them anew from the Python method.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from tests.builders import Log, make_case
from workbench.case import words
from workbench.case.entry import Change, EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Rating, Rule
from workbench.grid.payload import snapshot
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.method.tipping import Tip, tipping_items
from workbench.wording import shown

FILE = Path(__file__).parent / "golden.json"
COMMON = ("words", "keys")  # alike in every payload, and long: not kept in the file
CODES = [code.value for code in Consistency]
TIED = ("E1: C I I", "E2: I C C", "E3: N NA N")
WRITTEN = (
    *("CC", "c", " n ", "I", "ii", "NA", "n/a", "N / A", "i i", "C C", "cc.", "«C»"),
    *("++", "+", "-", "--", "\u2212", "\u2212\u2212", "+ +", "\u2013\u2013", "\u2013"),
    *("0", "1", "2", "-1", "-2", "+1", "5", "100", "?", "", "·", "X", "CCC", "+-"),
    *("Very consistent", "strongly INCONSISTENT", "somewhat consistent", "tbd"),
    *("not applicable", "Unrated", "very  strongly\tconsistent", "consistent very"),
    *("sehr konsistent", "mäßig vereinbar", "MÄSSIG vereinbar", "äußerst unvereinbar"),
    *("cohérent", "coherent", "très cohérente", "не согласуется", "очень сильно за"),
    *("一致", "非常不一致", "不适用", "متسق جداً", "متـسق", "sin efecto", "very c"),
    *("very neutral", "x" * 61, "supports", "strongly supports it", "constructor"),
)
ROUNDED = (0, 0.005, 0.125, 0.375, 1.005, 2.675, 1.414213562, -0.125, -0.001, 12.345)


def cases() -> list[tuple[Case, Judgments]]:
    """Make cases of every rule with ties, gaps, origins, sources and departures."""
    chance = random.Random(20240430)
    made: list[tuple[Case, Judgments]] = [(make_case(*TIED), Judgments())]
    for number in range(18):
        width, height = chance.randint(2, 5), chance.randint(1, 7)
        rows = [
            f"E{i}: {' '.join(chance.choices([*CODES, '-'], k=width))}"
            for i in range(1, height + 1)
        ]
        ids = [f"e{i}" for i in range(1, height + 1)]
        case = make_case(
            *rows,
            rule=list(Rule)[number % len(Rule)],
            credibility={id_: chance.choice(["low", "medium", "high"]) for id_ in ids},
            relevance={id_: chance.choice(["low", 0.7, "high"]) for id_ in ids},
            origin={id_: chance.choice(["", "one", "two"]) for id_ in ids},
            sources={
                id_: chance.sample(["s", "t"], chance.randint(0, 2)) for id_ in ids
            },
            set_aside=chance.sample(ids, 1) if height > 3 else (),
        )
        cells = {
            (chance.choice(ids), f"h{chance.randint(1, width)}"): chance.choice(
                [
                    None,
                    *(Rating(code, chance.choice(["", "So."])) for code in Consistency),
                ]
            )
            for _ in range(height)
        }
        steps = [step / 20 for step in range(41)]
        emphases = {id_: chance.choice([0, 1, *steps]) for id_ in ids[::2]}
        sources = {one.id: chance.choice([1, *steps]) for one in case.sources}
        own = Judgments(ratings=cells, emphases=emphases, source_emphases=sources)
        made.append((case, own))
    return made


def compared(case: Case, own: Judgments) -> dict[str, Any]:
    """Give a grid's payload, and what the method makes of the same judgments."""
    matrix = build(case, own, case.question.rule)
    now = assess(matrix)
    by_id = {one.id: one for one in now.hypotheses}
    weighed = {one.id: one for one in now.evidence}
    place = {one.id: j for j, one in enumerate(matrix.hypotheses)}
    tips = {one.id: one for one in tipping_items(matrix)}

    def tip(found: Tip | None) -> Any:
        if found is None:
            return None
        leaders = sorted(place[one] for one in found.leaders)
        return {"at": found.emphasis, "leaders": leaders}

    payload = snapshot(matrix, "golden", 0)
    columns = [by_id[h.id] for h in matrix.hypotheses]
    rows = [weighed.get(item.id) for item in case.evidence]
    return {
        "payload": {k: v for k, v in payload.items() if k not in COMMON},
        "scores": [one.score for one in columns],
        "ranks": [one.rank or 0 for one in columns],
        "leaders": sorted(place[one] for one in now.leaders),
        "weights": [one.weight if one else 0 for one in rows],
        "diagnosticity": [one and one.diagnosticity for one in rows],
        "tipping": [
            [tip(tips[item.id].below), tip(tips[item.id].above)]
            if item.id in tips
            else [None, None]
            for item in case.evidence
        ],
    }


def reasons() -> dict[str, Any]:
    """Follow ratings and reasons of one cell, as the ledger's replay has them."""
    case = make_case("E1: C -")
    told = Rating(Consistency.C, "As published.")
    case.evidence[0].ratings["h1"] = told
    rating, reason = EntryKind.RATING, EntryKind.REASON
    steps = [
        (rating, "h1", "I", ""),
        (rating, "h1", "C", ""),
        (reason, "h1", "", "My own."),
        (reason, "h1", "", ""),
        (rating, "h1", "II", "Worse."),
        (rating, "h1", "C", ""),
        (rating, "h1", "unrated", ""),
        (rating, "h1", "C", ""),
        (rating, "h1", "N", "So."),
        (rating, "h1", None, ""),
        (rating, "h2", "I", ""),
        (reason, "h2", "", "Because."),
        (rating, "h2", None, ""),
    ]
    followed = Log(case)
    payload = snapshot(build(case, None, case.question.rule), "golden", 0)
    found = []
    for kind, hypothesis, to, because in steps:
        followed.act(Change(kind, "e1", hypothesis, to=to, because=because))
        place = Change(rating, "e1", hypothesis)
        stands, said = followed.judgments.value(case, place)
        change = [kind.value, "e1", hypothesis, to, because]
        found.append({"change": change, "code": stands, "because": said})
    light = {k: v for k, v in payload.items() if k not in COMMON}
    return {"payload": light, "steps": found}


def read(text: str) -> str | None:
    """Read a text as the importer does where it stands alone; digits mean nothing."""
    bare = words.sign(text)
    if bare in words.SIGNS and bare != "0":
        return words.SIGNS[bare].value
    if not words.known(text):
        return None
    meaning = words.meaning(text)
    return meaning.value if meaning else "unrated"


def common() -> dict[str, Any]:
    """Give what the payloads of the file lack."""
    payload = snapshot(build(make_case(*TIED)), "golden", 0)
    return {name: payload[name] for name in COMMON}


def golden() -> dict[str, Any]:
    """Compute everything anew."""
    return {
        "matrices": [compared(case, own) for case, own in cases()],
        "reasons": reasons(),
        "words": [[text, read(text)] for text in WRITTEN],
        "rounding": [[value, shown(value)] for value in ROUNDED],
    }


def main() -> None:
    """Write the file."""
    text = json.dumps(golden(), ensure_ascii=False, indent=1, sort_keys=True)
    FILE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
