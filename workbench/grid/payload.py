"""The grid as plain values: what the component and the html report are given.

The grid knows no rule: it gets the value of each code and the weight of each item
without its emphases, and sums. Numbers come from `method`; nothing is computed here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from workbench.case.entry import EntryKind, canonical
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Evidence, Itself
from workbench.case.words import table
from workbench.method.matrix import UNRATED, Matrix
from workbench.method.schemes import ORDER
from workbench.method.scoring import SPREAD
from workbench.record.blinding import Blinded

if TYPE_CHECKING:  # the store's library is slow to load, and a report opens no store
    from workbench.record.following import Place

Values = dict[str, Any]
CODES: Final = [[code.value, code.meaning] for code in Consistency]
PAGES: Final = (
    "g, then q Question, e Evidence, m Matrix, b Robustness, p Probability, t Team, "
    "w Watch, h History, r Report, u Guide"
)
KEYS: Final = (
    (
        "Rate",
        (
            "1 2 3 4 5 or C N I with Shift for the strong forms: CC C N I II. 6, 0 or "
            "x: NA. Delete: unrated. With mouse or finger: the codes at the cell"
        ),
    ),
    ("Move", "Arrows, Home, End, Page Up, Page Down, Ctrl+Home, Ctrl+End"),
    ("Next unrated", "u, and Shift+U for the one before; on a phone a swipe"),
    (
        "Rate across",
        (
            "o asks about one hypothesis after another, in random order and alone; "
            "each rating goes on to the next, and to the next item"
        ),
    ),
    (
        "Add",
        (
            "a goes to the row that takes the title of an item, Shift+A to the column "
            "for a hypothesis; Enter adds, Escape leaves"
        ),
    ),
    (
        "Emphasis",
        "+ and \u2212 in any cell of the row; on the slider, Enter and the arrows",
    ),
    (
        "The item whole",
        (
            "Enter opens it at the reason of the cell, Space beside the grid, a "
            "double click at a reason; it follows the arrows; Escape closes"
        ),
    ),
    ("Undo", "Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y to redo, also after a reload"),
    (
        "Baseline",
        (
            "b returns a cell, Shift+B its row; "
            "the menu \u2018Return\u2019 returns everything"
        ),
    ),
    ("Exclude", "e leaves the item out, or takes it in again"),
    (
        "Paste",
        (
            "Ctrl+V pastes a block from a spreadsheet at the cell: codes, words or "
            "++ + \u2212 \u2212\u2212, never bare digits"
        ),
    ),
    ("Find", "/ goes to the filter, also from the page"),
    ("Look", "t turns the grid; f shows it without the strip; ? shows these keys"),
    ("Pages", PAGES),
)
KEYS_OF_PAGES: Final = (
    ("Find", "/ goes to the page's search, or to its list of headings"),
    (
        "Undo",
        "Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y to redo, whatever page it was done on",
    ),
    ("Pages", PAGES),
    ("Keys", "? shows these; Escape closes"),
)


def frame(matrix: Matrix) -> Values:
    """Give what changes when a rule, a level, an origin or an exclusion does.

    weights: one a case's item, without any emphasis; null for an item that takes no
    part. `key` names the frame, so that it is sent only to a page that lacks it.
    """
    position = {item.id: i for i, item in enumerate(matrix.evidence)}
    found = matrix.base_weights.tolist()
    weights = [
        found[position[item.id]] if item.id in position else None
        for item in matrix.basis.case.evidence
    ]
    values: Values = {
        "title": matrix.basis.scheme.title,
        "values": matrix.values.tolist(),
        "least": matrix.least_first,
        "weights": weights,
    }
    if isinstance(matrix.basis.case, Blinded):
        values["blind"] = True  # no score, rank or tick is shown
    key = hashlib.sha256(canonical(values)).hexdigest()[:12]
    return {"key": key, **values}


def snapshot(matrix: Matrix, ident: str, revision: int) -> Values:
    """Give everything that the grid shows, under the judgments of the matrix.

    `ident` names the grid across reloads; `revision` is the number of the last entry
    taken into account.
    """
    case, judgments = matrix.basis.case, matrix.basis.judgments
    hypotheses = [h.id for h in matrix.hypotheses]
    ratings: list[int] = []
    baseline: list[int] = []
    published_reasons: dict[int, str] = {}
    own_reasons: dict[int, str] = {}
    for item in case.evidence:
        first = len(ratings)
        *codes, told, own = _cells(item, judgments, hypotheses)
        ratings += codes[0]
        baseline += codes[1]
        published_reasons |= {first + at: text for at, text in told.items()}
        own_reasons |= {first + at: text for at, text in own.items()}
    return {
        "matrix": ident,
        "question": case.question.question,
        "base": base(case),
        "revision": revision,
        "codes": CODES,
        "spread": SPREAD,
        "words": table(),
        "keys": KEYS,
        "hypotheses": [
            [h.id, h.label, h.title, h.statement] for h in matrix.hypotheses
        ],
        "sources": _sources(case, judgments),
        "evidence": [_item(item, judgments, case) for item in case.evidence],
        "ratings": "".join(map(str, ratings)),
        "baseline": "".join(map(str, baseline)),
        "reasons": published_reasons,
        "own": own_reasons,
        "emphases": [judgments.emphasis(item.id) for item in case.evidence],
        "frame": frame(matrix),
    }


def base(case: Case) -> str:
    """Name all of a case that a grid shows, whoever judges it."""
    return _base(Itself(case))


@lru_cache(maxsize=8)
def _base(one: Itself[Case]) -> str:
    case = one.value
    names = (_texts(case), [_name(Itself(item)) for item in case.evidence])
    return hashlib.sha256(canonical(names)).hexdigest()[:12]


@lru_cache(maxsize=10_000)
def _name(one: Itself[Evidence]) -> str:
    """Name all of an item that a grid shows: of a thousand, most stay as they are."""
    item = one.value
    names = (
        _said(item),
        [[citation.source, citation.at] for citation in item.sources],
        item.credibility,
        item.relevance,
        item.origin,
        item.status,
        {h: [r.consistency.value, r.because] for h, r in item.ratings.items()},
    )
    return hashlib.sha256(canonical(names)).hexdigest()[:24]


def reshape(before: Case, matrix: Matrix) -> Values:
    """Give what turns a grid of the case as it was before into one of the matrix.

    Rows are given that are new or say something else: [place, item, ratings, baseline,
    reasons, own, emphasis]; and the columns of hypotheses that are new and rated, of
    all rows in order: [hypothesis, ratings, baseline, reasons, own].
    """
    case, judgments = matrix.basis.case, matrix.basis.judgments
    was, now = _texts(before), _texts(case)
    said = {name: value for name, value in now.items() if was[name] != value}
    if "sources" in said:
        said["sources"] = _sources(case, judgments)
    order = [item.id for item in case.evidence]
    stays = [item.id for item in before.evidence if item.id in case.item]
    moved = _moved_sources(before, case)
    opened = {h.id for h in matrix.hypotheses} - {h[0] for h in was["hypotheses"]}
    rated = [_column(matrix, one) for one in sorted(opened) if _is_rated(matrix, one)]
    rows = []
    for place, item in enumerate(case.evidence):
        old = before.item.get(item.id)
        same = old is item or old == item
        renumbered = moved and any(c.source in moved for c in item.sources)
        if not same or renumbered:
            rows.append([place, *_row(matrix, item)])
    return {
        "from": base(before),
        "base": base(case),
        **said,
        "gone": [item.id for item in before.evidence if item.id not in case.item],
        "rows": rows,
        "columns": rated,
        "order": None
        if stays == [id_ for id_ in order if id_ in before.item]
        else order,
    }


def _moved_sources(before: Case, case: Case) -> frozenset[str]:
    """Give the sources that rows name by another number than before."""
    number = {one.id: at for at, one in enumerate(before.sources)}
    return frozenset(
        one.id for at, one in enumerate(case.sources) if number.get(one.id) != at
    )


def _row(matrix: Matrix, item: Evidence) -> list[Any]:
    case, judgments = matrix.basis.case, matrix.basis.judgments
    columns = [h.id for h in matrix.hypotheses]
    ratings, baseline, told, own = _cells(item, judgments, columns)
    return [
        _item(item, judgments, case),
        "".join(map(str, ratings)),
        "".join(map(str, baseline)),
        told,
        own,
        judgments.emphasis(item.id),
    ]


def _is_rated(matrix: Matrix, hypothesis: str) -> bool:
    """Tell whether any item is rated against a hypothesis: one just typed is not."""
    case, judgments = matrix.basis.case, matrix.basis.judgments
    return any(hypothesis in item.ratings for item in case.evidence) or any(
        against == hypothesis for _, against in judgments.ratings
    )


def _column(matrix: Matrix, hypothesis: str) -> list[Any]:
    """Give the cells of all rows against one hypothesis."""
    case, judgments = matrix.basis.case, matrix.basis.judgments
    cells = [_cells(item, judgments, [hypothesis]) for item in case.evidence]
    ratings, baseline = ("".join(str(one[at][0]) for one in cells) for at in (0, 1))
    told, own = (
        {row: one[at][0] for row, one in enumerate(cells) if one[at]} for at in (2, 3)
    )
    return [hypothesis, ratings, baseline, told, own]


def _cells(
    item: Evidence, judgments: Judgments, columns: Sequence[str]
) -> tuple[list[int], list[int], dict[int, str], dict[int, str]]:
    """Give an item's ratings in force, the published, their reasons, and own ones."""
    ratings, baseline = [], []
    published_reasons, own_reasons = {}, {}
    for at, hypothesis in enumerate(columns):
        rating, published = (
            judgments.rating(item, hypothesis),
            item.ratings.get(hypothesis),
        )
        ratings.append(ORDER[rating.consistency] if rating else UNRATED)
        baseline.append(ORDER[published.consistency] if published else UNRATED)
        reason, told = (one.because if one else "" for one in (rating, published))
        if told:
            published_reasons[at] = told
        if reason != told:
            own_reasons[at] = reason
    return ratings, baseline, published_reasons, own_reasons


