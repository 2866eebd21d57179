"""What the pages show: the matrix under the rule that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import streamlit as st

from workbench.case.model import Case, Rule
from workbench.grid.payload import base
from workbench.method.matrix import Matrix, build
from workbench.method.scoring import Assessment, assess
from workbench.ui.found_once import found_once
from workbench.ui.headline import Reached
from workbench.ui.state.at_desk import desk
from workbench.ui.state.grid_line import line
from workbench.ui.state.read_case import case, case_read, read_ahead

T = TypeVar("T")


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


def matrix() -> Matrix:
    """Give the analyst's matrix as it stands, sliders in mid-drag included."""
    return once("matrix", _built)


def _built() -> Matrix:
    seen = line().seen(desk().judgments)
    return build(case(), seen, rule(), count_all=count_all())


def revision() -> str:
    """Name what the matrix on screen follows from, without looking into the case.

    The files as they were read, the entries by the hashes that stand for all of them,
    sliders in mid-drag, rule and independence.
    """
    parts = (
        case_read(),
        desk().follows_from,
        sorted(line().previews.items()),
        rule().value,
        count_all(),
    )
    return repr(parts)


def assessment() -> Assessment:
    """Assess the matrix as it stands, anew where anything changed."""
    return once("assessment", lambda: assess(matrix()))


def reached() -> Reached:
    """Reach the verdict on the matrix as it stands, anew where anything changed."""
    return reached_at(revision(), assessment())


@found_once(8)
def reached_at(revision: str, _now: Assessment) -> Reached:
    """Reach the verdict on an assessment, once for one revision, whoever looks."""
    del revision  # only the key: it stands for the assessment, which is not hashed
    return Reached.on(_now)


def once(name: str, compute: Callable[[], T]) -> T:
    """Give what follows from the matrix on screen, computed once a revision."""
    key = revision()
    kept: tuple[str, T] | None = st.session_state.get(name)
    if kept is None or kept[0] != key:
        kept = (key, compute())
        st.session_state[name] = kept
    return kept[1]


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


def load_ahead(path: Path) -> Reached:
    """Load a case, and reach the verdict on it as published, for whoever comes.

    Raises WorkbenchError where it cannot be loaded.
    """
    found, read = read_ahead(path)
    chosen = found.question.rule
    _baseline(read, chosen, found, count_all=False)
    return _reached(base(found), chosen, found, count_all=False)
