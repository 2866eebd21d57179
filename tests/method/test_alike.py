"""Items that may repeat one report: by place and figures first, by ratings last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import make_case, make_item
from tests.method.brute_force import random_case
from workbench.case.model import Case, Citation, Evidence, Kind
from workbench.method import alike as alike_module
from workbench.method.alike import Why, alike, figures
from workbench.method.matrix import build


def case_of(*changes: dict) -> Case:
    """Make a case whose items differ from C I in what is given."""
    rows = [f"E{n}: {one.pop('rated', 'C I')}" for n, one in enumerate(changes, 1)]
    case = make_case(*rows)
    items = tuple(
        replace(
            item,
            sources=tuple(Citation("text", at) for at in one.pop("at", ())),
            **one,
        )
        for item, one in zip(case.evidence, changes, strict=True)
    )
    return replace(case, evidence=items)


def found(*changes: dict) -> list[tuple[Why, list[str]]]:
    groups = alike(build(case_of(*changes)))
    return [(one.why, [item.id for item in one.items]) for one in groups]


def test_one_sentence_is_one_report_whatever_the_words_and_ratings():
    said = found(
        {"at": ["par. 4, sentence 2"], "title": "Too few men", "rated": "C I"},
        {"at": ["Par. 4,  sentence 2."], "title": "The front eats", "rated": "CC N"},
    )
    assert said == [(Why.SENTENCE, ["e1", "e2"])]


def test_one_place_and_one_figure_are_one_report_whatever_the_ratings():
    said = found(
        {"at": ["par. 4"], "statement": "Some 1,960 men stood there.", "rated": "C I"},
        {"at": ["par. 4"], "statement": "They were 1,960.", "rated": "CC N"},
    )
    assert said == [(Why.FIGURE_THERE, ["e1", "e2"])]


def test_one_place_alone_asks_for_ratings_alike():
    assert found({"at": ["par. 4"]}, {"at": ["par. 4"]}) == [(Why.PLACE, ["e1", "e2"])]
    assert found({"at": ["par. 4"]}, {"at": ["par. 4"], "rated": "C II"}) == []


def test_an_absence_does_not_repeat_what_is_reported_in_its_place():
    there, missing = {"at": ["par. 4"]}, {"at": ["par. 4"], "kind": Kind.ABSENCE}
    assert found(dict(there), dict(missing)) == []
    assert found(dict(missing), dict(missing)) == [(Why.PLACE, ["e1", "e2"])]


def test_two_places_are_two_reports_however_alike_the_ratings():
    assert found({"at": ["par. 4"]}, {"at": ["par. 5"]}) == []


def test_a_figure_elsewhere_asks_for_ratings_and_dates_alike():
    here, there = (
        {"at": [at], "statement": "About 120 thousand fled."} for at in ("p. 1", "p. 2")
    )
    assert found(dict(here), dict(there)) == [(Why.FIGURE, ["e1", "e2"])]
    assert found(dict(here), {**there, "rated": "C C"}) == []


def test_an_item_without_a_place_is_compared_by_its_ratings():
    assert found({"at": ["p. 1"]}, {"at": [""]}) == [(Why.RATINGS, ["e1", "e2"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 17 April 2024, and in May 2023, and 2024-04-17.", ()),
        ("Some 600 thousand men, 1,960 guns, 3 ships", ("600 thousand", "1,960")),
        ("From 45.5% to 60 per cent in 1999", ("45.5%", "60 per cent")),
        ("The B52 and 4x4", ()),
    ],
)
def test_dates_and_single_digits_are_no_figures_in_common(text, expected):
    item = make_item("E1", title="", statement=text)
    assert figures(item) == expected


def cited(item: Evidence) -> set[str]:
    return {c.source for c in item.sources}


def test_what_no_other_item_has_is_compared_with_none(monkeypatch):
    compared = []
    grouped = alike_module._Rows.grouped
    monkeypatch.setattr(
        alike_module._Rows,
        "grouped",
        lambda rows, members, why: (
            compared.append(members.tolist()) or grouped(rows, members, why)
        ),
    )
    items = [{"at": [f"p. {n}"]} for n in range(20)]
    assert found(*items, {"at": ["p. 3"]}) == [(Why.PLACE, ["e4", "e21"])]
    assert [3, 20] in compared
    assert min(map(len, compared)) > 1


def test_the_words_of_an_item_are_looked_through_once_however_often_it_is_compared(
    monkeypatch,
):
    looked = []
    monkeypatch.setattr(
        alike_module, "figures", lambda item: looked.append(item.id) or figures(item)
    )
    case = case_of(*({"at": [f"p. {n}"]} for n in range(1, 6)))
    alike(build(case))
    assert set(looked) == {f"e{n}" for n in range(1, 6)}
    looked.clear()
    first, *others = case.evidence
    alike(build(replace(case, evidence=(replace(first, statement="New"), *others))))
    assert set(looked) == {"e1"}


def test_groups_share_what_they_are_said_to_share_and_no_item():
    seen_whys = set()
    for seed in range(400):
        case, judgments, *_ = random_case(seed, items=5, hypotheses=2)
        few = tuple(
            replace(
                e,
                date=None,
                sources=tuple(
                    replace(c, at="" if seed % 2 else c.at) for c in e.sources[:1]
                ),
                statement=f"It was {10 + seed % 3 * n} at most.",
            )
            for n, e in enumerate(case.evidence)
        )
        matrix = build(replace(case, evidence=few), judgments)
        ids = [item.id for item in matrix.evidence]
        codes = dict(zip(ids, matrix.codes.tolist(), strict=True))
        seen: list[str] = []
        for one in alike(matrix):
            seen_whys.add(one.why)
            head, *rest = one.items
            assert rest
            if judgments.origin(head):
                assert not any(judgments.origin(item) for item in rest)
            for item in rest:
                if one.why is Why.RATINGS:
                    assert cited(head) == cited(item)
                if one.why is Why.FIGURE:
                    assert one.at in figures(head)
                    assert one.at in figures(item)
                assert codes[item.id] == codes[head.id]  # fewer than five columns
            seen += [item.id for item in one.items]
        assert len(seen) == len(set(seen))
    assert seen_whys == {Why.FIGURE, Why.RATINGS}
