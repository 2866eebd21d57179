"""Results as pandas tables, ready to be shown; nothing is computed or worded here.

Every table is indexed by id. Numbers are rounded as everywhere on a screen; what has no
number is missing, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from workbench.case.entry import EntryKind
from workbench.case.model import Rule
from workbench.method.matrix import Matrix
from workbench.method.origins import Origin
from workbench.method.rounding import rounded
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment, Ranking, Standing
from workbench.wording import NONE, code, level, placed, plain, scored
from workbench.wording.departures import WHAT, departures
from workbench.wording.diagnosticity import can_separate


def ranking_table(
    assessment: Assessment, baseline: Assessment | None = None
) -> pd.DataFrame:
    """Tabulate the hypotheses by rank, with the published scores beside theirs."""
    published = baseline.standing if baseline else {}
    rows = [
        {
            "id": one.id,
            "Rank": placed(one),
            "Hypothesis": one.label,
            "Title": one.title,
            "Score": _score(one),
            "Baseline": _score(published.get(one.id)),
            "Coverage": rounded(one.coverage),
            "Informative": rounded(one.informative),
            "Tied": one.tied,
            "Flags": ", ".join(one.flags),
        }
        for one in assessment.in_order
    ]
    columns = [
        "Rank",
        "Hypothesis",
        "Title",
        "Score",
        "Baseline",
        "Coverage",
        "Informative",
        "Tied",
        "Flags",
    ]
    table = _table(rows, columns)
    numbers = ["Score", "Baseline", "Coverage", "Informative"]
    table[numbers] = table[numbers].astype(float)
    return table if baseline else table.drop(columns="Baseline")


def _score(standing: Standing | None) -> float | None:
    if standing is None or standing.rank is None:
        return None
    return rounded(standing.score)


def matrix_table(matrix: Matrix) -> pd.DataFrame:
    """Tabulate the codes: items down, hypotheses across; an unrated cell is empty."""
    judgments = matrix.basis.judgments
    labels = [h.label for h in matrix.hypotheses]
    rows = [
        {
            "id": item.id,
            "Item": item.label,
            "Title": item.title,
            **{h.label: code(judgments.rating(item, h.id)) for h in matrix.hypotheses},
        }
        for item in matrix.evidence
    ]
    return _table(rows, ["Item", "Title", *labels])


def evidence_table(assessment: Assessment) -> pd.DataFrame:
    """Tabulate the items that take part, with what they weigh and separate.

    Diagnosticity is missing where fewer than two cells are rated: it cannot be said.
    """
    matrix = assessment.matrix
    judgments, sources = matrix.basis.judgments, matrix.basis.case.source
    tells = can_separate(matrix)
    rows = [
        {
            "id": item.id,
            "Item": item.label,
            "Title": item.title,
            "Kind": item.kind.value,
            "Date": item.date.text if item.date else "",
            "Sources": "; ".join(sources[c.source].name for c in item.sources),
            "Grade": item.grade,
            "Credibility": level(judgments.level_of(item, EntryKind.CREDIBILITY)),
            "Relevance": level(judgments.level_of(item, EntryKind.RELEVANCE)),
            "Origin": judgments.origin(item),
            "Emphasis": rounded(judgments.emphasis(item.id)),
            "Weight": rounded(weighed.weight),
            "Diagnosticity": rounded(weighed.diagnosticity) if told else None,
            "Weighted": rounded(weighed.weighted_diagnosticity) if told else None,
        }
        for item, weighed, told in zip(
            matrix.evidence, assessment.evidence, tells, strict=True
        )
    ]
    numbers = ["Emphasis", "Weight", "Diagnosticity", "Weighted"]
    words = ["Item", "Title", "Kind", "Date", "Sources", "Grade", "Credibility"]
    table = _table(rows, [*words, "Relevance", "Origin", *numbers])
    table[numbers] = table[numbers].astype(float)
    return table


def rules_table(assessments: Mapping[Rule, Assessment]) -> pd.DataFrame:
    """Tabulate rank and score of each hypothesis, one column a rule."""
    first = next(iter(assessments.values()), None)
    rows = [
        {
            "id": one.id,
            "Hypothesis": one.label,
            "Title": one.title,
            **{
                SCHEMES[rule].title: _cell(result.standing[one.id])
                for rule, result in assessments.items()
            },
        }
        for one in (first.in_order if first else ())
    ]
    titles = [SCHEMES[rule].title for rule in assessments]
    return _table(rows, ["Hypothesis", "Title", *titles])


def _cell(standing: Standing) -> str:
    if standing.rank is None:
        return placed(standing)
    return f"{placed(standing)} ({scored(standing)})"


def departures_table(matrix: Matrix) -> pd.DataFrame:
    """Tabulate where the analyst departs from the published case."""
    found = departures(matrix.basis.case, matrix.basis.judgments)
    rows = [
        {
            "id": number,
            "Item": one.label,
            "Title": one.title,
            "Against": one.against,
            "What": WHAT[one.kind],
            "Published": one.published,
            "Own": one.own,
            "Because": one.because,
        }
        for number, one in enumerate(found, start=1)
    ]
    words = ["Item", "Title", "Against", "What", "Published", "Own", "Because"]
    return _table(rows, words)


def origins_table(found: Sequence[Origin]) -> pd.DataFrame:
    """Tabulate origins: their items, what each counts for, what all do together."""
    rows = [
        {
            "id": one.id,
            "Origin": plain(one.id),
            "Items": len(one.items),
            "Which": plain(", ".join(item.label for item in one.items)),
            "Share": rounded(one.factor),
            "Weight": rounded(one.weight),
            "All counted": rounded(one.apart),
        }
        for one in found
    ]
    numbers = ["Share", "Weight", "All counted"]
    return _table(rows, ["Origin", "Items", "Which", *numbers])


def _table(rows: Sequence[Mapping[str, object]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id", *columns]).set_index("id")


def ranks_table(
    assessment: Assessment, rows: Sequence[tuple[str, str, Ranking, bool]]
) -> pd.DataFrame:
    """Tabulate rankings of the same hypotheses, those with other leaders first.

    A row is what it is, its name, the ranking and whether the leaders change.
    """
    labels = [one.label for one in assessment.hypotheses]
    lines = [
        [kind, name, *_ranks(assessment, ranking), "changes" if changes else "same"]
        for kind, name, ranking, changes in sorted(rows, key=lambda row: not row[3])
    ]
    names = ["What", "Name", *(plain(label) for label in labels), "First place"]
    return pd.DataFrame(lines, columns=names)


def _ranks(assessment: Assessment, ranking: Ranking) -> list[str]:
    found: dict[str, str] = {}
    for group in ranking:
        tie = "=" if len(group) > 1 else ""
        found |= dict.fromkeys(group, f"{len(found) + 1}{tie}")
    return [found.get(one.id, NONE) for one in assessment.hypotheses]
