"""The pages through the app itself, on small cases with the real core."""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import re
import weakref
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from tests.builders import make_case, make_judgments
from tests.published.at_first import AT_FIRST
from tests.ui.prose import unlinked
from tests.ui.visitor import choose, go, opened
from workbench import cli
from workbench.case import folder
from workbench.case.entry import EntryKind
from workbench.case.model import (
    Assumption,
    Case,
    Consistency,
    Indicator,
    Rating,
    Source,
)
from workbench.grid.payload import KEYS
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.desk import Desk, judgments_of
from workbench.record.ledger import Ledger, default_url
from workbench.record.rights import Role
from workbench.record.shelves import FolderShelf
from workbench.report import FORMATS
from workbench.report.content.sections import TITLES
from workbench.ui import guide_parts, items
from workbench.ui.controls import literal
from workbench.ui.state import item_read, read_case

PAGES = (
    "question",
    "evidence",
    "matrix",
    "robustness",
    "probability",
    "watch",
    "history",
    "report",
    "guide",
)
HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x","y")',
    "]#panic()",
    ":red[x]",
    "$x$",
    "![](http://x)",
    ":material/home: :streamlit: -> www.x.com",
    "\u202egnp.exe",
    "| a | b |",
    "long " * 1000,
    "\U0001f600",
)


