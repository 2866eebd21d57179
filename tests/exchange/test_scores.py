"""Scores of an imported case are what the other tool's own formula gives.

The formulas are written here in plain Python from the tools' publications and sources,
over the plain values of the file; nothing of ours takes part in them.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest

from tests.exchange.sampled import imported, one, parsed, raw
from workbench.case.judgments import Judgments
from workbench.exchange import Imported
from workbench.method.matrix import build
from workbench.method.scoring import assess


def ours(found: Imported, judgments: Judgments | None = None) -> dict[str, float]:
    """Score under the case's own rule, by the file's ids of the hypotheses."""
    result = assess(build(found.case, judgments or Judgments()))
    return {
        found.ids.get(f"hypotheses/{one.id}", one.label): one.score
        for one in result.hypotheses
    }


@pytest.mark.parametrize("name", ["arkhammirror.json", "arkhammirror_matrix.json"])
def test_arkhammirror_counts_the_cells_rated_inconsistent(name):
    file = parsed(name)
    known = {item["id"] for item in file["evidence"]}
    last = {
        (rating["evidence_id"], rating["hypothesis_id"]): rating["rating"]
        for rating in file["ratings"]
        if rating["evidence_id"] in known
    }
    theirs = {
        hypothesis["id"]: sum(
            code in ("-", "--")
            for (_, h), code in last.items()
            if h == hypothesis["id"]
        )
        for hypothesis in file["hypotheses"]
    }
    assert ours(one(name)) == theirs
    assert max(theirs.values()) > 0


def test_arkhammirrors_table_counts_the_same_way():
    rows = list(csv.reader(io.StringIO(raw("arkhammirror.csv").decode())))
    items = rows[1 : rows.index([])]
    theirs = {
        f"H{column}": sum(row[column] in ("-", "--") for row in items)
        for column in (1, 2, 3)
    }
    assert theirs == {"H1": 2, "H2": 1, "H3": 0}
    assert ours(one("arkhammirror.csv")) == theirs


def test_arkhammirrors_standalone_page_adds_one_and_two():
    file = parsed("arkhammirror_standalone.json")
    known = {item["id"] for item in file["evidence"]}
    theirs = Counter({hypothesis["id"]: 0 for hypothesis in file["hypotheses"]})
    for rating in file["ratings"]:
        if rating["evidenceId"] in known:
            theirs[rating["hypothesisId"]] += {"I": 1, "II": 2}.get(rating["rating"], 0)
    assert theirs == {"h1": 3, "h2": 1, "h3": 0}
    assert ours(one("arkhammirror_standalone.json")) == theirs


def test_arkhammirrors_first_version_adds_one_and_two():
    file = parsed("arkhammirror_v1.json")["analysis"]
    theirs = {
        str(hypothesis["id"]): sum(
            {"I": 1, "II": 2}.get(item["ratings"][str(hypothesis["id"])], 0)
            for item in file["evidence"]
        )
        for hypothesis in file["hypotheses"]
    }
    assert theirs == {"11": 3, "12": 0}
    assert ours(one("arkhammirror_v1.json")) == theirs


def test_intel_workbench_lets_support_offset_contradiction():
    level = {"Low": 0.5, "Medium": 1, "High": 1.5}
    cell = {"C": -1, "I": 2, "N": 0, "NA": 0}
    found = imported("intel_workbench.json")
    filled = [m for m in parsed("intel_workbench.json")["achMatrices"] if m["evidence"]]
    for matrix, case in zip(filled, found, strict=True):
        theirs = {hypothesis["id"]: 0.0 for hypothesis in matrix["hypotheses"]}
        for item in matrix["evidence"]:
            # its reader puts Medium in the place of a level it does not know
            weight = level.get(item["credibility"], 1) * level.get(item["relevance"], 1)
            for id_, code in matrix["ratings"].get(item["id"], {}).items():
                if id_ in theirs:
                    theirs[id_] += weight * cell.get(code, 0)
        assert ours(case) == pytest.approx(theirs, abs=1e-12)
    assert ours(found[0])["h1"] == pytest.approx(3)


def test_open_synthesis_squares_what_lies_below_neutral():
    records = parsed("open_synthesis.json")
    alive = {
        (record["model"], record["pk"])
        for record in records
        if not record["fields"].get("removed")
    }
    latest: dict[tuple[int, int, int], tuple[datetime, int, int]] = {}
    for record in records:
        fields = record["fields"]
        if record["model"] != "openach.evaluation" or fields["board"] != 7:
            continue
        if fields["value"] not in range(6) or fields["evidence"] == 44:
            continue  # no value of the scale, an item of another board
        if ("openach.evidence", fields["evidence"]) not in alive:
            continue
        if ("openach.hypothesis", fields["hypothesis"]) not in alive:
            continue
        at = datetime.fromisoformat(fields["timestamp"])
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        cell = fields["user"], fields["evidence"], fields["hypothesis"]
        told = (at, record["pk"], fields["value"])
        latest[cell] = max(latest.get(cell, told), told)
    theirs: dict[int, dict[str, float]] = defaultdict(lambda: {"31": 0.0, "32": 0.0})
    for (user, _, hypothesis), (_, _, value) in latest.items():
        mean = value or 3  # not applicable enters as neutral
        theirs[user][str(hypothesis)] += (3 - mean) ** 2 if mean < 3 else 0
    board = imported("open_synthesis.json")[0]
    names = {2: "ana", 3: "analyst 3", 5: "analyst 5"}
    assert {
        name: ours(board, judgments) for name, judgments in board.analysts.items()
    } == {names[user]: scores for user, scores in theirs.items()}
    assert theirs[2] == {"31": 1, "32": 0}
    assert theirs[3] == {"31": 0, "32": 4}
