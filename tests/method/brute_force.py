"""The sensitivity of a ranking in plain Python: the grid is changed and scored anew.

Written from the definitions, without a look at the arrays; slow on purpose. It uses
nothing of `workbench.method`.
"""

from __future__ import annotations

import itertools
import math
import random
import statistics
from copy import deepcopy
from dataclasses import dataclass, field, replace

from workbench.case.judgments import Judgments
from workbench.case.model import (
    Case,
    Citation,
    Consistency,
    EventDate,
    Evidence,
    Hypothesis,
    Question,
    Rating,
    Rule,
    Source,
)

TIE = 1e-9
SCALE = ["CC", "C", "N", "I", "II"]
ROOT = {"low": math.sqrt(0.5), "medium": 1.0, "high": math.sqrt(2)}
RULES = {
    "weighted-inconsistency": ([0, 0, 0, 1, 2], ROOT, 1),
    "inconsistency": ([0, 0, 0, 1, 2], None, 1),
    "inconsistency-count": ([0, 0, 0, 1, 1], None, 1),
    "squared-inconsistency": ([0, 0, 0, 1, 4], None, 1),
    "net-support": ([2, 1, 0, -1, -2], ROOT, -1),
    "compensatory": ([-1, -1, 0, 2, 2], {"low": 0.5, "medium": 1, "high": 1.5}, 1),
}


@dataclass
class Item:
    id: str
    cells: dict
    credibility: object
    relevance: object
    emphasis: float
    sources: list
    origin: str
    day: object


@dataclass
class Grid:
    """Everything that may be changed, in one place that may be changed."""

    hypotheses: list
    items: list
    sources: dict  # id: emphasis
    rule: str
    count_all: bool = False
    notes: dict = field(default_factory=dict)

    def but(self, change):
        other = deepcopy(self)
        change(other)
        return other

    def m(self, item):
        levels = RULES[self.rule][1]
        if levels is None:
            return 1.0
        both = (item.credibility, item.relevance)
        found = [levels[one] if isinstance(one, str) else one for one in both]
        return found[0] * found[1]

    def weight(self, item):
        m = self.m(item)
        origin = 1.0
        if item.origin and not self.count_all:
            group = [
                self.m(other) for other in self.items if other.origin == item.origin
            ]
            origin = max(group) / math.fsum(group) if any(group) else 1.0
        says = max((self.sources[s] for s in item.sources), default=1.0)
        return m * origin * item.emphasis * says

    def scores(self):
        values = dict(zip(SCALE, RULES[self.rule][0], strict=True))
        weights = [self.weight(item) for item in self.items]
        return {
            h: math.fsum(
                w * values.get(item.cells.get(h), 0)
                for w, item in zip(weights, self.items, strict=True)
            )
            for h in self.hypotheses
        }

    def ranked(self):
        return [
            h
            for h in self.hypotheses
            if any(item.cells.get(h) in SCALE for item in self.items)
        ]

    def ranking(self):
        sign, found = RULES[self.rule][2], self.scores()
        groups = []
        for h in sorted(self.ranked(), key=lambda h: sign * found[h]):
            if groups and abs(found[h] - found[groups[-1][0]]) <= TIE:
                groups[-1].append(h)
            else:
                groups.append([h])
        return [sorted(group, key=self.hypotheses.index) for group in groups]

    def leaders(self):
        return (self.ranking() or [[]])[0]


def read(case, judgments, rule, *, count_all=False):
    items = [
        Item(
            item.id,
            {
                h.id: rating.consistency.value
                for h in case.hypotheses
                if (rating := judgments.rating(item, h.id))
            },
            judgments.credibility.get(item.id, item.credibility),
            judgments.relevance.get(item.id, item.relevance),
            judgments.emphases.get(item.id, 1.0),
            list(dict.fromkeys(c.source for c in item.sources)),
            judgments.origins.get(item.id, item.origin),
            item.date.last_day if item.date else case.question.as_of,
        )
        for item in case.evidence
        if judgments.active(item)
    ]
    return Grid(
        [h.id for h in case.hypotheses if h.status == "active"],
        items,
        {s.id: judgments.source_emphases.get(s.id, 1.0) for s in case.sources},
        rule.value,
        count_all,
    )


