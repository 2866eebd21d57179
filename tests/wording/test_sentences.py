"""Every sentence about robustness is true: its claims are read back and tried out.

What a sentence says is parsed from its words alone; whether that is so is found by
changing the case or the judgments and assessing anew, never by asking the analysis that
the sentence was composed from.
"""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings, strategies

from tests.method.brute_force import random_case
from workbench import wording
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Rating, Rule
from workbench.method.lead_map import Axis, lead_map, moved
from workbench.method.matrix import Matrix, build
from workbench.method.origins import effective_items, origins
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment, assess, every_rule
from workbench.method.sensitivity import Reach, by_day, sensitivity
from workbench.wording.fragility import (
    cell_change,
    describe_change,
    describe_day,
    describe_deceived,
    describe_pair,
    tipped,
)
from workbench.wording.ranking import describe_ranking, describe_rules
from workbench.wording.sources import describe_evenness, describe_origins

SCALE = ("CC", "C", "N", "I", "II")
CELL = re.compile(r"(E\d) against (H\d), (\w+) to (\w+)")
NAMES = r"H\d(?:(?:, H\d)* and H\d)?"


def built(seed: int) -> Matrix:
    """Build a random matrix; three in four are large enough to hang on something."""
    small = seed % 4 == 0
    case, judgments, rule, count_all = random_case(
        seed,
        items=None if small else 3 + seed % 3,
        hypotheses=None if small else 2 + seed % 3,
    )
    return build(case, judgments, rule, count_all=count_all)


MATRICES = strategies.integers(0, 10**6).map(built)


def again(
    matrix: Matrix, judgments: Judgments | None = None, rule: Rule | None = None
) -> Assessment:
    """Assess the case anew under other judgments or another rule."""
    basis = matrix.basis
    own = judgments or basis.judgments
    return assess(build(basis.case, own, rule or basis.rule, count_all=basis.count_all))


def rated(matrix: Matrix, cells: dict[tuple[str, str], str]) -> Assessment:
    """Assess with some cells, named by labels, rated otherwise."""
    items = {e.label: e.id for e in matrix.evidence}
    columns = {h.label: h.id for h in matrix.hypotheses}
    ratings = {
        (items[e], columns[h]): Rating(Consistency(code))
        for (e, h), code in cells.items()
    }
    return again(matrix, replace(matrix.basis.judgments, ratings=ratings))


def without(matrix: Matrix, ids: set[str]) -> Assessment:
    """Assess with some items left out."""
    own = matrix.basis.judgments
    gone = dict(own.exclusions) | dict.fromkeys(ids, True)
    return again(matrix, replace(own, exclusions=gone))


def rated_cells(matrix: Matrix) -> dict[tuple[str, str], str]:
    """Give the code of each cell rated CC to II, by labels."""
    return {
        (item.label, h.label): SCALE[code]
        for item, codes in zip(matrix.evidence, matrix.codes.tolist(), strict=True)
        for h, code in zip(matrix.hypotheses, codes, strict=True)
        if code < len(SCALE)
    }


def labels(assessment: Assessment, ids: tuple[str, ...]) -> list[str]:
    return [assessment.standing[id_].label for id_ in ids]


def read_names(text: str) -> list[str]:
    return re.findall(r"H\d", text)


def is_ahead(assessment: Assessment, one: str, other: str) -> bool:
    """Whether a hypothesis, by label, stands strictly ahead of another."""
    order = [labels(assessment, group) for group in assessment.ranking]
    place = {label: n for n, group in enumerate(order) for label in group}
    return place[one] < place[other]


def nothing_passes(matrix: Matrix, leader: str, steps: int, seed: int) -> None:
    """Check that no rival passes when every cell of a pair moves against the leader."""
    cells = rated_cells(matrix)
    ends = [(0, 4), (4, 0)]  # whatever the rule likes, one of the two is the worst
    for rival in {h for _, h in cells} - {leader}:
        for lead_end, rival_end in ends:
            then = {}
            for (e, h), code in cells.items():
                if h in (leader, rival):
                    to = lead_end if h == leader else rival_end
                    at = SCALE.index(code)
                    at += max(-steps, min(steps, to - at))
                    then[e, h] = SCALE[at]
            assert leader in labels_first(rated(matrix, then))
    rng = Random(seed)
    for _ in range(10):
        then = {
            cell: rng.choice(
                [c for c in SCALE if abs(SCALE.index(c) - SCALE.index(code)) <= steps]
            )
            for cell, code in cells.items()
        }
        assert leader in labels_first(rated(matrix, then))


