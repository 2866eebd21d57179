"""The Robustness page through the app itself: its claims and every control of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from tests.builders import make_case, make_judgments
from tests.ui.prose import unlinked
from tests.ui.visitor import go, opened
from workbench.case import folder
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Indicator, Rating, Rule
from workbench.charts.lead_map_chart import lead_map_chart, picked
from workbench.charts.names import apart
from workbench.charts.robustness_charts import DAYS, _way, thinned, tippings
from workbench.method.lead_map import Axis, lead_map
from workbench.method.matrix import build
from workbench.method.origins import effective_items
from workbench.method.scoring import assess
from workbench.method.sensitivity import (
    Cell,
    Reach,
    Sign,
    by_day,
    collection,
    contributions,
    draw,
    sensitivity,
    slips,
    verdict,
)
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url
from workbench.ui import tables
from workbench.wording.deciding import (
    describe_between,
    describe_missing,
    describe_rivals,
)
from workbench.wording.fragility import (
    describe_change,
    describe_day,
    describe_pair,
)
from workbench.wording.sources import describe_evenness
from workbench.wording.verdict import (
    describe_draws,
    describe_hanging,
    describe_verdict,
    verdict_lines,
)

CODES = ("II", "I", "N", "C", "CC")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "analyst-1")
    return tmp_path


def shaken() -> Case:
    return make_case(
        "E1: I C II",
        "E2: C I C",
        "E3: N II I",
        "E4: I C II",
        sources={"e1": "a", "e2": "a", "e3": "b", "e4": ["a", "b"]},
        origin={"e1": "one", "e4": "one"},
        dates={"e1": "2026-01", "e2": "2026-02-03", "e3": "2026-03-04"},
    )


def large(n: int, m: int) -> Case:
    return make_case(
        *(
            f"E{row}: "
            + " ".join(CODES[(row * (column + 1) + column) % 5] for column in range(m))
            for row in range(1, n + 1)
        ),
        sources={f"e{row}": f"s{row % 9}" for row in range(1, n + 1)},
        dates={f"e{row}": f"{1700 + row // 2}-05-06" for row in range(1, n + 1)},
    )


def on_page(place: Path, case: Case) -> AppTest:
    folder.write(place, case)
    return opened("robustness")


def said(app: AppTest) -> str:
    texts = [one.value for one in (*app.markdown, *app.caption, *app.info)]
    return unlinked("\n".join(texts)).replace("\\", "")


def test_one_hypothesis_alone_is_taken_apart_and_said_to_pass_no_test(
    place: Path,
) -> None:
    app = on_page(place, make_case("E1: I", "E2: C"))
    text = said(app)
    assert "One hypothesis alone has a rank: whatever is changed" in text
    assert "#### What each score is made of" in text
    assert "does not hang on" not in text
    assert "leads in" not in text
    assert [one.label for one in app.button if "another hypothesis" in one.label]


def headline(case: Case, own: Judgments | None = None) -> str:
    now = assess(build(case, own))
    return describe_verdict(now, verdict(slips(now), draw(now.matrix)))


def open_questions() -> Case:
    """A case with unrated cells and indicators; three hypotheses may lead."""
    case = make_case("E1: N I I", "E2: I N -", "E3: - I N", "E4: I C I")
    seen = {h: Rating(c) for h, c in zip(("h1", "h2"), Consistency, strict=False)}
    first, *rest = case.hypotheses
    signs = (Indicator("A second report", ratings=seen), Indicator("No ratings"))
    return replace(case, hypotheses=(replace(first, predicts=signs), *rest))


@pytest.mark.parametrize(
    "case",
    [
        make_case(),
        make_case("E1: - -"),
        make_case("E1: NA NA"),
        make_case("E1: I C", status={"h1": "parked", "h2": "rejected"}),
        make_case("E1: I", hypotheses=["H1"]),
        make_case("E1: I I I", "E2: C C C"),
        make_case("E1: N N"),
        make_case("E1: I -"),
        make_case("E1: I C", rule=Rule.NET_SUPPORT, dates={"e1": "2026"}),
        large(200, 8),
        large(1000, 10),
    ],
    ids=[
        "no evidence",
        "unrated",
        "all NA",
        "none active",
        "one hypothesis",
        "tie",
        "all neutral",
        "one column unrated",
        "most first",
        "200 x 8",
        "1000 x 10",
    ],
)
def test_any_case_is_shown(place: Path, case: Case) -> None:
    app = on_page(place, case)
    assert headline(case) in said(app)
    app.run()
    assert not app.exception


def test_the_numbers_are_those_of_the_core(place: Path) -> None:
    case = shaken()
    found = sensitivity(build(case))
    text = said(on_page(place, case))
    reached = verdict(found, draw(build(case)))
    for line in verdict_lines(found.assessment, reached):
        assert line in text
    for line in describe_hanging(found, reached, draw(build(case))):
        assert line in text
    assert len(found.rivals) == 2
    for line in describe_rivals(found):
        assert line in text
    assert describe_change(found, Reach.ANY) in text
    assert describe_draws(found.assessment, draw(build(case))) in text
    assert describe_day(found.assessment, by_day(build(case))[-1]) in text


def test_a_cell_of_the_smallest_change_leads_to_the_matrix(place: Path) -> None:
    case = shaken()
    app = on_page(place, case)
    cell = sensitivity(build(case)).any_change.cells[0]
    app.get_by_key(f"cell:{cell.evidence}:{cell.hypothesis}").click().run()
    assert not app.exception
    assert app.session_state["grid_data"]["question"] == case.question.question


def test_two_that_may_lead_are_set_side_by_side_one_pair_after_another(
    place: Path,
) -> None:
    case = open_questions()
    now = assess(build(case))
    pairs = contributions(now, verdict(slips(now), draw(now.matrix))).between
    assert len(pairs) == 3
    app = on_page(place, case)
    assert describe_between(now, pairs[0]) in said(app)
    for pair in (pairs[2], pairs[1]):
        app.get_by_key("pair").set_value(f"{pair.a} {pair.b}").run()
        assert not app.exception
        assert describe_between(now, pair) in said(app)
    go(go(app, "guide"), "robustness")
    assert describe_between(now, pairs[1]) in said(app)


def test_one_score_after_another_is_taken_apart(place: Path) -> None:
    app = on_page(place, make_case("E1: N I II", "E2: N C I"))
    assert "No item adds anything to it." in said(app)
    for id_ in ("h3", "h2"):
        app.get_by_key("taken_apart").set_value(id_).run()
        assert not app.exception
        assert "No item adds anything to it." not in said(app)
        assert app.get_by_key("taken_apart").value == id_


def test_what_to_find_out_next_leads_to_the_cell_or_names_the_sign(
    place: Path,
) -> None:
    case = open_questions()
    now = assess(build(case))
    found = collection(now, verdict(slips(now), draw(now.matrix)))
    app = on_page(place, case)
    assert "3 open questions" in said(app)
    (sign,) = [one for one in found if isinstance(one, Sign)]
    assert describe_missing(now, sign) in said(app)
    assert "diagnosticity 0.50" in said(app)
    for cell in (one for one in found if isinstance(one, Cell)):
        button = app.get_by_key(f"missing:{cell.evidence}:{cell.hypothesis}")
        assert button.label.replace("\\", "") == describe_missing(now, cell)
    button.click().run()
    assert not app.exception
    assert app.session_state["grid_data"]["question"] == case.question.question


def test_with_nothing_to_find_out_the_page_says_what_would_be(place: Path) -> None:
    assert "Rate an indicator under" in said(on_page(place, shaken()))


def test_the_reach_is_kept_through_two_changes_and_a_return(place: Path) -> None:
    case = shaken()
    found = sensitivity(build(case))
    app = on_page(place, case)
    for reach in (Reach.ONE_STEP, Reach.ANY, Reach.ONE_STEP):
        app.get_by_key("reach").set_value(reach).run()
        assert describe_change(found, reach) in said(app)
    go(go(app, "guide"), "robustness")
    assert app.get_by_key("reach").value == Reach.ONE_STEP


def test_the_days_can_be_dragged_to_and_fro(place: Path) -> None:
    case = shaken()
    days = by_day(build(case))
    now = assess(build(case))
    app = on_page(place, case)
    for day in (days[0], days[1], days[2], days[0]):
        app.get_by_key("day").set_value(day.day).run()
        assert not app.exception
        assert describe_day(now, day) in said(app)
        assert app.get_by_key("day").value == day.day


def test_seed_and_probability_are_kept_and_printed(place: Path) -> None:
    case = shaken()
    now = assess(build(case))
    app = on_page(place, case)
    q = 0.2
    for seed in (7, 8):
        app.get_by_key("draw_seed").set_value(seed).run()
        drawn = draw(build(case), seed=seed, q=q)
        assert describe_draws(now, drawn) in said(app)
    for q in (0.5, 0.1):
        app.get_by_key("draw_q").set_value(q).run()
        drawn = draw(build(case), seed=8, q=q)
        assert describe_draws(now, drawn) in said(app)


def test_what_changes_nothing_is_listed_when_asked_for(place: Path) -> None:
    app = on_page(place, shaken())
    sizes = [left_out(app)]
    for on in (True, False, True):
        app.get_by_key("every_left_out").set_value(on).run()
        sizes.append(left_out(app))
    assert sizes[1] == sizes[3] == 7  # four items, two sources, an origin
    assert sizes[0] == sizes[2] < 7


def left_out(app: AppTest) -> int:
    (table,) = [
        one for one in app.dataframe if one.proto.alt == "Ranks with one left out"
    ]
    return len(table.value)


def test_the_map_follows_both_sides_which_are_never_the_same(place: Path) -> None:
    app = on_page(place, shaken())
    for key in ("map_x", "map_y", "map_x"):
        for _ in range(2):
            box = app.get_by_key(key)
            to = next(one for one in reversed(box.options) if one != shown(box))
            box.set_value(to).run()
            assert not app.exception
            assert shown(app.get_by_key(key)) == to
            assert shown(app.get_by_key("map_x")) != shown(app.get_by_key("map_y"))


def point_of(app: AppTest) -> str:
    (text,) = [line for line in said(app).splitlines() if " across and " in line]
    return text


def test_the_point_is_moved_to_and_fro_and_its_ranking_is_the_cores(
    place: Path,
) -> None:
    case = shaken()
    app = on_page(place, case)
    app.get_by_key("map_x").set_value(Axis("source", "a")).run()
    app.get_by_key("map_y").set_value(Axis("evidence", "e2")).run()
    for x, y in ((0.35, 1.0), (0.35, 1.85), (2.0, 0.0), (1.0, 1.0)):
        app.get_by_key("map_at_x").set_value(x).run()
        app.get_by_key("map_at_y").set_value(y).run()
        assert not app.exception
        own = make_judgments(emphases={"e2": y}, source_emphases={"a": x})
        there = assess(build(case, own))
        now = (x, y) == (1.0, 1.0)
        assert point_of(app) == describe_pair(there, (x, y), now=now)
        assert app.get_by_key("map_use").disabled == now
    assert judged(place, case) == Judgments()


def test_the_point_outlasts_another_page_and_goes_back_when_told(place: Path) -> None:
    app = on_page(place, shaken())
    before = point_of(app)
    app.get_by_key("map_at_y").set_value(0.2).run()
    tried = point_of(app)
    assert tried != before
    go(go(app, "guide"), "robustness")
    assert point_of(app) == tried
    app.get_by_key("map_back").click().run()
    assert point_of(app) == before


def test_the_emphases_tried_are_taken_over_as_one_action(place: Path) -> None:
    case = shaken()
    app = on_page(place, case)
    app.get_by_key("map_x").set_value(Axis("source", "a")).run()
    app.get_by_key("map_y").set_value(Axis("evidence", "e2")).run()
    app.get_by_key("map_at_x").set_value(0.35).run()
    app.get_by_key("map_at_y").set_value(1.85).run()
    app.get_by_key("map_use").click().run()
    assert not app.exception
    own = make_judgments(emphases={"e2": 1.85}, source_emphases={"a": 0.35})
    assert judged(place, case) == own
    assert headline(case, own) in said(app)
    assert point_of(app).startswith("At 0.35 across and 1.85 up (now)")
    desk(place, case).receive("another", [[1, "undo"]])
    assert judged(place, case) == Judgments()


def desk(place: Path, case: Case) -> Desk:
    return Desk(Ledger(default_url(place)), case, "analyst-1")


def judged(place: Path, case: Case) -> Judgments:
    return desk(place, case).judgments


@pytest.mark.parametrize(
    "selection",
    [
        [],
        [{"y": 1.0}],
        [{"x": "1", "y": 1.0}],
        [{"x": 1.0, "y": 2.5}],
        [{"x": float("nan"), "y": 1.0}],
    ],
)
def test_a_pick_that_is_no_pair_moves_nothing(selection: list[dict[str, Any]]) -> None:
    assert picked(selection) is None
    assert picked([{"x": 0.4, "y": 2, "k": 1}]) == (0.4, 2.0)


def test_the_point_moves_the_data_of_the_map_and_not_its_specification() -> None:
    now = assess(build(shaken()))
    found = lead_map(now.matrix, Axis("source", "a"), Axis("evidence", "e2"))
    specs, points = [], []
    for at, turn in (((1.0, 1.0), 0), ((0.35, 1.85), 1)):
        spec = lead_map_chart(now, found, at, turn).to_dict()
        (rows,) = spec.pop("datasets").values()
        spec.pop("data")
        specs.append(spec)
        points += [(row["x"], row["y"]) for row in rows if row["t"] == "chosen"]
        squares = [row for row in rows if row["t"] == "square"]
        assert len(squares) == len({(row["x"], row["y"]) for row in squares}) == 21**2
        assert {row["k"] for row in rows} == {turn}
    assert specs[0] == specs[1]
    assert points == [(1.0, 1.0), (0.35, 1.85)]


def test_a_name_on_the_map_is_clear_of_the_marks() -> None:
    now = assess(build(make_case("E1: I I", "E2: C C")))  # one name for all squares
    found = lead_map(now.matrix, Axis("evidence", "e1"), Axis("evidence", "e2"))
    for at in ((1.0, 1.0), (1.0, 0.7), (0.0, 2.0)):
        (rows,) = lead_map_chart(now, found, at, 0).to_dict()["datasets"].values()
        (name,) = [row for row in rows if row["t"] == "name"]
        for x, y in (found.at, at):
            assert max(abs(name["x"] - x), abs(name["y"] - y)) > 0.25


def shown(box: Selectbox) -> str:
    return box.options[box.index]


# ------------------------------------------------------------------ origins


def alike() -> Case:
    return make_case(
        "E1: I C II",
        "E2: I C II",
        "E3: I C II",
        "E4: N I I",
        "E5: C I N",
        sources={"e1": "a", "e2": "a", "e3": "a", "e4": "b", "e5": "b"},
        origin={"e3": "wire", "e4": "wire"},
    )


def give_origin(app: AppTest, origin: str) -> None:
    box = app.get_by_key("origin_given")
    shown = origin or "none: each stands alone"
    box.options = list(dict.fromkeys([*box.options, shown]))  # as a new one is typed
    box.set_value(origin).run()


def test_origins_stand_side_by_side_with_what_they_count_for(place: Path) -> None:
    case = alike()
    app = on_page(place, case)
    table = app.dataframe[0].value
    assert table.to_dict("records") == [
        {
            "Shared by": "E3, E4",
            "Items": 2,
            "Share": 0.5,
            "Weight": 1.0,
            "All counted": 2.0,
        }
    ]
    assert "2 of the 5 items name an origin (1 origin); 3 stand alone." in said(app)
    assert describe_evenness(5, effective_items(build(case))) in said(app)
    app.get_by_key("count_all_choice").set_value(True).run()
    assert app.dataframe[0].value["Share"].tolist() == [1.0]
    assert "Every item of an origin is counted in full." in said(app)


def test_items_that_look_alike_are_given_one_origin_with_one_click(
    place: Path,
) -> None:
    case = alike()
    app = on_page(place, case)
    app.get_by_key("alike:e1").click().run()
    assert not app.exception
    assert judged(place, case).origins == {"e1": "wire", "e2": "wire"}
    assert "4 of the 5 items name an origin" in said(app)
    assert all(button.key != "alike:e1" for button in app.button)
    desk(place, case).receive("another", [[1, "undo"]])
    assert judged(place, case) == Judgments()


def test_items_are_given_a_new_origin_and_taken_out_again(place: Path) -> None:
    case = alike()
    app = on_page(place, case)
    for ids, origin, then in (
        (["e1", "e5"], "report-one", {"e1": "report-one", "e5": "report-one"}),
        (["e1", "e4"], "", {"e5": "report-one", "e4": ""}),
        (["e4", "e5"], "wire", {"e5": "wire"}),
    ):
        app.get_by_key("origin_items").set_value(ids).run()
        give_origin(app, origin)
        app.get_by_key("origin_give").click().run()
        assert not app.exception
        found = judged(place, case)
        assert found.origins == then
        assert headline(case, found) in said(app)
        assert app.get_by_key("origin_items").value == []


def test_what_is_no_origin_is_refused_and_stays_typed(place: Path) -> None:
    app = on_page(place, alike())
    app.get_by_key("origin_items").set_value(["e1"]).run()
    give_origin(app, "Not One")
    app.get_by_key("origin_give").click().run()
    assert "use lower-case letters" in app.warning[0].value.replace("\\", "")
    assert app.get_by_key("origin_given").value == "Not One"
    assert app.get_by_key("origin_items").value == ["e1"]
    assert judged(place, alike()) == Judgments()


# ------------------------------------------------------------------ the parts


def test_the_nearest_tipping_points_come_first() -> None:
    found = sensitivity(build(large(60, 4)))
    tips = tippings(found)
    ways = [_way(one) for _, one in tips]
    assert all(a <= b for a, b in pairwise(ways))
    assert {axis.kind for axis, _ in tips} <= {"evidence", "source"}


def test_equal_names_keep_rows_of_their_own() -> None:
    assert apart(["a", "b", "a"]) == ["a", "b", "a (2)"]


def test_days_are_thinned_evenly_with_the_chosen_and_the_last() -> None:
    days = by_day(build(large(1000, 3)))
    drawn = thinned(days, days[1].day)
    assert len(drawn) <= DAYS + 2
    assert {days[0], days[1], days[-1]} <= set(drawn)


def test_ranks_stand_as_everywhere_those_that_change_first() -> None:
    now = assess(build(make_case("E1: I C N -")))
    rows = [
        ("item", "E2", now.ranking, False),
        ("item", "E1", (("h1",), ("h2", "h3")), True),
    ]
    table = tables.ranks_table(now, rows)
    assert table["Name"].tolist() == ["E1", "E2"]
    assert table.iloc[0].tolist()[2:] == ["changes", "1", "2=", "2=", "–"]  # noqa: RUF001
