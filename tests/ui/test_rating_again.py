"""Rating one's own cells again through the app: one at a time, nothing else in view."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.test_team import prose
from tests.ui.visitor import opened
from workbench.case import folder
from workbench.method.rerating import SCALE
from workbench.record import second_look
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of ann, who rated thirty cells of a case that publishes none."""
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "ann")
    folder.write(tmp_path, make_case(*(f"E{n}: - - -" for n in range(1, 11))))
    case = folder.load(tmp_path)
    found = Desk(Ledger(default_url(tmp_path)), case, "ann")
    places = [(item.id, h.id) for item in case.evidence for h in case.hypotheses]
    changes = [
        ["rating", *place, SCALE[at % 5].value, "a reason of mine"]
        for at, place in enumerate(places)
    ]
    found.change("page", 1, changes)
    return found


def codes(app: AppTest) -> list:
    return [one for one in app.button if (one.key or "").startswith("again:")]


def test_a_sample_is_rated_unseen_resumed_and_told_beside_the_draws(desk: Desk):
    app = opened("robustness")
    app.button(key="again_begin").click().run()
    for _ in range(2):
        assert [one.label.split()[0] for one in codes(app)] == [
            one.value for one in SCALE
        ]
        seen = prose(app)
        assert "a reason of mine" not in seen
        assert "If judgments are a little off" not in seen
        assert "inconsistent" not in re.sub(r"would .*", "", seen)
        codes(app)[2].click().run()
    assert not app.exception
    app.button(key="again_stop").click().run()
    assert "2 of 24 cells rated again so far" in prose(app)

    again = opened("robustness")  # another session, as after a reload
    again.button(key="again_on").click().run()
    for _ in range(22):
        codes(again)[2].click().run()
    assert not codes(again)
    assert "All 24 cells are rated again." in [one.value for one in again.success]
    [back] = [one for one in again.button if one.label == "See what it comes to"]
    back.click().run()
    desk.refresh()
    found = second_look.again(desk)
    assert found is not None
    assert f"You yourself differ in {found.differ} of 24 cells" in prose(again)
    assert desk.judgments == Desk(desk.ledger, desk.case, "ann").judgments
