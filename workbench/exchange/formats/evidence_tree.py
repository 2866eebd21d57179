"""Evidence kept as a tree in JSON: the root asks, branches group, leaves are rated.

Ratings stand on a node under the labels of hypotheses, H1, H2, and so on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from workbench.case.model import Question
from workbench.exchange import rated_cells
from workbench.exchange.content import Content, Format
from workbench.exchange.draft import Draft
from workbench.exchange.fields import Fields
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.rated_cells import RatedCells
from workbench.exchange.tables import written

TITLE: Final = "Evidence tree (JSON)"
_LABEL: Final = re.compile(r"(?:H|h|hypothesis_?|Hypothesis_?)([0-9]{1,3})")
_MAX_NODES: Final = 50_000
_NAMES: Final = ("name", "title", "text", "label")
_NOT_CARRIED: Final = ("id", "depth", "color", "colour", "x", "y", "collapsed")
_LATER: Final = ("description", "analysis_description", "analysis", "notes", "comment")


def recognises(content: Content) -> bool:
    """Tell whether a content is a node with others under it, and ratings on some."""
    found = content.json
    if not isinstance(found, dict) or not isinstance(found.get("children"), list):
        return False
    return any(_LABEL.fullmatch(key) for node, _ in _nodes(found) for key in node)


def _nodes(root: dict[str, Any]) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """Walk the nodes in order, each with the names of those above it."""
    todo: list[tuple[Any, tuple[str, ...]]] = [(root, ())]
    seen = 0
    while todo:
        node, above = todo.pop()
        seen += 1
        if not isinstance(node, dict) or seen > _MAX_NODES:
            continue
        inner = node.get("ratings")
        if isinstance(inner, dict) and all(map(_LABEL.fullmatch, inner)):
            node = {**node, **inner, "ratings": None}
        yield node, above
        children = node.get("children")
        here = (*above, _name(node))
        if isinstance(children, list) and len(above) < _MAX_NODES:
            todo += [(child, here[-8:]) for child in reversed(children)]


def _name(node: dict[str, Any]) -> str:
    return next((str(v) for k in _NAMES if (v := node.get(k))), "")


def read(content: Content) -> tuple[Imported, ...]:
    """Read the one matrix.

    Raises Unreadable.
    """
    root = content.json
    draft = Draft(TITLE, Question(_name(root), _name(root)))
    cells = RatedCells(draft, content.choices, {})
    labels: dict[str, str] = {}
    nodes = list(_nodes(root))
    if len(nodes) > _MAX_NODES - 1:
        raise Unreadable(f"more than {_MAX_NODES:,} nodes; split the tree")
    for node, _ in nodes:
        for key in node:
            if found := _LABEL.fullmatch(key):
                labels[key] = f"H{int(found[1])}"
    titles = root.get("hypotheses")
    for key, label in sorted(labels.items(), key=lambda one: int(one[1][1:])):
        named = titles.get(key, "") if isinstance(titles, dict) else ""
        draft.hypothesis(key, str(named) or label, label=label)
    draft.understood("The root of the tree is the question, its branches are groups")
    for number, (node, above) in enumerate(nodes):
        rated = any(node.get(key) not in (None, "") for key in labels)
        if rated or (not node.get("children") and above):
            _item(draft, cells, Fields(node, f"node {number + 1}"), above, labels)
        else:
            _branch(draft, Fields(node, f"node {number + 1}"))
    return (cells.finish(),)


def _item(
    draft: Draft,
    cells: RatedCells,
    one: Fields,
    above: tuple[str, ...],
    labels: dict[str, str],
) -> None:
    key = one.where
    more = rated_cells.levels(draft, one) if not one.take("source_reliability") else {}
    letter = written.letter(one.text("source_reliability"))
    digit = written.digit(one.text("information_credibility"))
    if letter and digit:
        more["grade"] = letter + digit
    later = [text for name in _LATER if (text := one.text(name).strip())]
    draft.item(
        key,
        next((t for n in _NAMES if (t := one.text(n))), ""),
        statement="\n\n".join(later),
        date=one.day("date", draft),
        tags=tuple(filter(None, above[1:])),
        **more,
    )
    if name := one.text("source").strip():
        facts: dict[str, Any] = {"url": name} if name.startswith("http") else {}
        if letter and not digit:
            facts["reliability"] = letter
        draft.cite(key, draft.source(name, **facts))
    for label in labels:
        value = one.take(label)
        if value not in (None, ""):
            cells.add(key, label, value, f"{one.where}.{label}")
    one.take("children")
    one.leave(draft, "an item", *_NOT_CARRIED)


def _branch(draft: Draft, one: Fields) -> None:
    """Note what a group says beyond its name, which its items keep as a tag."""
    for name in (*_NAMES, "children", "hypotheses"):
        one.take(name)
    one.leave(draft, "a group", *_NOT_CARRIED)


FORMATS: Final = (Format(TITLE, recognises, read, chooses=True),)
