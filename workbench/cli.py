"""The command line: parse, call, print; nothing is computed here.

Results go to standard output and messages to standard error. What a command alone needs
is imported in it, so that `workbench score` is quick.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workbench.case.model import Case, EventDate, Rule
from workbench.errors import ContentErrors, WorkbenchError

if TYPE_CHECKING:
    from workbench.case.judgments import Judgments
    from workbench.method.matrix import Matrix
    from workbench.method.scoring import Assessment
    from workbench.method.sensitivity import Drawn, Sensitivity, SmallestChange
    from workbench.record.ledger import Ledger

DONE: Final = 0
AT_FAULT: Final = 1
MISUSED: Final = 2
INTERRUPTED: Final = 130
STDOUT: Final = "-"
REPORTS: Final = ("html", "pdf", "docx", "xlsx", "md", "csv", "json")
TARGETS: Final = ("arkhammirror", "intel-workbench", "json")
_PORTS: Final = 65_535
_TITLE: Final = 60  # characters of a title in a table

# What acts on a terminal rather than showing: controls and marks of direction.
_ACTING: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_ACTING_IN_JSON: Final = re.compile(
    "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)

Arguments = argparse.Namespace


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 at fault, 2 misused."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:  # argparse has printed its help or what is wrong
        return stop.code if isinstance(stop.code, int) else MISUSED
    try:
        code: int = arguments.run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return DONE  # the reader has seen enough, as in `workbench score | head -3`
    except KeyboardInterrupt:
        return INTERRUPTED
    except (WorkbenchError, OSError) as error:
        for line in _explained(error):
            _say(line)
        _forget_output()
        return AT_FAULT
    return code


def _explained(error: WorkbenchError | OSError) -> list[str]:
    """Say what a person has to mend."""
    if isinstance(error, ContentErrors):
        from workbench.wording import counted

        many = counted(len(error.errors), "error")
        return [*map(str, error.errors), f"workbench: {many} in the case"]
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return [f"workbench: {where}{error.strerror or error}"]
    return f"workbench: {error}".split("\n")


def _forget_output() -> None:
    """Let nothing more be written that would fail once more at the exit."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
    except AttributeError:  # started without an output
        pass


# ------------------------------------------------------------------ arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="workbench",
        description="Weigh competing explanations against evidence.",
        epilog="CASE is a folder with hypotheses/ and evidence/, by default the "
        "present one. Exit status: 0 done, 1 the case or a file is at fault, 2 wrong "
        "usage. `workbench COMMAND --help` explains a command.",
    )
    parser.add_argument("--version", action=_Version, help="print the version")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(
        name: str, run: Callable[[Arguments], int], summary: str, more: str = ""
    ) -> argparse.ArgumentParser:
        description = f"{summary[0].upper()}{summary[1:]}. {more}"
        one = commands.add_parser(name, help=summary, description=description)
        one.set_defaults(run=run)
        return one

    _add_serve(command("serve", _serve, "open the case in the browser", _SERVE))
    check = command("check", _check, "say what is wrong with a case", _CHECK)
    _add_case(check)
    check.add_argument(
        "--strict",
        action="store_true",
        help="exit with 1 also for findings of the two highest severities",
    )
    _add_json(check)
    score = command("score", _score, "rank the hypotheses", _SCORE)
    _add_basis(score)
    _add_json(score)
    hangs = command(
        "sensitivity", _sensitivity, "find what the ranking hangs on", _SENSITIVITY
    )
    _add_basis(hangs)
    hangs.add_argument(
        "--draws",
        type=_count,
        default=10_000,
        metavar="N",
        help="number of random draws (default: 10000)",
    )
    hangs.add_argument(
        "--seed",
        type=_seed,
        default=0,
        metavar="S",
        help="seed of the draws, so that they can be made again (default: 0)",
    )
    _add_json(hangs)
    _add_report(command("report", _report, "write the report to a file", _REPORT))
    _add_import(command("import", _import, "make a case of another's file", _IMPORT))
    _add_export(command("export", _export, "write the case for another tool", _EXPORT))
    new = command("new", _new, "start an empty case in a new folder", _NEW)
    new.add_argument("case", metavar="CASE", help="the folder to make")
    new.add_argument(
        "--question", required=True, metavar="TEXT", help="what the hypotheses answer"
    )
    _add_ledger_commands(
        command("ledger", _ledger_list, "read and merge judgments", _LEDGER)
    )
    return parser


