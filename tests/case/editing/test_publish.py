"""Publishing judgments: the intended values, and everything else byte for byte."""

import itertools
import textwrap
from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings, strategies

from tests.builders import make_case, make_judgments
from tests.case.drawn import IDS, LEVELS, TEXTS, cases
from workbench.case import folder
from workbench.case.document import evidence_document
from workbench.case.editing import plan as editing
from workbench.case.editing import publish
from workbench.case.editing.plan import read_texts
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Rating
from workbench.errors import WorkbenchError

ITEM = """\
# How strong was the contingent?
label: E1   # first
title: Contingent strength
statement: >
  About 2,000 soldiers
  were there.

# What it counts for.
kind: evidence
credibility: high  # two sources
relevance: medium
ratings:
  # asked of each in turn
  h1: {rating: C, because: "so it says"}  # note 1
  h2: N   # note 2
  h3:
    rating: I
    # why
    because: >-   # head
      For a reason that is
      told over lines.

caveat: >
  None.
"""


def a_case(tmp_path, item=ITEM):
    if not folder.is_case(tmp_path):
        folder.write(tmp_path, make_case("E1: - - -"))
    (tmp_path / "evidence" / "e1.yaml").write_bytes(item.encode())
    return folder.load(tmp_path)


def published(tmp_path, judgments, item=ITEM):
    case = a_case(tmp_path, item)
    found = publish.plan(read_texts(tmp_path), case, judgments)
    editing.apply(tmp_path, found.files)
    text = (tmp_path / "evidence" / "e1.yaml").read_bytes().decode()
    assert not any(editing.REWRITTEN in one.changes for one in found.files)
    return text, folder.load(tmp_path).evidence[0]


def rated(hypothesis, code, because=""):
    own = Rating(Consistency(code), because) if code else None
    return Judgments(ratings={("e1", hypothesis): own})


@pytest.mark.parametrize(
    ("judgments", "was", "now"),
    [
        (rated("h1", "II", "But"), 'C, because: "so it says"', "II, because: But"),
        (rated("h1", "II"), '{rating: C, because: "so it says"}', "{rating: II}"),
        (rated("h1", "C", "yes: so"), '"so it says"', "'yes: so'"),
        (rated("h1", ""), '  h1: {rating: C, because: "so it says"}  # note 1\n', ""),
        (rated("h2", "CC"), "h2: N ", "h2: CC "),
        (rated("h2", "CC", "as"), "h2: N ", "h2: {rating: CC, because: as} "),
        (rated("h2", ""), "  h2: N   # note 2\n", ""),
        (
            rated("h3", "I", "Short."),
            "because: >-   # head\n      For a reason that is\n      told over lines.",
            "because: Short.   # head",
        ),
        (
            rated("h3", "II"),
            ITEM[ITEM.index("rating: I\n") : ITEM.index("\ncaveat")],
            "rating: II\n    # why\n",
        ),
        (Judgments(credibility={"e1": "low"}), ": high  #", ": low  #"),
        (Judgments(relevance={"e1": 0.5}), "relevance: medium", "relevance: 0.5"),
        (
            Judgments(origins={"e1": "one-report"}),
            "kind: evidence\n",
            "kind: evidence\norigin: one-report\n",
        ),
        (
            Judgments(exclusions={"e1": True}),
            "ratings:\n",
            "status: set-aside\nratings:\n",
        ),
    ],
)
def test_only_what_was_judged_changes_in_the_file(tmp_path, judgments, was, now):
    assert ITEM.count(was) == 1
    text, item = published(tmp_path, judgments)
    assert text == ITEM.replace(was, now)
    case = a_case(tmp_path)
    assert item == publish.published(case, case.evidence[0], judgments)


