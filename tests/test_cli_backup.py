"""A store kept in a file and brought back by commands, as the README walks it."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import make_case
from workbench.case import folder
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def case(tmp_path, monkeypatch):
    """A case in which Ann has judged, in the present folder."""
    where = tmp_path / "case"
    folder.write(where, make_case("E1: CC C I", "E2: N I II"))
    ledger = Ledger(default_url(where))
    desk = Desk(ledger, folder.load(where), "Ann")
    desk.change("page", 1, [["rating", "e1", "h1", "II", "No."]])
    ledger.close()
    monkeypatch.chdir(where)
    return where


def test_the_drill_of_the_readme_comes_to_the_same(case):
    blocks = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    (drill,) = (one for one in blocks if "workbench restore" in one)
    own = f'workbench() {{ "{sys.executable}" -m workbench "$@"; }}'
    done = subprocess.run(
        ["bash", "-euc", f"{own}\n{drill}"],
        capture_output=True,
        check=False,
        cwd=case,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "Everything that heads.json names is here." in done.stdout
    assert '"fingerprint": "sha256:' in (case / "after.json").read_text()
    assert (case / "drill.sqlite3").exists()


def test_a_backup_is_for_its_owner_alone_and_replaces_the_last_one_whole(run, case):
    file = case / "store.backup"
    code, out, err = run("backup", "-o", file)
    assert (code, out) == (0, "")
    assert "entries 1" in err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    ledger = case / ".workbench/ledger.sqlite3"
    ledger.write_bytes(b"SQLite format 3\0" + b"\xff" * 99)
    for suffix in ("-wal", "-shm"):
        (case / f".workbench/ledger.sqlite3{suffix}").unlink(missing_ok=True)
    assert run("backup", "-o", file)[0] == 1
    assert file.read_bytes() == before
    assert [one.name for one in case.iterdir() if "part" in one.name] == []


@pytest.mark.usefixtures("case")
def test_a_file_that_is_none_begins_no_store(run):
    run("backup", "-o", "whole.backup")
    Path("cut.backup").write_bytes(Path("whole.backup").read_bytes()[:-9])
    Path("other.backup").write_text("CREATE TABLE entries")
    url = ["--ledger", "sqlite:///new.sqlite3"]
    for name in ("cut.backup", "other.backup"):
        code, _, err = run("restore", name, *url)
        assert code == 1
        assert err.startswith(f"workbench: {name}: ")
        assert not Path("new.sqlite3").exists()
    assert run("restore", "none.backup", *url)[0] == 1
    assert run("restore", "whole.backup")[2].startswith(
        "workbench: the store is not empty (it holds entries 1"
    )


@pytest.mark.usefixtures("case")
def test_a_store_is_named_or_is_that_of_the_case_in_this_folder(
    run, tmp_path, monkeypatch
):
    run("backup", "-o", "store.backup")
    monkeypatch.chdir(tmp_path)
    for command in (["backup", "-o", "new.backup"], ["restore", "case/store.backup"]):
        code, _, err = run(*command)
        assert (code, err) == (
            1,
            "workbench: no case in this folder; name a store with --ledger URL\n",
        )
    code, _, err = run("backup", "-o", "new.backup", "--ledger", "sqlite:///none.db")
    assert (code, "no ledger there" in err) == (1, True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["case"]
    monkeypatch.setenv("WORKBENCH_LEDGER", "sqlite:///team.sqlite3")
    assert run("restore", "case/store.backup")[0] == 0
    assert run("backup", "-o", "new.backup")[0] == 0
