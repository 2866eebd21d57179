"""Open what a command's arguments name; nothing is printed or changed here."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from workbench.case.model import Case
from workbench.cli.terminal import STDOUT, say
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.case.comments import Comment
    from workbench.case.judgments import Judgments
    from workbench.method.matrix import Matrix
    from workbench.method.rerating import Again
    from workbench.record.chain import ChainEnd
    from workbench.record.desk import Desk
    from workbench.record.ledger import Ledger
    from workbench.team.round_story import Story


def load_case(arguments: Namespace) -> Case:
    """Read the case: of a folder, or of the store that is named.

    Raises ContentErrors, or WorkbenchError without a folder.
    """
    from workbench.case import folder

    if (url := _store(arguments)) is None:
        return folder.load(Path(arguments.case))
    from workbench.record.shelves import StoreShelf

    with store_at(url) as ledger:
        return StoreShelf(ledger, arguments.case).load()


def case_id(arguments: Namespace) -> str:
    """Give the id of the case, "" for a folder's case without one."""
    from workbench.case import folder

    if _store(arguments) is not None:
        return str(arguments.case)
    return folder.case_id(Path(arguments.case))


def _store(arguments: Namespace) -> str | None:
    """Give the URL of the store where CASE is a case's id in it; None for a folder.

    Raises WorkbenchError where the store has no such case.
    """
    if Path(arguments.case).is_dir() or not _is_id(arguments.case):
        return None
    if not (url := ledger_named(arguments)):
        return None
    from workbench.record.stored_cases import holds

    with store_at(url) as ledger:
        return url if holds(ledger, arguments.case) else None


def _is_id(text: str) -> bool:
    from workbench.case.model import ID_PATTERN

    return ID_PATTERN.fullmatch(text) is not None


def ledger_named(arguments: Namespace) -> str:
    """Give the URL that names a ledger or a store, "" where none is named."""
    from workbench.record import ledger

    found = getattr(arguments, "ledger", None) or os.environ.get(ledger.VARIABLE)
    return found or ""


def store_at(url: str, *, make: bool = False) -> contextlib.closing[Ledger]:
    """Open a store that was named.

    Raises WorkbenchError where none was, or it is not there and not to be made.
    """
    from workbench.record import ledger

    if not url:
        said = "name the store, with --ledger URL or in the variable"
        raise WorkbenchError(f"{said} {ledger.VARIABLE}")
    if not make and ledger.is_missing(url):
        raise WorkbenchError(f"--ledger: {url}: no such file")
    return contextlib.closing(ledger.Ledger(url))


@dataclass(frozen=True)
class Judged:
    """Judgments, whose they are (None: as published), how they stand in the ledger.

    again: how far the analyst agrees with themselves, None where that is not known.
    """

    judgments: Judgments
    analyst: str | None = None
    chain: ChainEnd | None = None
    again: Again | None = None


def load_judgments(arguments: Namespace, case: Case) -> Judged:
    """Give the judgments of the analyst asked for; else the published baseline.

    Where the case publishes no rating and one analyst rated it, those are given.
    Whatever a reader of the result must know of that is said.
    """
    from workbench.case.judgments import Judgments

    if arguments.analyst is None:
        return _unasked(arguments, case) or Judged(Judgments())
    from workbench.record.desk import desk_of

    with open_ledger(arguments) as ledger:
        tell_private(ledger, [case.question.id])
        return _judged(desk_of(ledger, case, arguments.analyst))


def tell_private(ledger: Ledger, cases: Iterable[str]) -> None:
    """Say where ratings are read that nobody on the team is shown now.

    Whoever types a command reads the store itself, which no round can keep from them.
    """
    from workbench.record.sight import sight_of

    for case in cases:
        found = sight_of(ledger, case, None, None).round
        if found is not None and found.is_private:
            of = f" of {case}" if case else ""
            say(
                f"workbench: round {found.number}{of} is {found.phase}: keep this "
                "from those who rate in it, and from each of them the others'"
            )


def _judged(desk: Desk) -> Judged:
    from workbench.record.second_look import again

    found = desk.chain_end()
    for one in found.breaks:
        say(f"workbench: in the ledger, {one}")
    return Judged(desk.judgments, desk.analyst, found, again(desk))


def _unasked(arguments: Namespace, case: Case) -> Judged | None:
    """Say whose ratings there are where none is published; one analyst's are taken."""
    if case.is_rated:
        return None
    from workbench.record.raters import raters, stand_in

    with open_ledger(arguments) as ledger:
        found = raters(ledger, case)
        name = stand_in(case, found)
        if name is not None:
            say(
                "workbench: no rating is published in this case; these are the ones "
                f"of {name}, who alone rated it"
            )
            return _judged(found[name])
    if found:
        say(
            f"workbench: no rating is published in this case; {', '.join(found)} "
            "rated it: name one with --analyst"
        )
    return None


