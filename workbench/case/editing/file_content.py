"""What each file of a case holds: its document, its form, and how it reads back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from workbench.case import folder
from workbench.case.document import (
    Document,
    evidence_document,
    hypothesis_document,
    question_document,
    source_document,
)
from workbench.case.editing import forms
from workbench.case.editing.forms import Form
from workbench.case.model import Case, Hypothesis, Source
from workbench.case.nodes import Faults
from workbench.case.reading import (
    read_evidence,
    read_hypothesis,
    read_question,
    read_sources,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Content:
    """One file's content: its form and document, and how it reads back."""

    value: Any
    write: Callable[[Any], Document]
    form: Form
    read: Callable[[Any, Faults], Any]

    @property
    def document(self) -> Document:
        """The mapping that the file holds."""
        return self.write(self.value)


def contents(case: Case) -> dict[str, Any]:
    """Give what each file of a case holds."""
    found: dict[str, Any] = {
        folder.QUESTION_FILE: case.question,
        folder.SOURCES_FILE: case.sources,
    }
    found |= {file_of(folder.HYPOTHESES, one.id): one for one in case.hypotheses}
    return found | {file_of(folder.EVIDENCE, one.id): one for one in case.evidence}


def content(case: Case, file: str, value: Any) -> Content:  # noqa: ANN401
    """Give what a file of a case holds, with its form and how it reads back."""
    ids = tuple(case.hypothesis)
    if file == folder.QUESTION_FILE:
        return Content(value, question_document, forms.QUESTION, read_question)
    if file == folder.SOURCES_FILE:
        return Content(value, _sources_document, forms.SOURCES, read_sources)
    if isinstance(value, Hypothesis):
        read_h = with_id(value.id, read_hypothesis)
        return Content(value, hypothesis_document, forms.hypothesis(ids), read_h)
    read = with_id(value.id, read_evidence)
    return Content(value, evidence_document, forms.evidence(ids), read)


def _sources_document(sources: tuple[Source, ...]) -> Document:
    return {one.id: source_document(one) for one in sources}


def with_id(
    id_: str, read: Callable[[str, Any, Faults], T]
) -> Callable[[Any, Faults], T]:
    """Give a way to read what has an id, for one of that id."""
    return lambda node, faults: read(id_, node, faults)


def file_of(part: str, id_: str) -> str:
    """Name the file of a hypothesis or an item."""
    return f"{part}/{id_}.yaml"