# ------------------------------------------------------------------ tools


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder that the app will serve."""
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "analyst-1")
    return tmp_path


def write(place: Path, case: Case) -> None:
    folder.write(place, case)


def three_items() -> Case:
    return make_case(
        "E1: CC I N", "E2: C N II", "E3: I C C", sources={"e1": "a", "e2": "a"}
    )


def judgments(place: Path):
    case = folder.load(place)
    with closing(Ledger(default_url(place))) as ledger:
        return judgments_of(ledger, case, "analyst-1")


def everything(app: AppTest) -> Iterator[Element]:
    """Walk over all elements of a page."""
    blocks = [app._tree]
    while blocks:
        for child in blocks.pop().children.values():
            if hasattr(child, "children"):
                blocks.append(child)
            else:
                yield child


def markdown(app: AppTest) -> Iterator[str]:
    """Give every text of a page that Streamlit reads as Markdown."""
    for element in everything(app):
        proto = element.proto
        kind = element.type
        if kind in ("markdown", "caption", "title", "header", "subheader", "badge"):
            yield proto.body
        for field in ("label", "help", "title"):
            text = getattr(proto, field, "")
            if isinstance(text, str):
                yield text
        if kind in ("success", "warning", "info", "error"):
            yield proto.body


def everywhere(text: str) -> Case:
    """Make a case with one text in every field that takes any text."""
    case = make_case("E1: CC I N", "E2: C N II", "E3: I C C", status={"h3": "parked"})
    source = Source(
        "s",
        text,
        publisher=text,
        author=text,
        kind=text,
        url=text,
        archived=text,
        interest=text,
    )
    cited = make_case("E1: CC", sources={"e1": "s"}).evidence[0].sources
    seen = {"h1": Rating(Consistency.CC, text)}
    return replace(
        case,
        question=replace(
            case.question,
            question=text,
            title=text,
            background=text,
            handling=text,
            assumptions=(Assumption(text, text, "low", text, ("h1",)),),
        ),
        hypotheses=tuple(
            replace(
                one,
                title=text,
                statement=text,
                predicts=(Indicator(text, ratings=seen, item="e1"),),
                refuted_by=(text,),
            )
            for one in case.hypotheses
        ),
        sources=(source,),
        evidence=tuple(
            replace(
                one,
                title=text,
                statement=text,
                caveat=text,
                tags=(text,),
                origin="shared",
                sources=cited or one.sources,
                ratings={
                    h: Rating(r.consistency, text) for h, r in one.ratings.items()
                },
            )
            for one in case.evidence
        ),
    )


# ------------------------------------------------------------------ all pages


def test_every_page_of_a_small_case_opens_and_none_says_what_a_score_cannot(
    place: Path,
) -> None:
    write(place, three_items())
    app = opened()
    for page in PAGES:
        said = "\n".join(markdown(go(app, page))).lower()
        for claim in ("winner", "most likely", "the likeliest"):
            assert claim not in said, page


def test_every_page_opens_on_an_empty_case(place: Path) -> None:
    write(place, replace(three_items(), evidence=(), hypotheses=(), sources=()))
    app = opened()
    for page in PAGES:
        go(app, page)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_a_hostile_text_is_only_text_on_every_page(place: Path, text: str) -> None:
    write(place, everywhere(text))
    app = opened()
    written = " ".join(text.split())
    for page in PAGES:
        go(app, page)
        if literal(written) == written:  # nothing in it to escape
            continue
        for body in markdown(app):
            assert written not in body, f"{page}: {body[:300]}"


@pytest.mark.parametrize("text", ["**a** ![x](y)", ":red[x] $y$ www.x.com"])
def test_a_fault_that_names_a_file_shows_the_name_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """The case was taken away."""
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path / text))
    app = opened()
    (said,) = app.error
    assert text not in said.value
    assert literal(text) in said.value


@pytest.mark.parametrize(
    "text", [":material/home:", ":streamlit:", "a->b", "a--b", "www.x.com", "a@b.com"]
)
def test_what_streamlit_replaces_after_the_markdown_is_parted(text: str) -> None:
    # A backslash does not help against these: they are looked for in the finished text.
    assert text not in re.sub(r"\\(.)", r"\1", literal(text))
    assert text == re.sub(r"\\(.)", r"\1", literal(text)).replace("\u2060", "")


@pytest.mark.parametrize("text", ["]#panic()", ":red[x]", "\\[x\\]", "\\\\]x", "$x$"])
def test_a_tag_cannot_leave_its_frame(place: Path, text: str) -> None:
    case = three_items()
    first, *others = case.evidence
    write(place, replace(case, evidence=(replace(first, tags=(text,)), *others)))
    app = opened("evidence")
    bodies = [body for body in markdown(app) if ":material/label:" in body]
    inside = bodies[0].split(":material/label:", 1)[1].strip()
    escaped = re.sub(r"\\(.)", "", inside.removesuffix("]"))
    assert not set(escaped) & set("[]$\\")
    assert re.sub(r"\\(.)", r"\1", inside).replace("\u2060", "") == f"{text}]"


# ------------------------------------------------------------------ question


def test_parked_hypotheses_are_told_as_not_scored(place: Path) -> None:
    write(place, make_case("E1: C I N", status={"h2": "parked", "h3": "rejected"}))
    app = opened("question")
    said = "\n".join(markdown(app))
    assert "Set aside, not scored" in said
    assert "parked, not scored" in said
    assert "rejected, not scored" in said


def test_hypotheses_that_are_all_parked_are_not_said_to_be_missing(place: Path) -> None:
    write(place, make_case("E1: C I", status={"h1": "parked", "h2": "rejected"}))
    told = opened().info[0]
    assert told.proto.title == "No hypothesis is active"
    assert "is kept and not scored" in told.value


def test_an_assumption_is_shown_with_its_parts_and_a_sign_with_its_ratings(
    place: Path,
) -> None:
    case = make_case("E1: C I N", "E2: I N C")
    first, *others = case.hypotheses
    rated = {"h1": Rating(Consistency.CC), "h2": Rating(Consistency.I)}
    sign = Indicator("A swell", ratings=rated, item="e2")
    held = Assumption("The log is whole", "Its ink", "moderate", "A new page", ("h2",))
    write(
        place,
        replace(
            case,
            question=replace(case.question, assumptions=(held, Assumption("So"))),
            hypotheses=(replace(first, predicts=(sign,)), *others),
        ),
    )
    said = unlinked("\n".join(markdown(opened("question"))))
    said = said.replace("\\", "")
    for text in (
        "- The log is whole  \n  *Held because:* Its ink.",
        "*Confidence in it:* moderate.",
        "*Breaks if:* A new page.",
        "*With it fall:* H2 Title of H2.",
        "*Were it seen:* CC for H1; I for H2 (diagnosticity 1.50)",
        "*Taken up as* E2 Title of E2",
    ):
        assert text in said


# ------------------------------------------------------------------ evidence


def test_two_changes_in_a_row_are_both_kept_and_the_page_can_be_left(
    place: Path,
) -> None:
    write(place, three_items())
    app = opened("evidence")
    for level in ("high", "low"):
        app.get_by_key("credibility:e1").set_value(level).run()
        assert judgments(place).credibility == {"e1": level}
        assert app.get_by_key("credibility:e1").value == level
    app.get_by_key("exclusion:e1").set_value(True).run()
    assert judgments(place).exclusions == {"e1": True}
    go(go(app, "guide"), "evidence")
    assert app.get_by_key("credibility:e1").value == "low"
    assert app.get_by_key("exclusion:e1").value is True


def test_the_published_value_is_a_return_to_the_baseline(place: Path) -> None:
    write(place, three_items())
    app = opened("evidence")
    app.get_by_key("relevance:e1").set_value("high").run()
    app.get_by_key("relevance:e1").set_value("medium").run()
    assert judgments(place).relevance == {}


def test_one_button_returns_all_that_the_panel_changed(place: Path) -> None:
    write(place, three_items())
    app = opened("evidence")
    app.get_by_key("relevance:e1").set_value("high").run()
    app.get_by_key("exclusion:e1").set_value(True).run()
    app.get_by_key("return:e1").click().run()
    assert judgments(place).relevance == {}
    assert judgments(place).exclusions == {}
    assert app.get_by_key("relevance:e1").value == "medium"


def type_origin(app: AppTest, text: str) -> None:
    box = app.get_by_key("origin:e1")
    box.options.append(text)  # the testing framework knows no new options
    box.set_value(text).run()


def test_an_origin_that_is_no_id_is_refused_and_changes_nothing(place: Path) -> None:
    write(place, three_items())
    app = opened("evidence")
    type_origin(app, "Not an id")
    assert "is no origin" in re.sub(r"\\(.)", r"\1", app.warning[0].value)
    assert app.get_by_key("origin:e1").value == ""
    type_origin(app, "one-report")
    assert not app.warning
    assert judgments(place).origins == {"e1": "one-report"}


def test_next_and_previous_follow_the_list(place: Path) -> None:
    write(place, three_items())
    app = opened("evidence")
    app.get_by_key("step_Next").click().run()
    app.get_by_key("step_Next").click().run()
    assert app.get_by_key("credibility:e3")
    assert app.get_by_key("step_Next").disabled
    app.get_by_key("step_Previous").click().run()
    assert app.get_by_key("credibility:e2")


def test_what_a_browser_sent_before_it_had_the_new_address_leads_nowhere_back(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(place, three_items())
    app = opened("evidence")
    back: list[bool] = []
    monkeypatch.setattr(item_read, "_goes_back", lambda: bool(back))
    for id_ in ("e2", "e3"):
        app.query_params["item"] = "e1"
        app.get_by_key("step_Next").click().run()
        app.query_params["item"] = "e1"
        app.run()
        assert app.get_by_key(f"credibility:{id_}")
    back.append(True)  # the way back in the browser
    app.query_params["item"] = "e1"
    app.run()
    assert app.get_by_key("credibility:e1")
    back.clear()
    app.get_by_key("step_Next").click().run()
    app.run()  # the browser has the address by now
    app.query_params["item"] = "e1"
    app.run()
    assert app.get_by_key("credibility:e1")


def test_every_shipped_item_opens_with_each_source_once_and_all_its_places(
    place: Path,
) -> None:
    """Several are cited from two places of one source."""
    case = folder.load(AT_FIRST)
    write(place, case)
    app = opened("evidence")
    cited = [[one.source for one in item.sources] for item in case.evidence]
    assert any(len(set(one)) < len(one) for one in cited)
    for item in case.evidence:
        app.query_params["item"] = item.id
        app.run()
        assert not app.exception
        said = "\n".join(markdown(app))
        assert f"#### {literal(item.label)} {literal(item.title)}" in said
        for one in item.sources:
            assert said.count(f"**{literal(case.source[one.source].spoken)}**") == 1
            assert literal(one.at) in said


def test_the_search_reads_reasons_and_tags_too() -> None:
    case = three_items()
    first, second, third = case.evidence
    because = {"h1": Rating(first.ratings["h1"].consistency, "As the harbour log says")}
    case = replace(
        case,
        evidence=(
            replace(first, ratings=because),
            replace(second, tags=("harbour",)),
            third,
        ),
    )
    own = make_judgments()
    assert labels(items.matching(case, own, items.Wanted("HARBOUR"))) == ["E1", "E2"]
    assert labels(items.matching(case, own, items.Wanted("harbour log"))) == ["E1"]
    assert labels(items.matching(case, own, items.Wanted(tag="harbour"))) == ["E2"]


def labels(found) -> list[str]:
    return [one.label for one in found]


def test_a_search_without_a_match_says_so(place: Path) -> None:
    write(place, three_items())
    app = opened("evidence")
    app.get_by_key("search").set_value("nowhere in it").run()
    assert "None of the 3 items" in app.info[0].value
    app.get_by_key("search").set_value("").run()
    assert not app.info


# ------------------------------------------------------------------ report


def test_each_format_can_be_chosen_and_looked_at(place: Path) -> None:
    write(place, three_items())
    app = opened("report")
    for to in FORMATS:
        app.get_by_key("report_format").set_value(to).run()
        app.get_by_key("report_preview").set_value(True).run()
        assert not app.exception, to


def test_the_date_of_the_report_can_be_set_twice(place: Path) -> None:
    write(place, three_items())
    app = opened("report")
    app.get_by_key("report_format").set_value("md").run()
    app.get_by_key("report_preview").set_value(True).run()
    for day in ("2026-01-02", "2026-03-04"):
        choose(app, "report_date", dt.date.fromisoformat(day))
        assert not app.exception
        told = "".join(one.value for one in [*app.markdown, *app.code])
        assert f"--date {day}" in told
    app.session_state["analyst"] = "somebody else"  # whose date it is not
    told = "".join(one.value for one in app.run().code)
    assert "--date " in told
    assert "--date 2026-03-04" not in told


def wrote(place: Path, part: str, text: str) -> None:
    """Write a part of the report as the form's own component does."""
    with closing(Ledger(default_url(place))) as ledger:
        desk = Desk(ledger, folder.load(place), "analyst-1")
        changes = [["narrative", part, None, text]]
        desk.change("form", desk.revision + 1, changes)


