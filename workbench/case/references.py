"""What the documents of a case say of each other: ids and labels; reads no document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import yaml

from workbench.case.model import Case
from workbench.case.nodes import Faults, Kind, Reference, locate, one_of, shown

_WHOLE: Final[Mapping[Kind, str]] = {
    "hypothesis": "hypotheses",
    "source": "sources",
    "evidence": "evidence",
}
_CALLED: Final[Mapping[Kind, str]] = {"evidence": "item"}
_MANY: Final = 40  # ids; to name more would hide the message


def check_labels(case: Case, place: Mapping[str, tuple[Faults, yaml.Node]]) -> None:
    """Note labels given twice.

    `place` gives each document's faults and node, by `hypothesis/ID` or `evidence/ID`.
    """
    for kind, things in (("hypothesis", case.hypotheses), ("evidence", case.evidence)):
        labels: dict[str, str] = {}
        for thing in things:
            first = labels.setdefault(thing.label, thing.id)
            if thing.label and first != thing.id:
                faults, node = place[f"{kind}/{thing.id}"]
                said = f"{shown(thing.label)} is the label of {first} already"
                faults.add(locate(node, "label"), "label", f"{said}; give each its own")


def check_references(
    case: Case, documents: Iterable[Faults], unread: Collection[str] = ()
) -> None:
    """Note each id that a document names and that names nothing.

    `unread` names what is there and could not be read, as `hypothesis/ID` or
    `evidence/ID`, with `hypotheses`, `evidence` or `sources` for all of them: what
    refers to it is not at fault.
    """
    ids: Mapping[Kind, Collection[str]] = {
        "hypothesis": case.hypothesis,
        "source": case.source,
        "evidence": case.item,
    }
    for faults in documents:
        for one in faults.references:
            if one.id in ids[one.kind] or _WHOLE[one.kind] in unread:
                continue
            if f"{one.kind}/{one.id}" not in unread:
                faults.add(one.node, one.path, _said(one, ids[one.kind]))


def _said(reference: Reference, ids: Collection[str]) -> str:
    called = _CALLED.get(reference.kind, reference.kind)
    allowed = one_of(list(ids) or ["(none)"])
    if len(ids) > _MANY:
        allowed = f"the id of one of the {len(ids)} that are there"
    return f"no {called} has the id {shown(reference.id)}; use {allowed}"
