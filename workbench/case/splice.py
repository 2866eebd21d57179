"""Change one value in the text of a YAML file, and leave every other byte as it was.

Nothing here knows a case's fields. What comes out has to be read again and compared:
YAML has forms (anchors, explicit keys) in which a value cannot be changed by its place.
A path is a mapping's keys and a list's positions, from 0.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import yaml

from workbench.case import folder
from workbench.errors import WorkbenchError

Scalar: TypeAlias = str | float
Value: TypeAlias = Scalar | Mapping[str, Any] | Sequence[Any]
Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_ENDS: Final = "\n\x85\u2028\u2029"
_COMMA: Final = re.compile(r"\s*,")
_COMMENT: Final = re.compile(r"[ \t]+#.*")
_NARROWEST: Final = 24  # columns that a folded text is left with, however deep it is
# The widths that editors fold at, where a file's lines leave several open.
_USUAL_WIDTHS: Final = (72, 76, 78, 79, 80, 88, 90, 92, 96, 99, 100, 110, 119, 120)


class CannotSplice(WorkbenchError):
    """The text has a form in which this value cannot be changed by its place."""


def shape(text: str, path: Path) -> str:
    """Tell what stands at a path: "absent", "scalar", "mapping" or "list"."""
    node = _find(_compose(text), path)
    if node is None or (path and _is_null(node)):
        return "absent"
    if isinstance(node, yaml.ScalarNode):
        return "scalar"
    return "mapping" if isinstance(node, yaml.MappingNode) else "list"


def put(text: str, path: Path, value: Value, order: Sequence[str] = ()) -> str:
    """Set the value at a path; what is above it has to be there.

    A key that is not there yet is put where `order`, the published order of its
    mapping's keys, has it.
    """
    parent = _find(_compose(text), path[:-1])
    for key, node in _entries(parent):
        if key == path[-1]:
            return _replace(text, _place(text, parent, path), node, value)
    if not isinstance(parent, yaml.MappingNode) or not parent.value:
        raise CannotSplice("no mapping that has a key")
    return _insert_key(text, parent, str(path[-1]), value, order)


def insert(text: str, path: Path, value: Value) -> str:
    """Put a value into a list, before what stands at the position that ends the path.

    The position may be the list's length; the list is there, and is not empty unless
    it is written in brackets.
    """
    found, at = _find(_compose(text), path[:-1]), path[-1]
    if not isinstance(found, yaml.SequenceNode) or not isinstance(at, int):
        raise CannotSplice("no list")
    if not found.value and not _is_flow(found):
        raise CannotSplice("an empty list")
    if _is_flow(found):
        new = _flow(value)
        if at:
            place = _end(text, found.value[at - 1])
            return f"{text[:place]}, {new}{text[place:]}"
        place = int(found.start_mark.index) + 1
        rest = ", " if found.value else ""
        return f"{text[:place]}{new}{rest}{text[place:]}"
    column = int(found.start_mark.column)
    beside = all(
        isinstance(one, yaml.MappingNode) and _is_flow(one) for one in found.value
    )
    if beside and isinstance(value, Mapping):  # written as its neighbours are
        new = f"- {_flow(value)}"
    else:
        new = _element(value, column, text)
    new = " " * column + new + _newline(text)
    if at < len(found.value):
        place = _line_start(text, _dash(text, found, at))
    else:
        place = _next_line(text, _end(text, found.value[-1]))
    gap = "" if not place or text[place - 1] == "\n" else _newline(text)
    return text[:place] + gap + new + text[place:]


def drop(text: str, path: Path) -> str:
    """Take what stands at a path out, with what stands on its lines."""
    parent = _find(_compose(text), path[:-1])
    entries = list(_entries(parent))
    names = [name for name, _ in entries]
    if parent is None or path[-1] not in names:
        raise CannotSplice("nothing is there")
    at = names.index(path[-1])
    node = entries[at][1]
    start, end = _start(text, parent, at), _end(text, node)
    if _is_flow(parent):
        if at + 1 < len(entries):
            end = _start(text, parent, at + 1)
        elif at:
            start = _end(text, entries[at - 1][1])
        elif comma := _COMMA.match(text, end):
            end = comma.end()
        return text[:start] + text[end:]
    if text[_line_start(text, start) : start].strip():  # a key beside its item's dash
        if at + 1 == len(entries):
            raise CannotSplice("the only key of an item")
        return text[:start] + text[_start(text, parent, at + 1) :]
    return text[: _line_start(text, start)] + text[_next_line(text, end) :]


def is_commented(text: str, path: Path) -> bool:
    """Tell whether a comment may stand within what is at a path, not only after it."""
    parent = _find(_compose(text), path[:-1])
    entries = list(_entries(parent))
    at = [name for name, _ in entries].index(path[-1])
    assert parent is not None
    return "#" in text[_start(text, parent, at) : _end(text, entries[at][1])]


def rename(text: str, path: Path, key: str) -> str:
    """Give a mapping's key another name, and leave its value alone."""
    parent = _find(_compose(text), path[:-1])
    if isinstance(parent, yaml.MappingNode):
        for found, _ in parent.value:
            if found.value == path[-1]:
                start, end = found.start_mark.index, found.end_mark.index
                return text[:start] + _flow(key) + text[end:]
    raise CannotSplice("no such key")


