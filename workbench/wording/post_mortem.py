"""The post-mortem in words: where the answer stood, what spoke against it, what led."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workbench.case.model import Case, Outcome
from workbench.method.hindsight import Hindsight, days_before
from workbench.method.matrix import Matrix
from workbench.method.scoring import Assessment
from workbench.record.history import Step
from workbench.wording import counted, joined, listed, measure, quoted, shown
from workbench.wording.fragility import describe_no_replay
from workbench.wording.moved import called, ordinal

_NAMED: Final = 6  # items in a sentence
_TITLE: Final = 48


def describe_stood(moments: Sequence[tuple[str, Step, str]]) -> tuple[str, ...]:
    """Say where a hypothesis stood at each of some named moments, by its id then."""
    return tuple(f"{name}: {_stood(step, id_)}." for name, step, id_ in moments)


def _stood(step: Step, hypothesis: str) -> str:
    names = called(step.case)
    if hypothesis not in names:
        return "it was no hypothesis of the case yet"
    status = step.case.hypothesis[hypothesis].status
    if status != "active":
        return f"it was {status}, and not scored"
    if hypothesis not in step.ranks:
        return "it had no rank, since nothing was rated for it"
    place, shared = step.ranks[hypothesis]
    of = counted(len(step.ranks), "hypothesis", "hypotheses")
    score = shown(step.scores[hypothesis])
    said = f"{'shared ' * shared}{ordinal(place)} of {of}, with a score of {score}"
    if place > 1:
        said += f"; {joined(names[id_] for id_ in step.leaders)} led"
    return said


def describe_leaders(moments: Sequence[tuple[str, Step, str]]) -> tuple[str, ...]:
    """Say who led at each of some named moments, where the answer was none of them."""
    told = []
    for name, step, _ in moments:
        names = called(step.case)
        who = joined(names[id_] for id_ in step.leaders)
        verb = "were level first" if len(step.leaders) > 1 else "led"
        told.append(f"{name}: {who} {verb}." if who else f"{name}: nobody had a rank.")
    return tuple(told)


def describe_against(now: Assessment, found: Hindsight) -> tuple[str, ...]:
    """Say which items and which sources spoke against what turned out to be true."""
    case = now.matrix.basis.case
    name = called(case)[found.hypothesis]
    if not found.against:
        return (f"Nothing that counts speaks against {name}.",)
    items = [
        f"{_titled(case, one.evidence)} ({shown(one.value)})" for one in found.against
    ]
    many = counted(len(items), "item")
    verb = "speaks" if len(items) == 1 else "speak"
    each = f"now, each with what it adds: {listed(items, _NAMED)}."
    said = [f"{many} {verb} against {name} {each}"]
    for one in found.sources:
        labels = listed([case.item[id_].label for id_ in one.evidence], _NAMED)
        source = case.source.get(one.source)
        whose = quoted(source.spoken if source else one.source)
        said.append(
            f"From {whose}: {labels}, which add {shown(one.value)}."
            if len(one.evidence) > 1
            else f"From {whose}: {labels}, which adds {shown(one.value)}."
        )
    cited = {id_ for one in found.sources for id_ in one.evidence}
    if rest := [one for one in found.against if one.evidence not in cited]:
        labels = listed([case.item[one.evidence].label for one in rest], _NAMED)
        said.append(f"Without a source: {labels}.")
    return tuple(said)


def describe_sooner(
    now: Assessment, found: Hindsight, outcome: Outcome
) -> tuple[str, ...]:
    """Say since when the evidence known puts the answer first, and what hid it."""
    matrix = now.matrix
    name = called(matrix.basis.case)[found.hypothesis]
    said = []
    if no_replay := describe_no_replay(matrix):
        said.append(no_replay)
    elif found.led_since is not None:
        said += _since(matrix, found, name, outcome)
    elif found.first_led is not None:
        day = found.first_led.day.isoformat()
        said.append(
            f"As judged now, the evidence known by {day} puts {name} first, and what "
            "came later does not."
        )
    else:
        said.append(
            f"As judged now, the evidence known by any day does not put {name} first."
        )
    case = matrix.basis.case
    if found.hid:
        labels = [_titled(case, id_) for id_ in found.hid]
        verb = "alone keeps" if len(labels) == 1 else "each alone keep"
        said.append(
            f"{listed(labels, _NAMED)} {verb} it from the lead: left out, {name} "
            "would lead."
        )
    elif found.hypothesis not in now.leaders and now.ranking:
        said.append(f"No single item left out would put {name} first.")
    return tuple(said)


def _since(matrix: Matrix, found: Hindsight, name: str, outcome: Outcome) -> list[str]:
    day = found.led_since
    if day is None:
        return []
    known = outcome.known.last_day if outcome.known else None
    before = days_before(known, day)
    ahead = f", {counted(before, 'day')} before the answer was known" if before else ""
    first = day.ranking[0]
    level = " (level with others)" if len(first) > 1 else ""
    case = matrix.basis.case
    new = [_titled(case, id_) for id_ in day.evidence]
    came = f" New on that day: {listed(new, _NAMED)}." if new else ""
    said = f"As judged now, the evidence known by {day.day.isoformat()} puts {name} "
    return [f"{said}first{level}, and so does that of every later day{ahead}.{came}"]


def describe_none(now: Assessment, case: Case) -> tuple[str, ...]:
    """Say what an answer outside of the hypotheses means for the assessment."""
    if not now.ranking:
        return ("No hypothesis had a rank.",)
    names = called(case)
    who = joined(names[id_] for id_ in now.leaders)
    score = shown(now.standing[now.leaders[0]].score)
    what = measure(now.rule)
    each = " each" if len(now.leaders) > 1 else ""
    said = (
        "None of the hypotheses was the answer, so that no weighing of them could have "
        f"found it: what was missing is a hypothesis. First now: {who}, with{each} "
        f"{what} {score}."
    )
    return (said,)


def _titled(case: Case, id_: str) -> str:
    return f"{case.item[id_].label} {quoted(case.item[id_].title, _TITLE)}"
