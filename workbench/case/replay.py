"""The replay of one analyst's entries to the judgments that they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from workbench.case.entry import (
    JUDGED,
    OF_CELL,
    OF_HYPOTHESIS,
    OF_TEXTS,
    PARTS,
    UNRATED,
    Change,
    Entry,
    EntryKind,
)
from workbench.case.judgments import Judgments, key_of
from workbench.case.model import (
    Case,
    Consistency,
    Rating,
)
from workbench.case.steps import Stack, Steps

_FIELD: Final[Mapping[str, str]] = {
    EntryKind.RATING: "ratings",
    EntryKind.REASON: "ratings",
    EntryKind.CREDIBILITY: "credibility",
    EntryKind.RELEVANCE: "relevance",
    EntryKind.EMPHASIS: "emphases",
    EntryKind.SOURCE_EMPHASIS: "source_emphases",
    EntryKind.ORIGIN: "origins",
    EntryKind.EXCLUSION: "exclusions",
    EntryKind.PRIOR: "priors",
    EntryKind.LIKELIHOOD: "likelihoods",
    EntryKind.PROBABILITY: "probabilities",
    EntryKind.NARRATIVE: "narrative",
    EntryKind.CERTAINTY: "certainty",
}
_UNRATED_CELL: Final = None
_CODE: Final = {code.value: code for code in Consistency}
_ABSENT: Final[Any] = object()
_TEXT: Final = ("", None)  # the place of a change of the case's texts


class Replay:
    """Follows one analyst's entries, in order, to the judgments they come to.

    An undo entry restores what stood before the entry it names, exactly, baseline
    included; undoing an undo entry is redo. Entries about an item or hypothesis that
    the case no longer has are not applied, and `unknown` tells what they name and it
    lacks, by part and id. What is recorded beside the judgments is passed over, but for
    changes of the case's texts, which are undone like a judgment. `renames` are those
    of anybody, in order: an entry of before is about what its id has become. What one
    key press, drag or paste changed is undone and redone as one.
    """

    def __init__(self, case: Case, renames: Sequence[Entry] = ()) -> None:
        self.case = case
        self._renames = renames
        self.unknown: set[tuple[str, str | None]] = set()
        self._judged: set[tuple[str, str | None]] = set()  # likewise, what is there
        self._steps = Steps()
        self.undo, self.redo = Stack(self._steps), Stack(self._steps)
        self._texts: dict[int, Change] = {}  # by position
        self._published: set[str] = set()
        self._state: dict[str, dict[Any, Any]] = {
            name: {} for name in dict.fromkeys(_FIELD.values())
        }
        self._judgments: Judgments | None = None
        self._live = Judgments(**self._state)

    @property
    def judgments(self) -> Judgments:
        """The judgments after the entries so far."""
        if self._judgments is None:
            self._judgments = Judgments(**{k: dict(v) for k, v in self._state.items()})
        return self._judgments

    @property
    def live(self) -> Judgments:
        """The judgments so far without a copy: they go on changing with the replay."""
        return self._live

    def take(self, case: Case) -> bool:
        """Go on with another case, and tell whether that can be done.

        It cannot where something is gone that an entry was about, or something is there
        that one was about before: then all are to be applied again.
        """
        gone = any(id_ not in _things(case, part) for part, id_ in self._judged)
        if gone or any(id_ in _things(case, part) for part, id_ in self.unknown):
            return False
        self.case = case
        return True

    def extend(self, entries: Iterable[Entry]) -> None:
        """Apply further entries."""
        for signed in entries:
            if signed.change.kind in OF_TEXTS:
                self._note_texts(signed)
            if signed.change.kind not in JUDGED:
                continue
            entry = self.followed(signed) if self._renames else signed
            self._judgments = None
            about = self._about(entry.change)
            missing = [one for one in about if one[1] not in _things(self.case, one[0])]
            self.unknown.update(missing)
            self._judged.update(one for one in about if one not in missing)
            if not missing:
                self._apply(entry)

    def _note_texts(self, entry: Entry) -> None:
        """Put a change of texts among what can be undone; a publication is not."""
        if entry.change.kind is EntryKind.PUBLICATION:
            self._published.add(entry.action)
            top = self.undo.last()
            if top and self._steps.is_of(top[-1], entry):
                for position in top:
                    self.undo.drop(position)
        elif entry.action not in self._published:
            position = self._steps.add(entry, _TEXT, None)
            self._texts[position] = entry.change
            self._stack(position, entry)

    def followed(self, entry: Entry) -> Entry:
        """Give an entry under the ids that what it is about has now."""
        change = entry.change
        for later in self._renames:
            if later.at <= entry.at:
                continue
            old, new = later.change.from_, str(later.change.to)
            part = later.change.part
            if part == "hypotheses" and change.hypothesis == old:
                change = replace(change, hypothesis=new)
            elif part == "evidence" and change.evidence == old:
                change = replace(change, evidence=new)
            elif part == "sources" and change.source == old:
                change = replace(change, source=new)
        return replace(entry, change=change)

    def _about(self, change: Change) -> list[tuple[str, str | None]]:
        """Name what of a case a change is about, by part and id."""
        kind = change.kind
        if kind is EntryKind.SOURCE_EMPHASIS:
            return [("sources", change.source)]
        if kind is EntryKind.CERTAINTY or kind in OF_HYPOTHESIS:
            return [("hypotheses", change.hypothesis)]
        if kind in PARTS:
            return []
        item = [("evidence", change.evidence)]
        return [*item, ("hypotheses", change.hypothesis)] if kind in OF_CELL else item

    def _apply(self, entry: Entry) -> None:
        change = entry.change
        name = _FIELD[change.kind]
        state = self._state[name]
        key = key_of(change)
        before = state.get(key, _ABSENT)
        undone = self._steps.find(change.undoes)
        if undone is None or undone in self._texts:
            to = self._value(change, before)
        else:
            to = self._steps.before(undone)
        _put(state, key, to)
        self._stack(self._steps.add(entry, (name, key), before), entry)

    def _value(self, change: Change, before: Any) -> Any:  # noqa: ANN401
        if change.kind is EntryKind.RATING:
            if change.to is None:
                return _ABSENT
            if change.to == UNRATED:
                return _UNRATED_CELL
            return Rating(_CODE[str(change.to)], change.because)
        if change.kind is EntryKind.REASON:
            if before is None:
                return _UNRATED_CELL
            if before is _ABSENT:
                item = self.case.item[change.evidence or ""]
                before = item.ratings.get(change.hypothesis or "")
                if before is None:
                    return _ABSENT
            return Rating(before.consistency, change.because)
        return _ABSENT if change.to is None else change.to

    def _stack(self, position: int, entry: Entry) -> None:
        if entry.change.undoes is None:
            self.undo.push(position)
            self.redo.clear()
            return
        undone = self._steps.find(entry.change.undoes)
        is_redo = undone is not None and self._steps.is_undo(undone)
        done, back = (self.redo, self.undo) if is_redo else (self.undo, self.redo)
        if undone is not None:
            done.drop(undone)
        back.push(position)

    def inverse(self, action: Sequence[int]) -> list[Change]:
        """Give the changes that undo (or redo) an action, last made first undone.

        It is what lies last in `undo` or `redo`.
        """
        changes = []
        for position in reversed(action):
            seq = self._steps.seq(position)
            if (text := self._texts.get(position)) is not None:
                back = replace(text, from_=text.to, to=text.from_, undoes=seq)
                changes.append(back)
                continue
            (name, key), before = (
                self._steps.place(position),
                self._steps.before(position),
            )
            changes.append(self._restoring(seq, name, key, before))
        return changes

    def touched(self, after: int, but: str | None) -> list[Change]:
        """Name the places of what changed after an entry's number, the last first.

        Left out is what a page, `but`, had painted by itself. What was undone or done
        again counts for that page too: it did not know its value.
        """
        places = dict.fromkeys(self._steps.after(after, but))
        return [_at(*place) for place in places if place != _TEXT]

    def checkpoint(self) -> Callable[[], None]:
        """Give what takes back the entries that are applied from now on."""
        many, case, unknown = len(self._steps), self.case, set(self.unknown)
        stacks = self.undo.checkpoint(), self.redo.checkpoint()
        published, judgments = set(self._published), self._judgments

        def back() -> None:
            for position in range(len(self._steps) - 1, many - 1, -1):
                if self._texts.pop(position, None) is None:
                    name, key = self._steps.place(position)
                    _put(self._state[name], key, self._steps.before(position))
            self._steps.cut(many)
            for stack in stacks:
                stack()
            self.case, self.unknown = case, unknown
            self._published, self._judgments = published, judgments

        return back

    def _restoring(self, seq: int, name: str, key: Any, before: Any) -> Change:  # noqa: ANN401
        now, then = self._state[name].get(key, _ABSENT), before
        place = _at(name, key)
        then_judgments = Judgments(**{name: {} if then is _ABSENT else {key: then}})
        now_judgments = Judgments(**{name: {} if now is _ABSENT else {key: now}})
        to, because = then_judgments.value(self.case, place)
        from_, _ = now_judgments.value(self.case, place)
        return replace(place, from_=from_, to=to, because=because, undoes=seq)


def _things(case: Case, part: str) -> Mapping[str, object]:
    if part == "sources":
        return case.source
    return case.item if part == "evidence" else case.hypothesis


def _put(state: dict[Any, Any], key: Any, value: Any) -> None:  # noqa: ANN401
    if value is _ABSENT:
        state.pop(key, None)
    else:
        state[key] = value


def _at(name: str, key: Any) -> Change:  # noqa: ANN401  as `key_of` gives it
    """Give a change of what stands at a place, without what it is to be."""
    kind = EntryKind(next(k for k, v in _FIELD.items() if v == name))
    if kind in OF_CELL:
        return Change(kind, *key)
    if kind is EntryKind.CERTAINTY:
        return Change(kind, hypothesis=key[0], part=key[1])
    if kind in PARTS:
        return Change(kind, part=key)
    if kind in OF_HYPOTHESIS:
        return Change(kind, hypothesis=key)
    if kind is EntryKind.SOURCE_EMPHASIS:
        return Change(kind, source=key)
    return Change(kind, evidence=key)