def test_parts_are_written_by_hand_changed_and_taken_out(place: Path) -> None:
    write(place, three_items())
    app = opened("report")
    for text in ("It was the storm.", "It was not the storm."):
        wrote(place, "bottom-line", text)
        app.run()
    assert judgments(place).narrative == {"bottom-line": text}
    app.session_state["report_by_hand"] = True  # unfolded
    app.run()
    for level in ("low", "high"):
        app.get_by_key("narrative_confidence").set_value(level).run()
        assert judgments(place).narrative["confidence"] == level
    app.get_by_key("report_format").set_value("md").run()
    app.get_by_key("report_preview").set_value(True).run()
    assert "> It was not the storm" in app.code[0].value
    assert "Confidence in this judgment is high" in app.code[0].value
    app.get_by_key("narrative_confidence").set_value("not stated").run()
    assert judgments(place).narrative == {"bottom-line": "It was not the storm."}
    assert not app.exception


def test_what_the_report_lacks_follows_what_is_written(place: Path) -> None:
    write(place, three_items())
    app = opened("report")
    gap = literal("nothing is said of what follows for the reader")
    assert not any(gap in body for body in markdown(app))
    app.session_state["report_standards"] = True  # unfolded
    app.run()
    assert any(gap in body for body in markdown(app))
    wrote(place, "implications", "Watch the border.")
    app.run()
    assert not any(gap in body for body in markdown(app))