def _sources(case: Case, judgments: Judgments) -> list[Any]:
    return [
        [s.id, s.spoken, s.reliability, judgments.source_emphasis(s.id), s.url]
        for s in case.sources
    ]


def _texts(case: Case) -> Values:
    """Give what a grid says that is no row's."""
    active = [h for h in case.hypotheses if h.status == "active"]
    return {
        "question": case.question.question,
        "hypotheses": [[h.id, h.label, h.title, h.statement] for h in active],
        "sources": [[s.id, s.spoken, s.reliability, s.url] for s in case.sources],
    }


def _item(item: Evidence, judgments: Judgments, case: Case) -> Values:
    return {**_shown(item, case), **_details(item, judgments)}


def _shown(item: Evidence, case: Case) -> Values:
    position = _positions(Itself(case))
    cited = [[position[c.source], c.at] for c in item.sources]
    return {**_said(item), "sources": cited}


def _said(item: Evidence) -> Values:
    return {
        "id": item.id,
        "label": item.label,
        "title": item.title,
        "statement": item.statement,
        "caveat": item.caveat,
        "kind": item.kind.value,
        "date": item.date.text if item.date else "",
        "grade": item.grade,
    }


@lru_cache(maxsize=8)
def _positions(one: Itself[Case]) -> dict[str, int]:
    return {source.id: i for i, source in enumerate(one.value.sources)}


