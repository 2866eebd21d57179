"""The case as it reads once texts in some of its files have changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from workbench.case import folder
from workbench.case.editing.file_content import content, contents, with_id
from workbench.case.editing.plan import FileChange
from workbench.case.model import ID_PATTERN, Case, Evidence
from workbench.case.nodes import Faults, compose, represent
from workbench.case.reading import (
    ID_FORM,
    read_evidence,
    read_hypothesis,
    read_question,
    read_sources,
)
from workbench.case.references import check_labels, check_references
from workbench.errors import ContentError, WorkbenchError

_OF_NO_ITEM: Final = (folder.QUESTION_FILE, folder.SOURCES_FILE)
T = TypeVar("T")


def with_texts(case: Case, changes: Sequence[FileChange]) -> Case:
    """Give the case as it reads with other texts in some of its files.

    Raises WorkbenchError where that would be no case without faults.
    """
    hypotheses, items = dict(case.hypothesis), dict(case.item)
    for one in changes:
        part, _, name = one.file.partition("/")
        id_ = name.removesuffix(".yaml")
        if one.file == folder.QUESTION_FILE:
            case = replace(case, question=_parsed(one, read_question))
        elif one.file == folder.SOURCES_FILE:
            case = replace(case, sources=_parsed(one, read_sources))
        elif part == folder.HYPOTHESES:
            hypotheses.pop(id_, None)
            if one.new is not None:
                hypotheses[id_] = _parsed(one, with_id(id_, read_hypothesis))
        else:
            items.pop(id_, None)
            if one.new is not None:
                items[id_] = _parsed(one, with_id(id_, read_evidence))
    parts = tuple(hypotheses.values()), tuple(items.values())
    after = replace(case, hypotheses=parts[0], evidence=parts[1])
    _require_whole(after, {one.file for one in changes})
    return after


def _require_whole(case: Case, changed: Collection[str]) -> None:
    """Check what the documents of a case say of each other, once some have changed.

    Items that have not changed are at fault only where they name what is gone: the
    others are not read again, since there may be a thousand. Raises WorkbenchError.
    """
    there = case.hypothesis.keys(), case.source.keys()
    noted, place = [], {}
    labelled = Counter(item.label for item in case.evidence)
    for file, value in contents(case).items():
        if isinstance(value, Evidence) and file not in changed:
            names = (value.ratings.keys(), {one.source for one in value.sources})
            whole = all(a <= b for a, b in zip(names, there, strict=True))
            if whole and labelled[value.label] == 1:
                continue
        faults = Faults(file)
        thing = content(case, file, value)
        node = represent(thing.document)
        thing.read(node, faults)
        noted.append(faults)
        part, _, name = file.partition("/")
        id_ = name.removesuffix(".yaml")
        kind = "evidence" if part == folder.EVIDENCE else "hypothesis"
        place[f"{kind}/{id_}"] = faults, node
        if not (file in _OF_NO_ITEM or ID_PATTERN.fullmatch(id_)):
            faults.add(None, "", f"the file's name is no id; {ID_FORM}")
    check_labels(case, place)
    check_references(case, noted)
    if errors := [error for faults in noted for error in faults.errors]:
        raise _leaving(errors)


def _leaving(errors: Sequence[ContentError]) -> WorkbenchError:
    return WorkbenchError(f"this would leave the case with a fault: {errors[0]}")


def _parsed(change: FileChange, read: Callable[[Any, Faults], T]) -> T:
    faults = Faults(change.file)
    node = compose((change.new or "").encode(), faults)
    found = None if node is None else read(node, faults)
    if found is None or faults.errors:
        raise _leaving(faults.errors)
    return found
