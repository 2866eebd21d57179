"""The commands to begin with: what to type, and a case opened in the browser."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from workbench.cli.terminal import DONE

_SCRIPTS: Final = ("workbench", "hypothesis-workbench")


def introduce(_arguments: Namespace) -> int:
    """Say what to type next."""
    from workbench.case import library

    typed = Path(sys.argv[0]).stem
    name = typed if typed in _SCRIPTS else _SCRIPTS[0]
    here = Path.cwd()
    said = [
        (f"{name} new FOLDER --example", "copies the shipped case into a new folder"),
        (f'{name} new FOLDER --question "..."', "begins an empty case"),
        (f"{name} serve FOLDER", "opens it in the browser"),
        (f"{name} --help", "lists everything else"),
    ]
    if library.holds_case(here):
        said.insert(0, (f"{name} serve", "opens the case in this folder"))
    elif library.names(here):
        said.insert(0, (f"{name} serve", "opens the cases in this folder"))
    width = max(len(command) for command, _ in said)
    print("A workbench for weighing competing explanations against evidence. Type:\n")
    for command, does in said:
        print(f"  {command:{width}}  {does}")
    return DONE


def serve(arguments: Namespace) -> int:
    """Serve a case until it is interrupted."""
    from workbench.serving import prepare

    folder = served(arguments)
    app = prepare(
        folder,
        address=arguments.address,
        port=arguments.port,
        ledger=arguments.ledger,
        anonymous=arguments.allow_anonymous,
        auth=None if arguments.auth is None else Path(arguments.auth),
        public_url=arguments.public_url,
    )
    if folder is None:
        print("The cases of the store; name a folder to serve that instead.")
    print(f"{app.url} (Ctrl+C stops it)", flush=True)
    return app.run()


def served(arguments: Namespace) -> Path | None:
    """Give the folder to serve, None for the cases of the store that is named.

    Without CASE that is the store, unless it holds none and the present folder does.
    """
    from workbench.case import library
    from workbench.cli.asked_for import ledger_named, store_at

    here = Path.cwd()
    if arguments.case is not None:
        return Path(arguments.case)
    if not (url := ledger_named(arguments)):
        return Path()
    is_folder = library.holds_case(here) or bool(library.names(here))
    if is_folder:
        from workbench.record.ledger import is_missing
        from workbench.record.stored_cases import listed

        if is_missing(url):
            return Path()
        with store_at(url) as ledger:
            return None if listed(ledger) else Path()
    with store_at(url, make=True):  # so that what is wrong with it is told now
        return None
