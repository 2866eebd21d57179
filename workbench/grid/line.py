"""One page's end of the channel: what the page has said, what it is to be told.

What comes from a page is checked here and by the desk: whatever it is, it is carried
out, or refused by name, and the next batch is heard as if nothing had been.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from workbench.case.entry import EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.errors import WorkbenchError
from workbench.grid.near import adds, near_added
from workbench.grid.payload import (
    Values,
    base,
    frame,
    patches,
    reshape,
    snapshot,
)
from workbench.method.matrix import Matrix
from workbench.record.old_ids import Behind
from workbench.record.operations import MAX_NUMBER, read_client

if TYPE_CHECKING:  # the store's library is slow to load, and a report opens no store
    from workbench.record.desk import Desk
    from workbench.record.following import Place

T = TypeVar("T")
MAX_BATCHES: Final = 200  # documents that left operations behind
_FRAMES: Final = 4  # frames remembered, so that only what differs is sent
_CASES: Final = 4  # likewise cases, for the rows and columns
_UNSAVED: Final = "Not saved: "
_STEPPED: Final = {"undo": "Undone", "redo": "Done again"}
_ELSEWHERE: Final = {
    EntryKind.PRIOR: "a prior on the page Probability",
    EntryKind.LIKELIHOOD: "a likelihood on the page Probability",
    EntryKind.PROBABILITY: "an estimate on the page Probability",
    EntryKind.NARRATIVE: "what was written by hand on the page Report",
}


@dataclass(frozen=True)
class Batch:
    """What a page sends: its name, a number, and operations by client.

    `revision`, `frame` and `base` say what the page's grid knows; a page without a grid
    has none of them.
    """

    client: str
    number: int
    revision: int | None
    frame: str
    base: str
    parts: tuple[tuple[str, Sequence[Any]], ...]


def read_batch(raw: Any) -> Batch:  # noqa: ANN401
    """Check a batch as a page sends it; its operations are the desk's to check.

    Raises WorkbenchError, which names what is no such thing.
    """
    if not isinstance(raw, Mapping):
        raise _no_batch("an object is needed")
    client, number = read_client(raw.get("client")), raw.get("batch")
    if not (isinstance(number, int) and _is_count(number)):
        raise _no_batch("batch is a whole number")
    revision, known = raw.get("revision"), raw.get("frame", "")
    built = raw.get("base", "")
    if not (revision is None or _is_count(revision)):
        raise _no_batch("revision is a whole number")
    for name, given in (("frame", known), ("base", built)):
        if not isinstance(given, str):
            raise _no_batch(f"{name} is a name")
    parts = raw.get("batches", [])
    if not _is_list(parts) or len(parts) > MAX_BATCHES:
        raise _no_batch(f"batches is a list of at most {MAX_BATCHES}")
    for part in parts:
        if not (_is_list(part) and len(part) == 2 and _is_list(part[1])):  # noqa: PLR2004
            raise _no_batch("each of batches is a client and a list of operations")
    read = tuple((one, operations) for one, operations in parts)
    return Batch(client, number, revision, known, built, read)


def _no_batch(said: str) -> WorkbenchError:
    return WorkbenchError(f"not a batch of operations: {said}")


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _is_count(value: object) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole and 0 <= value < MAX_NUMBER  # type: ignore[operator]


@dataclass
class Line:
    """One page's end of the channel, for the matrix that it names."""

    matrix: str
    heard: str = ""
    client: str = ""
    revision: int | None = None
    frame: str = ""
    base: str = ""
    acks: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    repair: list[Place] = field(default_factory=list)
    error: str = ""
    told: str = ""
    stepped: tuple[str, int, str] = ("", 0, "")
    near: list[Values] = field(default_factory=list)
    previews: dict[tuple[EntryKind, str], float] = field(default_factory=dict)
    frames: dict[str, Values] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)

    def receive(self, desk: Desk, raw: Any) -> None:  # noqa: ANN401
        """Carry out a batch; what cannot be stored is told and never acknowledged.

        A batch for another matrix is passed over: it waits in the browser until that
        one is open. Raises Behind where the case has to be read again first.
        """
        if isinstance(raw, Mapping) and raw.get("matrix") != self.matrix:
            return
        self.refused, self.repair, self.error, self.told = [], [], "", ""
        self.reasons, self.near = {}, []
        try:
            batch = read_batch(raw)
            self.heard = f"{batch.client}:{batch.number}"
            self.client, self.frame = batch.client, batch.frame
            self.revision, self.base = batch.revision, batch.base
            for client, operations in batch.parts:
                self._carry_out(desk, client, operations)
            if not batch.parts:
                desk.refresh()
                self.previews = {}
        except Behind:
            raise
        except WorkbenchError as error:
            self.fail(error)

    def fail(self, error: WorkbenchError) -> None:
        """Say why nothing could be saved."""
        said = str(error)
        told = said.casefold().startswith(_UNSAVED.casefold())
        self.error = _UNSAVED + (said[len(_UNSAVED) :] if told else said)

    def _carry_out(self, desk: Desk, client: Any, operations: Sequence[Any]) -> None:  # noqa: ANN401
        before = desk.case
        receipt = desk.receive(client, operations)
        if any(adds(one) for one in operations):
            self.near += near_added(before, desk.case)
        self.acks[client] = max(receipt.acknowledged, self.acks.get(client, 0))
        self.refused += receipt.refused.values()
        for number, reason in receipt.refused.items():
            self.reasons[f"{client}:{number}"] = reason
        self.previews = dict(receipt.previews)
        self._tell_steps(client, operations, receipt.stepped)
        for operation in operations:
            if operation[0] in receipt.refused:
                self.repair += _places(operation)

    def _tell_steps(
        self,
        client: str,
        operations: Sequence[Any],
        stepped: Sequence[tuple[str, EntryKind]],
    ) -> None:
        """Say what was undone or done again, and say it again where that is sent again.

        A page whose answer is late sends its operations once more, and hears the answer
        to these alone; nothing is undone twice.
        """
        whose, number, before = self.stepped
        again = whose == client and any(one[0] == number for one in operations)
        told = [before if again else "", _told(stepped)]
        said = " ".join(dict.fromkeys(filter(None, told)))
        if stepped:
            self.stepped = (client, operations[-1][0], said)
        self.told = said or self.told

    def seen(self, judgments: Judgments) -> Judgments:
        """Lay sliders in mid-drag over the judgments: shown, not stored."""
        if not self.previews:
            return judgments
        items, sources = dict(judgments.emphases), dict(judgments.source_emphases)
        for (kind, id_), value in self.previews.items():
            (items if kind is EntryKind.EMPHASIS else sources)[id_] = value
        return replace(judgments, emphases=items, source_emphases=sources)

    def answer(self, desk: Desk, matrix: Matrix | None) -> Values:
        """Give what the page is to be told, as little as will do.

        Without a matrix, and to a page whose grid has not spoken yet, that is what
        became of its operations. What there is nothing to say of is left out.
        """
        said: Values = {
            "matrix": self.matrix,
            "heard": self.heard,
            "acks": {client: last for client, last in self.acks.items() if last},
            "undo": desk.can_undo,
            "redo": desk.can_redo,
        }
        more: Values = {
            "refused": list(dict.fromkeys(self.refused)),
            "reasons": self.reasons,
            "error": self.error,
            "told": self.told,
            "near": self.near,
        }
        if matrix is not None:
            self._remember(desk.shown)
        if matrix is not None and self.revision is not None:
            said |= {"base": base(desk.shown), "revision": desk.revision}
            places = desk.touched(self.revision, self.client) + self.repair
            more |= {
                "repair": bool(self.repair),
                **self._shape(desk, matrix),
                "patches": patches(desk.shown, desk.judgments, dict.fromkeys(places)),
                "frame": self._frame(matrix),
            }
        return said | {name: value for name, value in more.items() if value}

    def _remember(self, case: Case) -> None:
        _keep(self.cases, base(case), case, _CASES)

    def _shape(self, desk: Desk, matrix: Matrix) -> Values:
        """Give the rows and columns that the page's grid lacks, or has too many.

        All of them where nobody here remembers what the page was given.
        """
        if not self.base or self.base == base(desk.shown):
            return {}
        if (before := self.cases.get(self.base)) is not None:
            return {"shape": reshape(before, matrix)}
        return {"whole": snapshot(matrix, self.matrix, desk.revision)}

    def _frame(self, matrix: Matrix) -> Values | None:
        """Give the frame if the page lacks it: only the weights that differ, if any."""
        new = frame(matrix)
        case = matrix.basis.case
        _keep(self.frames, new["key"], new, _FRAMES)
        old, before = self.frames.get(self.frame), self.cases.get(self.base, case)
        if old is None or len(old["weights"]) != len(before.evidence):
            return None if new["key"] == self.frame and before is case else new
        was = {
            item.id: weight
            for item, weight in zip(before.evidence, old["weights"], strict=True)
        }
        changed = [
            [place, weight]
            for place, (item, weight) in enumerate(
                zip(case.evidence, new["weights"], strict=True)
            )
            if item.id not in was or was[item.id] != weight
        ]
        if new["key"] == self.frame and not changed:
            return None
        light = {k: v for k, v in new.items() if k != "weights"}
        return {**light, "from": old["key"], "changed": changed}