def test_a_doubt_about_a_standing_is_confirmed_struck_and_left_open(
    place: Path,
) -> None:
    write(place, three_items())
    app = opened("report")
    app.session_state["report_firm"] = True  # unfolded
    app.run()
    keys = [one.key for one in app.button_group if one.key and "certainty:" in one.key]
    assert keys
    _, hypothesis, doubt = keys[0].split(":")
    for choice in ("confirmed", "struck"):
        app.get_by_key(keys[0]).set_value(choice).run()
        assert judgments(place).certainty == {(hypothesis, doubt): choice}
    app.get_by_key(keys[0]).set_value("open").run()
    assert judgments(place).certainty == {}
    assert not app.exception


def test_a_brief_is_chosen_on_the_page_and_offered_where_there_is_one(
    place: Path,
) -> None:
    write(place, three_items())
    app = opened("report")
    app.get_by_key("report_format").set_value("md").run()
    app.get_by_key("report_preview").set_value(True).run()
    app.get_by_key("report_length").set_value("Brief").run()
    assert "## Verdict" in app.code[0].value
    app.get_by_key("report_length").set_value("Whole").run()
    assert "## The matrix" in app.code[0].value
    app.get_by_key("report_length").set_value("Brief").run()
    app.get_by_key("report_format").set_value("csv").run()
    assert "A brief comes as html, pdf, docx and md" in app.info[0].value
    assert not app.exception


