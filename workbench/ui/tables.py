"""Results as pandas tables, ready to be shown; nothing is computed or worded here.

Numbers are rounded as everywhere on a screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from workbench.case.model import Case
from workbench.charts.names import apart
from workbench.method.group import Cell
from workbench.method.origins import Origin
from workbench.method.rounding import rounded
from workbench.method.scoring import Assessment, Ranking
from workbench.wording import NONE, plain


def origins_table(found: Sequence[Origin]) -> pd.DataFrame:
    """Tabulate origins: their items, what each counts for, what all do together."""
    rows = [
        {
            "id": one.id,
            "Shared by": plain(", ".join(item.label for item in one.items)),
            "Items": len(one.items),
            "Share": rounded(one.factor),
            "Weight": rounded(one.weight),
            "All counted": rounded(one.apart),
        }
        for one in found
    ]
    numbers = ["Share", "Weight", "All counted"]
    return _table(rows, ["Shared by", "Items", *numbers])


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
        [kind, name, "changes" if changes else "same", *_ranks(assessment, ranking)]
        for kind, name, ranking, changes in sorted(rows, key=lambda row: not row[3])
    ]
    names = ["What", "Name", "First place", *(plain(label) for label in labels)]
    return pd.DataFrame(lines, columns=names)


def compared_table(
    case: Case, rows: Sequence[tuple[Cell, Sequence[tuple[str, str, str, str]]]]
) -> pd.DataFrame:
    """Tabulate cells in which two differ: the code and the reason of each by name.

    A row is a cell with name, code, whose rating it is if not theirs, and reason.
    """
    lines = []
    for cell, both in rows:
        item = case.item[cell.evidence]
        line: dict[str, object] = {
            "Item": plain(f"{item.label} {item.title}"),
            "Hypothesis": plain(case.hypothesis[cell.hypothesis].title),
        }
        for name, code, whose, reason in both:
            line[plain(name)] = f"{code}, {whose}" if whose else code
            line[f"{plain(name)}: reason"] = plain(reason)
        lines.append(line | {"Effect": rounded(cell.effect)})
    return pd.DataFrame(lines)


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    """Tabulate texts as they are; no two columns have one name."""
    return pd.DataFrame(rows, columns=apart([plain(one) for one in head]))


def _ranks(assessment: Assessment, ranking: Ranking) -> list[str]:
    found: dict[str, str] = {}
    for group in ranking:
        tie = "=" if len(group) > 1 else ""
        found |= dict.fromkeys(group, f"{len(found) + 1}{tie}")
    return [found.get(one.id, NONE) for one in assessment.hypotheses]
