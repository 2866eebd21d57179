"""Where things stand in the workbook, as references; what they hold is said elsewhere.

Formulas and sheets name places through this module alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xlsxwriter.utility import xl_col_to_name

from workbench.case.model import Consistency, Rule
from workbench.method.schemes import SCHEMES

MATRIX: Final = "Matrix"
RULES: Final = "Rules"
SETTINGS: Final = "Settings"
# NA counts 0 in every rule, as an unrated cell does.
VALUED: Final = tuple(code for code in Consistency if code is not Consistency.NA)

# Of the matrix, down to its head.
SCORE_ROW, RANK_ROW, RATED_ROW, COVERAGE_ROW, HEAD_ROW, FIRST_ITEM = range(4, 10)
ITEM_COLUMN, FIRST_RATING = 1, 2
# Of the matrix, right of the ratings.
RESULTS: Final = ("Weight", "Diagnosticity", "Weighted")
CHOICES: Final = ("Counted", "Credibility", "Relevance", "Origin", "Emphasis")
FACTORS: Final = ("Levels", "Origin factor", "Sources' emphasis")
RIGHT: Final = (*RESULTS, *CHOICES, *FACTORS)

# Of the settings.
RULE_ROW, ORIGINS_ROW, CHOICE_COLUMN = 4, 5, 2
RULES_HEAD: Final = 8
FIRST_RULE: Final = RULES_HEAD + 1
IN_FORCE: Final = FIRST_RULE + len(SCHEMES)
SOURCES_HEAD: Final = IN_FORCE + 3
FIRST_SOURCE: Final = SOURCES_HEAD + 1
NAME_COLUMN, FIRST_VALUE = 1, 2
LEVELS_COUNT: Final = FIRST_VALUE + len(VALUED)
LOW, MEDIUM, HIGH, FIRST_PLACE = range(LEVELS_COUNT + 1, LEVELS_COUNT + 5)
EMPHASIS_COLUMN: Final = 2

# Of the six rules.
SCORES_HEAD: Final = 5
RANKS_HEAD: Final = SCORES_HEAD + len(SCHEMES) + 3
WEIGHTS_HEAD: Final = RANKS_HEAD + len(SCHEMES) + 3
FIRST_WEIGHT: Final = WEIGHTS_HEAD + 2


def letter(column: int) -> str:
    """Name a column; the first is 1, as rows are counted."""
    return str(xl_col_to_name(column - 1))


@dataclass(frozen=True)
class Places:
    """The places of so many items by so many hypotheses, as seen from one sheet.

    A reference to an item's own row is relative, so that rows can be sorted, copied
    and put in; all others are absolute. The sheet itself is not named, since a sort
    would then carry references along wrongly. `sources` numbers the sources by id.
    """

    sheet: str
    items: int
    hypotheses: int
    sources: Mapping[str, int]

    def at(self, sheet: str, row: int, column: int) -> str:
        """Name a cell."""
        return f"{self._named(sheet)}${letter(column)}${row}"

    def beside(self, sheet: str, row: int, column: int) -> str:
        """Name a cell of an item's own row."""
        return f"{self._named(sheet)}${letter(column)}{row}"

    def column(self, sheet: str, first: int, last: int, column: int) -> str:
        """Name the cells of a column from a row to another."""
        name = letter(column)
        return f"{self._named(sheet)}${name}${first}:${name}${last}"

    def row(self, sheet: str, row: int, first: int, last: int) -> str:
        """Name the cells of a row from a column to another."""
        left, right = letter(first), letter(last)
        return f"{self._named(sheet)}${left}${row}:${right}${row}"

    def _named(self, sheet: str) -> str:
        return "" if sheet == self.sheet else f"{sheet}!"

    @property
    def last_item(self) -> int:
        """The last row of the matrix; an empty one where there is no item."""
        return FIRST_ITEM + max(self.items, 1) - 1

    @property
    def last_rating(self) -> int:
        """The last column of ratings."""
        return FIRST_RATING + self.hypotheses - 1

    def number(self, name: str) -> int:
        """Give the number of a column of the matrix right of the ratings."""
        return FIRST_RATING + self.hypotheses + RIGHT.index(name)

    def of_item(self, row: int, name: str) -> str:
        """Name what the item of a row has in a column right of the ratings."""
        return self.beside(MATRIX, row, self.number(name))

    def of_items(self, name: str) -> str:
        """Name what all items have in a column right of the ratings."""
        return self.column(MATRIX, FIRST_ITEM, self.last_item, self.number(name))

    def ratings_for(self, hypothesis: int) -> str:
        """Name the ratings of all items for the hypothesis of that number."""
        column = FIRST_RATING + hypothesis
        return self.column(MATRIX, FIRST_ITEM, self.last_item, column)

    def ratings_of(self, row: int) -> str:
        """Name the ratings of the item of a row."""
        left = letter(FIRST_RATING)
        right = letter(self.last_rating)
        return f"{self._named(MATRIX)}${left}{row}:${right}{row}"

    def for_hypothesis(self, row: int, hypothesis: int) -> str:
        """Name what the hypothesis of that number has in a row above the matrix."""
        return self.at(MATRIX, row, FIRST_RATING + hypothesis)

    def for_hypotheses(self, sheet: str, row: int) -> str:
        """Name what all hypotheses have in a row."""
        return self.row(sheet, row, FIRST_RATING, self.last_rating)

    def emphases(self, cited: Sequence[str]) -> list[str]:
        """Name the emphases of sources, those in neighbouring rows as one range."""
        runs: list[list[int]] = []
        for row in sorted({FIRST_SOURCE + self.sources[id_] for id_ in cited}):
            if runs and row == runs[-1][-1] + 1:
                runs[-1].append(row)
            else:
                runs.append([row])
        return [self.column(SETTINGS, run[0], run[-1], EMPHASIS_COLUMN) for run in runs]


@dataclass(frozen=True)
class SchemeCells:
    """What one rule counts, as cells of the settings seen from a sheet."""

    places: Places
    row: int

    def at(self, column: int) -> str:
        """Name what stands in a column of the table of rules."""
        return self.places.at(SETTINGS, self.row, column)

    def value(self, code: Consistency) -> str:
        """Name the value of a code."""
        return self.at(FIRST_VALUE + VALUED.index(code))


def scheme_row(rule: Rule) -> int:
    """Give the row of a rule in the settings."""
    return FIRST_RULE + list(SCHEMES).index(rule)


def weight_columns(rule: Rule) -> tuple[int, int]:
    """Give the columns of levels and of weights under one of the six rules."""
    first = 2 + 2 * list(SCHEMES).index(rule)
    return first, first + 1
