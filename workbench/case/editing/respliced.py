"""Change a text from one document to another, and touch the lines that differ alone.

Both documents are those of `case.document`; the text may say the same in other forms.
What comes out has to be read again and compared, as `case.splice` says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from workbench.case.document import Document
from workbench.case.editing.forms import Form, shortened
from workbench.case.splice import Path, drop, insert, is_commented, put, shape


def respliced(text: str, old: Document, new: Document, form: Form) -> str:
    """Give the text with what differs between two documents put, dropped or inserted.

    Raises CannotSplice where the text's form does not allow it.
    """
    return _mapping(text, (), old, new, form)


def _mapping(
    text: str, path: Path, old: Mapping[str, Any], new: Mapping[str, Any], form: Form
) -> str:
    for key, value in new.items():  # first, so that no mapping is left empty between
        if old.get(key) != value:
            place = (*path, key)
            text = _value(text, place, old.get(key), value, form.of(key), form.keys)
    for key in old:
        if key not in new:
            text = _without(text, (*path, key), old[key], form.of(key))
    return text


def _without(text: str, path: Path, old: object, form: Form) -> str:
    """Take out what stands at a path; a collection's own comments stay, and its key."""
    stands = shape(text, path)
    if stands == "absent":
        return text
    if not (form.each and stands == "mapping" and isinstance(old, Mapping)):
        return drop(text, path)
    if not is_commented(text, path):
        return drop(text, path)
    for key in old:
        text = drop(text, (*path, key))
    return text


def _value(  # noqa: PLR0913  one value in its place
    text: str,
    path: Path,
    old: object,
    new: Any,  # noqa: ANN401
    form: Form,
    order: Sequence[str],
) -> str:
    stands = shape(text, path)
    if isinstance(new, Mapping) and isinstance(old, Mapping):
        if stands == "mapping":
            return _mapping(text, path, old, new, form)
        if stands == "scalar":
            return put(text, path, _lengthened(old, new, form.short), order)
    if isinstance(new, list) and isinstance(old, list) and stands == "list":
        return _list(text, path, old, new, form)
    return put(text, path, shortened(new, form), order)


def _lengthened(old: Mapping[str, Any], new: Mapping[str, Any], short: str) -> Any:  # noqa: ANN401
    """Give what takes the place of a mapping that is written in short."""
    changed = {key for key in {**old, **new} if old.get(key) != new.get(key)}
    if changed == {short}:
        return new[short]
    return {key: one for key, one in new.items() if key == short or key in changed}


def _list(
    text: str, path: Path, old: Sequence[Any], new: Sequence[Any], form: Form
) -> str:
    was, now = (
        [json.dumps(one, sort_keys=True) for one in each] for each in (old, new)
    )
    steps = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for tag, first, last, start, end in reversed(steps):  # so that positions hold
        if tag == "equal":
            continue
        both = min(last - first, end - start)
        for at in reversed(range(first + both, last)):
            text = drop(text, (*path, at))
        for at, one in enumerate(new[start + both : end], start=first + both):
            text = insert(text, (*path, at), shortened(one, form.of(at)))
        for k in range(both):
            place, before, after = (*path, first + k), old[first + k], new[start + k]
            text = _value(text, place, before, after, form.of(first + k), ())
    return text