def leave_out(grid, goes):
    """The ranking without items for which `goes` holds, and whether leaders change."""

    def drop(other):
        other.items = [item for item in other.items if not goes(item)]

    ranking = grid.but(drop).ranking()
    return ranking, (ranking or [[]])[0] != grid.leaders()


def deceived(grid, source):
    def reverse(other):
        for item in other.items:
            if item.sources == [source]:
                item.cells = {
                    h: SCALE[4 - SCALE.index(code)] if code in SCALE else code
                    for h, code in item.cells.items()
                }

    return grid.but(reverse).ranking()


def tips(grid, put, present, bends):  # noqa: C901  plain search, step by step
    """Nearest changes below and above: candidates are where two straight pieces cross.

    `put(grid, x)` sets the emphasis; `bends` are where a piece may end.
    """
    points = sorted({0.0, 2.0, present, *(b for b in bends if 0 <= b <= 2)})
    candidates = set(points)
    at = {x: grid.but(lambda g, x=x: put(g, x)).scores() for x in points}
    for left, right in itertools.pairwise(points):
        for a, b in itertools.combinations(grid.ranked(), 2):
            before, after = at[left][a] - at[left][b], at[right][a] - at[right][b]
            if before * after < 0:
                candidates.add(left + (right - left) * before / (before - after))
    apart: list[float] = []
    for x in sorted(candidates):  # crossings that only rounding holds apart are one
        if apart and x - apart[-1] < 1e-9:
            continue
        apart.append(x)
    ends = {p: min(apart, key=lambda x, p=p: abs(x - p)) for p in points}
    now = grid.leaders()

    def leaders(x):
        exact = next((p for p, q in ends.items() if q == x), x)
        return grid.but(lambda g: put(g, exact)).leaders()

    def search(way):
        if way == [ends[present]] or not way:
            return None
        for x, following in itertools.zip_longest(way, way[1:]):
            here = leaders(x)
            beyond = here if following is None else leaders((x + following) / 2)
            if here != now or beyond != now:
                return x, (beyond if beyond != now else here)
        return None

    below = [x for x in reversed(apart) if x <= ends[present]]
    above = [x for x in apart if x >= ends[present]]
    return search(below), search(above)


def item_tips(grid, item):
    def put(other, x):
        next(one for one in other.items if one.id == item.id).emphasis = x

    return tips(grid, put, item.emphasis, [])


def source_tips(grid, source):
    def put(other, x):
        other.sources[source] = x

    return tips(grid, put, grid.sources[source], grid.sources.values())


def smallest_change(grid, *, one_step):
    """Size, and rivals that need that few, of the smallest gap first, then by label.

    Every set of cells is tried, smallest first.
    """
    leaders = grid.leaders()
    if len(leaders) > 1:
        return 0, []
    if not leaders:
        return None, []
    sizes = {
        rival: size
        for rival in grid.ranked()
        if rival != leaders[0]
        and (size := _fewest(grid, leaders[0], rival, one_step=one_step)) is not None
    }
    least = min(sizes.values(), default=None)
    place = {h: at for at, group in enumerate(grid.ranking()) for h in group}
    few = [rival for rival, size in sizes.items() if size == least]
    return least, sorted(few, key=place.__getitem__)


def lead_of(grid, rival, leader):
    found = grid.scores()
    return RULES[grid.rule][2] * (found[leader] - found[rival])


def put_cell(grid, cell, code):
    evidence, hypothesis = cell
    next(item for item in grid.items if item.id == evidence).cells[hypothesis] = code


def _fewest(grid, leader, rival, *, one_step):
    start = lead_of(grid, rival, leader)
    gains = []
    for item in grid.items:
        for h in (leader, rival):
            if item.cells.get(h) in SCALE:
                at, near = SCALE.index(item.cells[h]), 1 if one_step else 4
                codes = [c for i, c in enumerate(SCALE) if abs(i - at) <= near]
                gains.append(
                    max(
                        lead_of(
                            grid.but(
                                lambda g, c=c, cell=(item.id, h): put_cell(g, cell, c)
                            ),
                            rival,
                            leader,
                        )
                        - start
                        for c in codes
                    )
                )
    for size in range(1, len(gains) + 1):
        if any(
            start + math.fsum(chosen) > TIE
            for chosen in itertools.combinations(gains, size)
        ):
            return size
    return None


