"""Change one value in the text of a YAML file, and leave every other byte as it was.

Nothing here knows a case's fields. What comes out has to be read again and compared:
YAML has forms (anchors, explicit keys) in which a value cannot be changed by its place.
A path is a mapping's keys and a list's positions, from 0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import yaml

from workbench.case.yaml_text import (
    CannotSplice,
    Step,
    Value,
    block,
    compose,
    element,
    entries,
    flow,
    newline,
)

Path: TypeAlias = tuple[Step, ...]
_COMMA: Final = re.compile(r"\s*,")
_COMMENT: Final = re.compile(r"[ \t]+#.*")
_DIGIT: Final = re.compile(r"[1-9]")
_ODD: Final = (
    "\x7f\x85\u2028\u2029\ufeff"  # what YAML has no room for, or reads as an end
)


def shape(text: str, path: Path) -> str:
    """Tell what stands at a path: "absent", "scalar", "mapping" or "list"."""
    node = _find(compose(text), path)
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
    parent = _find(compose(text), path[:-1])
    for key, node in entries(parent):
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
    found, at = _find(compose(text), path[:-1]), path[-1]
    if not isinstance(found, yaml.SequenceNode) or not isinstance(at, int):
        raise CannotSplice("no list")
    if not found.value and not _is_flow(found):
        raise CannotSplice("an empty list")
    if _is_flow(found):
        new = flow(value)
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
        new = f"- {flow(value)}"
    else:
        new = element(value, column, text)
    new = " " * column + new + newline(text)
    if at < len(found.value):
        place = _line_start(text, _dash(text, found, at))
    else:
        place = _next_line(text, _end(text, found.value[-1]))
    gap = "" if not place or text[place - 1] == "\n" else newline(text)
    return text[:place] + gap + new + text[place:]


def drop(text: str, path: Path) -> str:
    """Take what stands at a path out, with what stands on its lines."""
    parent = _find(compose(text), path[:-1])
    known = list(entries(parent))
    names = [name for name, _ in known]
    if parent is None or path[-1] not in names:
        raise CannotSplice("nothing is there")
    at = names.index(path[-1])
    node = known[at][1]
    start, end = _start(text, parent, at), _end(text, node)
    if _is_flow(parent):
        if at + 1 < len(known):
            end = _start(text, parent, at + 1)
        elif at:
            start = _end(text, known[at - 1][1])
        elif comma := _COMMA.match(text, end):
            end = comma.end()
        return text[:start] + text[end:]
    if text[_line_start(text, start) : start].strip():  # a key beside its item's dash
        if at + 1 == len(known):
            raise CannotSplice("the only key of an item")
        return text[:start] + text[_start(text, parent, at + 1) :]
    return text[: _line_start(text, start)] + text[_next_line(text, end) :]


def is_commented(text: str, path: Path) -> bool:
    """Tell whether a comment may stand within what is at a path, not only after it."""
    parent = _find(compose(text), path[:-1])
    known = list(entries(parent))
    at = [name for name, _ in known].index(path[-1])
    assert parent is not None
    return "#" in text[_start(text, parent, at) : _end(text, known[at][1])]


def rename(text: str, path: Path, key: str) -> str:
    """Give a mapping's key another name, and leave its value alone."""
    parent = _find(compose(text), path[:-1])
    if isinstance(parent, yaml.MappingNode):
        for found, _ in parent.value:
            if found.value == path[-1]:
                start, end = found.start_mark.index, found.end_mark.index
                return text[:start] + flow(key) + text[end:]
    raise CannotSplice("no such key")


@dataclass(frozen=True)
class _Place:
    """What a value stands in, where its key or dash begins and ends, its last step."""

    parent: yaml.Node
    start: int
    end: int
    column: int
    step: Step


def _place(text: str, parent: yaml.Node | None, path: Path) -> _Place:
    assert parent is not None
    at = [name for name, _ in entries(parent)].index(path[-1])
    start = _start(text, parent, at)
    if isinstance(parent, yaml.SequenceNode):
        return _Place(parent, start, start + 1, parent.start_mark.column, path[-1])
    column, end = start - _line_start(text, start), parent.value[at][0].end_mark.index
    return _Place(parent, start, int(end), column, path[-1])


