"""A case folder as it is taken into a store, and out again: names and bytes, all files.

What no other machine could take, or could be led astray by, is refused by its name.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from workbench.case import folder
from workbench.case.model import Case
from workbench.case.placing import beside, place
from workbench.case.whole import read_whole
from workbench.errors import WorkbenchError

MOST_FILES: Final = 20_000
MOST_BYTES: Final = 20_000_000  # of one file
MOST_IN_ALL: Final = 200_000_000  # bytes
_LONGEST: Final = 1_000  # characters of a path, all folders with it
_DEEPEST: Final = 40  # folders in one another
# What belongs to a place and not to the case: its own ledger, its version control.
LEFT_OUT: Final = frozenset({".workbench", ".git", ".hg", ".svn"})
Contents = dict[str, bytes]


def packed(where: Path) -> tuple[Case, Contents]:
    """Read a case folder whole; gives the case, and its files by their paths.

    Raises ContentErrors for a case with faults, WorkbenchError for one without an id,
    for a file that is none (a link, a pipe), too much, or a name that will not do.
    """
    if not where.is_dir():
        raise WorkbenchError(f"{where}: no such folder; name a case folder")
    if not folder.is_case(where):
        raise WorkbenchError(f"{where}: no case ({folder.QUESTION_FILE} is missing)")
    names = []
    for name in _names(where):
        names.append(name)
        if len(names) > MOST_FILES:
            said = f"more than {MOST_FILES:,} files"
            raise WorkbenchError(f"{where}: {said}; is this a case folder?")
    require_names(names)
    contents: Contents = {}
    total = 0
    for name in sorted(names):
        contents[name] = data = _read(where, name)
        total += len(data)
        if total > MOST_IN_ALL:
            said = f"more than {MOST_IN_ALL // 1_000_000} MB in all"
            raise WorkbenchError(f"{where}: {said}; keep what is no text elsewhere")
    case = folder.load_files(folder.Held(contents))
    if not case.question.id:
        raise WorkbenchError(f"{where}: has no id, by which a store tells its cases")
    return case, contents


def unpack(contents: Mapping[str, bytes], where: Path) -> None:
    """Write the files of a case into a folder that is new or empty: all, or none.

    Raises WorkbenchError.
    """
    folder.require_vacant(where)
    require_names(contents)
    with beside(where) as made:
        inside = made / "case"
        for part in {(inside / name).parent for name in contents}:
            part.mkdir(parents=True, exist_ok=True)
        for name, data in contents.items():
            (inside / name).write_bytes(data)
        folder.require_vacant(where)  # somebody may have been quicker
        place([(inside, where)])


def require_names(names: Iterable[str]) -> None:
    """Check that paths stay within a folder, and are distinct on every file system.

    Raises WorkbenchError.
    """
    files = list(names)
    taken: dict[str, str] = {}
    folders: set[str] = set()
    for name in files:
        if fault := _fault(name):
            raise WorkbenchError(f"{name!a}: {fault}; rename it")
        parts = name.split("/")
        for end in range(1, len(parts) + 1):
            path = "/".join(parts[:end])
            other = taken.setdefault(_folded(path), path)
            if other != path:
                said = "some file systems take the two names for one; rename one"
                raise WorkbenchError(f"{other!a} and {path!a}: {said}")
            if end < len(parts):
                folders.add(path)
    if twice := sorted(folders.intersection(files)):
        raise WorkbenchError(f"{twice[0]!a}: a file and a folder at once")


def _fault(name: str) -> str:
    parts = name.split("/")
    if len(name) > _LONGEST or len(parts) > _DEEPEST:
        return "too long a path"
    if any(part in ("", ".", "..") for part in parts):
        return "leads out of the folder"
    if "\\" in name or (os.name == "nt" and ":" in name):
        return "holds a character that leads out of the folder on some systems"
    if any(unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") for one in name):
        return "holds a character that no name may have"
    if parts[0].casefold() in LEFT_OUT:
        return "belongs to a place and not to a case"
    return ""


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())


def _names(where: Path) -> Iterator[str]:
    """Name the files of a folder and of those in it, as paths with slashes."""
    todo = [""]
    while todo:
        inside = todo.pop()
        try:
            with os.scandir(where / inside) as entries:
                found = [
                    (entry.name, entry.stat(follow_symlinks=False)) for entry in entries
                ]
        except OSError as error:
            said = f"cannot be read: {error.strerror}"
            raise WorkbenchError(f"{where / inside}: {said}") from error
        for part, status in found:
            name = f"{inside}{part}"
            if not inside and part.casefold() in LEFT_OUT:
                continue
            if stat.S_ISDIR(status.st_mode):
                if name.count("/") >= _DEEPEST:
                    raise WorkbenchError(f"{name!a}: folders too deep")
                todo.append(f"{name}/")
            elif stat.S_ISREG(status.st_mode):
                yield name
            else:
                said = (
                    "a link, a pipe or a device, not a file; put the file itself here"
                )
                raise WorkbenchError(f"{where}: {name!a}: {said}")


def _read(where: Path, name: str) -> bytes:
    try:
        data = read_whole(where / name, MOST_BYTES)
    except OSError as error:
        raise WorkbenchError(
            f"{where / name}: cannot be read: {error.strerror}"
        ) from error
    if len(data) > MOST_BYTES:
        most = f"more than {MOST_BYTES // 1_000_000} MB"
        raise WorkbenchError(f"{where / name}: {most}; keep it elsewhere")
    return data