@dataclass
class Simulated:
    """What a plain simulation comes to; `spread` is the scores' standard deviation."""

    leads: dict
    means: dict
    spread: dict
    moved: float
    mix: dict  # share of each code over all draws


def shares(scale, found):
    """The shares of the places of a scale, 1/2 added to each count; not to one."""
    return {one: found.count(one) + 0.5 for one in scale}


def slip(rng, q, p, at):
    """A place after one trial: a step is proposed, then taken or not."""
    scale, chance = list(p), rng.random()
    if at not in scale:
        return at
    way = -1 if chance < q / 2 else 1 if chance < q else 0
    place = scale.index(at) + way
    if not way or not 0 <= place < len(scale):
        return at
    other = scale[place]
    return other if rng.random() < min(1, p[other] / p[at]) else at


def rated(grid):
    """All codes from CC to II of the grid."""
    codes = [item.cells.get(h) for item in grid.items for h in grid.hypotheses]
    return [code for code in codes if code in SCALE]


def slipped(grid, rng, q):
    """The grid with every judgment tried once."""
    words, kinds = ["low", "medium", "high"], ("credibility", "relevance")
    of_cells = shares(SCALE, rated(grid))
    of_words = {k: shares(words, [getattr(i, k) for i in grid.items]) for k in kinds}
    other = replace(grid, items=[])
    for item in grid.items:
        cells = {h: slip(rng, q, of_cells, c) for h, c in item.cells.items()}
        new = {k: slip(rng, q, of_words[k], getattr(item, k)) for k in kinds}
        other.items.append(replace(item, cells=cells, **new))
    return other


def draw(grid, draws, rng, q):
    """Draw so many times, and look at each."""
    made = [slipped(grid, rng, q) for _ in range(draws)]
    leads = dict.fromkeys(grid.hypotheses, 0.0)
    for first in (one.leaders() for one in made):
        for h in first:
            leads[h] += 1 / len(first) / draws
    scores = [one.scores() for one in made]
    of = {h: [one[h] for one in scores] for h in grid.hypotheses}
    codes = [
        (a, b) for one in made for a, b in zip(rated(grid), rated(one), strict=True)
    ]
    many = max(1, len(codes))
    return Simulated(
        leads,
        {h: statistics.fmean(found) for h, found in of.items()},
        {h: statistics.pstdev(found) for h, found in of.items()},
        sum(a != b for a, b in codes) / many,
        {code: sum(b == code for _, b in codes) / many for code in SCALE},
    )


# ------------------------------------------------------------------ the verdict


def without(grid, goes):
    """The grid without the items for which `goes` holds."""
    return replace(grid, items=[item for item in grid.items if not goes(item)])


def contenders(grid, leads):
    """Why each may lead, by hypothesis; "leads" alone where it does."""
    found = {h: [] for h in grid.hypotheses}
    tried = [
        (f"item:{id_}", without(grid, lambda one, id_=id_: one.id == id_))
        for id_ in (item.id for item in grid.items)
    ]
    tried += [
        (f"origin:{name}", without(grid, lambda one, name=name: one.origin == name))
        for name in dict.fromkeys(item.origin for item in grid.items if item.origin)
    ]
    tried += [("one-step", other) for _, _, other in single_steps(grid)]
    for why, other in tried:
        for h in other.leaders():
            found[h] += [why] if why not in found[h] else []
    for h, share in leads.items():
        found[h] += [f"draws:{share}"] if share >= 0.2 - TIE else []
    found |= {h: ["leads"] for h in grid.leaders()}
    return {h: why for h, why in found.items() if why}


def bearing(grid):
    """What everything hangs on: without it fewer than two have a rank."""
    of_items = [lambda one, id_=item.id: one.id == id_ for item in grid.items]
    origins = {item.origin for item in grid.items if item.origin}
    of_origins = [lambda one, name=name: one.origin == name for name in origins]
    for said, goes in (("one item", of_items), ("items of one origin", of_origins)):
        if any(len(without(grid, one).ranked()) < 2 for one in goes):
            return said
    return None


