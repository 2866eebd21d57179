"""The session: which case, which analyst, which view. Alone in naming session_state.

What must last is in the ledger; the session only remembers where it is.
"""

from __future__ import annotations

import contextlib
import gc
import getpass
import hashlib
import os
import re
import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar
from urllib.parse import parse_qsl, quote, unquote

import streamlit as st

from workbench.case import folder, library
from workbench.case.editing.publish import Plan
from workbench.case.entry import analyst_name
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Rule
from workbench.errors import WorkbenchError
from workbench.grid.line import Line
from workbench.grid.payload import Values, base, snapshot
from workbench.method.matrix import Matrix, build
from workbench.method.scoring import Assessment, assess
from workbench.record import editing as editing_in_ledger
from workbench.record import sharing
from workbench.record.desk import Desk
from workbench.record.ledger import VARIABLE, Ledger, default_url, is_missing
from workbench.ui import entrance
from workbench.ui.headline import Reached
from workbench.wording import quoted

if TYPE_CHECKING:
    from workbench.exchange import Choices, Imported, Taken

T = TypeVar("T")
CASE_VARIABLE: Final = "WORKBENCH_CASE"
CASE_KEY: Final = "case"  # of the address
_VISITOR: Final = "visitor-"
_YEAR: Final = 365 * 24 * 3600  # seconds
# What the session keeps when another case is opened.
_OF_NO_CASE: Final = frozenset(
    (
        *("served", "several", "analyst", "name_to_keep"),
        *("form", "form_op", "message", "success"),
    )
)


@dataclass(frozen=True)
class Preview:
    """What publishing would write, and the judgments it was worked out from."""

    plan: Plan
    judgments: Judgments


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


def serve_folder(path: Path) -> None:
    """Say which folder is served, unless the environment does: a case, or several."""
    served = Path(os.environ.get(CASE_VARIABLE) or path)
    st.session_state["served"] = served
    st.session_state["several"] = library.is_library(served)


def library_folder() -> Path | None:
    """Give the folder of several cases that is served; None where it is one case."""
    served: Path = st.session_state["served"]
    return served if st.session_state["several"] else None


def place_for_cases() -> Path:
    """Give the folder that a new case goes into: that of several, or beside the one."""
    served: Path = st.session_state["served"]
    return library_folder() or served.resolve().parent


def note_begun(name: str) -> None:
    """Have a case that was just begun be found by the address."""
    if library_folder() is None:
        library.note_beside(st.session_state["served"].resolve(), name)


def _found(name: str) -> bool:
    if (place := library_folder()) is not None:
        return library.find(place, name) is not None
    served: Path = st.session_state["served"].resolve()
    return library.find_beside(served, name) is not None


def case_name() -> str:
    """Name the open case of several, or the one beside that served; "" for none."""
    return str(st.session_state.get("case_name", ""))


def follow_address() -> None:
    """Open the case that the address names, or have the address name the open one.

    The name is looked up among the cases that are there, and is no path.
    """
    place = library_folder()
    asked = st.query_params.get(CASE_KEY)
    name = case_name() if asked is None else asked
    if name and not _found(name):
        where = "in this folder" if place else "begun from here"
        said = f"There is no case {quoted(name)} {where}."
        choose = place and library.names(place)
        leave_message(f"{said} Choose one of these." if choose else said)
        name = ""
    if name != case_name():
        _forget_case()
        st.session_state["case_name"] = name
    if name and asked is None:
        st.query_params[CASE_KEY] = name
    elif asked is not None and not name:
        del st.query_params[CASE_KEY]


def _forget_case() -> None:
    """Forget what the session knows of the case that was open."""
    for key in list(st.session_state):
        if key not in _OF_NO_CASE:
            del st.session_state[key]


def case_folder() -> Path:
    """Give the folder of the case on screen."""
    served: Path = st.session_state["served"]
    if library_folder():
        return served / case_name()
    return served.resolve().parent / case_name() if case_name() else served


@st.cache_resource(max_entries=4, show_spinner=False)
def _case(path: str, fingerprint: str) -> Case:
    del fingerprint  # only the key: a name that begins with _ would be no part of it
    case = folder.load(Path(path))
    _freeze()
    return case


@st.cache_resource(show_spinner=False)
def _freeze() -> None:
    """Free what is loaded at the start from every later collection, once a process.

    Done again it would keep each case that a later version replaced.
    """
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def _ledger(url: str) -> Ledger:
    return Ledger(url)


def stamp(path: Path) -> str:
    """Give the fingerprint of a folder's files as one text, which is quick to hash."""
    return repr(folder.fingerprint(path))


