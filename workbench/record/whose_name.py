"""The name that somebody signed in writes under: theirs to choose, and theirs alone.

In a case a name belongs to whoever first wrote under it; from then on they keep it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from workbench.errors import WorkbenchError


def own_name(owners: Mapping[str, str | None], identity: str, wanted: str) -> str:
    """Give the name that somebody has in a case, else the one wanted or one like it.

    `owners` are the names written under there, and whose each is.
    """
    if (found := name_of(owners, identity)) is not None:
        return found
    numbered = (f"{wanted[:70]} {number}" for number in itertools.count(2))
    return next(one for one in itertools.chain([wanted], numbered) if one not in owners)


def name_of(owners: Mapping[str, str | None], identity: str) -> str | None:
    """Give the name that somebody has written under in a case, None for none."""
    return next((name for name, who in owners.items() if who == identity), None)


def require_free(owners: Mapping[str, str | None], identity: str, name: str) -> None:
    """Raise WorkbenchError, which says why, where somebody cannot have a name."""
    own = name_of(owners, identity)
    if own is not None and own != name:
        raise WorkbenchError(
            f"What you did in this case is kept under the name {own}, which stays."
        )
    if own is None and name in owners:
        raise WorkbenchError(f"The name {name} is another's in this case.")
