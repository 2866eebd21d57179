"""The commands on the entries of a ledger: list, verify, export, import."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from workbench.cli.opening import open_ledger
from workbench.cli.terminal import (
    AT_FAULT,
    DONE,
    STDOUT,
    TITLE,
    harmless_json,
    print_json,
    print_line,
    print_table,
    save,
    say,
)
from workbench.errors import WorkbenchError


def list_(arguments: Namespace) -> int:
    """Print the entries, oldest first."""
    from workbench.record.lines import entry_document

    with open_ledger(arguments) as ledger:
        entries = ledger.entries(arguments.analyst)
    if arguments.json:
        for entry in entries:
            print_json(entry_document(entry), indent=None)
        return DONE
    from workbench import wording

    if not entries:
        say("no entries")
        return DONE
    print_table(
        ("No.", "At", "Analyst", "What", "Where", "From", "To", "Because"),
        (
            (
                str(entry.seq),
                entry.at[:19].replace("T", " "),
                entry.analyst,
                entry.change.kind.value,
                " / ".join(
                    place
                    for place in (
                        entry.change.evidence or entry.change.source,
                        entry.change.hypothesis or entry.change.part,
                    )
                    if place
                ),
                wording.clipped(_value(entry.change.from_), TITLE),
                wording.clipped(_value(entry.change.to), TITLE),
                wording.clipped(entry.change.because, TITLE)
                or (f"(undoes {entry.change.undoes})" if entry.change.undoes else ""),
            )
            for entry in entries
        ),
        right=(0,),
    )
    return DONE


def _value(value: object) -> str:
    if value is None:
        return "baseline"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == "":
        return "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


def verify(arguments: Namespace) -> int:
    """Check that no entry was altered or is missing."""
    from workbench.wording import counted

    with open_ledger(arguments) as ledger:
        faults = ledger.verify()
        many = len(ledger.entries())
    for fault in faults:
        say(fault)
    if faults:
        say(f"workbench: {counted(len(faults), 'fault')} in the ledger")
        return AT_FAULT
    print_line(f"{counted(many, 'entry', 'entries')}, none altered or missing.")
    return DONE


def export(arguments: Namespace) -> int:
    """Write all entries as lines of JSON."""
    with open_ledger(arguments) as ledger:
        lines = [harmless_json(line) for line in ledger.export()]
    save("".join(f"{line}\n" for line in lines).encode(), arguments.output)
    return DONE


def import_(arguments: Namespace) -> int:
    """Merge the entries of another copy into this ledger."""
    name = arguments.file
    data = sys.stdin.buffer.read() if name == STDOUT else Path(name).read_bytes()
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise WorkbenchError(f"{name}:{line}: not a text in UTF-8") from error
    with open_ledger(arguments, make=True) as ledger:
        merged = ledger.merge(lines, name)
    from workbench.wording import counted

    added = counted(merged.added, "entry", "entries")
    print_line(f"{added} added, {merged.present} present already.")
    return DONE