def _details(item: Evidence, judgments: Judgments) -> Values:
    return {
        "credibility": judgments.level_of(item, EntryKind.CREDIBILITY),
        "relevance": judgments.level_of(item, EntryKind.RELEVANCE),
        "origin": judgments.origin(item),
    }


def patches(case: Case, judgments: Judgments, places: Iterable[Place]) -> list[Any]:
    """Give the values now in force at places: [kind, id, hypothesis, value, reason].

    A change of level, origin or exclusion is an item's `details`; its effect on the
    weights comes with the next frame.
    """
    found: list[Any] = []
    for kind, evidence, hypothesis, source in places:
        if kind == EntryKind.SOURCE_EMPHASIS:
            value: Any = judgments.source_emphasis(source or "")
            found.append([kind, source, None, value])
            continue
        item = case.item.get(evidence or "")
        if item is None:
            continue
        if kind == EntryKind.RATING:
            rating = judgments.rating(item, hypothesis or "")
            code = ORDER[rating.consistency] if rating else UNRATED
            because = rating.because if rating else ""
            found.append([kind, item.id, hypothesis, code, because])
        elif kind == EntryKind.EMPHASIS:
            found.append([kind, item.id, None, judgments.emphasis(item.id)])
        else:
            found.append(["details", item.id, None, _details(item, judgments)])
    return found
