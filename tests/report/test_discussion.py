"""What people said, and how far an analyst agrees with themselves, in a report."""

import datetime as dt

import pytest

from tests.builders import make_case
from workbench.case.comments import Comment
from workbench.case.model import Consistency
from workbench.method.rerating import compared
from workbench.report import FORMATS, make

CASE = make_case("E1: CC I N", "E2: N I II")
DAY = dt.date(2026, 11, 26)
AT = "2026-11-26T19:02:11.402Z"
SAID = (
    Comment("a", AT, "Ann", "=1+1 <b>Why</b> *so*?", "e2", "h1"),
    Comment("b", AT, "Ben", "", "e2", "h1", "a"),
    Comment("c", AT, "Eve", "On the first", "e1", None),
)


def report(to, **more):
    found = make(CASE, to=to, date=DAY, analyst="Ann", said=SAID, **more)
    return found.decode() if FORMATS[to].text else found


def test_the_discussion_is_left_out_unless_it_is_asked_for():
    assert "On the first" not in report("md")
    found = report("md", sections=("discussion",))
    first, second = found.index("On the first"), found.index("=1+1")
    assert first < second  # in the order of the case
    assert "Ann, 2026-11-26 19:02 UTC" in found
    assert "withdrawn" in found
    assert "On the first" in report("md", annex=True)


@pytest.mark.parametrize("to", [one for one in FORMATS if one not in ("csv", "pdf")])
def test_what_was_said_is_text_in_every_format(to):
    found = report(to, sections=("discussion",))
    assert found
    assert "<b>Why</b>" not in (
        found if isinstance(found, str) and to == "html" else ""
    )


def test_how_far_an_analyst_agrees_with_themselves_stands_with_what_it_hangs_on():
    c, n = Consistency.C, Consistency.N
    again = compared([(c, n)] * 3 + [(c, c)] * 21)
    assert "Ann differs in 3 of 24 cells" in report("md", again=again)
    assert "rated again unseen" not in report("md")
