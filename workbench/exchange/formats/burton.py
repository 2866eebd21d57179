"""Matrices of Burton's ACH (Open Source ACH): a dump of its MySQL tables.

Each project is a case, and each of its users an analyst whose weights and ratings are
their own. Of users nothing is read but their names.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from workbench.case import words
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, EventDate, Kind, Level, Question
from workbench.exchange import sql_dump
from workbench.exchange.content import of_bytes
from workbench.exchange.draft import Draft
from workbench.exchange.imported import Cell, Imported, Unreadable
from workbench.exchange.origin_ids import Origins
from workbench.exchange.places import Places
from workbench.exchange.sql_dump import Row, Table
from workbench.exchange.tables import written
from workbench.wording import clipped, counted, quoted

TITLE: Final = "Burton's ACH (SQL dump)"
_MAX_PROJECTS: Final = 500
_LOOK: Final = re.compile(
    rb"\b(?:INSERT\s+INTO|CREATE\s+TABLE(?:\s+IF\s+NOT\s+EXISTS)?)\s+(?:`?\w+`?\.)?"
    rb"`?(?:projects|hypotheses|evidence|ratings)`?[\s(]",
    re.IGNORECASE,
)
_WIDE: Final = 2_000_000  # bytes looked at in UTF-16
_WANTED: Final[Mapping[str, Sequence[str]]] = {
    "projects": ("id", "title", "description", "keywords", "classification"),
    "hypotheses": ("id", "label", "description", "project_id", "deleted"),
    "evidence": (
        *("id", "project_id", "name", "details", "classification", "caveat", "type"),
        *("serial_number", "date_of_source", "code", "flag", "deleted"),
    ),
    "ratings": ("id", "hypothesis_id", "evidence_id", "user_id", "rating", "note"),
    "credibility": ("id", "user_id", "evidence_id", "weight"),
    "comments": ("project_id",),
    "users": ("id", "name", "username"),
}
# The order of Burton's own tables, for a dump that does not give it.
_USUAL: Final[Mapping[str, Sequence[str]]] = {
    "projects": (
        *("id", "user_id", "title", "description", "keywords", "classification"),
        *("public", "open", "directory", "created"),
    ),
    "hypotheses": (
        *("id", "label", "description", "user_id", "project_id", "created", "deleted"),
    ),
    "evidence": (
        *("id", "project_id", "user_id", "name", "details", "classification", "caveat"),
        *("type", "serial_number", "date_of_source", "code", "flag", "created"),
        *("deleted", "diag"),
    ),
    "ratings": (
        *("id", "hypothesis_id", "evidence_id", "user_id", "rating", "note", "created"),
    ),
    "credibility": ("id", "user_id", "evidence_id", "value", "added", "weight"),
    "comments": (
        *("id", "project_id", "evidence_id", "hypothesis_id", "user_id", "comment"),
        *("classification", "caveat", "reply_to_id", "created"),
    ),
}
_OTHERS: Final = ("chat_log", "users_in_projects", "users_in_projects_view_only")
_DELETED: Final = "y"


def recognises(data: bytes) -> bool:
    """Tell whether bytes are a dump with one of Burton's tables in it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        wide = data[:_WIDE]
        data = wide.decode("utf-16", "ignore").encode("ascii", "ignore")
    opening = data[:64].lstrip()[:1]
    return opening not in (b"{", b"[", b"<") and bool(_LOOK.search(data))


def read(data: bytes) -> tuple[Imported, ...]:
    """Read the projects of a dump, a case each.

    Raises Unreadable.
    """
    dump = _Dump(sql_dump.tables(sql_dump.text(data), _WANTED, _USUAL))
    if not dump.projects:
        raise Unreadable("the dump holds no project, no hypothesis and no evidence")
    if len(dump.projects) > _MAX_PROJECTS:
        raise Unreadable(
            f"{len(dump.projects):,} projects; at most {_MAX_PROJECTS} are read"
        )
    found = [_project(dump, id_) for id_ in dump.projects if dump.filled(id_)]
    if not found:
        raise Unreadable("the projects of the dump are empty")
    empty = len(dump.projects) - len(found)
    left = list(dump.left)
    if empty:
        left.append(counted(empty, "project") + " without hypotheses and evidence")
    first = replace(
        found[0],
        dropped=(*found[0].dropped, *left),
        left=(*found[0].left, *dump.unused),
    )
    return (first, *found[1:])


