"""What is said about the open case, as far as whoever looks may read it."""

from __future__ import annotations

from workbench.case.comments import Comment
from workbench.record.rights import ALLOWED, Act, role_of
from workbench.record.talk import comments_in
from workbench.ui import entrance
from workbench.ui.state.person import analyst, identity
from workbench.ui.state.read_case import case, ledger


def comments() -> tuple[Comment, ...]:
    """Give the comments on the case; none in a public demonstration.

    Raises NotAllowed for who is not on the case, and LedgerError.
    """
    if entrance.is_demonstration():
        return ()
    return comments_in(ledger(), case(), identity(), analyst())


def may_comment() -> bool:
    """Tell whether whoever looks may say something about the case."""
    if entrance.is_demonstration():
        return False
    role = role_of(ledger(), case().question.id, identity())
    return role is not None and Act.COMMENT in ALLOWED[role]
