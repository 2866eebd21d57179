"""The case at the project's top is complete, even and open about its weak points."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Final

import pytest

from workbench.case import folder
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Evidence, Kind, Rule
from workbench.method.checks import findings
from workbench.method.matrix import build
from workbench.method.probability import priors
from workbench.method.scoring import Assessment, assess

TOP: Final = Path(__file__).parents[2]
# How many paragraphs the body of each text has.
PARAGRAPHS: Final = {"sceeus-2024": 12, "why-peacekeepers-left": 7}
PARKED: Final = "lost-purpose"
EXPECTED: Final = {Consistency.CC, Consistency.C}
LEVELS: Final = {"1": "high", "2": "high", "3": "medium", "4": "low", "5": "low"}


@pytest.fixture(scope="module")
def case() -> Case:
    return folder.load(TOP)


def weighed(case: Case, without: frozenset[str] = frozenset()) -> Assessment:
    left = Judgments(exclusions=dict.fromkeys(without, True))
    return assess(build(case, left, Rule(case.question.rule)))


def weights(case: Case) -> dict[str, float]:
    return {one.id: one.weight for one in weighed(case).evidence}


def inferred(case: Case) -> frozenset[str]:
    """Give the items that are the compiler's reading: no text claims them."""
    return frozenset(item.id for item in case.evidence if not item.grade)


def codes(item: Evidence) -> dict[str, str]:
    return {h: rating.consistency.value for h, rating in item.ratings.items()}


# ------------------------------------------------------------------ complete


def test_every_cell_has_a_rating_and_a_reason(case: Case) -> None:
    for item in case.evidence:
        assert item.ratings.keys() == set(case.hypothesis), item.label
        assert all(one.because for one in item.ratings.values()), item.label


def test_labels_run_without_a_gap(case: Case) -> None:
    numbered = [f"E{n}" for n in range(1, len(case.evidence) + 1)]
    assert [item.label for item in case.evidence] == numbered


def test_every_item_is_found_in_a_paragraph_that_is_there(case: Case) -> None:
    for item in case.evidence:
        assert item.sources, item.label
        for citation in item.sources:
            place = re.fullmatch(
                r"par\. (\d+)(?:, sentences? \d(?: and \d)?)?", citation.at
            )
            assert place, f"{item.label}: {citation.at}"
            assert 1 <= int(place[1]) <= PARAGRAPHS[citation.source], item.label


def test_no_source_has_an_author_a_date_or_an_address_that_it_does_not_give(
    case: Case,
) -> None:
    for source in case.sources:
        given = (source.author, source.published, source.url, source.archived)
        assert not any(given), source.id
        assert source.reliability == "F"
        assert source.short
        assert set(source.serves) <= set(case.hypothesis)


def test_four_explanations_compete_and_a_fifth_is_parked(case: Case) -> None:
    status = {h.id: h.status for h in case.hypotheses}
    assert status.pop(PARKED) == "parked"
    assert list(status.values()) == ["active"] * 4


def test_one_changed_line_puts_the_parked_explanation_into_the_ranking(
    case: Case, tmp_path: Path
) -> None:
    for part in ("hypotheses", "evidence"):
        shutil.copytree(TOP / part, tmp_path / part)
    file = tmp_path / "hypotheses" / f"{PARKED}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("status: parked", "status: active"), encoding="utf-8")
    taken_up = folder.load(tmp_path)
    found = weighed(taken_up)
    assert {one.id for one in found.hypotheses} == set(case.hypothesis)
    assert all(one.rank and one.coverage == 1 for one in found.hypotheses)
    assert priors(found.matrix.hypotheses) == pytest.approx([0.2] * 5)
    before = {one.id: one.score for one in weighed(case).hypotheses}
    after = {one.id: one.score for one in found.hypotheses}
    assert before == {id_: after[id_] for id_ in before}


# ------------------------------------------------------------------ even


def test_a_grade_is_that_of_its_sources_and_says_what_the_credibility_says(
    case: Case,
) -> None:
    for item in case.evidence:
        if item.grade:
            letters = {case.source[one.source].reliability for one in item.sources}
            assert item.grade[0] in letters, item.label
            assert item.credibility == LEVELS[item.grade[1]], item.label


def test_what_one_author_calls_most_probable_is_graded_alike(case: Case) -> None:
    decided, moment = (
        case.item[id_] for id_ in ("decided-after-september", "front-sets-the-moment")
    )
    assert (decided.grade, decided.credibility, decided.relevance) == (
        moment.grade,
        moment.credibility,
        moment.relevance,
    )


def test_what_the_compiler_infers_is_never_of_high_credibility_or_relevance(
    case: Case,
) -> None:
    assert inferred(case)
    for id_ in inferred(case):
        assert "high" not in (case.item[id_].credibility, case.item[id_].relevance)


def test_no_main_judgment_of_an_author_is_dwarfed_by_an_inference_of_the_compiler(
    case: Case,
) -> None:
    found = weights(case)
    heaviest = max(found[id_] for id_ in inferred(case))
    judged = (
        "decided-after-september",
        "front-sets-the-moment",
        "price-or-compulsion",
        "no-major-deal",
        "message-to-yerevan-reading",
        "face-saved-before-request",
    )
    assert all(found[id_] > 0.4 * heaviest for id_ in judged)


