"""What was asked for of a thing that got another id while it was on its way.

A page asks by the ids that it was drawn with. A rating that crosses a rename is meant
for the thing, and not for the name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from workbench.case.comments import COMMENTING
from workbench.case.entry import OF_HYPOTHESIS, PARTS, Entry, EntryKind
from workbench.case.model import Case
from workbench.errors import WorkbenchError

_ITEMS: Final = "evidence"
_HYPOTHESES: Final = "hypotheses"
_SOURCES: Final = "sources"


class Behind(WorkbenchError):
    """The case is known as it was before somebody gave a thing another id."""

    def __init__(self) -> None:
        super().__init__("not saved: the case was changed meanwhile; try again")


def require_known(renames: Sequence[Entry], known: Sequence[Entry]) -> None:
    """Raise Behind where a thing got an id since the case was read.

    What is judged by its old one from then on would be about nothing.
    """
    if {one.seq for one in renames} - {one.seq for one in known}:
        raise Behind


def by_new_ids(
    case: Case, renames: Sequence[Entry], operation: Sequence[Any]
) -> Sequence[Any]:
    """Give an operation with the ids that what it is about has now.

    An id that the case has is taken as it is. What is no operation at all stays as it
    is too, to be refused by name.
    """
    if not renames:
        return operation
    number, verb, argument = [*operation, None][:3]
    return number, verb, _about(case, renames, verb, argument)


def _about(  # noqa: C901
    case: Case,
    renames: Sequence[Entry],
    verb: object,
    argument: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    has: dict[str, Collection[str]] = {
        _ITEMS: case.item,
        _HYPOTHESES: case.hypothesis,
        _SOURCES: case.source,
    }

    def now(part: str, id_: Any) -> Any:  # noqa: ANN401
        if not isinstance(id_, str) or id_ in has[part]:
            return id_
        found = id_
        for one in renames:
            if (one.change.part, one.change.from_) == (part, found):
                found = str(one.change.to)
        return found if found in has[part] else id_

    def change(raw: Any) -> Any:  # noqa: ANN401
        if not isinstance(raw, list | tuple) or len(raw) < 2:  # noqa: PLR2004
            return raw
        kind, id_, *rest = raw
        if kind == EntryKind.SOURCE_EMPHASIS:
            return [kind, now(_SOURCES, id_), *rest]
        if kind in OF_HYPOTHESIS:
            return [kind, now(_HYPOTHESES, id_), *rest]
        if kind not in PARTS and kind != EntryKind.CERTAINTY:
            id_ = now(_ITEMS, id_)
        if rest:
            rest[0] = now(_HYPOTHESES, rest[0])
        return [kind, id_, *rest]

    if verb == "change" and isinstance(argument, list | tuple):
        return [change(one) for one in argument]
    if verb == "return":
        return now(_ITEMS, argument)
    if verb in COMMENTING and isinstance(argument, Mapping):
        both = (("evidence", _ITEMS), ("hypothesis", _HYPOTHESES))
        moved = {key: now(part, argument[key]) for key, part in both if key in argument}
        return {**argument, **moved}
    return argument
