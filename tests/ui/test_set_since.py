"""What a field was set to stands until the browser that shows it has heard of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from workbench.ui import set_since
from workbench.ui.set_since import Said


def rows() -> None:
    """Show a list of which a button chooses the next row, and a field of one's own."""
    import streamlit as st  # noqa: PLC0415  this is the whole of a script

    from workbench.ui import state  # noqa: PLC0415

    heard = st.session_state.setdefault("heard", [])
    here = st.session_state.setdefault("here", 1)
    st.selectbox(
        "Row",
        [1, 2, 3],
        key="row",
        on_change=lambda: heard.append(st.session_state["row"]),
    )
    st.text_input("Words", key="words", on_change=lambda: heard.append("words"))

    def choose_next() -> None:
        st.session_state["here"] = here + 1
        state.set_widget("row", here + 1)

    st.button("Next", key="next", on_click=choose_next)
    st.button("Undo", key="undo")


@dataclass
class Browser:
    """Says what it shows, which is as old as the last time that it was brought up."""

    app: AppTest
    said: Said = field(default_factory=Said)
    shown: WidgetStates = field(default_factory=WidgetStates)

    def hear(self) -> None:
        """Hear what was drawn last."""
        self.shown.CopyFrom(self.app._tree.get_widget_states())

    def holds(self, key: str) -> WidgetState:
        (found,) = (one for one in self.shown.widgets if one.id.endswith(f"-{key}"))
        return found

    def choose(self, row: int) -> None:
        self.holds("row").string_value = str(row)
        self.say()

    def press(self, key: str) -> None:
        self.holds(key).trigger_value = True
        self.say(pressed=True)
        self.holds(key).trigger_value = False

    def say(self, *, pressed: bool = False, run: bool = True) -> None:
        self.said.hear(ClientState(widget_states=self.shown), pressed=pressed)
        if run:
            self.app._run(self.shown)

    @property
    def row(self) -> object:
        return self.app.session_state["row"]

    @property
    def heard(self) -> list[object]:
        return list(self.app.session_state["heard"])


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser on a list of which the first row is chosen."""
    found = Browser(AppTest.from_function(rows).run())
    replaced: Callable[..., None] = set_since.set_widgets_from_proto
    monkeypatch.setattr(SessionState, "set_widgets_from_proto", replaced)
    monkeypatch.setattr(set_since, "_of_run", lambda: found.said)
    found.hear()
    found.say()
    assert (found.row, found.heard) == (1, [])
    return found


def test_what_is_pressed_before_the_next_row_has_come_does_not_choose_the_last(
    browser: Browser,
) -> None:
    browser.press("next")
    for _ in range(2):
        browser.press("undo")
        assert (browser.row, browser.heard) == (2, [])
        assert browser.app.selectbox[0].value == 2
        assert browser.app.selectbox[0].proto.set_value  # and the browser is told again
    browser.hear()
    browser.press("undo")
    assert (browser.row, browser.heard) == (2, [])


def test_a_browser_that_hears_late_of_one_row_does_not_choose_it_over_the_next(
    browser: Browser,
) -> None:
    browser.press("next")
    late = WidgetStates()
    late.CopyFrom(browser.app._tree.get_widget_states())
    browser.press("next")
    assert browser.row == 3
    browser.shown.CopyFrom(late)
    for _ in range(2):
        browser.press("undo")
        assert (browser.row, browser.heard) == (3, [])
    browser.hear()
    browser.press("undo")
    browser.choose(2)
    assert (browser.row, browser.heard) == (2, [2])


def test_of_two_fields_that_differ_one_may_only_have_been_set(browser: Browser) -> None:
    browser.press("next")
    browser.press("next")
    browser.holds("row").string_value = "2"  # as it was set to by the first
    browser.holds("words").string_value = "men"
    browser.say()
    assert (browser.row, browser.heard) == (3, ["words"])


def test_a_row_is_chosen_again_whatever_was_chosen_between(browser: Browser) -> None:
    browser.choose(3)
    browser.press("next")
    assert browser.row == 2
    browser.hear()
    browser.choose(3)
    assert (browser.row, browser.heard) == (3, [3, 3])


def test_a_row_that_is_chosen_just_before_something_is_pressed_is_chosen(
    browser: Browser,
) -> None:
    browser.press("next")
    browser.holds("row").string_value = "3"
    browser.say(run=False)
    browser.press("undo")  # one run for both
    assert (browser.row, browser.heard) == (3, [3])


def test_a_field_that_nothing_has_set_is_heard_as_ever(browser: Browser) -> None:
    browser.holds("words").string_value = "men"
    browser.say()
    browser.press("undo")
    browser.holds("words").string_value = "men at the front"
    browser.press("next")
    assert browser.app.session_state["words"] == "men at the front"
    assert browser.heard == ["words", "words"]


def test_fields_that_have_just_come_do_not_explain_why_a_browser_speaks(
    browser: Browser,
) -> None:
    browser.choose(3)
    browser.press("next")
    browser.hear()
    browser.shown.widgets.add(id="$$ID-x-fresh", string_value="medium")
    browser.choose(3)
    assert (browser.row, browser.heard) == (3, [3, 3])


@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from("abc"), st.sampled_from("xy")),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_each_message_says_something_new_of_a_field_or_was_brought_about_by_a_press(
    messages: list[tuple[dict[str, str], bool]],
) -> None:
    said, before = Said(), dict[str, str]()
    for fields, pressed in messages:
        states = WidgetStates()
        for name, value in fields.items():
            states.widgets.add(id=name, string_value=value)
        said.hear(ClientState(widget_states=states), pressed=pressed)
        new = said.take_new(states)
        other = {name for name in fields if before.get(name) != fields[name]}
        changed = {name for name in other if name in before}
        assert new.keys() == (other if changed or pressed else fields.keys())
        certain = set() if pressed else changed or fields.keys()
        many = len(changed) > 1
        assert {name for name in new if new[name]} == (set() if many else certain)
        assert said.take_new(states) == {}
        before = fields
