"""A real OpenID Connect provider as a process, where journeys sign in."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.serving import Server

START_LIMIT = 30.0
PATIENCE = 30_000


@dataclass
class Provider:
    """The provider: who can sign in, and for how many seconds that lasts."""

    folder: Path
    people: Sequence[str]
    port: int
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The issuer."""
        return f"http://127.0.0.1:{self.port}"

    def person(self, name: str) -> str:
        """Give the ISSUER#SUBJECT of somebody."""
        return f"{self.url}#{name}"

    def start(self, lasts: int = 3600) -> None:
        """Start it, anew if it runs, and wait until it answers."""
        self.stop()
        claims = [
            part
            for name in self.people
            for part in (
                "--user-claims",
                f'{{"sub": "{name}", "name": "{name.capitalize()}"}}',
            )
        ]
        with (self.folder / "provider.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "oidc_provider_mock"),
                    *("-p", str(self.port), "-e", str(lasts), *claims),
                ],
                env=os.environ | {"PYTHONWARNINGS": "ignore"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        give_up = time.monotonic() + START_LIMIT
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > give_up:
                pytest.fail((self.folder / "provider.log").read_text())
            time.sleep(0.05)

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def write_auth(self, file: Path, redirect: str) -> None:
        """Write the file of the sign-in for an app at an address."""
        file.write_text(
            "[auth]\n"
            f'redirect_uri = "{redirect}/oauth2callback"\n'
            f'cookie_secret = "{"kept-for-this-journey-" * 2}"\n'
            'client_id = "workbench"\n'
            'client_secret = "not-a-secret"\n'
            f'server_metadata_url = "{self.url}/.well-known/openid-configuration"\n'
            'client_kwargs = { scope = "openid email profile", prompt = "login" }\n',
            encoding="utf-8",
        )


def sign_in(page: Page, name: str) -> None:
    """Press the button of the page that asks for it, and come back as somebody."""
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/oauth2/authorize**")
    page.locator(f"button[name=sub][value={name}]").click()


def come(page: Page, server: Server, name: str, at: str = "") -> Page:
    """Come to a page that asks to sign in, shows nothing else, and then is there."""
    page.goto(server.at(at))
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Nagorno")).to_have_count(0)
    sign_in(page, name)
    page.wait_for_url(f"{server.at(at)}*")  # the page that was asked for
    return page
