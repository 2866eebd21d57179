"""A folder of several cases: which there are, and what each is at a glance.

A case is found by its name among those that are there: no name from outside is ever
made part of a path.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workbench.case import folder
from workbench.case.model import Case
from workbench.case.whole import read_whole
from workbench.errors import ContentErrors, WorkbenchError

_BEGUN: Final = ".workbench/begun-beside"  # of a case served alone: names, one a line
_MOST_NOTED: Final = 1_000_000  # bytes of it


@dataclass(frozen=True)
class Listed:
    """A case at a glance; what could not be read is empty and the faults say why.

    `changed` is when a file of it last changed, in nanoseconds since 1970; 0 is never.
    """

    name: str
    title: str = ""
    question: str = ""
    hypotheses: int = 0
    evidence: int = 0
    changed: int = 0
    faults: tuple[str, ...] = ()


def holds_case(place: Path) -> bool:
    """Tell whether a folder is meant to be a case, even one whose question is lost."""
    if folder.is_case(place):
        return True
    return all((place / part).is_dir() for part in (folder.HYPOTHESES, folder.EVIDENCE))


def names(library: Path) -> tuple[str, ...]:
    """Name the cases that lie directly in a folder, in the order of the alphabet.

    A name that begins with a dot, or that no screen can show, is passed over. Raises
    WorkbenchError where the folder cannot be read.
    """
    found = []
    try:
        for place in library.iterdir():
            if place.name.startswith(".") or not place.name.isprintable():
                continue
            with contextlib.suppress(OSError):  # one closed folder hides no other
                if holds_case(place):
                    found.append(place.name)
    except OSError as error:
        said = f"{library}: cannot be read: {error.strerror}"
        raise WorkbenchError(said) from error
    return tuple(sorted(found, key=lambda name: (name.casefold(), name)))


def is_library(place: Path) -> bool:
    """Tell whether a folder is one for cases: it is no case, and holds some or nothing.

    Raises WorkbenchError where the folder cannot be read.
    """
    if not place.is_dir() or holds_case(place):
        return False
    return bool(names(place)) or all(p.name.startswith(".") for p in place.iterdir())


def find(library: Path, name: str) -> Path | None:
    """Give the folder of the case of that name, None where there is no such case."""
    return next((library / one for one in names(library) if one == name), None)


def find_beside(case: Path, name: str) -> Path | None:
    """Give a case that was begun beside another, None where there is no such one."""
    noted = _begun(case)
    return find(case.parent, name) if name in noted else None


def note_beside(case: Path, name: str) -> None:
    """Note that a case was begun beside another, which alone is served."""
    text = "".join(f"{one}\n" for one in dict.fromkeys([*_begun(case), name]))
    folder.write_text(case / _BEGUN, text)


def _begun(case: Path) -> list[str]:
    try:
        noted = read_whole(case / _BEGUN, _MOST_NOTED)
        return noted.decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []


def require_single(library: Path, name: str, case: str) -> None:
    """Check that no other case of a folder has a case's id.

    Raises WorkbenchError: their judgments would be taken for one another's.
    """
    if not case:
        return
    others = [
        one
        for one in names(library)
        if one != name and folder.case_id(library / one) == case
    ]
    if others:
        listed = ", ".join(others)
        raise WorkbenchError(
            f"{name}: has the id {case}, and so has {listed}; give each case an id of "
            f"its own in {folder.QUESTION_FILE}"
        )


def at_a_glance(place: Path) -> Listed:
    """Read a case for a list; a case at fault is listed with its faults."""
    changed = max((when for _, when, _ in folder.fingerprint(place)), default=0)
    return glance(place.name, lambda: folder.load(place), changed)


def glance(name: str, load: Callable[[], Case], changed: int) -> Listed:
    """Read a case, wherever it is, for a list; one at fault comes with its faults."""
    try:
        case = load()
    except ContentErrors as errors:
        faults = tuple(str(error) for error in errors.errors)
        return Listed(name, changed=changed, faults=faults)
    except (WorkbenchError, OSError) as error:
        return Listed(name, changed=changed, faults=(str(error),))
    return Listed(
        name,
        case.question.title,
        case.question.question,
        len(case.hypotheses),
        len(case.evidence),
        changed,
    )
