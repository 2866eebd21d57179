"""How a ranking is said: the order, the scores, the rules.

Nothing is computed here that is not in an Assessment, and no score is called a
probability.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from workbench.case.model import Rule
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment, Ranking, Standing
from workbench.wording import joined, named, shown

_TITLED: Final = 3  # of one rank that are named in full
FLAGS: Final[Mapping[str, str]] = {
    "unrated": "Unrated: no item that counts is judged against it, so it has no rank.",
    "unchallenged": "Unchallenged: nothing that counts speaks against it. That is "
    "strength or a lack of testing; the informative share tells which.",
    "vague": "Vague: few of its ratings that count say anything either way. It "
    "contradicts little because it claims little, or because it has not been tested.",
}


def describe_ranking(assessment: Assessment) -> str:
    """Say the order with its scores, ties as ties; the verdict says if it holds."""
    if not assessment.ranking:
        if not assessment.hypotheses:
            return "There is no active hypothesis to rank."
        return "Nothing is rated yet, so no hypothesis has a rank."
    scores = {one.id: one.score for one in assessment.hypotheses}
    return describe_order(assessment, assessment.ranking, scores)


def describe_order(
    assessment: Assessment, ranking: Ranking, scores: Mapping[str, float | None]
) -> str:
    """Say an order with its scores; `assessment` gives the names and the rule."""
    parts = []
    for group in ranking:
        names = _names([assessment.standing[id_] for id_ in group])
        tie = " (a tie)" if len(group) > 1 else ""
        parts.append(f"{names}{tie} at {shown(scores[group[0]])}")
    order = "least" if SCHEMES[assessment.rule].least_first else "most"
    title = SCHEMES[assessment.rule].title.lower()
    return f"By {title}, {order} first: {'; '.join(parts)}."


def _names(group: Sequence[Standing]) -> str:
    """Name those of one rank: with titles a few, by their labels many."""
    if len(group) > _TITLED:
        return joined(one.label for one in group)
    return joined(named(one) for one in group)


def describe_rules(assessments: Mapping[Rule, Assessment]) -> str:
    """Say whether the published rules put the same hypotheses first."""
    leads: dict[tuple[str, ...], list[Rule]] = {}
    for rule, one in assessments.items():
        leads.setdefault(one.leaders, []).append(rule)
    if list(leads) == [()]:
        return "Nothing is rated yet under any rule."
    if all(len(sum(one.ranking, ())) <= 1 for one in assessments.values()):
        return (
            "One hypothesis alone has a rank, so that it comes first whatever the rule."
        )
    if len(leads) == 1:
        one = next(iter(assessments.values()))
        return (
            f"All {len(assessments)} published rules put {_leaders(one)} first: the "
            "answer does not hang on the choice of rule."
        )
    parts = []
    for rules in sorted(leads.values(), key=len, reverse=True):
        titles = joined(SCHEMES[rule].title.lower() for rule in rules)
        parts.append(f"{_leaders(assessments[rules[0]])} under {titles}")
    return (
        "The published rules do not agree on who comes first: "
        + "; ".join(parts)
        + ". The answer hangs on the choice of rule."
    )


def _leaders(assessment: Assessment) -> str:
    if not assessment.leaders:
        return "nobody"
    standing = assessment.standing
    names = joined(standing[id_].label for id_ in assessment.leaders)
    return f"{names} (a tie)" if len(assessment.leaders) > 1 else names


def describe_flags(assessment: Assessment) -> tuple[str, ...]:
    """Explain each flag that some hypothesis carries, naming those that do.

    Of one without a rank, that it is unrated is all there is to say.
    """
    return tuple(
        f"{joined(carriers)}. {meaning}"
        for flag, meaning in FLAGS.items()
        if (
            carriers := [
                one.label
                for one in assessment.hypotheses
                if flag in one.flags and (one.rank is not None or flag == "unrated")
            ]
        )
    )
