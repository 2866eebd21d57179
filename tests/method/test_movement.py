"""What changed between two times of rating, towards the others or not, and why."""

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_case, make_judgments
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Rating
from workbench.method.movement import movement
from workbench.wording.round_told import describe_movement

CASE = make_case("E1: - -", "E2: - -")
CELLS = [(item.id, one.id) for item in CASE.evidence for one in CASE.hypotheses]
codes = st.sampled_from([*(one.value for one in Consistency), "-"])
judgments = st.fixed_dictionaries(dict.fromkeys(CELLS, codes)).map(make_judgments)
teams = st.dictionaries(st.sampled_from(["ann", "ben", "eve", "zoe"]), judgments)


def rated(code, because=""):
    return Judgments(ratings={("e1", "h1"): Rating(Consistency(code), because)})


def test_a_change_towards_the_middle_of_the_others_is_told_from_one_away():
    first = {"ann": rated("CC"), "ben": rated("I"), "eve": rated("II")}
    for code, towards in (("N", True), ("II", True), ("NA", False)):
        [one] = movement(CASE, first, first | {"ann": rated(code)})
        assert (one.analyst, one.after.value, one.towards) == ("ann", code, towards)
    [one] = movement(CASE, first, first | {"eve": rated("I")})
    assert one.towards
    [one] = movement(CASE, first, first | {"ben": rated("II")})
    assert not one.towards


def test_a_reason_of_before_is_no_new_one():
    first = {"ann": rated("CC", "An old  reason"), "ben": rated("II")}
    for because, bare in (("", True), ("An old reason", True), ("I read it", False)):
        [one] = movement(CASE, first, {"ann": rated("N", because)})
        assert one.is_bare is bare
        assert one.because == ("" if bare else because)


def test_one_alone_has_nobody_to_go_towards():
    [one] = movement(CASE, {"ann": rated("CC")}, {"ann": rated("II")})
    assert not one.towards


@given(teams)
def test_who_rates_alike_has_not_moved(team):
    assert movement(CASE, team, team) == ()
    assert describe_movement(()).startswith("Nobody changed")


@given(teams, teams)
def test_every_change_is_told_once_and_counted_under_one_head(first, second):
    found = movement(CASE, first, second)
    places = {(one.analyst, one.evidence, one.hypothesis) for one in found}
    assert len(places) == len(found)
    for name, own in second.items():
        for item in CASE.evidence:
            for one in CASE.hypotheses:
                was = first[name].rating(item, one.id) if name in first else None
                now = own.rating(item, one.id)
                differs = name in first and (was and was.consistency) != (
                    now and now.consistency
                )
                assert ((name, item.id, one.id) in places) == differs
    if found:
        said = describe_movement(found).partition(": ")[2]
        numbers = [int(word) for word in said.split() if word.isdigit()]
        assert sum(numbers) == len(found)


@given(teams, teams)
def test_a_name_moves_nobody(first, second):
    def turned(team):
        return {name[::-1]: own for name, own in team.items()}

    found = movement(CASE, turned(first), turned(second))
    named = [(one.analyst[::-1], one.evidence, one.towards) for one in found]
    plain = [
        (one.analyst, one.evidence, one.towards)
        for one in movement(CASE, first, second)
    ]
    assert named == plain
