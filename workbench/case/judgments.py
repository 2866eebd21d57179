"""One analyst's departures from the published case, as a replay of their entries.

What a departure comes to in numbers is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

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
    Value,
)
from workbench.case.model import (
    NEUTRAL_EMPHASIS,
    Case,
    Consistency,
    Evidence,
    Level,
    Rating,
)

Cell: TypeAlias = tuple[str, str]
_UNRATED_CELL: Final = None


@dataclass(frozen=True)
class Judgments:
    """What one analyst decided beyond the published case; empty means the baseline.

    `ratings` holds None for a cell that the analyst left unrated on purpose; `origins`
    holds "" for an item that the analyst takes out of its group. `priors` and
    `probabilities` are by hypothesis, `likelihoods` by Consistency, `narrative` by
    part of the report, `certainty` by hypothesis and Doubt.
    """

    ratings: Mapping[Cell, Rating | None] = field(default_factory=dict)
    credibility: Mapping[str, Level] = field(default_factory=dict)
    relevance: Mapping[str, Level] = field(default_factory=dict)
    emphases: Mapping[str, float] = field(default_factory=dict)
    source_emphases: Mapping[str, float] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    exclusions: Mapping[str, bool] = field(default_factory=dict)
    priors: Mapping[str, float] = field(default_factory=dict)
    likelihoods: Mapping[str, float] = field(default_factory=dict)
    probabilities: Mapping[str, float] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    certainty: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def rating(self, item: Evidence, hypothesis: str) -> Rating | None:
        """Give the rating in force: the analyst's, else the published one.

        A rating equal to the published one keeps the published reason until the
        analyst gives another.
        """
        published = item.ratings.get(hypothesis)
        key = (item.id, hypothesis)
        if key not in self.ratings:
            return published
        own = self.ratings[key]
        same = own and published and own.consistency == published.consistency
        return published if own and same and not own.because else own

    def departs(self, case: Case, item: Evidence, hypothesis: str) -> bool:
        """Tell whether the rating in force has another code than the published one.

        Where the case publishes no rating, nothing departs.
        """
        if not case.is_rated:
            return False
        own, published = self.rating(item, hypothesis), item.ratings.get(hypothesis)
        return (own and own.consistency) != (published and published.consistency)

    def emphasis(self, evidence: str) -> float:
        """Give an item's emphasis, 1 unless changed."""
        return self.emphases.get(evidence, NEUTRAL_EMPHASIS)

    def source_emphasis(self, source: str) -> float:
        """Give a source's emphasis, 1 unless changed."""
        return self.source_emphases.get(source, NEUTRAL_EMPHASIS)

    def level_of(self, item: Evidence, kind: EntryKind) -> Level:
        """Give an item's credibility or relevance in force."""
        if kind is EntryKind.CREDIBILITY:
            return self.credibility.get(item.id, item.credibility)
        return self.relevance.get(item.id, item.relevance)

    def origin(self, item: Evidence) -> str:
        """Give an item's origin in force, "" for none."""
        return self.origins.get(item.id, item.origin)

    def active(self, item: Evidence) -> bool:
        """Tell whether an item takes part: neither excluded nor set aside."""
        return not self.exclusions.get(item.id, item.status != "active")

    def value(self, case: Case, change: Change) -> tuple[Value, str]:
        """Give the value and the reason in force at the place a change speaks of."""
        kind = change.kind
        if kind is EntryKind.SOURCE_EMPHASIS:
            return self.source_emphasis(change.source or ""), ""
        if kind is EntryKind.CERTAINTY:
            return self.certainty.get(_key(change)), ""
        if kind in OF_HYPOTHESIS or kind in PARTS:
            stated = self.beyond()[EntryKind(kind)].get(_key(change))
            if stated is None and kind is EntryKind.PRIOR:
                stated = case.hypothesis[change.hypothesis or ""].prior
            return stated, ""
        item = case.item[change.evidence or ""]
        if kind in OF_CELL:
            rating = self.rating(item, change.hypothesis or "")
            if rating is None:
                return UNRATED, ""
            return rating.consistency.value, rating.because
        if kind is EntryKind.EMPHASIS:
            return self.emphasis(item.id), ""
        if kind is EntryKind.ORIGIN:
            return self.origin(item), ""
        if kind is EntryKind.EXCLUSION:
            return not self.active(item), ""
        return self.level_of(item, EntryKind(kind)), ""

    def by_kind(self) -> dict[EntryKind, Mapping[str, Any]]:
        """Give every departure in the matrix but the ratings, by kind and id."""
        return {
            EntryKind.CREDIBILITY: self.credibility,
            EntryKind.RELEVANCE: self.relevance,
            EntryKind.EMPHASIS: self.emphases,
            EntryKind.SOURCE_EMPHASIS: self.source_emphases,
            EntryKind.ORIGIN: self.origins,
            EntryKind.EXCLUSION: self.exclusions,
        }

    def document(self) -> dict[str, Any]:
        """Give the judgments as plain values, for the fingerprint and the export."""
        return {
            "ratings": {
                f"{evidence}/{hypothesis}": UNRATED
                if rating is None
                else {"rating": rating.consistency.value, "because": rating.because}
                for (evidence, hypothesis), rating in sorted(self.ratings.items())
            },
            "credibility": dict(sorted(self.credibility.items())),
            "relevance": dict(sorted(self.relevance.items())),
            "emphasis": dict(sorted(self.emphases.items())),
            "source_emphasis": dict(sorted(self.source_emphases.items())),
            "origin": dict(sorted(self.origins.items())),
            "exclusion": dict(sorted(self.exclusions.items())),
            **{
                kind.value: dict(sorted(found.items()))
                for kind, found in self.beyond().items()
                if found
            },
            **self._held(),
        }

    def _held(self) -> dict[str, Any]:
        """Give what is confirmed or struck, if anything is."""
        held = {f"{h}/{doubt}": to for (h, doubt), to in sorted(self.certainty.items())}
        return {EntryKind.CERTAINTY.value: held} if held else {}

    def beyond(self) -> dict[EntryKind, Mapping[str, Any]]:
        """Give what is judged beyond the matrix, by kind and place."""
        return {
            EntryKind.PRIOR: self.priors,
            EntryKind.LIKELIHOOD: self.likelihoods,
            EntryKind.PROBABILITY: self.probabilities,
            EntryKind.NARRATIVE: self.narrative,
        }


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

    @property
    def judgments(self) -> Judgments:
        """The judgments after the entries so far."""
        if self._judgments is None:
            self._judgments = Judgments(**{k: dict(v) for k, v in self._state.items()})
        return self._judgments

    @property
    def live(self) -> Judgments:
        """The judgments so far without a copy: they go on changing with the replay."""
        return Judgments(**self._state)

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
        key = _key(change)
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


def _key(change: Change) -> Any:  # noqa: ANN401  what a field of judgments is keyed by
    if change.kind in OF_CELL:
        return change.evidence, change.hypothesis
    if change.kind is EntryKind.CERTAINTY:
        return change.hypothesis, change.part
    return change.source or change.evidence or change.hypothesis or change.part


def _place(kind: EntryKind, key: Any) -> Change:  # noqa: ANN401  as `_key` gives it
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
