"""The Probability page through the app itself: what it claims, and every control."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.prose import unlinked
from tests.ui.visitor import opened
from workbench.case import folder
from workbench.case.judgments import Judgments
from workbench.method.coherence import Coherence, coherentize
from workbench.method.matrix import build
from workbench.method.probability import judged
from workbench.record.desk import judgments_of
from workbench.record.ledger import Ledger, default_url
from workbench.ui import probability_parts
from workbench.ui.controls import literal
from workbench.wording.likely import (
    Scale,
    boundaries,
    describe_evidence,
    describe_spread,
    percent,
)

CASE = make_case("E1: C I II", "E2: CC C I", "E3: I N C")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "analyst-1")
    return tmp_path


@pytest.fixture
def app(place: Path) -> AppTest:
    folder.write(place, CASE)
    return opened("probability")


def kept(place: Path) -> Judgments:
    ledger = Ledger(default_url(place))
    try:
        return judgments_of(ledger, CASE, "analyst-1")
    finally:
        ledger.close()


def said(app: AppTest) -> str:
    return unlinked("\n".join(one.value for one in app.markdown))


def expected(judgments: Judgments, scale: Scale = Scale.ICD_203) -> str:
    return literal(describe_spread(CASE, judged(build(CASE, judgments)), scale))


def test_priors_are_equal_until_stated_and_are_kept(app: AppTest, place: Path):
    assert expected(Judgments()) in said(app)
    assert "base rates are left out" in app.warning[0].value
    assert "no gain in accuracy from factorized Bayes" in app.warning[0].value
    app.number_input(key="prior_h1").set_value(10.0).run()
    assert kept(place) == Judgments(priors={"h1": 0.1})
    assert expected(kept(place)) in said(app)
    app.number_input(key="prior_h2").set_value(80.0).run()
    assert kept(place) == Judgments(priors={"h1": 0.1, "h2": 0.8})
    assert expected(kept(place)) in said(app)
    app.number_input(key="prior_h1").set_value(None).run()
    assert kept(place) == Judgments(priors={"h2": 0.8})
    again = opened("probability")
    assert again.number_input(key="prior_h2").value == 80.0
    assert expected(kept(place)) in said(again)


def test_priors_that_leave_nothing_are_refused_in_words(app: AppTest):
    app.number_input(key="prior_h1").set_value(100.0).run()
    assert not app.exception
    assert "leave nothing for H2, H3" in app.warning[0].value


def test_the_convention_is_edited_named_so_and_taken_back(app: AppTest, place: Path):
    assert "a convention of this program" in "\n".join(c.value for c in app.caption)
    app.number_input(key="likelihood_II").set_value(0.01).run()
    app.number_input(key="likelihood_C").set_value(0.95).run()
    assert kept(place) == Judgments(likelihoods={"II": 0.01, "C": 0.95})
    assert expected(kept(place)) in said(app)
    app.button(key="convention_back").click().run()
    assert kept(place) == Judgments()
    assert app.number_input(key="likelihood_II").value == 0.1
    assert expected(Judgments()) in said(app)


def test_the_scale_of_words_changes_the_words(app: AppTest):
    for scale in (Scale.PHIA, Scale.ICD_203):
        app.segmented_control(key="scale").set_value(scale).run()
        assert expected(Judgments(), scale) in said(app)
        assert literal(boundaries(scale)) not in [one.value for one in app.caption]
        app.session_state["scale_words"] = True  # unfolded
        app.run()
        assert literal(boundaries(scale)) in [one.value for one in app.caption]
        app.session_state["scale_words"] = False


def test_the_charts_are_drawn_once_and_anew_for_another_prior_or_another_pair(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    for name in ("probability_chart", "waterfall_chart"):
        make = getattr(probability_parts, name)

        def noted(*of: object, name: str = name, make: Any = make) -> object:
            drawn.append(name)
            return make(*of)

        monkeypatch.setattr(probability_parts, name, noted)
    app.run()
    assert drawn == []
    app.number_input(key="likelihood_C").set_value(0.9).run()
    assert drawn == ["probability_chart", "waterfall_chart"]
    app.selectbox(key="odds_against").select_index(1).run()
    assert drawn[2:] == ["waterfall_chart"]


def test_the_two_whose_odds_are_shown_are_chosen(app: AppTest):
    found = judged(build(CASE))
    for for_, against in (("h2", "h1"), ("h3", "h2")):
        app.selectbox(key="odds_of").set_value(for_).run()
        app.selectbox(key="odds_against").set_value(against).run()
        assert literal(describe_evidence(CASE, found, for_, against)) in said(app)
    app.selectbox(key="odds_of").set_value("h2").run()
    assert app.selectbox(key="odds_against").value != "h2"


def test_direct_estimates_are_made_coherent_both_ways(app: AppTest, place: Path):
    app.segmented_control(key="way").set_value("Estimated directly").run()
    raw = (0.9, 0.4, 0.05)
    for number, p in enumerate(raw, start=1):
        assert "Still without an estimate" in app.info[0].value
        app.number_input(key=f"probability_h{number}").set_value(p * 100).run()
    assert tuple(kept(place).probabilities.values()) == pytest.approx(raw)
    for how in (Coherence.PROJECT, Coherence.NORMALISE):
        app.segmented_control(key="coherence").set_value(how).run()
        for p in coherentize(raw, how).probabilities:
            assert literal(percent(p)) in said(app)
    app.number_input(key="probability_h1").set_value(5.0).run()
    app.number_input(key="probability_h1").set_value(None).run()
    assert "H1" in app.info[0].value


def test_the_page_without_hypotheses_says_so(place: Path):
    parked = {one.id: "parked" for one in CASE.hypotheses}
    folder.write(place, make_case("E1: C I II", status=parked))
    assert "nothing to give a probability to" in opened("probability").info[0].value
