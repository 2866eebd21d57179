"""What may be typed after `workbench`; what a command does with it is not told here."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any, Final

from workbench.case.model import Rule
from workbench.cli import (
    actions,
    assessing,
    bringing,
    entries,
    keeping,
    membership,
    starting,
    storing,
    values,
    writing,
)
from workbench.cli.options import add_case, add_json, add_ledger

REPORTS: Final = ("html", "pdf", "docx", "xlsx", "md", "csv", "json")
TARGETS: Final = (
    "arkhammirror",
    "intel-workbench",
    "json",
    "stix",
    "csv",
    "ods",
    "md",
)


class _Parser(argparse.ArgumentParser):
    """Takes no empty text for an option that was not given.

    That is what a shell makes of a variable without a value: another ledger would be
    used than the one meant, or nothing compared.
    """

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:  # noqa: ANN401
        # What stands after a command is looked at by the command's own parser.
        if action.nargs != argparse.PARSER and not arg_string:
            raise argparse.ArgumentError(
                action, "it is empty; fill it in, or leave it out"
            )
        return super()._get_value(action, arg_string)


def parser() -> argparse.ArgumentParser:
    """Give the parser of every command; each names in `run` what carries it out."""
    parser = _Parser(
        prog="workbench",
        description="Weigh competing explanations against evidence.",
        epilog="CASE is a folder with hypotheses/ and evidence/, by default the "
        "present one, or the id of a case in the store that --ledger names. Exit "
        "status: 0 done, 1 the case or a file is at fault, 2 wrong usage. `workbench "
        "COMMAND --help` explains a command.",
    )
    parser.add_argument("--version", action=_Version, help="print the version")
    parser.set_defaults(run=starting.introduce)
    commands = parser.add_subparsers(metavar="COMMAND")

    def command(
        name: str,
        run: Callable[[argparse.Namespace], int],
        summary: str,
        more: str = "",
    ) -> argparse.ArgumentParser:
        description = f"{summary[0].upper()}{summary[1:]}. {more}"
        one = commands.add_parser(name, help=summary, description=description)
        one.set_defaults(run=run)
        return one

    _add_serve(command("serve", starting.serve, "open the case in the browser", _SERVE))
    check = command("check", assessing.check, "say what is wrong with a case", _CHECK)
    add_case(check)
    check.add_argument(
        "--strict",
        action="store_true",
        help="exit with 1 also for findings of the two highest severities",
    )
    _add_judged(check)
    add_json(check)
    score = command("score", assessing.score, "rank the hypotheses", _SCORE)
    _add_basis(score)
    add_json(score)
    hangs = command(
        "sensitivity",
        assessing.sensitivity,
        "find what the ranking hangs on",
        _SENSITIVITY,
    )
    _add_basis(hangs)
    hangs.add_argument(
        "--draws",
        type=values.count,
        default=10_000,
        metavar="N",
        help="number of random draws (default: 10000)",
    )
    hangs.add_argument(
        "--seed",
        type=values.seed,
        default=0,
        metavar="S",
        help="seed of the draws, so that they can be made again (default: 0)",
    )
    add_json(hangs)
    _add_report(
        command("report", writing.report, "write the report to a file", _REPORT)
    )
    _add_import(
        command("import", bringing.import_, "make a case of another's file", _IMPORT)
    )
    _add_export(
        command("export", writing.export, "write the case for another tool", _EXPORT)
    )
    new = command("new", writing.new, "start a case in a new folder", _NEW)
    new.add_argument("case", metavar="CASE", help="the folder to make")
    begun = new.add_mutually_exclusive_group(required=True)
    begun.add_argument(
        "--question", metavar="TEXT", help="an empty case: what the hypotheses answer"
    )
    begun.add_argument(
        "--example", action="store_true", help="a copy of the case that is shipped"
    )
    actions.add_case_commands(
        command("case", storing.list_, "bring cases into a store and out", _CASE)
    )
    actions.add_role_commands(
        command("role", membership.list_, "say who may do what in a case", _ROLE)
    )
    backup = command(
        "backup", keeping.backup, "keep the whole store in a file", _BACKUP
    )
    _add_output(backup)
    add_ledger(backup)
    restore = command(
        "restore", keeping.restore, "fill an empty store from a backup", _RESTORE
    )
    restore.add_argument("file", metavar="FILE", help="a backup; - for standard input")
    add_ledger(restore)
    actions.add_ledger_commands(
        command("ledger", entries.list_, "read and merge judgments", _LEDGER)
    )
    return parser


_SERVE: Final = (
    "A folder that holds several cases opens as a list to choose from. It listens on "
    "this machine alone unless told otherwise. Ctrl+C stops it; every judgment is "
    "saved as it is made."
)
_CHECK: Final = (
    "Errors, each with its file and line, keep a case from being read; findings are a "
    "reviewer's questions about one that can be, as published or as an analyst rates "
    "it."
)
_SCORE: Final = (
    "The published ratings are assessed, or one analyst's judgments. A score is an "
    "inconsistency, never a probability."
)
_SENSITIVITY: Final = (
    "Leaves out items, sources and origins, moves emphases, turns ratings; all exact "
    "but the draws."
)
_REPORT: Final = (
    "The same case, judgments and date give the same bytes in every format."
)
_IMPORT: Final = (
    "What the file is shows in its content. What was understood and what could not be "
    "carried is printed; a case that is there already is never changed."
)
_EXPORT: Final = (
    "An analyst's judgments are put into the matrix; our own json keeps them apart. "
    "What the other tool cannot hold is listed."
)
_NEW: Final = "The files of an empty case explain their own format."
_LEDGER: Final = (
    "A ledger keeps who judged what, when and why. Two copies that were worked on "
    "apart are merged by exporting the one and importing it into the other."
)

_CASE: Final = (
    "With a store the documents of a case are in it, and several servers share them; a "
    "folder is then a form to exchange it in."
)
_ROLE: Final = (
    "With a sign-in, whoever has no role in a case does not reach it. The first lead "
    "is set here; a lead gives the others their roles on the page Team."
)
_BACKUP: Final = (
    "All cases, entries, texts and roles as they are at one moment, while others go on "
    "writing; of the case in this folder unless --ledger names a store."
)
_RESTORE: Final = (
    "The store may be of the other kind, SQLite or PostgreSQL. It is filled in one "
    "transaction, and only where it is empty; a file that is cut, damaged, foreign or "
    "of a newer version is refused."
)


class _Version(argparse.Action):
    """Prints the version; `action="version"` would import it for every command."""

    def __init__(self, option_strings: Sequence[str], dest: str, **more: Any) -> None:  # noqa: ANN401
        super().__init__(option_strings, dest, nargs=0, **more)

    def __call__(self, parser: argparse.ArgumentParser, *_args: object) -> None:
        from workbench import __version__

        print(f"workbench {__version__}")
        parser.exit()


def _add_basis(parser: argparse.ArgumentParser) -> None:
    """Add what an assessment follows from."""
    add_case(parser)
    parser.add_argument(
        "--rule",
        type=values.rule,
        metavar="R",
        help=f"how to score: {', '.join(Rule)} (default: the case's own)",
    )
    parser.add_argument(
        "--as-of",
        type=values.as_of,
        metavar="D",
        help="use only evidence dated on or before a day, YYYY-MM-DD",
    )
    parser.add_argument(
        "--count-all",
        action="store_true",
        help="count every item in full, also those that repeat one origin",
    )
    _add_judged(parser)


def _add_judged(parser: argparse.ArgumentParser) -> None:
    """Add whose judgments are read, and where they are kept."""
    parser.add_argument(
        "--analyst", metavar="A", help="whose judgments (default: the published ones)"
    )
    add_ledger(parser)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "case",
        nargs="?",
        metavar="CASE",
        help="the case's folder, or a folder of several cases (default: the cases of "
        "the store that --ledger names, if it holds any, else the present folder)",
    )
    parser.add_argument(
        "--address", default="127.0.0.1", metavar="A", help="default: 127.0.0.1"
    )
    parser.add_argument(
        "--port", type=values.port, default=8501, metavar="P", help="default: 8501"
    )
    add_ledger(parser)
    parser.add_argument(
        "--allow-anonymous",
        action="store_true",
        help="on an address that others can reach, let them in without sign-in",
    )
    parser.add_argument(
        "--auth",
        metavar="FILE",
        help="have everybody sign in, as the table [auth] of this TOML file says, or "
        "at a proxy that names them, as its table [proxy] does",
    )
    parser.add_argument(
        "--public-url",
        metavar="URL",
        help="where browsers reach the app behind a proxy; needs --auth",
    )


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the file; - for standard input")
    parser.add_argument("case", metavar="CASE", help="the folder to make, new or empty")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--matrix",
        type=values.count,
        metavar="N",
        help="which matrix, where the file holds several",
    )
    which.add_argument(
        "--all",
        action="store_true",
        help="every matrix, each into a folder of its own under CASE",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="print what is understood and write nothing",
    )
    add_json(parser)
    parser.add_argument(
        "--accept",
        action="store_true",
        help="import also where weights or over a tenth of the cells are unread",
    )
    parser.add_argument(
        "--column",
        action="append",
        type=values.column,
        default=[],
        metavar="HEAD=ROLE",
        help="say what a column holds: hypothesis, item, label, weight, credibility, "
        "relevance, grade, date, source, locator, origin, tags, reason, note, "
        "leave-out",
    )
    parser.add_argument(
        "--word",
        action="append",
        type=values.word,
        default=[],
        metavar="TEXT=CODE",
        help="say what a text in a cell means: CC, C, N, I, II, NA, unrated",
    )
    parser.add_argument(
        "--choices",
        metavar="FILE",
        help="a YAML file of such choices; those typed here win",
    )


def _add_export(parser: argparse.ArgumentParser) -> None:
    add_case(parser)
    parser.add_argument(
        "--to", required=True, choices=TARGETS, help="the tool to write for"
    )
    _add_output(parser)
    parser.add_argument(
        "--analyst", metavar="A", help="whose judgments (default: the published ones)"
    )
    _add_date(parser, "the file's date")
    add_ledger(parser)


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="the file to write; - for standard output",
    )


def _add_date(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument(
        "--date",
        type=values.day,
        metavar="D",
        help=f"{what}, YYYY-MM-DD (default: today)",
    )


def _add_report(parser: argparse.ArgumentParser) -> None:
    _add_basis(parser)
    parser.add_argument(
        "--to", required=True, choices=REPORTS, help="the format to write"
    )
    _add_output(parser)
    _add_date(parser, "the report's date")
    parser.add_argument(
        "--sections",
        type=lambda text: tuple(one.strip() for one in text.split(",") if one.strip()),
        default=(),
        metavar="S,S",
        help="the sections wanted, by id (default: all but the annex)",
    )
    parser.add_argument(
        "--annex",
        action="store_true",
        help="with the annex: a sheet an item, standards, a reviewer's questions",
    )
    parser.add_argument(
        "--brief", action="store_true", help="one page (html, pdf, docx, md)"
    )
