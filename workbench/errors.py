"""Faults of the user's input, each told in a sentence; never faults of the program."""

from __future__ import annotations

from dataclasses import dataclass


class WorkbenchError(Exception):
    """A fault that the user can mend; its text is meant for them."""


@dataclass(frozen=True, order=True)
class ContentError:
    """One fault in a file: where it is, what was found, what is allowed.

    A value to collect, not an exception: `ContentErrors` raises all of them at once.
    `line` counts from 1; 0 means that the fault belongs to the file as a whole.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        told = ": ".join(part for part in (place, self.field, self.message) if part)
        return _visible(told)


def _visible(text: str) -> str:
    """Escape what would act on a terminal rather than show: names come from files."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


class ContentErrors(WorkbenchError):
    """All the faults of a case, in the order of files and lines."""

    def __init__(self, errors: list[ContentError]) -> None:
        self.errors = tuple(sorted(errors))
        super().__init__("\n".join(map(str, self.errors)))