def labels_first(assessment: Assessment) -> list[str]:
    return labels(assessment, assessment.leaders)


# ------------------------------------------------------------------ the whole order


def check_order(text: str, there: Assessment) -> None:
    """Check a whole order with its scores: "By inconsistency, least first: ..."."""
    measure, end, parts = re.search(
        r"By ([a-z ]+), (least|most) first: (.+)\.$", text
    ).groups()
    assert measure == SCHEMES[there.rule].title.lower()
    assert (end == "least") == SCHEMES[there.rule].least_first
    groups = []
    for part in parts.split("; "):
        names, tie, score = re.fullmatch(
            r"(.+?)( \(a tie\))? at (-?[\d.]+)", part
        ).groups()
        groups.append(read_names(names))
        assert bool(tie) == (len(groups[-1]) > 1)
        for label in groups[-1]:
            (one,) = [h for h in there.hypotheses if h.label == label]
            # 1e-9 is what a tie may hide within a group
            assert float(score) == pytest.approx(one.score, abs=0.00501)
    assert groups == [labels(there, group) for group in there.ranking]


@given(MATRICES, strategies.data())
def test_a_day_is_told_as_it_was_with_the_evidence_up_to_it(matrix, data):
    days = by_day(matrix)
    assume(days)
    day = data.draw(strategies.sampled_from(days))
    said = describe_day(assess(matrix), day)
    basis = matrix.basis
    there = assess(
        build(
            basis.case,
            basis.judgments,
            basis.rule,
            as_of=day.day,
            count_all=basis.count_all,
        )
    )
    named, count = re.match(r"Up to (\S+) there (?:is|are) (\d+) items?", said).groups()
    assert named == day.day.isoformat()
    assert int(count) == len(there.matrix.evidence)
    if there.ranking:
        check_order(said, there)
    else:
        assert said.endswith("nothing is ranked yet.")


@given(MATRICES, strategies.data())
def test_a_pair_of_emphases_is_told_as_the_judgments_that_hold_it_come_out(
    matrix, data
):
    axes = [Axis("evidence", e.id) for e in matrix.evidence]
    axes += [Axis("source", s.id) for s in matrix.basis.case.sources]
    assume(len(axes) > 1)
    x, y = data.draw(
        strategies.lists(
            strategies.sampled_from(axes), min_size=2, max_size=2, unique=True
        )
    )
    steps = strategies.integers(0, 40).map(lambda step: step / 20)
    at = (data.draw(steps), data.draw(steps))
    said = describe_pair(
        assess(moved(matrix, dict(zip((x, y), at, strict=True)))), at, now=False
    )
    own = matrix.basis.judgments
    to = {(x.kind, x.id): at[0], (y.kind, y.id): at[1]}
    items = {i: v for (k, i), v in to.items() if k == "evidence"}
    sources = {i: v for (k, i), v in to.items() if k == "source"}
    there = again(
        matrix,
        replace(
            own,
            emphases={**own.emphases, **items},
            source_emphases={**own.source_emphases, **sources},
        ),
    )
    across, up = re.match(r"At ([\d.]+) across and ([\d.]+) up \(tried", said).groups()
    assert (float(across), float(up)) == at
    if there.ranking:
        check_order(said, there)
        assert describe_ranking(there) in said
    else:
        assert said.endswith("nothing is ranked yet.")


# ------------------------------------------------------------------ what it takes


