"""What a round is at, in sentences."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from workbench.record.round_entries import Pass, Phase, Round
from workbench.wording.round_told import (
    Stand,
    describe_end,
    describe_pass,
    describe_round,
)

ROUND = Round(
    1, Phase.BLIND, ("a", "b"), "", "", "", (Pass(1, "2026-11-24T10:00:00.000000Z"),)
)
stands = st.builds(
    Stand,
    takes_part=st.booleans(),
    locked=st.booleans(),
    left=st.integers(0, 500),
    edited=st.lists(st.sampled_from(["E1 One", "E2 Two", "H1 So"]), max_size=9),
)


@given(st.sampled_from([Phase.BLIND, Phase.RERATING]), stands)
def test_who_rates_is_told_one_thing_to_do_and_who_looks_on_none(phase, stand):
    said = " ".join(describe_round(replace(ROUND, phase=phase), stand))
    todo = [
        "look again, and lock again" in said,
        "Your ratings are locked; until the reveal" in said,
        "rate in the Matrix, then lock" in said,
        "Every cell is rated: lock" in said,
        "You do not take part" in said,
    ]
    assert sum(todo) == 1
    assert todo[4] is not stand.takes_part
    assert todo[0] == (stand.takes_part and bool(stand.edited))


def test_a_deadline_is_said_and_who_had_not_locked():
    until = replace(ROUND, deadline="2026-11-25T18:00:00.000000Z")
    said = " ".join(describe_round(until, Stand(takes_part=True, left=1)))
    assert "until all have locked, or on 25 November 2026, 18:00 UTC" in said
    assert "1 cell is unrated" in said
    ended = replace(ROUND.now, ended="2026-11-25T18:00:00.000000Z", missing=("b",))
    told = describe_pass(ROUND, ended, {"a": "Ann", "b": "Ben"})
    assert told == (
        "In round 1 Ann and Ben rated blind from 24 November 2026, 10:00 UTC to "
        "25 November 2026, 18:00 UTC; Ben had not locked."
    )


@given(st.sets(st.sampled_from("abc")), st.sets(st.sampled_from("abc")))
def test_who_had_not_locked_and_who_could_not_are_told_apart(late, away):
    missing = tuple(sorted(late - away))
    one = Pass(1, "", missing=missing, away=tuple(sorted(away)))
    said = describe_end(one, {"a": "Ann", "b": "Ben", "c": "Cas"}, 3)
    names = {"a": "Ann", "b": "Ben", "c": "Cas"}
    assert all(names[who] in said for who in {*missing, *away})
    assert ("had not locked" in said) is bool(missing)
    assert ("had no role to rate with any more" in said) is bool(away)
    everybody = not missing and len(away) < 3
    assert ("all had locked" in said) is (everybody and not away)
    assert ("all others had locked" in said) is (everybody and bool(away))