def load_others(
    arguments: Namespace, case: Case, analyst: str | None
) -> dict[str, Judgments]:
    """Give the judgments of everybody else; of nobody beside the published case."""
    if analyst is None:
        return {}
    from workbench.record.analysts import judgments_of_others

    with open_ledger(arguments) as ledger:
        return judgments_of_others(ledger, case, analyst)


def load_said(
    arguments: Namespace, case: Case, analyst: str | None
) -> tuple[Comment, ...]:
    """Give what people said about the case; nothing beside the published case."""
    if analyst is None:
        return ()
    from workbench.record.talk import comments_in

    with open_ledger(arguments) as ledger:
        return comments_in(ledger, case, None, analyst)


def load_rounds(
    arguments: Namespace, case: Case, analyst: str | None
) -> tuple[Story, ...]:
    """Give the rounds of a case as far as they are revealed, beside an analyst's."""
    if analyst is None:
        return ()
    from workbench.team.round_story import stories

    with open_ledger(arguments) as ledger:
        return stories(ledger, case, None, analyst)


def open_ledger(
    arguments: Namespace, *, make: bool = False
) -> contextlib.closing[Ledger]:
    """Open the case's ledger; its own, if not there and not made, reads as empty.

    Raises WorkbenchError for a ledger that was named and is not there, or that knows
    the case by another folder.
    """
    from workbench.case import folder
    from workbench.record import ledger, sharing

    if (url := _store(arguments)) is not None:
        return store_at(url)
    case = Path(arguments.case)
    if not arguments.ledger and not case.is_dir():
        raise WorkbenchError(f"{case}: no such folder; name a case folder")
    if make and not arguments.ledger and not folder.is_case(case):
        raise WorkbenchError(f"{case}: no case ({folder.QUESTION_FILE} is missing)")
    named = arguments.ledger or os.environ.get(ledger.VARIABLE)
    url = named or ledger.own_url(case)
    if not make and arguments.ledger and ledger.is_missing(url):
        raise WorkbenchError(f"--ledger: {url}: no such file")
    found = ledger.Ledger(url) if make else ledger.reading(url)
    if named and folder.is_case(case):
        try:
            sharing.require_own(found, folder.case_id(case), case, note=make)
        except WorkbenchError:
            found.close()
            raise
    return contextlib.closing(found)


def open_store(arguments: Namespace, *, make: bool = False) -> Ledger:
    """Open the whole store that is named, else that of the case in this folder.

    Raises WorkbenchError where none is named and there is no case; unless it is to be
    made, also for one that is not there.
    """
    from workbench.case import folder
    from workbench.record import ledger

    here = Path()
    named = arguments.ledger or os.environ.get(ledger.VARIABLE)
    if not named and not folder.is_case(here):
        raise WorkbenchError("no case in this folder; name a store with --ledger URL")
    url = named or ledger.own_url(here)
    if not make and ledger.is_missing(url):
        raise WorkbenchError(f"{url}: no ledger there; name one with --ledger URL")
    return ledger.Ledger(url)


@contextlib.contextmanager
def reading(name: str) -> Iterator[BinaryIO]:
    """Open a file that a command names, - for standard input.

    Raises WorkbenchError for a pipe or a device, which may have no end.
    """
    if name == STDOUT:
        yield sys.stdin.buffer
        return
    mode = Path(name).stat().st_mode
    if stat.S_ISDIR(mode):
        raise WorkbenchError(f"{name}: a folder; name a file")
    if not stat.S_ISREG(mode):
        said = "a pipe or a device, not a file; give its content on standard input"
        raise WorkbenchError(f"{name}: {said}, with - for the file")
    with Path(name).open("rb") as stream:
        yield stream


def read_file(name: str, most: int) -> bytes:
    """Read a file that a command names, - for standard input, up to a size.

    Raises WorkbenchError for a pipe or a device, which may have no end.
    """
    with reading(name) as stream:
        return stream.read(most)


def build_matrix(arguments: Namespace) -> tuple[Matrix, Judged]:
    """Build the matrix of the case, its judgments and the rule asked for.

    Gives also the judgments, and whose they are.
    """
    from workbench.method.matrix import build

    case = load_case(arguments)
    found = load_judgments(arguments, case)
    matrix = build(
        case,
        found.judgments,
        arguments.rule,
        as_of=arguments.as_of,
        count_all=arguments.count_all,
    )
    return matrix, found