@st.cache_resource(show_spinner=False)
def _finished(url: str, path: str) -> tuple[str, ...]:
    """Write what a program that was stopped had entered and not yet written, once.

    Gives the files that somebody changed meanwhile.
    """
    where = Path(path)
    if is_missing(url):
        return ()
    id_ = folder.case_id(where)
    return tuple(editing_in_ledger.finish(_ledger(url), id_, where, analyst()))


def load_case() -> Case:
    """Load the case anew where its files changed.

    Raises WorkbenchError, ContentErrors among them.
    """
    path = case_folder()
    st.session_state.pop("asked_to_read", None)
    if left := _finished(default_url(path), str(path)):
        files = ", ".join(left)
        leave_message(f"Not written, since changed meanwhile by somebody: {files}.")
        _finished.clear()
    found = folder.fingerprint(path)
    read = repr(found)
    case = _case(str(path), read)
    st.session_state["case"], st.session_state["case_read"] = case, f"{path} {read}"
    st.session_state["case_files"] = found
    return case


def keep_up() -> None:
    """Read the case again where the desk has changed its texts."""
    found: Desk | None = st.session_state.get("desk")
    if found is not None and found.case is not case():
        load_case()


def show_case() -> None:
    """Note that a page is drawn of the case as it is now."""
    st.session_state["case_shown"] = case()


def is_case_new() -> bool:
    """Tell whether the case was read anew since the page was drawn."""
    return st.session_state.get("case_shown", case()) is not case()


def ask_to_read() -> None:
    """Have the case read anew by the next run of a page."""
    st.session_state["asked_to_read"] = True


def is_asked_to_read() -> bool:
    """Tell whether no run has read the case since that was asked for."""
    return "asked_to_read" in st.session_state


def changed_files() -> int:
    """Count the files of the case that are not as they were when it was read."""
    read = set(st.session_state["case_files"])
    differ = read.symmetric_difference(folder.fingerprint(case_folder()))
    return len({name for name, _, _ in differ})


def case() -> Case:
    """Give the case of this run."""
    found: Case = st.session_state["case"]
    return found


def ledger() -> Ledger:
    """Give the ledger of the case.

    Raises WorkbenchError where another folder's case has the same id.
    """
    place, id_ = case_folder(), case().question.id
    if (several := library_folder()) is not None:
        library.require_single(several, case_name(), id_)
    found = _ledger(default_url(place))
    if os.environ.get(VARIABLE):
        sharing.require_own(found, id_, place, note=True, alone=several is None)
    return found


# ---------------------------------------------------------------- the analyst


def analyst() -> str:
    """Give the analyst's name: as set in this browser, else as this session began.

    On a machine that nobody else reaches that is the login name. Elsewhere it would be
    the server's, so each browser gets a name of its own, and keeps it.
    """
    if "analyst" not in st.session_state:
        name = _kept_name()
        if not name and entrance.is_alone():
            with contextlib.suppress(OSError, KeyError, ImportError, WorkbenchError):
                name = analyst_name(getpass.getuser())
            name = name or "analyst"
        elif not name:
            name = f"{_VISITOR}{secrets.token_hex(4)}"
            st.session_state["name_to_keep"] = name
        st.session_state["analyst"] = name
    found: str = st.session_state["analyst"]
    return found


def _kept_name() -> str:
    """Give the name that the browser brought along, "" for none that can be one."""
    try:
        name = analyst_name(unquote(st.context.cookies.get(_name_cookie(), "")))
    except WorkbenchError:
        return ""
    return "" if entrance.is_demonstration() and not _is_visitors(name) else name


def _is_visitors(name: str) -> bool:
    return re.fullmatch(f"{_VISITOR}[0-9a-f]{{8}}", name) is not None


def _name_cookie() -> str:
    # Cookies are shared by all ports of a machine, and names are not.
    return f"workbench_analyst_{st.get_option('server.port')}"


def set_analyst(text: str) -> None:
    """Change the analyst's name, here and in this browser's later sessions.

    Raises WorkbenchError for what is no name, and in a public demonstration.
    """
    if entrance.is_demonstration():
        raise WorkbenchError("In this demonstration nobody can take a name.")
    name = analyst_name(text)
    st.session_state["analyst"] = st.session_state["name_to_keep"] = name


def cookie_to_keep() -> str:
    """Give the cookie that is to keep the name in this browser, "" for none."""
    analyst()  # which may have to make a name
    name = st.session_state.get("name_to_keep")
    if not name:
        return ""
    kept = f"{_name_cookie()}={quote(name, safe='')}"
    return f"{kept}; Path=/; Max-Age={_YEAR}; SameSite=Strict"


