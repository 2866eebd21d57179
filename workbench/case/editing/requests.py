"""Acts on a case as a page asks for them: plain values in, a case out, or a refusal.

What comes from a page is checked here. A field's value has the form that it has in the
case's files, and is read by the same rules.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from workbench.case.document import (
    CODES,
    Document,
    evidence_document,
    hypothesis_document,
    question_document,
    source_document,
)
from workbench.case.editing import acts, together
from workbench.case.editing.acts import Done
from workbench.case.editing.bringing import bring
from workbench.case.model import Case, Citation, Consistency, Rating, Source
from workbench.case.nodes import Faults, represent, unfit
from workbench.case.reading import (
    read_evidence,
    read_hypothesis,
    read_question,
    read_sources,
)
from workbench.case.references import check_references
from workbench.errors import WorkbenchError

Request = Mapping[str, Any]
LONGEST: Final = 100_000  # characters of a text
MOST: Final = 2_000  # lines of a list that is pasted
QUESTION: Final = "question"
NONE_OF_THESE: Final = "-"  # in an outcome, where the files have a null
_FIXED: Final = ("format", "id")  # keys that no form changes


class Differs(WorkbenchError):
    """A field is no longer as the page read it; `theirs` is what it says now."""

    def __init__(self, theirs: object) -> None:
        super().__init__("changed meanwhile; look at both and choose")
        self.theirs = theirs


def carry_out(case: Case, request: object) -> Done:
    """Do what a page asks for.

    Raises WorkbenchError, which says what was found and what is allowed; Differs where
    a field was changed by somebody else.
    """
    if not isinstance(request, Mapping):
        raise WorkbenchError("not an act: an object is needed")
    name = request.get("act")
    if not isinstance(name, str) or name not in _ACTS:
        raise WorkbenchError(f"unknown act {name!r}; use {', '.join(_ACTS)}")
    return _ACTS[name](case, request)


def field_of(case: Case, what: str, id_: str, key: str) -> Any:  # noqa: ANN401
    """Give a field's value as a page has it; None where it says nothing.

    That is the form of the files, but for an outcome that is none of the hypotheses:
    where a null is written there, a page has a word of its own.
    """
    return _on_page(key, _document(case, what, id_).get(key))


def _on_page(key: str, value: Any) -> Any:  # noqa: ANN401
    if key == "outcome" and isinstance(value, Mapping):
        return {**value, "hypothesis": value["hypothesis"] or NONE_OF_THESE}
    return value


def _in_file(key: str, value: Any) -> Any:  # noqa: ANN401
    if key != "outcome" or not isinstance(value, Mapping):
        return value
    meant = value.get("hypothesis")
    return {**value, "hypothesis": None if meant == NONE_OF_THESE else meant}


# ------------------------------------------------------------------ fields


def _field(case: Case, request: Request) -> Done:
    what, key = _word(request, "what", _KINDS), _text(request, "field")
    id_ = "" if what == QUESTION else _known(case, request, what)
    document = _document(case, what, id_)
    value, was = request.get("value"), request.get("was")
    stands = _on_page(key, document.get(key))
    if key in _FIXED:
        raise WorkbenchError(f"{key}: not changed by hand here")
    if _same(stands, value):
        return Done(case, id_)
    if "was" in request and not _same(stands, was):
        raise Differs(stands)
    if value in (None, "", [], {}):
        document.pop(key, None)
    else:
        document[key] = _in_file(key, _fitting(value))
    return Done(_read_back(case, what, id_, document), id_)


def _document(case: Case, what: str, id_: str) -> Document:
    if what == QUESTION:
        return question_document(case.question)
    if what == "hypothesis":
        return hypothesis_document(case.hypothesis[id_])
    if what == "source":
        return source_document(case.source[id_])
    return evidence_document(case.item[id_])


def _read_back(case: Case, what: str, id_: str, document: Document) -> Case:
    """Read one document as a file is read, and give the case with it.

    Raises WorkbenchError with every fault.
    """
    faults = Faults("")
    node = represent(document)
    changed: Case
    if what == QUESTION:
        changed = replace(case, question=read_question(node, faults))
    elif what == "hypothesis":
        one = read_hypothesis(id_, node, faults)
        found = tuple(one if h.id == id_ else h for h in case.hypotheses)
        changed = replace(case, hypotheses=found)
    elif what == "source":
        (source,) = read_sources(represent({id_: document}), faults) or (
            Source(id_, ""),
        )
        changed = replace(
            case, sources=tuple(source if s.id == id_ else s for s in case.sources)
        )
    else:
        item = read_evidence(id_, node, faults)
        changed = replace(
            case, evidence=tuple(item if e.id == id_ else e for e in case.evidence)
        )
    _require_own_label(changed, what, id_, faults)
    check_references(changed, [faults])
    if faults.errors:
        said = "; ".join(
            ": ".join(part for part in (one.field, one.message) if part)
            for one in sorted(faults.errors)
        )
        raise WorkbenchError(said)
    return changed


def _require_own_label(case: Case, what: str, id_: str, faults: Faults) -> None:
    things = case.hypotheses if what == "hypothesis" else case.evidence
    labels = {one.label: one.id for one in things if one.id != id_}
    label = next((one.label for one in things if one.id == id_), "")
    if what in ("hypothesis", "evidence") and label in labels:
        said = f"{label!r} is the label of {labels[label]} already; give each its own"
        faults.add(None, "label", said)


# ------------------------------------------------------------------ acts


def _add_hypothesis(case: Case, request: Request) -> Done:
    return acts.add_hypothesis(
        case, _text(request, "title"), _text(request, "statement", "")
    )


def _add_evidence(case: Case, request: Request) -> Done:
    done = acts.add_evidence(
        case, _text(request, "title"), _text(request, "statement", "")
    )
    return _filled(done, "evidence", request)


def _add_items(case: Case, request: Request) -> Done:
    titles = request.get("titles")
    if not isinstance(titles, list) or len(titles) > MOST:
        raise WorkbenchError(f"titles: a list of at most {MOST:,} texts is needed")
    given = [_fitting(one) for one in titles if isinstance(one, str)]
    return Done(acts.add_items(case, given))


def _add_source(case: Case, request: Request) -> Done:
    """Add a source; `cite` names an item that cites it from then on."""
    done = _filled(acts.add_source(case, _text(request, "name")), "source", request)
    if "cite" not in request:
        return done
    id_ = _known(case, {"id": request["cite"]}, "evidence")
    cited = (*case.item[id_].sources, Citation(done.id))
    return replace(done, case=acts.with_evidence(done.case, id_, sources=cited))


def _filled(done: Done, what: str, request: Request) -> Done:
    """Fill in further fields of what was just added."""
    fields = request.get("fields", {})
    if not isinstance(fields, Mapping):
        raise WorkbenchError("fields: an object is needed")
    given = {key: _fitting(one) for key, one in fields.items() if one not in ("", None)}
    if not given:
        return done
    document = _document(done.case, what, done.id) | given
    return replace(done, case=_read_back(done.case, what, done.id, document))


def _add_indicator(case: Case, request: Request) -> Done:
    hypothesis = _known(case, request, "hypothesis")
    document = hypothesis_document(case.hypothesis[hypothesis])
    stated = {"text": _text(request, "text")}
    fields = request.get("fields", {})
    if not isinstance(fields, Mapping):
        raise WorkbenchError("fields: an object is needed")
    stated |= {key: _fitting(one) for key, one in fields.items() if one}
    document["predicts"] = [*document.get("predicts", []), stated]
    return Done(_read_back(case, "hypothesis", hypothesis, document), hypothesis)


def _take_up(case: Case, request: Request) -> Done:
    hypothesis = _known(case, request, "hypothesis")
    number, on = request.get("indicator"), _text(request, "on", "")
    count = len(case.hypothesis[hypothesis].predicts)
    if isinstance(number, bool) or not isinstance(number, int):
        raise WorkbenchError("indicator: its number from 1 is needed")
    if not 1 <= number <= count:
        raise WorkbenchError(f"indicator: {number}; there are {count}")
    try:
        day = dt.date.fromisoformat(on) if on else None
    except ValueError:
        raise WorkbenchError(f"on: {on!r}; use a date: YYYY-MM-DD") from None
    return acts.take_up(case, hypothesis, number, day)


def _move(case: Case, request: Request) -> Done:
    what = _word(request, "what", ("evidence", "hypothesis"))
    id_ = _known(case, request, what)
    before = request.get("before")
    if before is not None:
        before = _known(case, {"id": before}, what)
    return Done(case if before == id_ else acts.move(case, id_, before), id_)


def _rename(case: Case, request: Request) -> Done:
    what = _word(request, "what", tuple(_RENAME))
    return _RENAME[what](case, _known(case, request, what), _text(request, "to"))


def _duplicate(case: Case, request: Request) -> Done:
    return together.duplicate(case, _known(case, request, "evidence"))


def _share_origin(case: Case, request: Request) -> Done:
    one = _known(case, request, "evidence")
    other = _known(case, {"id": request.get("with")}, "evidence")
    if one == other:
        raise WorkbenchError("an item shares its origin with another one")
    return together.share_origin(case, one, other)


def _split(case: Case, request: Request) -> Done:
    id_ = _known(case, request, "evidence")
    item = case.item[id_]
    share = together.Share(
        _places(request, "sentences", len(together.sentences(item.statement))),
        _places(request, "sources", len(item.sources)),
        _places(request, "both", len(item.sources)),
    )
    return together.split(case, id_, _text(request, "title"), share)


def _places(request: Request, key: str, count: int) -> frozenset[int]:
    found = request.get(key, [])
    places = range(count)
    if not isinstance(found, list) or any(type(one) is not int for one in found):
        raise WorkbenchError(f"{key}: a list of places is needed")
    if wrong := [one for one in found if one not in places]:
        raise WorkbenchError(f"{key}: there is none at {wrong[0]}")
    return frozenset(found)


def _merge(case: Case, request: Request) -> Done:
    keep = _known(case, request, "evidence")
    gone = _known(case, {"id": request.get("gone")}, "evidence")
    if keep == gone:
        raise WorkbenchError("an item is merged with another one")
    chosen = request.get("chosen", {})
    if not isinstance(chosen, Mapping):
        raise WorkbenchError("chosen: an object of ratings is needed")
    settled = {}
    for id_, one in chosen.items():
        code, because = (
            (one.get("rating"), one.get("because", ""))
            if isinstance(one, Mapping)
            else (one, "")
        )
        if id_ not in case.hypothesis or code not in CODES:
            raise WorkbenchError(f"chosen: {id_!r}: {code!r} is not a rating")
        settled[id_] = Rating(Consistency(code), str(_fitting(because)))
    texts = {key: _text(request, key) for key in _UNITED if key in request}
    done = together.merge(case, keep, gone, settled, texts)
    return replace(
        done,
        case=_read_back(
            done.case, "evidence", keep, _document(done.case, "evidence", keep)
        ),
    )


def _delete(case: Case, request: Request) -> Done:
    what = _word(request, "what", tuple(_DELETE))
    return Done(_DELETE[what](case, _known(case, request, what)))


_UNITED: Final = ("title", "statement", "caveat", "origin")
_KINDS: Final = (QUESTION, "hypothesis", "evidence", "source")
_RENAME: Final[Mapping[str, Callable[[Case, str, str], Done]]] = {
    "hypothesis": acts.rename_hypothesis,
    "evidence": acts.rename_evidence,
    "source": acts.rename_source,
}
_DELETE: Final[Mapping[str, Callable[[Case, str], Case]]] = {
    "hypothesis": acts.delete_hypothesis,
    "evidence": acts.delete_evidence,
    "source": acts.delete_source,
}
_ACTS: Final[Mapping[str, Callable[[Case, Request], Done]]] = {
    "field": _field,
    "add-hypothesis": _add_hypothesis,
    "add-evidence": _add_evidence,
    "add-items": _add_items,
    "add-source": _add_source,
    "bring": bring,
    "add-indicator": _add_indicator,
    "take-up": _take_up,
    "move": _move,
    "rename": _rename,
    "duplicate": _duplicate,
    "share-origin": _share_origin,
    "split": _split,
    "merge": _merge,
    "delete": _delete,
}


# ------------------------------------------------------------------ values


def _text(request: Request, key: str, default: str | None = None) -> str:
    value = request.get(key, default)
    if not isinstance(value, str):
        raise WorkbenchError(f"{key}: a text is needed")
    return str(_fitting(value))


def _word(request: Request, key: str, allowed: tuple[str, ...]) -> str:
    value = request.get(key)
    if not isinstance(value, str) or value not in allowed:
        raise WorkbenchError(f"{key}: {value!r}; use {', '.join(allowed)}")
    return value


def _known(case: Case, request: Request, what: str) -> str:
    there: Collection[str] = {
        "hypothesis": case.hypothesis.keys(),
        "evidence": case.item.keys(),
        "source": case.source.keys(),
    }[what]
    id_ = request.get("hypothesis" if "id" not in request else "id")
    if not isinstance(id_, str) or id_ not in there:
        raise WorkbenchError(f"the case has no {what} {id_!r}")
    return id_


def _fitting(value: Any) -> Any:  # noqa: ANN401
    """Check that a value from a page may stand in a case's files."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > LONGEST:
        raise WorkbenchError(f"longer than {LONGEST:,} characters; make it shorter")
    if character := unfit(json.loads(text) if isinstance(value, str) else ""):
        said = f"the character {character} is not allowed; take it out"
        raise WorkbenchError(said)
    return value


def _same(one: object, other: object) -> bool:
    def plain(value: object) -> str:
        filled = None if value in ("", [], {}) else value
        return json.dumps(filled, sort_keys=True, ensure_ascii=False)

    return plain(one) == plain(other)
