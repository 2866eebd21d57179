"""Our own report in Markdown with its annex: every item in full, read back to a case.

What a report without the annex shows of its matrix is read by `markdown`, as any table.
Scores are worked out anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from workbench.case.model import Consistency, EventDate, Kind, Level, Question, Rule
from workbench.exchange.content import Content, Format
from workbench.exchange.draft import Draft
from workbench.exchange.formats import markdown
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.plain_text import MAX_BYTES, is_text
from workbench.exchange.tables import written
from workbench.method.schemes import SCHEMES

TITLE: Final = "Hypothesis workbench, report in Markdown with its annex"
_MATRIX: Final = "## The matrix"
_ITEMS: Final = "## The evidence in full"
_HYPOTHESES: Final = "## The hypotheses, and what speaks against each"
_RATED: Final = "| Hypothesis | Rating | Reason |"
_FACT: Final = re.compile(r"- \*\*([A-Za-z ]{1,40}):\*\* (.*)")
_WAS: Final = re.compile(r"(?P<now>[A-Z]*) ?(?:\(was .*\))?")
_LEVEL: Final = re.compile(r"(?P<now>\S+)(?: \(published: .*\))?")
_AT: Final = re.compile(r"(.{1,300}?), ([^,;]{1,80})")
_SET_ASIDE: Final = "set aside"
_MAX_LINES: Final = 200_000
_NEAR: Final = 0.0051  # a weight is printed with two decimals
_STOPS: Final = ("### ", "## ", "- ", "* ", "*", "|", "**")


def recognises(content: Content) -> bool:
    """Tell whether a content is such a report."""
    data = content.data
    if len(data) > MAX_BYTES or _ITEMS.encode() not in data or not is_text(data):
        return False
    lines = set(markdown.lines_of(data))
    return {_MATRIX, _ITEMS, _HYPOTHESES} <= lines


def read(content: Content) -> tuple[Imported, ...]:
    """Read the one matrix, as it was judged in the report.

    Raises Unreadable.
    """
    lines = markdown.lines_of(content.data)
    if len(lines) > _MAX_LINES:
        raise Unreadable(f"more than {_MAX_LINES:,} lines; at most that is read")
    return (_Report(lines).imported(),)


@dataclass
class _Card:
    """A thing under a heading of its own: its text, its facts, its table."""

    line: int
    heading: str
    text: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    @property
    def named(self) -> tuple[str, str]:
        """Give label and title."""
        label, _, title = self.heading.partition(" ")
        return label, title or label


class _Report:
    """One report, line by line."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        first = next((t for t in lines if t.startswith("# ")), "# ")
        asked = markdown.plain(first[2:])
        rule = self._rule()
        self.draft = Draft(TITLE, Question(asked, asked, rule=rule))
        self.scheme = SCHEMES[rule]
        self.draft.understood("The judgments are those of the report")
        self.draft.drop("scores and what was found, which are worked out anew")

    def imported(self) -> Imported:
        for card in self._cards(_HYPOTHESES):
            label, title = card.named
            parked = any("kept and not scored" in text for text in card.text)
            text = "" if parked else "\n\n".join(card.text)
            status: Mapping[str, Any] = {"status": "parked"} if parked else {}
            self.draft.hypothesis(
                card.heading, title, label=label, statement=text, **status
            )
        cards = list(self._cards(_ITEMS))
        origins = _origins(cards)
        for card in cards:
            self._item(card, origins)
        return self.draft.finish()

    def _rule(self) -> Rule:
        names = {f"- **Rule:** {SCHEMES[rule].title}": rule for rule in Rule}
        return next((names[t] for t in self.lines if t in names), Question.rule)

    def _cards(self, section: str) -> Iterator[_Card]:
        """Walk the things of a section."""
        card: _Card | None = None
        inside = False
        for number, line in enumerate(self.lines, start=1):
            if line.startswith("## "):
                inside = line == section
            if not inside or not line.strip():
                continue
            if line.startswith("### "):
                if card:
                    yield card
                card = _Card(number, markdown.plain(line[4:]))
            elif card:
                self._take(card, number, line)
        if card:
            yield card

    def _take(self, card: _Card, number: int, line: str) -> None:
        if found := _FACT.fullmatch(line):
            card.facts[found[1]] = markdown.plain(found[2])
        elif line.startswith("| ") and line != _RATED and "---" not in line[:6]:
            card.rows.append((number, markdown.cells_of(line)))
        elif not card.facts and not line.startswith(_STOPS):
            if not line.endswith(":") or not card.text:
                card.text.append(markdown.plain(line))
        elif line.startswith("*This hypothesis is "):
            card.text.append(markdown.plain(line))

    # -------------------------------------------------------------- an item

    def _item(self, card: _Card, origins: Mapping[str, str]) -> None:
        label, title = card.named
        facts = card.facts
        more: dict[str, Any] = {
            "kind": written.kind(facts.get("Kind", "")) or Kind.EVIDENCE,
            "grade": written.grade(facts.get("Grade", "")[:2]),
            "origin": origins.get(label, ""),
            "caveat": facts.get("Caveat", ""),
            "tags": tuple(filter(None, facts.get("Tags", "").split(", "))),
        }
        if facts.get("Not counted") == _SET_ASIDE:
            more["status"] = "set-aside"
        if text := facts.get("Date", ""):
            more["date"] = self._date(card, text)
        statement = "\n\n".join(card.text)
        more |= self._levels(card)
        self.draft.item(card.heading, title, label=label, statement=statement, **more)
        self._cite(card.heading, facts.get("Sources", ""))
        for number, row in card.rows:
            self._rate(card.heading, number, row)

    def _date(self, card: _Card, text: str) -> EventDate | None:
        try:
            return EventDate(text)
        except ValueError:
            said = "a text that is no date"
            self.draft.left(f"line {card.line}, Date", text, said)
            return None

    def _levels(self, card: _Card) -> dict[str, Level]:
        """Read an item's levels; with an emphasis its weight stands for both."""
        found: dict[str, Level] = {}
        for name in ("Credibility", "Relevance"):
            text = _LEVEL.fullmatch(card.facts.get(name, "medium"))
            level = written.level(text["now"]) if text else None
            if level is None:
                place = f"line {card.line}, {name}"
                self.draft.unread_weight(place, card.facts[name], "no level")
            found[name.lower()] = "medium" if level is None else level
        if not self.scheme.levels:
            return found
        product = 1.0
        for level in found.values():
            product *= self.scheme.multiplier(level)
        weight = self._weight(card, product)
        if abs(product - weight) <= _NEAR * max(1.0, weight):
            return found
        self.draft.understood(
            "Where an emphasis was given, the weight of the report stands as the "
            "item's credibility"
        )
        return {"credibility": weight, "relevance": "medium"}

    def _weight(self, card: _Card, product: float) -> float:
        """Give an item's weight, before it is shared among those of one origin."""
        shared = "One origin with" in card.facts
        text = card.facts.get("Emphasis" if shared else "Weight", "")
        found = written.level(text)
        if not isinstance(found, float):
            return product
        return product * found if shared else found

    def _cite(self, item: str, text: str) -> None:
        for one in text.split("; ") if text != "none named" else ():
            found = _AT.fullmatch(one)
            name, at = (found[1], found[2]) if found else (one, "")
            if name:
                self.draft.cite(item, self.draft.source(name), at)

    def _rate(self, item: str, number: int, row: Sequence[str]) -> None:
        hypothesis, text, because = [*row, "", "", ""][:3]
        place = f"line {number}"
        found = _WAS.fullmatch(text)
        code = found["now"] if found else text
        if code in list(Consistency):
            meant = Consistency(code)
            self.draft.rate(item, hypothesis, meant, because, place=place)
        elif code:
            self.draft.unread_rating(place, text)
        elif because:
            self.draft.left(place, because, "a reason beside an unrated cell")


def _origins(cards: Sequence[_Card]) -> dict[str, str]:
    """Name an origin by the first of the items that share it."""
    found: dict[str, str] = {}
    labels = {card.named[0]: number for number, card in enumerate(cards)}
    for card in cards:
        own = card.named[0]
        if text := card.facts.get("One origin with", ""):
            others = [t for t in re.split(r", | and ", text) if t in labels]
            first = min([own, *others], key=lambda label: labels[label])
            found[own] = f"origin-of-{labels[first] + 1}"
    return found


FORMATS: Final = (Format(TITLE, recognises, read),)
