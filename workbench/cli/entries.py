"""The commands on the entries of a ledger: list, verify, export, import."""

from __future__ import annotations

import io
import json
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final

from workbench.cli.asked_for import (
    case_id,
    open_ledger,
    read_file,
    reading,
    tell_private,
)
from workbench.cli.terminal import (
    AT_FAULT,
    DONE,
    TITLE,
    harmless_json,
    print_json,
    print_line,
    print_table,
    save,
    say,
)
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.case.entry import Entry
    from workbench.record.rows import Filed
    from workbench.record.verifying import Verified

_LONGEST: Final = 4_000_000  # bytes of a line: each of its texts at its longest
_LONGEST_NOTE: Final = 200_000_000


def list_(arguments: Namespace) -> int:
    """Print the entries, oldest first."""
    from workbench.record.lines import entry_document

    with open_ledger(arguments) as ledger:
        tell_private(ledger, ledger.cases())
        entries = _readable(ledger.read(arguments.analyst))
    if arguments.json:
        for entry in entries:
            print_json(entry_document(entry), indent=None)
        return DONE
    if not entries:
        say("no entries")
        return DONE
    several = len({entry.case for entry in entries}) > 1
    print_table(
        (
            *("No.", "At", *(["Case"] if several else []), "Analyst", "What"),
            *("Where", "From", "To", "Because"),
        ),
        (_row(entry, several=several) for entry in entries),
        right=(0,),
    )
    return DONE


def _readable(found: list[Filed]) -> list[Entry]:
    """Leave out what cannot be read, and say so."""
    from workbench.record.rows import Unread

    entries = []
    for one in (filed.found for filed in found):
        if isinstance(one, Unread):
            said = f"left out, since it cannot be read ({one.why})"
            say(f"workbench: entry {one.seq} by {one.analyst}: {said}")
        else:
            entries.append(one)
    return entries


def _row(entry: Entry, *, several: bool) -> tuple[str, ...]:
    from workbench import wording

    change = entry.change
    places = (
        change.evidence or change.source,
        change.hypothesis or change.part,
    )
    because = wording.clipped(change.because, TITLE)
    return (
        str(entry.seq),
        entry.at[:19].replace("T", " "),
        *([entry.case or ""] if several else []),
        entry.analyst,
        str(change.kind),
        " / ".join(place for place in places if place),
        wording.clipped(_value(change.from_), TITLE),
        wording.clipped(_value(change.to), TITLE),
        because or (f"(undoes {change.undoes})" if change.undoes else ""),
    )


def _value(value: object) -> str:
    if value is None:
        return "baseline"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == "":
        return "none"
    return f"{value:g}" if isinstance(value, float) else str(value)


def verify(arguments: Namespace) -> int:
    """Check the chains of hashes, and that what a note names is there."""
    from workbench.record import verifying

    expected = []
    if against := arguments.against:
        text = against if verifying.is_hash(against) else _note(against)
        expected = verifying.read_note(text, against)
    with open_ledger(arguments) as ledger:
        found = verifying.verify(ledger, expected)
    if arguments.json:
        print_json(found.document())
    else:
        _print_verified(found, against)
    return AT_FAULT if found.faults else DONE


def _print_verified(found: Verified, against: str | None) -> None:
    from workbench.wording import counted

    several = len({chain.case for chain in found.chains}) > 1
    for chain in found.chains:
        whose = f"{chain.case}, {chain.analyst}" if several else chain.analyst
        many = counted(len(chain), "entry", "entries")
        heads = ", ".join(chain.heads) or "none that no other follows"
        print_line(f"{whose}: {many}, last {heads}")
        for one in chain.set_aside:
            say(f"set aside: {one}")
    for fault in found.faults:
        say(fault)
    if found.faults:
        say(f"workbench: {counted(len(found.faults), 'fault')} in the ledger")
        return
    many = counted(found.many, "entry", "entries")
    print_line(f"{many}: each fits its hash and follows the one before it.")
    if against:
        print_line(f"Everything that {against} names is here.")
    else:
        print_line(
            "That the newest entries were cut off does not show in the ledger itself: "
            "keep what --json prints, and compare with --against FILE later."
        )


def export(arguments: Namespace) -> int:
    """Write all entries as lines of JSON."""
    from workbench.record.lines import entry_document

    with open_ledger(arguments) as ledger:
        tell_private(ledger, ledger.cases())
        entries = _readable(ledger.read())
    lines = (json.dumps(entry_document(one), ensure_ascii=False) for one in entries)
    text = "".join(f"{harmless_json(line)}\n" for line in lines)
    save(text.encode(), arguments.output)
    return DONE


def import_(arguments: Namespace) -> int:
    """Merge the entries of another copy into this ledger."""
    from workbench.case.entry import EntryKind
    from workbench.record.rights import roles
    from workbench.record.roles import COMMAND_LINE
    from workbench.record.round_entries import rounds
    from workbench.wording import counted

    file = arguments.file
    own = case_id(arguments)
    kinds = [EntryKind.ROLE, EntryKind.ROUND]
    with reading(file) as stream, open_ledger(arguments, make=True) as ledger:
        before = ledger.entries(case=own, kinds=kinds)
        merged = ledger.merge(_lines(stream, file), file, own, COMMAND_LINE)
        after = ledger.entries(case=own, kinds=kinds)
    added = counted(merged.added, "entry", "entries")
    print_line(f"{added} added, {merged.present} present already.")
    if others := [case for case in merged.cases if case not in ("", own)]:
        print_line(f"Some are about other cases: {', '.join(others)}.")
    if roles(before) != roles(after):
        print_line("Who may do what in this case changed: see workbench role list.")
    if rounds(before) != rounds(after):
        print_line("Its rounds changed: see the page Team.")
    if merged.apart:
        them = counted(merged.apart, "entry follows", "entries follow")
        print_line(f"{them} one that is neither in the file nor here.")
    return DONE


def _lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """Read lines one by one, however many there are.

    Raises WorkbenchError, naming the line, for one that is too long or no text.
    """
    number = 0
    while data := stream.readline(_LONGEST + 1):
        number += 1
        if len(data) > _LONGEST:
            most = f"{_LONGEST // 1_000_000} MB"
            raise WorkbenchError(f"{name}:{number}: longer than {most}; no entry is")
        yield _decoded(
            data, f"{name}:{number}", "utf-8-sig" if number == 1 else "utf-8"
        )


def _note(name: str) -> str:
    data = read_file(name, _LONGEST_NOTE + 1)
    if len(data) > _LONGEST_NOTE:
        most = f"{_LONGEST_NOTE // 1_000_000} MB"
        raise WorkbenchError(f"{name}: more than {most}; no note of a ledger is")
    return "".join(_lines(io.BytesIO(data), name))


def _decoded(data: bytes, where: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise WorkbenchError(f"{where}: not a text in UTF-8") from error
