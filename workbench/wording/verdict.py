"""The verdict in words without codes: the headline of every screen, file and terminal.

It names contenders as equals. What it hangs on is said a sentence a kind of slip; a
share of draws is no probability of a hypothesis, and is never said as one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from workbench.case.model import Rule
from workbench.method.leave_out import LeaveOut
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import TIE, Assessment
from workbench.method.sensitivity import CellChange, Drawn, Slips, Verdict
from workbench.wording import best, clipped, counted, joined, listed, quoted_item, shown
from workbench.wording.assumed import describe_grounds

NOTHING: Final = "There is nothing to compare yet."
FEW_MOVED: Final = 0.05  # of the ratings: below it the draws tell little
_NAMED: Final = 4  # items in a sentence
_TITLED: Final = 6  # hypotheses that a headline names by title; more go by label
_FLAGS: Final[Mapping[str, tuple[str, str]]] = {
    "unchallenged": (
        "{} is unchallenged: nothing that counts speaks against it.",
        "{} are unchallenged: nothing that counts speaks against them.",
    ),
    "vague": (
        "{} is vague: few of its ratings that count say anything either way.",
        "{} are vague: few of their ratings that count say anything either way.",
    ),
}


def spoken(now: Assessment) -> Mapping[str, str]:
    """Give how sentences name each hypothesis: its title, with a label if it must."""
    titles = {one.id: clipped(one.title) for one in now.hypotheses}
    many = Counter(titles.values())
    return {
        one.id: titles[one.id]
        if titles[one.id] and many[titles[one.id]] == 1
        else clipped(f"{one.label} {one.title}")
        for one in now.hypotheses
    }


def describe_verdict(now: Assessment, reached: Verdict) -> str:
    """Say what the numbers bear, in a sentence that can be read at a glance."""
    names = spoken(now)
    if len(reached.contenders) + len(reached.most_against) > _TITLED:
        names = {one.id: one.label for one in now.hypotheses}
    if reached.separated is None:
        return NOTHING
    who = [names[id_] for id_ in reached.contenders]
    if reached.separated and reached.bearing:
        return (
            f"{who[0]} is {best(now.rule)}, by {_bearing(reached)} alone: without "
            "that there is nothing to compare."
        )
    if reached.separated:
        return (
            f"{who[0]} is {best(now.rule)}, and no single item, origin, one-step "
            "change or fifth of the draws puts another first."
        )
    apart = " from ".join(who) if len(who) == 2 else joined(who)  # noqa: PLR2004
    said = f"The evidence does not separate {apart}"
    if not reached.most_against:
        return f"{said}."
    last = joined(names[id_] for id_ in reached.most_against)
    several = len(reached.most_against) > 1
    has, it = ("have", "them") if several else ("has", "it")
    most = "most against" if SCHEMES[now.rule].least_first else "least for"
    return f"{said}; {last} {has} {most} {it}."


def _bearing(reached: Verdict) -> str:
    """Say what everything hangs on: an item, rather than the origin that it is of."""
    first = min(reached.bearing, key=lambda one: not one.startswith("item:"))
    return "one item" if first.startswith("item:") else "items of one origin"


def describe_lead(now: Assessment, reached: Verdict) -> str:
    """Say who is ahead now, and by how much; "" where nothing is compared."""
    names = spoken(now)
    if reached.separated is None:
        return ""
    if reached.front_runner is None:
        return f"{joined(names[id_] for id_ in now.leaders)} are level now."
    by = shown(now.margin)
    by = "less than 0.01" if by == "0.00" else by
    return f"{names[reached.front_runner]} is ahead now, by {by}."


def describe_standing(now: Assessment, reached: Verdict) -> tuple[str, ...]:
    """Say what goes with a verdict: flags of contenders, and who is not compared.

    Last, what shares of the contenders' scores rest on assumptions and absences.
    """
    names = spoken(now)
    said = []
    for flag, (of_one, of_several) in _FLAGS.items():
        carriers = [
            names[id_] for id_ in reached.contenders if flag in now.standing[id_].flags
        ]
        if carriers:
            text = of_several if len(carriers) > 1 else of_one
            said.append(text.format(joined(carriers)))
    unranked = [one.id for one in now.hypotheses if one.rank is None]
    if unranked:
        it = "them" if len(unranked) > 1 else "it"
        why = f"nothing has been rated for {it}"
        if _is_rated(now, unranked):
            why = f"no item that counts is rated for {it}, NA aside"
        which = joined(names[id_] for id_ in unranked)
        said.append(f"Not compared, since {why}: {which}.")
    of = {id_: names[id_] for id_ in reached.contenders}
    if reached.separated is not None and (rests := describe_grounds(now, of)):
        said.append(rests)
    return tuple(said)


def _is_rated(now: Assessment, hypotheses: Iterable[str]) -> bool:
    """Tell whether any of some hypotheses has a rating, be it of an item left out."""
    basis = now.matrix.basis
    return any(
        basis.judgments.rating(item, id_)
        for id_ in hypotheses
        for item in basis.case.evidence
    )


def verdict_lines(now: Assessment, reached: Verdict) -> tuple[str, ...]:
    """Say the verdict, who is ahead now, and what goes with them."""
    lead = describe_lead(now, reached)
    first = (describe_verdict(now, reached), *([lead] if lead else []))
    return (*first, *describe_standing(now, reached))


# ------------------------------------------------------- what it hangs on


def describe_hanging(found: Slips, reached: Verdict, drawn: Drawn) -> tuple[str, ...]:
    """Say what would put others first, a sentence for each kind of slip and leader."""
    now = found.assessment
    if reached.separated is None:
        return ()
    return (
        *_of_items(found),
        *_of_origins(found),
        *_of_steps(found),
        shares_of_draws(now, drawn),
        *_of_sources(found),
        *_of_rules(now, reached),
    )


def leads(names: Mapping[str, str], who: Sequence[str]) -> str:
    """Say who leads, alone or level with others."""
    if not who:
        return "no hypothesis has a rank"
    if len(who) > 1:
        return f"{joined(names[id_] for id_ in who)} are level first"
    return f"{names[who[0]]} leads"


def _of_items(found: Slips) -> Iterable[str]:
    names, case = spoken(found.assessment), found.assessment.matrix.basis.case
    for who, ones in _by_leaders(found.without_items).items():
        titles = [quoted_item(case, one.id) for one in ones]
        if len(ones) == 1:
            yield f"Without {titles[0]}, {leads(names, who)}."
        else:
            any_ = f"Without any one of {len(ones)} items"
            yield f"{any_}, {leads(names, who)}: {listed(titles, _NAMED)}."


def _of_origins(found: Slips) -> Iterable[str]:
    names, case = spoken(found.assessment), found.assessment.matrix.basis.case
    several = [one for one in found.without_origins if len(one.evidence) > 1]
    for who, ones in _by_leaders(several).items():
        groups = [
            listed([quoted_item(case, id_) for id_ in one.evidence], _NAMED)
            for one in ones
        ]
        if len(ones) == 1:
            items = counted(len(ones[0].evidence), "item")
            yield (
                f"Without the {items} of one origin ({groups[0]}), {leads(names, who)}."
            )
        else:
            any_ = f"Without the items of any one of {len(ones)} origins"
            yield f"{any_}, {leads(names, who)}: {'; '.join(groups[:_NAMED])}."


def _of_steps(found: Slips) -> Iterable[str]:
    now = found.assessment
    names = spoken(now)
    by_leaders: dict[tuple[str, ...], list[CellChange]] = {}
    for one in found.single_steps:
        by_leaders.setdefault(one.leaders, []).append(one.cell)
    for who, cells in by_leaders.items():
        many = len({(cell.evidence, cell.hypothesis) for cell in cells})
        said = f"One step in any one of {many} ratings, and {leads(names, who)}, as by"
        if many == 1:
            said = f"One step in one rating, and {leads(names, who)}:"
        yield f"{said} {change_in_words(now, cells[0])}."


def _of_sources(found: Slips) -> Iterable[str]:
    names, case = spoken(found.assessment), found.assessment.matrix.basis.case
    sources = {source.id: source.spoken for source in case.sources}
    for one in found.without_sources:
        if one.leaders_change:
            items = counted(len(one.evidence), "item")
            source = clipped(sources.get(one.id, one.id))
            who = one.ranking[0] if one.ranking else ()
            yield (
                f"Without the {items} that {source} alone supports, "
                f"{leads(names, who)}."
            )


def _of_rules(now: Assessment, reached: Verdict) -> Iterable[str]:
    by_leaders: dict[tuple[str, ...], list[Rule]] = {}
    for rule, who in reached.rules.items():
        by_leaders.setdefault(who, []).append(rule)
    for who, rules in by_leaders.items():
        titles = joined(SCHEMES[rule].title.lower() for rule in rules)
        yield f"Counted by {titles}, {leads(spoken(now), who)}."


def _by_leaders(
    ones: Iterable[LeaveOut],
) -> Mapping[tuple[str, ...], list[LeaveOut]]:
    found: dict[tuple[str, ...], list[LeaveOut]] = {}
    for one in ones:
        if one.leaders_change:
            found.setdefault(one.ranking[0] if one.ranking else (), []).append(one)
    return found


def change_in_words(now: Assessment, cell: CellChange) -> str:
    """Name a rating with what it is and what it would have to be."""
    item = quoted_item(now.matrix.basis.case, cell.evidence)
    column = spoken(now)[cell.hypothesis]
    return f"{item} against {column}, {cell.from_.meaning} to {cell.to.meaning}"


# ------------------------------------------------------- draws


def shares_of_draws(now: Assessment, drawn: Drawn) -> str:
    """Say how often each leads in the draws, those that lead most often first."""
    names = spoken(now)
    order = sorted(drawn.leads.items(), key=lambda one: -one[1])
    first, *others = [
        (names[id_], _of_hundred(share))
        for id_, share in order
        if now.standing[id_].rank is not None
    ]
    shares = [f"{first[0]} leads in {first[1]} of 100"]
    shares += [f"{name} in {share}" for name, share in others]
    said = (
        f"In {drawn.draws:,} draws, in which {in_hundred(drawn.moved)} ratings stand "
        f"one step from where they were put, {listed(shares)}."
    )
    if drawn.moved >= FEW_MOVED:
        return said
    return (
        f"{said} So few ratings slip, since a code beside those in use is rare, that "
        "the draws tell little."
    )


def describe_draws(now: Assessment, drawn: Drawn) -> str:
    """Say how often each leads in the draws, and what the draws are."""
    if not now.ranking:
        return "Nothing is rated yet, so there is nothing to draw."
    return f"{shares_of_draws(now, drawn)} {about_draws(drawn)}"


def about_draws(drawn: Drawn) -> str:
    """Say what the draws are, and what a share of them is not."""
    return (
        f"Worded levels slip like ratings, and ties are shared out (seed {drawn.seed})."
        " A share of draws says how steady the ranking is; it is no probability of a "
        "hypothesis."
    )


def in_hundred(x: float) -> str:
    """Print the share of ratings that slipped: 8.9 in 100."""
    return f"{math.floor((x + TIE) * 1000 + 0.5) / 10:g} in 100"


def _of_hundred(x: float) -> str:
    """Print a share of draws by whole numbers, that of a few as no nought."""
    whole = math.floor((x + TIE) * 100 + 0.5)
    return str(whole) if whole or x == 0 else "fewer than 1"
