"""One at a time changes the texts of a case in a folder.

A plan is made of a case as it was read. Two made at the same moment would give two new
items one label: a fault, for which nobody could open the case any more. In a store a
transaction sees to it.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from workbench.errors import WorkbenchError

try:
    import fcntl
except ImportError:  # on Windows: only this program is kept out
    fcntl = None  # type: ignore[assignment]

_PATIENCE: Final = 10.0  # seconds: a store that is locked holds one up for some
_PAUSE: Final = 0.005
_threads: Final[dict[str, threading.Lock]] = {}


@contextmanager
def alone(where: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Keep other threads and programs from changing a case's texts meanwhile.

    It is the folder itself that is locked, so that nothing is put into it for that; a
    file system without such locks keeps out this program's threads alone. Raises
    WorkbenchError after `patience` seconds.
    """
    until = time.monotonic() + patience
    lock = _threads.setdefault(str(where), threading.Lock())
    if not lock.acquire(timeout=patience):
        raise _busy(where)
    try:
        with _locked(where, until):
            yield
    finally:
        lock.release()


@contextmanager
def _locked(where: Path, until: float) -> Iterator[None]:
    if fcntl is None:
        yield
        return
    try:
        descriptor = os.open(where, os.O_RDONLY)
    except OSError:  # gone or closed to us: whoever writes there says so
        yield
        return
    try:
        while not _is_taken(descriptor):
            if time.monotonic() > until:
                raise _busy(where)
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _is_taken(descriptor: int) -> bool:
    """Take the lock, unless another has it."""
    with suppress(OSError):  # a file system that has none
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _busy(where: Path) -> WorkbenchError:
    said = "another program is changing the case; try again"
    return WorkbenchError(f"not saved: {where.name}: {said}")
