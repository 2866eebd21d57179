"""What an SQLite file itself holds, whatever its log and SQLite's memory say.

SQLite answers from these, and so does not see that a file was written over.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# https://www.sqlite.org/fileformat2.html, section 1.3
_MAGIC: Final = b"SQLite format 3\0"
_LENGTH: Final = 100
_WRITES: Final = slice(60, 64)  # the user version
_MARK: Final = slice(68, 72)  # the application id
_OPEN: Final = Path("/dev/fd")
_PIECE: Final = 1 << 20
_SETTLED: Final = 0.3  # s without a change, after which nobody is still writing


@dataclass(frozen=True)
class Head:
    """The mark of a store, drawn when it was made, and a count that each write raises.

    Both are 0 in a store of before, and below in what is no SQLite file.
    """

    mark: int
    writes: int


def head(path: Path) -> Head:
    """Read the head of a file. Raises OSError."""
    with _descriptor(path) as number:
        data = os.pread(number, _LENGTH, 0)
    if len(data) < _LENGTH or not data.startswith(_MAGIC):
        return Head(-1, -1)
    return Head(int.from_bytes(data[_MARK]), int.from_bytes(data[_WRITES]))


def set_apart(path: Path) -> bool:
    """Have a file that was written over lie at its path by itself.

    Whoever has it open is left with one that lies nowhere, so that what they still hold
    of the old one never gets into it. Waits until nobody writes any more; tells whether
    it came to that. Raises OSError.
    """
    before = _state(path)
    time.sleep(_SETTLED)
    copy = path.with_name(f".{path.name}-{os.getpid()}-{time.monotonic_ns()}")
    try:
        with _descriptor(path) as number, copy.open("xb") as made:
            while piece := os.pread(number, _PIECE, made.tell()):
                made.write(piece)
            made.flush()
            os.fsync(number)
            os.fsync(made.fileno())
        shutil.copymode(path, copy)
        if _state(path) != before:
            return False
        for suffix in ("-wal", "-shm"):  # first: they are the old one's
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        copy.replace(path)
    finally:
        copy.unlink(missing_ok=True)
    return True


def _state(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def _descriptor(path: Path) -> Iterator[int]:
    """Give a descriptor of a file: the one that SQLite has, if it has it open.

    To open and close another one would release SQLite's locks
    (https://www.sqlite.org/howtocorrupt.html, section 2.2).
    """
    wanted = path.stat()
    for name in os.listdir(_OPEN) if _OPEN.is_dir() else ():  # noqa: PTH208  names
        with suppress(OSError):
            if os.path.samestat(os.fstat(int(name)), wanted):
                yield int(name)
                return
    number = os.open(path, os.O_RDONLY)
    try:
        yield number
    finally:
        os.close(number)
