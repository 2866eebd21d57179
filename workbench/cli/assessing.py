"""The commands that say what a case comes to: check, score, sensitivity."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from workbench.cli.asked_for import build_matrix, load_case, load_judgments
from workbench.cli.terminal import (
    AT_FAULT,
    DONE,
    TITLE,
    print_json,
    print_line,
    print_table,
)
from workbench.errors import ContentErrors

if TYPE_CHECKING:
    from workbench.method.scoring import Assessment
    from workbench.method.sensitivity import Drawn, Sensitivity, Verdict


_NEXT: Final = 5  # of what to find out next


def check(arguments: Namespace) -> int:
    """Print what keeps the case from being read, else what a reviewer would ask.

    Of a case without a published rating that one analyst rated, it is asked of those.
    """
    try:
        case = load_case(arguments)
    except ContentErrors as faults:
        if not arguments.json:
            raise
        errors = [vars(error) for error in faults.errors]
        print_json({"errors": errors, "findings": []})
        return AT_FAULT
    from workbench.method.checks import Severity, findings
    from workbench.method.matrix import build
    from workbench.method.scoring import assess
    from workbench.wording import counted

    judged = load_judgments(arguments, case).judgments
    found = findings(assess(build(case, judged)))
    if arguments.json:
        print_json({"errors": [], "findings": [one.document() for one in found]})
    else:
        parts = (
            counted(len(case.hypotheses), "hypothesis", "hypotheses"),
            counted(len(case.evidence), "item"),
            counted(len(case.sources), "source"),
        )
        print_line(
            f"No errors in {', '.join(parts)}; {counted(len(found), 'finding')}."
        )
        for one in found:
            print_line(f"{one.severity}: {one.message} [{one.code}]")
    severe = any(one.severity in list(Severity)[:2] for one in found)
    return AT_FAULT if arguments.strict and severe else DONE


def score(arguments: Namespace) -> int:
    """Print the ranking of the hypotheses."""
    from workbench.method.scoring import assess

    matrix, judged = build_matrix(arguments)
    analyst = judged.analyst
    assessment = assess(matrix)
    if arguments.json:
        print_json(assessment.document(analyst))
        return DONE
    from workbench.method.sensitivity import draw, slips, verdict

    reached = verdict(slips(assessment), draw(assessment.matrix))
    _print_basis(analyst, assessment, reached)
    _print_ranking(assessment)
    return DONE


def _print_basis(analyst: str | None, assessment: Assessment, reached: Verdict) -> None:
    from workbench.method.schemes import SCHEMES
    from workbench.wording import counted
    from workbench.wording.verdict import verdict_lines

    basis = assessment.matrix.basis
    print_line(basis.case.question.question)
    for line in verdict_lines(assessment, reached):
        print_line(line)
    parts = [
        f"{SCHEMES[basis.rule].title} ({basis.rule})",
        counted(len(assessment.matrix.evidence), "item"),
        "published baseline" if analyst is None else f"judgments of {analyst}",
    ]
    if basis.as_of:
        parts.append(f"as of {basis.as_of}")
    if basis.count_all:
        parts.append("every item counted in full")
    print_line(", ".join(parts))
    print()


def _print_ranking(assessment: Assessment) -> None:
    from workbench import wording
    from workbench.wording.ranking import describe_flags, describe_ranking

    if not assessment.hypotheses:
        print_line(describe_ranking(assessment))
        return
    print_table(
        ("Rank", "", "Hypothesis", "Score", "Coverage", "Flags"),
        (
            (
                wording.placed(one),
                wording.clipped(one.label, 20),
                wording.clipped(one.title, TITLE),
                wording.scored(one),
                wording.share(one.coverage),
                ", ".join(one.flags),
            )
            for one in assessment.in_order
        ),
        right=(3, 4),
    )
    print()
    print_line(f"Margin: {wording.shown(assessment.margin)}.")
    for flag in describe_flags(assessment):
        print_line(flag)


def sensitivity(arguments: Namespace) -> int:
    """Print what the ranking hangs on."""
    from workbench.method.sensitivity import document, draw, sensitivity, verdict

    matrix, judged = build_matrix(arguments)
    analyst = judged.analyst
    found = sensitivity(matrix)
    drawn = draw(matrix, draws=arguments.draws, seed=arguments.seed)
    if arguments.json:
        print_json(document(found, drawn))
        return DONE
    reached = verdict(found, drawn)
    _print_basis(analyst, found.assessment, reached)
    _print_ranking(found.assessment)
    _print_hanging(found, reached, drawn)
    if judged.again is not None:
        from workbench.wording.rerated import describe_again

        print_line(describe_again(judged.again, drawn, who=analyst or ""))
    _print_changes(found)
    return DONE


def _print_hanging(found: Sensitivity, reached: Verdict, drawn: Drawn) -> None:
    """Print what the verdict hangs on, decides it, and could yet change it."""
    from workbench.method.sensitivity import Reach, collection, contributions
    from workbench.wording.deciding import (
        describe_between,
        describe_missing,
        describe_rivals,
    )
    from workbench.wording.fragility import cell_change, describe_change
    from workbench.wording.verdict import about_draws, describe_hanging

    now = found.assessment
    between = contributions(now, reached).between
    next_ = collection(now, reached)
    cells = [cell_change(now, cell) for cell in found.any_change.cells]
    for title, lines in (
        ("What it hangs on:", describe_hanging(found, reached, drawn)),
        ("What decides:", [describe_between(now, one) for one in between]),
        (f"If ratings could be anything, {describe_change(found, Reach.ANY)}", cells),
        ("The strongest case for each rival:", describe_rivals(found)),
        ("What to find out next:", [describe_missing(now, o) for o in next_[:_NEXT]]),
    ):
        if lines:
            print()
            print_line(title)
        for line in lines:
            print_line(f"  {line}")
    print()
    print_line(about_draws(drawn))


def _print_changes(found: Sensitivity) -> None:
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
        print_line(f"{said} changes who leads in {many}{':' if lines else '.'}")
        for line in lines:
            print_line(f"  {line}")

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
    listed("Turning round what one source alone says", found.deceived, lines)
