"""Plan what files of a case change for it to become another, then apply that plan.

A plan is made of the texts as they were read, so that it can be looked at, and applies
only where they still stand.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from workbench.case import folder
from workbench.case.document import (
    Document,
)
from workbench.case.editing.file_content import Content, content, contents, file_of
from workbench.case.editing.forms import shortened
from workbench.case.editing.respliced import respliced
from workbench.case.model import Case
from workbench.case.nodes import Faults, compose
from workbench.case.respelled import respelled
from workbench.case.splice import Path as Place
from workbench.case.splice import rename
from workbench.case.whole import move_link
from workbench.case.yaml_text import CannotSplice
from workbench.errors import WorkbenchError

REWRITTEN: Final = "the file is written anew in the standard form, without its comments"
_BOM: Final = "\ufeff"


class ChangedMeanwhile(WorkbenchError):
    """A file is no longer as it was read; `mine` and `theirs` are both texts."""

    def __init__(self, file: str, mine: str | None, theirs: str | None) -> None:
        said = "changed since it was read; look at it again. Nothing was written"
        super().__init__(f"{file}: {said}")
        self.file, self.mine, self.theirs = file, mine, theirs


@dataclass(frozen=True)
class FileChange:
    """One file of a case by its name, both texts (None: no file), what changes.

    `moved` names the file that it was before, "" for this one: an id is a file's name.
    """

    file: str
    old: str | None
    new: str | None
    changes: tuple[str, ...] = ()
    moved: str = ""


@dataclass(frozen=True)
class Renamed:
    """Ids that one act renames, old to new, by what they name."""

    hypotheses: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)


def read_texts(where: Path) -> dict[str, str]:
    """Read the texts of a case's files by their names in the folder.

    Raises WorkbenchError for one that cannot be read.
    """
    found = {}
    for part in (folder.HYPOTHESES, folder.EVIDENCE):
        for path in sorted((where / part).glob("*.yaml")):
            name = f"{part}/{path.name}"
            if not path.name.startswith("."):
                found[name] = read_text(where, name) or ""
    return found


def plan(
    texts: Mapping[str, str], before: Case, after: Case, renamed: Renamed | None = None
) -> tuple[FileChange, ...]:
    """Find the files that change for one case to become another.

    `texts` are those that `before` was read from. Raises WorkbenchError where a text
    no longer says what `before` does, or no file can hold what `after` says.
    """
    renamed = renamed or Renamed()
    was, now = contents(before), contents(after)
    moved = dict(_moves(renamed))
    changes = []
    for file, value in was.items():
        target = moved.get(file, file)
        if target not in now:
            changes.append(FileChange(file, _there(file, texts.get(file)), None))
            continue
        later = now[target]
        kept = target == file and (later is value or later == value)
        if not kept:
            both = content(before, file, value), content(after, target, later)
            change = _changed(file, texts.get(file), *both, renamed)
            if target == file:
                changes.append(change)
            else:
                new = FileChange(target, None, change.new, change.changes, file)
                changes.append(new)
                changes.append(FileChange(file, change.old, None))
    had = {moved.get(file, file) for file in was}
    for file, value in now.items():
        if file not in had:
            if file in texts:
                raise ChangedMeanwhile(file, None, texts[file])
            text = _fresh(file, content(after, file, value))
            changes.append(FileChange(file, None, text))
    return tuple(sorted(changes, key=lambda one: one.file))


def apply(where: Path, changes: Sequence[FileChange]) -> None:
    """Write a plan's files, each atomically; new ones and changed ones before any goes.

    Of a link it is the target that is written, and the link that is moved or goes.

    Raises ChangedMeanwhile, and writes nothing, where a file is not as it was planned
    on; WorkbenchError where one cannot be written.
    """
    for change in changes:
        theirs = read_text(where, change.file)
        if theirs not in (change.old, change.new):
            raise ChangedMeanwhile(change.file, change.new, theirs)
    ordered = sorted(changes, key=lambda one: one.new is None)
    for number, change in enumerate(ordered):
        try:
            if change.new is None:
                (where / change.file).unlink(missing_ok=True)
            elif change.moved and (where / change.moved).is_symlink():
                _move_link(where / change.moved, where / change.file, change.new)
            else:
                folder.write_text(where / change.file, change.new)
        except OSError as error:
            said = f"cannot be written ({error.strerror})"
            done = f"{number} of {len(ordered)} files are written"
            raise WorkbenchError(f"{change.file}: {said}; {done}") from error


def _move_link(link: Path, to: Path, text: str) -> None:
    move_link(link, to)
    try:
        folder.write_text(to, text)
    except OSError:
        move_link(to, link)
        raise


def backwards(changes: Sequence[FileChange]) -> tuple[FileChange, ...]:
    """Give the plan that takes an applied plan back."""
    moved = {one.moved: one.file for one in changes if one.moved}
    return tuple(
        FileChange(one.file, one.new, one.old, moved=moved.get(one.file, ""))
        for one in changes
    )


def difference(changes: Sequence[FileChange]) -> str:
    """Give a plan as a unified difference."""
    lines: list[str] = []
    for change in changes:
        lines += difflib.unified_diff(
            _lines(change.old or ""),
            _lines(change.new or ""),
            "/dev/null" if change.old is None else f"a/{change.file}",
            "/dev/null" if change.new is None else f"b/{change.file}",
            lineterm="",
        )
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    end = lines.pop()
    return [*lines, *([f"{end}\n\\ No newline at end of file"] if end else [])]


def read_text(where: Path, file: str) -> str | None:
    """Read a file of a case, None where there is none.

    Raises WorkbenchError where it cannot be read.
    """
    try:
        return folder.read_file(where, file).decode("utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WorkbenchError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise WorkbenchError(f"{file}: not a text in UTF-8") from error


# ------------------------------------------------------------------ one file


def _moves(renamed: Renamed) -> list[tuple[str, str]]:
    parts = (
        (folder.HYPOTHESES, renamed.hypotheses),
        (folder.EVIDENCE, renamed.evidence),
    )
    return [
        (file_of(part, old), file_of(part, new))
        for part, ids in parts
        for old, new in ids.items()
    ]


def _says(thing: Content, text: str) -> bool:
    """Tell whether a text reads back as what it is to hold."""
    faults = Faults("")
    node = compose(text.encode(), faults)
    if node is None:
        return False
    found = thing.read(node, faults)
    return not faults.errors and bool(found == thing.value)


def _there(file: str, text: str | None) -> str:
    if text is None:
        raise WorkbenchError(f"{file}: cannot be read: it is not there any more")
    return text


def _changed(
    file: str, old: str | None, was: Content, now: Content, renamed: Renamed
) -> FileChange:
    old = _there(file, old)
    if not _says(was, old):
        said = "no longer says what was read from it; load the case again"
        raise WorkbenchError(f"{file}: {said}")
    bom = _BOM if old.startswith(_BOM) else ""
    for spelled, back in respelled(old.removeprefix(_BOM)):
        try:
            text, document = _renamed(spelled, was.document, renamed)
            changed = respliced(text, document, now.document, now.form)
        except CannotSplice:
            continue
        except WorkbenchError as error:
            raise WorkbenchError(f"{file}: {error}") from error
        if _says(now, text := bom + back(changed)):
            return FileChange(file, old, text)
    return FileChange(file, old, _fresh(file, now), (REWRITTEN,))


def _fresh(file: str, thing: Content) -> str:
    try:
        text = folder.dump(shortened(thing.document, thing.form))
    except WorkbenchError as error:
        raise WorkbenchError(f"{file}: {error}") from error
    if not _says(thing, text):
        raise WorkbenchError(f"{file}: no file of a case can hold this")
    return text


def _renamed(text: str, old: Document, renamed: Renamed) -> tuple[str, Document]:
    """Rename the keys that are ids: of ratings, wherever they stand, and of sources."""
    hypotheses, sources = renamed.hypotheses, renamed.sources

    def walk(text: str, path: Place, value: Any) -> tuple[str, Any]:  # noqa: ANN401
        if isinstance(value, list):
            below: list[Any] = []
            for at, one in enumerate(value):
                text, found = walk(text, (*path, at), one)
                below.append(found)
            return text, below
        if not isinstance(value, Mapping):
            return text, value
        ids: Mapping[str, str] = sources if not path else {}
        if path[-1:] == ("ratings",):
            ids = hypotheses
        entries: Document = {}
        for key, one in value.items():
            text, found = walk(text, (*path, key), one)
            name = ids.get(key, key)
            if name != key:
                text = rename(text, (*path, key), name)
            entries[name] = found
        return text, entries

    if not hypotheses and not sources:
        return text, old
    text, document = walk(text, (), old)
    return text, document


def with_words(change: FileChange, words: Sequence[str]) -> FileChange:
    """Say in words what a change of a file comes to."""
    return replace(change, changes=(*words, *change.changes))