def _replace(text: str, place: _Place, node: yaml.Node, value: Value) -> str:
    start, end = int(node.start_mark.index), _end(text, node)
    before, after = text[:start], text[end:]
    if _is_flow(place.parent):
        gap = "" if before[-1:].isspace() or start < end else " "
        if isinstance(place.parent, yaml.SequenceNode):
            gap = ""
        return before + gap + _in_brackets(place.parent, value) + after
    if text[place.start] == "?" and not text[place.end : end].strip():
        at = _line_end(text, place.end)  # a key that is written out, without a value
        mark = f"{newline(text)}{' ' * place.column}:"
        return text[:at] + mark + _after(place, value, text, "") + text[at:]
    style = getattr(node, "style", None)
    header = text[start : _line_end(text, start)] if style in ("|", ">") else ""
    new = _after(place, value, text, header)
    found = _COMMENT.search(header)
    comment = found[0] if found else ""
    tail = text[end : _line_end(text, end)]
    if "\n" in new and not tail.strip():  # spaces would become part of a block
        after, tail = after[len(tail) :], ""
    if start == end and "\n" in new:  # nothing stood there but perhaps a comment
        before, after = text[:end] + tail, text[end + len(tail) :]
        return before + new + after
    folded = new.lstrip().startswith(("|", ">"))
    if "\n" in new and (tail.strip() or (comment and not folded)):
        new = " " + flow(value)  # a comment after it must not become part of it
    if comment:
        first, *rest = new.split("\n")
        new = newline(text).join([first.rstrip("\r") + comment, *rest])
    kept = before.rstrip(" \t")
    if kept.endswith((":", "-")):
        before = kept
    else:  # the value stands on a line of its own
        new = new.lstrip()
    return before + new + after


def _after(place: _Place, value: Value, text: str, header: str) -> str:
    """Write what follows a key's colon or an item's dash, under the old header."""
    if isinstance(place.step, int):
        new = " " + element(value, place.column, text)[2:]
    else:
        whole = block(place.step, value, place.column, text)
        new = whole[whole.index(":", len(flow(place.step)) - 1) + 1 :]
    if isinstance(value, str) and new.startswith(" >-") and header.startswith(">"):
        plain = _DIGIT.sub("", _COMMENT.sub("", header))  # of another indent
        new = " " + plain.rstrip() + new[3:]
    return new


def _insert_key(
    text: str, parent: yaml.Node, key: str, value: Value, order: Sequence[str]
) -> str:
    rank = {one: place for place, one in enumerate(order)}
    own = rank.get(key, len(rank))
    ranked = [(rank.get(one.value, len(rank)), one, node) for one, node in parent.value]
    lower = [entry for entry in ranked if entry[0] <= own]
    higher = [entry for entry in ranked if entry[0] > own]
    if _is_flow(parent):
        new = f"{_in_brackets(parent, key)}: {_in_brackets(parent, value)}"
        if lower:
            at = _end(text, max(lower, key=lambda entry: entry[0])[2])
            return f"{text[:at]}, {new}{text[at:]}"
        at = _start_of_key(text, higher[0][1])
        return f"{text[:at]}{new}, {text[at:]}"
    ends = newline(text)
    first = _start(text, parent, 0)
    column = first - _line_start(text, first)
    new = block(key, value, column, text) + ends
    if not lower:
        at = _start_of_key(text, min(higher, key=lambda entry: entry[0])[1])
        start = _line_start(text, at)
        if text[start:at].strip():  # beside its item's dash
            return text[:at] + new + " " * column + text[at:]
        return text[:start] + " " * column + new + text[start:]
    at = _next_line(text, _end(text, max(lower, key=lambda entry: entry[0])[2]))
    before = text[:at]
    gap = "" if before.endswith("\n") else ends
    return before + gap + " " * column + new + text[at:]


# ------------------------------------------------------------------ places


def _find(node: yaml.Node, path: Path) -> yaml.Node | None:
    for step in path:
        below = next((value for name, value in entries(node) if name == step), None)
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
        return _start_of_key(text, parent.value[at][0])
    if _is_flow(parent):
        return int(parent.value[at].start_mark.index)
    return _dash(text, parent, at)


def _start_of_key(text: str, key: yaml.Node) -> int:
    """Find where a key begins, with the mark before one that is written out: `? key`.

    That mark stands before the key's column, alone on its line or beside a dash; in
    braces after what opens them, or a comma.
    """
    own = int(key.start_mark.index)
    mark = len(text[:own].rstrip()) - 1
    if mark < 0 or text[mark] != "?":
        return own
    line = _line_start(text, mark)
    before = text[line:mark].strip()
    is_alone = not before.strip("-") or before.endswith(("{", ","))
    is_before = mark - line < int(key.start_mark.column) or line != _line_start(
        text, own
    )
    return mark if is_alone and is_before else own


def _in_brackets(parent: yaml.Node | None, value: Value) -> str:
    """Write a value as its neighbours are: in a text that is JSON it is JSON too."""
    keys = parent.value if isinstance(parent, yaml.MappingNode) else []
    if keys and all(key.style == '"' for key, _ in keys):
        return json.dumps(value, ensure_ascii=any(one in str(value) for one in _ODD))
    return flow(value)


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
