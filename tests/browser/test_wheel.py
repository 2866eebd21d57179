"""The workbench as somebody gets it who has no checkout: installed from a wheel."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import SHIPPED_CASE
from tests.browser.matrix import MatrixPage
from workbench.case import folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Pages, Servers


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, install it alone in an empty environment, give its programs.

    What it depends on is borrowed from the environment that runs the tests: a path in
    a file adds the packages there, and not the project that is installed for editing.
    """
    place = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(place),
    ]
    subprocess.run(build, cwd=SHIPPED_CASE, check=True, capture_output=True)
    (wheel,) = place.glob("hypothesis_workbench-*.whl")
    venv.create(place / "env", with_pip=False, symlinks=sys.platform != "win32")
    programs = place / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    python = str(programs / "python")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", python, "install", "-q"),
            *("--no-deps", "--no-index", str(wheel)),
        ],
        check=True,
    )
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    ran = subprocess.run(
        [python, "-c", asked], check=True, capture_output=True, text=True
    )
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    path_file = f"{ran.stdout.strip()}/borrowed.pth"
    with open(path_file, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write("\n".join(sorted(borrowed)))
    return programs


def run(program: Path, *arguments: str, where: Path) -> str:
    """Run one of the installed programs outside the checkout."""
    done = subprocess.run(
        [str(program), *arguments],
        cwd=where,
        env={"PATH": str(program.parent), "HOME": str(where)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", ["workbench", "hypothesis-workbench"])
def test_a_bare_call_says_what_to_type_by_the_name_that_was_called(
    installed: Path, tmp_path: Path, name: str
) -> None:
    said = run(installed / name, where=tmp_path)
    assert f"  {name} new FOLDER --example  " in said
    assert f"  {name} serve FOLDER  " in said


def test_the_example_opens_on_the_first_screen(
    installed: Path, tmp_path: Path, server: Servers, page: Pages
) -> None:
    run(installed / "workbench", "new", "try", "--example", where=tmp_path)
    copy = tmp_path / "try"
    shipped = folder.load(SHIPPED_CASE)
    assert folder.load(copy).evidence == shipped.evidence
    ranked = run(installed / "workbench", "score", str(copy), where=tmp_path)
    assert shipped.question.question in ranked
    served = server(copy, start=False)
    served.python = str(installed / "python")
    served.environment = {"PYTHONPATH": ""}
    served.start()
    grid = MatrixPage(page(), served.url).open()
    assert grid.scores()
    assert len({evidence for evidence, _ in grid.cells()}) == len(shipped.evidence)
