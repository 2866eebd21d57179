"""Change one value in the text of a YAML file, and leave every other byte as it was.

Nothing here knows a case's fields. What comes out has to be read again and compared:
YAML has forms (anchors, explicit keys) in which a value cannot be changed by its place.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import yaml

from workbench.case import folder
from workbench.errors import WorkbenchError

Scalar: TypeAlias = str | float
Value: TypeAlias = Scalar | Mapping[str, Any]
Path: TypeAlias = tuple[str, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_ENDS: Final = "\n\x85\u2028\u2029"
_COMMA: Final = re.compile(r"\s*,")
_COMMENT: Final = re.compile(r"[ \t]+#.*")


class CannotSplice(WorkbenchError):
    """The text has a form in which this value cannot be changed by its place."""


def shape(text: str, path: Path) -> str:
    """Tell what stands at a path of keys: "absent", "scalar", "mapping" or "list"."""
    node = _find(_compose(text), path)
    if node is None:
        return "absent"
    if isinstance(node, yaml.ScalarNode):
        return "scalar"
    return "mapping" if isinstance(node, yaml.MappingNode) else "list"


def put(
    text: str, path: Path, value: Value, orders: Sequence[Sequence[str]] = ()
) -> str:
    """Set the value at a path of keys.

    A key that is not there yet is put where the published order of its mapping's keys
    has it; `orders` gives one for each step of the path.
    """
    parent = _find(_compose(text), path[:-1])
    if len(path) > 1 and (parent is None or _is_empty(parent)):
        return put(text, path[:-1], {path[-1]: value}, orders)
    if not isinstance(parent, yaml.MappingNode):
        raise CannotSplice("no mapping")
    for key, node in parent.value:
        if key.value == path[-1]:
            return _replace(text, _Place(parent, key, path), node, value)
    order = orders[len(path) - 1] if len(path) <= len(orders) else ()
    return _insert(text, parent, path, value, order)


def drop(text: str, path: Path) -> str:
    """Take the key at a path out, with its value and what stands on their lines."""
    parent = _find(_compose(text), path[:-1])
    entries = parent.value if isinstance(parent, yaml.MappingNode) else []
    names = [key.value for key, _ in entries]
    if parent is None or path[-1] not in names:
        raise CannotSplice("no such key")
    at = names.index(path[-1])
    key, node = entries[at]
    start, end = int(key.start_mark.index), _end(text, node)
    if _is_flow(parent):
        if at + 1 < len(entries):
            end = entries[at + 1][0].start_mark.index
        elif at:
            start = _end(text, entries[at - 1][1])
        elif comma := _COMMA.match(text, end):
            end = comma.end()
        return text[:start] + text[end:]
    return text[: _line_start(text, start)] + text[_next_line(text, end) :]


class _Place:
    """Where a value stands: its mapping, its key and the path to it."""

    def __init__(self, parent: yaml.Node, key: yaml.Node, path: Path) -> None:
        self.parent = parent
        self.key = key
        self.path = path


def _replace(text: str, place: _Place, node: yaml.Node, value: Value) -> str:
    start, end = node.start_mark.index, _end(text, node)
    before, after = text[:start], text[end:]
    if _is_flow(place.parent):
        gap = "" if before[-1:].isspace() or start < end else " "
        return before + gap + _flow(value) + after
    column = place.key.start_mark.column
    new = _block(place.path, value, column, text)
    comment = ""
    if getattr(node, "style", None) in ("|", ">"):
        header = text[start : _line_end(text, start)]
        found = _COMMENT.search(header)
        comment = found[0] if found else ""
    tail = text[end : _line_end(text, end)]
    if start == end and "\n" in new:  # nothing stood there but perhaps a comment
        before, after = text[:end] + tail, text[end + len(tail) :]
        return before + new + after
    folded = new.lstrip().startswith(("|", ">"))
    if "\n" in new and (tail.strip() or (comment and not folded)):
        new = " " + _flow(value)  # a comment after it must not become part of it
    if comment:
        first, *rest = new.split("\n")
        new = _newline(text).join([first.rstrip("\r") + comment, *rest])
    before = before.rstrip(" \t")
    if not before.endswith(":"):  # the value stands on a line of its own
        before, new = text[:start], new.lstrip()
    return before + new + after


def _insert(
    text: str, parent: yaml.Node, path: Path, value: Value, order: Sequence[str]
) -> str:
    rank = {key: place for place, key in enumerate(order)}
    own = rank.get(path[-1], len(rank))
    entries = [
        (rank.get(key.value, len(rank)), key, node) for key, node in parent.value
    ]
    lower = [entry for entry in entries if entry[0] <= own]
    higher = [entry for entry in entries if entry[0] > own]
    if _is_flow(parent):
        new = f"{_flow(path[-1])}: {_flow(value)}"
        if lower:
            at = _end(text, max(lower, key=lambda entry: entry[0])[2])
            return f"{text[:at]}, {new}{text[at:]}"
        at = int(higher[0][1].start_mark.index)
        return f"{text[:at]}{new}, {text[at:]}"
    newline = _newline(text)
    column = int(parent.value[0][0].start_mark.column)
    new = " " * column + path[-1] + ":" + _block(path, value, column, text) + newline
    if not lower:
        first = min(higher, key=lambda entry: entry[0])[1]
        at = _line_start(text, int(first.start_mark.index))
        return text[:at] + new + text[at:]
    at = _next_line(text, _end(text, max(lower, key=lambda entry: entry[0])[2]))
    before = text[:at]
    gap = "" if before.endswith("\n") else newline
    return before + gap + new + text[at:]


# ------------------------------------------------------------------ places


def _compose(text: str) -> yaml.Node:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise CannotSplice("not YAML") from error
    if node is None:
        raise CannotSplice("empty")
    return node


def _find(node: yaml.Node, path: Path) -> yaml.Node | None:
    for step in path:
        entries = node.value if isinstance(node, yaml.MappingNode) else []
        below = next((value for key, value in entries if key.value == step), None)
        if below is None:
            return None
        node = below
    return node


def _is_empty(node: yaml.Node) -> bool:
    if isinstance(node, yaml.MappingNode):
        return not node.value
    return node.tag == "tag:yaml.org,2002:null"


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _end(text: str, node: yaml.Node) -> int:
    """Find where a value's own text ends, before blank lines and comments after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        end = start + len(text[start:end].rstrip())
    return int(end)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found - (text[found - 1 : found] == "\r")


def _next_line(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


# ------------------------------------------------------------------ writing


def _block(path: Path, value: Value, column: int, text: str) -> str:
    """Write what follows the colon of a key that stands at a column."""
    nested: Any = {path[-1]: value}
    for step in reversed(path[:-1]):  # so that long texts are folded where they fit
        nested = {step: nested}
    lines = folder.dump(nested).rstrip("\n").split("\n")[len(path) - 1 :]
    new = textwrap.dedent("\n".join(lines))
    first, *rest = new.split("\n")
    indented = [" " * column + line if line else line for line in rest]
    return _newline(text).join([first[first.index(":") + 1 :], *indented])


def _flow(value: Value) -> str:
    """Write a value on one line, fit for braces and for a comment after it."""
    texts = value.values() if isinstance(value, Mapping) else [value]
    odd = any(mark in str(text) for text in texts for mark in _LINE_ENDS)
    text: str = yaml.safe_dump(
        [value],
        default_style='"' if odd else None,
        default_flow_style=True,
        sort_keys=False,
        allow_unicode=True,
        width=math.inf,
    )
    return text.rstrip("\n")[1:-1]
