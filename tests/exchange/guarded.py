"""A file read under limits, in a process of its own that is forked and not started.

What each reading needs is imported once, by a process that waits for files and does
nothing else: a fork of it is as large, and as new, as a process that has just started.
A reading may take as long as counting to some number: how long that is differs by half
an order of magnitude from machine to machine, and by who else is at work there.
"""

from __future__ import annotations

import atexit
import importlib
import json
import math
import os
import pkgutil
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from workbench import exchange
from workbench.exchange import Unreadable, formats

ROOT: Final = Path(__file__).parents[2]
MEMORY: Final = 300_000_000  # bytes more than at the start
COUNTED: Final = 1_000_000
TIMES: Final = 200  # as long as counting so far: 5 to 25 s of a processor
Reader = Callable[[bytes], Sequence[exchange.Imported]]
ANY: Final = "any"  # a file of whatever kind; what holds it counts as well


def guarded(kind: str, data: bytes | str) -> str:
    """Say how a file was refused or read by one importer, or by any."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(data.encode() if isinstance(data, str) else data)
        file.flush()
        server = _server()
        assert server.stdin
        assert server.stdout
        server.stdin.write(json.dumps([kind, file.name]) + "\n")
        server.stdin.flush()
        code, said = json.loads(server.stdout.readline())
    assert code == 0, (code, said[-600:])
    return str(said).strip()


@cache
def _server() -> subprocess.Popen[str]:
    server = subprocess.Popen(
        [sys.executable, "-P", __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    atexit.register(server.kill)
    return server


def _serve() -> None:
    """Read the files that are named on standard input, each in a fork."""
    readers = {}
    for module in pkgutil.iter_modules(formats.__path__):
        found = importlib.import_module(f"{formats.__name__}.{module.name}")
        if reader := getattr(found, "read", None):
            readers[module.name] = reader
    readers[ANY] = lambda data: exchange.read(data, "f")
    longest = math.ceil(TIMES * _counting())
    for line in sys.stdin:
        kind, path = json.loads(line)
        end, start = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(start, 1)
            os.dup2(start, 2)
            _read(kind, readers[kind], Path(path), longest)
        os.close(start)
        with os.fdopen(end, "rb") as printed:
            said = printed.read().decode(errors="replace")
        _, status = os.waitpid(child, 0)
        sys.stdout.write(json.dumps([os.waitstatus_to_exitcode(status), said]) + "\n")
        sys.stdout.flush()


def _counting() -> float:
    """Give the seconds of a processor that counting takes, the least of three."""
    found = []
    for _ in range(3):
        begun, total = time.process_time(), 0
        for number in range(COUNTED):
            total += number * number
        found.append(time.process_time() - begun)
    return min(found)


def _read(kind: str, reader: Reader, path: Path, longest: int) -> None:
    code = 0
    try:
        if kind == ANY:
            _limit(longest)
        data = path.read_bytes()
        if kind != ANY:
            _limit(longest)
        found = [f"{len(one.case.evidence)} items" for one in reader(data)]
        sys.stdout.write(" ".join(["read:", *found]))
    except Unreadable as fault:
        sys.stdout.write(f"refused: {fault}")
    except BaseException:  # noqa: BLE001  the test is told which
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _limit(longest: int) -> None:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (longest, longest + 1))


if __name__ == "__main__":
    _serve()
