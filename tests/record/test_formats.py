"""A ledger of an older form opens, keeps its entries, and comes to the same.

`format_1/` was made by the program that wrote format 1: three analysts, every kind of
entry it knew, undone and redone, two copies worked on apart and merged, and one entry
about an item that the case no longer has.
"""

import json
import shutil
from pathlib import Path

import pytest

from workbench.case import folder
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.desk import judgments_of
from workbench.record.ledger import Ledger

FORMAT_1 = Path(__file__).parent / "format_1"
CASE = folder.load(FORMAT_1 / "case")
EXPECTED = json.loads((FORMAT_1 / "expected.json").read_text(encoding="utf-8"))
LINES = (FORMAT_1 / "ledger.jsonl").read_text(encoding="utf-8").splitlines()


def assessed(ledger):
    found = {}
    for name in ledger.analysts():
        own = judgments_of(ledger, CASE, name)
        found[name] = {
            "judgments": own.document(),
            "assessment": assess(build(CASE, own)).document(name),
        }
    return found


@pytest.fixture
def file(tmp_path):
    return Path(shutil.copy(FORMAT_1 / "ledger.sqlite3", tmp_path))


def test_a_ledger_of_format_1_comes_to_the_same_assessment(file):
    ledger = Ledger(f"sqlite:///{file}")
    assert assessed(ledger) == EXPECTED
    assert list(ledger.export()) == LINES
    ledger.close()


def test_an_export_of_format_1_is_merged_and_comes_to_the_same(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert ledger.merge(LINES).added == len(LINES)
    assert assessed(ledger) == EXPECTED
    ledger.close()
