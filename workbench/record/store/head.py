"""What an SQLite file itself holds, whatever its log and SQLite's memory say.

SQLite answers from these, and so does not see that a file was written over.
"""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # not POSIX
    fcntl = None  # type: ignore[assignment]

# https://www.sqlite.org/fileformat2.html, section 1.3
_MAGIC: Final = b"SQLite format 3\0"
_LENGTH: Final = 100
_WRITES: Final = slice(60, 64)  # the user version
_MARK: Final = slice(68, 72)  # the application id
# The same, section 4.1
_LOG_START: Final = 32
_FRAME_START: Final = 24
_OPEN: Final = Path("/dev/fd")
_SHARED: Final = (510, 0x40000002)  # bytes, where on: locked while a file is open
_PIECE: Final = 1 << 20
_LOOKS: Final = 20  # for a descriptor that nobody closes meanwhile
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
    for left in reversed(range(_LOOKS)):
        try:
            with _descriptor(path) as number:
                data = os.pread(number, _LENGTH, 0)
                if _is_of(number, path):
                    return _head(data)
        except OSError as error:
            if error.errno != errno.EBADF or not left:
                raise
    raise OSError(errno.EBUSY, "the file is opened and closed all the time", str(path))


def _head(data: bytes) -> Head:
    if len(data) < _LENGTH or not data.startswith(_MAGIC):
        return Head(-1, -1)
    return Head(int.from_bytes(data[_MARK]), int.from_bytes(data[_WRITES]))


def put_strange_log_away(path: Path) -> None:
    """Rename the log beside a file, if it is not that file's own and nobody uses it.

    A program that was ended at once leaves its log, and SQLite would write that into
    whatever was put in the file's place meanwhile. Raises OSError.
    """
    log = path.with_name(path.name + "-wal")
    if not path.is_file() or not log.is_file():  # to open a pipe would wait for ever
        return
    try:
        file, first = head(path), _first_logged(log)
    except FileNotFoundError:  # whoever closes the file as the last removes its log
        return
    # The log begins after what was in the file when it was last emptied into that.
    if first is None or not first.mark or file.mark in (0, -1):
        return
    own = file.mark == first.mark and file.writes >= first.writes - 1
    if own or _is_in_use(path):
        return
    with suppress(FileNotFoundError):
        log.replace(_free(path.with_name(path.name + "-wal-of-another")))
        path.with_name(path.name + "-shm").unlink()


def _free(path: Path) -> Path:
    numbers = itertools.count(2)
    free = path
    while free.exists():
        free = path.with_name(f"{path.name}-{next(numbers)}")
    return free


def _is_in_use(path: Path) -> bool:
    """Tell whether SQLite has a file open, in this process or in another."""
    if fcntl is None or _own_descriptor(path) is not None:
        return True
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, *_SHARED)
        except OSError:
            return True
    return False


def _first_logged(log: Path) -> Head | None:
    """Give the first head that a log holds, None where it holds none."""
    with log.open("rb") as data:
        start = data.read(_LOG_START)
        if len(start) < _LOG_START:
            return None
        size, salts = int.from_bytes(start[8:12]), start[16:24]
        while len(frame := data.read(_FRAME_START)) == _FRAME_START:
            if frame[8:16] != salts:
                return None  # left over from before the log was begun anew
            if int.from_bytes(frame[:4]) == 1:  # the page that begins the file
                return _head(data.read(_LENGTH))
            data.seek(size, os.SEEK_CUR)
    return None


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
            if not _is_of(number, path) or _state(path) != before:
                return False
        shutil.copymode(path, copy)
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
    (https://www.sqlite.org/howtocorrupt.html, section 2.2). SQLite's own is borrowed:
    a thread that closes its connection takes it away, and its number may be given to
    another file at once. Whoever has read looks whether it was of the file throughout.
    """
    if (own := _own_descriptor(path)) is not None:
        yield own
        return
    number = os.open(path, os.O_RDONLY)
    try:
        yield number
    finally:
        os.close(number)


def _is_of(number: int, path: Path) -> bool:
    """Tell whether a descriptor is of the file at a path now. Raises OSError."""
    return os.path.samestat(os.fstat(number), path.stat())


def _own_descriptor(path: Path) -> int | None:
    wanted = path.stat()
    for name in os.listdir(_OPEN) if _OPEN.is_dir() else ():  # noqa: PTH208  names
        with suppress(OSError):
            if os.path.samestat(os.fstat(int(name)), wanted):
                return int(name)
    return None
