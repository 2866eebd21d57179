"""What an analyst writes by hand, told apart from what is composed from the numbers.

Texts are the analyst's own, as they stand in the ledger; none is changed or completed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from workbench.case.entry import Part
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Block, Blocks, Note, Paragraph
from workbench.wording import plain

COMPOSED: Final = Note("Composed from the numbers:")
# After JP 2-0 (US Joint Chiefs of Staff), as given in the MISP taxonomies.
CONFIDENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "low": "Uncorroborated information, good or marginal sources, many "
        "assumptions, weak inference, glaring gaps.",
        "moderate": "Partly corroborated information, several assumptions, a mixture "
        "of strong and weak inference, few gaps.",
        "high": "Well corroborated information from proven sources, few assumptions, "
        "strong inference, minor gaps.",
    }
)


def written(basis: Basis, part: Part) -> tuple[Block, ...]:
    """Give a part written by hand, under a note that says so; nothing where none is."""
    text = basis.judgments.narrative.get(part.value, "")
    if not text:
        return ()
    by = plain(basis.analyst or "")
    note = Note(f"Written by {by}:" if by else "Written by hand:")
    parts = (" ".join(one.split()) for one in text.splitlines())
    return (note, *(Paragraph(plain(one), by=by or "hand") for one in parts if one))


def confidence_section(basis: Basis) -> Blocks | None:
    """State how sure the analyst is of the judgment, and why; None where unstated.

    No likelihood stands in it: the two are never in one sentence (ICD 203).
    """
    level = basis.judgments.narrative.get(Part.CONFIDENCE.value, "")
    basis_ = written(basis, Part.CONFIDENCE_BASIS)
    if not level and not basis_:
        return None
    blocks: list[Block] = []
    if level:
        said = f"Confidence in this judgment is {level}."
        blocks.append(Paragraph(said, by=plain(basis.analyst or "hand")))
        meaning = CONFIDENCES[level]
        blocks.append(Note(f"{level.capitalize()}, after JP 2-0: {meaning}"))
    else:
        blocks.append(Paragraph("No level of confidence is stated."))
    return (*blocks, *basis_)


def implications_section(basis: Basis) -> Blocks | None:
    """Give what follows for the reader, where the analyst says it."""
    return _section(basis, Part.IMPLICATIONS)


def earlier_section(basis: Basis) -> Blocks | None:
    """Give how this stands to earlier judgments, where the analyst says it."""
    return _section(basis, Part.EARLIER)


def _section(basis: Basis, part: Part) -> Blocks | None:
    blocks = written(basis, part)
    return tuple(blocks) if blocks else None