@pytest.mark.parametrize(
    ("item", "judgments", "expected"),
    [
        ("ratings: {h1: C, h3: N}", rated("h2", "I"), "ratings: {h1: C, h2: I, h3: N}"),
        ("ratings: {h2: C}", rated("h1", "I"), "ratings: {h1: I, h2: C}"),
        ("ratings: {h1: C, h2: N}", rated("h1", ""), "ratings: {h2: N}"),
        ("ratings: {h1: C, h2: N}", rated("h2", ""), "ratings: {h1: C}"),
        ("ratings: {h1: C}", rated("h1", ""), ""),
        ("ratings: {\n  h1: C,\n}", rated("h1", ""), ""),
        ("ratings: {h1: C,}", rated("h2", "N"), "ratings: {h1: C, h2: N,}"),
        ("ratings: {}", rated("h1", "I"), "ratings:\n  h1: I"),
        ("ratings:", rated("h1", "I"), "ratings:\n  h1: I"),
        ("ratings:  # none yet", rated("h1", "I"), "ratings:  # none yet\n  h1: I"),
        ("tags: [a]", rated("h1", "I"), "tags: [a]\nratings:\n  h1: I"),
        ("ratings:\n    h1: C", rated("h2", "I"), "ratings:\n    h1: C\n    h2: I"),
        (
            "ratings:\n  h1: C\n  # z\n  h3: N",
            rated("h2", "I", "A."),
            "ratings:\n  h1: C\n  h2:\n    rating: I\n    because: A.\n  # z\n  h3: N",
        ),
        ("origin: a  # why", Judgments(origins={"e1": "b"}), "origin: b  # why"),
        ("origin:", Judgments(origins={"e1": "b"}), "origin: b"),
        ("origin: a", Judgments(origins={"e1": ""}), ""),
        (
            "status: set-aside",
            Judgments(exclusions={"e1": False}),
            "status: active",
        ),
        (
            '"relevance" : "low"',
            Judgments(relevance={"e1": "high"}),
            '"relevance" : high',
        ),
        (
            "credibility:\n  low\nrelevance: high",
            Judgments(credibility={"e1": "high"}),
            "credibility:\n  high\nrelevance: high",
        ),
    ],
)
def test_every_style_is_edited_in_place(tmp_path, item, judgments, expected):
    head = "label: E1\ntitle: T\nstatement: S\nkind: evidence\n"
    around = itertools.product(["\n", "\r\n"], ["", "\ufeff"], ["", "\n", "\n# end\n"])
    for newline, bom, end in around:

        def text(body, newline=newline, bom=bom, end=end):
            return bom + (head + body + end).replace("\n", newline)

        found, read = published(tmp_path, judgments, text(item))
        if expected:
            assert found.rstrip() == text(expected).rstrip()
        else:  # the line goes with its end
            whole = head + end.removeprefix("\n")
            assert found == bom + whole.replace("\n", newline)
        assert found.count("\n") == found.count(newline)
        case = a_case(tmp_path, text(item))
        assert read == publish.published(case, case.evidence[0], judgments)


def test_a_whole_file_in_braces_is_edited_in_place(tmp_path):
    item = (
        '{"label": "E1", "title": "T", "statement": "S", "kind": "evidence",\n'
        ' "ratings": {"h1": "C"}}\n'
    )
    judgments = replace(rated("h1", "II", "why, so"), exclusions={"e1": True})
    text, _ = published(tmp_path, judgments, item)
    assert text == item.replace(
        '"C"', '{"rating": "II", "because": "why, so"}'
    ).replace('"evidence"', '"evidence", "status": "set-aside"')


def test_a_form_that_cannot_be_edited_by_place_is_written_anew_and_said(
    tmp_path, monkeypatch
):
    item = ITEM.replace("h2: N", "h2: &n N").replace("rating: I\n", "rating: *n\n")
    case = a_case(tmp_path, item)
    found = publish.plan(read_texts(tmp_path), case, rated("h3", "II", "Why."))
    assert editing.REWRITTEN not in found.files[0].changes
    monkeypatch.setattr(editing, "respelled", lambda _text: iter(()))
    found = publish.plan(read_texts(tmp_path), case, rated("h3", "II", "Why."))
    assert editing.REWRITTEN in found.files[0].changes
    editing.apply(tmp_path, found.files)
    after = folder.load(tmp_path).evidence[0]
    assert after.ratings["h3"] == Rating(Consistency.II, "Why.")
    assert after.ratings["h2"] == Rating(Consistency.N)


