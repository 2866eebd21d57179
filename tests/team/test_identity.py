"""Who has signed in: an issuer and a subject, for as long as both clocks allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workbench.team.identity import LONGEST, signed_in

NOW = 1_800_000_000
CLAIMS = {
    "is_logged_in": True,
    "iss": "https://id.example.org",
    "sub": "1234",
    "iat": NOW - 60,
    "exp": NOW + 3600,
    "name": " Anna  B. ",
}


def test_a_person_is_the_issuer_and_the_subject():
    found = signed_in(CLAIMS, NOW)
    assert (found.identity, found.name) == ("https://id.example.org#1234", "Anna B.")


@given(some.integers(-LONGEST, 2 * LONGEST), some.integers(0, 2 * LONGEST))
def test_a_sign_in_lasts_as_its_token_and_never_longer_than_ours(age, life):
    claims = {**CLAIMS, "iat": NOW - age, "exp": NOW - age + life}
    lasts = age < life and age < LONGEST
    assert (signed_in(claims, NOW) is not None) == lasts


@pytest.mark.parametrize(
    "changed",
    [
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"iss": None},
        {"iss": "https://id.example.org#x"},
        {"iss": "id.example.org"},
        {"sub": ""},
        {"sub": 7},
        {"sub": "a\nb"},
        {"exp": None},
        {"exp": "later"},
        {"exp": True},
        {"exp": float("nan")},
        {"exp": float("inf")},
        {"iat": None},
    ],
)
def test_what_does_not_say_who_and_how_long_is_no_sign_in(changed):
    assert signed_in({**CLAIMS, **changed}, NOW) is None
    assert signed_in({}, NOW) is None


def test_a_name_is_the_first_that_can_be_one():
    others = {"name": "x" * 200, "preferred_username": 7, "email": "a@example.org"}
    assert signed_in({**CLAIMS, **others}, NOW).name == "a@example.org"
    assert signed_in({**CLAIMS, "name": None}, NOW).name == ""
