"""What the name over a column says that it holds; what is in it is not looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from workbench.exchange.tables.written import key


class Role(StrEnum):
    """What a column holds, said as a preview says it."""

    LABEL = "the items' labels"
    TITLE = "what the items say"
    STATEMENT = "the items' statements"
    KIND = "the kind of item"
    DATE = "the dates of events"
    SOURCE = "the items' sources"
    CREDIBILITY = "the items' credibility"
    RELEVANCE = "the items' relevance"
    WEIGHT = "the items' weight"
    GRADE = "the items' grades"
    ORIGIN = "the items' origins"
    TAGS = "the items' tags"
    CAVEAT = "the items' caveats"
    BECAUSE = "reasons"
    COUNTED = "whether the items take part"
    EMPHASIS = "an analyst's own factor, which a case does not hold"
    DERIVED = "worked out from the rest"


_NAMES: Final[Mapping[Role, str]] = {
    Role.LABEL: "label, id, no, nr, number, #, ref, item no, item number, evidence no, "
    "evidence id, evidence number, item id",
    Role.TITLE: "title, evidence, item, items, evidence item, evidence items, "
    "argument, arguments, evidence or argument, evidence and arguments, fact, facts, "
    "observation, observations, information, relevant information, item of evidence, "
    "items of evidence, evidence title, evidence name, name of evidence",
    Role.STATEMENT: "statement, description, details, detail, evidence description, "
    "text, notes, note, comment, comments, remark, remarks",
    Role.KIND: "kind, type, evidence type, item type, type of evidence",
    Role.DATE: "date, event date, date of event",
    Role.SOURCE: "source, sources, source(s), source name, evidence source",
    Role.CREDIBILITY: "credibility, cred, reliability, credibility of source, "
    "source credibility, evidence credibility, source reliability",
    Role.RELEVANCE: "relevance, rel, relevancy, importance",
    Role.WEIGHT: "weight, weights, wt, weighting, evidence weight",
    Role.GRADE: "grade, admiralty, admiralty grade, admiralty code, nato grade",
    Role.ORIGIN: "origin",
    Role.TAGS: "tags, tag, keywords",
    Role.CAVEAT: "caveat, caveats, limitations",
    Role.BECAUSE: "because, reason, reasons, reasoning, rationale, justification, why, "
    "explanation",
    Role.DERIVED: "diagnosticity, diagnostic value, score, scores, total, totals, sum, "
    "rank, ranking, weighted score, inconsistency, inconsistency score, "
    "weighted inconsistency, weighted inconsistency score, consistency score, "
    "weighted diagnosticity, weighted, inconsistencies",
    Role.COUNTED: "counted, counts, takes part",
    Role.EMPHASIS: "emphasis",
}
ROLE: Final = {
    name: role for role, names in _NAMES.items() for name in names.split(", ")
}
OWN: Final = (
    "label",
    "title",
    "kind",
    "date",
    "sources",
    "credibility",
    "relevance",
    "weight",
    "diagnosticity",
)
# Names that tell rows of items from rows of hypotheses.
OF_ITEMS: Final = frozenset(
    {Role.KIND, Role.DATE, Role.SOURCE, Role.CREDIBILITY, Role.RELEVANCE, Role.GRADE}
    | {Role.WEIGHT, Role.ORIGIN, Role.CAVEAT}
)
EVIDENCE: Final = frozenset(_NAMES[Role.TITLE].split(", ")) - {"title"}
HYPOTHESES: Final = frozenset({"hypothesis", "hypotheses", "hypothesis title"})
RATING: Final = frozenset(
    {"rating", "ratings", "code", "consistency", "score", "value"}
)
_FOOT: Final = re.compile(
    r"(?:(?:weighted|un-?weighted|total|sum(?: of)?|overall|net|final|number of"
    r"|no\.? of|count of|#(?: of)?) )*"
    r"(?:(?:in)?consistenc(?:y|ies)|inconsistents?|scores?|totals?|sums?|rank(?:ing)?|counts?|support|contradictions|result|coverage|margin"
    r"|informative)(?: (?:score|total|count|sum|rank|index|share)s?)?",
    re.IGNORECASE,
)
_HYPOTHESIS: Final = re.compile(
    r"(?:H|Hyp\.?|Hypothesis)\s*#?\s*([0-9]{1,4})(?:\s*[.:)\]]\s*|\s+[–—-]\s+|\s+|$)(.*)",  # noqa: RUF001
    re.IGNORECASE | re.DOTALL,
)
_ITEM: Final = re.compile(
    r"(?:E|Ev\.?|Evidence|Item)\s*#?\s*([0-9]{1,4})"
    r"(?:\s*[.:)\]]\s*|\s+[–—-]\s+|\s+|$)(.*)",  # noqa: RUF001
    re.IGNORECASE | re.DOTALL,
)
_BECAUSE: Final = re.compile(
    r"(.+?)(?:\s*[:,-]\s*|\s+|\s*\()(because|reasons?|reasoning|rationale|justification"
    r"|notes?|comments?)\)?",
    re.IGNORECASE | re.DOTALL,
)


def name(text: str) -> str:
    """Put a column's name in the form that names are compared in."""
    return key(text).strip(" :.*").replace(" / ", "/")


def role(text: str) -> Role | None:
    """Tell what a column of this name holds; None where the name does not say."""
    return ROLE.get(name(text))


def is_foot(text: str) -> bool:
    """Tell whether a row of this name holds scores worked out from the rows above."""
    return bool(_FOOT.fullmatch(name(text)))


def hypothesis(text: str) -> tuple[str, str] | None:
    """Split “H1 Storm” into label and title; None where it bears no label."""
    found = _HYPOTHESIS.fullmatch(text.strip())
    return (f"H{found[1]}", found[2].strip()) if found else None


def item(text: str) -> tuple[str, str] | None:
    """Split “E1 Calm sea” into label and title; None where it bears no label."""
    found = _ITEM.fullmatch(text.strip())
    return (f"E{found[1]}", found[2].strip()) if found else None


def reasons_for(text: str) -> str:
    """Give the name of the column whose reasons a column of this name holds."""
    found = _BECAUSE.fullmatch(text.strip())
    return found[1].strip() if found else ""
