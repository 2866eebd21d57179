"""What follows the commands that have actions of their own: case, role, ledger."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from workbench.cli import entries, membership, storing
from workbench.cli.options import add_case, add_json, add_ledger
from workbench.cli.terminal import STDOUT


def add_ledger_commands(parser: argparse.ArgumentParser) -> None:
    """Add what follows `workbench ledger`."""
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    def action(
        name: str, run: Callable[[argparse.Namespace], int], summary: str
    ) -> argparse.ArgumentParser:
        description = f"{summary[0].upper()}{summary[1:]}."
        one = actions.add_parser(name, help=summary, description=description)
        one.set_defaults(run=run)
        if name == "import":
            one.add_argument(
                "file", metavar="FILE", help="an export; - for standard input"
            )
        add_case(one)
        add_ledger(one)
        return one

    listing = action("list", entries.list_, "print the entries, oldest first")
    listing.add_argument("--analyst", metavar="A", help="of one analyst alone")
    listing.add_argument(
        "--json", action="store_true", help="print each entry as a line of JSON"
    )
    checking = action(
        "verify", entries.verify, "check the chains of hashes, and print their ends"
    )
    checking.add_argument(
        "--against",
        metavar="FILE|HASH",
        help="an earlier `verify --json` or export, or one hash: exit with 1 where an "
        "entry that it names is not here",
    )
    add_json(checking)
    export = action("export", entries.export, "write all entries as lines of JSON")
    export.add_argument(
        "-o",
        "--output",
        default=STDOUT,
        metavar="FILE",
        help="the file to write (default: standard output)",
    )
    action("import", entries.import_, "merge the entries of another copy into this one")


def add_case_commands(parser: argparse.ArgumentParser) -> None:
    """Add what follows `workbench case`."""
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    def action(
        name: str, run: Callable[[argparse.Namespace], int], summary: str, more: str
    ) -> argparse.ArgumentParser:
        description = f"{summary[0].upper()}{summary[1:]}. {more}"
        one = actions.add_parser(name, help=summary, description=description)
        one.set_defaults(run=run)
        return one

    listing = action("list", storing.list_, "print the cases of a store", "")
    add_json(listing)
    coming = action(
        "import",
        storing.import_,
        "bring a case folder into a store",
        "Every file of it, those that the workbench does not read among them, and what "
        "its own ledger holds. A case that is there already is never changed.",
    )
    coming.add_argument("folder", metavar="FOLDER", help="the case's folder")
    going = action(
        "export",
        storing.export,
        "write a case of a store into a folder",
        "With the same bytes in every file.",
    )
    going.add_argument("id", metavar="ID", help="the case's id, as `case list` has it")
    going.add_argument(
        "folder", metavar="FOLDER", help="the folder to make, new or empty"
    )
    for one in (listing, coming, going):
        add_ledger(one, "the store, as an SQLAlchemy URL (default: WORKBENCH_LEDGER)")


def add_role_commands(parser: argparse.ArgumentParser) -> None:
    """Add what follows `workbench role`."""
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    for name, run, summary in (
        ("list", membership.list_, "print who has which role"),
        ("set", membership.set_, "give somebody a role"),
        ("remove", membership.remove, "take somebody's role away"),
    ):
        description = f"{summary[0].upper()}{summary[1:]}."
        one = actions.add_parser(name, help=summary, description=description)
        one.set_defaults(run=run)
        add_case(one)
        if name != "list":
            one.add_argument(
                "--person",
                required=True,
                metavar="ISSUER#SUBJECT",
                help="who: the issuer and the subject that the sign-in tells",
            )
        if name == "set":
            one.add_argument(
                "--role",
                required=True,
                metavar="R",
                help="reader, analyst, reviewer or lead",
            )
        add_ledger(one)
