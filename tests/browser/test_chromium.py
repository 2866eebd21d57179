"""Which Chromium is taken, on machines made of small shell scripts.

The PATH of each test is one folder, so that no browser and no package manager of the
real machine is seen, and nothing is installed.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.browser import chromium

if TYPE_CHECKING:
    from pathlib import Path

STARTS = "echo '<html></html>'"
IS_A_NOTE = "echo 'Please install the snap'; exit 1"
HAS_FAILED = "echo 'E: no such package'; exit 100"


@dataclass(frozen=True)
class Machine:
    """A folder of programs, and the list of what was asked of them."""

    folder: Path

    def has(self, name: str, script: str) -> Path:
        """Put a program on the machine."""
        path = self.folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >> {self.folder}/asked\n{script}')
        path.chmod(0o755)
        return path

    def playwright(self, *, has_one: bool = False, download: str = HAS_FAILED) -> Path:
        """Put a Python on the machine; return the place of its Playwright's browser."""
        browser = self.folder / "playwright-chromium"
        if has_one:
            self.has("playwright-chromium", STARTS)
        self.has("python", f'[ "$1" = -c ] && echo {browser} && exit\n{download}')
        return browser

    def gets(self, name: str) -> str:
        """Return a script that puts a browser that starts on the machine."""
        path = self.folder / name
        return f"printf '#!/bin/sh\\necho \"<html>\"' > {path}; /bin/chmod 755 {path}"

    @property
    def asked(self) -> list[str]:
        """What was asked to install anything, in order."""
        path = self.folder / "asked"
        lines = path.read_text().splitlines() if path.exists() else []
        asked = ("apt-get", "brew", "dnf", "python -m", "sudo")
        return [line for line in lines if line.startswith(asked)]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    folder = tmp_path / "bin"
    folder.mkdir()
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    (fonts / "plain.ttf").touch()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.setattr(chromium, "PLACES", ())
    monkeypatch.setattr(chromium, "FONT_FOLDERS", (str(fonts),))
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    machine = Machine(folder)
    machine.playwright()
    return machine


