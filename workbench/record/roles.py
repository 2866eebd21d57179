"""The roles of a case: who has which, and how one is given; each change is an entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workbench.case.entry import Change, EntryKind
from workbench.errors import WorkbenchError
from workbench.record import callers
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.pen import Pen
from workbench.record.rights import Act, Role, require_reading, roles

CLIENT: Final = "role"
COMMAND_LINE: Final = "command line"  # who gives roles there: nobody who signed in


@dataclass(frozen=True)
class Member:
    """Somebody who has a role in a case, or who signed in to it.

    `name` is what they write under there, else the one that their sign-in told, which
    may be "".
    """

    person: str
    role: Role | None
    name: str


def members(ledger: Ledger, case: str, identity: str | None = None) -> list[Member]:
    """Give everybody who has a role in a case or tried its door, leads first.

    Raises NotAllowed for who is not on the case, and LedgerError.
    """
    require_reading(ledger, case, identity)
    given = roles(ledger.entries(case=case, kinds=[EntryKind.ROLE]))
    named = callers.names(ledger, case)
    found = [
        Member(person, given.get(person), named.get(person, ""))
        for person in {**given, **named}
    ]
    order = [*reversed(Role), None]
    return sorted(
        found,
        key=lambda one: (order.index(one.role), one.name.casefold(), one.person),
    )


def give(desk: Desk, person: str, role: Role | None) -> None:
    """Give somebody a role in the case of a desk, None to take it away.

    Raises NotAllowed where whoever sits at the desk is no lead, WorkbenchError where
    nothing would change or the case would be left without a lead, and LedgerError.
    """

    def compose(pen: Pen) -> Sequence[Change]:
        given = roles(pen.of_kind(EntryKind.ROLE))
        before = given.get(person)
        if before is role:
            standing = f"is {role} already" if role else "has no role here"
            raise WorkbenchError(f"{person} {standing}")
        leads = [one for one, held in given.items() if held is Role.LEAD]
        if leads == [person]:
            raise WorkbenchError(
                f"{person} is the only lead of this case; make somebody else lead first"
            )
        to = None if role is None else role.value
        from_ = None if before is None else before.value
        return [Change(EntryKind.ROLE, from_=from_, to=to, part=person)]

    desk.record(CLIENT, Act.GIVE_ROLES, compose, whole=True)
