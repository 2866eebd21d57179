"""The Guide's worked cases: what is said of them is what the core computes."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case, make_judgments
from tests.ui.visitor import opened
from workbench.case import folder
from workbench.case.model import Rule
from workbench.method.leave_out import without_items
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.method.sensitivity import draw, slips, verdict
from workbench.ui import still_matrix, worked
from workbench.wording.ranking import describe_ranking, describe_rules
from workbench.wording.verdict import verdict_lines

# ------------------------------------------------------------------ what is said


def test_both_cases_that_are_shipped_are_there() -> None:
    assert list(worked.cases()) == [worked.AUM, worked.CAMPAIGN]


def test_the_tie_breaks_without_either_linchpin_and_the_idle_row_does_nothing() -> None:
    now = worked.published(worked.AUM)
    assert now.leaders == ("h1", "h4")
    assert worked.without_one(now) == [
        "The tie at the top hangs on 2 of the 4 items, each by itself.",
        "Without E2 Religious affiliation, H4 would come first.",
        "Without E3 Attacks on journalists, H1 would come first.",
    ]
    (idle,) = worked.separating_nothing(now)
    assert idle.startswith("E1 Blind leader is rated C against all: its diagnosticity")
    assert idle.endswith("0.00, and without it the ranking is the same.")
    rows = worked.rows_without(now)
    assert [row[2:] for row in rows] == [
        (one.ranking, one.leaders_change) for one in without_items(now.matrix)
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("E1: I N", "E2: II N"), "The first place hangs on no single item."),
        (
            ("E1: II N", "E2: N I"),
            "The first place hangs on 1 of the 2 items, each by itself.",
        ),
    ],
)
def test_a_lead_is_called_a_first_place_and_not_a_tie(
    rows: tuple[str, ...], said: str
) -> None:
    assert worked.without_one(assess(build(make_case(*rows))))[0] == said


def test_on_the_final_rows_the_first_two_change_places_with_the_rule() -> None:
    every = worked.under_every_rule(worked.CAMPAIGN, final=True)
    assert len(every[Rule.INCONSISTENCY].matrix.evidence) == 12
    support, inconsistency, together = worked.by_two_rules(every)
    assert support.startswith("By net support, most first: H1 Compromised, unaware at")
    assert inconsistency.startswith(
        "By inconsistency, least first: H2 Compromised, aware and"
    )
    assert together == "H1 and H2 change places with the rule."
    assert describe_ranking(every[Rule.NET_SUPPORT]) in support


def test_on_all_rows_the_two_are_level_by_inconsistency_and_not_by_support() -> None:
    every = worked.under_every_rule(worked.CAMPAIGN)
    assert len(every[Rule.INCONSISTENCY].matrix.evidence) == 14
    said = "H1 leads alone by net support, and H1 and H2 are level by inconsistency."
    assert worked.by_two_rules(every)[-1] == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("E1: N I", "E2: C N"), "Both put H1 first."),
        (
            ("E1: I N N", "E2: CC N N", "E3: N I N"),
            "The two rules put different hypotheses first.",
        ),
    ],
)
def test_whether_the_two_rules_agree_is_said_of_other_cases_too(
    rows: tuple[str, ...], said: str
) -> None:
    every = {rule: assess(build(make_case(*rows), rule=rule)) for rule in Rule}
    assert worked.by_two_rules(every)[-1] == said


def test_what_the_author_removed_is_said_in_the_cases_own_words() -> None:
    uninformative, unsafe = worked.of_removed(worked.CAMPAIGN)
    assert uninformative.startswith("E7 ")
    assert "uninformative" in uninformative
    assert unsafe.startswith("E9 ")
    assert "unsafe" in unsafe


# ------------------------------------------------------------------ the table


def test_the_table_has_every_code_in_words_and_what_is_left_out_struck() -> None:
    case = make_case("E1: CC NA -", "E2: I N II")
    now = assess(build(case, make_judgments(exclusions={"e2": True})))
    table = still_matrix.html(now, caption="A & B")
    assert "<caption>A &amp; B</caption>" in table
    for code in ("CC", "NA", "I", "N", "II"):
        assert f'<td class="code {code}">{code}</td>' in table
    assert '<td class="code unrated"></td>' in table
    struck = table.split("<tr class=out>")[1].split("</tr>")[0]
    assert "E2 Title of E2" in struck
    assert "left out" in struck
    assert table.count("left out") == 1


def test_text_in_the_table_is_only_text() -> None:
    case = make_case("E1: C I", hypotheses=["<b>1", "<b>2"])
    table = still_matrix.html(assess(build(case)), caption="<script>")
    assert "<b>" not in table
    assert "<script>" not in table


# ------------------------------------------------------------------ the page


@pytest.fixture
def guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    folder.write(tmp_path, make_case("E1: CC I"))
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    app = opened("guide")
    app.session_state["guide_part"] = "Worked cases"
    return app.run()


def said(app: AppTest) -> str:
    return "\n".join(one.value.replace("\\", "") for one in app.markdown)


def test_each_worked_case_is_shown_when_it_is_chosen(guide: AppTest) -> None:
    for name in (worked.CAMPAIGN, worked.AUM, worked.CAMPAIGN):
        guide.get_by_key("worked_case").set_value(name).run()
        assert not guide.exception
        shown = said(guide)
        for other, case in worked.cases().items():
            assert (case.question.question in shown) == (other == name)
    assert worked.of_removed(worked.CAMPAIGN)[0] in said(guide)


def test_the_switch_shows_what_the_two_rows_do(guide: AppTest) -> None:
    guide.get_by_key("worked_case").set_value(worked.CAMPAIGN).run()
    for final in (True, False, True):
        guide.get_by_key("worked_final").set_value(final).run()
        assert not guide.exception
        every = worked.under_every_rule(worked.CAMPAIGN, final=final)
        shown = said(guide)
        assert worked.by_two_rules(every)[-1] in shown
        assert describe_rules(every) in shown


def test_the_first_case_shows_its_tie(guide: AppTest) -> None:
    now = worked.published(worked.AUM)
    found = slips(now)
    reached = verdict(found, draw(now.matrix))
    for line in verdict_lines(now, reached):
        assert line in said(guide)
    assert "Criminal group has most against it." in said(guide)
    for line in worked.without_one(now):
        assert line in said(guide)