def test_the_browser_named_in_the_environment_comes_first(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.has("chromium", STARTS)
    named = machine.has("mine", STARTS)
    monkeypatch.setenv(chromium.VARIABLE, str(named))
    assert chromium.find() == named


def test_a_named_browser_that_does_not_start_is_not_replaced_by_another(
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    machine.has("chromium", STARTS)
    monkeypatch.setenv(chromium.VARIABLE, "/no/such/browser")
    assert chromium.find() is None
    assert chromium.main() == 1
    assert "WORKBENCH_CHROMIUM is /no/such/browser" in capsys.readouterr().err
    assert machine.asked == []


def test_installed_browsers_are_tried_in_the_order_of_their_names(
    machine: Machine,
) -> None:
    order = ["chromium-headless-shell", "chromium", "chromium-browser"]
    order += ["google-chrome-stable", "google-chrome"]
    paths = [machine.has(name, STARTS) for name in order]
    assert list(chromium.candidates()) == paths
    assert chromium.find() == paths[0]


def test_an_installed_browser_outside_the_path_is_found(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    machine.playwright(has_one=True)
    place = machine.has("Google Chrome", STARTS).rename(tmp_path / "Google Chrome")
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    monkeypatch.setattr(chromium, "PLACES", ("~/none", "$ProgramFiles/Google Chrome"))
    assert chromium.find() == place


def test_playwrights_own_browser_comes_after_those_of_the_system(
    machine: Machine,
) -> None:
    own = machine.playwright(has_one=True)
    assert chromium.find() == own
    system = machine.has("google-chrome", STARTS)
    assert chromium.find() == system


def test_a_program_that_only_tells_how_to_install_a_browser_is_passed_over(
    machine: Machine,
) -> None:
    machine.has("chromium-browser", IS_A_NOTE)
    chrome = machine.has("google-chrome", STARTS)
    assert chromium.find() == chrome


def test_a_browser_that_is_there_keeps_anything_from_being_installed(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    path = machine.has("chromium", STARTS)
    machine.has("apt-get", HAS_FAILED)
    assert chromium.main() == 0
    assert capsys.readouterr().out == f"Chromium: {path}\n"
    assert machine.asked == []


def test_playwrights_download_is_tried_before_the_package_manager(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.has("apt-get", HAS_FAILED)
    own = machine.playwright(download=machine.gets("playwright-chromium"))
    assert chromium.main() == 0
    assert capsys.readouterr().out == f"Chromium: {own}\n"
    assert machine.asked == ["python -m playwright install chromium"]


def test_a_failed_download_falls_through_to_the_package_manager(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.has("apt-get", machine.gets("chromium"))
    assert chromium.main() == 0
    streams = capsys.readouterr()
    assert streams.out == f"Chromium: {machine.folder / 'chromium'}\n"
    assert streams.err == "Playwright's download failed: E: no such package\n"
    download, update, install = machine.asked
    assert download == "python -m playwright install chromium"
    assert update == "apt-get -q update"
    assert install.endswith("--no-install-recommends chromium-headless-shell")


def test_where_apt_knows_no_shell_it_is_asked_for_the_whole_browser(
    machine: Machine,
) -> None:
    has_no_shell = 'case "$*" in *shell) exit 100;; esac'
    machine.has("apt-get", f"{has_no_shell}\n{machine.gets('chromium')}")
    assert chromium.main() == 0
    *_, shell, whole = machine.asked
    assert shell.endswith("--no-install-recommends chromium-headless-shell")
    assert whole.endswith("--no-install-recommends chromium")


def test_a_downloaded_browser_that_does_not_start_falls_through_as_well(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.playwright(download="exit 0")
    machine.has("dnf", machine.gets("chromium"))
    assert chromium.main() == 0
    assert "is done, but no Chromium starts" in capsys.readouterr().err
    assert machine.asked[1:] == ["dnf install -y chromium"]


def test_a_list_that_cannot_be_updated_does_not_keep_apt_from_installing(
    machine: Machine,
) -> None:
    machine.has("apt-get", f'[ "$2" = update ] && exit 100\n{machine.gets("chromium")}')
    assert chromium.main() == 0


def test_fonts_are_installed_only_where_there_is_none(
    machine: Machine, tmp_path: Path
) -> None:
    machine.has("apt-get", "exit 0")
    chromium.install()
    assert not any("fonts" in line for line in machine.asked)
    (tmp_path / "fonts" / "plain.ttf").unlink()
    chromium.install()
    assert machine.asked[-1].endswith("fonts-dejavu-core fonts-liberation")


def test_without_root_the_package_manager_is_run_by_sudo_and_never_asks(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    machine.has("dnf", "exit 0")
    ended = chromium.install()
    assert not ended.ok
    assert "dnf needs root, and sudo is not here" in ended.output
    machine.has("sudo", 'shift; exec "$@"')
    assert chromium.install().ok
    assert machine.asked[0] == "sudo -n dnf install -y chromium"


def test_homebrew_is_never_run_as_root(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 501)
    machine.has("brew", "exit 0")
    machine.has("sudo", 'shift; exec "$@"')
    assert chromium.install().ok
    assert machine.asked == ["brew install --cask google-chrome"]


@pytest.mark.usefixtures("machine")
def test_where_nothing_helps_the_message_says_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert chromium.main() == 1
    message = capsys.readouterr().err
    assert "The package failed: none of apt-get, dnf" in message
    assert "apt-get install chromium" in message
    assert "WORKBENCH_CHROMIUM" in message
    assert "python -m tests.browser.chromium" in message


def test_a_command_that_hangs_is_ended_together_with_its_children() -> None:
    ended = chromium.run(("/bin/sh", "-c", "sleep 60 & echo $!; wait"), 0.2)
    assert not ended.ok
    assert ended.last_line() == "Error: not done after 0.2 seconds"
    child = int(ended.output.split()[0])
    give_up = time.monotonic() + 5
    while _is_there(child):
        assert time.monotonic() < give_up
        time.sleep(0.01)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_program_that_is_not_there_is_a_failure_and_no_exception() -> None:
    assert not chromium.run(("/no/such/program",), 1).ok