_SERVE: Final = (
    "A folder that holds several cases opens as a list to choose from. It listens on "
    "this machine alone unless told otherwise. Ctrl+C stops it; every judgment is "
    "saved as it is made."
)
_CHECK: Final = (
    "Errors, each with its file and line, keep a case from being read; findings are a "
    "reviewer's questions about one that can be."
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
_NEW: Final = "Its files explain their own format."
_LEDGER: Final = (
    "A ledger keeps who judged what, when and why. Two copies that were worked on "
    "apart are merged by exporting the one and importing it into the other."
)


class _Version(argparse.Action):
    """Prints the version; `action="version"` would import it for every command."""

    def __init__(self, option_strings: Sequence[str], dest: str, **more: Any) -> None:  # noqa: ANN401
        super().__init__(option_strings, dest, nargs=0, **more)

    def __call__(self, parser: argparse.ArgumentParser, *_args: object) -> None:
        from workbench import __version__

        print(f"workbench {__version__}")
        parser.exit()


def _add_case(parser: argparse.ArgumentParser, what: str = "the case's folder") -> None:
    parser.add_argument(
        "case",
        nargs="?",
        default=".",
        metavar="CASE",
        help=f"{what} (default: the present one)",
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="print JSON, in full precision"
    )


def _add_ledger(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--ledger",
        metavar="URL",
        help="where judgments are kept, as an SQLAlchemy URL (default: "
        "WORKBENCH_LEDGER, else a file in the case's .workbench folder)",
    )


def _add_basis(parser: argparse.ArgumentParser) -> None:
    """Add what an assessment follows from."""
    _add_case(parser)
    parser.add_argument(
        "--rule",
        type=_rule,
        metavar="R",
        help=f"how to score: {', '.join(Rule)} (default: the case's own)",
    )
    parser.add_argument(
        "--analyst", metavar="A", help="whose judgments (default: the published ones)"
    )
    parser.add_argument(
        "--as-of",
        type=_as_of,
        metavar="D",
        help="use only evidence dated on or before a day, YYYY-MM-DD",
    )
    parser.add_argument(
        "--count-all",
        action="store_true",
        help="count every item in full, also those that repeat one origin",
    )
    _add_ledger(parser)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    _add_case(parser, "the case's folder, or a folder of several cases")
    parser.add_argument(
        "--address", default="127.0.0.1", metavar="A", help="default: 127.0.0.1"
    )
    parser.add_argument(
        "--port", type=_port, default=8501, metavar="P", help="default: 8501"
    )
    _add_ledger(parser)
    parser.add_argument(
        "--allow-anonymous",
        action="store_true",
        help="on an address that others can reach, let them in without sign-in",
    )


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the file; - for standard input")
    parser.add_argument("case", metavar="CASE", help="the folder to make, new or empty")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--matrix",
        type=_count,
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


def _add_export(parser: argparse.ArgumentParser) -> None:
    _add_case(parser)
    parser.add_argument(
        "--to", required=True, choices=TARGETS, help="the tool to write for"
    )
    _add_output(parser)
    parser.add_argument(
        "--analyst", metavar="A", help="whose judgments (default: the published ones)"
    )
    _add_date(parser, "the file's date")
    _add_ledger(parser)


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
        "--date", type=_day, metavar="D", help=f"{what}, YYYY-MM-DD (default: today)"
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
        type=lambda text: tuple(filter(None, text.split(","))),
        default=(),
        metavar="S,S",
        help="the sections wanted, by id (default: all)",
    )


