"""The replay of one analyst's entries to the judgments that they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True)
class Action:
    """What one key press, drag or paste changed; undone and redone as one."""

    name: str
    seqs: tuple[int, ...]


class Replay:
    """Follows one analyst's entries, in order, to the judgments they come to.

    An undo entry restores what stood before the entry it names, exactly, baseline
    included; undoing an undo entry is redo. Entries about an item or hypothesis that
    the case no longer has are kept apart in `unknown` and not applied; what is recorded
    beside the judgments is passed over, but for changes of the case's texts, which are
    undone like a judgment. `renames` are those of anybody, in order: an entry of before
    is about what its id has become.
    """

    def __init__(self, case: Case, renames: Sequence[Entry] = ()) -> None:
        self.case = case
        self._renames = renames
        self._texts: dict[int, Change] = {}
        self._published: set[str] = set()
        self.unknown: list[Entry] = []
        self.undo: list[Action] = []
        self.redo: list[Action] = []
        self._state: dict[str, dict[Any, Any]] = {
            name: {} for name in dict.fromkeys(_FIELD.values())
        }
        self._before: dict[int, tuple[str, Any, Any]] = {}
        self._undone: dict[int, int] = {}
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

        It cannot where something is gone that an entry may be about, or where one was
        kept apart that may be about something new: then all are to be applied again.
        """
        was = self.case
        if self.unknown or not (
            was.item.keys() <= case.item.keys()
            and was.hypothesis.keys() <= case.hypothesis.keys()
            and was.source.keys() <= case.source.keys()
        ):
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
            if self._known(entry.change):
                self._apply(entry)
            else:
                self.unknown.append(entry)

    def _note_texts(self, entry: Entry) -> None:
        """Put a change of texts among what can be undone; a publication is not."""
        if entry.change.kind is EntryKind.PUBLICATION:
            self._published.add(entry.action)
            if self.undo and self.undo[-1].name == entry.action:
                self.undo.pop()
        elif entry.action not in self._published:
            self._texts[entry.seq] = entry.change
            self._stack(entry)

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

    def _known(self, change: Change) -> bool:
        kind = change.kind
        if kind is EntryKind.CERTAINTY:
            return change.hypothesis in self.case.hypothesis
        if kind in PARTS:
            return True
        if kind is EntryKind.SOURCE_EMPHASIS:
            return change.source in self.case.source
        if kind not in OF_HYPOTHESIS and change.evidence not in self.case.item:
            return False
        if kind not in OF_CELL | OF_HYPOTHESIS:
            return True
        return change.hypothesis in self.case.hypothesis

    def _apply(self, entry: Entry) -> None:
        change = entry.change
        name = _FIELD[change.kind]
        state = self._state[name]
        key = key_of(change)
        before = state.get(key, _ABSENT)
        self._before[entry.seq] = (name, key, before)
        if change.undoes is not None and change.undoes in self._before:
            to = self._before[change.undoes][2]
        else:
            to = self._value(change, before)
        if to is _ABSENT:
            state.pop(key, None)
        else:
            state[key] = to
        self._stack(entry)

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

    def _stack(self, entry: Entry) -> None:
        undoes = entry.change.undoes
        if undoes is None:
            _push(self.undo, entry)
            self.redo.clear()
            return
        if undoes in self._undone:  # it undoes an undo: redo
            _drop(self.redo, undoes)
            _push(self.undo, entry)
        else:
            _drop(self.undo, undoes)
            _push(self.redo, entry)
            self._undone[entry.seq] = undoes

    def inverse(self, action: Action) -> list[Change]:
        """Give the changes that undo (or redo) an action, last made first undone."""
        changes = []
        for seq in reversed(action.seqs):
            if (text := self._texts.get(seq)) is not None:
                back = replace(text, from_=text.to, to=text.from_, undoes=seq)
                changes.append(back)
                continue
            name, key, before = self._before[seq]
            changes.append(self._restoring(seq, name, key, before))
        return changes

    def _restoring(self, seq: int, name: str, key: Any, before: Any) -> Change:  # noqa: ANN401
        kind = EntryKind(next(k for k, v in _FIELD.items() if v == name))
        now, then = self._state[name].get(key, _ABSENT), before
        place = _place(kind, key)
        then_judgments = Judgments(**{name: {} if then is _ABSENT else {key: then}})
        now_judgments = Judgments(**{name: {} if now is _ABSENT else {key: now}})
        to, because = then_judgments.value(self.case, place)
        from_, _ = now_judgments.value(self.case, place)
        return replace(place, from_=from_, to=to, because=because, undoes=seq)


def _place(kind: EntryKind, key: Any) -> Change:  # noqa: ANN401  as `key_of` gives it
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


def _push(stack: list[Action], entry: Entry) -> None:
    if stack and stack[-1].name == entry.action:
        last = stack.pop()
        stack.append(Action(last.name, (*last.seqs, entry.seq)))
    else:
        stack.append(Action(entry.action, (entry.seq,)))


def _drop(stack: list[Action], seq: int) -> None:
    for index in range(len(stack) - 1, -1, -1):
        if seq in stack[index].seqs:
            rest = tuple(s for s in stack[index].seqs if s != seq)
            if rest:
                stack[index] = Action(stack[index].name, rest)
            else:
                del stack[index]
            return