def test_the_plan_says_in_words_what_changes_and_what_has_no_place(tmp_path):
    case = a_case(tmp_path)
    judgments = Judgments(
        ratings={
            ("e1", "h1"): Rating(Consistency.II),
            ("e1", "h2"): None,
            ("e1", "h3"): Rating(Consistency.I, "Another reason."),
        },
        credibility={"e1": 0.25},
        origins={"e1": "one-report"},
        exclusions={"e1": True},
        emphases={"e1": 0.5},
    )
    found = publish.plan(read_texts(tmp_path), case, judgments)
    assert found.files[0].changes == (
        f"E1 against H1: C becomes II; {publish.DROPPED}",
        "E1 against H2: N is taken out",
        "E1 against H3: I stays, with another reason",
        "E1: origin none becomes one-report",
        "E1: credibility high becomes 0.25",
        "E1: set aside",
    )
    assert found.kept == ("E1: emphasis 0.5",)


def test_the_emphasis_of_a_source_is_listed_as_kept(tmp_path):
    case = make_case("E1: C N", sources={"e1": "s"})
    folder.write(tmp_path, case)
    found = publish.plan(
        read_texts(tmp_path), case, Judgments(source_emphases={"s": 2.0})
    )
    assert (found.files, found.kept) == ((), ("Name of s: emphasis 2",))


def test_the_difference_shows_the_changed_lines_alone(tmp_path):
    case = a_case(tmp_path)
    found = publish.plan(read_texts(tmp_path), case, rated("h2", "CC"))
    shown = editing.difference(found.files).splitlines()
    assert shown[:2] == ["--- a/evidence/e1.yaml", "+++ b/evidence/e1.yaml"]
    changed = [line for line in shown[2:] if line.startswith(("-", "+"))]
    assert changed == ["-  h2: N   # note 2", "+  h2: CC   # note 2"]


def test_a_file_changed_since_the_preview_is_not_overwritten(tmp_path):
    case = make_case("E1: C N", "E2: C N")
    folder.write(tmp_path, case)
    judgments = make_judgments({("e1", "h1"): "I", ("e2", "h1"): "I"})
    found = publish.plan(read_texts(tmp_path), case, judgments)
    second = tmp_path / "evidence" / "e2.yaml"
    second.write_text(second.read_text() + "# a colleague's note\n")
    with pytest.raises(WorkbenchError, match=r"e2\.yaml: changed since it was read"):
        editing.apply(tmp_path, found.files)
    assert folder.load(tmp_path) == case


def test_a_file_changed_since_the_case_was_read_is_not_planned_over(tmp_path):
    case = a_case(tmp_path)
    path = tmp_path / "evidence" / "e1.yaml"
    path.write_text(ITEM.replace("h2: N", "h2: C"))
    with pytest.raises(WorkbenchError, match="no longer says"):
        publish.plan(read_texts(tmp_path), case, rated("h1", "I"))


def test_a_file_that_has_gone_is_said(tmp_path):
    case = a_case(tmp_path)
    (tmp_path / "evidence" / "e1.yaml").unlink()
    with pytest.raises(WorkbenchError, match=r"e1\.yaml: cannot be read"):
        publish.plan(read_texts(tmp_path), case, rated("h1", "I"))


@pytest.mark.parametrize("hypothesis", ["h1", "h2", "h3"])
def test_a_reason_that_no_file_can_hold_is_refused_with_its_place(tmp_path, hypothesis):
    case = a_case(tmp_path)
    with pytest.raises(WorkbenchError, match=r"evidence/e1\.yaml: .*U\+0007"):
        publish.plan(read_texts(tmp_path), case, rated(hypothesis, "I", "bell\a"))


def test_a_level_that_no_file_can_hold_is_refused_with_its_place(tmp_path):
    case = a_case(tmp_path)
    with pytest.raises(WorkbenchError, match=r"evidence/e1\.yaml: no file of a case"):
        publish.plan(read_texts(tmp_path), case, Judgments(relevance={"e1": 1e300}))