def _add_ledger_commands(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    def action(
        name: str, run: Callable[[Arguments], int], summary: str
    ) -> argparse.ArgumentParser:
        description = f"{summary[0].upper()}{summary[1:]}."
        one = actions.add_parser(name, help=summary, description=description)
        one.set_defaults(run=run)
        if name == "import":
            one.add_argument(
                "file", metavar="FILE", help="an export; - for standard input"
            )
        _add_case(one)
        _add_ledger(one)
        return one

    listing = action("list", _ledger_list, "print the entries, oldest first")
    listing.add_argument("--analyst", metavar="A", help="of one analyst alone")
    listing.add_argument(
        "--json", action="store_true", help="print each entry as a line of JSON"
    )
    action("verify", _ledger_verify, "check that no entry was altered or is missing")
    export = action("export", _ledger_export, "write all entries as lines of JSON")
    export.add_argument(
        "-o",
        "--output",
        default=STDOUT,
        metavar="FILE",
        help="the file to write (default: standard output)",
    )
    action("import", _ledger_import, "merge the entries of another copy into this one")


def _rule(text: str) -> Rule:
    try:
        return Rule(text)
    except ValueError:
        allowed = ", ".join(Rule)
        raise argparse.ArgumentTypeError(f"{text!r}; use one of {allowed}") from None


def _day(text: str) -> dt.date:
    with contextlib.suppress(ValueError):
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return dt.date.fromisoformat(text)
    raise argparse.ArgumentTypeError(f"{text!r}; use a date: YYYY-MM-DD")


def _as_of(text: str) -> dt.date:
    try:
        return EventDate(text).last_day
    except ValueError:
        return _day(text)


def _whole(text: str, least: int, most: int, what: str) -> int:
    value = int(text) if re.fullmatch("[0-9]{1,18}", text) else -1
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"{text!r}; use {what}")
    return value


def _port(text: str) -> int:
    return _whole(text, 1, _PORTS, f"a port from 1 to {_PORTS}")


def _count(text: str) -> int:
    return _whole(text, 1, 10_000_000, "a whole number from 1 to 10000000")


def _seed(text: str) -> int:
    return _whole(text, 0, 2**53, "a whole number of 0 or more")


# ------------------------------------------------------------------ printing


def _visible(text: str) -> str:
    """Escape what would act on a terminal: texts come from files."""

    def escaped(found: re.Match[str]) -> str:
        return ascii(found[0])[1:-1]

    return _ACTING.sub(escaped, text)


def _say(message: str) -> None:
    """Print a message for a person, on standard error."""
    print(_visible(message), file=sys.stderr)


def _print(line: str = "") -> None:
    print(_visible(line))


def _print_json(value: object, indent: int | None = 2) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    print(_harmless_json(text))


