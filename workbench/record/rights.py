"""Who may do what in a case: asked where entries are written and others' are read.

Without a sign-in there is nobody to tell from another, and everybody is lead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from workbench.case.entry import Entry, EntryKind
from workbench.errors import WorkbenchError
from workbench.record.ledger import Ledger
from workbench.record.operations import Refused

_LONGEST: Final = 1_000  # characters of an issuer and a subject


class Role(StrEnum):
    """What somebody is in a case."""

    READER = "reader"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    LEAD = "lead"


class Act(StrEnum):
    """What can be done in a case."""

    READ = "read"
    JUDGE = "judge"
    COMMENT = "comment"
    EDIT = "edit"  # the case's own texts
    SNAPSHOT = "snapshot"
    SEE = "see"  # mark a break of the ledger as seen
    PUBLISH = "publish"
    ROUND = "round"
    GIVE_ROLES = "give-roles"


ALLOWED: Final[Mapping[Role, frozenset[Act]]] = {
    Role.READER: frozenset({Act.READ}),
    Role.ANALYST: frozenset({Act.READ, Act.JUDGE, Act.COMMENT, Act.EDIT, Act.SNAPSHOT}),
    Role.REVIEWER: frozenset({Act.READ, Act.COMMENT, Act.SEE}),
    Role.LEAD: frozenset(Act),
}


class NotAllowed(Refused):
    """What somebody's role in a case does not let them do; says whom to ask."""


def read_person(text: str) -> str:
    """Check the name of a person: ISSUER#SUBJECT, as the sign-in gives the two.

    Raises WorkbenchError.
    """
    issuer, _, subject = text.strip().partition("#")
    fits = issuer.startswith(("https://", "http://")) and subject
    if not fits or len(text) > _LONGEST or not text.strip().isprintable():
        raise WorkbenchError(
            f"{text!r} is no person; use ISSUER#SUBJECT, as the app shows it to "
            "whoever has signed in: https://id.example.org#1234"
        )
    return f"{issuer}#{subject}"


def read_role(text: str) -> Role:
    """Check the name of a role.

    Raises WorkbenchError.
    """
    try:
        return Role(text)
    except ValueError:
        allowed = ", ".join(Role)
        raise WorkbenchError(f"{text!r} is no role; use one of {allowed}") from None


def roles(entries: Iterable[Entry]) -> dict[str, Role]:
    """Give the role of each person that the entries come to, in the order stored.

    An entry by somebody signed in counts where they were lead when it was stored. A
    role that this program does not know lets nobody do anything.
    """
    found: dict[str, Role] = {}
    for entry in entries:
        roles_after(found, entry)
    return found


def roles_after(held: dict[str, Role], entry: Entry) -> None:
    """Take a further entry into the roles that those before it come to."""
    change = entry.change
    if change.kind is not EntryKind.ROLE or change.part is None:
        return
    if entry.identity is not None and held.get(entry.identity) is not Role.LEAD:
        return
    if change.to in set(Role):
        held[change.part] = Role(str(change.to))
    else:
        held.pop(change.part, None)


def role_in(entries: Iterable[Entry], identity: str | None) -> Role | None:
    """Give the role of who has signed in, by the role entries of a case."""
    return Role.LEAD if identity is None else roles(entries).get(identity)


def require(role: Role | None, act: Act) -> None:
    """Raise NotAllowed, which names the role, where it does not let one act so."""
    if role is None:
        raise NotAllowed("not allowed: you have no role in this case; ask a lead")
    if act not in ALLOWED[role]:
        raise NotAllowed(f"not allowed: your role in this case is {role}; ask a lead")


def role_of(ledger: Ledger, case: str, identity: str | None) -> Role | None:
    """Give the role of who has signed in, as the ledger of a case has it now.

    Without a sign-in nothing is asked of the ledger. Raises LedgerError.
    """
    if identity is None:
        return Role.LEAD
    return role_in(ledger.entries(case=case, kinds=[EntryKind.ROLE]), identity)


def require_reading(ledger: Ledger, case: str, identity: str | None) -> None:
    """Raise NotAllowed for who is not on a case; LedgerError where it cannot tell."""
    require(role_of(ledger, case, identity), Act.READ)