@settings(deadline=None)
@given(MATRICES, strategies.sampled_from(Reach), strategies.integers(0, 10**6))
def test_the_cells_said_to_put_a_rival_ahead_of_the_leader_do(matrix, reach, seed):
    found = sensitivity(matrix)
    said = describe_change(found, reach)
    now = again(matrix)
    if said.startswith("The first place is shared"):
        assert len(now.leaders) > 1
        return
    steps = 1 if reach is Reach.ONE_STEP else len(SCALE)
    if said.startswith("No change of ratings"):
        assert ("in moves of one step" in said) == (reach is Reach.ONE_STEP)
        for leader in labels_first(now):
            nothing_passes(matrix, leader, steps, seed)
        return
    size, rival, passed, third = re.match(
        r"(\d+) cells?(?: in moves of one step)? puts? (H\d) ahead of (H\d)"
        r"(?:, and (.+?) first(?: \(a tie\))?)?:$",
        said,
    ).groups()
    (leader,) = labels_first(now)
    assert passed == leader
    change = found.one_step_change if reach is Reach.ONE_STEP else found.any_change
    texts = [cell_change(now, cell) for cell in change.cells]
    present = rated_cells(matrix)
    then = {}
    for text in texts:
        e, h, from_, to = CELL.match(text).groups()
        assert present[e, h] == from_
        assert 0 < abs(SCALE.index(from_) - SCALE.index(to)) <= steps
        then[e, h] = to
    assert len(then) == int(size)
    assert is_ahead(rated(matrix, then), rival, leader)
    assert labels_first(rated(matrix, then)) == (read_names(third or "") or [rival])


@settings(deadline=None)
@given(MATRICES)
def test_a_tipping_point_is_where_it_is_said_to_be_and_not_before(matrix):
    now = again(matrix)
    found = sensitivity(matrix)
    own = matrix.basis.judgments

    def at(kind: str, id_: str, emphasis: float) -> list[str]:
        name = "emphases" if kind == "evidence" else "source_emphases"
        values = {**getattr(own, name), id_: emphasis}
        return labels_first(again(matrix, replace(own, **{name: values})))

    for kind, each in (
        ("evidence", found.tipping_items),
        ("source", found.tipping_sources),
    ):
        for one in each:
            for tip, way in ((one.below, -1), (one.above, 1)):
                if tip is None:
                    end = 0.0 if way < 0 else 2.0
                    for part in (0.25, 0.5, 0.75, 1.0):
                        there = one.emphasis + (end - one.emphasis) * part
                        assert at(kind, one.id, there) == labels_first(now)
                    continue
                said = tipped(now, tip)
                names, verb = re.fullmatch(rf"({NAMES}) (leads|tie)", said).groups()
                assert (verb == "tie") == (len(read_names(names)) > 1)
                beyond = min(2.0, max(0.0, tip.emphasis + way * 1e-6))
                assert read_names(names) in (
                    at(kind, one.id, beyond),
                    at(kind, one.id, tip.emphasis),
                )
                assert read_names(names) != labels_first(now)
                before = (one.emphasis + tip.emphasis) / 2
                if abs(tip.emphasis - one.emphasis) > 1e-6:
                    assert at(kind, one.id, before) == labels_first(now)


# ------------------------------------------------------------------ what it rests on


@given(MATRICES)
def test_the_opposite_of_what_a_source_says_does_what_is_said(matrix):
    now = again(matrix)
    said = describe_deceived(sensitivity(matrix, now))
    alone: dict[str, set[str]] = {}
    for item in matrix.evidence:
        cited = {c.source for c in item.sources}
        if len(cited) == 1:
            alone.setdefault(cited.pop(), set()).add(item.id)
    told = {}
    for text in said:
        name, then = re.fullmatch(
            r"Were the opposite of what “(\w+)” alone says true, (.+)\.", text
        ).groups()
        told[name.lower()] = then
    for source, ids in alone.items():
        there = opposite(matrix, ids)
        assert (source in told) == (there.leaders != now.leaders)
        if source in told:
            check_first(told[source], there)


def opposite(matrix: Matrix, ids: set[str]) -> Assessment:
    """Assess with what some items say turned round."""
    by_id = {item.id: item.label for item in matrix.evidence}
    turned = {by_id[id_] for id_ in ids}
    return rated(
        matrix,
        {
            cell: SCALE[4 - SCALE.index(code)]
            for cell, code in rated_cells(matrix).items()
            if cell[0] in turned
        },
    )


