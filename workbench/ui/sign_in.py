"""The way in where people sign in: nothing of a case is on it, nor after it is over."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar

import streamlit as st

from workbench.team.identity import SignInNeeded
from workbench.ui import entrance

P = ParamSpec("P")
T = TypeVar("T")


@contextlib.contextmanager
def asked_again() -> Iterator[None]:
    """Have the whole page run, which asks to sign in, where that ends meanwhile."""
    try:
        yield
    except SignInNeeded:
        st.rerun()


def part(draw: Callable[P, T]) -> Callable[P, T]:
    """Have a part of a page run by itself, while the sign-in lasts."""
    return st.fragment(asked_again()(draw))


def draw() -> None:
    """Offer to sign in, with what becomes of unsaved work where it was over."""
    st.markdown("### Hypothesis workbench")
    if entrance.proxy() is not None:
        st.info(
            "Your sign-in is over. What was not saved yet is kept in this browser: "
            "reload the page, and it is saved once the case is open."
        )
        return
    if entrance.claims().get("is_logged_in"):
        st.info(
            "Your sign-in is over. What was not saved yet is kept in this browser, and "
            "is saved as soon as you have signed in again and opened the case."
        )
    else:
        st.caption("Who works here signs in first.")
    st.button("Sign in", type="primary", icon=":material/login:", on_click=st.login)


def draw_stranger(identity: str) -> None:
    """Tell somebody without a role in the case how to get one."""
    st.warning(
        "You have signed in, and have no role in this case. Ask a lead of it to give "
        "you one on the page Team; this is who you are:",
        title="Not allowed",
    )
    st.code(identity, language=None, wrap_lines=True)
    with st.container(horizontal=True):
        st.button("Try again", type="primary")
        sign_out()


def sign_out() -> None:
    """Offer to sign out, where that is not the proxy's to do."""
    if entrance.proxy() is not None:
        return
    st.button("Sign out", icon=":material/logout:", on_click=st.logout, key="sign_out")
