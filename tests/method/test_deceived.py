"""What if the opposite of a source's own word were true: its evidence, its interest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import make_case
from tests.method import brute_force
from tests.method.enriched import enriched_case
from workbench.case.model import Kind
from workbench.method.deceived import deceived
from workbench.method.matrix import build

OPPOSITE = {"CC": "II", "C": "I", "N": "N", "I": "C", "II": "CC"}


def reversed_by_hand(case, judgments, rule, source, count_all):
    """Change the cells that the definition names, and rank anew."""
    grid = brute_force.read(case, judgments, rule, count_all=count_all)
    kinds = {item.id: item.kind for item in case.evidence}
    serves = case.source[source].serves
    changed = []
    for item in grid.items:
        if item.sources != [source] or kinds[item.id] is not Kind.EVIDENCE:
            continue
        changed.append(item.id)
        for h, code in item.cells.items():
            if not serves or h in serves:
                item.cells[h] = OPPOSITE.get(code, code)
    return grid.ranking(), changed


@pytest.mark.parametrize("start", range(0, 300, 30))
def test_every_source_agrees_with_brute_force(start):
    """Three hundred random cases."""
    for seed in range(start, start + 30):
        case, judgments, rule, count_all = enriched_case(seed)
        matrix = build(case, judgments, rule, count_all=count_all)
        before = brute_force.read(case, judgments, rule, count_all=count_all).leaders()
        for one in deceived(matrix):
            ranking, changed = reversed_by_hand(
                case, judgments, rule, one.source, count_all
            )
            assert [list(group) for group in one.ranking] == ranking, (seed, one)
            assert list(one.evidence) == changed, (seed, one)
            assert one.leaders_change == ((ranking or [[]])[0] != before), (seed, one)


@pytest.mark.parametrize("kind", [Kind.ASSUMPTION, Kind.ABSENCE])
def test_an_absence_or_an_assumption_is_not_a_sources_word(kind):
    case = make_case("E1: CC II", "E2: I N", sources={"e1": "a", "e2": "a"})
    first, second = case.evidence
    case = replace(case, evidence=(replace(first, kind=kind), second))
    (one,) = deceived(build(case))
    assert one.evidence == ("e2",)
    assert one.ranking == (("h1",), ("h2",))


@pytest.mark.parametrize(
    ("serves", "ranking"),
    [
        ((), (("h2",), ("h1",))),
        (("h1",), (("h1", "h2"),)),  # both at II
        (("h2",), (("h1", "h2"),)),
        (("h1", "h2"), (("h2",), ("h1",))),
    ],
)
def test_only_the_columns_that_a_source_serves_are_reversed(serves, ranking):
    case = make_case("E1: CC II", sources={"e1": "a"})
    [source] = case.sources
    case = replace(case, sources=(replace(source, serves=serves),))
    (one,) = deceived(build(case))
    assert one.ranking == ranking