@dataclass(frozen=True)
class _Place:
    """What a value stands in, where its key or dash begins, and its last step."""

    parent: yaml.Node
    start: int
    column: int
    step: Step


def _place(text: str, parent: yaml.Node | None, path: Path) -> _Place:
    assert parent is not None
    at = [name for name, _ in _entries(parent)].index(path[-1])
    if isinstance(parent, yaml.SequenceNode):
        start = _start(text, parent, at)
        return _Place(parent, start, int(parent.start_mark.column), path[-1])
    mark = parent.value[at][0].start_mark
    return _Place(parent, int(mark.index), int(mark.column), path[-1])


def _replace(text: str, place: _Place, node: yaml.Node, value: Value) -> str:
    start, end = int(node.start_mark.index), _end(text, node)
    before, after = text[:start], text[end:]
    if _is_flow(place.parent):
        gap = "" if before[-1:].isspace() or start < end else " "
        if isinstance(place.parent, yaml.SequenceNode):
            gap = ""
        return before + gap + _flow(value) + after
    style = getattr(node, "style", None)
    header = text[start : _line_end(text, start)] if style in ("|", ">") else ""
    new = _after(place, value, text, header)
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
    kept = before.rstrip(" \t")
    if kept.endswith((":", "-")):
        before = kept
    else:  # the value stands on a line of its own
        new = new.lstrip()
    return before + new + after


def _after(place: _Place, value: Value, text: str, header: str) -> str:
    """Write what follows a key's colon or an item's dash, under the old header."""
    if isinstance(place.step, int):
        new = " " + _element(value, place.column, text)[2:]
    else:
        whole = _block(place.step, value, place.column, text)
        new = whole[whole.index(":", len(_flow(place.step)) - 1) + 1 :]
    if isinstance(value, str) and new.startswith(" >-") and header.startswith(">"):
        new = " " + _COMMENT.sub("", header).rstrip() + new[3:]
    return new


def _insert_key(
    text: str, parent: yaml.Node, key: str, value: Value, order: Sequence[str]
) -> str:
    rank = {one: place for place, one in enumerate(order)}
    own = rank.get(key, len(rank))
    entries = [
        (rank.get(one.value, len(rank)), one, node) for one, node in parent.value
    ]
    lower = [entry for entry in entries if entry[0] <= own]
    higher = [entry for entry in entries if entry[0] > own]
    if _is_flow(parent):
        new = f"{_flow(key)}: {_flow(value)}"
        if lower:
            at = _end(text, max(lower, key=lambda entry: entry[0])[2])
            return f"{text[:at]}, {new}{text[at:]}"
        at = int(higher[0][1].start_mark.index)
        return f"{text[:at]}{new}, {text[at:]}"
    newline = _newline(text)
    column = int(parent.value[0][0].start_mark.column)
    new = _block(key, value, column, text) + newline
    if not lower:
        first = min(higher, key=lambda entry: entry[0])[1]
        at = int(first.start_mark.index)
        start = _line_start(text, at)
        if text[start:at].strip():  # beside its item's dash
            return text[:at] + new + " " * column + text[at:]
        return text[:start] + " " * column + new + text[start:]
    at = _next_line(text, _end(text, max(lower, key=lambda entry: entry[0])[2]))
    before = text[:at]
    gap = "" if before.endswith("\n") else newline
    return before + gap + " " * column + new + text[at:]