def _harmless_json(text: str) -> str:
    r"""Write as \uXXXX what would act on a terminal; it reads back the same."""
    return _ACTING_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _width(text: str) -> int:
    """Count the columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def _print_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()
) -> None:
    """Print columns side by side, those named in `right` set to the right."""
    table = [tuple(head), *(tuple(_visible(cell) for cell in row) for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = []
        for j, (cell, width) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (width - _width(cell))
            cells.append(gap + cell if j in right else cell + gap)
        print("  ".join(cells).rstrip())


def _save(data: bytes, output: str) -> None:
    """Write a result to a file, whole or not at all, or to standard output."""
    if output == STDOUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    path = Path(output)
    if path.exists() and not path.is_file():  # a device or a pipe; a folder refuses
        path.write_bytes(data)
        return
    if not path.parent.is_dir():
        raise WorkbenchError(f"{path.parent}: no such folder; make it first")
    path = path.resolve()  # a link stays a link
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


# ------------------------------------------------------------------ the case


def _load(arguments: Arguments) -> Case:
    from workbench.case import folder

    return folder.load(Path(arguments.case))


def _judgments(arguments: Arguments, case: Case) -> Judgments:
    """Give the judgments of the analyst asked for; the empty ones are the baseline."""
    from workbench.case.judgments import Judgments

    if arguments.analyst is None:
        return Judgments()
    from workbench.record.desk import judgments_of

    with _ledger(arguments) as ledger:
        return judgments_of(ledger, case, arguments.analyst)


def _ledger(arguments: Arguments, *, make: bool = False) -> contextlib.closing[Ledger]:
    """Open the case's ledger; without `make` one that is not there reads as empty."""
    from workbench.case import folder
    from workbench.record import ledger

    case = Path(arguments.case)
    if not arguments.ledger and not case.is_dir():
        raise WorkbenchError(f"{case}: no such folder; name a case folder")
    if make and not arguments.ledger and not folder.is_case(case):
        raise WorkbenchError(f"{case}: no case ({folder.QUESTION_FILE} is missing)")
    url = arguments.ledger or ledger.default_url(case)
    return contextlib.closing(ledger.Ledger(url) if make else ledger.reading(url))


def _matrix(arguments: Arguments) -> Matrix:
    from workbench.method.matrix import build

    case = _load(arguments)
    return build(
        case,
        _judgments(arguments, case),
        arguments.rule,
        as_of=arguments.as_of,
        count_all=arguments.count_all,
    )


# ------------------------------------------------------------------ check


def _check(arguments: Arguments) -> int:
    try:
        case = _load(arguments)
    except ContentErrors as faults:
        if not arguments.json:
            raise
        errors = [vars(error) for error in faults.errors]
        _print_json({"errors": errors, "findings": []})
        return AT_FAULT
    from workbench.method.checks import Severity, findings
    from workbench.method.matrix import build
    from workbench.method.scoring import assess
    from workbench.wording import counted

    found = findings(assess(build(case)))
    if arguments.json:
        _print_json({"errors": [], "findings": [one.document() for one in found]})
    else:
        parts = (
            counted(len(case.hypotheses), "hypothesis", "hypotheses"),
            counted(len(case.evidence), "item"),
            counted(len(case.sources), "source"),
        )
        _print(f"No errors in {', '.join(parts)}; {counted(len(found), 'finding')}.")
        for one in found:
            _print(f"{one.severity}: {one.message} [{one.code}]")
    severe = any(one.severity in list(Severity)[:2] for one in found)
    return AT_FAULT if arguments.strict and severe else DONE


# ------------------------------------------------------------------ score


def _score(arguments: Arguments) -> int:
    from workbench.method.scoring import assess

    assessment = assess(_matrix(arguments))
    if arguments.json:
        _print_json(assessment.document(arguments.analyst))
    else:
        _print_basis(arguments, assessment)
        _print_ranking(assessment)
    return DONE


def _print_basis(arguments: Arguments, assessment: Assessment) -> None:
    from workbench.method.schemes import SCHEMES
    from workbench.wording import counted

    basis = assessment.matrix.basis
    _print(basis.case.question.question)
    parts = [
        f"{SCHEMES[basis.rule].title} ({basis.rule})",
        counted(len(assessment.matrix.evidence), "item"),
        f"judgments of {arguments.analyst}"
        if arguments.analyst is not None
        else "published baseline",
    ]
    if basis.as_of:
        parts.append(f"as of {basis.as_of}")
    if basis.count_all:
        parts.append("every item counted in full")
    _print(", ".join(parts))
    print()


def _print_ranking(assessment: Assessment) -> None:
    from workbench import wording
    from workbench.wording.ranking import describe_flags, describe_ranking

    if not assessment.hypotheses:
        _print(describe_ranking(assessment))
        return
    _print_table(
        ("Rank", "", "Hypothesis", "Score", "Coverage", "Flags"),
        (
            (
                wording.placed(one),
                wording.clipped(one.label, 20),
                wording.clipped(one.title, _TITLE),
                wording.scored(one),
                wording.share(one.coverage),
                ", ".join(one.flags),
            )
            for one in assessment.in_order
        ),
        right=(3, 4),
    )
    print()
    margin = assessment.margin
    _print(f"Margin: {wording.shown(margin)}. {describe_ranking(assessment)}")
    for flag in describe_flags(assessment):
        _print(flag)


