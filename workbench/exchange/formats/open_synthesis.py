"""Open Synthesis's boards from a Django dump: one case a board, several analysts apart.

Of the people in a dump their user names are read and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, Final

from workbench.case.model import Consistency, Question, Rule
from workbench.exchange.content import Content, Format
from workbench.exchange.draft import Draft
from workbench.exchange.fields import Fields, whole
from workbench.exchange.imported import Imported, Unreadable
from workbench.wording import counted

TITLE: Final = "Open Synthesis, dumpdata"
VALUES: Final[Mapping[int | None, Consistency]] = {
    0: Consistency.NA,
    1: Consistency.II,
    2: Consistency.I,
    3: Consistency.N,
    4: Consistency.C,
    5: Consistency.CC,
}
_BOARD: Final = "openach.board"
_HYPOTHESIS: Final = "openach.hypothesis"
_EVIDENCE: Final = "openach.evidence"
_SOURCE: Final = "openach.evidencesource"
_EVALUATION: Final = "openach.evaluation"
_USER: Final = "auth.user"
_OWNERS: Final[Mapping[str, str]] = {
    _HYPOTHESIS: "board",
    _EVIDENCE: "board",
    _SOURCE: "evidence",
    _EVALUATION: "board",
}
_BY: Final = ("creator", "uploader", "submit_date", "pub_date", "removed")
_TOLD: Final = 2000  # characters of a source that speaks against an item
_OLDEST: Final = dt.datetime.min.replace(tzinfo=dt.UTC)
_DIGITS: Final = 30  # of a key that is a number


def recognises(content: Content) -> bool:
    """Tell whether a content is a list of records with a board or its parts."""
    found = content.json
    return isinstance(found, list) and any(
        isinstance(one, dict) and str(one.get("model")).startswith("openach.")
        for one in found
    )


def read(content: Content) -> tuple[Imported, ...]:
    """Read every board that is not removed, by its number.

    Raises Unreadable.
    """
    dump = _Dump(content.json)
    boards = _sorted(list(dump.alive[_BOARD]))
    filled = [key for key in boards if dump.is_filled(key)]
    if not filled:
        raise Unreadable("no board with hypotheses or items that are not removed")
    for _ in range(len(boards) - len(filled)):
        dump.left["a board without hypotheses and items"] += 1
    return tuple(dump.board(key) for key in filled)


class _Dump:
    """The records of a dump, sorted out.

    `alive` has the fields of what is not removed, by model and key; `removed` the keys
    of the rest; `parts` the keys by model and the owner's key; `left` counts what is
    left behind.
    """

    def __init__(self, records: list[Any]) -> None:
        self.alive: defaultdict[str, dict[str, Fields]] = defaultdict(dict)
        self.removed: defaultdict[str, set[str]] = defaultdict(set)
        self.parts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.left: Counter[str] = Counter()
        self.names: dict[str, str] = {}
        self.analysts: dict[str, str] = {}
        for number, record in enumerate(records, start=1):
            self._sort(Fields(record, f"record {number}"))
        for model, owner in _OWNERS.items():
            for key, one in self.alive[model].items():
                self.parts[model, one.key(owner)].append(key)

    def _sort(self, record: Fields) -> None:
        model = record.text("model")
        if model not in (_BOARD, _USER, *_OWNERS):
            self.left[f"a record of {model[:60]}"] += 1
            return
        one = record.inner("fields")
        if model == _USER:
            self.left["all of a user's record but the user name"] += 1
            if "pk" in record:  # with natural keys the name itself is the key
                self.names[record.key("pk")] = one.text("username")
            return
        key = record.key("pk")
        if key in self.alive[model] or key in self.removed[model]:
            raise Unreadable(f"{record.where}: a second {model} of the number {key}")
        if one.flag("removed"):
            self.left[f"a record of {model} that is marked as removed"] += 1
            self.removed[model].add(key)
        else:
            self.alive[model][key] = one

    def is_filled(self, board: str) -> bool:
        """Tell whether a board has anything of a matrix."""
        return any(self.parts.get((one, board)) for one in (_HYPOTHESIS, _EVIDENCE))

    def analyst(self, user: str) -> str:
        """Name a user, each by another name, and none by an address."""
        if user not in self.analysts:
            name = self.names.get(user, "" if user.isdigit() else user)
            number = user if user.isdigit() else len(self.analysts) + 1
            if not name.strip() or "@" in name:
                name = f"analyst {number}"
            while name in self.analysts.values():
                name += "+"
            self.analysts[user] = name
        return self.analysts[user]

    def board(self, key: str) -> Imported:
        """Read one board."""
        board = self.alive[_BOARD][key]
        title, background = board.text("board_title"), board.text("board_desc")
        asked = Question(title, title, None, background, Rule.SQUARED_INCONSISTENCY)
        draft = Draft(TITLE, asked)
        draft.understood("The title of the board is taken as the question")
        draft.understood("5 4 3 2 1 0 are CC C N I II NA; no evaluation is unrated")
        draft.understood("The rule is squared-inconsistency, as there")
        draft.understood(
            "Each user is an analyst; several have each ratings of their own"
        )
        board.leave(draft, "the board", *_BY)
        for one in _sorted(self.parts[_HYPOTHESIS, key]):
            hypothesis = self.alive[_HYPOTHESIS][one]
            draft.hypothesis(one, hypothesis.text("hypothesis_text"))
            hypothesis.leave(draft, "a hypothesis", *_BY)
        for one in _sorted(self.parts[_EVIDENCE, key]):
            self._item(draft, one)
        self._rate(draft, self.parts[_EVALUATION, key])
        for what, number in self.left.items():
            draft.drop(what if number == 1 else f"{what} ({counted(number, 'time')})")
        return draft.finish()

    def _item(self, draft: Draft, key: str) -> None:
        item = self.alive[_EVIDENCE][key]
        against, sources = [], []
        for one in _sorted(self.parts[_SOURCE, key]):
            source = self.alive[_SOURCE][one]
            url = source.text("source_url")
            name = source.text("source_title") or url
            published = source.day("source_date", draft)
            if "corroborating" in source and not source.flag("corroborating"):
                told = f"{name} {url} {published or ''}".strip()
                against.append(f"A source contradicts this item: {told[:_TOLD]}")
            else:
                sources.append(draft.source(name, url=url, published=published))
            source.leave(draft, "a source", *_BY)
        if against:
            draft.understood("A source that contradicts an item stands in its caveat")
        draft.item(
            key,
            item.text("evidence_desc"),
            date=item.day("event_date", draft),
            caveat="\n".join(against),
        )
        for id_ in sources:
            draft.cite(key, id_)
        item.leave(draft, "an item", *_BY)

    def _rate(self, draft: Draft, keys: list[str]) -> None:
        """Rate in the order of time, so that the latest of a cell stands."""
        found = [(self._stamp(draft, key), key) for key in keys]
        found.sort(key=lambda pair: (pair[0], _number(pair[1])))
        for _, key in found:
            one = self.alive[_EVALUATION][key]
            item, hypothesis = one.key("evidence"), one.key("hypothesis")
            analyst = self.analyst(_user(one))
            given, place = one.take("value"), one.at("value")
            value = whole(given)
            if (
                item in self.removed[_EVIDENCE]
                or hypothesis in self.removed[_HYPOTHESIS]
            ):
                said = "an evaluation of what is marked as removed"
                draft.drop(said)
                draft.left(place, str(given), said)
            elif given is None:
                draft.drop("an evaluation without a value; the cell is unrated")
            elif value not in VALUES:
                draft.unread_rating(place, str(given))
            else:
                code = VALUES[value]
                draft.rate(item, hypothesis, code, analyst=analyst, place=place)

    def _stamp(self, draft: Draft, key: str) -> dt.datetime:
        text = self.alive[_EVALUATION][key].text("timestamp")
        try:
            found = dt.datetime.fromisoformat(text)
        except ValueError:
            draft.drop("a time of an evaluation that is no time: it counts as oldest")
            return _OLDEST
        return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _user(evaluation: Fields) -> str:
    """Read a user's key: a number, or a list of one name with natural keys."""
    value = evaluation.take("user")
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int):
        said = "no user; use a number or a list of one name"
        raise Unreadable(f"{evaluation.at('user')}: {said}")
    return str(value)


def _number(key: str) -> tuple[int, str]:
    is_number = key.isascii() and key.isdigit() and len(key) <= _DIGITS
    return (int(key) if is_number else 0), key


def _sorted(keys: list[str]) -> list[str]:
    return sorted(keys, key=_number)


FORMATS: Final = (Format(TITLE, recognises, read),)
