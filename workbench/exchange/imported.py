"""What was understood of a file to import, and what was not; nothing is read here.

Readers give it, the command line and the app show it, `store` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.errors import WorkbenchError
from workbench.exchange.choices import Role


@dataclass(frozen=True, slots=True)  # a file may bring hundreds of thousands
class Cell:
    """A cell of a file that was not read: where it is, what it holds, and why not.

    `weighs` says that it holds a weight, which the ranking hangs on.
    """

    place: str
    content: str
    why: str = ""
    weighs: bool = False


@dataclass(frozen=True)
class Taken:
    """What a column of a table was taken for; `head` is the name to choose it by."""

    head: str
    place: str
    role: Role | None
    example: str = ""


class Unreadable(WorkbenchError):
    """A file that cannot be imported; its text says where it fails, and why.

    `taken` gives the columns of a table in which no matrix was found, so that a person
    can say what they hold.
    """

    def __init__(self, message: str, taken: tuple[Taken, ...] = ()) -> None:
        super().__init__(message)
        self.taken = taken


@dataclass(frozen=True)
class Imported:
    """What was understood of one matrix of a file.

    With several raters `analysts` holds the judgments of each by name, and the case
    has no published ratings; with one, the ratings are the case's own.
    `understood` says what was taken for what, `dropped` what could not be carried.
    `ids` gives the file's own ids by `hypotheses/ID` and `evidence/ID`.
    `read` counts the cells of the matrix that were read, `listed` holds all the others,
    unread weights among them, and `left` what stands outside the matrix and was not
    carried. `advice` says what would help with `listed`, `taken` what each column was
    taken for, `words` which texts have no meaning.
    """

    format: str
    case: Case
    analysts: Mapping[str, Judgments] = field(default_factory=dict)
    understood: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    read: int = 0
    listed: tuple[Cell, ...] = ()
    left: tuple[Cell, ...] = ()
    advice: tuple[str, ...] = ()
    taken: tuple[Taken, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def filled(self) -> int:
        """The cells of the matrix that hold something."""
        return self.read + len(self.listed)