def test_the_sections_of_the_report_are_chosen(place: Path) -> None:
    write(place, three_items())
    app = opened("report")
    app.session_state["report_fold"] = True  # unfolded
    app.get_by_key("report_format").set_value("md").run()
    app.get_by_key("report_preview").set_value(True).run()
    for chosen in (["ranking"], ["ranking", "method"]):
        app.get_by_key("report_sections").set_value(chosen).run()
        titles = re.findall("^## (.*)$", app.code[0].value, re.MULTILINE)
        assert titles == [TITLES[id_] for id_ in chosen]
    app.session_state["report_fold"] = False
    folded = re.findall("^## (.*)$", app.run().code[0].value, re.MULTILINE)
    assert folded == titles  # what was chosen holds, folded away too
    app.session_state["report_fold"] = True
    app.run().get_by_key("report_sections").set_value([]).run()
    assert "at least one section" in app.info[0].value
    assert app.get_by_key("publish_preview").value is False


def preview_of_a_change() -> AppTest:
    app = opened("evidence")
    app.get_by_key("step_Next").click().run()
    app.get_by_key("credibility:e2").set_value("high").run()
    go(app, "report")
    return app.get_by_key("publish_preview").set_value(True).run()


def test_publishing_writes_the_files_and_returns_the_ledger_to_the_baseline(
    place: Path,
) -> None:
    write(place, three_items())
    app = preview_of_a_change()
    assert "+credibility: high" in "\n".join(code.value for code in app.code)
    app.get_by_key("publish").click().run()
    assert not app.exception
    assert "Published" in app.success[0].value
    assert folder.load(place).item["e2"].credibility == "high"
    assert judgments(place).credibility == {}
    assert "nothing to publish" in app.info[0].value


def test_nothing_is_written_over_a_file_that_changed_meanwhile(place: Path) -> None:
    write(place, three_items())
    app = preview_of_a_change()
    file = place / "evidence" / "e2.yaml"
    file.write_text(file.read_text() + "caveat: Written by someone else.\n")
    before = file.read_text()
    app.get_by_key("publish").click().run()
    assert not app.exception
    assert "changed since it was read" in app.warning[0].value
    assert file.read_text() == before
    assert judgments(place).credibility == {"e2": "high"}


def test_what_was_judged_since_the_preview_is_not_published_unseen(
    place: Path,
) -> None:
    write(place, three_items())
    app = preview_of_a_change()
    with closing(Ledger(default_url(place))) as ledger:
        Desk(ledger, folder.load(place), "analyst-1").change(
            "other-tab", 1, [[EntryKind.RELEVANCE.value, "e1", None, "low"]]
        )
    app.get_by_key("publish").click().run()
    assert "changed since the preview" in app.warning[0].value
    assert folder.load(place).item["e2"].credibility == "medium"


def test_emphases_are_named_as_what_cannot_be_published(place: Path) -> None:
    write(place, three_items())
    with closing(Ledger(default_url(place))) as ledger:
        Desk(ledger, folder.load(place), "analyst-1").change(
            "page", 1, [[EntryKind.EMPHASIS.value, "e1", None, 1.5]]
        )
    app = opened("report")
    app.get_by_key("publish_preview").set_value(True).run()
    assert any("emphasis 1" in body for body in markdown(app))
    assert "nothing to publish" in app.info[0].value


