"""What a person decided of a file: what its columns hold, and what its words mean.

Typed on the command line, chosen in the preview, kept as a small YAML file; no file to
import is known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeVar

import yaml

from workbench.case import words
from workbench.case.model import Consistency
from workbench.case.nodes import Faults, Reader, compose, one_of, shown
from workbench.errors import ContentErrors, WorkbenchError

T = TypeVar("T")
UNRATED: Final = "unrated"
CODES: Final = (*(code.value for code in Consistency), UNRATED)


class Role(StrEnum):
    """What a column holds."""

    HYPOTHESIS = "hypothesis"
    ITEM = "item"
    LABEL = "label"
    WEIGHT = "weight"
    CREDIBILITY = "credibility"
    RELEVANCE = "relevance"
    GRADE = "grade"
    DATE = "date"
    SOURCE = "source"
    LOCATOR = "locator"
    ORIGIN = "origin"
    TAGS = "tags"
    REASON = "reason"
    NOTE = "note"
    LEAVE_OUT = "leave-out"
    # What only a name can say:
    KIND = "kind"
    RELIABILITY = "reliability"
    CAVEAT = "caveat"
    COUNTED = "counted"
    EMPHASIS = "emphasis"
    DERIVED = "derived"


ROLES: Final = tuple(list(Role)[: list(Role).index(Role.KIND)])


@dataclass(frozen=True)
class Choices:
    """A person's decisions; empty, all is left to the file.

    `columns` gives roles by the name over a column, in the form of `head`; `words` what
    a text means by its `words.key`, None for unrated. `accept` takes a file of which
    something cannot be read.
    """

    columns: Mapping[str, Role] = field(default_factory=dict)
    words: Mapping[str, Consistency | None] = field(default_factory=dict)
    accept: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything was decided of columns or words."""
        return bool(self.columns or self.words)


NONE: Final = Choices()


def key(text: str) -> str:
    """Put a word in the form that words are compared in."""
    return words.key(text)


def head(name: str) -> str:
    """Put the name over a column in the form that names are compared in."""
    return words.key(name)


def pair(text: str, kind: str) -> tuple[str, str]:
    """Read one decision as it is typed: HEAD=ROLE for a column, TEXT=CODE for a word.

    Raises WorkbenchError.
    """
    name, equals, value = text.rpartition("=")
    if not equals or not name.strip():
        raise WorkbenchError(f"{shown(text)}; write a name, an equals sign and a value")
    (_role if kind == "column" else _code)(value.strip())
    return name, value.strip()


def made(
    columns: Iterable[tuple[str, str]],
    texts: Iterable[tuple[str, str]],
    *,
    accept: bool = False,
) -> Choices:
    """Make choices of pairs: a column's name and its role, a text and its code.

    Raises WorkbenchError.
    """
    return Choices(
        {head(name): _role(role) for name, role in columns},
        {words.key(text): _code(code) for text, code in texts},
        accept,
    )


def read(data: bytes, file: str, over: Choices = NONE) -> Choices:
    """Read a file of choices; those of `over` win.

    Raises ContentErrors with each fault's line.
    """
    faults = Faults(file)
    columns: dict[str, Role] = {}
    texts: dict[str, Consistency | None] = {}
    if (node := compose(data, faults)) is not None:
        top = Reader(node, faults)
        top.close(("columns", "words"))
        if part := top.mapping("columns"):
            columns = {head(k): r for k, r in _values(part, _role)}
        if part := top.mapping("words"):
            texts = {words.key(k): code for k, code in _values(part, _code)}
    if faults.errors:
        raise ContentErrors(faults.errors)
    return Choices(columns | dict(over.columns), texts | dict(over.words), over.accept)


def written(choices: Choices) -> bytes:
    """Write choices as a file that `read` takes."""
    kept = {
        "columns": {name: role.value for name, role in choices.columns.items()},
        "words": {
            text: code.value if code else UNRATED
            for text, code in choices.words.items()
        },
    }
    told = {name: part for name, part in kept.items() if part}
    if not told:
        return b"columns: {}\nwords: {}\n"
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False).encode()


def _values(part: Reader, read_one: Callable[[str], T]) -> Iterable[tuple[str, T]]:
    for key in part.keys:
        if text := part.text(key, required=True):
            try:
                yield key, read_one(text)
            except WorkbenchError as error:
                part.fault(key, str(error))


def _role(text: str) -> Role:
    found = text.casefold()
    if found not in ROLES:
        raise WorkbenchError(f"{shown(text)} is no role; use {one_of(ROLES)}")
    return Role(found)


def _code(text: str) -> Consistency | None:
    if text.casefold() == UNRATED:
        return None
    if text.upper() not in CODES:
        raise WorkbenchError(f"{shown(text)} is no code; use {one_of(CODES)}")
    return Consistency(text.upper())
