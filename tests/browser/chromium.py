"""Find a Chromium that starts, or get one, for the browser tests.

`python -m tests.browser.chromium` takes the first that starts of: one that is
installed, Playwright's own download, the system's package. It must not import the
workbench or pytest, and must not install anything while a working browser is there.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COMMAND = "python -m tests.browser.chromium"
VARIABLE = "WORKBENCH_CHROMIUM"

# No sandbox: it needs user namespaces, which containers refuse, and a root user is
# refused by it; the tests open nothing but their own server. The others keep Chromium
# from calling home, which would stall a test on a machine without a network.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Nothing is optimised that runs for less than a minute: loading a page, and axe-core on
# it, cost a fifth to a quarter less of a processor. What a page makes while it loads is
# gone through later, all at once: a twentieth. Not where times are measured.
_ONCE = "--no-opt,--no-maglev,--min-semi-space-size=64,--max-semi-space-size=64"
FOR_SHORT_VISITS = (*ARGUMENTS, f"--js-flags={_ONCE}")

# A page in a new profile costs the shell a fifth less of a processor: it has no window,
# and a window draws a page of its own.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)
# macOS and Windows keep browsers out of PATH.
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "~/Applications/Chromium.app/Contents/MacOS/Chromium",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Chromium\Application\chrome.exe",
)

FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
)
FONT_ENDINGS = {".otf", ".pfb", ".ttc", ".ttf"}

_APT = ("/usr/bin/env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q")
_APT_INSTALL = (
    *_APT,
    *("-o", "DPkg::Lock::Timeout=120"),
    *("install", "-y", "--no-install-recommends"),
)
# What each manager is asked, one after the other, until a browser is there. Not every
# list that apt has names the shell. Homebrew's Chromium is not signed, so macOS refuses
# to start it; Chrome is.
PACKAGES: dict[str, tuple[tuple[str, ...], ...]] = {
    "apt-get": (
        (*_APT_INSTALL, "chromium-headless-shell"),
        (*_APT_INSTALL, "chromium"),
    ),
    "dnf": (("dnf", "install", "-y", "chromium"),),
    "pacman": (("pacman", "-Sy", "--noconfirm", "--needed", "chromium"),),
    "apk": (("apk", "add", "--no-cache", "chromium"),),
    "brew": (("brew", "install", "--cask", "google-chrome"),),
}
FONT_PACKAGES = (*_APT_INSTALL, "fonts-dejavu-core", "fonts-liberation")

START_LIMIT = 60.0
DOWNLOAD_LIMIT = 300.0
PACKAGE_LIMIT = 900.0

# Asked of a process of its own: Playwright's synchronous API refuses to start twice in
# one thread, and a caller may have started it.
_WHERE_PLAYWRIGHT_KEEPS_IT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""

ADVICE = f"""\
There is no Chromium that starts, and none could be got. Install one and try again:
  Debian     apt-get install chromium
  Ubuntu     snap install chromium
  Fedora     dnf install chromium
  Arch       pacman -S chromium
  macOS      brew install --cask google-chrome
or set {VARIABLE} to the path of one. Then: {COMMAND}
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended, and all that it printed."""

    ok: bool
    output: str

    def last_line(self) -> str:
        """Return the line that most likely says why: the last error, or the last."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith(("E: ", "Error", "error"))]
        return (errors or lines or ["no message"])[-1]


