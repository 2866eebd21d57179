"""The rating grid and its channel as Streamlit components; no number is made here.

The grid is drawn once, outside every fragment, with data that never change. Its
operations leave by the channel, a second component of a few lines inside the fragment
that holds the ranking, and acknowledgements and changes come back by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import streamlit as st

from workbench.case.entry import EntryKind
from workbench.case.judgments import Judgments
from workbench.errors import WorkbenchError
from workbench.method.matrix import Matrix
from workbench.record.desk import Desk, Place
from workbench.snapshot import Values, base, frame, patches

_HERE: Final = Path(__file__).parent
_FRAMES: Final = 4  # frames remembered, so that only what differs is sent
_STEPPED: Final = {"undo": "Undone", "redo": "Done again"}
_ELSEWHERE: Final = {
    EntryKind.PRIOR: "a prior on the page Probability",
    EntryKind.LIKELIHOOD: "a likelihood on the page Probability",
    EntryKind.PROBABILITY: "an estimate on the page Probability",
    EntryKind.NARRATIVE: "what was written by hand on the page Report",
}

# Inline code travels again with every message whose data changed: keep it tiny.
_CHANNEL: Final = """
const bus = (window.__workbenchBus ??= Object.assign(new EventTarget(), { last: {} }));
export default function ({ data, setTriggerValue }) {
  bus.last[data.matrix] = data; bus.send = setTriggerValue;
  bus.out ??= (bus.addEventListener("ops", e => bus.send("ops", e.detail)), 1);
  bus.dispatchEvent(new CustomEvent("settled", { detail: data }));
}
"""


def draw(data: Values, key: str) -> None:
    """Draw the grid. The same data and key never mount it anew."""
    component = st.components.v2.component(
        "rating_grid",
        html="<div data-live-grid></div>",
        css=(_HERE / "grid.css").read_text(encoding="utf-8"),
        js=(_HERE / "grid.js").read_text(encoding="utf-8"),
    )
    # A server that was started anew has to run the whole page before the channel, which
    # lives in a fragment, can speak again: the grid may ask for that run.
    component(key=key, data=data, on_wake_change=lambda: None)


def channel(data: Values, key: str, receive: Callable[[], None]) -> None:
    """Draw the channel, which calls `receive` for each batch; takes no room."""
    component = st.components.v2.component("rating_channel", js=_CHANNEL)
    component(key=key, data=data, height=1, on_ops_change=receive)


@dataclass
class Line:
    """One page's end of the channel: what the page has said and what it is owed."""

    matrix: str
    client: str = ""
    revision: int = 0
    frame: str = ""
    nonce: int = 0
    acks: dict[str, int] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    repair: list[Place] = field(default_factory=list)
    error: str = ""
    told: str = ""
    previews: dict[tuple[EntryKind, str], float] = field(default_factory=dict)
    frames: dict[str, Values] = field(default_factory=dict)

    def receive(self, desk: Desk, batch: Mapping[str, Any] | None) -> None:
        """Carry out a batch; what cannot be stored is told and never acknowledged."""
        if not batch or batch.get("matrix") != self.matrix:
            return
        self.nonce += 1
        self.client = str(batch.get("client", ""))
        self.revision = int(batch.get("revision", 0))
        self.frame = str(batch.get("frame", ""))
        self.refused, self.repair, self.error, self.told = {}, [], "", ""
        batches = batch.get("batches") or []
        try:
            for client, operations in batches:
                receipt = desk.receive(client, operations)
                self.acks[client] = max(receipt.acknowledged, self.acks.get(client, 0))
                self.refused |= receipt.refused
                self.previews = dict(receipt.previews)
                self.told = _told(receipt.stepped) or self.told
                for operation in operations:
                    if operation[0] in receipt.refused:
                        self.repair += _places(operation)
            if not batches:
                desk.refresh()
                self.previews = {}
        except WorkbenchError as error:
            self.error = str(error)

    def seen(self, judgments: Judgments) -> Judgments:
        """Lay sliders in mid-drag over the judgments: shown, not stored."""
        if not self.previews:
            return judgments
        items, sources = dict(judgments.emphases), dict(judgments.source_emphases)
        for (kind, id_), value in self.previews.items():
            (items if kind is EntryKind.EMPHASIS else sources)[id_] = value
        return replace(judgments, emphases=items, source_emphases=sources)

    def answer(self, desk: Desk, matrix: Matrix) -> Values:
        """Give what the page is to be told, as little as will do."""
        places = desk.touched(self.revision, self.client) + self.repair
        return {
            "matrix": self.matrix,
            "base": base(desk.case),
            "nonce": self.nonce,
            "acks": {k: v for k, v in self.acks.items() if v},
            "refused": self.refused,
            "error": self.error,
            "told": self.told,
            "revision": desk.revision,
            "repair": bool(self.repair),
            "patches": patches(desk.case, desk.judgments, dict.fromkeys(places)),
            "frame": self._frame(matrix),
            "undo": desk.can_undo,
            "redo": desk.can_redo,
        }

    def _frame(self, matrix: Matrix) -> Values | None:
        """Give the frame if the page lacks it: only the weights that differ, if any."""
        new = frame(matrix)
        self.frames[new["key"]] = new
        while len(self.frames) > _FRAMES:
            self.frames.pop(next(iter(self.frames)))
        if new["key"] == self.frame:
            return None
        old = self.frames.get(self.frame)
        if old is None:
            return new
        changed = [
            [i, w]
            for i, (w, was) in enumerate(
                zip(new["weights"], old["weights"], strict=True)
            )
            if w != was
        ]
        light = {k: v for k, v in new.items() if k != "weights"}
        return {**light, "from": old["key"], "changed": changed}


def _told(stepped: Sequence[tuple[str, EntryKind]]) -> str:
    """Say what was undone or done again that the grid does not show, "" for nothing."""
    said = [
        f"{_STEPPED[verb]}, and not seen here: {_ELSEWHERE[kind]}."
        for verb, kind in dict.fromkeys(stepped)
        if kind in _ELSEWHERE
    ]
    return " ".join(said)


def _places(operation: Any) -> list[Place]:  # noqa: ANN401
    """Name what a refused operation had painted, so that it can be put right."""
    if operation[1] != "change":
        return []
    found: list[Place] = []
    for kind, id_, hypothesis, *_rest in operation[2]:
        if kind == EntryKind.SOURCE_EMPHASIS:
            found.append((kind, None, None, id_))
        else:
            shown = EntryKind.RATING.value if kind == EntryKind.REASON else kind
            found.append((shown, id_, hypothesis, None))
    return found
