"""What differs between two moments, in words, a heading for each kind of difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workbench.case.entry import EntryKind
from workbench.case.model import Case
from workbench.method.differences import (
    Differences,
    TextDifference,
    ThingDifference,
    ValueDifference,
)
from workbench.method.scoring import Assessment
from workbench.wording import clipped, code, counted, named, quoted, shown
from workbench.wording.logged import FIELDS, PARTS
from workbench.wording.moved import describe_shift, value
from workbench.wording.ranking import describe_ranking

_TEXT: Final = 220  # characters of a text
_BEYOND: Final = (EntryKind.PRIOR, EntryKind.PROBABILITY)


@dataclass(frozen=True)
class Heading:
    """Differences of one kind, each in a line."""

    title: str
    lines: tuple[str, ...]


def describe_differences(case: Case, found: Differences) -> tuple[Heading, ...]:
    """Say what differs, by kind; `case` is that of the second moment."""
    rated = [one for one in found.cells if one.of_code]
    reasons = [one for one in found.cells if not one.of_code]
    texts = [one for one in found.texts if one.what != "question"]
    groups: Sequence[tuple[str, Sequence[str]]] = (
        (
            "Ratings",
            [
                f"{_cell(case, one.evidence, one.hypothesis)}: "
                f"{code(one.before) or 'unrated'} to {code(one.after) or 'unrated'}"
                + (f". {clipped(_because(one), _TEXT)}" if _because(one) else "")
                for one in rated
            ],
        ),
        (
            "Reasons",
            [
                f"{_cell(case, one.evidence, one.hypothesis)}: "
                f"{_said(_because(one, first=True))} became {_said(_because(one))}"
                for one in reasons
            ],
        ),
        ("Weights", _weights(case, found)),
        ("Items, hypotheses and sources", [_thing(one) for one in found.things]),
        ("Texts", [_text(case, one) for one in texts]),
        (
            "The question",
            [_text(case, one) for one in found.texts if one.what == "question"],
        ),
        (
            "Beyond the matrix",
            [
                _beyond(case, one)
                for one in found.values
                if one.change.kind in _BEYOND or one.change.part
            ],
        ),
    )
    return tuple(Heading(title, tuple(lines)) for title, lines in groups if lines)


def describe_rankings(before: Assessment, after: Assessment) -> tuple[str, ...]:
    """Say the order at both moments, or that it is the same to the last digit."""
    was, now = describe_ranking(before), describe_ranking(after)
    if was == now:
        return (f"At both moments: {was}",)
    return f"Then: {was}", f"Now: {now}"


def _cell(case: Case, evidence: str, hypothesis: str) -> str:
    return f"{named(case.item[evidence])} against {named(case.hypothesis[hypothesis])}"


def _because(one: Any, *, first: bool = False) -> str:  # noqa: ANN401
    rating = one.before if first else one.after
    return rating.because if rating else ""


def _said(text: str) -> str:
    return quoted(text, _TEXT) if text else "no reason"


def _weights(case: Case, found: Differences) -> list[str]:
    """Say what was decided of each item, and what its weight came to by all of it."""
    moved = {one.evidence: one for one in found.weights}
    decided: dict[tuple[str, str], list[str]] = {}
    for one in found.values:
        if one.change.kind not in _BEYOND and not one.change.part:
            said = describe_shift(case, one)
            place = one.change.evidence or "", one.change.source or ""
            decided.setdefault(place, []).append(said)
    lines = []
    for (item, _), told in decided.items():
        if weight := moved.pop(item, None):
            its = "its weight" if len(told) == 1 else "together its weight"
            was, now = shown(weight.before), shown(weight.after)
            told.append(f"{its} from {was} to {now}")
        lines.append("; ".join([told[0][0].upper() + told[0][1:], *told[1:]]))
    lines += [
        f"The weight of {named(case.item[one.evidence])} from {shown(one.before)} to "
        f"{shown(one.after)}, by its origin, its sources or the rule"
        for one in moved.values()
    ]
    return lines


def _thing(one: ThingDifference) -> str:
    thing = one.after or one.before
    title = getattr(thing, "title", getattr(thing, "name", ""))
    label = getattr(thing, "label", "Source")
    verb = "added" if one.before is None else "deleted"
    return f"{clipped(f'{label} {title}')} {verb}"


def _text(case: Case, one: TextDifference) -> str:
    field = FIELDS.get(one.field, one.field.replace("_", " "))
    if one.what == "question":
        whose = "The question"
    elif one.what == "source":
        whose = case.source[one.id].spoken
    else:
        things: Mapping[str, Any] = (
            case.item if one.what == "evidence" else case.hypothesis
        )
        whose = named(things[one.id])
    if isinstance(one.before, list) or isinstance(one.after, list):
        said = _lists(case, one.before or [], one.after or [])
        return f"{whose}: {field}: {said}"
    before, after = _spoken(case, one.before), _spoken(case, one.after)
    return f"{whose}: {field}: {before} became {after}"


def _spoken(case: Case, found: object) -> str:
    """Print a value; an answer by the hypothesis that it is, not by its id."""
    if not isinstance(found, Mapping) or "hypothesis" not in found:
        return _printed(found)
    id_ = found["hypothesis"]
    answer = _called(case, id_) if id_ else "none of these"
    return _printed({**found, "hypothesis": answer})


def _called(case: Case, id_: str) -> str:
    """Name what an id in a text is of, as far as the case still has it."""
    if id_ in case.hypothesis:
        return named(case.hypothesis[id_])
    if id_ in case.source:
        return case.source[id_].spoken
    return id_


def _printed(found: object) -> str:
    if found in (None, ""):
        return "nothing"
    if isinstance(found, Mapping):
        parts = [f"{FIELDS.get(key, key)} {one}" for key, one in found.items()]
        return quoted("; ".join(parts), _TEXT)
    return quoted(str(found), _TEXT)


def _lists(case: Case, before: Sequence[Any], after: Sequence[Any]) -> str:
    """Say what came into a list and what went, by the text of each."""
    was, now = ([_entry(case, one) for one in ones] for ones in (before, after))
    came = [one for one in now if one not in was]
    went = [one for one in was if one not in now]
    told = []
    if came:
        told.append(f"added {'; '.join(quoted(one, _TEXT) for one in came)}")
    if went:
        told.append(f"removed {'; '.join(quoted(one, _TEXT) for one in went)}")
    if not told:
        changed = sum(a != b for a, b in zip(before, after, strict=False))
        return f"{counted(changed, 'entry', 'entries')} changed or moved"
    return ", ".join(told)


def _entry(case: Case, one: object) -> str:
    if isinstance(one, Mapping):
        text = one.get("text") or _called(case, str(one.get("source") or ""))
        at = f", {one['at']}" if one.get("at") else ""
        return f"{text}{at}"
    return _called(case, str(one))


def _beyond(case: Case, one: ValueDifference) -> str:
    change = one.change
    if change.kind is EntryKind.NARRATIVE:
        what = f"Report, {PARTS.get(change.part or '', change.part)}"
        return f"{what}: {_printed(one.before)} became {_printed(one.after)}"
    about = (
        named(case.hypothesis[change.hypothesis])
        if change.hypothesis
        else str(change.part)
    )
    before, after = (value(change.kind, found) for found in (one.before, one.after))
    return f"{str(change.kind).capitalize()} of {about} from {before} to {after}"
