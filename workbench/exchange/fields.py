"""An object of a JSON file, read key by key; no format is known here.

A value of another kind than is asked for is refused with its place, and the keys that
nobody asked for can be named, so that an importer can say what it left behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from workbench.case.model import EventDate
from workbench.exchange.draft import Draft
from workbench.exchange.imported import Unreadable

_KEY: Final = 60
_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")


class Fields:
    """Reads one object; `where` is its place in the file, as `evidence[3]`.

    Null is the same as absent. Each method raises Unreadable for a value of another
    kind.
    """

    __slots__ = ("_read", "_value", "where")

    def __init__(self, value: Any, where: str = "") -> None:  # noqa: ANN401  JSON
        if not isinstance(value, dict):
            raise Unreadable(f"{where or 'the file'}: {_kind(value)}; use an object")
        self.where = where
        self._value = value
        self._read: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return self._value.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._value)

    def at(self, key: str) -> str:
        """Name a key's place."""
        key = key[:_KEY]
        return f"{self.where}.{key}" if self.where else key

    def take(self, key: str) -> Any:  # noqa: ANN401  unchecked JSON
        """Give a value of any kind, None where absent."""
        self._read.add(key)
        return self._value.get(key)

    def text(self, key: str) -> str:
        """Read a text, "" where absent; a number is taken as it is printed."""
        value = self.take(key)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self._odd(key, value, "a text")
        return str(value)

    def key(self, key: str) -> str:
        """Read what others refer by, a text or a whole number, as a text.

        Raises Unreadable where it is absent, too.
        """
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self._odd(key, value, "an id")
        return str(value)

    def number(self, key: str) -> float | None:
        """Read a number, None where absent."""
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._odd(key, value, "a number")
        return float(value)

    def flag(self, key: str) -> bool:
        """Read true or false, false where absent."""
        value = self.take(key)
        if value is not None and not isinstance(value, bool):
            raise self._odd(key, value, "true or false")
        return bool(value)

    def values(self, key: str) -> list[Any]:
        """Read a list of anything, empty where absent."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._odd(key, value, "a list")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        found = self.values(key)
        for number, value in enumerate(found, start=1):
            if not isinstance(value, str):
                raise self._odd(f"{key}[{number}]", value, "a text")
        return tuple(found)

    def objects(self, key: str) -> Iterator[Fields]:
        """Walk a list of objects."""
        for number, value in enumerate(self.values(key), start=1):
            yield Fields(value, f"{self.at(key)}[{number}]")

    def inner(self, key: str) -> Fields:
        """Read an object, an empty one where absent."""
        value = self.take(key)
        return Fields({} if value is None else value, self.at(key))

    def day(self, key: str, draft: Draft) -> EventDate | None:
        """Read the day of a date or an instant; no time zone is claimed for it.

        What is no date is dropped, and said so.
        """
        if not (text := self.text(key).strip()):
            return None
        found = _DAY.match(text)
        try:
            return EventDate(found[1] if found else text)
        except ValueError:
            draft.drop(f"{key}: a text that is no date")
            return None

    def leave(self, draft: Draft, what: str, *derived: str) -> None:
        """Note every filled key that was not read, but those told of elsewhere."""
        for key, value in self._value.items():
            if key not in self._read and key not in derived and value:
                draft.drop(f"{key[:_KEY]} of {what}")

    def _odd(self, key: str, value: object, allowed: str) -> Unreadable:
        return Unreadable(f"{self.at(key)}: {_kind(value)}; use {allowed}")


def _kind(value: object) -> str:
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {value[:_KEY]!r}"
    if isinstance(value, int | float):
        return f"the number {value!r}"[: 2 * _KEY]
    return "an object" if isinstance(value, dict) else "a list"


def whole(value: object) -> int | None:
    """Give a whole number as one, None for all else, true and false included."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