@pytest.mark.parametrize("because", ["a\x85b", "a\u2028b", "a\nb", "a\r\nb", "#", "}"])
@pytest.mark.parametrize("hypothesis", ["h1", "h2", "h3"])
def test_reasons_that_yaml_finds_hard_are_written_in_place(
    tmp_path, hypothesis, because
):
    _, item = published(tmp_path, rated(hypothesis, "I", because))
    assert item.ratings[hypothesis].because == because


def test_judgments_of_the_baseline_change_no_file(tmp_path):
    case = a_case(tmp_path)
    same = replace(rated("h2", "N"), credibility={"e1": "high"}, origins={"e1": ""})
    for judgments in (Judgments(), same):
        assert publish.plan(read_texts(tmp_path), case, judgments).files == ()


# ------------------------------------------------------------------ properties


def scalar(text):
    return yaml.safe_dump(
        [text], default_style='"', allow_unicode=True, width=float("inf")
    )[2:-1]


@strategies.composite
def written(draw, item):
    """Write an item by hand: comments everywhere, each rating in a style of its own."""
    lines, notes = [], []

    def note(before=""):
        notes.append(f"# note {len(notes)}")
        return before + notes[-1]

    for key, value in evidence_document(item).items():
        if draw(strategies.booleans()):
            lines.append(note())
        if key != "ratings":
            lines += folder.dump({key: value}).rstrip("\n").split("\n")
            continue
        flow = draw(strategies.booleans())
        lines.append("ratings: {" if flow else note("ratings:  "))
        for id_, one in value.items():
            if not flow and draw(strategies.booleans()):
                lines.append(note("  "))
            lines += rating_lines(draw, id_, one, flow)
        lines += ["}"] if flow else []
    return "\n".join(lines) + "\n", notes


def rating_lines(draw, id_, one, flow):
    key = scalar(id_) if id_.isdigit() else id_
    comma = "," if flow else ""
    if "because" not in one and draw(strategies.booleans()):
        return [f"  {key}: {one['rating']}{comma}"]
    if flow or draw(strategies.booleans()):
        because = f", because: {scalar(one['because'])}" if "because" in one else ""
        return [f"  {key}: {{rating: {one['rating']}{because}}}{comma}"]
    body = textwrap.indent(folder.dump(one).rstrip("\n"), " " * 6)
    return [f"  {key}:", *body.split("\n")]


@strategies.composite
def judgments_of(draw, case):
    items = [item.id for item in case.evidence]

    def some(keys, values):
        chosen = [key for key in keys if draw(strategies.booleans())]
        return {key: draw(values) for key in chosen}

    ratings = strategies.none() | strategies.builds(
        Rating, strategies.sampled_from(Consistency), strategies.just("") | TEXTS
    )
    cells = [(item, h.id) for item in items for h in case.hypotheses]
    return Judgments(
        ratings=some(cells, ratings),
        credibility=some(items, LEVELS),
        relevance=some(items, LEVELS),
        emphases=some(items, strategies.floats(0, 2)),
        origins=some(items, strategies.just("") | IDS),
        exclusions=some(items, strategies.booleans()),
    )


@settings(max_examples=60)
@given(strategies.data(), cases())
def test_publishing_makes_the_judgments_the_case_and_keeps_every_comment(
    tmp_path_factory, data, case
):
    where = tmp_path_factory.mktemp("case")
    folder.write(where, case)
    notes = {}
    for item in case.evidence:
        text, notes[item.id] = data.draw(written(item))
        (where / "evidence" / f"{item.id}.yaml").write_bytes(text.encode())
    case = folder.load(where)
    judgments = data.draw(judgments_of(case))
    found = publish.plan(read_texts(where), case, judgments)
    editing.apply(where, found.files)
    intended = [publish.published(case, item, judgments) for item in case.evidence]
    after = folder.load(where)
    assert after == replace(case, evidence=tuple(intended))
    for item in case.evidence:
        text = (where / "evidence" / f"{item.id}.yaml").read_bytes().decode()
        assert all(f"{note}\n" in text for note in notes[item.id]), text
    rest = Judgments(emphases=judgments.emphases)
    assert publish.plan(read_texts(where), after, rest).files == ()
