"""Everybody who judges one case: each one's judgments, followed as entries come."""

from __future__ import annotations

from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.sight import sight_of


class Analysts:
    """Follows the part that each analyst has in the ledger of a case."""

    def __init__(
        self,
        ledger: Ledger,
        case: Case,
        identity: str | None = None,
        reader: str | None = None,
    ) -> None:
        """Begin with nobody: `judgments` reads, for whoever has signed in.

        `reader` is the name that they go by, None for nobody in particular.
        """
        self._ledger = ledger
        self._identity = identity
        self.reader = reader
        self.case = case
        self._desks: dict[str, Desk] = {}

    def judgments(self) -> dict[str, Judgments]:
        """Give the judgments of everybody who judged anything that the matrix holds.

        In the order of names, without those that the reader may not see now. Raises
        NotAllowed for who is not on the case, and LedgerError when the store is out of
        reach.
        """
        id_ = self.case.question.id
        sight = sight_of(self._ledger, id_, self._identity, self.reader)
        for name in self._ledger.analysts(id_):
            if sight.hides(name):
                self._desks.pop(name, None)
            elif name in self._desks:
                self._desks[name].refresh()
            else:
                self._desks[name] = Desk(self._ledger, self.case, name)
        return {
            name: own
            for name, desk in sorted(self._desks.items())
            if (own := desk.judgments).is_judged
        }

    def follows_from(self, name: str) -> tuple[str, ...]:
        """Give the hashes that stand for an analyst's entries as last read."""
        return self._desks[name].follows_from


def judgments_of_others(
    ledger: Ledger, case: Case, analyst: str
) -> dict[str, Judgments]:
    """Give the judgments of everybody else whom an analyst may see, by name."""
    found = Analysts(ledger, case, reader=analyst).judgments()
    return {name: own for name, own in found.items() if name != analyst}
