"""What one run of a page leaves for a later one."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

import streamlit as st

from workbench.case.editing.publish import Plan
from workbench.case.judgments import Judgments

if TYPE_CHECKING:
    from workbench.exchange import Choices, Imported, Taken

_SAID: Final = ("message", "success")
_LASTS: Final = 20.0  # seconds that something is said for, whatever is drawn meanwhile


def set_destination(page: str) -> None:
    """Remember which page was asked for by a key or a link."""
    st.session_state["destination"] = page


def destination() -> tuple[str, dict[str, str]]:
    """Take the page that was asked for by a key or a link, "" for none, and of what.

    A link asks as the address does: "Evidence?item=the-item".
    """
    page, _, of = str(st.session_state.pop("destination", "")).partition("?")
    return page, dict(parse_qsl(of))


def taken(slot: str) -> str:
    """Give what something was last made of, of those drafts that no case has."""
    return str(st.session_state.get("taken", {}).get(slot, ""))


def note_taken(slot: str, text: str) -> None:
    """Note that something was made of a draft, which is none from then on."""
    st.session_state.setdefault("taken", {})[slot] = text


def message() -> str:
    """Take the message that a callback left, if any."""
    return _taken_up("message")


def leave_message(text: str) -> None:
    """Leave a message for the next run to show."""
    st.session_state["message"] = text


def success() -> str:
    """Take the good news that a callback left, if any."""
    return _taken_up("success")


def leave_success(text: str) -> None:
    """Leave good news for the next run to show."""
    st.session_state["success"] = text


def _taken_up(name: str) -> str:
    text = str(st.session_state.pop(name, ""))
    since = st.session_state.pop(f"{name} again", time.monotonic())
    st.session_state[f"{name} said"] = text, since
    return text


def say_again() -> None:
    """Leave what the page says just now: it is drawn anew, and by nobody's act.

    What a callback has left since is said instead.
    """
    for name in _SAID:
        text, since = st.session_state.get(f"{name} said", ("", 0.0))
        is_new = text and time.monotonic() - since < _LASTS
        if is_new and name not in st.session_state:
            st.session_state[name] = text
            st.session_state[f"{name} again"] = since


@dataclass(frozen=True)
class Preview:
    """What publishing would write, and the judgments it was worked out from."""

    plan: Plan
    judgments: Judgments


def preview() -> Preview | None:
    """Give what the analyst was shown before publishing."""
    found: Preview | None = st.session_state.get("preview")
    return found


def set_preview(shown: Preview | None) -> None:
    """Remember what the analyst is shown before publishing."""
    st.session_state["preview"] = shown


@dataclass(frozen=True)
class Brought:
    """A file that was uploaded, by its content: what is in it, or what is wrong.

    `choices` are those by which it was read, `taken` the columns of one in which no
    matrix was found.
    """

    digest: str
    name: str
    choices: Choices
    found: tuple[Imported, ...] = ()
    fault: str = ""
    taken: tuple[Taken, ...] = ()


def brought() -> Brought | None:
    """Give the uploaded file as it was read."""
    found: Brought | None = st.session_state.get("brought")
    return found


def keep_brought(read: Brought) -> None:
    """Remember an uploaded file, so that it is read once."""
    st.session_state["brought"] = read


def forget_brought() -> None:
    """Forget the uploaded file."""
    st.session_state.pop("brought", None)