# What is gone back to is the last again: the page that undoes goes on from there.
def _keep(kept: dict[str, T], name: str, value: T, most: int) -> None:
    """Remember a value as the last of so many."""
    kept.pop(name, None)
    kept[name] = value
    while len(kept) > most:
        kept.pop(next(iter(kept)))


def _told(stepped: Iterable[tuple[str, EntryKind]]) -> str:
    """Say what was undone or done again that the grid does not show, "" for nothing."""
    said = [
        f"{_STEPPED[verb]}, and not seen here: {_ELSEWHERE[kind]}."
        for verb, kind in dict.fromkeys(stepped)
        if kind in _ELSEWHERE
    ]
    return " ".join(said)


def _places(operation: Sequence[Any]) -> list[Place]:
    """Name what a refused operation had painted, so that it can be put right."""
    _number, verb, changes = [*operation, None][:3]
    if verb != "change" or not _is_list(changes):
        return []
    found: list[Place] = []
    for change in changes:
        if not _is_list(change):
            continue
        kind, id_, hypothesis = [*change, None, None, None][:3]
        if not (isinstance(id_, str) and isinstance(hypothesis, str | None)):
            continue
        if kind == EntryKind.SOURCE_EMPHASIS:
            found.append((kind, None, None, id_))
        elif isinstance(kind, str) and kind in set(EntryKind):
            shown = EntryKind.RATING.value if kind == EntryKind.REASON else kind
            found.append((shown, id_, hypothesis, None))
    return found