# ------------------------------------------------------------------ places


def _compose(text: str) -> yaml.Node:
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise CannotSplice("not YAML") from error
    if node is None:
        raise CannotSplice("empty")
    return node


def _entries(node: yaml.Node | None) -> Iterator[tuple[Step, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, value
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)


def _find(node: yaml.Node, path: Path) -> yaml.Node | None:
    for step in path:
        below = next((value for name, value in _entries(node) if name == step), None)
        if below is None:
            return None
        node = below
    return node


def _is_null(node: yaml.Node) -> bool:
    return bool(node.tag == "tag:yaml.org,2002:null")


def _is_flow(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _start(text: str, parent: yaml.Node, at: int) -> int:
    """Find where an entry begins: its key, its dash, or the value in brackets."""
    if isinstance(parent, yaml.MappingNode):
        return int(parent.value[at][0].start_mark.index)
    if _is_flow(parent):
        return int(parent.value[at].start_mark.index)
    return _dash(text, parent, at)


def _dash(text: str, found: yaml.Node, at: int) -> int:
    """Find the dash of a list's item: the last one in its column before the item."""
    column = int(found.start_mark.column)
    start = _line_start(text, int(found.value[at].start_mark.index))
    while text[start + column : start + column + 1] != "-":
        if not start:
            raise CannotSplice("an item without a dash")
        start = _line_start(text, start - 1)
    return start + column


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


def fold_width(text: str) -> int:
    """Tell the width that a file's folded texts keep to; the format's where none does.

    Each broken line says that the width is no less than the line and less than the
    line with the next word.
    """
    least, below = 0, math.inf
    for node in _scalars(_compose(text)):
        if node.style != ">":
            continue
        lines = text[node.start_mark.index : node.end_mark.index].split("\n")[1:]
        for line, following in itertools.pairwise(one.rstrip() for one in lines):
            if line and following and _depth(line) == _depth(following):
                least = max(least, len(line))
                below = min(below, len(line) + 1 + len(following.split()[0]))
    usual = (folder.WIDTH, *_USUAL_WIDTHS)
    if not least:
        return folder.WIDTH
    return next((width for width in usual if least <= width < below), least)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    for _, below in _entries(node):
        yield from _scalars(below)


def _block(key: str, value: Value, column: int, text: str) -> str:
    """Write a key and its value, the key at a column, without the indent before it."""
    width = max(fold_width(text) - column, _NARROWEST)
    return _indented(folder.dump({key: _plain(value)}, width), column, text)


def _element(value: Value, column: int, text: str) -> str:
    """Write an item of a list with its dash at a column."""
    width = max(fold_width(text) - column, _NARROWEST)
    return _indented(folder.dump([_plain(value)], width), column, text)


def _indented(new: str, column: int, text: str) -> str:
    first, *rest = new.rstrip("\n").split("\n")
    indented = [" " * column + line if line else line for line in rest]
    return _newline(text).join([first, *indented])


def _plain(value: Value) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for one in value:
            yield from _texts(one)
    else:
        yield str(value)


def _flow(value: Value) -> str:
    """Write a value on one line, fit for braces and for a comment after it."""
    odd = any(mark in one for mark in _LINE_ENDS for one in _texts(value))
    text: str = yaml.safe_dump(
        [_plain(value)],
        default_style='"' if odd else None,
        default_flow_style=True,
        sort_keys=False,
        allow_unicode=True,
        width=math.inf,
    )
    return text.rstrip("\n")[1:-1]