# ------------------------------------------------------------------ sensitivity


def _sensitivity(arguments: Arguments) -> int:
    from workbench.method.sensitivity import document, draw, sensitivity

    matrix = _matrix(arguments)
    found = sensitivity(matrix)
    drawn = draw(matrix, draws=arguments.draws, seed=arguments.seed)
    if arguments.json:
        _print_json(document(found, drawn))
        return DONE
    _print_basis(arguments, found.assessment)
    _print_ranking(found.assessment)
    _print_sensitivity(found, drawn)
    return DONE


def _print_sensitivity(found: Sensitivity, drawn: Drawn) -> None:
    from workbench import wording

    case = found.assessment.matrix.basis.case
    items = {item.id: item.label for item in case.evidence}
    itself: dict[str, str] = {}  # a source or an origin is named by its id

    def lead(ranking: Sequence[Sequence[str]]) -> str:
        if not ranking:
            return "nobody"
        return wording.joined(case.hypothesis[id_].label for id_ in ranking[0])

    def listed(said: str, ones: Sequence[object], lines: Sequence[str]) -> None:
        print()
        many = f"{len(lines)} of {len(ones)}"
        _print(f"{said} changes who leads in {many}{':' if lines else '.'}")
        for line in lines:
            _print(f"  {line}")

    for noun, left_out, label in (
        ("item", found.without_items, items),
        ("source", found.without_sources, itself),
        ("origin", found.without_origins, itself),
    ):
        lines = [
            f"without {label.get(one.id, one.id)}: {lead(one.ranking)}"
            for one in left_out
            if one.leaders_change
        ]
        listed(f"Leaving out one {noun}", left_out, lines)
    for noun, tips, label in (
        ("item", found.tipping_items, items),
        ("source", found.tipping_sources, itself),
    ):
        lines = [
            f"{label.get(one.id, one.id)}: "
            + ", ".join(
                f"{lead([tip.leaders])} {side} {wording.shown(tip.emphasis)}"
                for side, tip in (("below", one.below), ("above", one.above))
                if tip is not None
            )
            for one in tips
            if one.below or one.above
        ]
        listed(f"Moving the emphasis of one {noun}", tips, lines)
    lines = [
        f"{one.source}: {lead(one.ranking)}"
        for one in found.deceived
        if one.leaders_change
    ]
    listed("Turning round what one source alone supports", found.deceived, lines)
    print()
    _print(_cells("anything", found.any_change, case))
    _print(_cells("the next code", found.one_step_change, case))
    print()
    _print(
        f"In {drawn.draws} draws, each rating and level moved a step with probability "
        f"{drawn.q:g}"
    )
    _print(f"(seed {drawn.seed}), each leads in this share; no probability of it:")
    for id_, share in drawn.leads.items():
        _print(f"  {case.hypothesis[id_].label}  {wording.shown(share)}")


def _cells(to: str, change: SmallestChange, case: Case) -> str:
    from workbench.wording import counted

    if change.size is None:
        return f"No cells moved to {to} would put another hypothesis ahead."
    if change.rival is None:
        return f"Cells moved to {to}: none is needed, several lead already."
    cells = ", ".join(
        f"{case.item[cell.evidence].label} against "
        f"{case.hypothesis[cell.hypothesis].label} from "
        f"{cell.from_.value} to {cell.to.value}"
        for cell in change.cells
    )
    rival = case.hypothesis[change.rival].label
    many = counted(change.size, "cell")
    return f"{many} moved to {to} would put {rival} ahead: {cells}."


