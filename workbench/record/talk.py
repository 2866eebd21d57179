"""What is said about a case: read by whoever may, and entered for whoever may speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.case.comments import Comment, Place, comments, is_there
from workbench.case.entry import Change, Entry, EntryKind
from workbench.case.model import Case
from workbench.record.ledger import Ledger
from workbench.record.operations import Refused, read_reason, shown
from workbench.record.sight import sight_of


def comments_in(
    ledger: Ledger, case: Case, identity: str | None, analyst: str | None
) -> tuple[Comment, ...]:
    """Give the comments on a case that somebody may see now, the oldest first.

    `analyst` is the name they go by. Raises NotAllowed for who is not on the case, and
    LedgerError.
    """
    id_ = case.question.id
    sight = sight_of(ledger, id_, identity, analyst)
    kinds = [EntryKind.COMMENT, EntryKind.RENAME]
    entries = sight.visible(ledger.entries(case=id_, kinds=kinds))
    renames = [one for one in entries if one.change.kind is EntryKind.RENAME]
    return comments(case, entries, renames)


def commenting(
    case: Case, said: Sequence[Entry], argument: object, writer: tuple[str, str | None]
) -> Change:
    """Read what a page asks to say, or to withdraw, of what is said already.

    `writer` is the name and the identity of who asks. Raises Refused.
    """
    if not isinstance(argument, Mapping):
        raise Refused("a comment is an object")
    if "withdraw" in argument:
        return _withdrawal(said, argument["withdraw"], writer)
    place = _place(case, argument)
    text = read_reason(argument.get("text"))
    if not text:
        raise Refused("a comment needs a text")
    answers = argument.get("answers")
    if answers is not None and answers not in _standing(said):
        raise Refused("the comment that this answers is not here")
    return Change(EntryKind.COMMENT, place[0], place[1], because=text, part=answers)


def _place(case: Case, argument: Mapping[str, Any]) -> Place:
    evidence, hypothesis = argument.get("evidence"), argument.get("hypothesis")
    for one in (evidence, hypothesis):
        if not isinstance(one, str | None):
            raise Refused(f"the case has no item and no hypothesis {shown(one)}")
    if not is_there(case, (evidence, hypothesis)):
        raise Refused(
            "a comment is about an item, a hypothesis or a cell of the case; "
            f"there is no {shown(evidence or hypothesis)}"
        )
    return evidence, hypothesis


def _standing(said: Sequence[Entry]) -> list[str]:
    return [one.hash for one in said if one.change.undoes is None]


def _withdrawal(
    said: Sequence[Entry], which: object, writer: tuple[str, str | None]
) -> Change:
    found = next(
        (one for one in said if one.hash == which and one.change.undoes is None), None
    )
    if found is None:
        raise Refused("there is no such comment")
    if (found.analyst, found.identity) != writer:
        raise Refused("a comment is withdrawn by who wrote it")
    if any(one.change.undoes == found.seq for one in said):
        raise Refused("that comment is withdrawn already")
    change = found.change
    return Change(
        EntryKind.COMMENT,
        change.evidence,
        change.hypothesis,
        undoes=found.seq,
        part=found.hash,
    )
