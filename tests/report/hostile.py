"""A case whose every text field holds what markup, formulas and terminals act on."""

from __future__ import annotations

import datetime as dt

from workbench.case.judgments import Judgments
from workbench.case.model import (
    Assumption,
    Case,
    Citation,
    Consistency,
    Evidence,
    Hypothesis,
    Indicator,
    Kind,
    Outcome,
    Question,
    Rating,
    Source,
)

HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "]#panic()",
    "\u202eright to left",
    "long " * 1000 + "end",
    "\U0001f642 e\u0301 \u4f60\u597d",
    "</script><!--<script>",
    "</style></table>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }} {% raw %} ${1+1}",
    "[a](javascript:alert(1)) ![b](http://x) <http://y.z> a@b.c www.x.org",
    "| a | b |\n|---|---|\n# head\n- item\n> quote\n```\ncode",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "a\u2028b\u2029c &amp; &lt; \\",
    "x\x1b[31mred",
)
DATE = dt.date(2026, 11, 24)


def case(text: str) -> Case:
    """Put a text into every field that takes one."""
    return Case(
        Question(
            text,
            text,
            None,
            text,
            handling=text,
            assumptions=(
                Assumption(text),
                Assumption(text, text, "low", text, ("h1",)),
            ),
            outcome=Outcome("", None, text),
        ),
        (
            Hypothesis(
                "h1",
                f"H1{text}",
                text,
                text,
                predicts=(Indicator(text),),
                refuted_by=(text,),
            ),
            Hypothesis("h2", f"H2{text}", text, text, "parked"),
            Hypothesis("h3", f"H3{text}", text, text),
        ),
        (
            Source(
                "s1",
                *[text] * 4,
                url=text,
                archived=text,
                reliability="B",
                interest=text,
                deception={"motive": text},
            ),
        ),
        (
            Evidence(
                "e1",
                f"E1{text}",
                text,
                text,
                Kind.ASSUMPTION,
                sources=(Citation("s1", text),),
                tags=(text,),
                ratings={
                    "h1": Rating(Consistency.I, text),
                    "h2": Rating(Consistency.C, text),
                    "h3": Rating(Consistency.CC, text),
                },
                caveat=text,
            ),
            Evidence("e2", f"E2{text}", text, text, status="set-aside"),
        ),
    )


def own(text: str) -> Judgments:
    """Depart from every rating with a reason of that text."""
    return Judgments(ratings={("e1", "h1"): Rating(Consistency.II, f"own {text}")})
