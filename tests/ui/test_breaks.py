"""What was altered in the ledger is told on every page until somebody has seen it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.visitor import go, opened
from workbench.case import folder
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, own_url

PAGES = ("question", "evidence", "robustness", "probability", "report", "guide")
SAID = "its content does not fit its hash; it is in force as it stands"


@pytest.fixture
def altered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case whose ledger holds a rating that somebody altered behind its back."""
    place = tmp_path / "case"
    folder.write(place, make_case("E1: CC C", "E2: I N"))
    monkeypatch.setenv("WORKBENCH_CASE", str(place))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "analyst-1")
    with closing(Ledger(own_url(place))) as ledger:
        desk = Desk(ledger, folder.load(place), "analyst-1")
        desk.change("page", 1, [["rating", "e1", "h1", "II", "No."]])
        with ledger._store.writing([]) as connection:
            connection.exec_driver_sql("update entries set because = 'Yes.'")
    return place


def warned(app: AppTest) -> list[str]:
    return [one.value for one in app.warning if SAID in one.value]


@pytest.mark.usefixtures("altered")
def test_an_altered_entry_is_named_on_every_page_until_it_is_marked_as_seen() -> None:
    app = opened()
    assert len(warned(app)) == 1
    for page in PAGES:
        assert len(warned(go(app, page))) == 1
    app.get_by_key("breaks_seen").click().run()
    assert not app.exception
    for page in PAGES:
        assert warned(go(app, page)) == []


def test_what_one_has_seen_nobody_is_told_again(altered: Path) -> None:
    with closing(Ledger(own_url(altered))) as ledger:
        Desk(ledger, folder.load(altered), "analyst-1").mark_seen("page")
    app = opened()
    assert warned(app) == []