def single_steps(grid):
    """Every cell one step off, up and down: the cell, the code, the grid."""
    for item in grid.items:
        for h in grid.hypotheses:
            if (code := item.cells.get(h)) in SCALE:
                for place in (SCALE.index(code) - 1, SCALE.index(code) + 1):
                    if 0 <= place < len(SCALE):
                        cell = (item.id, h)
                        new = SCALE[place]
                        yield (
                            cell,
                            new,
                            grid.but(
                                lambda g, cell=cell, new=new: put_cell(g, cell, new)
                            ),
                        )


def gaps(grid, leads):
    """Pairs, the one ahead first: of contenders, or of the only one and the next."""
    ranking, who = grid.ranking(), contenders(grid, leads)
    order = [h for group in ranking for h in group]
    if len(who) == 1:
        behind = ranking[1] if len(ranking) > 1 else []
        return [(h, other) for h in who for other in behind]
    return list(itertools.combinations([h for h in order if h in who], 2))


def gap(grid, a, b):
    found = grid.scores()
    return RULES[grid.rule][2] * (found[b] - found[a])


def unrated(grid):
    """The cells that a judgment may fill, of hypotheses that have a rank."""
    ranked = grid.ranked()
    return [
        (item.id, h)
        for item in grid.items
        for h in grid.hypotheses
        if h in ranked and item.cells.get(h) is None
    ]


def observed(grid, codes, seen):
    """The grid with an indicator's codes as an item of weight 1, or half its opposite.

    A hypothesis without a rank gets none by it.
    """
    ranked = grid.ranked()
    codes = {h: c for h, c in codes.items() if h in ranked and c in SCALE}
    if not seen:
        codes = {h: SCALE[4 - SCALE.index(c)] for h, c in codes.items()}

    def add(other):
        weight = 1.0 if seen else 0.5
        new = Item("sign", codes, 1.0, 1.0, weight, [], "", None)
        other.items = [*other.items, new]

    return grid.but(add)


# ------------------------------------------------------------- random cases


def random_case(seed, *, items=None, hypotheses=None):
    """A small case with all that may trip the arithmetic, judgments and a rule."""
    rng = random.Random(seed)
    m = hypotheses or rng.randint(1, 4)
    n = items if items is not None else rng.randint(0, 5)
    named = [f"s{k}" for k in range(rng.randint(1, 3))]
    codes = rng.choice(
        [
            ["CC", "C", "N", "I", "II"],
            ["CC", "C", "N", "I", "II", "NA", None],
            ["N", "I", "I", "II"],
            ["C", "I", None],
            ["NA", None, "I"],
        ]
    )
    levels = rng.choice(
        [["medium"], ["low", "medium", "high"], ["high", 0.0, 2.5, 1.0]]
    )
    emphases = rng.choice([[1.0], [0.0, 0.5, 1.0, 2.0], [1.0, 1.0, 0.3, 1.75]])
    origins = rng.choice([[""], ["", "a"], ["", "a", "b"]])
    evidence = tuple(
        Evidence(
            f"e{i}",
            f"E{i + 1}",
            f"Item {i}",
            "...",
            date=rng.choice([None, EventDate("2024"), EventDate(f"2024-0{i + 1}-03")]),
            sources=tuple(
                Citation(s, f"p. {i}") for s in rng.choices(named, k=rng.randint(0, 3))
            ),
            origin=rng.choice(origins),
            credibility=rng.choice(levels),
            relevance=rng.choice(levels),
            status=rng.choice(["active"] * 6 + ["set-aside"]),
            ratings={
                f"h{j}": Rating(Consistency(code))
                for j in range(m)
                if (code := rng.choice(codes))
            },
        )
        for i in range(n)
    )
    case = Case(
        Question("Why?", "Why"),
        tuple(
            Hypothesis(
                f"h{j}",
                f"H{j + 1}",
                f"Because {j}",
                "...",
                status="parked" if rng.random() < 0.05 else "active",
            )
            for j in range(m)
        ),
        tuple(Source(s, s.upper()) for s in named),
        evidence,
    )
    judgments = Judgments(
        emphases={e.id: rng.choice(emphases) for e in evidence},
        source_emphases={s: rng.choice(emphases) for s in named},
    )
    return case, judgments, rng.choice(list(Rule)), rng.random() < 0.15
