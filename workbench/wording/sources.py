"""What the evidence rests on, in words: sources, their grades, origins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from workbench.method.matrix import Matrix
from workbench.method.origins import Origin
from workbench.method.scoring import TIE, Assessment
from workbench.wording import counted, joined, listed, quoted
from workbench.wording.diagnosticity import most_diagnostic

RELIABILITY: Final[Mapping[str, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
CREDIBILITY: Final[Mapping[str, str]] = {
    "1": "confirmed by independent sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}


def grade(text: str) -> str:
    """Spell an Admiralty grade out; F and 6 mean unjudged, not worst."""
    if not text:
        return ""
    return f"{text}: {RELIABILITY[text[0]]}, {CREDIBILITY[text[1]]}"


def describe_sources(assessment: Assessment) -> tuple[str, ...]:
    """Summarise the sources: how reliable, who carries what, what is counted once."""
    matrix = assessment.matrix
    case, judgments = matrix.basis.case, matrix.basis.judgments
    if not case.sources:
        return ("The case names no source.",)
    letters = Counter(source.reliability for source in case.sources)
    said = [
        f"The case rests on {counted(len(case.sources), 'source')}: "
        + joined(
            f"{letters[letter]} of reliability {letter} ({RELIABILITY[letter]})"
            for letter in sorted(letters)
        )
        + "."
    ]
    cited = [{c.source for c in item.sources} for item in matrix.evidence]
    total = len(cited)
    shares = []
    for source in case.sources:
        alone = sum(one == {source.id} for one in cited)
        every = sum(source.id in one for one in cited)
        if every:
            name = quoted(source.spoken)
            shares.append(f"{name} is cited for {every}, and alone for {alone}")
    if shares:
        several = sum(len(one) > 1 for one in cited)
        take = "that takes part" if total == 1 else "that take part"
        said.append(
            f"Of the {counted(total, 'item')} {take}, "
            + "; ".join(shares)
            + f". More than one source vouches for {several}."
        )
    without = [
        item.label for item, one in zip(matrix.evidence, cited, strict=True) if not one
    ]
    if without:
        said.append(f"No source is named for {listed(without)}.")
    said += _key_sources(assessment)
    groups = Counter(o for item in matrix.evidence if (o := judgments.origin(item)))
    repeated = [n for n in groups.values() if n > 1]
    if repeated:
        each = "item counts apart" if matrix.basis.count_all else "group counts as one"
        groups_ = counted(len(repeated), "group")
        said.append(
            f"Items repeat one origin in {groups_}, {sum(repeated)} items in all; each "
            f"{each}."
        )
    return tuple(said)


def _key_sources(assessment: Assessment) -> list[str]:
    case = assessment.matrix.basis.case
    key = most_diagnostic(assessment)[:5]
    names = dict.fromkeys(
        quoted(case.source[c.source].spoken)
        for one in key
        for c in case.item[one.id].sources
    )
    if not names:
        return []
    items = joined(one.label for one in key)
    verb = "item ({}) rests" if len(key) == 1 else "items ({}) rest"
    return [f"The most diagnostic {verb.format(items)} on {listed(list(names))}."]


def describe_evenness(items: int, effective: float) -> str:
    """Say over how many items of equal weight the weight would spread as evenly.

    It speaks of weights; whether items are independent no number of these says.
    """
    if not items:
        return "No item takes part."
    if items > 1 and abs(items - effective) < TIE:
        return f"{items} items, which weigh alike."
    return (
        f"{counted(items, 'item')}, whose weights are as uneven as if "
        f"{effective:.1f} of equal weight carried all."
    )


def describe_origins(matrix: Matrix, found: Sequence[Origin]) -> str:
    """Say how many items name an origin, and how those of one are counted."""
    items, naming = len(matrix.evidence), sum(len(one.items) for one in found)
    if not found:
        return f"None of the {counted(items, 'item')} names an origin."
    verb = "names" if naming == 1 else "name"
    stand = "stands" if items - naming == 1 else "stand"
    origins_ = counted(len(found), "origin")
    said = f"{naming} of the {counted(items, 'item')} {verb} an origin ({origins_}); "
    said += f"{items - naming} {stand} alone. "
    if matrix.basis.count_all:
        return said + "Every item of an origin is counted in full."
    return said + (
        "Items of one origin weigh together as much as the heaviest of them, before "
        "emphasis."
    )
