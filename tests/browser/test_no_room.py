"""A disk that is full and a folder that is read-only: said, and nothing typed is lost.

On a small file system of the test's own; where none may be mounted it is skipped.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from tests.browser.test_editing import WITHIN, is_saved, part, state
from tests.browser.test_forms import press, small
from workbench.case import folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Pages, Server, Servers

QUESTION = "Why is it full?"


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[Path]:
    """Mount something at a place as long as it is needed, or skip the test."""
    program = shutil.which("mount")
    if program is None:
        pytest.skip("there is no mount here")
    place.mkdir(exist_ok=True)
    done = subprocess.run([program, *options, str(place)], check=False)
    if done.returncode:
        pytest.skip("whoever runs the tests may not mount a file system here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Fill a disk to the last byte."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65_536, 512, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    yield
    filler.unlink()


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    """Let nobody write in a folder, root included."""
    with mounted(place, "--bind", str(place)):
        again = ["mount", "-o", "remount,bind,ro", str(place)]
        subprocess.run(again, check=True)
        yield


def edit(tab: Page, served: Server) -> None:
    tab.goto(f"{served.url}/evidence?item=e1")
    press(tab, "Edit")
    expect(part(tab, "title")).to_be_visible(timeout=WITHIN)


def kept_and_saved_later(
    tab: Page, served: Server, title: str, fault: AbstractContextManager[None]
) -> None:
    """Type a title that cannot be saved, lose the page, and save it in the end."""
    file = served.case / "evidence" / "e1.yaml"
    before = file.read_bytes()
    edit(tab, served)
    with fault:
        part(tab, "title").fill(title)
        part(tab, "title").press("Control+Enter")
        told = re.compile(r"full|space|read-only|Read-only|not saved", re.IGNORECASE)
        expect(tab.get_by_text(told).first).to_be_visible(timeout=WITHIN)
        expect(part(tab, "title")).to_have_value(title)
        assert file.read_bytes() == before
        edit(tab, served)
        expect(part(tab, "title")).to_have_value(title, timeout=WITHIN)
        expect(state(tab, "title")).to_contain_text(re.compile("not saved|Saving"))
    saved = tab.locator("[data-part=title][data-state=saved]")
    again = tab.locator("[data-part=title]").get_by_role("button", name="Save it now")
    again.or_(saved).first.wait_for(timeout=WITHIN)
    if again.is_visible():
        again.click()
    is_saved(tab, "title")
    assert f"title: {title}" in file.read_text()


def begun_later(tab: Page, disk: Path, served: Server) -> None:
    """Begin a case where there is no room for it, and again where there is."""
    tab.goto(f"{served.url}/question")
    press(tab, "New case")
    question = tab.get_by_role("textbox", name="Question", exact=True)
    with full(disk):
        question.fill(QUESTION, timeout=WITHIN)
        press(tab, "Begin the case")
        told = tab.get_by_text(re.compile("could not be written"))
        expect(told.first).to_be_visible(timeout=WITHIN)
        expect(question).to_have_value(QUESTION)
        assert not (disk / "why-is-it-full").exists()
    press(tab, "Begin the case")
    expect(tab.get_by_text(QUESTION).first).to_be_visible(timeout=WITHIN)
    assert folder.load(disk / "why-is-it-full").question.question == QUESTION


def added_later(tab: Page, disk: Path, served: Server) -> None:
    """Add an item in the grid while there is no room, and see it come when there is."""
    matrix = MatrixPage(tab, served.url).open()
    field = tab.get_by_label("Add evidence: title").first
    with full(disk):
        field.fill("The gauge was read")
        field.press("Enter")
        waits = tab.get_by_text(re.compile("Saving: The gauge|Not added: The gauge"))
        expect(waits.first).to_be_visible(timeout=WITHIN)
        assert not matrix.saved() or tab.get_by_text("Not added").count()
    again = tab.get_by_role("button", name="Try again")
    row = tab.locator("[data-evidence=the-gauge-was-read]")
    row.or_(again).first.wait_for(timeout=WITHIN)
    if again.count():
        again.first.click()
    expect(row.first).to_be_visible(timeout=WITHIN)
    matrix.wait_saved()
    assert "the-gauge-was-read" in folder.load(served.case).item


def test_what_cannot_be_saved_is_said_and_is_saved_once_it_can_be(
    tmp_path: Path, server: Servers, page: Pages
) -> None:
    options = ("-t", "tmpfs", "-o", "size=1m", "none")
    with mounted(tmp_path / "disk", *options) as disk:
        served = server(start=False)
        served.case = small(disk / "case")
        served.start()
        tab = page()
        MatrixPage(tab, served.url).open()
        kept_and_saved_later(tab, served, "Typed on a full disk", full(disk))
        evidence = served.case / "evidence"
        kept_and_saved_later(tab, served, "Typed read-only", read_only(evidence))
        added_later(tab, disk, served)
        begun_later(tab, disk, served)
        served.stop()