class _Dump:
    """The rows by project, without what is deleted or has been superseded."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        def rows(name: str) -> Sequence[Row]:
            return tables[name].rows if name in tables else ()

        self.projects: dict[str, Row] = {row["id"]: row for row in rows("projects")}
        self.hypotheses = self._by_project(rows("hypotheses"))
        self.evidence = self._by_project(rows("evidence"))
        self.deleted = {
            kind: Counter(
                row.get("project_id", "")
                for row in rows(kind)
                if row.get("deleted") == _DELETED
            )
            for kind in ("hypotheses", "evidence")
        }
        place = {
            row["id"]: project
            for project, every in self.evidence.items()
            for row in every
        }
        self.unused: list[Cell] = []
        self.ratings = self._of_evidence(rows("ratings"), place, "rating")
        self.weights = self._of_evidence(rows("credibility"), place, "weight")
        self.comments = Counter(row.get("project_id", "") for row in rows("comments"))
        self.names = {
            row["id"]: " ".join((row.get("name") or row.get("username") or "").split())
            for row in rows("users")
            if "id" in row
        }
        self.left = [
            f"{counted(tables[name].count, 'row')} of the table {name}"
            for name in _OTHERS
            if name in tables
        ]
        for why, many in Counter(cell.why for cell in self.unused).items():
            self.left.append(f"{why} ({counted(many, 'row')})")

    def _by_project(self, rows: Iterable[Row]) -> dict[str, list[Row]]:
        found: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in rows:
            project = row.get("project_id", "")
            if row.get("deleted") != _DELETED and "id" in row:
                found[project][row["id"]] = row
                self.projects.setdefault(project, {})
        return {project: list(every.values()) for project, every in found.items()}

    def _of_evidence(
        self, rows: Iterable[Row], place: Mapping[str, str], what: str
    ) -> dict[str, list[Row]]:
        """Keep the row with the highest id of each user's cell, or item.

        `what` is the column that counts; the rows that are not kept are noted.
        """
        latest: dict[tuple[str, ...], tuple[int, Row]] = {}
        for row in rows:
            item = row.get("evidence_id", "")
            if item not in place:
                said = f"a {what} of evidence that is deleted or not in the dump"
                self._leave(row, what, said)
                continue
            key = (item, row.get("hypothesis_id", ""), row.get("user_id", ""))
            number = int(row["id"][:18]) if row.get("id", "").isdecimal() else 0
            kept, earlier = latest.get(key, (-1, {}))
            if kept <= number:
                latest[key], row = (number, row), earlier  # noqa: PLW2901
            if row:
                self._leave(row, what, f"a {what} that a later one replaced")
        found: dict[str, list[Row]] = defaultdict(list)
        for (item, *_), (_, row) in latest.items():
            found[place[item]].append(row)
        return found

    def _leave(self, row: Row, what: str, why: str) -> None:
        texts = (row.get(name, "") for name in (what, "note"))
        if content := ": ".join(filter(None, texts)):
            table = {"rating": "ratings", "weight": "credibility"}[what]
            self.unused.append(Cell(f"{table}, id {row.get('id', '')}", content, why))

    def filled(self, project: str) -> bool:
        """Tell whether a project has hypotheses or evidence."""
        return project in self.hypotheses or project in self.evidence

    def analysts(self, project: str) -> dict[str, str]:
        """Give the names of a project's users by id; equal names are told apart."""
        rows = (*self.ratings[project], *self.weights[project])
        ids = list(dict.fromkeys(row.get("user_id", "") for row in rows))
        names = {id_: self.names.get(id_) or f"analyst {id_}" for id_ in ids}
        twice = Counter(names.values())
        return {
            id_: f"{name} (user {id_})" if twice[name] > 1 else name
            for id_, name in names.items()
        }


def _project(dump: _Dump, id_: str) -> Imported:
    row = dump.projects[id_]
    marking = written.marking(row.get("classification", ""))
    title = row.get("title", "")
    draft = Draft(
        TITLE,
        Question(title, title, background=row.get("description", ""), handling=marking),
    )
    if title:
        draft.understood(f"The title of project {id_} is the question")
    else:
        draft.understood(f"Project {id_} has no title in the dump")
    for one in dump.hypotheses.get(id_, ()):
        text = one.get("label", "")
        draft.hypothesis(one["id"], text, statement=one.get("description", ""))
    names = dump.analysts(id_)
    left, noted = Places(draft.drop), Places(draft.understood)
    origins = Origins(noted)
    weights = _weights(draft, dump.weights[id_])
    alone = next(iter(names)) if len(names) == 1 else None
    items = {}
    for one in dump.evidence.get(id_, ()):
        more = _item(one, marking, left)
        more["origin"] = origins.id(one.get("serial_number", ""))
        if (
            alone is not None
            and (weight := weights.get((alone, one["id"]))) is not None
        ):
            more["credibility"] = weight
        items[one["id"]] = draft.item(one["id"], one.get("name", ""), **more)
        if more["origin"]:
            draft.understood("Items with one serial number repeat one origin")
    _rate(draft, left, dump.ratings[id_], names)
    _tell(draft, dump, id_)
    left.tell()
    noted.tell()
    found = draft.finish()
    if alone is not None:
        return found
    return replace(found, analysts=_weighed(found, names, weights, items))


