"""A value as it is written into the text of a YAML file: its width, its line ends.

Nothing here knows where in the file it goes, or a case's fields.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import yaml

from workbench.case import folder
from workbench.errors import WorkbenchError

Scalar: TypeAlias = str | float
Value: TypeAlias = Scalar | Mapping[str, Any] | Sequence[Any]
Step: TypeAlias = str | int
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_ENDS: Final = "\n\x85\u2028\u2029"
_NARROWEST: Final = 24  # columns that a folded text is left with, however deep it is
# The widths that editors fold at, where a file's lines leave several open.
_USUAL_WIDTHS: Final = (72, 76, 78, 79, 80, 88, 90, 92, 96, 99, 100, 110, 119, 120)


class CannotSplice(WorkbenchError):
    """The text has a form in which this value cannot be changed by its place."""


def compose(text: str) -> yaml.Node:
    """Read a text as nodes. Raises CannotSplice where it is no single document."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise CannotSplice("not YAML") from error
    if node is None:
        raise CannotSplice("empty")
    return node


def entries(node: yaml.Node | None) -> Iterator[tuple[Step, yaml.Node]]:
    """Give what is below a node, by keys or by places."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key.value, value
    elif isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)


def newline(text: str) -> str:
    """Give the line end that a text has."""
    return "\r\n" if "\r\n" in text else "\n"


def fold_width(text: str) -> int:
    """Tell the width that a file's folded texts keep to; the format's where none does.

    Each broken line says that the width is no less than the line and less than the
    line with the next word.
    """
    least, below = 0, math.inf
    for node in _scalars(compose(text)):
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
    for _, below in entries(node):
        yield from _scalars(below)


def block(key: str, value: Value, column: int, text: str) -> str:
    """Write a key and its value, the key at a column, without the indent before it."""
    width = max(fold_width(text) - column, _NARROWEST)
    return _indented(folder.dump({key: _plain(value)}, width), column, text)


def element(value: Value, column: int, text: str) -> str:
    """Write an item of a list with its dash at a column."""
    width = max(fold_width(text) - column, _NARROWEST)
    return _indented(folder.dump([_plain(value)], width), column, text)


def flow(value: Value) -> str:
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


def _indented(new: str, column: int, text: str) -> str:
    first, *rest = new.rstrip("\n").split("\n")
    indented = [" " * column + line if line else line for line in rest]
    return newline(text).join([first, *indented])


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
