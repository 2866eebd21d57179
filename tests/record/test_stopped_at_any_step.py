"""A program that is killed between any two steps of a save of texts.

A writer is stopped in a process of its own before its first, second, third ... step:
opening, writing, syncing and replacing a file, and each commit of the ledger. Whatever
the step, every file is the old one or the new one, and the next start finishes what the
ledger has, or nothing.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
from functools import partial

import pytest
import sqlalchemy as sa

from tests.builders import make_case
from workbench.case import folder
from workbench.case.editing import plan as editing
from workbench.record import editing as entered
from workbench.record.desk import Desk
from workbench.record.editing import Draft
from workbench.record.ledger import Ledger, default_url
from workbench.record.shelves import FolderShelf

STEPS = ("fsync", "replace", "unlink")
RENAME = {"act": "rename", "what": "hypothesis", "id": "h1", "to": "storm"}
TITLE = {
    "act": "field",
    "what": "evidence",
    "id": "e1",
    "field": "title",
    "value": "Another title",
}


def act(where, request, hear=None, stop=-1):
    """Carry out an act; tell each step, and be killed before one by its number."""
    steps = 0

    def before(name, call, *args, **kwargs):
        nonlocal steps
        if steps == stop:
            os.kill(os.getpid(), signal.SIGKILL)
        steps += 1
        if hear:
            hear.send(name)
        return call(*args, **kwargs)

    ledger = Ledger(default_url(where))
    desk = Desk(
        ledger,
        folder.load(where),
        "analyst-1",
        draft=partial(Draft, FolderShelf(where)),
    )
    for name in STEPS:
        setattr(os, name, partial(before, name, getattr(os, name)))
    opens = io.open

    def opened(path, mode="r", *args, **kwargs):
        if "x" not in mode:
            return opens(path, mode, *args, **kwargs)
        file = before("open", opens, path, mode, *args, **kwargs)
        file.write = partial(before, "write", file.write)
        return file

    io.open = opened
    sa.event.listen(
        sa.Engine, "commit", lambda _: before("commit", lambda: None), named=False
    )
    receipt = desk.receive("page", [[1, "act", request]])
    assert receipt.refused == {}


def forked(where, request, stop=-1):
    """Carry out an act in a process of its own; gives the steps it came to."""
    context = multiprocessing.get_context("fork")
    hear, tell = context.Pipe(duplex=False)
    child = context.Process(target=act, args=(where, request, tell, stop))
    child.start()
    tell.close()
    steps = []
    try:
        while True:
            steps.append(hear.recv())
    except EOFError:
        child.join()
    assert child.exitcode == (0 if stop < 0 else -signal.SIGKILL)
    return steps


def begun(where):
    folder.write(where, make_case("E1: C I", "E2: N II", sources={"e1": "wire"}))
    Ledger(default_url(where)).close()
    return editing.read_texts(where)


@pytest.mark.parametrize("request_", [TITLE, RENAME], ids=["one file", "several"])
def test_each_file_is_the_old_or_the_new_one_and_the_next_start_finishes(
    tmp_path, request_
):
    old = begun(tmp_path / "whole")
    steps = forked(tmp_path / "whole", request_)
    new = editing.read_texts(tmp_path / "whole")
    assert {"open", "write", "fsync", "replace", "commit"} <= set(steps)
    kept = steps.index("commit")  # the entries and the texts are in the ledger
    for stop in range(len(steps)):
        where = tmp_path / f"stopped-{stop}"
        begun(where)
        assert forked(where, request_, stop) == steps[:stop]
        for file, text in editing.read_texts(where).items():
            assert text in (old.get(file), new.get(file))
        with_ledger = Ledger(default_url(where))
        assert entered.finish(with_ledger, "", FolderShelf(where), "analyst-1") == []
        assert editing.read_texts(where) == (old if stop <= kept else new)
        assert with_ledger.unwritten("") == {}
        for path in where.glob("[he]*/*"):  # what was half written is no part of a case
            assert path.suffix == ".yaml" or path.name.startswith(".")
        with_ledger.close()