def desk() -> Desk:
    """Give the analyst's desk, made anew when the case or the analyst changed."""
    found: Desk | None = st.session_state.get("desk")
    if found is not None and found.case is not case() and found.case == case():
        found.case = case()  # what it wrote itself, as read again
    if found is None or found.case is not case() or found.analyst != analyst():
        edits = not entrance.is_demonstration()
        draft = partial(editing_in_ledger.Draft, case_folder()) if edits else None
        found = Desk(ledger(), case(), analyst(), draft=draft)
        st.session_state["desk"] = found
    return found


def act(changes: Sequence[Sequence[Any]]) -> None:
    """Store changes that a form asked for.

    Raises WorkbenchError where one is refused or nothing could be saved.
    """
    client, op = _next_op()
    desk().change(client, op, changes)


def step(verb: Literal["undo", "redo"]) -> None:
    """Undo what was done last, or do again what was undone, and say so.

    Raises WorkbenchError where there is nothing to, or nothing could be saved.
    """
    client, op = _next_op()
    receipt = desk().receive(client, [[op, verb]])
    if op in receipt.refused:
        raise WorkbenchError(receipt.refused[op])
    leave_success("The last change is undone." if verb == "undo" else "Done again.")


def _next_op() -> tuple[str, int]:
    """Name the forms of this session as a client, and count what they asked for."""
    client = st.session_state.setdefault("form", f"form-{uuid.uuid4().hex[:12]}")
    op = st.session_state.get("form_op", 0) + 1
    st.session_state["form_op"] = op
    return client, op


# ---------------------------------------------------------------- the view


def rule() -> Rule:
    """Give the rule on screen: the case's own unless another was chosen."""
    chosen: Rule | None = st.session_state.get("rule")
    return chosen or case().question.rule


def set_rule(chosen: Rule) -> None:
    """Choose the rule on screen."""
    st.session_state["rule"] = chosen


def count_all() -> bool:
    """Tell whether items of one origin are counted one by one."""
    return bool(st.session_state.get("count_all"))


def set_count_all(*, on: bool) -> None:
    """Choose whether items of one origin are counted one by one."""
    st.session_state["count_all"] = on


def every_rule() -> bool:
    """Tell whether all six rules are shown side by side."""
    return bool(st.session_state.get("every_rule"))


def set_every_rule(*, on: bool) -> None:
    """Choose whether all six rules are shown side by side."""
    st.session_state["every_rule"] = on


def line() -> Line:
    """Give this page's end of the grid's channel."""
    ident = grid_ident()
    found: Line | None = st.session_state.get("line")
    if found is None or found.matrix != ident:
        found = Line(ident)
        st.session_state["line"] = found
    return found


def matrix() -> Matrix:
    """Give the analyst's matrix as it stands, sliders in mid-drag included."""
    seen = line().seen(desk().judgments)
    return build(case(), seen, rule(), count_all=count_all())


def revision() -> str:
    """Name what the matrix on screen follows from, without looking into the case.

    The files as they were read, the entries by the hashes that stand for all of them,
    sliders in mid-drag, rule and independence.
    """
    parts = (
        st.session_state["case_read"],
        desk().follows_from,
        sorted(line().previews.items()),
        rule().value,
        count_all(),
    )
    return repr(parts)


def assessment() -> Assessment:
    """Assess the matrix as it stands, anew where anything changed."""
    return _kept("assessment", lambda: assess(matrix()))


def reached() -> Reached:
    """Reach the verdict on the matrix as it stands, anew where anything changed."""
    return _kept("reached", lambda: Reached.on(assessment()))


def reached_when_settled() -> Reached:
    """Give the verdict last reached while a slider is in mid-drag, else reach it.

    Its draws take too long for what is seen for a moment.
    """
    last = st.session_state.get("reached")
    if line().previews and last is not None:
        before: Reached = last[1]
        return before
    return reached()


def _kept(name: str, compute: Callable[[], T]) -> T:
    """Give what follows from the matrix on screen, computed once a revision."""
    key = revision()
    kept: tuple[str, T] | None = st.session_state.get(name)
    if kept is None or kept[0] != key:
        kept = (key, compute())
        st.session_state[name] = kept
    return kept[1]


def case_read() -> str:
    """Name the case as it was read: another text where its files were changed."""
    return str(st.session_state["case_read"])


def baseline() -> Assessment:
    """Assess the published case under the rule on screen."""
    return _baseline(case_read(), rule(), case(), count_all=count_all())


@st.cache_resource(max_entries=24, show_spinner=False)
def _baseline(read: str, chosen: Rule, _case: Case, *, count_all: bool) -> Assessment:
    del read  # only the key: it stands for the case, which is not hashed
    return assess(build(_case, None, chosen, count_all=count_all))


