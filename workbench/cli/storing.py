"""The commands on the cases whose documents are in a store: list, import, export."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from workbench.cli.asked_for import ledger_named, store_at
from workbench.cli.terminal import DONE, print_json, print_line, print_table, say
from workbench.errors import WorkbenchError


def list_(arguments: Namespace) -> int:
    """Print the cases of a store."""
    from workbench.record.shelves import StoreShelf
    from workbench.record.stored_cases import listed

    with store_at(ledger_named(arguments)) as ledger:
        found = [(one, StoreShelf(ledger, one.case).load()) for one in listed(ledger)]
    if arguments.json:
        print_json(
            [
                {
                    "id": one.case,
                    "title": case.question.title,
                    "hypotheses": len(case.hypotheses),
                    "evidence": len(case.evidence),
                    "changed": one.changed,
                }
                for one, case in found
            ]
        )
        return DONE
    if not found:
        say("no case in this store; bring one in: workbench case import FOLDER")
        return DONE
    rows = (
        (
            one.case,
            case.question.title,
            str(len(case.hypotheses)),
            str(len(case.evidence)),
            one.changed[:16].replace("T", " "),
        )
        for one, case in found
    )
    heads = ("Id", "Title", "Hypotheses", "Items", "Changed (UTC)")
    print_table(heads, rows, right=(2, 3))
    return DONE


def import_(arguments: Namespace) -> int:
    """Bring a case folder into a store, with what its own ledger holds."""
    from workbench.case.entry import EntryKind
    from workbench.record import sharing
    from workbench.record.rights import Role, roles
    from workbench.record.roles import COMMAND_LINE
    from workbench.record.stored_cases import bring, bundle, holds
    from workbench.wording import counted

    where = Path(arguments.folder)
    url = ledger_named(arguments)
    with store_at(url, make=True) as ledger:
        found = bundle(where)
        if not holds(ledger, found.case):
            sharing.require_own(ledger, found.case, where, note=False)
        name = where.resolve().name
        (is_new,) = bring(ledger, [found], origin=name, by=COMMAND_LINE)
        given = roles(ledger.entries(case=found.case, kinds=[EntryKind.ROLE]))
    many = counted(len(found.files), "file")
    if is_new:
        print_line(f"{found.case}: {many} brought into the store.")
    else:
        print_line(f"{found.case}: in the store already, with the same {many}.")
    if found.lines:
        entries = counted(len(found.lines), "entry", "entries")
        print_line(f"With it {entries} of the folder's own ledger.")
    if leads := [who for who, role in given.items() if role is Role.LEAD]:
        print_line(f"Its leads are {', '.join(leads)}.")
    say("The folder is a copy from now on: what is changed there changes nothing here.")
    if not leads:
        say("Where people sign in, give it a first lead: workbench role set")
        say(f'{found.case} --person "ISSUER#SUBJECT" --role lead')
    return DONE


def export(arguments: Namespace) -> int:
    """Write a case of a store into a folder that is new or empty."""
    from workbench.case.packing import unpack
    from workbench.record.stored_cases import given_out
    from workbench.wording import counted

    where = Path(arguments.folder)
    with store_at(ledger_named(arguments)) as ledger:
        contents = given_out(ledger, arguments.id)
    if not contents:
        raise WorkbenchError(f"{arguments.id}: has no files")
    unpack(contents, where)
    print_line(f"{where}: {counted(len(contents), 'file')} of {arguments.id}.")
    say("Judgments stay in the store: workbench ledger export has them as lines.")
    return DONE
