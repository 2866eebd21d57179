"""Draws and days stand in the report as the method has them."""

from __future__ import annotations

import json

from tests.builders import make_case
from tests.report.hostile import DATE
from workbench.case.judgments import Judgments
from workbench.method.checks import effective_items
from workbench.report import Basis, compose, make
from workbench.report.content.blocks import Paragraph, Table
from workbench.wording import shown

CASE = make_case(
    "E1: I C",
    "E2: C I",
    "E3: C II",
    dates={"e1": "2026-01", "e2": "2026-02-03", "e3": "2026-03-04"},
    origin={"e1": "one", "e2": "one"},
)


def robustness(case):
    basis = Basis(case, Judgments(), DATE)
    report = compose(basis)
    blocks = next(s.blocks for s in report.sections if s.id == "robustness")
    tables = {one.caption: one for one in blocks if isinstance(one, Table)}
    texts = [one.text for one in blocks if isinstance(one, Paragraph)]
    return basis, tables, texts


def test_the_mean_in_draws_stands_beside_each_score():
    basis, _, _ = robustness(CASE)
    (table,) = (
        block
        for section in compose(basis).sections
        for block in section.blocks
        if section.id == "ranking" and isinstance(block, Table)
    )
    [column] = [n for n, c in enumerate(table.columns) if c.name == "Mean in draws"]
    for row, one in zip(table.rows, basis.assessment.in_order, strict=True):
        assert row[column].text == shown(basis.drawn.means[one.id])


def test_the_days_show_how_the_scores_formed():
    basis, tables, _ = robustness(CASE)
    table = tables["How the scores formed as the evidence came in"]
    assert [row[0].text for row in table.rows] == [
        "2026-01-31",
        "2026-02-03",
        "2026-03-04",
    ]
    last = [shown(one.score) for one in basis.assessment.hypotheses]
    assert [cell.text for cell in table.rows[-1][2:4]] == last
    assert [row[-1].text for row in table.rows] == ["H2", "H1 and H2", "H1"]


def test_a_case_without_ratings_or_with_one_day_shows_neither():
    _, tables, _ = robustness(make_case("E1: - -"))
    assert not [c for c in tables if "a little off" in c or "How the scores" in c]


def test_many_hypotheses_leave_the_tables_narrow():
    rows = [f"E{n}: " + " ".join(["I"] * n + ["C"] * (12 - n)) for n in range(1, 4)]
    dates = {f"e{n}": f"2026-01-0{n}" for n in range(1, 4)}
    _, tables, _ = robustness(make_case(*rows, dates=dates))
    assert all(len(table.columns) <= 9 for c, table in tables.items() if "scores" in c)


def test_json_has_the_draws_and_the_days_in_full():
    found = json.loads(make(CASE, to="json", date=DATE))
    basis, _, _ = robustness(CASE)
    assert found["sensitivity"]["drawn"] == basis.drawn.document()
    assert found["as_of"] == [day.document() for day in basis.days]
    assert found["effective_items"] == effective_items(basis.matrix)
