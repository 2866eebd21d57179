"""What holds for the whole suite: property tests' settings, and each test's marker.

Builders are plain functions in tests/builders.py.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import hypothesis
import pytest

from workbench import cli

# What is compiled is kept, whatever the machine says: each server and each worker that
# a run starts would compile all of the project once more.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A worker holds a million objects that never go. Looked through after each 700 new ones
# they took a quarter of its time.
gc.set_threshold(50_000, 20, 20)

hypothesis.settings.register_profile("here", deadline=None, max_examples=40)
hypothesis.settings.register_profile(
    "ci", deadline=None, max_examples=40, derandomize=True
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

MEMORY: Final = Path("/dev/shm")  # a folder that many systems keep there
ROOM: Final = 2_000_000_000  # bytes
BROWSER: Final = Path(__file__).parent / "browser"
# What a file of tests is about shows in what it imports.
IMPORTED: Final = {
    "app": "streamlit|workbench.ui|tests.ui.visitor",
    "office": "docx|openpyxl|formulas|pypdf|pymupdf",
}
SLOW: Final = (
    "subprocess|multiprocessing|concurrent|workbench.report|tests.method.brute_force"
    "|tests.record import damage|tests.exchange.guarded"
    "|tests.browser.serving import Server"
)


def pytest_configure(config: pytest.Config) -> None:
    """Keep the files of the fast tests in memory, where there is room.

    They wait for the disk more than they do anything else. The whole stays on it, since
    a disk gives a new file the number of one removed, and its own order to a folder.
    """
    if config.option.markexpr == "fast" and MEMORY.is_dir():
        found = os.statvfs(MEMORY)
        if found.f_bavail * found.f_frsize > ROOM:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish() -> None:
    """Leave what is loaded out of every later collection."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nobodys_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what a person's environment says of ledger and case."""
    for name in ("WORKBENCH_LEDGER", "WORKBENCH_CASE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run a command; its exit code, its output and its messages."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return run


@cache
def imports(path: Path, names: str) -> bool:
    """Whether a file of tests imports one of these, given as a pattern."""
    found = re.compile(rf"^ *(?:from|import) (?:{names})\b", re.MULTILINE)
    return found.search(path.read_text(encoding="utf-8")) is not None


def needs(path: Path) -> str | None:
    """Name the marker of a file's tests: what they need, or `fast` if nothing.

    None where they start processes, write whole reports or try every possibility.
    """
    if path.is_relative_to(BROWSER):
        return "browser"
    for name, imported in IMPORTED.items():
        if imports(path, imported):
            return name
    return None if imports(path, SLOW) else "fast"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave unread what holds nothing of what is asked for, the browser's at once."""
    if config.option.markexpr != "fast":
        return None
    if collection_path.suffix == ".py":
        return needs(collection_path) != "fast" or None
    return collection_path == BROWSER or None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by what its file needs; a drawn case is never fast."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        if callspec and "postgresql" in map(str, callspec.params.values()):
            item.add_marker("postgresql")
            continue
        name = needs(item.path)
        drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if name and not (name == "fast" and drawn):
            item.add_marker(name)