def _item(row: Row, marking: str, left: Places) -> dict[str, Any]:
    kind = written.collection(row.get("type", ""))
    tags = [row.get("code", ""), "" if kind == Kind.ASSUMPTION else kind]
    own = written.marking(row.get("classification", ""))
    if own != marking:
        tags.append(own)
    name = quoted(row.get("name", "") or f"item {row['id']}")
    if row.get("flag", "") not in ("", "0", "n"):
        left.add("the flag of an item", name)
    return {
        "statement": row.get("details", ""),
        "kind": Kind.ASSUMPTION if kind == Kind.ASSUMPTION else Kind.EVIDENCE,
        "caveat": row.get("caveat", ""),
        "tags": tuple(dict.fromkeys(clipped(tag) for tag in tags if tag)),
        "date": _date(row.get("date_of_source", ""), name, left),
    }


def _date(text: str, name: str, left: Places) -> EventDate | None:
    """Read the date of a source; 0000-00-00 is none."""
    if not text.strip("0-: "):
        return None
    found = written.date(text)
    if found is None:
        left.add(f"{quoted(text)}, which is no date", name)
    return found


def _weights(draft: Draft, rows: Iterable[Row]) -> dict[tuple[str, str], Level]:
    found: dict[tuple[str, str], Level] = {}
    for row in rows:
        text = row.get("weight", "")
        level = written.level(text)
        if isinstance(level, float):
            found[row.get("user_id", ""), row.get("evidence_id", "")] = level
        elif text:
            place = f"credibility, id {row.get('id', '')}"
            draft.unread_weight(place, text, "no number")
    return found


def _rate(
    draft: Draft, left: Places, rows: Iterable[Row], names: Mapping[str, str]
) -> None:
    for row in rows:
        item, hypothesis = row.get("evidence_id", ""), row.get("hypothesis_id", "")
        text, note = row.get("rating", ""), row.get("note", "")
        place = f"ratings, id {row.get('id', '')}"
        if not draft.has_hypothesis(hypothesis):
            said = "ratings against a hypothesis that is deleted, or not of the project"
            left.add(said, f"hypothesis {hypothesis}")
            draft.left(place, ": ".join(filter(None, (text, note))), said)
            continue
        consistency: Consistency | None = words.meaning(text)
        if consistency:
            name = names[row.get("user_id", "")]
            draft.rate(item, hypothesis, consistency, note, name, place=place)
        elif text:
            draft.unread_rating(place, text)
        elif note:
            draft.left(place, note, "a note beside an unrated cell")


def _tell(draft: Draft, dump: _Dump, id_: str) -> None:
    for kind, word in (("hypotheses", "hypothesis"), ("evidence", "item")):
        if number := dump.deleted[kind][id_]:
            plural = "hypotheses" if word == "hypothesis" else ""
            draft.drop(counted(number, word, plural) + ", marked as deleted")
    if number := dump.comments[id_]:
        draft.drop(counted(number, "comment"))
    if keywords := dump.projects[id_].get("keywords", ""):
        draft.drop(f"the keywords {quoted(keywords)}")


def _weighed(
    found: Imported,
    names: Mapping[str, str],
    weights: Mapping[tuple[str, str], Level],
    items: Mapping[str, str],
) -> dict[str, Judgments]:
    """Give each analyst the credibility that they gave to items."""
    given: dict[str, dict[str, Level]] = defaultdict(dict)
    for (user, item), level in weights.items():
        given[names[user]][items[item]] = level
    analysts = dict(found.analysts)
    for name, credibility in given.items():
        own = analysts.get(name, Judgments())
        analysts[name] = replace(own, credibility=credibility)
    return analysts


FORMATS: Final = (of_bytes(TITLE, recognises, read),)