def reached_as_published() -> Reached:
    """Reach the verdict on the published case under the rule on screen."""
    return _reached(base(case()), rule(), case(), count_all=count_all())


@st.cache_resource(max_entries=8, show_spinner=False)
def _reached(named: str, chosen: Rule, _case: Case, *, count_all: bool) -> Reached:
    del named  # only the key, as above
    return Reached.on(assess(build(_case, None, chosen, count_all=count_all)))


def grid_ident() -> str:
    """Name the grid: one a ledger, case and analyst, the same after a restart."""
    place = case_folder()
    text = f"{place.resolve()}\n{default_url(place)}\n{analyst()}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def grid_data() -> Values:
    """Give the grid its data, the very same as long as the page stays on screen."""
    kept: Values | None = st.session_state.get("grid_data")
    if kept and kept["matrix"] == grid_ident() and kept["base"] == base(case()):
        return kept
    fresh = snapshot(matrix(), grid_ident(), desk().revision)
    fresh |= {"undo": desk().can_undo, "redo": desk().can_redo}
    fresh["focus"] = st.session_state.pop("focus", None)
    st.session_state["grid_data"] = fresh
    return fresh


def focus_cell(evidence: str, hypothesis: str) -> None:
    """Have the grid land on a cell when it is next shown."""
    visit = uuid.uuid4().hex[:8]
    st.session_state["focus"] = [evidence, hypothesis, visit]


def set_destination(page: str) -> None:
    """Remember which page was asked for by a key or a link."""
    st.session_state["destination"] = page


def destination() -> tuple[str, dict[str, str]]:
    """Take the page that was asked for by a key or a link, "" for none, and of what.

    A link asks as the address does: "Evidence?item=the-item".
    """
    page, _, of = str(st.session_state.pop("destination", "")).partition("?")
    return page, dict(parse_qsl(of))


def leave_grid() -> None:
    """Forget the grid's data: it is built from the ledger when it is next shown."""
    st.session_state.pop("grid_data", None)
    if found := st.session_state.get("line"):
        found.previews = {}  # the hand has let go


def sent(key: str, name: str) -> Any:  # noqa: ANN401
    """Read in its callback what a component sent, None where nothing is left of it.

    A run that is broken off before the component was drawn forgets its state, while
    what it sent meanwhile still arrives; the browser then sends it again.
    """
    found = st.session_state.get(key)
    return None if found is None else found.get(name)


def widget(key: str) -> Any:  # noqa: ANN401
    """Read a widget in its callback, by its key."""
    return st.session_state[key]


def set_widget(key: str, value: object) -> None:
    """Set what a widget holds before it is drawn."""
    st.session_state[key] = value


def seed(key: str, value: object) -> str:
    """Give a widget its value before it is drawn; returns the key."""
    st.session_state[key] = value
    return key


def message() -> str:
    """Take the message that a callback left, if any."""
    return str(st.session_state.pop("message", ""))


def leave_message(text: str) -> None:
    """Leave a message for the next run to show."""
    st.session_state["message"] = text


def success() -> str:
    """Take the good news that a callback left, if any."""
    return str(st.session_state.pop("success", ""))


def leave_success(text: str) -> None:
    """Leave good news for the next run to show."""
    st.session_state["success"] = text


def chosen_item() -> str:
    """Give the id of the item last read, "" for none."""
    return str(st.session_state.get("chosen_item", ""))


def choose_item(evidence: str) -> None:
    """Remember which item is being read."""
    st.session_state["chosen_item"] = evidence


def follow_item() -> bool:
    """Choose the item that the address names, if it does so since it was last told."""
    asked = st.query_params.get("item")
    known = st.session_state.get("item_told")
    if not asked or asked == known or asked not in case().item:
        return False
    choose_item(asked)
    return True


def tell_item(evidence: str) -> None:
    """Have the address name the item being read, so that it can be sent."""
    st.session_state["item_told"] = evidence
    if st.query_params.get("item") != evidence:
        st.query_params["item"] = evidence


def preview() -> Preview | None:
    """Give what the analyst was shown before publishing."""
    found: Preview | None = st.session_state.get("preview")
    return found


def set_preview(shown: Preview | None) -> None:
    """Remember what the analyst is shown before publishing."""
    st.session_state["preview"] = shown


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


def view(name: str, default: Any) -> Any:  # noqa: ANN401
    """Give what was last chosen for a view of a page."""
    return st.session_state.get(f"view:{name}", default)


def set_view(name: str, value: object) -> None:
    """Remember what was chosen for a view of a page."""
    st.session_state[f"view:{name}"] = value
