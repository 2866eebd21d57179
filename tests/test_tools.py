"""What the tools say of the whole, and what it takes to start."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
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


def imported() -> set[str]:
    """Name the packages of others that the project imports anywhere."""
    found = set()
    for file in (ROOT / "workbench").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {one.name.partition(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add(str(node.module).partition(".")[0])
    return found - sys.stdlib_module_names - {"workbench"}


def distribution(requirement: str) -> str:
    """Give the name of a requirement alone, as indexes compare names."""
    (name,) = re.findall(r"^[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_imported_is_installed_without_what_the_tests_need():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["auth"], *extras["team"]]
    declared = set(map(distribution, asked))
    along = {
        distribution(one)
        for name in declared
        for one in metadata.requires(name) or ()
        if "extra ==" not in one
    }
    of = metadata.packages_distributions()
    lacking = {
        name
        for name in imported()
        if not {distribution(one) for one in of.get(name, [name])} & (declared | along)
    }
    assert lacking == set()
