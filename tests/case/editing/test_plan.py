"""A case becomes another: the intended values, and every other line as it was."""

import difflib
import itertools
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from tests.builders import make_case
from tests.case.drawn import DATES, FILLED, LEVELS, TEXTS, cases
from workbench.case import folder
from workbench.case.document import evidence_document
from workbench.case.editing import plan as editing
from workbench.case.editing import together
from workbench.case.editing.plan import Renamed
from workbench.case.editing.requests import carry_out
from workbench.case.model import Citation, Consistency, Kind, Rating
from workbench.errors import WorkbenchError

ROOT = Path(__file__).parents[3]
SHIPPED = folder.load(ROOT)
TEXTS_OF_SHIPPED = editing.read_texts(ROOT)
LONG = (
    "A statement that is long enough to be folded over several lines, as one that an "
    "analyst would write after reading the source with some care, and then again."
)


def planned(before, after, texts=TEXTS_OF_SHIPPED, **renamed):
    return editing.plan(texts, before, after, Renamed(**renamed))


def edited(item, **fields):
    changed = tuple(
        replace(one, **fields) if one.id == item.id else one for one in SHIPPED.evidence
    )
    return replace(SHIPPED, evidence=changed)


def lines_between(change):
    """Give the lines that go and the lines that come, without their ends."""
    old, new = change.old.splitlines(), change.new.splitlines()
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    gone = [line for tag, a, b, _, _ in steps if tag != "equal" for line in old[a:b]]
    come = [line for tag, _, _, c, d in steps if tag != "equal" for line in new[c:d]]
    return gone, come


def value_lines(text, key):
    """Give the lines on which a top-level key and its value stand."""
    found, inside = [], False
    for line in text.splitlines():
        if not line.startswith(" "):
            inside = line.startswith(f"{key}:")
        if inside:
            found.append(line)
    return found


FIELDS = {
    "title": "Another title",
    "statement": LONG,
    "kind": Kind.ABSENCE,
    "date": None,
    "tags": ("one", "two words"),
    "origin": "some-report",
    "grade": "C3",
    "credibility": 0.25,
    "relevance": "low",
    "status": "set-aside",
    "caveat": LONG,
}


@pytest.mark.parametrize("key", FIELDS)
def test_a_field_of_a_shipped_item_is_set_and_no_other_line_is_touched(key):
    for item in SHIPPED.evidence:
        value = FIELDS[key]
        if getattr(item, key) == value:
            value = {"kind": Kind.ASSUMPTION, "relevance": "high"}.get(key, value)
        changes = planned(SHIPPED, edited(item, **{key: value}))
        if getattr(item, key) == value:
            assert changes == ()
            continue
        (change,) = changes
        assert change.file == f"evidence/{item.id}.yaml"
        assert editing.REWRITTEN not in change.changes
        gone, come = lines_between(change)
        assert set(gone) <= set(value_lines(change.old, key))
        assert set(come) <= set(value_lines(change.new, key))


def test_a_field_of_a_shipped_item_is_cleared_with_its_lines():
    for item in SHIPPED.evidence:
        emptied = {"tags": (), "origin": "", "grade": "", "caveat": "", "date": None}
        for key, empty in {**emptied, "sources": ()}.items():
            for change in planned(SHIPPED, edited(item, **{key: empty})):
                gone, come = lines_between(change)
                assert (gone, come) == (value_lines(change.old, key), [])


def test_lists_of_a_shipped_item_grow_and_shrink_by_their_own_lines():
    for item in SHIPPED.evidence:
        source = SHIPPED.sources[-1].id
        cited = (*item.sources, Citation(source, "par. 99"))
        (grown,) = planned(SHIPPED, edited(item, sources=cited))
        gone, come = lines_between(grown)
        assert len(come) == 1
        assert "par. 99" in come[0]
        if item.sources:
            assert all(line.startswith("sources: [") for line in gone)
        if len(item.sources) > 1:
            (shrunk,) = planned(SHIPPED, edited(item, sources=item.sources[1:]))
            gone, come = lines_between(shrunk)
            flow = shrunk.old.count("sources: [")
            assert (len(gone), len(come)) == (1, flow)
        tagged = ("first", *item.tags)
        (grown,) = planned(SHIPPED, edited(item, tags=tagged))
        assert editing.REWRITTEN not in grown.changes
        assert value_lines(grown.new, "tags")[0].startswith("tags:")
        assert len(lines_between(grown)[0]) <= 1


