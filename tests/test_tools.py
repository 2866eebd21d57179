"""What the tools say of the whole, and what it takes to start."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

HEAVY = {
    "streamlit",
    "pandas",
    "altair",
    "sqlalchemy",
    "xlsxwriter",
    "docx",
    "typst",
    "vl_convert",
}
RUN = """
import runpy, sys
try:
    runpy.run_module("workbench", run_name="__main__", alter_sys=True)
except SystemExit as end:
    assert not end.code, end.code
finally:
    print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_line_starts_without_the_heavy_libraries():
    done = run("-c", "import sys, workbench.cli; print(*sys.modules)")
    assert done.returncode == 0, done.stderr
    assert HEAVY & {name.split(".")[0] for name in done.stdout.split()} == set()


@pytest.mark.parametrize("command", ["score", "check"])
def test_a_case_is_scored_and_checked_without_the_heavy_libraries(command):
    done = run("-c", RUN, command, str(ROOT), "--json")
    assert done.returncode == 0, done.stderr
    assert HEAVY & set(done.stderr.splitlines()[-1].split()) == set()
    assert done.stdout.startswith(("{", "["))


# ------------------------------------------------------------------ the tools


def checked() -> list[str]:
    return [name for name in ("workbench", "tests", "app.py") if (ROOT / name).exists()]


@pytest.mark.parametrize("tool", [["check"], ["format", "--check"]], ids=" ".join)
def test_ruff_has_nothing_to_say(tool):
    done = run("-m", "ruff", *tool, "--quiet", *checked())
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_has_nothing_to_say():
    done = run("-m", "mypy")
    assert done.returncode == 0, done.stdout + done.stderr