def check_first(text: str, there: Assessment) -> None:
    if not there.ranking:
        assert text == "nothing would be ranked"
    elif len(there.leaders) > 1:
        assert text.endswith(" would share the first place")
        assert read_names(text) == labels_first(there)
    else:
        assert text == f"{labels_first(there)[0]} would come first"


@given(MATRICES)
def test_the_rules_are_said_to_put_first_whom_they_put_first(matrix):
    said = describe_rules(every_rule(matrix))
    leaders = {rule: labels_first(again(matrix, rule=rule)) for rule in Rule}
    if not any(leaders.values()):
        assert said == "Nothing is rated yet under any rule."
        return
    if "alone has a rank" in said:
        every = every_rule(matrix).values()
        assert max(len(sum(one.ranking, ())) for one in every) == 1
        return
    if all_of := re.match(r"All 6 published rules put (.+?) first: ", said):
        assert {tuple(one) for one in leaders.values()} == {
            tuple(read_names(all_of[1]))
        }
        return
    head, parts = said.removesuffix(". The answer hangs on the choice of rule.").split(
        ": ", 1
    )
    assert head == "The published rules do not agree on who comes first"
    rules = {scheme.title.lower(): rule for rule, scheme in SCHEMES.items()}
    told = {}
    for part in parts.split("; "):
        names, titles = part.split(" under ")
        for title in re.split(", | and ", titles):
            told[rules[title]] = read_names(names)
            assert ("(a tie)" in names) == (len(told[rules[title]]) > 1)
    assert told == leaders


@given(MATRICES)
def test_how_unevenly_items_weigh_is_said_as_their_weights_have_it(matrix):
    units: dict[str, float] = {}
    own = matrix.basis.judgments
    now = again(matrix)
    for item, one in zip(matrix.evidence, now.evidence, strict=True):
        unit = own.origin(item) or item.label
        units[unit] = units.get(unit, 0.0) + one.weight
    square = sum(w * w for w in units.values())
    wanted = sum(units.values()) ** 2 / square if square else 0.0
    said = describe_evenness(len(matrix.evidence), effective_items(matrix))
    if not matrix.evidence:
        assert said == "No item takes part."
        return
    if alike := re.fullmatch(r"(\d+) items, which weigh alike\.", said):
        assert int(alike[1]) == len(matrix.evidence) == pytest.approx(wanted)
        return
    count, effective = re.match(
        r"(\d+) items?, whose weights are as uneven as if ([\d.]+) of equal", said
    ).groups()
    assert int(count) == len(matrix.evidence)
    assert float(effective) == pytest.approx(wanted, abs=0.0501)


@given(MATRICES)
def test_origins_are_counted_as_they_are_named(matrix):
    own = matrix.basis.judgments
    named = [origin for item in matrix.evidence if (origin := own.origin(item))]
    said = describe_origins(matrix, origins(matrix))
    if not named:
        assert said == (
            f"None of the {wording.counted(len(matrix.evidence), 'item')} names an "
            "origin."
        )
        return
    naming, of, groups, alone = re.match(
        r"(\d+) of the (\d+) items? names? an origin \((\d+) origins?\); "
        r"(\d+) stands? alone\.",
        said,
    ).groups()
    assert int(naming) == len(named)
    assert int(of) == len(matrix.evidence)
    assert int(groups) == len(set(named))
    assert int(alone) == len(matrix.evidence) - len(named)
    assert ("counted in full" in said) == matrix.basis.count_all


@given(MATRICES)
def test_a_square_of_the_map_is_what_is_said_at_its_middle(matrix):
    axes = [Axis("evidence", e.id) for e in matrix.evidence]
    assume(len(axes) > 1)
    found = lead_map(matrix, axes[0], axes[1], steps=3)
    for up, row in zip(found.values, found.leaders, strict=True):
        for across, leaders in zip(found.values, row, strict=True):
            there = assess(moved(matrix, {axes[0]: across, axes[1]: up}))
            said = describe_pair(there, (across, up), now=False)
            first = re.search(r"first: (.+?) at ", said)
            names = read_names(first[1]) if first else []
            assert names == labels(there, leaders)
