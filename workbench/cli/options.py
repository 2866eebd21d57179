"""Options that many commands take, each the same with all of them."""

from __future__ import annotations

import argparse
from typing import Final


def add_case(parser: argparse.ArgumentParser, what: str = "the case's folder") -> None:
    """Have a command take a case."""
    parser.add_argument(
        "case",
        nargs="?",
        default=".",
        metavar="CASE",
        help=f"{what} (default: the present one)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Have a command print JSON where it is asked to."""
    parser.add_argument(
        "--json", action="store_true", help="print JSON, in full precision"
    )


_LEDGER_URL: Final = (
    "where judgments are kept, as an SQLAlchemy URL (default: "
    "WORKBENCH_LEDGER, else a file in the case's .workbench folder)"
)


def add_ledger(parser: argparse.ArgumentParser, what: str = _LEDGER_URL) -> None:
    """Have a command take the URL of a ledger."""
    parser.add_argument("--ledger", metavar="URL", help=what)
