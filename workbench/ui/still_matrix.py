"""A matrix to look at: codes, scores and ranks as an HTML table that nobody can edit.

The codes are written in every cell, so that colour only helps; the colours are those of
the grid and fit a light and a dark page alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final

from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Evidence, Hypothesis
from workbench.method.group import stacked
from workbench.method.matrix import Codes, Matrix
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment
from workbench.wording import (
    NONE,
    clipped,
    code,
    counted,
    placed,
    plain,
    scored,
    shown,
)
from workbench.wording.diagnosticity import can_separate

_LONGEST: Final = 200  # characters of a title
# After the table: a style that comes first is taken out of what is shown.
_STYLE: Final = """<style>
.sm-wide{overflow-x:auto}
.sm{border-collapse:separate;border-spacing:2px;width:100%;font-size:.9rem;
 line-height:1.3;font-variant-numeric:tabular-nums}
.sm caption{text-align:left;font-weight:600;padding-bottom:.4rem}
.sm th,.sm td{padding:.35rem .5rem;text-align:center;min-width:3.2rem;
 border-radius:5px;font-weight:400}
.sm tbody th,.sm tfoot th,.sm thead th:first-child{text-align:left;min-width:12rem}
.sm small{display:block;font-weight:400;font-size:max(.8rem,12px)}
.sm thead th{vertical-align:bottom;font-weight:600}
.sm tfoot th,.sm tfoot td,.sm td.code{font-weight:650}
.sm .CC{background:#0b6573;color:#fff}
.sm .C{background:color-mix(in srgb,#0d7f8c 34%,transparent)}
.sm .N{background:color-mix(in srgb,currentColor 8%,transparent)}
.sm .I{background:color-mix(in srgb,#e2762f 36%,transparent)}
.sm .II{background:#a93912;color:#fff}
.sm .NA{background:repeating-linear-gradient(135deg,transparent 0 5px,
 color-mix(in srgb,currentColor 10%,transparent) 5px 6px)}
.sm .differ{box-shadow:inset 0 0 0 2px currentColor}
.sm .unrated{box-shadow:inset 0 0 0 1px
 color-mix(in srgb,currentColor 20%,transparent)}
.sm .out th,.sm .out .code{text-decoration:line-through;opacity:.65}
</style>"""


def html(*rules: Assessment, caption: str) -> str:
    """Write one matrix with its scores and ranks under each of the rules given.

    Items that are left out stay, struck through, and are said to be left out.
    """
    heads = f'{_heads(rules[0].matrix.hypotheses)}<th scope="col">Diagnosticity</th>'
    return _table(
        caption, heads, _rows(rules[0]), f"<tfoot>{''.join(map(_foot, rules))}</tfoot>"
    )


def codes(case: Case, judgments: Judgments, *, caption: str, most: int) -> str:
    """Write the codes of a case's first items alone, `most` of them.

    Parked hypotheses and set-aside items are among them: it is what a file holds.
    """
    rows = [
        f'<tr><th scope="row">{_named(item)}</th>'
        f"{_cells(item, judgments, case.hypotheses)}</tr>"
        for item in case.evidence[:most]
    ]
    if (more := len(case.evidence) - most) > 0:
        wide = 1 + len(case.hypotheses)
        said = f"and {counted(more, 'more item')}"
        rows.append(f'<tr><th scope="row" colspan="{wide}">{said}</th></tr>')
    return _table(caption, _heads(case.hypotheses), rows)


def spread(matrices: Mapping[str, Matrix], *, caption: str) -> str:
    """Write what several analysts rated each cell: their codes, each with how many.

    Cells in which they differ are marked by a frame; the codes say how.
    """
    items, each = stacked(matrices)
    first = next(iter(matrices.values()))
    case = first.basis.case
    rows = [
        f'<tr><th scope="row">{_named(case.item[id_])}</th>'
        f"{''.join(_several(each[:, i, j]) for j in range(each.shape[2]))}</tr>"
        for i, id_ in enumerate(items)
    ]
    return _table(caption, _heads(first.hypotheses), rows)


def _several(codes: Codes) -> str:
    """Write one cell of several analysts."""
    many = {
        one.value: n
        for place, one in enumerate(Consistency)
        if (n := int((codes == place).sum()))
    }
    if not many:
        return '<td class="code unrated"></td>'
    if len(many) == 1:
        [(only, n)] = many.items()
        return f'<td class="code {only}">{only}<small>{n}</small></td>'
    said = "<br>".join(f"{n} {one}" for one, n in many.items())
    return f'<td class="code differ">{said}</td>'


def _table(caption: str, heads: str, rows: Iterable[str], foot: str = "") -> str:
    return (
        '<div class="sm-wide" role="region" tabindex="0" '
        f'aria-label="{_text(caption)}">'
        f'<table class="sm"><caption>{_text(caption)}</caption>'
        f'<thead><tr><th scope="col">Item</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody>{foot}</table></div>{_STYLE}"
    )


def _heads(hypotheses: Iterable[Hypothesis]) -> str:
    return "".join(
        f'<th scope="col">{_text(h.label)}<small>{_title(h)}</small></th>'
        for h in hypotheses
    )


def _cells(
    item: Evidence, judgments: Judgments, hypotheses: Iterable[Hypothesis]
) -> str:
    found = (code(judgments.rating(item, h.id)) for h in hypotheses)
    return "".join(f'<td class="code {c or "unrated"}">{c}</td>' for c in found)


def _named(item: Evidence) -> str:
    return f"{_text(item.label)} {_title(item)}"


def _title(thing: Hypothesis | Evidence) -> str:
    return _text(clipped(thing.title, _LONGEST))


def _rows(now: Assessment) -> Iterator[str]:
    matrix = now.matrix
    judgments = matrix.basis.judgments
    weighed = {
        one.id: shown(one.diagnosticity) if tells else NONE
        for one, tells in zip(now.evidence, can_separate(matrix), strict=True)
    }
    for item in matrix.basis.case.evidence:
        cells = _cells(item, judgments, matrix.hypotheses)
        told = weighed.get(item.id)
        last = told or "left out"
        yield (
            f'<tr{"" if told else " class=out"}><th scope="row">{_named(item)}</th>'
            f"{cells}<td>{last}</td></tr>"
        )


def _foot(now: Assessment) -> str:
    scheme = SCHEMES[now.rule]
    first = "least" if scheme.least_first else "most"
    cells = "".join(
        f"<td>{scored(one)}<small>rank {placed(one)}</small></td>"
        for one in now.hypotheses
    )
    head = f'<th scope="row">{_text(scheme.title)}<small>{first} first</small></th>'
    return f"<tr>{head}{cells}<td></td></tr>"


def _text(text: str) -> str:
    return escape(plain(text))
