"""What a browser says of fields that are gone is no change, unless it is one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from workbench.ui import left_fields


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("remove_stale_widgets", "widget_changed"):
        monkeypatch.setattr(SessionState, f"_{name}", getattr(left_fields, name))


def items() -> None:
    """Show one item after another, each with fields of its own."""
    import streamlit as st  # noqa: PLC0415  this is the whole of a script

    here = st.session_state.setdefault("here", 0)
    heard = st.session_state.setdefault("heard", [])
    st.selectbox(
        "Level",
        ["low", "high"],
        key=f"level-{here}",
        on_change=lambda: heard.append(("level", here)),
    )
    st.toggle("Aside", key=f"aside-{here}", on_change=lambda: heard.append(here))
    st.button(
        "Return", key=f"return-{here}", on_click=lambda: heard.append(("return", here))
    )
    st.button("Next", on_click=lambda: st.session_state.update(here=here + 1))


def held(app: AppTest) -> WidgetStates:
    states = WidgetStates()
    states.CopyFrom(app._tree.get_widget_states())
    return states


@pytest.fixture
def left() -> Iterator[tuple[AppTest, WidgetStates]]:
    """Items of which the first was left, and what a browser says that shows it yet."""
    app = AppTest.from_function(items).run()
    app.selectbox[0].select("high").run()
    before = held(app)
    next_ = next(one for one in app.button if one.label == "Next")
    next_.click().run()
    app.session_state["heard"].clear()
    assert app.session_state["here"] == 1
    return app, before


def test_what_they_held_when_they_were_left_is_no_change(
    left: tuple[AppTest, WidgetStates],
) -> None:
    app, before = left
    for _ in range(2):
        app._run(before)
        assert app.session_state["heard"] == []
        assert app.session_state["here"] == 1


def test_what_is_done_to_them_is_heard_once_each_time(
    left: tuple[AppTest, WidgetStates],
) -> None:
    app, before = left
    (aside,) = (one for one in before.widgets if one.id.endswith("aside-0"))
    (press,) = (one for one in before.widgets if one.id.endswith("return-0"))
    aside.bool_value = True
    app._run(before)
    app._run(before)
    assert app.session_state["heard"] == [0]
    press.trigger_value = True
    app._run(before)
    app._run(before)
    assert app.session_state["heard"] == [0, ("return", 0), ("return", 0)]


def test_fields_that_stay_are_heard_as_ever(
    left: tuple[AppTest, WidgetStates],
) -> None:
    app, _ = left
    for chosen in ("high", "low"):
        app.selectbox[0].select(chosen).run()
    assert app.session_state["heard"] == [("level", 1)] * 2
