"""Several analysts: means of scores, never scores of a mean code; nobody is drowned."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, strategies

from tests.builders import make_case, make_judgments
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Rating, Rule
from workbench.method.group import differing, group, pooled
from workbench.method.matrix import build
from workbench.method.scoring import assess

PUBLISHED = Path(__file__).parents[1] / "published" / "group_cells.yaml"
CELLS = yaml.safe_load(PUBLISHED.read_text(encoding="utf-8"))
CODES = ["CC", "C", "N", "I", "II", "NA", ""]


def analysts(*columns, rule=Rule.WEIGHTED_INCONSISTENCY, hypotheses=2):
    """Give matrices of analysts, each written as one line of codes an item."""
    size = len(columns[0])
    case = make_case(*[f"E{i + 1}: " + "- " * hypotheses for i in range(size)])
    found = {}
    for number, rows in enumerate(columns):
        ratings = {
            (f"e{i + 1}", f"h{j + 1}"): code
            for i, row in enumerate(rows)
            for j, code in enumerate(row.split())
            if code != "-"
        }
        found[f"analyst-{number + 1}"] = build(case, make_judgments(ratings), rule)
    return found


def test_opposed_analysts_are_not_neutral():
    both = analysts(["CC N"], ["II N"])
    found = group(both)
    assert found.scores == {"h1": 1.0, "h2": 0.0}
    neutral = group(analysts(["N N"], ["N N"]))
    assert neutral.scores["h1"] != found.scores["h1"]


@pytest.mark.parametrize("rule", [r for r in Rule if r != Rule.SQUARED_INCONSISTENCY])
def test_the_groups_score_is_the_mean_of_the_scores_that_have_a_rank(rule):
    three = analysts(
        ["CC II -", "I C -"], ["II N -", "N I I"], ["- C -", "NA I II"],
        rule=rule, hypotheses=3,
    )  # fmt: skip
    found = group(three)
    each = [assess(one) for one in three.values()]
    for id_ in ("h1", "h2", "h3"):
        able = [a.standing[id_].score for a in each if a.standing[id_].rank]
        assert found.scores[id_] == pytest.approx(sum(able) / len(able))


def test_a_hypothesis_that_nobody_rated_has_no_score_and_no_rank():
    found = group(analysts(["C -"], ["I NA"]))
    assert found.scores["h2"] is None
    assert found.ranking == (("h1",),)


def test_shares_of_leaders_add_up_and_ties_are_shared():
    found = group(analysts(["C II"], ["I I"], ["II C"], ["- -"]))
    assert found.leads == pytest.approx({"h1": 0.5, "h2": 0.5})


def test_the_ranking_without_each_analyst_shows_who_decides():
    found = group(analysts(["C II"], ["I C"], ["I C"]))
    assert found.ranking == (("h1", "h2"),)
    assert found.without["analyst-1"] == (("h2",), ("h1",))
    assert found.without["analyst-2"] == (("h1",), ("h2",))


def test_cells_stand_by_disagreement_times_effect_contenders_first():
    both = analysts(["II C", "CC N", "I N"], ["C C", "II N", "N II"])
    cells = differing(both)
    assert [(c.evidence, c.hypothesis, c.effect) for c in cells] == [
        ("e1", "h1", 2.0),
        ("e2", "h1", 2.0),
        ("e3", "h2", 2.0),
        ("e3", "h1", 1.0),
    ]
    assert differing(both, ["h2"])[0].hypothesis == "h2"


def test_a_cell_that_differs_without_effect_comes_last_and_is_not_left_out():
    cells = differing(analysts(["CC I"], ["N N"]))
    assert [(c.hypothesis, c.effect) for c in cells] == [("h2", 1.0), ("h1", 0.0)]


def test_an_item_that_one_analyst_left_out_is_unrated_there():
    both = analysts(["II C"], ["C C"])
    case = both["analyst-1"].basis.case
    both["analyst-2"] = build(case, Judgments(exclusions={"e1": True}))
    assert differing(both) == ()
    assert group(both).scores["h1"] == 2.0


@pytest.mark.parametrize("cell", CELLS["open_synthesis"], ids=lambda c: str(c["votes"]))
def test_squared_inconsistency_squares_the_mean_as_published(cell):
    rule = Rule.SQUARED_INCONSISTENCY
    votes = cell["votes"]
    found = group(analysts(*[[f"{v} C"] for v in votes], rule=rule))
    if all(v == "NA" for v in votes):
        assert found.scores["h1"] is None
    else:
        assert found.scores["h1"] == pytest.approx(cell["squared"])


def test_a_column_of_squared_means_adds_up_as_published():
    column = CELLS["column"]
    columns = [
        [f"{cell[a] if a < len(cell) else '-'} C" for cell in column["cells"]]
        for a in range(3)
    ]
    found = group(analysts(*columns, rule=Rule.SQUARED_INCONSISTENCY))
    assert found.scores["h1"] == pytest.approx(column["inconsistency"])


@given(strategies.data(), strategies.sampled_from(Rule))
def test_a_group_of_one_is_that_one_and_copies_are_the_original(data, rule):
    case = make_case(*[f"E{i}: - - -" for i in range(1, 5)])
    ratings = {
        (item.id, h.id): Rating(Consistency(code))
        for item in case.evidence
        for h in case.hypotheses
        if (code := data.draw(strategies.sampled_from(CODES)))
    }
    one = build(case, Judgments(ratings=ratings), rule)
    alone, copies = group({"a": one}), group({"a": one, "b": one, "c": one})
    assert alone.ranking == assess(one).ranking
    if rule is Rule.SQUARED_INCONSISTENCY:
        return  # NA dilutes there, by its own published rule
    assert copies.ranking == alone.ranking
    for id_, standing in assess(one).standing.items():
        expected = standing.score if standing.rank else None
        assert alone.scores[id_] == pytest.approx(expected)
        assert copies.scores[id_] == pytest.approx(expected)


def test_probabilities_are_averaged_alike_and_others_on_request():
    percents = [1.40, 2.21, 0.39, 0.40]
    found = pooled([np.array([p, 100 - p]) / 100 for p in percents])
    assert found["geometric"][0] == pytest.approx(0.008358, abs=5e-7)
    assert found["mean"][0] == pytest.approx(sum(percents) / 400)
    assert all(one.sum() == pytest.approx(1) for one in found.values())


def test_a_probability_of_nothing_or_of_all_breaks_no_pool():
    found = pooled([np.array([0.0, 1.0]), np.array([0.5, 0.5])])
    assert found["geometric"].tolist() == pytest.approx([0, 1], abs=1e-6)
    assert found["mean"].tolist() == [0.25, 0.75]


def test_without_analysts_there_is_no_group():
    with pytest.raises(ValueError, match="has an analyst"):
        group({})


def test_analysts_matrices_may_differ_in_items():
    case = make_case("E1: C I", "E2: I C")
    left_out = replace(case, evidence=case.evidence[:1])
    found = group({"a": build(case), "b": build(left_out)})
    assert found.scores == {"h1": 0.5, "h2": 1.0}
