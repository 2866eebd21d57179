"""Columns fill the page and no more, and a table that is cut loses nothing."""

from __future__ import annotations

from hypothesis import given, strategies

from workbench.report import sizing
from workbench.report.breadth import broadest_word, ems, pieces
from workbench.report.content.blocks import Cell, Column, Table

UPRIGHT = 170.0
TEXTS = strategies.text("ab WÄ你.1", max_size=80)


@strategies.composite
def tables(draw):
    kinds = ["name"]
    kinds += draw(strategies.lists(strategies.sampled_from(("number", "text"))))[:3]
    kinds += ["code"] * draw(strategies.integers(0, 40))
    heads = tuple(Column(draw(TEXTS), kind) for kind in kinds)
    many = draw(strategies.integers(0, 3))
    rows = tuple(
        tuple(
            Cell("II" if kind == "code" else draw(TEXTS), kind)  # type: ignore[arg-type]
            for kind in kinds
        )
        for _ in range(many)
    )
    return Table("A table", heads, rows)


@given(tables())
def test_a_table_that_is_cut_has_every_column_of_codes_once_and_all_others_in_each(
    table,
):
    parts = sizing.cut(table, UPRIGHT)
    codes = [column for column in table.columns if column.kind == "code"]
    others = [column for column in table.columns if column.kind != "code"]
    found = [c for part in parts for c in part.columns if c.kind == "code"]
    assert found == codes
    for part in parts:
        assert [c for c in part.columns if c.kind != "code"] == others
        assert len(part.rows) == len(table.rows)
        assert {len(row) for row in part.rows} <= {len(part.columns)}


@given(tables())
def test_the_columns_share_out_the_width_of_the_page(table):
    for part in sizing.cut(table, UPRIGHT):
        widths = sizing.shares(part, UPRIGHT)
        assert min(widths) > 0
        assert abs(sum(widths) - UPRIGHT) < 1e-6


def test_a_short_column_gets_what_it_needs_and_the_long_text_the_rest():
    long = "a reason of some length, " * 8
    table = Table(
        "Reasons",
        (Column("Hypothesis"), Column("Rating", "code"), Column("Reason")),
        ((Cell("H1 Short", "name"), Cell("II", "code"), Cell(long)),),
    )
    name, code, reason = sizing.shares(table, UPRIGHT)
    assert name < 30
    assert code < 14
    assert reason > 120


def test_a_line_is_split_only_at_words_too_broad_for_the_room():
    assert pieces("short words only", 20) == ["short words only"]
    broad = "x" * 100
    assert pieces(f"a {broad} b", 20) == ["a ", broad, " b"]
    assert pieces("你好" * 100, 20) == ["你好" * 100]
    assert "".join(pieces(f"{broad}你{broad}", 20)) == f"{broad}你{broad}"


def test_capitals_are_broader_than_small_letters():
    assert ems("WWW") > ems("www") * 0.99 > ems("aaa") > ems("iii")
    assert broadest_word("a bbb cc", 10) == broadest_word("bbb", 10)
