"""Open what a command's arguments name; nothing is printed or changed here."""

from __future__ import annotations

import contextlib
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.case.model import Case
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.case.judgments import Judgments
    from workbench.method.matrix import Matrix
    from workbench.record.ledger import Ledger


def load_case(arguments: Namespace) -> Case:
    """Read the case.

    Raises ContentErrors, or WorkbenchError without a folder.
    """
    from workbench.case import folder

    return folder.load(Path(arguments.case))


def load_judgments(arguments: Namespace, case: Case) -> Judgments:
    """Give the judgments of the analyst asked for; the empty ones are the baseline."""
    from workbench.case.judgments import Judgments

    if arguments.analyst is None:
        return Judgments()
    from workbench.record.desk import judgments_of

    with open_ledger(arguments) as ledger:
        return judgments_of(ledger, case, arguments.analyst)


def open_ledger(
    arguments: Namespace, *, make: bool = False
) -> contextlib.closing[Ledger]:
    """Open the case's ledger; its own, if not there and not made, reads as empty.

    Raises WorkbenchError for a ledger that was named and is not there.
    """
    from workbench.case import folder
    from workbench.record import ledger

    case = Path(arguments.case)
    if not arguments.ledger and not case.is_dir():
        raise WorkbenchError(f"{case}: no such folder; name a case folder")
    if make and not arguments.ledger and not folder.is_case(case):
        raise WorkbenchError(f"{case}: no case ({folder.QUESTION_FILE} is missing)")
    url = arguments.ledger or ledger.default_url(case)
    if make:
        return contextlib.closing(ledger.Ledger(url))
    if arguments.ledger and ledger.is_missing(url):
        raise WorkbenchError(f"--ledger: {url}: no such file")
    return contextlib.closing(ledger.reading(url))


def build_matrix(arguments: Namespace) -> Matrix:
    """Build the matrix of the case, its judgments and the rule asked for."""
    from workbench.method.matrix import build

    case = load_case(arguments)
    return build(
        case,
        load_judgments(arguments, case),
        arguments.rule,
        as_of=arguments.as_of,
        count_all=arguments.count_all,
    )