# ------------------------------------------------------------------ report, new


def _report(arguments: Arguments) -> int:
    case = _load(arguments)
    judgments = _judgments(arguments, case)
    from workbench.report import make

    data = make(
        case,
        judgments,
        to=arguments.to,
        analyst=arguments.analyst,
        rule=arguments.rule,
        date=arguments.date or _today(),
        as_of=arguments.as_of,
        count_all=arguments.count_all,
        sections=arguments.sections,
    )
    _save(data, arguments.output)
    return DONE


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _import(arguments: Arguments) -> int:
    from workbench.transfer import bring

    for line in bring(
        arguments.file,
        Path(arguments.case),
        matrix=arguments.matrix,
        every=arguments.all,
        dry_run=arguments.dry_run,
    ):
        _print(line)
    return DONE


def _export(arguments: Arguments) -> int:
    case = _load(arguments)
    judgments = _judgments(arguments, case)
    from workbench import exchange

    written = exchange.write(
        case,
        judgments,
        arguments.to,
        date=arguments.date or _today(),
        analyst=arguments.analyst,
    )
    _save(written.data, arguments.output)
    for one in written.lost:
        _say(f"not carried: {one}")
    return DONE


def _new(arguments: Arguments) -> int:
    from workbench.case import beginning, folder

    case = Path(arguments.case)
    beginning.begin(case, arguments.question)
    _say(f"{case}: an empty case. Next: add files to hypotheses/ and evidence/, as")
    _say(f"{folder.QUESTION_FILE} and {folder.SOURCES_FILE} explain; then run")
    _say(f"workbench check {case}")
    return DONE


# ------------------------------------------------------------------ ledger


def _ledger_list(arguments: Arguments) -> int:
    from workbench.record.ledger import entry_document

    with _ledger(arguments) as ledger:
        entries = ledger.entries(arguments.analyst)
    if arguments.json:
        for entry in entries:
            _print_json(entry_document(entry), indent=None)
        return DONE
    from workbench import wording

    if not entries:
        _say("no entries")
        return DONE
    _print_table(
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
                wording.clipped(_value(entry.change.from_), _TITLE),
                wording.clipped(_value(entry.change.to), _TITLE),
                wording.clipped(entry.change.because, _TITLE)
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


def _ledger_verify(arguments: Arguments) -> int:
    from workbench.wording import counted

    with _ledger(arguments) as ledger:
        faults = ledger.verify()
        many = len(ledger.entries())
    for fault in faults:
        _say(fault)
    if faults:
        _say(f"workbench: {counted(len(faults), 'fault')} in the ledger")
        return AT_FAULT
    _print(f"{counted(many, 'entry', 'entries')}, none altered or missing.")
    return DONE


def _ledger_export(arguments: Arguments) -> int:
    with _ledger(arguments) as ledger:
        lines = [_harmless_json(line) for line in ledger.export()]
    _save("".join(f"{line}\n" for line in lines).encode(), arguments.output)
    return DONE


def _ledger_import(arguments: Arguments) -> int:
    name = arguments.file
    data = sys.stdin.buffer.read() if name == STDOUT else Path(name).read_bytes()
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise WorkbenchError(f"{name}:{line}: not a text in UTF-8") from error
    with _ledger(arguments, make=True) as ledger:
        merged = ledger.merge(lines, name)
    from workbench.wording import counted

    added = counted(merged.added, "entry", "entries")
    _print(f"{added} added, {merged.present} present already.")
    return DONE


# ------------------------------------------------------------------ serve


def _serve(arguments: Arguments) -> int:
    from workbench.serving import prepare

    app = prepare(
        Path(arguments.case),
        address=arguments.address,
        port=arguments.port,
        ledger=arguments.ledger,
        anonymous=arguments.allow_anonymous,
    )
    print(f"{app.url} (Ctrl+C stops it)", flush=True)
    return app.run()


if __name__ == "__main__":
    sys.exit(main())
