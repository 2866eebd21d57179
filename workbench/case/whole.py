"""A file read whole, or written whole or not at all and there after a power cut."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

# Opening a pipe that nobody writes to waits for ever, unless it is asked not to.
_AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0)
_OWN: Final = 0o600  # its owner reads and writes it, and nobody else
_SHOWN: Final = 50  # characters of a file's name in that of its part: 255 bytes hold it


def read_whole(path: Path, most: int) -> bytes:
    """Read a file, of which as little as one byte beyond `most` where it has more.

    Raises OSError, also for a pipe or a device, which may have no end.
    """
    with open(
        path, "rb", opener=lambda name, how: os.open(name, how | _AT_ONCE)
    ) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "a pipe or a device, not a file")
        return file.read(most + 1)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half.

    It keeps the mode of the file it replaces; its folder must be there. Of a link it is
    the target that is written, and the link stays. Raises OSError; then the old file is
    as it was, and nothing is left beside it.
    """
    with writing_whole(path) as file:
        file.write(data)


def move_link(link: Path, to: Path) -> None:
    """Give a link another name in its folder; where it leads to it stays. OSError."""
    link.rename(to)
    _keep_names(to.parent)


@contextlib.contextmanager
def writing_whole(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Write a file piece by piece, in place once all is there; else as `write_whole`.

    A `private` one that replaces no other is for nobody else on the machine to read.
    """
    path = Path(os.path.realpath(path))
    part = path.with_name(f".{path.name[:_SHOWN]}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            if private:
                part.chmod(_OWN)
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode & 0o777)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    _keep_names(path.parent)


def _keep_names(folder: Path) -> None:
    """Have the folder itself stored: until then it may still name the old file."""
    with contextlib.suppress(OSError):  # some systems open no folder, or sync none
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