def test_the_reason_of_a_shipped_cell_is_changed_where_it_stands():
    for item in SHIPPED.evidence:
        for id_, rating in item.ratings.items():
            ratings = {**item.ratings, id_: Rating(rating.consistency, LONG)}
            (change,) = planned(SHIPPED, edited(item, ratings=ratings))
            gone, come = lines_between(change)
            assert editing.REWRITTEN not in change.changes
            assert " ".join(" ".join(come).split()).removeprefix("because: >- ") in (
                LONG,
                " ".join(LONG.split()),
            ) or set(come) <= set(value_lines(change.new, "ratings"))
            assert set(gone) <= set(value_lines(change.old, "ratings"))
            assert all(len(line) <= folder.WIDTH for line in come)


def test_a_list_in_brackets_stays_in_brackets():
    item = SHIPPED.item["early-election"]
    (change,) = planned(
        SHIPPED, edited(item, tags=("baku", "vote", "election", "mandate"))
    )
    assert "\ntags: [baku, vote, election, mandate]\n" in change.new


def test_a_new_citation_is_written_as_its_neighbours_are():
    item = next(one for one in SHIPPED.evidence if len(one.sources) > 1)
    assert "\nsources:\n" in TEXTS_OF_SHIPPED[f"evidence/{item.id}.yaml"]
    more = (*item.sources, Citation(item.sources[0].source, "par. 9"))
    (change,) = planned(SHIPPED, edited(item, sources=more))
    assert f"  - {{source: {more[-1].source}, at: par. 9}}\n" in change.new


# ------------------------------------------------------------------ acts of a case


def written(tmp_path, case):
    folder.write(tmp_path, case)
    return editing.read_texts(tmp_path)


def test_a_new_item_is_a_new_file_and_a_deleted_one_goes(tmp_path):
    before = make_case("E1: C N", "E2: I C")
    texts = written(tmp_path, before)
    after = replace(make_case("E1: C N", "E3: N II"), hypotheses=before.hypotheses)
    changes = editing.plan(texts, before, after)
    assert [(one.file, one.old is None, one.new is None) for one in changes] == [
        ("evidence/e2.yaml", False, True),
        ("evidence/e3.yaml", True, False),
    ]
    editing.apply(tmp_path, changes)
    assert folder.load(tmp_path) == after
    editing.apply(tmp_path, editing.backwards(changes))
    assert editing.read_texts(tmp_path) == texts


def test_a_new_item_is_written_in_short_where_that_says_all(tmp_path):
    before = make_case("E1: C N")
    after = make_case("E1: C N", "E2: N II")
    (change,) = editing.plan(written(tmp_path, before), before, after)
    assert change.new.endswith("ratings:\n  h1: N\n  h2: II\n")


def test_a_hypothesis_renamed_keeps_every_line_but_those_of_its_name(tmp_path):
    before = make_case("E1: C N", "E2: - I")
    texts = written(tmp_path, before)
    item = texts["evidence/e1.yaml"].replace("h1:\n", "h1:  # looked at twice\n")
    (tmp_path / "evidence/e1.yaml").write_text(item)
    texts = editing.read_texts(tmp_path)
    named = replace(before.hypotheses[0], id="storm")
    items = tuple(
        replace(
            one,
            ratings={("storm" if k == "h1" else k): v for k, v in one.ratings.items()},
        )
        for one in before.evidence
    )
    after = replace(before, hypotheses=(named, before.hypotheses[1]), evidence=items)
    changes = editing.plan(texts, before, after, Renamed(hypotheses={"h1": "storm"}))
    assert [one.file for one in changes] == [
        "evidence/e1.yaml",
        "hypotheses/h1.yaml",
        "hypotheses/storm.yaml",
    ]
    assert changes[0].new == item.replace("h1:", "storm:")
    assert changes[2].new == texts["hypotheses/h1.yaml"]
    editing.apply(tmp_path, changes)
    assert folder.load(tmp_path) == after


