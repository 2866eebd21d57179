"""Findings on screen: all of them by severity, or beside the thing they speak of.

How much a finding matters is said in words, never by a colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from workbench import wording
from workbench.method.checks import Finding, Severity, Subject, SubjectKind
from workbench.method.scoring import Assessment
from workbench.ui import robustness_found, sign_in, state
from workbench.ui.links import linked
from workbench.wording.findings import SEVERITIES, about

TITLE: Final = "What a reviewer would ask"
_SHOWN: Final = 8  # of a severity, before the rest is folded away


def by_severity(now: Assessment, asked: Sequence[Finding]) -> None:
    """Group the findings by how much they matter, each with what it speaks of."""
    if not asked:
        st.markdown("No finding: the checks ask nothing of this case.")
    for severity in Severity:
        found = [one for one in asked if one.severity is severity]
        if not found:
            continue
        lines = [_named(now, one) for one in found]
        head = f"**{SEVERITIES[severity]}** ({len(found)})"
        st.markdown("\n".join((head, "", *lines[:_SHOWN])))
        if rest := lines[_SHOWN:]:
            with st.expander(f"{len(rest)} more"), st.container(height=320):
                st.markdown("\n".join(rest))


def _named(now: Assessment, one: Finding) -> str:
    subject = linked(about(now, one.subject))
    return f"- *{subject}*: {linked(one.message)}"


def present() -> tuple[Finding, ...]:
    """Give what is asked of the case as it stands; call it once a page."""
    return robustness_found.exact(state.revision(), state.assessment()).findings


def of_items(revision: str, now: Assessment) -> dict[str, list[str]]:
    """Give what is asked about single items, by item, as plain text."""
    found: dict[str, list[str]] = {}
    for one in robustness_found.exact(revision, now).findings:
        if one.subject.kind == "evidence":
            said = f"{one.severity.value.capitalize()}. {one.message}"
            found.setdefault(one.subject.id, []).append(said)
    return found


def beside(asked: Sequence[Finding], kind: SubjectKind, id_: str) -> None:
    """Show what is asked about a thing beside it, gravest first; often nothing is."""
    if told := told_of(asked, kind, id_):
        st.markdown("\n\n".join(told))


def told_of(asked: Sequence[Finding], kind: SubjectKind, id_: str) -> list[str]:
    """Give what is asked about a thing as paragraphs in Markdown, none if nothing."""
    about = [_short(one) for one in asked if one.subject == Subject(kind, id_)]
    return [f"**{TITLE}**", "\n".join(about)] if about else []


def _short(one: Finding) -> str:
    return f"- *{one.severity.value.capitalize()}.* {linked(one.message)}"


@sign_in.part
def of_the_case() -> None:
    """Fold away what is asked about the case as a whole and about its sources.

    Folded it computes nothing, and unfolding runs this fragment alone: no judgment
    waits for it. It closes with the first click on the grid, and so is never stale.
    """
    fold = st.popover(
        TITLE, icon=":material/help:", key="case_findings", on_change="rerun"
    )
    if not fold.open:
        return
    asked = present()
    whole = [one for one in asked if one.subject.kind in ("case", "source")]
    rest = wording.counted(len(asked) - len(whole), "question")
    with fold:
        st.markdown(
            "\n".join(_short(one) for one in whole)
            or "Nothing about the case as a whole or about a source."
        )
        st.caption(
            f"{rest} about single hypotheses and items: beside them on the pages "
            "Question and Evidence, and all together on Robustness."
        )
