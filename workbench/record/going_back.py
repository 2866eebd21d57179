"""Going back to a moment: the changes that make judgments and texts what they were.

They are new changes, made after all others: nothing that came later is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from workbench.case.editing.plan import Renamed
from workbench.case.entry import UNRATED, Change, Entry, EntryKind, Value
from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.record.history import View, renamed_by

_SOURCES: Final = "sources"
_PARTS: Final = ("hypotheses", "evidence", _SOURCES)


@dataclass(frozen=True)
class GoBack:
    """Going back to a moment: what stood then, with ids of then turned into `renamed`.

    texts: the changes of texts that go with it, none to leave the texts as they are.
    """

    then: View
    renamed: Renamed = field(default_factory=Renamed)
    texts: tuple[Change, ...] = ()


def asked_back(then: View, now: View, renamed: Renamed) -> list[list[object]]:
    """List the changes that make an analyst's judgments what they were.

    As a page asks for them. `renamed` turns ids of then into those of now; what is
    about a thing that is no longer there is left as it is.
    """
    was = _as_asked(then.judgments, renamed)
    stands = _as_asked(now.judgments, Renamed())
    changes: list[list[object]] = []
    for key in dict.fromkeys([*stands, *was]):
        if stands.get(key) == was.get(key) or not _known(now.case, key):
            continue
        kind, id_, hypothesis = key
        to, because = was.get(key, (None, ""))
        changes.append([kind.value, id_, hypothesis, to, because])
    return changes


_Asked = dict[tuple[EntryKind, str, str | None], tuple[Value, str]]


def _as_asked(judgments: Judgments, renamed: Renamed) -> _Asked:
    """Give judgments by kind and place, as a page names both."""
    found: _Asked = {}
    items, hypotheses = renamed.evidence, renamed.hypotheses
    for (item, hypothesis), rating in judgments.ratings.items():
        key = items.get(item, item), hypotheses.get(hypothesis, hypothesis)
        told = (
            (UNRATED, "")
            if rating is None
            else (rating.consistency.value, rating.because)
        )
        found[EntryKind.RATING, *key] = told
    for kind, values in {**judgments.by_kind(), **judgments.beyond()}.items():
        ids = {
            EntryKind.SOURCE_EMPHASIS: renamed.sources,
            EntryKind.PRIOR: hypotheses,
            EntryKind.PROBABILITY: hypotheses,
        }.get(kind, items)
        for id_, value in values.items():
            found[kind, ids.get(id_, id_), None] = value, ""
    for (hypothesis, doubt), held in judgments.certainty.items():
        now = hypotheses.get(hypothesis, hypothesis)
        found[EntryKind.CERTAINTY, doubt, now] = held, ""
    return found


def _known(case: Case, key: tuple[EntryKind, str, str | None]) -> bool:
    kind, id_, hypothesis = key
    if hypothesis is not None and hypothesis not in case.hypothesis:
        return False
    if kind in (EntryKind.CERTAINTY, EntryKind.LIKELIHOOD, EntryKind.NARRATIVE):
        return True
    there: Mapping[str, object] = case.item
    if kind is EntryKind.SOURCE_EMPHASIS:
        there = case.source
    elif kind in (EntryKind.PRIOR, EntryKind.PROBABILITY):
        there = case.hypothesis
    return id_ in there


def texts_back(entries: Sequence[Entry]) -> tuple[Change, ...]:
    """Give the changes of texts that undo entries: one a file, then the renames.

    A text that was recorded when it was first seen was there before. What was there
    before under another id, and is there now, goes back to it.
    """
    published = {
        one.action for one in entries if one.change.kind is EntryKind.PUBLICATION
    }
    digests: dict[str, tuple[Value, Value]] = {}
    for one in entries:
        change = one.change
        if change.kind is EntryKind.DOCUMENT and change.part:
            seen = change.from_ is None and one.action in published
            before = change.to if seen else change.from_
            first, _ = digests.get(change.part, (before, None))
            digests[change.part] = first, change.to
    files = [
        Change(EntryKind.DOCUMENT, part=path, from_=now, to=then)
        for path, (then, now) in digests.items()
        if then != now
    ]
    net = renamed_by(entries)
    renames = [
        Change(EntryKind.RENAME, part=part, from_=new, to=old)
        for part in _PARTS
        for old, new in getattr(net, part).items()
        if part == _SOURCES or _is_moved(digests, part, old, new)
    ]
    return (*files, *renames)


def _is_moved(
    digests: Mapping[str, tuple[Value, Value]], part: str, old: str, new: str
) -> bool:
    """Tell whether a file was there under its old id, and is under its new one."""
    then, _ = digests.get(f"{part}/{old}.yaml", (None, None))
    _, now = digests.get(f"{part}/{new}.yaml", (None, None))
    return then is not None and now is not None