ALIASED = """\
label: E1
title: &said "The lamp, again"  # as told
statement: *said
kind: evidence
caveat: &odd >
  Nobody
  looked.
tags: [*said, dark]
ratings:
  h1: {rating: &code C, because: *odd}
  h2: *code
"""


@pytest.mark.parametrize(
    ("fields", "gone", "come"),
    [
        ({"caveat": ""}, 4, 1),
        ({"title": "Another"}, 3, 3),
        ({"statement": "Another"}, 1, 1),
        ({"tags": ("dark",)}, 1, 1),
        ({"kind": Kind.ABSENCE}, 1, 1),
        ({"ratings": {"h1": "I", "h2": "C"}}, 2, 2),
        ({"ratings": {"h1": "C", "h2": "I"}}, 1, 1),
    ],
)
def test_a_value_that_others_repeat_is_changed_by_its_own_lines(
    tmp_path, fields, gone, come
):
    written(tmp_path, make_case("E1: C C"))
    (tmp_path / "evidence/e1.yaml").write_text(ALIASED)
    before, texts = folder.load(tmp_path), editing.read_texts(tmp_path)
    (item,) = before.evidence
    assert (item.statement, item.ratings["h1"].because) == (item.title, item.caveat)
    if codes := fields.get("ratings"):
        kept = {
            h: replace(one, consistency=Consistency(codes[h]))
            for h, one in item.ratings.items()
        }
        fields = {"ratings": kept}
    after = replace(before, evidence=(replace(item, **fields),))
    (change,) = editing.plan(texts, before, after)
    assert editing.REWRITTEN not in change.changes
    assert [len(lines) for lines in lines_between(change)] == [gone, come]
    editing.apply(tmp_path, [change])
    assert folder.load(tmp_path) == after


def carriage_returns(text, every):
    """End every so many-th line as on old Macs."""
    lines = text.split("\n")
    ends = ["\r" if not at % every else "\n" for at in range(len(lines) - 1)]
    return "".join(line + end for line, end in zip(lines, [*ends, ""], strict=True))


@pytest.mark.parametrize("every", [1, 3])
@pytest.mark.parametrize("item", SHIPPED.evidence[::8], ids=lambda item: item.id)
def test_lines_that_end_as_on_old_macs_are_changed_as_others_are(item, every):
    file = f"evidence/{item.id}.yaml"
    old = carriage_returns(TEXTS_OF_SHIPPED[file], every)
    for key in ("title", "statement", "tags", "caveat"):
        after = edited(item, **{key: FIELDS[key]})
        (expected,) = planned(SHIPPED, after)
        (change,) = planned(SHIPPED, after, {**TEXTS_OF_SHIPPED, file: old})
        assert editing.REWRITTEN not in change.changes
        assert change.new.replace("\r", "\n") == expected.new
        _, come = lines_between(change)
        lines = change.new.splitlines(keepends=True)
        kept = {line for line in lines if line.rstrip("\r\n") not in come}
        assert kept < {*old.splitlines(keepends=True)}


