"""The numbers of the method as spreadsheet formulas; nothing is evaluated here.

They are those of `method.matrix` and `method.scoring`, written with functions that
Excel 2016, LibreOffice and other engines share: no array entry, no MAXIFS. Texts are
compared by `=` on whole cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workbench.method.schemes import ORDER
from workbench.method.scoring import SPREAD, TIE
from workbench.report.xlsx.places import (
    CHOICE_COLUMN,
    FIRST_PLACE,
    HIGH,
    LEVELS_COUNT,
    LOW,
    MATRIX,
    MEDIUM,
    ORIGINS_ROW,
    RATED_ROW,
    SETTINGS,
    VALUED,
    Places,
    SchemeCells,
)
from workbench.wording import NONE

YES, NO = "yes", "no"
ONCE, EACH = "once", "each"
LEAST, MOST = "least", "most"
_AT_ONCE: Final = 200  # a function takes 255 arguments


def _sum(terms: str) -> str:
    return f"SUMPRODUCT({terms})"


def _rated(ratings: str) -> str:
    """Mark the cells with a code other than NA: 1 each, else 0."""
    return "(" + "+".join(f'({ratings}="{code}")' for code in VALUED) + ")"


def _counted(places: Places) -> str:
    return f'({places.of_items("Counted")}="{YES}")'


def _multiplier(level: str, scheme: SchemeCells) -> str:
    """Multiply by a word's value, or a number itself; an empty cell is medium."""
    return (
        f"IF(ISNUMBER({level}),{level},"
        f'IF({level}="low",{scheme.at(LOW)},'
        f'IF({level}="high",{scheme.at(HIGH)},'
        f'IF(OR({level}="medium",{level}=""),{scheme.at(MEDIUM)},NA()))))'
    )


def levels(places: Places, row: int, scheme: SchemeCells) -> str:
    """m(credibility) * m(relevance); 0 for an item that takes no part."""
    credibility = _multiplier(places.of_item(row, "Credibility"), scheme)
    relevance = _multiplier(places.of_item(row, "Relevance"), scheme)
    return (
        f'IF({places.of_item(row, "Counted")}<>"{YES}",0,'
        f'IF({scheme.at(LEVELS_COUNT)}="{YES}",{credibility}*{relevance},1))'
    )


def origin_factor(places: Places, row: int, own: str, every: str) -> str:
    """max(m) / sum(m) over the items of one origin; 1 without one.

    `own` is the item's m, `every` those of all items. An item whose m is 0 gets 1: its
    weight is 0 whatever the factor.
    """
    origins = places.at(SETTINGS, ORIGINS_ROW, CHOICE_COLUMN)
    origin = places.of_item(row, "Origin")
    group = f"({places.of_items('Origin')}={origin})*{every}"
    return (
        f'IF(OR({origins}="{EACH}",{origin}="",{own}=0),1,'
        f"{_sum(f'MAX({group})')}/{_sum(group)})"
    )


def sources_emphasis(places: Places, cited: Sequence[str]) -> str:
    """Give the largest emphasis among the sources of an item that names some."""
    found = places.emphases(cited)
    while len(found) > _AT_ONCE:
        parts = range(0, len(found), _AT_ONCE)
        found = [f"MAX({','.join(found[i : i + _AT_ONCE])})" for i in parts]
    return f"MAX({','.join(found)})"


def weight(places: Places, row: int, own: str, factor: str) -> str:
    """m(credibility) * m(relevance) * origin * emphasis * source's."""
    emphases = (places.of_item(row, name) for name in ("Emphasis", "Sources' emphasis"))
    return "*".join((own, factor, *emphases))


def score(places: Places, hypothesis: int, weights: str, scheme: SchemeCells) -> str:
    """Sum weight times value over the items for one hypothesis."""
    ratings = places.ratings_for(hypothesis)
    values = "+".join(f'({ratings}="{code}")*{scheme.value(code)}' for code in VALUED)
    return _sum(f"{weights}*({values})")


def rated(places: Places, hypothesis: int) -> str:
    """Count the cells of items that take part and are rated other than NA."""
    return _sum(f"{_counted(places)}*{_rated(places.ratings_for(hypothesis))}")


def coverage(places: Places, hypothesis: int) -> str:
    """Rated cells, NA included, by the items that take part."""
    ratings, items = places.ratings_for(hypothesis), _sum(f"{_counted(places)}*1")
    judged = _sum(f'{_counted(places)}*({_rated(ratings)}+({ratings}="NA"))')
    return f"IF({items}=0,0,{judged}/{items})"


def rank(
    places: Places, hypothesis: int, own: str, every: str, scheme: SchemeCells
) -> str:
    """One more than the hypotheses that stand strictly ahead; a dash if unrated.

    `own` is the score, `every` those of all hypotheses; within 1e-9 they tie. While
    `scoring.rank` measures from the first of a group, this measures from each, which
    differs only where three scores stand less than 1e-9 apart and two of them more.
    """
    rated_cells = places.for_hypothesis(RATED_ROW, hypothesis)
    all_rated = places.for_hypotheses(MATRIX, RATED_ROW)
    sign = f'IF({first(scheme)}="{LEAST}",1,-1)'
    ahead = f"({all_rated}>0)*({sign}*{every}<{sign}*{own}-{TIE:.9f})"
    return f'IF({rated_cells}=0,"{NONE}",1+{_sum(ahead)})'


def diagnosticity(places: Places, row: int) -> str:
    """Give the population standard deviation of one item's ratings, CC 2 to II -2.

    As sqrt(n * sum(x^2) - sum(x)^2) / n, of whole numbers until the root. A dash with
    fewer than two rated cells, and for an item that takes no part: it cannot be said.
    """
    ratings = places.ratings_of(row)
    n = _sum(_rated(ratings))
    values = [(code, int(SPREAD[ORDER[code]] or 0)) for code in VALUED]
    total = "+".join(f'({ratings}="{code}")*{x}' for code, x in values if x)
    square = "+".join(f'({ratings}="{code}")*{x * x}' for code, x in values if x)
    spread = f"SQRT({n}*{_sum(square)}-{_sum(total)}^2)/{n}"
    aside = f'{places.of_item(row, "Counted")}<>"{YES}"'
    return f'IF(OR({aside},{n}<2),"{NONE}",{spread})'


def weighted_diagnosticity(places: Places, row: int) -> str:
    """Diagnosticity times weight, or the dash."""
    found, by = places.of_item(row, "Diagnosticity"), places.of_item(row, "Weight")
    return f"IF(ISNUMBER({found}),{found}*{by},{found})"


def looked_up(column: str, titles: str, rule: str) -> str:
    """Look up what the chosen rule has in a column of the table of rules."""
    return f"INDEX({column},MATCH({rule},{titles},0))"


def first(scheme: SchemeCells) -> str:
    """Name the cell that says which score stands first, the least or the most."""
    return scheme.at(FIRST_PLACE)
