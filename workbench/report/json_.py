"""The report as JSON, everything at full precision; and the case read back from it."""

from __future__ import annotations

import dataclasses
import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from workbench.case.document import CODES, case_document
from workbench.case.entry import PARTS, UNRATED, EntryKind, fitting
from workbench.case.judgments import Judgments
from workbench.case.model import (
    ID_PATTERN,
    MAX_EMPHASIS,
    Case,
    Consistency,
    Level,
    Rating,
)
from workbench.case.reading import LEVEL_FORM, level, read_case
from workbench.errors import ContentError, ContentErrors
from workbench.method import sensitivity
from workbench.method.checks import effective_items
from workbench.report.content.basis import Team
from workbench.report.content.blocks import Block
from workbench.report.content.sections import Report
from workbench.strict_json import NotJson, parse

FORMAT: Final = 1
T = TypeVar("T")
BEYOND: Final = {
    EntryKind.PRIOR: "priors",
    EntryKind.LIKELIHOOD: "likelihoods",
    EntryKind.PROBABILITY: "probabilities",
    EntryKind.NARRATIVE: "narrative",
}
_LONE: Final = re.compile("[\ud800-\udfff]")


def to_json(report: Report) -> bytes:
    """Write everything: case, judgments, results under all rules, and the sections."""
    basis = report.basis
    content = {
        "format": FORMAT,
        "date": basis.date.isoformat(),
        "analyst": basis.analyst,
        "case": case_document(basis.case),
        "judgments": basis.judgments.document(),
        **({"ledger": dataclasses.asdict(basis.chain)} if basis.chain else {}),
        "assessment": basis.assessment.document(basis.analyst),
        "baseline": basis.baseline.document(),
        "rules": {
            rule.value: one.document(basis.analyst) for rule, one in basis.rules.items()
        },
        "sensitivity": sensitivity.document(basis.sensitivity, basis.drawn),
        **({"team": _team(basis.team)} if basis.team else {}),
        "as_of": [day.document() for day in basis.days],
        "effective_items": effective_items(basis.matrix),
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "blocks": [_block(block) for block in section.blocks],
            }
            for section in report.sections
        ],
    }
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    return (_LONE.sub(lambda one: f"\\u{ord(one[0]):04x}", text) + "\n").encode()


def _team(team: Team) -> dict[str, Any]:
    return {
        "analysts": {
            name: {
                "assessment": one.document(name),
                "verdict": team.verdicts[name].document(),
                "judgments": team.judgments[name].document(),
            }
            for name, one in team.assessments.items()
        },
        "group": team.group.document(),
        "agreement": team.agreements.document(),
        "differing": [one.document() for one in team.differing],
    }


def _block(block: Block) -> dict[str, Any]:
    parts = dataclasses.asdict(block)
    parts.pop("specify", None)  # of a figure: its numbers are here already
    if "blocks" in parts:
        parts["blocks"] = [_block(one) for one in getattr(block, "blocks", ())]
    return {"block": type(block).__name__.lower(), **parts}


def read(data: bytes, file: str = "report.json") -> Case:
    """Read the case of a report back.

    Raises ContentErrors.
    """
    return read_case(_part(data, file, "case"), file)


def read_judgments(data: bytes, file: str = "report.json") -> Judgments:
    """Read the judgments of a report back.

    Raises ContentErrors with every fault found.
    """
    r = _Judged(_part(data, file, "judgments"), file)
    found = Judgments(
        ratings=r.each("ratings", _rating, _cell),
        credibility=r.each("credibility", _level),
        relevance=r.each("relevance", _level),
        emphases=r.each("emphasis", _emphasis),
        source_emphases=r.each("source_emphasis", _emphasis),
        origins=r.each("origin", _origin),
        exclusions=r.each("exclusion", _flag),
        **{name: r.beyond(kind) for kind, name in BEYOND.items()},
        certainty=r.held(),
    )
    if r.faults:
        raise ContentErrors(r.faults)
    return found


