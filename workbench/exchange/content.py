"""What an importer is given: the bytes of a file, and what they read as.

A format says whether a content is its own, and reads it. Nothing here knows a format,
and nothing in a file is run, opened or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, Final, NamedTuple

from workbench.exchange.choices import NONE, Choices
from workbench.exchange.imported import Imported, Unreadable
from workbench.strict_json import NotJson, parse

MAX_BYTES: Final = 64_000_000
# A value of a few characters takes a hundred bytes once it is read, and a text with one
# character outside the common ones four bytes for each of them.
MAX_PARSED: Final = 16_000_000
MAX_OBJECTS: Final = 300_000
MAX_VALUES: Final = 1_500_000
# The first character, after marks of byte order and in whatever width.
_START: Final = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*[\[{]")


class Content:
    """A file to import: its name, which decides nothing, its bytes, a person's choices.

    `fault` says why it is no JSON, where it begins as JSON does. Raises Unreadable for
    more bytes than `MAX_BYTES`.
    """

    def __init__(self, data: bytes, name: str, choices: Choices = NONE) -> None:
        if len(data) > MAX_BYTES:
            raise Unreadable(
                f"{len(data):,} bytes; a file to import has at most {MAX_BYTES:,}"
            )
        self.data = data
        self.name = name
        self.choices = choices
        self.fault = ""

    @cached_property
    def text(self) -> str | None:
        """The text in UTF-8, without its byte order mark; None where it is none."""
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None

    @cached_property
    def json(self) -> Any:  # noqa: ANN401  JSON is any value
        """The value of a JSON object or list; None where it is none."""
        found, self.fault = _read(self.data)
        return found


class Format(NamedTuple):
    """One format that can be read: its name, and by what it is known.

    `chooses` says that a person's choices have a meaning for it, `of_text` that any
    text may be of it, broken files of other formats included. `recognises` looks
    at the content alone and never raises; `read` gives one matrix or several, and
    raises Unreadable for all that is wrong with the file.
    """

    title: str
    recognises: Callable[[Content], bool]
    read: Callable[[Content], tuple[Imported, ...]]
    of_text: bool = False
    chooses: bool = False


def _read(data: bytes) -> tuple[Any, str]:
    if not (start := _START.match(data)):
        return None, ""
    if b"\0" in data[: start.end() + 1]:
        return None, "JSON, but not in UTF-8 (in UTF-16?); save it as UTF-8"
    if len(data) > MAX_PARSED:
        said = f"JSON of {len(data):,} bytes; at most {MAX_PARSED:,} are read"
        return None, f"{said}: take out what is no matrix, or split it"
    objects = data.count(b"{") + data.count(b"[")
    if objects > MAX_OBJECTS or data.count(b",") > MAX_VALUES:
        return None, "JSON of more values than are read: split it"
    try:
        return parse(data.decode("utf-8-sig")), ""
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, f"line {line}: JSON, but not in UTF-8; save it as UTF-8"
    except NotJson as error:
        return None, placed(error)


def placed(error: NotJson) -> str:
    """Say what is wrong with a JSON text, and where as far as it is known."""
    if not error.line:
        return str(error)
    return f"line {error.line}, column {error.column}: {error}"


def of_bytes(
    title: str,
    recognises: Callable[[bytes], bool],
    read: Callable[[bytes], tuple[Imported, ...]],
) -> Format:
    """Make a format of functions that need the bytes alone."""
    return Format(title, lambda one: recognises(one.data), lambda one: read(one.data))


def of_tables(
    title: str,
    recognises: Callable[[bytes], bool],
    read: Callable[[bytes, Choices], tuple[Imported, ...]],
    *,
    of_text: bool = False,
) -> Format:
    """Make a format of tables, where a person may say what a column holds."""
    return Format(
        title,
        lambda one: recognises(one.data),
        lambda one: read(one.data, one.choices),
        of_text,
        chooses=True,
    )