def test_a_file_that_is_a_link_stays_one_and_its_target_changes(tmp_path):
    before = make_case("E1: C N")
    case, away = tmp_path / "case", tmp_path / "away"
    texts = written(case, before)
    away.mkdir()
    for linked in ("evidence/e1.yaml", "evidence/_sources.yaml"):
        target = away / Path(linked).name
        (case / linked).rename(target)
        (case / linked).symlink_to(target)
    changes = editing.plan(texts, before, make_case("E1: C II"))
    editing.apply(case, changes)
    assert folder.load(case) == make_case("E1: C II")
    assert (case / "evidence/e1.yaml").readlink() == away / "e1.yaml"
    assert sorted(one.name for one in away.iterdir()) == ["_sources.yaml", "e1.yaml"]
    editing.apply(case, editing.backwards(changes))
    assert editing.read_texts(case) == texts


def test_a_file_that_changed_meanwhile_is_shown_with_both_texts(tmp_path):
    before = make_case("E1: C N")
    texts = written(tmp_path, before)
    changes = editing.plan(texts, before, make_case("E1: C II"))
    theirs = texts["evidence/e1.yaml"] + "# a colleague's note\n"
    (tmp_path / "evidence/e1.yaml").write_text(theirs)
    with pytest.raises(editing.ChangedMeanwhile) as caught:
        editing.apply(tmp_path, changes)
    assert (caught.value.mine, caught.value.theirs) == (changes[0].new, theirs)
    assert (tmp_path / "evidence/e1.yaml").read_text() == theirs


def test_a_file_made_meanwhile_is_not_overwritten(tmp_path):
    before = make_case("E1: C N")
    changes = editing.plan(
        written(tmp_path, before), before, make_case("E1: C N", "E2: C N")
    )
    (tmp_path / "evidence/e2.yaml").write_text("label: E2\n")
    with pytest.raises(editing.ChangedMeanwhile, match=r"e2\.yaml: changed since"):
        editing.apply(tmp_path, changes)


def test_a_folder_that_cannot_be_written_is_said_and_keeps_its_files(tmp_path):
    before = make_case("E1: C N")
    texts = written(tmp_path, before)
    changes = editing.plan(texts, before, make_case("E1: C II"))
    shutil.rmtree(tmp_path / "evidence")
    (tmp_path / "evidence").write_text("a file where the folder was")
    with pytest.raises(WorkbenchError, match=r"evidence/e1\.yaml: "):
        editing.apply(tmp_path, changes)


LARGE = [HealthCheck.data_too_large, HealthCheck.too_slow]


@settings(max_examples=25, deadline=None, suppress_health_check=LARGE)
@given(cases(), cases())
def test_any_case_becomes_any_other_and_comes_back(tmp_path_factory, before, after):
    where = tmp_path_factory.mktemp("case")
    folder.write(where, before)
    texts = editing.read_texts(where)
    before = folder.load(where)
    changes = editing.plan(texts, before, after)
    editing.apply(where, changes)
    assert folder.load(where) == after
    assert editing.plan(editing.read_texts(where), after, after) == ()
    editing.apply(where, editing.backwards(changes))
    assert editing.read_texts(where) == texts


@settings(max_examples=25, deadline=None, suppress_health_check=LARGE)
@given(strategies.data(), cases())
def test_edits_in_place_are_never_written_anew_in_files_of_ours(
    tmp_path_factory, data, case
):
    where = tmp_path_factory.mktemp("case")
    folder.write(where, case)
    case = folder.load(where)
    items = tuple(
        replace(
            one,
            title=data.draw(FILLED),
            statement=data.draw(FILLED),
            tags=tuple(data.draw(strategies.lists(FILLED, max_size=3))),
            date=data.draw(DATES),
            caveat=data.draw(TEXTS),
            credibility=data.draw(LEVELS),
            ratings={
                h.id: Rating(data.draw(strategies.sampled_from(Consistency)), "")
                for h in case.hypotheses
            },
        )
        for one in case.evidence
    )
    after = replace(case, evidence=items)
    changes = editing.plan(editing.read_texts(where), case, after)
    editing.apply(where, changes)
    assert folder.load(where) == after
    assert not any(editing.REWRITTEN in one.changes for one in changes)


# ------------------------------------------------------------------ acts on items


