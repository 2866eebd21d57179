"""Who has signed in, as the claims of an OpenID Connect id token tell.

A person is the issuer and the subject: the two never change and are never given to
somebody else, while addresses and names are (OpenID Connect Core 1.0, section 5.7).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from workbench.case.entry import analyst_name
from workbench.errors import WorkbenchError
from workbench.record.rights import read_person

LONGEST: Final = 12 * 3600  # seconds that a sign-in lasts, however long the token does
_NAMES: Final = ("name", "preferred_username", "nickname", "email")


class SignInNeeded(WorkbenchError):
    """Nobody has signed in, or the sign-in is over."""


@dataclass(frozen=True)
class SignedIn:
    """Somebody who has signed in: ISSUER#SUBJECT, and the name told, "" for none."""

    identity: str
    name: str


def signed_in(claims: Mapping[str, Any], now: float) -> SignedIn | None:
    """Read the claims of a sign-in; None where there is none, or it is over.

    It is over when the token says so (`exp`), and LONGEST after it was issued (`iat`);
    a token without one of the two is none. `now` is in seconds since 1970.
    """
    issuer, subject = claims.get("iss"), claims.get("sub")
    expires, issued = claims.get("exp"), claims.get("iat")
    if claims.get("is_logged_in") is not True:
        return None
    if not isinstance(issuer, str) or not isinstance(subject, str) or "#" in issuer:
        return None
    until = _time(expires), _time(issued) + LONGEST
    if not all(now < one < math.inf for one in until):
        return None
    try:
        identity = read_person(f"{issuer}#{subject}")
    except WorkbenchError:
        return None
    return SignedIn(identity, _name(claims))


def _time(value: Any) -> float:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int | float):
        return -math.inf
    return value


def _name(claims: Mapping[str, Any]) -> str:
    for one in _NAMES:
        if isinstance(told := claims.get(one), str):
            try:
                return analyst_name(told)
            except WorkbenchError:
                continue
    return ""
