"""Random cases with assumptions, absences, interests served and days of knowledge."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from tests.method.brute_force import random_case
from workbench.case.model import EventDate, Kind

DAYS = [None, "2023", "2024-02", "2024-03-15", "2025-01-01"]


def enriched_case(seed):
    """Give a random case, judgments, a rule and whether every item counts apart."""
    case, judgments, rule, count_all = random_case(seed)
    rng = random.Random(f"more {seed}")
    ids = [h.id for h in case.hypotheses]
    kinds = rng.choice([[Kind.EVIDENCE], list(Kind), [*Kind, *[Kind.EVIDENCE] * 4]])
    evidence = tuple(
        replace(
            item,
            kind=rng.choice(kinds),
            known=EventDate(day) if (day := rng.choice(DAYS)) else None,
        )
        for item in case.evidence
    )
    sources = tuple(
        replace(source, serves=tuple(rng.sample(ids, rng.randint(0, len(ids)))))
        for source in case.sources
    )
    as_of = rng.choice([None, dt.date(2024, 6, 1)])
    question = replace(case.question, as_of=as_of)
    stated = rng.choice([{}, {h: rng.random() for h in ids}, {ids[0]: 0.0}])
    judgments = replace(
        judgments,
        priors=stated,
        credibility={
            item.id: rng.choice(["low", "high", 0.3, 1.7])
            for item in evidence
            if rng.random() < 0.2
        },
        likelihoods=rng.choice([{}, {"II": 0.01, "CC": 1.0}]),
    )
    made = replace(case, question=question, evidence=evidence, sources=sources)
    return made, judgments, rule, count_all
