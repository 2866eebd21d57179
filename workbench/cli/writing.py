"""The commands that write files: a case, or a file made of one."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from pathlib import Path

from workbench.cli.asked_for import (
    load_case,
    load_judgments,
    load_others,
    load_rounds,
    load_said,
)
from workbench.cli.terminal import DONE, MISUSED, save, say


def report(arguments: Namespace) -> int:
    """Write the report of a case to a file."""
    case = load_case(arguments)
    found = load_judgments(arguments, case)
    from workbench.report import BRIEFS, make

    if arguments.brief and arguments.to not in BRIEFS:
        say(f"workbench: --brief is for {', '.join(BRIEFS)}, not for {arguments.to}")
        return MISUSED
    if arguments.brief and (arguments.sections or arguments.annex):
        say("workbench: --brief goes neither with --sections nor with --annex")
        return MISUSED
    data = make(
        case,
        found.judgments,
        to=arguments.to,
        analyst=found.analyst,
        rule=arguments.rule,
        date=arguments.date or _today(),
        as_of=arguments.as_of,
        count_all=arguments.count_all,
        sections=arguments.sections,
        chain=found.chain,
        annex=arguments.annex,
        brief=arguments.brief,
        others=load_others(arguments, case, found.analyst),
        said=load_said(arguments, case, found.analyst),
        again=found.again,
        rounds=load_rounds(arguments, case, found.analyst),
    )
    save(data, arguments.output)
    return DONE


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def export(arguments: Namespace) -> int:
    """Write a case for another tool; what it cannot hold is listed."""
    case = load_case(arguments)
    found = load_judgments(arguments, case)
    from workbench import exchange

    written = exchange.write(
        case,
        found.judgments,
        arguments.to,
        date=arguments.date or _today(),
        analyst=found.analyst,
    )
    save(written.data, arguments.output)
    for one in written.lost:
        say(f"not carried: {one}")
    return DONE


def new(arguments: Namespace) -> int:
    """Start a case in a new folder: an empty one, or a copy of the example."""
    from workbench.case import beginning, folder

    case = Path(arguments.case)
    if arguments.example:
        beginning.begin_example(case)
        say(f"{case}: a copy of the shipped case. Next: workbench serve {case}")
        return DONE
    beginning.begin(case, arguments.question)
    say(f"{case}: an empty case. Next: add files to hypotheses/ and evidence/, as")
    say(f"{folder.QUESTION_FILE} and {folder.SOURCES_FILE} explain; then run")
    say(f"workbench check {case}")
    return DONE
