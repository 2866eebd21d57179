"""The grid as plain values: what the component and the html report are given.

The grid knows no rule: it gets the value of each code and the weight of each item
without its emphases, and sums. Numbers come from `method`; nothing is computed here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from workbench.case.entry import EntryKind, canonical
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Evidence
from workbench.case.words import table
from workbench.method.matrix import UNRATED, Matrix
from workbench.method.schemes import ORDER
from workbench.method.scoring import SPREAD

if TYPE_CHECKING:  # the store's library is slow to load, and a report opens no store
    from workbench.record.following import Place

Values = dict[str, Any]
CODES: Final = [[code.value, code.meaning] for code in Consistency]
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
    (
        "Pages",
        (
            "g, then q Question, e Evidence, m Matrix, b Robustness, p Probability, "
            "t Team, w Watch, h History, r Report, u Guide"
        ),
    ),
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
    key = hashlib.sha256(canonical(values)).hexdigest()[:12]
    return {"key": key, **values}


def snapshot(matrix: Matrix, ident: str, revision: int) -> Values:
    """Give everything that the grid shows, under the judgments of the matrix.

    `ident` names the grid across reloads; `revision` is the number of the last entry
    taken into account.
    """
    case, judgments = matrix.basis.case, matrix.basis.judgments
    hypotheses = [h.id for h in matrix.hypotheses]
    ratings, baseline = [], []
    published_reasons, own_reasons = {}, {}
    for i, item in enumerate(case.evidence):
        for j, hypothesis in enumerate(hypotheses):
            rating, published = (
                judgments.rating(item, hypothesis),
                item.ratings.get(hypothesis),
            )
            ratings.append(ORDER[rating.consistency] if rating else UNRATED)
            baseline.append(ORDER[published.consistency] if published else UNRATED)
            reason, told = (one.because if one else "" for one in (rating, published))
            if told:
                published_reasons[i * len(hypotheses) + j] = told
            if reason != told:
                own_reasons[i * len(hypotheses) + j] = reason
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
        "sources": [
            [s.id, s.spoken, s.reliability, judgments.source_emphasis(s.id), s.url]
            for s in case.sources
        ],
        "evidence": [_item(item, judgments, case) for item in case.evidence],
        "ratings": "".join(map(str, ratings)),
        "baseline": "".join(map(str, baseline)),
        "reasons": published_reasons,
        "own": own_reasons,
        "emphases": [judgments.emphasis(item.id) for item in case.evidence],
        "frame": frame(matrix),
    }


@lru_cache(maxsize=8)
def base(case: Case) -> str:
    """Name the rows, columns and published ratings that a grid was built from."""
    names = (
        [[h.id, h.label, h.title] for h in case.hypotheses if h.status == "active"],
        [
            [
                e.id,
                e.label,
                e.title,
                {h: r.consistency.value for h, r in e.ratings.items()},
            ]
            for e in case.evidence
        ],
    )
    return hashlib.sha256(canonical(names)).hexdigest()[:12]


def _item(item: Evidence, judgments: Judgments, case: Case) -> Values:
    position = {source.id: i for i, source in enumerate(case.sources)}
    return {
        "id": item.id,
        "label": item.label,
        "title": item.title,
        "statement": item.statement,
        "caveat": item.caveat,
        "kind": item.kind.value,
        "date": item.date.text if item.date else "",
        "grade": item.grade,
        "sources": [[position[c.source], c.at] for c in item.sources],
        **_details(item, judgments),
    }


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
