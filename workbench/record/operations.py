"""Operations as a page sends them: read and checked, or refused by name.

Whatever a message holds, it is read or one of two errors says what is wrong with it:
WorkbenchError where there is no operation that could be refused, Refused else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from workbench.case.entry import (
    JUDGED,
    MAX_TEXT,
    OF_CELL,
    OF_HYPOTHESIS,
    PARTS,
    UNRATED,
    Change,
    EntryKind,
    Value,
    fitting,
)
from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.case.nodes import unfit
from workbench.errors import WorkbenchError

MAX_OPERATIONS: Final = 20_000
MAX_CHANGES: Final = 200_000  # of one operation: a block pasted over a large matrix
EMPHASES: Final = (EntryKind.EMPHASIS, EntryKind.SOURCE_EMPHASIS)
STEPS: Final = ("undo", "redo")
MAX_NUMBER: Final = 2**53  # a page counts in floating point
_LENGTH: Final = 64  # of the name that a page goes by
_SHOWN: Final = 60  # characters of what was found


class Refused(WorkbenchError):
    """An operation that cannot be carried out; its text says why, and what may be."""


def read_client(client: Any) -> str:  # noqa: ANN401
    """Check the name that a page goes by.

    Raises WorkbenchError.
    """
    named = isinstance(client, str) and 0 < len(client) <= _LENGTH
    if not named or not client.isprintable():
        allowed = f"use 1 to {_LENGTH} printable characters"
        raise WorkbenchError(f"not a page: {shown(client)}; {allowed}")
    return str(client)


def read_numbers(operations: Any) -> list[tuple[int, Sequence[Any]]]:  # noqa: ANN401
    """Check that there are operations, each with a number and a verb; give both.

    Raises WorkbenchError, which names the first that is none.
    """
    if not isinstance(operations, list | tuple) or len(operations) > MAX_OPERATIONS:
        allowed = f"use a list of at most {MAX_OPERATIONS:,}"
        raise WorkbenchError(f"not a batch of operations; {allowed}")
    found = []
    for place, operation in enumerate(operations, start=1):
        whole = isinstance(operation, list | tuple) and len(operation) > 1
        number = operation[0] if whole else None
        if not isinstance(number, int) or isinstance(number, bool):
            number = 0
        if not 0 < number < MAX_NUMBER:
            allowed = (
                "use a list of a whole number above 0, a verb and what it is about"
            )
            said = f"not an operation: {shown(operation)} (the {place}. of the batch)"
            raise WorkbenchError(f"{said}; {allowed}")
        found.append((number, operation))
    return found


def read_changes(case: Case, argument: Any) -> list[Change]:  # noqa: ANN401
    """Read what an operation changes; whether it can be now is not looked at.

    Raises Refused.
    """
    changes = _list(argument)
    if len(changes) > MAX_CHANGES:
        raise Refused(f"more than {MAX_CHANGES:,} changes at once")
    return [_change(case, one) for one in changes]


def read_preview(case: Case, argument: Any) -> tuple[EntryKind, str, float]:  # noqa: ANN401
    """Read where a slider in mid-drag stands: kind, id and value.

    Raises Refused.
    """
    change = _change(case, argument)
    kind = EntryKind(change.kind)
    if kind not in EMPHASES or not isinstance(change.to, float):
        raise Refused("only an emphasis can be previewed")
    return kind, change.evidence or change.source or "", change.to


def read_item(case: Case, argument: Any) -> str | None:  # noqa: ANN401
    """Read the item that returns to the baseline, None for everything.

    Raises Refused.
    """
    if argument is None:
        return None
    if not _is_in(argument, case.item):
        raise Refused(f"the case has no item {shown(argument)}")
    return str(argument)


def require_rated(case: Case, judgments: Judgments, changes: Sequence[Change]) -> None:
    """Require a rating of each reason: one that stands, or is given along with it.

    Raises Refused.
    """
    given: dict[tuple[str | None, str | None], object] = {}
    for change in changes:
        cell = (change.evidence, change.hypothesis)
        if change.kind is EntryKind.RATING:
            given[cell] = change.to
        elif change.kind is EntryKind.REASON:
            stands, _ = judgments.value(case, change)
            if given.get(cell, stands) == UNRATED:
                said = "rate the cell first: a reason is the reason of a rating"
                raise Refused(said)


def returning(judgments: Judgments, evidence: str | None) -> list[Change]:
    """Send every departure of an item, or of all for None, back to the baseline.

    Raises Refused where there is none.
    """
    changes = [
        Change(EntryKind.RATING, item, hypothesis)
        for item, hypothesis in judgments.ratings
        if evidence in (None, item)
    ]
    for kind, departures in judgments.by_kind().items():
        for id_ in departures:
            if kind is EntryKind.SOURCE_EMPHASIS:
                if evidence is None:
                    changes.append(Change(kind, source=id_))
            elif evidence in (None, id_):
                changes.append(Change(kind, evidence=id_))
    if not changes:
        raise Refused("everything stands at the baseline already")
    return changes


def with_before(
    case: Case, judgments: Judgments, changes: Sequence[Change]
) -> list[Change]:
    """Fill in what stood before, each cell taken once, as last asked for."""
    last = {
        (c.kind, c.evidence, c.hypothesis, c.source, c.part, c.undoes): c
        for c in changes
    }
    signed = []
    for change in last.values():
        stood, _ = judgments.value(case, change)
        plain = change.kind not in OF_CELL
        if plain and stood == change.to and change.undoes is None:
            continue
        signed.append(replace(change, from_=stood))
    return signed


def _change(case: Case, raw: Any) -> Change:  # noqa: ANN401
    """Read one change: [kind, id, hypothesis, to, because].

    The id is an item's, or what a kind is about instead: a source, a hypothesis, a
    part.
    """
    fields = [*_list(raw), None, None, None, None, None][:5]
    kind_word, id_, hypothesis, to, because = fields
    if not isinstance(kind_word, str) or kind_word not in JUDGED:
        raise Refused(f"unknown kind {shown(kind_word)}")
    kind = EntryKind(kind_word)
    reason = read_reason(because)
    if kind is EntryKind.SOURCE_EMPHASIS:
        if not _is_in(id_, case.source):
            raise Refused(f"the case has no source {shown(id_)}")
        return Change(kind, source=id_, to=_value(kind, to))
    if kind is EntryKind.CERTAINTY:
        _require_hypothesis(case, hypothesis)
        to = _value(kind, to, id_)
        return Change(kind, hypothesis=hypothesis, to=to, part=id_)
    if kind in PARTS:
        return Change(kind, to=_value(kind, to, id_), part=id_)
    if kind in OF_HYPOTHESIS:
        _require_hypothesis(case, id_)
        return Change(kind, hypothesis=id_, to=_value(kind, to))
    if not _is_in(id_, case.item):
        raise Refused(f"the case has no item {shown(id_)}")
    if kind not in OF_CELL:
        return Change(kind, evidence=id_, to=_value(kind, to))
    _require_hypothesis(case, hypothesis)
    value = _value(kind, "" if kind is EntryKind.REASON else to)
    return Change(kind, id_, hypothesis, to=value, because=reason)


def _require_hypothesis(case: Case, id_: Any) -> None:  # noqa: ANN401
    if not _is_in(id_, case.hypothesis):
        raise Refused(f"the case has no hypothesis {shown(id_)}")


def _list(raw: Any) -> list[Any]:  # noqa: ANN401
    if not isinstance(raw, list | tuple):
        raise Refused("a list is needed")
    return list(raw)


def read_reason(because: Any) -> str:  # noqa: ANN401
    """Read the reason of a change, "" for none; raises Refused for what is no text."""
    reason = "" if because is None else because
    if not isinstance(reason, str) or len(reason) > MAX_TEXT:
        raise Refused(f"a reason is a text of at most {MAX_TEXT:,} characters")
    return _fit(reason, "a reason")


def _fit(text: str, what: str) -> str:
    if character := unfit(text):
        said = f"the character {character} is not allowed in {what}; take it out"
        raise Refused(said)
    return text.strip()


def _is_in(id_: Any, known: Mapping[str, Any]) -> bool:  # noqa: ANN401
    return isinstance(id_, str) and id_ in known


def _value(kind: EntryKind, to: Any, part: Any = None) -> Value:  # noqa: ANN401
    if part is not None and not isinstance(part, str):
        raise Refused(f"{shown(part)} is no part of a {kind}")
    if kind is EntryKind.NARRATIVE and isinstance(to, str):
        to = _fit(to, "a report") or None  # an empty text goes back to none
    try:
        return fitting(kind, to, part)
    except ValueError as error:
        raise Refused(str(error)) from error


def shown(value: object) -> str:
    """Name what was found, briefly: it may be anything, of any size."""
    if isinstance(value, str):
        text = repr(value[: _SHOWN + 1])
    elif value is None or isinstance(value, bool | float):
        text = repr(value)
    elif isinstance(value, int):
        text = repr(value) if abs(value) < MAX_NUMBER else "a huge number"
    else:
        text = "a list" if isinstance(value, list | tuple) else "an object"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
