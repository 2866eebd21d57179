"""How a ranking is said: who is first, by how much, under which rules.

Nothing is computed here that is not in an Assessment, and no score is called a
probability.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from workbench.case.model import Rule
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment, Standing
from workbench.wording import best, joined, named, shown

_TITLED: Final = 3  # of one rank that are named in full
FLAGS: Final[Mapping[str, str]] = {
    "unrated": "Unrated: no evidence has been judged against it, so it has no rank.",
    "unchallenged": "Unchallenged: nothing that counts speaks against it. That is "
    "strength or a lack of testing; the informative share tells which.",
    "vague": "Vague: few of its ratings say anything either way. It contradicts little "
    "because it claims little, or because it has not been tested.",
}


def describe_ranking(assessment: Assessment) -> str:
    """Say in a sentence who is first, by how much, and over whom; a tie as a tie."""
    groups = [
        [assessment.standing[id_] for id_ in group] for group in assessment.ranking
    ]
    if not groups:
        if not assessment.hypotheses:
            return "There is no active hypothesis to rank."
        return "Nothing is rated yet, so no hypothesis has a rank."
    first, *rest = groups
    names = _names(first)
    score = shown(first[0].score)
    word = best(assessment.rule)
    if not rest:
        if len(first) == 1:
            return (
                f"{names} is the only hypothesis with a rank, at {score}: there is "
                "nothing to compare it with."
            )
        return (
            f"{names} tie at {score}: the evidence does not tell them apart, and none "
            f"is {word} alone."
        )
    second = _names(rest[0])
    after = shown(rest[0][0].score)
    if len(first) > 1:
        verb = "is" if len(rest[0]) == 1 else "are"
        return f"{names} tie as {word} at {score}; next {verb} {second} at {after}."
    ahead = "ahead of" if SCHEMES[assessment.rule].least_first else "above"
    by = shown(assessment.margin)
    by = "less than 0.01" if by == "0.00" else by
    return f"{names} is {word} at {score}, {by} {ahead} {second} at {after}."


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
    """Explain each flag that some hypothesis carries, naming those that do."""
    return tuple(
        f"{joined(carriers)}. {meaning}"
        for flag, meaning in FLAGS.items()
        if (carriers := [h.label for h in assessment.hypotheses if flag in h.flags])
    )
