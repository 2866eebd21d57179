"""What several analysts' judgments come to, in words: leaders, means, agreement.

Each one's verdict stays theirs. A mean is said as a mean, and agreement with the number
of cells that it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from workbench.case.model import Rule
from workbench.method.agreement import Agreement, Agreements
from workbench.method.group import Group
from workbench.method.rounding import decimals
from workbench.method.scoring import TIE, Ranking
from workbench.method.sensitivity import Verdict
from workbench.wording import counted, joined, measure, share
from workbench.wording.verdict import leads

UNTOLD: Final = "cannot be told"
_WHY: Final[Mapping[str, str]] = {
    "one-rater": "fewer than two analysts have rated here",
    "no-overlap": "no cell was rated by two analysts",
    "one-level": "every rating is of one level, so that chance cannot be told apart",
}


def describe_team(
    names: Mapping[str, str], group: Group, verdicts: Mapping[str, Verdict]
) -> str:
    """Say how many analysts have whom first, and for how many that is separated.

    `names` are the hypotheses' by id, `verdicts` the analysts' by name.
    """
    leaders = _leaders(names, group)
    told = [one.separated for one in verdicts.values() if one.separated is not None]
    return f"{leaders}; {_separated(told)}." if told else f"{leaders}."


def _leaders(names: Mapping[str, str], group: Group) -> str:
    by_leaders: dict[Ranking, int] = {}
    for ranking in group.rankings.values():
        # One alone with a rank is before nobody.
        who = ranking[:1] if sum(map(len, ranking)) > 1 else (*ranking, ())
        by_leaders[who] = by_leaders.get(who, 0) + 1
    many = len(group.analysts)
    if len(by_leaders) == 1:
        [who] = by_leaders
        everybody = "The analyst has" if many == 1 else f"All {many} analysts have"
        return f"{everybody} {_first(names, who)}"
    order = sorted(by_leaders.items(), key=lambda one: -one[1])
    (who, most), *others = order
    said = [f"{most} of {many} analysts {_have(most)} {_first(names, who)}"]
    said += [f"{n} {_have(n)} {_first(names, who)}" for who, n in others]
    return ", ".join(said)


def _separated(told: Sequence[bool]) -> str:
    many, separated = len(told), sum(told)
    others = "the evidence separate one from the others"
    if not separated:
        whose = "the ratings do not let" if many == 1 else "nobody's ratings let"
    elif separated == many:
        whose = "the ratings let" if many == 1 else "everybody's ratings let"
    else:
        whose = f"the ratings of {separated} of {many} let"
    return f"{whose} {others}"


def describe_mean(names: Mapping[str, str], group: Group, rule: Rule) -> str:
    """Say who is ahead by the mean of the scores, and by how much; "" for nobody."""
    if not group.ranking:
        return ""
    mean = _by_the_mean(len(group.analysts), rule)
    first, *others = group.ranking
    if len(first) > 1:
        return f"{mean}, {joined(names[id_] for id_ in first)} are level first."
    if not others:
        return f"{mean}, {names[first[0]]} alone has a rank."
    gap = abs(_score(group, first[0]) - _score(group, others[0][0]))
    by = "less than 0.01" if decimals(gap) == "0.00" else decimals(gap)
    return f"{mean}, {names[first[0]]} is ahead by {by} of {measure(rule)}."


def describe_without(names: Mapping[str, str], group: Group) -> tuple[str, ...]:
    """Say who leads by the mean without each analyst, where that is not who leads."""
    return tuple(
        f"Without {name}, {leads(names, ranking[0] if ranking else ())}."
        for name, ranking in group.without.items()
        if (ranking[0] if ranking else ()) != group.leaders
    )


def describe_agreement(found: Agreement) -> str:
    """Say alpha with its interval and the cells it rests on, or why there is none."""
    if found.alpha is None:
        return f"{UNTOLD.capitalize()}: {_WHY[found.why]}."
    if found.cells == 1:
        return (
            f"Ordinal alpha {decimals(found.alpha)}, over one cell that two or more "
            "rated: too few to tell."
        )
    between = f"{decimals(found.low or 0.0)} to {decimals(found.high or 0.0)}"
    return (
        f"Ordinal alpha {decimals(found.alpha)} ({between} in 95 of 100 resamples), "
        f"over {counted(found.cells, 'cell')} that two or more rated."
    )


def describe_taken_over(found: Agreements) -> str:
    """Say how much of the agreement is nobody's own rating; "" for nothing of it."""
    if found.taken_over <= TIE:
        return ""
    return (
        f"{share(found.taken_over)} of the ratings compared are the published ones, "
        "which the analyst left as they were. That is no second opinion, so that the "
        "agreement of independent raters may be less."
    )


def _first(names: Mapping[str, str], who: Ranking) -> str:
    first = who[0]
    if not first:
        return "no hypothesis with a rank"
    if len(who) > 1:
        return f"{names[first[0]]} alone with a rank"
    if len(first) == 1:
        return f"{names[first[0]]} first"
    return f"{joined(names[id_] for id_ in first)} level first"


def _by_the_mean(analysts: int, rule: Rule) -> str:
    if analysts == 1:
        return "By the one analyst's scores"
    if rule is Rule.SQUARED_INCONSISTENCY:  # which is of a mean rating, and not a mean
        return f"By the squares of {analysts} analysts' mean ratings"
    return f"By the mean of {analysts} analysts' scores"


def _have(n: int) -> str:
    return "has" if n == 1 else "have"


def _score(group: Group, id_: str) -> float:
    score = group.scores[id_]
    assert score is not None, "a hypothesis in the ranking has a score"
    return score