def asked(request):
    """Give what an act changes of the shipped files, by their names."""
    done = carry_out(SHIPPED, request)
    changes = editing.plan(TEXTS_OF_SHIPPED, SHIPPED, done.case, done.renamed)
    assert not any(editing.REWRITTEN in one.changes for one in changes)
    return done, {one.file: one for one in changes}


PAIRS = list(itertools.pairwise(SHIPPED.evidence))


@pytest.mark.parametrize("pair", PAIRS[::4], ids=lambda pair: pair[0].id)
def test_a_merge_of_shipped_items_touches_the_two_and_the_lines_that_differ(pair):
    keep, gone = pair
    chosen = {
        id_: {
            "rating": gone.ratings[id_].consistency.value,
            "because": gone.ratings[id_].because,
        }
        for id_ in together.disagreements(SHIPPED, keep.id, gone.id)
    }
    request = {"act": "merge", "id": keep.id, "gone": gone.id, "chosen": chosen}
    done, changes = asked(request)
    kept, away = (f"evidence/{item.id}.yaml" for item in pair)
    assert set(changes) == {kept, away}
    assert changes[away].new is None
    before, after = (
        evidence_document(case.item[keep.id]) for case in (SHIPPED, done.case)
    )
    may = {key for key in {**before, **after} if before.get(key) != after.get(key)}
    gone_lines, come = lines_between(changes[kept])
    for lines, text in ((gone_lines, changes[kept].old), (come, changes[kept].new)):
        theirs = {line for key in may for line in value_lines(text, key)}
        assert set(lines) <= theirs
    same = [id_ for id_ in keep.ratings if id_ not in chosen]
    for (
        id_
    ) in same:  # of the ratings, those that were not chosen anew stay to the letter
        assert done.case.item[keep.id].ratings[id_] == keep.ratings[id_]


@pytest.mark.parametrize("item", SHIPPED.evidence[::6], ids=lambda item: item.id)
def test_a_split_of_a_shipped_item_touches_its_text_and_sources_alone(item):
    half = [0] if len(together.sentences(item.statement)) > 1 else []
    request = {"act": "split", "id": item.id, "title": "The half", "sentences": half}
    _, changes = asked(request | {"sources": [0], "both": [0]})
    first = changes.pop(f"evidence/{item.id}.yaml", None)
    assert list(changes) == ["evidence/the-half.yaml"]
    assert (first is not None) is bool(half)
    if first:
        gone, come = lines_between(first)
        assert set(gone) <= set(value_lines(first.old, "statement"))
        assert set(come) <= set(value_lines(first.new, "statement"))


def test_a_renamed_shipped_hypothesis_changes_its_name_in_each_line_and_no_more():
    request = {"act": "rename", "what": "hypothesis", "id": "face-saving", "to": "face"}
    _, changes = asked(request)
    old, new = (f"hypotheses/{id_}.yaml" for id_ in ("face-saving", "face"))
    moved = {old: TEXTS_OF_SHIPPED[old], new: changes[new].new}
    assert (changes[old].new, changes[new].old) == (None, None)
    assert moved[new].splitlines() == [
        line.replace("face-saving:", "face:") for line in moved[old].splitlines()
    ]
    for file, change in changes.items():
        if file not in moved:
            gone, come = lines_between(change)
            assert come == [line.replace("face-saving", "face") for line in gone]


def test_a_shipped_item_that_is_moved_changes_a_label_in_each_file():
    last = SHIPPED.evidence[-1]
    _, changes = asked(
        {"act": "move", "what": "evidence", "id": last.id, "before": None}
    )
    assert changes == {}
    third = SHIPPED.evidence[-3]
    request = {"act": "move", "what": "evidence", "id": last.id, "before": third.id}
    _, changes = asked(request)
    assert len(changes) == 3
    for change in changes.values():
        gone, come = lines_between(change)
        assert [len(gone), len(come)] == [1, 1]
        assert gone[0].startswith("label: ")
        assert come[0].startswith("label: ")