def test_files_that_changed_are_read_with_the_next_page(place: Path) -> None:
    write(place, three_items())
    app = opened()
    file = place / "hypotheses" / "_question.yaml"
    for question in ("Why was it moved?", "Who moved it after all?"):
        file.write_text(f"question: {question}\ntitle: It\nformat: 1\n")
        go(app, "question")
        assert question in app.markdown[0].value.replace("\\", "")


def test_what_was_published_is_shown_as_the_baseline_at_once(place: Path) -> None:
    write(place, three_items())
    app = preview_of_a_change()
    app.get_by_key("publish").click().run()
    go(app, "evidence")
    assert app.get_by_key("credibility:e2").value == "high"


# ------------------------------------------------------------------ guide


def test_the_guide_names_every_key_of_the_grid(place: Path) -> None:
    write(place, three_items())
    app = opened("guide")
    app.session_state["guide_part"] = "Keys"
    said = "\n".join(markdown(app.run()))
    for name, keys in KEYS:
        assert f"**{name}** | {literal(keys)} |" in said


def test_each_part_of_the_guide_is_drawn_when_it_is_turned_to(place: Path) -> None:
    write(place, three_items())
    app = opened("guide")
    for part, there in (
        ("The method", "#### The scale"),
        ("Worked cases", "#### What it teaches"),
        ("The numbers", "#### Flags"),
        ("Keys", "These work in the grid"),
        ("Files and commands", "#### Commands"),
        ("The method", "#### A small example"),
    ):
        app.session_state["guide_part"] = part
        said = "\n".join(markdown(app.run()))
        assert not app.exception
        assert there in said
        assert ("#### Commands" in said) == (part == "Files and commands")


def test_the_guide_names_every_command() -> None:
    assert [name for name, _ in guide_parts.COMMANDS] == commands()
    assert [name for name, _ in guide_parts.ROLES] == list(Role)


def test_what_the_guide_says_of_its_example_is_so() -> None:
    case = guide_parts.EXAMPLE
    now = assess(build(case))
    assert now.ranking == (("collision",), ("storm",))
    assert now.evidence[0].weight == now.evidence[3].weight
    assert now.evidence[3].diagnosticity == 0
    without = assess(build(replace(case, evidence=case.evidence[1:])))
    assert without.leaders == ("storm",)


def commands() -> list[str]:
    """List the commands that the command line knows, with the actions of each."""
    found = []
    for name, parser in _subparsers(cli.parser()).items():
        found += [f"{name} {action}" for action in _subparsers(parser)] or [name]
    return found


def _subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def test_what_is_loaded_is_frozen_once_and_no_later_version_of_a_case_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write(tmp_path / "case", make_case("E1: C I", "E2: I C"))
    frozen = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(gc.get_freeze_count()))
    read_case._freeze.clear()
    shelf = FolderShelf(tmp_path / "case")
    versions = [weakref.ref(read_case._case("case", v, shelf)) for v in "abc"]
    assert len(frozen) == 1
    read_case._case.clear()
    gc.collect()
    assert [version() for version in versions] == [None, None, None]


# ------------------------------------------------------------------ words


def read(app: AppTest) -> Iterator[str]:
    """Give every text of a page as it is read, options and tables included."""
    for text in markdown(app):
        yield re.sub(r"\]\([^)]*\)", "]", text)
    for element in everything(app):
        yield from map(str, getattr(element.proto, "options", ()))
        if element.type == "arrow_data_frame":
            yield element.value.to_string(index=False)


def test_nobody_meets_a_files_name_as_prose(place):
    case = folder.load(AT_FIRST)
    write(place, case)
    names = {one.id for one in (*case.evidence, *case.hypotheses, *case.sources)}
    names |= {one.origin for one in case.evidence}
    names |= {tag for one in case.evidence for tag in one.tags}
    slugs = {one for one in names if "-" in one}
    app = opened()
    found = {
        (page, slug, text[:80])
        for page in PAGES
        for text in read(go(app, page))
        for slug in slugs
        if re.search(rf"(?<![\w-]){re.escape(slug)}(?![\w-])", text.replace("\\", ""))
    }
    assert found == set()