def _part(data: bytes, file: str, name: str) -> Any:  # noqa: ANN401  unchecked JSON
    def fail(line: int, field: str, message: str) -> ContentErrors:
        return ContentErrors([ContentError(file, line, field, message)])

    try:
        document = parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise fail(line, "", "not UTF-8; save it as UTF-8") from error
    except NotJson as error:
        raise fail(error.line, "", f"not a report: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get(name), dict):
        allowed = "a report in json has it as an object"
        raise fail(0, name, f"missing; {allowed}")
    if (form := document.get("format")) != FORMAT:
        raise fail(0, "format", f"{form!r}; this program reads format {FORMAT}")
    return document[name]


class _Judged:
    """Reads the parts of a document of judgments and notes what is wrong with them."""

    def __init__(self, document: Mapping[str, Any], file: str) -> None:
        self.document = document
        self.file = file
        self.faults: list[ContentError] = []

    def fault(self, field: str, message: str) -> None:
        self.faults.append(ContentError(self.file, 0, f"judgments.{field}", message))

    def each(
        self,
        name: str,
        value: Callable[[Any], T],
        key: Callable[[str], Any] | None = None,
    ) -> dict[Any, T]:
        part = self.document.get(name, {})
        if not isinstance(part, dict):
            self.fault(name, "not an object; use ids with their values")
            return {}
        found = {}
        for id_, raw in part.items():
            try:
                found[(key or _id)(id_)] = value(raw)
            except (ValueError, TypeError, KeyError) as error:
                self.fault(f"{name}.{id_[:120]}", f"{str(raw)[:60]!r}; {error}")
        return found

    def beyond(self, kind: EntryKind) -> dict[str, Any]:
        """Read what is judged beyond the matrix, by hypothesis or by part."""
        part = self.document.get(kind.value, {})
        if not isinstance(part, dict):
            self.fault(kind.value, "not an object; use ids with their values")
            return {}
        found = {}
        for key, raw in part.items():
            try:
                of_part = kind in PARTS
                found[key if of_part else _id(key)] = _decided(
                    kind, raw, key if of_part else None
                )
            except ValueError as error:
                self.fault(f"{kind.value}.{key[:120]}", str(error))
        return found

    def held(self) -> dict[tuple[str, str], str]:
        """Read which doubts about a standing are confirmed or struck."""
        kind = EntryKind.CERTAINTY
        found = {}
        for key, raw in self.each(kind.value, lambda raw: raw, str).items():
            hypothesis, slash, doubt = key.partition("/")
            try:
                place = (_id(hypothesis), doubt)
                found[place] = str(_decided(kind, raw, doubt if slash else None))
            except ValueError as error:
                self.fault(f"{kind.value}.{key[:120]}", str(error))
        return found


def _decided(kind: EntryKind, raw: Any, part: str | None) -> Any:  # noqa: ANN401
    if raw is None:
        raise ValueError("null; leave it out")
    return fitting(kind, raw, part)


def _id(text: str) -> str:
    if not ID_PATTERN.fullmatch(text):
        raise ValueError("its key is no id; use lower-case letters, digits and hyphens")
    return text


def _cell(text: str) -> tuple[str, str]:
    evidence, slash, hypothesis = text.partition("/")
    if not slash:
        raise ValueError("its key names no cell; use EVIDENCE/HYPOTHESIS")
    return _id(evidence), _id(hypothesis)


def _rating(raw: Any) -> Rating | None:  # noqa: ANN401
    if raw == UNRATED:
        return None
    allowed = f'use "{UNRATED}" or a rating of {", ".join(CODES)} with its because'
    if not isinstance(raw, dict) or set(raw) - {"rating", "because"}:
        raise ValueError(allowed)
    because = raw.get("because", "")
    if raw.get("rating") not in CODES or not isinstance(because, str):
        raise ValueError(allowed)
    return Rating(Consistency(raw["rating"]), because)


def _level(raw: Any) -> Level:  # noqa: ANN401
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise TypeError(LEVEL_FORM)
    try:
        return level(str(raw))
    except ValueError as error:
        raise ValueError(LEVEL_FORM) from error


def _emphasis(raw: Any) -> float:  # noqa: ANN401
    number = isinstance(raw, int | float) and not isinstance(raw, bool)
    if not number or not math.isfinite(raw) or not 0 <= raw <= MAX_EMPHASIS:
        raise ValueError(f"use a number from 0 to {MAX_EMPHASIS:g}")
    return float(raw)


def _origin(raw: Any) -> str:  # noqa: ANN401
    if raw == "":
        return ""
    if not isinstance(raw, str):
        raise TypeError('use an id, or "" for none')
    return _id(raw)


def _flag(raw: Any) -> bool:  # noqa: ANN401
    if not isinstance(raw, bool):
        raise TypeError("use true or false")
    return raw