def run(command: Sequence[str], limit: float, **environment: str) -> Ended:
    """Run a command for at most `limit` seconds; end it and its children after that."""
    with tempfile.TemporaryFile() as output:
        try:
            # A file and not a pipe: a grandchild that lives on would hold a pipe open.
            # A group and not a session: sudo's grant is tied to the terminal.
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | environment,
                process_group=0,
            )
        except OSError as error:
            return Ended(ok=False, output=str(error))
        try:
            ok = process.wait(limit) == 0
            why = ""
        except subprocess.TimeoutExpired:
            ok = False
            why = f"\nError: not done after {limit:g} seconds"
        finally:
            _end(process)
        output.seek(0)
        return Ended(ok, output.read().decode(errors="replace") + why)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, gently first: a killed dpkg leaves a mess."""
    for name, patience in (("SIGTERM", 10), ("SIGKILL", 5)):
        if process.poll() is not None:
            return
        # PermissionError: what sudo started is not ours to end.
        with suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.Signals[name])
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)


def starts(path: Path) -> bool:
    """Tell whether a browser starts and draws an empty page.

    `--version` would not do: it answers without most of what a page needs, and on
    Windows it opens a window. On Ubuntu `chromium-browser` may be a mere note that
    tells the reader to install a snap.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        page = (f"--user-data-dir={profile}", "--dump-dom", "about:blank")
        ended = run((str(path), "--headless", *ARGUMENTS, *page), START_LIMIT)
    return ended.ok and "<html" in ended.output


def candidates() -> Iterator[Path]:
    """Yield the browsers that are installed, the system's own before Playwright's."""
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    for place in PLACES:
        path = Path(os.path.expandvars(place)).expanduser()
        if path.is_file():
            yield path
    answer = run((sys.executable, "-c", _WHERE_PLAYWRIGHT_KEEPS_IT), START_LIMIT)
    if answer.ok and (path := Path(answer.output.strip())).is_file():
        yield path


def find() -> Path | None:
    """Return the executable of the first Chromium that starts, or None.

    A browser named in the environment is the only one tried: whoever names one wants no
    other to be tested in its stead.
    """
    if named := os.environ.get(VARIABLE):
        found = shutil.which(Path(named).expanduser())
        return Path(found) if found and starts(Path(found)) else None
    return next(filter(starts, candidates()), None)


def download() -> Ended:
    """Let Playwright download the Chromium that it was made for."""
    # Playwright waits 30 s for a connection, five times over; a network that drops
    # packets would use up the whole limit.
    return run(
        (sys.executable, "-m", "playwright", "install", "chromium"),
        DOWNLOAD_LIMIT,
        PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT="10000",
    )


def install() -> Ended:
    """Install the system's package, and fonts where apt left none at all."""
    manager = next(filter(shutil.which, PACKAGES), None)
    if manager is None:
        return Ended(ok=False, output=f"none of {', '.join(PACKAGES)} is here")
    root: tuple[str, ...] = ()
    # Homebrew refuses to run as root.
    if manager != "brew" and os.geteuid() != 0:
        if not shutil.which("sudo"):
            return Ended(ok=False, output=f"{manager} needs root, and sudo is not here")
        root = ("sudo", "-n")
    if manager == "apt-get":  # which fails where one of many lists does, and goes on
        run((*root, *_APT, "update"), PACKAGE_LIMIT)
    ended = Ended(ok=False, output="")
    for command in PACKAGES[manager]:
        ended = run((*root, *command), PACKAGE_LIMIT)
        if ended.ok:
            break
    if ended.ok and manager == "apt-get" and not _a_font_is_there():
        return run((*root, *FONT_PACKAGES), PACKAGE_LIMIT)
    return ended


def _a_font_is_there() -> bool:
    return any(
        path.suffix.lower() in FONT_ENDINGS
        for folder in FONT_FOLDERS
        for path in Path(folder).expanduser().rglob("*")
    )


def main() -> int:
    """Make sure that a Chromium is there; say which, or what to do."""
    path = find()
    if path is None and (named := os.environ.get(VARIABLE)):
        sys.stderr.write(
            f"{VARIABLE} is {named}, and that is no browser that starts;"
            " correct it or unset it.\n"
        )
        return 1
    for what, get in (("Playwright's download", download), ("The package", install)):
        if path is not None:
            break
        ended = get()
        path = find()
        if not ended.ok:
            sys.stderr.write(f"{what} failed: {ended.last_line()}\n")
        elif path is None:
            sys.stderr.write(f"{what} is done, but no Chromium starts.\n")
    if path is None:
        sys.stderr.write(ADVICE)
        return 1
    sys.stdout.write(f"Chromium: {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