def test_items_with_one_origin_are_several_and_share_a_source(case: Case) -> None:
    groups = defaultdict(list)
    for item in case.evidence:
        if item.origin:
            groups[item.origin].append(item)
    for origin, items in groups.items():
        assert len(items) > 1, origin
        assert set.intersection(*({c.source for c in i.sources} for i in items)), origin


@pytest.mark.parametrize(
    "repeated",
    [
        ("no-major-deal", "no-named-price"),
        ("face-saved-before-request", "no-official-request"),
        ("contingent-strength", "small-beside-the-front"),
    ],
)
def test_what_repeats_one_report_counts_once(case: Case, repeated: list[str]) -> None:
    (origin,) = {case.item[id_].origin for id_ in repeated}
    assert origin


@pytest.mark.parametrize(
    "id_",
    [
        "withdrawal-announced",
        "farrukh-dispute",
        "no-action-in-blockade",
        "no-action-in-september",
        "summer-offensive",
        "other-deployments",
        "four-villages",
    ],
)
def test_an_event_of_its_own_counts_on_its_own(case: Case, id_: str) -> None:
    assert not case.item[id_].origin


# ------------------------------------------------------------------ by statements


def test_what_tells_against_a_price_alone_is_neutral_to_a_forced_hand(
    case: Case,
) -> None:
    for id_ in ("aliyev-rejects-eurasian-union", "no-named-price"):
        assert codes(case.item[id_])["baku-leverage"] == "N"


def test_what_bears_on_neither_blame_nor_example_is_neutral_to_a_message(
    case: Case,
) -> None:
    for id_ in (
        "enclave-emptied",
        "contempt-among-armenians",
        "baku-balancing",
        "re-export-through-armenia",
    ):
        assert codes(case.item[id_])["message-to-armenia"] == "N"


def test_lost_purpose_is_not_very_much_expected_of_dignity(case: Case) -> None:
    for item in case.evidence:
        if codes(item)[PARKED] == "CC":
            assert codes(item)["face-saving"] != "CC", item.label


def test_a_request_that_could_not_count_yet_is_missing_whatever_the_reason(
    case: Case,
) -> None:
    assert set(codes(case.item["no-official-request"]).values()) == {"C"}


# ------------------------------------------------------------------ open about itself


def test_what_is_taken_for_granted_is_a_key_assumption_and_no_row(case: Case) -> None:
    assert all(item.kind is not Kind.ASSUMPTION for item in case.evidence)
    carried = {h for one in case.question.assumptions for h in one.carries}
    assert carried == set(case.hypothesis)
    for one in case.question.assumptions:
        assert one.basis, one.text
        assert one.confidence, one.text
        assert one.breaks_if, one.text


def test_the_background_says_how_far_the_compiler_s_own_readings_carry_the_race(
    case: Case,
) -> None:
    """Two thirds against manpower, a quarter against face; another leads without."""
    own, found = inferred(case), weights(case)
    counts = {"I": 1, "II": 2}

    def share(h: str) -> float:
        against = {
            item.id: found[item.id] * counts.get(codes(item)[h], 0)
            for item in case.evidence
        }
        return sum(against[id_] for id_ in own) / sum(against.values())

    said = " ".join(case.question.background.split())
    assert "two thirds of what speaks against Ukraine manpower" in said
    assert share("ukraine-manpower") == pytest.approx(2 / 3, abs=0.03)
    assert "a quarter of what speaks against face saving" in said
    assert share("face-saving") == pytest.approx(1 / 4, abs=0.03)
    assert "without them Ukraine manpower would have the least against it" in said
    assert weighed(case).leaders != ("ukraine-manpower",)
    assert weighed(case, own).leaders == ("ukraine-manpower",)


def test_every_indicator_is_rated_against_all_and_tells_some_apart(case: Case) -> None:
    for h in case.hypotheses:
        assert h.predicts, h.label
        assert h.refuted_by, h.label
        for indicator in h.predicts:
            rated = {id_: one.consistency for id_, one in indicator.ratings.items()}
            assert rated.keys() == set(case.hypothesis), indicator.text
            assert rated[h.id] in EXPECTED, indicator.text
            compared = {
                rated[one.id]
                for one in case.hypotheses
                if one.status == "active" or one.id == h.id
            }
            assert len(compared) > 1, indicator.text
            assert not compared <= EXPECTED, indicator.text


def test_a_reviewer_finds_no_gap_no_uneven_grade_and_no_assumption_that_carries(
    case: Case,
) -> None:
    found = {one.code for one in findings(weighed(case))}
    assert not found & {
        "unrated",
        "missing-reason",
        "grade-disagrees",
        "assumption-carries",
        "against-all",
        "skipped-step",
        "never-challenged",
        "refutation-untested",
    }


def test_a_reviewer_has_nothing_to_ask_about_origins_or_joined_mechanisms(
    case: Case,
) -> None:
    asked = {finding.code for finding in findings(assess(build(case)))}
    assert not asked & {"maybe-one-origin", "two-in-one", "interested-sources"}
