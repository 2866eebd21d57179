"""Read composed YAML nodes with their lines; knows nothing of a case's fields.

Scalars are taken as written in the file, so that YAML's own readings of NO, on or
12:30 never change a text; where a list of words is allowed, all else is an error.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeVar

import yaml

from workbench.case.model import ID_PATTERN, EventDate
from workbench.errors import ContentError, WorkbenchError

T = TypeVar("T")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STANDARD_TAGS = "tag:yaml.org,2002:"
# What YAML lets nobody write plainly; neither XML nor a terminal takes most of it.
UNFIT = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
MAX_BYTES = 2_000_000  # of one file
_SHOWN = 60


def shown(text: str) -> str:
    """Quote what was found, short enough for a message."""
    text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return repr(text)


def unfit(text: str) -> str:
    """Name the first character that no text of a case may hold, "" where all may."""
    found = UNFIT.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


Kind: TypeAlias = Literal["hypothesis", "source", "evidence"]


@dataclass(frozen=True)
class Reference:
    """An id that a document names, and where: it is looked up once all are read."""

    kind: Kind
    id: str
    node: yaml.Node
    path: str


@dataclass
class Faults:
    """Collects the faults of one file, and what it says of others."""

    file: str
    errors: list[ContentError] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def add(self, node: yaml.Node | None, path: str, message: str) -> None:
        """Note a fault at a node (None: at the file as a whole)."""
        mark = node.start_mark if node is not None else None
        line = mark.line + 1 if mark is not None else 0
        self.errors.append(ContentError(self.file, line, path, message))


def compose(data: bytes, faults: Faults) -> yaml.Node | None:
    """Compose one YAML document, or note why that cannot be done and return None."""

    def fail(line: int, message: str) -> None:
        faults.errors.append(ContentError(faults.file, line, "", message))

    if len(data) > MAX_BYTES:
        fail(0, f"too long; a file of a case has at most {MAX_BYTES:,} bytes")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        fail(line, "not a text in UTF-8 (a binary file?); save it as UTF-8")
        return None
    if found := UNFIT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        fail(line, f"the character {unfit(found[0])} is not allowed; take it out")
        return None
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        fail(line, f"not YAML: {_plain(error, text, line)}")
        return None
    except RecursionError:
        fail(0, "nested too deeply")
        return None
    if node is None:
        fail(1, "the file is empty; see the README for what it holds")
        return None
    if (odd := _odd(node)) is not None:
        fail(odd[0].start_mark.line + 1, odd[1])
        return None
    return node


def _odd(top: yaml.Node) -> tuple[yaml.Node, str] | None:
    """Find a list or mapping with a tag, or met twice: an alias, or a bomb of them."""
    seen: set[int] = set()
    todo = [top]
    while todo:
        node = todo.pop()
        if isinstance(node, yaml.ScalarNode):
            continue
        if id(node) in seen:
            return node, "used again through an alias (*); write it out"
        if node.tag not in (_STANDARD_TAGS + "seq", _STANDARD_TAGS + "map"):
            return node, f"the tag {shown(node.tag)}; write the value without it"
        seen.add(id(node))
        for child in node.value:
            todo.extend(child if isinstance(child, tuple) else (child,))
    return None


def _plain(error: yaml.MarkedYAMLError, text: str, line: int) -> str:
    lines = text.splitlines()
    if 0 < line <= len(lines) and "\t" in lines[line - 1]:
        return "a tab; indent with spaces"
    return ": ".join(part for part in (error.context, error.problem) if part)


@dataclass
class Reader:
    """Reads fields of one mapping and notes every fault; unknown keys are faults.

    Each method takes a key and returns its value, or the default where the key is
    absent, empty or at fault.
    """

    node: yaml.Node
    faults: Faults
    path: str = ""
    keys: dict[str, yaml.Node] = field(default_factory=dict)
    names: dict[str, yaml.Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the mapping; note duplicate keys and what is not a mapping."""
        self.keys, self.names = {}, {}
        if not isinstance(self.node, yaml.MappingNode):
            self.fault(None, f"{_kind(self.node)}; a mapping (key: value) is needed")
            return
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.faults.add(key, self.path, "a key must be a single word")
            elif key.value in self.keys:
                again = f"the key {shown(key.value)} stands here a second time"
                self.faults.add(key, self.at(key.value), f"{again}; keep one")
            else:
                self.keys[key.value] = value
                self.names[key.value] = key

    def at(self, key: str | None) -> str:
        """Name the field for a message."""
        return ".".join(part for part in (self.path, key) if part)

    def fault(self, key: str | None, message: str) -> None:
        """Note a fault at the key's value, or at the mapping itself."""
        self.faults.add(self.keys.get(key or "", self.node), self.at(key), message)

    def close(self, allowed: Sequence[str]) -> None:
        """Note every key that is not among those allowed."""
        for key in self.keys:
            if key not in allowed:
                said = f"unknown key; use {one_of(allowed)}"
                self.faults.add(self.names[key], self.at(key), said)

    def scalar(self, node: yaml.Node, path: str) -> str | None:
        """Text of a scalar as written; None where it is empty or not a scalar."""
        if not isinstance(node, yaml.ScalarNode):
            self.faults.add(node, path, f"{_kind(node)}; a single value is needed")
            return None
        if not node.tag.startswith(_STANDARD_TAGS) or "python" in node.tag:
            said = f"the tag {shown(node.tag)}; write the value without it"
            self.faults.add(node, path, said)
            return None
        if character := unfit(node.value):
            said = f"the character {character} is not allowed; take it out"
            self.faults.add(node, path, said)
            return None
        if node.tag == _STANDARD_TAGS + "null":
            return None
        return str(node.value).strip()

    def text(self, key: str, *, required: bool = False) -> str:
        """Read a text; empty where absent."""
        value = self.scalar(self.keys[key], self.at(key)) if key in self.keys else None
        if required and not value and not self._noted(key):
            self.fault(key, "missing; this text is required")
        return value or ""

    def _noted(self, key: str) -> bool:
        return any(error.field == self.at(key) for error in self.faults.errors)

    def word(self, key: str, allowed: Sequence[str], default: str) -> str:
        """Read one of a list of words."""
        value = self.text(key)
        if not value:
            return default
        if value not in allowed:
            self.fault(key, f"{shown(value)}; use {one_of(allowed)}")
            return default
        return value

    def parsed(
        self, key: str, parse: Callable[[str], T], allowed: str, default: T
    ) -> T:
        """Read a text through `parse`, whose ValueError becomes a fault."""
        value = self.text(key)
        if not value:
            return default
        try:
            return parse(value)
        except ValueError:
            self.fault(key, f"{shown(value)}; {allowed}")
            return default

    def date(self, key: str) -> EventDate | None:
        """Read a date of any precision."""
        allowed = "use a date: YYYY, YYYY-MM or YYYY-MM-DD"
        return self.parsed(key, EventDate, allowed, None)

    def day(self, key: str) -> dt.date | None:
        """Read a date to the day."""
        return self.parsed(key, _day, "use a date: YYYY-MM-DD", None)

    def items(self, key: str) -> Iterator[tuple[yaml.Node, str]]:
        """Walk a list with the path of each entry."""
        node = self.keys.get(key)
        if node is None or (
            isinstance(node, yaml.ScalarNode) and not self.scalar(node, self.at(key))
        ):
            return
        if not isinstance(node, yaml.SequenceNode):
            self.fault(key, f"{_kind(node)}; a list is needed")
            return
        for number, child in enumerate(node.value, start=1):
            yield child, f"{self.at(key)}[{number}]"

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        found = [self.scalar(node, path) for node, path in self.items(key)]
        return tuple(text for text in found if text)

    def refer(self, kind: Kind, key: str) -> str:
        """Read the id of another document; empty where absent."""
        if id_ := self.text(key):
            reference = Reference(kind, id_, self.keys[key], self.at(key))
            self.faults.references.append(reference)
        return id_

    def refers(self, kind: Kind, key: str) -> tuple[str, ...]:
        """Read a list of ids of other documents; one given twice is a fault."""
        found: list[str] = []
        for node, path in self.items(key):
            id_ = self.scalar(node, path)
            if id_ and id_ in found:
                said = f"{shown(id_)} stands here a second time; keep one"
                self.faults.add(node, path, said)
            elif id_:
                found.append(id_)
                self.faults.references.append(Reference(kind, id_, node, path))
        return tuple(found)

    def refer_by_keys(self, kind: Kind) -> None:
        """Take the keys of this mapping for ids of other documents."""
        for id_, node in self.names.items():
            reference = Reference(kind, id_, node, self.at(id_))
            self.faults.references.append(reference)

    def child(self, node: yaml.Node, path: str) -> Reader:
        """Read a nested mapping."""
        return Reader(node, self.faults, path)

    def mapping(self, key: str) -> Reader | None:
        """Read a nested mapping by key; None where absent or empty."""
        node = self.keys.get(key)
        if node is None or (
            isinstance(node, yaml.ScalarNode) and not self.scalar(node, self.at(key))
        ):
            return None
        return self.child(node, self.at(key))


def locate(node: yaml.Node, *steps: str | int) -> yaml.Node:
    """Find the value below a node by keys and positions; the last one met if absent."""
    for step in steps:
        below: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            below = next((v for k, v in node.value if k.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            below = node.value[step]
        if below is None:
            return node
        node = below
    return node


def represent(document: object) -> yaml.Node:
    """Turn plain values into nodes, so that JSON is read by the same rules."""
    try:
        representer = yaml.representer.SafeRepresenter(sort_keys=False)
        node: yaml.Node = representer.represent_data(document)
    except RecursionError as error:
        raise WorkbenchError("nested too deeply") from error
    return node


def _day(text: str) -> dt.date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def number(text: str) -> float:
    """Parse a finite decimal number, 0 or more.

    Raises ValueError.
    """
    if not re.fullmatch(r"[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?|\.[0-9]+", text):
        raise ValueError(text)
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def identifier(text: str) -> str:
    """Parse an id.

    Raises ValueError.
    """
    if not ID_PATTERN.fullmatch(text):
        raise ValueError(text)
    return text


def one_of(words: Sequence[str]) -> str:
    """Name what is allowed."""
    return "one of " + ", ".join(words)


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a single value"
