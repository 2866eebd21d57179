"""Tables hold the numbers of the results, row for row."""

from __future__ import annotations

from tests.builders import make_case
from workbench.method.matrix import build
from workbench.method.origins import origins
from workbench.method.scoring import assess
from workbench.ui import tables

CASE = make_case("E1: I C", "E2: C II", "E3: N C", origin={"e1": "wire", "e2": "wire"})


def test_an_origin_stands_with_its_items_and_what_they_count_for_together():
    table = tables.origins_table(origins(build(CASE)))
    assert list(table.index) == ["wire"]
    assert table.loc["wire", "Shared by"] == "E1, E2"
    assert table.loc["wire", "Share"] == 0.5
    assert table.loc["wire", "Weight"] == 1.0
    assert table.loc["wire", "All counted"] == 2.0


def test_rankings_with_other_leaders_stand_first_and_ties_are_marked():
    now = assess(build(CASE))
    rows = [
        ("item", "E1", (("h1",), ("h2",)), False),
        ("item", "E2", (("h1", "h2"),), True),
    ]
    table = tables.ranks_table(now, rows)
    assert list(table["Name"]) == ["E2", "E1"]
    assert list(table["First place"]) == ["changes", "same"]
    assert list(table.loc[0, ["H1", "H2"]]) == ["1=", "1="]
    assert list(table.loc[1, ["H1", "H2"]]) == ["1", "2"]


def test_no_origins_make_an_empty_table_with_its_columns():
    table = tables.origins_table(())
    assert table.empty
    assert "Shared by" in table.columns
