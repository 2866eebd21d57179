"""Every sentence on the verdict is true: it is read back and tried out in plain Python.

A headline never names a sole leader where one slip would unseat it, and never withholds
one where none would.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings, strategies

from tests.builders import make_case, make_hypothesis
from tests.method import brute_force
from tests.method.brute_force import random_case
from tests.method.test_verdict import lopsided, sign, watched
from tests.published.at_first import AT_FIRST
from workbench.case.folder import load
from workbench.case.model import Rule
from workbench.method.matrix import build
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import assess
from workbench.method.sensitivity import (
    Sign,
    collection,
    contributions,
    draw,
    sensitivity,
    verdict,
)
from workbench.wording import shown
from workbench.wording.assumed import describe_grounds
from workbench.wording.deciding import (
    describe_between,
    describe_missing,
    describe_rivals,
)
from workbench.wording.verdict import (
    NOTHING,
    about_draws,
    describe_draws,
    describe_hanging,
    describe_lead,
    describe_standing,
    describe_verdict,
    spoken,
    verdict_lines,
)

MEANINGS = {
    "very consistent": "CC",
    "consistent": "C",
    "neutral": "N",
    "inconsistent": "I",
    "very inconsistent": "II",
}


class Told:
    """A random case, what is said of it, and the case in plain Python."""

    def __init__(self, seed):
        small = seed % 5 == 0
        case, judgments, rule, count_all = random_case(
            seed,
            items=None if small else 3 + seed % 4,
            hypotheses=None if small else 2 + seed % 3,
        )
        case = watched(lopsided(case) if seed % 3 == 0 else case, seed)
        self.matrix = build(case, judgments, rule, count_all=count_all)
        self.plain = brute_force.read(case, judgments, rule, count_all=count_all)
        self.found = sensitivity(self.matrix)
        self.now = self.found.assessment
        self.drawn = draw(self.matrix, draws=300, seed=seed)
        self.verdict = verdict(self.found, self.drawn)
        self.titles = {h.id: h.title for h in case.hypotheses}
        self.items = {item.title: item.id for item in case.evidence}

    def ids(self, text):
        """The hypotheses named in a text, by their titles."""
        titles = {title: id_ for id_, title in self.titles.items()}
        return [titles[name] for name in re.findall(r"Because \d", text)]

    def leaders(self, text):
        """Who is said to lead: alone, level, or nobody."""
        if text == "no hypothesis has a rank":
            return []
        level = re.fullmatch(r"(.+) are level first", text)
        who = self.ids(text)
        assert level or re.fullmatch(r"Because \d leads", text), text
        assert bool(level) == (len(who) > 1)
        return who

    def with_cells(self, changes):
        """The grid with cells that a text names changed: “Item” against H, X to Y."""
        found = re.findall(
            r"“(Item \d+)” against (Because \d), ([a-z ]+) to ([a-z ]+?)(?=[;.:]|$)",
            changes,
        )
        other = self.plain.but(lambda _: None)
        for item, column, before, after in found:
            cell = (self.items[item], self.ids(column)[0])
            cells = next(i for i in other.items if i.id == cell[0]).cells
            assert cells[cell[1]] == MEANINGS[before]
            brute_force.put_cell(other, cell, MEANINGS[after])
        return other, len(found)


TOLD = strategies.integers(0, 10**6).map(Told)


# ------------------------------------------------------------------ the headline


@settings(max_examples=300, deadline=None)
@given(TOLD)
def test_the_headline_names_a_sole_leader_where_nothing_unseats_it_and_only_there(told):
    said = describe_verdict(told.now, told.verdict)
    who = list(brute_force.contenders(told.plain, told.drawn.leads))
    leaders, ranking = told.plain.leaders(), told.plain.ranking()
    if len(told.plain.ranked()) < 2:
        assert said == NOTHING
        assert describe_lead(told.now, told.verdict) == ""
        return
    alone = re.fullmatch(
        r"(Because \d) is (least inconsistent|best supported), (?:and no single item, "
        r"origin, one-step change or fifth of the draws puts another first|by (one "
        r"item|items of one origin) alone: without that there is nothing to compare)\.",
        said,
    )
    assert bool(alone) == (len(who) == 1)
    if alone:
        assert alone[3] == brute_force.bearing(told.plain)
        assert told.ids(alone[1]) == who == leaders
        best = SCHEMES[told.now.rule].least_first
        assert alone[2] == ("least inconsistent" if best else "best supported")
        return
    apart, _, against = re.fullmatch(
        r"The evidence does not separate ([^;.]+)(; (.+) (?:has|have) (?:most against"
        r"|least for) (?:it|them))?\.",
        said,
    ).groups()
    assert told.ids(apart) == who
    last = [] if set(ranking[-1]) & set(who) else ranking[-1]
    assert told.ids(against or "") == last
    if last:
        assert ("most against" in said) == SCHEMES[told.now.rule].least_first
        assert (" them." in said) == (len(last) > 1)


@settings(max_examples=200, deadline=None)
@given(TOLD)
def test_who_is_ahead_is_said_with_the_margin_and_a_tie_as_level(told):
    said = describe_lead(told.now, told.verdict)
    assume(said)
    leaders, ranking = told.plain.leaders(), told.plain.ranking()
    if len(leaders) > 1:
        assert said.endswith(" are level now.")
        assert told.ids(said) == leaders
        return
    who, by = re.fullmatch(r"(Because \d) is ahead now, by (.+)\.", said).groups()
    assert told.ids(who) == leaders
    gap = brute_force.gap(told.plain, leaders[0], ranking[1][0])
    assert by == ("less than 0.01" if shown(gap) == "0.00" else shown(gap))


@settings(max_examples=100, deadline=None)
@given(TOLD)
def test_flags_of_contenders_and_those_not_compared_are_said_with_it(told):
    said = describe_standing(told.now, told.verdict)
    unranked = [h for h in told.plain.hypotheses if h not in told.plain.ranked()]
    named = [told.ids(text) for text in said if text.startswith("Not compared")]
    assert named == ([unranked] if unranked else [])
    for flag in ("unchallenged", "vague"):
        carriers = [
            h for h in told.verdict.contenders if flag in told.now.standing[h].flags
        ]
        texts = [text for text in said if f" {flag}:" in text]
        assert [told.ids(text) for text in texts] == ([carriers] if carriers else [])
    assert verdict_lines(told.now, told.verdict)[-len(said) or 99 :] == said
    names = {h: spoken(told.now)[h] for h in told.verdict.contenders}
    rests = describe_grounds(told.now, names)
    compared = told.verdict.separated is not None
    assert ("rests on" in " ".join(said)) == (bool(rests) and compared)
    assert not (compared and rests) or said[-1] == rests


# ------------------------------------------------------------------ what it hangs on


@settings(max_examples=200, deadline=None)
@given(TOLD)
def test_what_it_hangs_on_is_so_and_is_all_there_is(told):
    said = describe_hanging(told.found, told.verdict, told.drawn)
    if len(told.plain.ranked()) < 2:
        assert said == ()
        return
    rest = list(said)
    items = check_items(told, rest)
    steps = check_steps(told, rest)
    origins = check_origins(told, rest)
    sources = check_sources(told, rest)
    rules = check_rules(told, rest)
    now = told.plain.leaders()
    plain = told.plain
    lone = [
        brute_force.without(plain, lambda i, e=e: i.id == e.id) for e in plain.items
    ]
    assert items == sum(other.leaders() != now for other in lone)
    cells = {
        cell
        for cell, _, other in brute_force.single_steps(plain)
        if other.leaders() != now
    }
    assert bool(steps) == bool(cells)
    assert steps >= len(cells)
    assert sources == len(told.verdict.sources)
    assert rules == len(told.verdict.rules)
    groups = {item.origin for item in plain.items if item.origin}
    several = [
        name
        for name in groups
        if sum(item.origin == name for item in plain.items) > 1
        and brute_force.without(plain, lambda i, n=name: i.origin == n).leaders() != now
    ]
    assert origins == len(several)
    assert [text for text in rest if not text.startswith("In 300 draws, ")] == []


def taken(rest, pattern):
    """Take the sentences of a form out of a list, and give their parts."""
    found = [(text, match) for text in rest if (match := re.fullmatch(pattern, text))]
    for text, _ in found:
        rest.remove(text)
    return [match for _, match in found]


def check_items(told, rest):
    count = 0
    pattern = r"Without (“Item \d+”|any one of (\d+) items), ([^:]+?)(?:: (.+))?\."
    for match in taken(rest, pattern):
        named = re.findall(r"Item \d+", match[4] or match[1])
        assert named
        for title in named:
            other = brute_force.without(
                told.plain, lambda i, t=title: i.id == told.items[t]
            )
            assert other.leaders() == told.leaders(match[3])
        count += int(match[2] or 1)
    return count


def check_origins(told, rest):
    count = 0
    one = r"Without the (\d+) items of one origin \((.+)\), (.+)\."
    for match in taken(rest, one):
        check_origin(told, match[2], told.leaders(match[3]), int(match[1]))
        count += 1
    several = r"Without the items of any one of (\d+) origins, ([^:]+): (.+)\."
    for match in taken(rest, several):
        for group in match[3].split("; "):
            check_origin(told, group, told.leaders(match[2]))
        count += int(match[1])
    return count


def check_origin(told, group, leaders, many=None):
    ids = {told.items[title] for title in re.findall(r"Item \d+", group)}
    (name,) = {item.origin for item in told.plain.items if item.id in ids}
    assert many in (None, sum(item.origin == name for item in told.plain.items))
    other = brute_force.without(told.plain, lambda item: item.origin == name)
    assert other.leaders() == leaders


def check_steps(told, rest):
    count = 0
    pattern = (
        r"One step in (?:one rating|any one of (\d+) ratings), and (.+?)"
        r"(?:, as by|:) (.+)\."
    )
    for match in taken(rest, pattern):
        other, changed = told.with_cells(match[3])
        assert changed == 1
        assert other.leaders() == told.leaders(match[2])
        leaders = told.leaders(match[2])
        cells = {
            cell
            for cell, _, tried in brute_force.single_steps(told.plain)
            if tried.leaders() == leaders
        }
        assert len(cells) == int(match[1] or 1)
        count += len(cells)
    return count


def check_sources(told, rest):
    count = 0
    pattern = r"Without the (\d+) items? that (\w+) alone supports, (.+)\."
    for match in taken(rest, pattern):
        source = match[2].lower()
        alone = [i for i in told.plain.items if set(i.sources) == {source}]
        assert len(alone) == int(match[1])
        other = brute_force.without(
            told.plain, lambda i, s=source: set(i.sources) == {s}
        )
        assert other.leaders() == told.leaders(match[3])
        assert list(told.verdict.sources[source]) == other.leaders()
        count += 1
    return count


def check_rules(told, rest):
    count = 0
    for match in taken(rest, r"Counted by ([a-z ,]+?), (Because.+|no .+)\."):
        for title in re.split(r", | and ", match[1]):
            (rule,) = [r for r, s in SCHEMES.items() if s.title.lower() == title]
            other = replace(told.plain, rule=rule.value)
            assert other.leaders() == told.leaders(match[2])
            assert rule != told.now.rule
            count += 1
    return count


# ------------------------------------------------------------------ draws


@given(TOLD, strategies.sampled_from([0.0, 0.3]), strategies.integers(0, 99))
def test_the_draws_are_told_in_their_order_and_without_noise_they_are_the_ranking(
    told, q, seed
):
    drawn = draw(told.matrix, draws=300, seed=seed, q=q)
    said = describe_draws(told.now, drawn)
    ranked = told.plain.ranked()
    if not ranked:
        assert said == "Nothing is rated yet, so there is nothing to draw."
        return
    named = re.findall(r"(Because \d)(?: leads)? in (\d+|fewer than 1)\b", said)
    ids = [told.ids(name)[0] for name, _ in named]
    assert sorted(ids) == sorted(ranked)
    shares = [0.5 if share.startswith("fewer") else int(share) for _, share in named]
    assert shares == sorted(shares, reverse=True)
    for id_, share in zip(ids, shares, strict=True):
        assert share == pytest.approx(100 * drawn.leads[id_], abs=0.501)
    (moved,) = re.findall(r"in which ([\d.]+) in 100 ratings", said)
    assert float(moved) == pytest.approx(100 * drawn.moved, abs=0.051)
    assert said.startswith("In 300 draws, ")
    assert f"(seed {seed})" in said
    assert said.endswith(about_draws(drawn))
    assert ("the draws tell little" in said) is (drawn.moved < 0.05)
    if q == 0:
        leaders = told.plain.leaders()
        for id_, share in zip(ids, shares, strict=True):
            wanted = 100 / len(leaders) if id_ in leaders else 0
            assert share == pytest.approx(wanted, abs=0.51)


# ------------------------------------------------------------------ what decides


@settings(max_examples=100, deadline=None)
@given(TOLD)
def test_what_decides_between_two_is_on_its_side_and_as_large_as_is_said(told):
    for pair in contributions(told.now, told.verdict).between:
        said = describe_between(told.now, pair)
        if not pair.items:
            assert re.fullmatch(r"No item tells Because \d from Because \d\.", said)
            continue
        head, parts, left = re.fullmatch(
            r"Between (.+?): (.+)\. (Together .+)\.", said
        ).groups()
        assert told.ids(head) == [pair.a, pair.b]
        for clause in parts.split("; "):
            (side,) = told.ids(clause)
            for title, size in re.findall(r"“(Item \d+)” \(([\d.]+)\)", clause):
                (part,) = [p for p in pair.items if p.evidence == told.items[title]]
                assert shown(abs(part.value)) == size
                assert (part.value > 0) == (side == pair.a)
        gap = brute_force.gap(told.plain, pair.a, pair.b)
        if gap <= brute_force.TIE:
            assert left.endswith(" level")
        else:
            by = "less than 0.01" if shown(gap) == "0.00" else shown(gap)
            assert left == f"Together they leave {told.titles[pair.a]} ahead by {by}"


@settings(max_examples=100, deadline=None)
@given(TOLD)
def test_the_strongest_case_for_each_rival_puts_it_ahead(told):
    said = describe_rivals(told.found)
    leaders = told.plain.leaders()
    rivals = [h for h in told.plain.ranked() if h not in leaders]
    if len(leaders) != 1:
        assert said == ()
        return
    assert len(said) == len(rivals)
    for rival, text in zip(rivals, said, strict=True):
        if text.startswith("No change of one step"):
            assert told.ids(text) == [rival, leaders[0]]
            continue
        size = re.match(r"One step in (?:one rating|each of (\d+) ratings) puts", text)
        if " more" in text:
            continue
        other, changed = told.with_cells(text.split(". Then")[0])
        assert changed == int(size[1] or 1)
        assert brute_force.lead_of(other, rival, leaders[0]) > brute_force.TIE
        then = re.search(r"Then (.+)\.$", text)
        wanted = told.leaders(then[1]) if then else [rival]
        assert other.leaders() == wanted


@settings(max_examples=100, deadline=None)
@given(TOLD)
def test_what_each_outcome_is_said_to_lead_to_it_leads_to(told):
    for one in collection(told.now, told.verdict):
        said = describe_missing(told.now, one)
        if isinstance(one, Sign):
            case = told.matrix.basis.case
            indicator = case.hypothesis[one.hypothesis].predicts[one.indicator - 1]
            codes = {h: r.consistency.value for h, r in indicator.ratings.items()}
            assert said.startswith("“A sign”, to watch for under Because ")
            always = re.search(r": seen or not, (.+)\.$", said)
            seen, other = (
                (always[1], always[1])
                if always
                else re.search(r": seen, (.+); not seen, (.+)\.$", said).groups()
            )
            for text, was in ((seen, True), (other, False)):
                tried = brute_force.observed(told.plain, codes, seen=was)
                assert tried.leaders() == told.leaders(text)
            continue
        head, outcomes = re.fullmatch(r"(.+?): (.+)\.", said).groups()
        item = told.items[re.search(r"Item \d+", head)[0]]
        cell = (item, told.ids(head)[0])
        named = []
        for clause in outcomes.split("; "):
            how, who = re.fullmatch(
                r"(however it is rated|if .+?), ((?:Because|no hyp).+)", clause
            ).groups()
            words = re.split(r", | or ", how.removeprefix("if "))
            codes = [*MEANINGS] if how.startswith("however") else words
            named += codes
            for word in codes:
                tried = told.plain.but(
                    lambda g, w=word, c=cell: brute_force.put_cell(g, c, MEANINGS[w])
                )
                assert tried.leaders() == told.leaders(who)
        assert sorted(named) == sorted(MEANINGS)


# ------------------------------------------------------------------ as written


def lines(case, **more):
    matrix = build(case, **more)
    found = sensitivity(matrix)
    reached = verdict(found, draw(matrix))
    return verdict_lines(found.assessment, reached)


def test_the_case_as_it_was_at_first_is_said_without_codes():
    assert lines(load(AT_FIRST)) == (
        (
            "The evidence does not separate Ukraine manpower from Face saving; Message "
            "to Armenia has most against it."
        ),
        "Ukraine manpower is ahead now, by 0.48.",
        (
            "Of the inconsistency of Ukraine manpower 48% rests on absences; of that "
            "of Face saving 21% rests on absences."
        ),
    )


def test_one_that_nothing_unseats_is_named():
    rows = [f"E{n}: C II" for n in range(1, 9)]
    assert lines(make_case(*rows))[:2] == (
        (
            "Title of H1 is least inconsistent, and no single item, origin, one-step "
            "change or fifth of the draws puts another first."
        ),
        "Title of H1 is ahead now, by 16.00.",
    )


def test_by_net_support_the_last_has_least_for_it():
    rows = ["E1: C CC II", "E2: CC C II", "E3: C C II"]
    first, *_ = lines(make_case(*rows), rule=Rule.NET_SUPPORT)
    assert first == (
        "The evidence does not separate Title of H1 from Title of H2; Title of H3 has "
        "least for it."
    )


def test_nothing_to_compare_is_said_so():
    assert lines(make_case())[0] == NOTHING
    assert lines(make_case("E1: C -"))[0] == NOTHING


def test_hypotheses_of_one_title_are_told_apart_by_their_labels():
    case = make_case("E1: C I C")
    alike = tuple(
        make_hypothesis(h.label, title="The storm" if h.id != "h3" else "A ship")
        for h in case.hypotheses
    )
    names = spoken(assess(build(replace(case, hypotheses=alike))))
    assert names == {"h1": "H1 The storm", "h2": "H2 The storm", "h3": "A ship"}


def test_an_indicator_is_named_with_what_seeing_it_would_do():
    case = make_case("E1: N C", "E2: N I")
    first, second = case.hypotheses
    first = replace(first, predicts=(sign(h1="CC", h2="II"),))
    found = sensitivity(build(replace(case, hypotheses=(first, second))))
    reached = verdict(found, draw(found.assessment.matrix, draws=50))
    (one,) = collection(found.assessment, reached)
    assert describe_missing(found.assessment, one) == (
        "“A sign”, to watch for under Title of H1: seen, Title of H1 leads; not seen, "
        "Title of H1 and Title of H2 are level first."
    )


def test_many_that_may_lead_are_named_by_label_so_that_the_headline_stays_short():
    many = assess(build(make_case("E1: C C C C C C I", "E2: N N N N N N II")))
    found = sensitivity(many.matrix, many)
    said = describe_verdict(many, verdict(found, draw(many.matrix)))
    assert said == (
        "The evidence does not separate H1, H2, H3, H4, H5 and H6; H7 has most against "
        "it."
    )


def test_what_hangs_on_one_item_or_one_origin_alone_is_said_to():
    alone = "Title of H1 is least inconsistent, by {} alone: without that there is "
    alone += "nothing to compare."
    assert lines(make_case("E1: CC II"))[0] == alone.format("one item")
    assert lines(make_case("E1: C II", "E2: C -", "E3: - -"))[0] == (
        alone.format("one item")
    )
    copied = make_case("E1: C II", "E2: C II", origin={"e1": "wire", "e2": "wire"})
    assert lines(copied)[0] == alone.format("items of one origin")
    assert "no single item" in lines(make_case("E1: C II", "E2: C II"))[0]


def test_of_what_is_rated_and_does_not_count_it_is_not_said_that_nothing_is_rated():
    for case in (
        make_case("E1: C I", "E2: I C", set_aside=("e1", "e2")),
        make_case("E1: NA NA"),
    ):
        assert lines(case) == (
            NOTHING,
            (
                "Not compared, since no item that counts is rated for them, NA aside: "
                "Title of H1 and Title of H2."
            ),
        )
    assert lines(make_case("E1: - -"))[1] == (
        "Not compared, since nothing has been rated for them: Title of H1 and Title of "
        "H2."
    )


def test_items_of_one_title_are_told_apart_by_their_labels():
    case = make_case("E1: C I", "E2: I C")
    case = replace(
        case, evidence=tuple(replace(one, title="Same") for one in case.evidence)
    )
    matrix = build(case)
    found, drawn = sensitivity(matrix), draw(matrix)
    said = describe_hanging(found, verdict(found, drawn), drawn)
    assert said[:2] == (
        "Without “E1 Same”, Title of H2 leads.",
        "Without “E2 Same”, Title of H1 leads.",
    )
