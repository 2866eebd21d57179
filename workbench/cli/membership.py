"""The commands on who may do what in a case: list, set, remove."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from workbench.cli.asked_for import load_case, open_ledger
from workbench.cli.terminal import DONE, print_line, print_table, say

if TYPE_CHECKING:
    from workbench.record.rights import Role


def list_(arguments: Namespace) -> int:
    """Print who has which role, and who signed in and has none."""
    from workbench.record.roles import members

    case = load_case(arguments)
    with open_ledger(arguments) as ledger:
        found = members(ledger, case.question.id)
    if not found:
        say(
            "nobody has a role in this case, so that nobody who signs in reaches it; "
            'workbench role set --person "ISSUER#SUBJECT" --role lead'
        )
        return DONE
    rows = ((one.role or "none", one.name, one.person) for one in found)
    print_table(("Role", "Name", "Person"), rows)
    return DONE


def set_(arguments: Namespace) -> int:
    """Give somebody a role."""
    from workbench.record.rights import read_role

    return _give(arguments, read_role(arguments.role))


def remove(arguments: Namespace) -> int:
    """Take somebody's role away."""
    return _give(arguments, None)


def _give(arguments: Namespace, role: Role | None) -> int:
    from workbench.record.desk import Desk
    from workbench.record.rights import read_person
    from workbench.record.roles import COMMAND_LINE, give

    person = read_person(arguments.person)
    case = load_case(arguments)
    with open_ledger(arguments, make=True) as ledger:
        give(Desk(ledger, case, COMMAND_LINE), person, role)
    print_line(f"{person} {f'is {role} now' if role else 'has no role now'}.")
    return DONE
