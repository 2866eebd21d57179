"""What somebody may see of others' work in a case now: asked at every reading of it.

While a round is in private nobody reads another's judgments, whatever their role. It
holds for what the app and the commands show: whoever can read the store's own file can
read all of it, and where nobody signs in it rests on trust in names.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from workbench.case.entry import JUDGED, Entry, EntryKind
from workbench.case.model import Case
from workbench.record import callers, pen
from workbench.record.blinding import blinded
from workbench.record.ledger import Ledger
from workbench.record.rights import Act, NotAllowed, Role, require, role_in
from workbench.record.round_entries import Phase, Round, current, person_of

_LOG: Final = logging.getLogger(__name__)
ROUND_KINDS: Final = (EntryKind.ROLE, EntryKind.ROUND)
# What somebody thinks of the case; who was let in and what was changed is for all.
OWN_WORK: Final = JUDGED | {
    EntryKind.COMMENT,
    EntryKind.SUGGESTION,
    EntryKind.RERATING,
}


@dataclass(frozen=True)
class Sight:
    """What one reader sees of a case at a time.

    person: ISSUER#SUBJECT, or the name where nobody signs in. own: the names that are
    theirs. round: the one that goes on, None for none.
    """

    person: str
    own: frozenset[str]
    role: Role
    round: Round | None = None

    @property
    def hides_others(self) -> bool:
        """Whether nobody sees another's judgments now."""
        return self.round is not None and self.round.is_private

    def hides(self, name: str) -> bool:
        """Tell whether what somebody judged, under their name, is not to be seen."""
        return self.hides_others and name not in self.own

    def hides_entry(self, entry: Entry) -> bool:
        """Tell whether an entry is not to be seen."""
        return entry.change.kind in OWN_WORK and self.hides(entry.analyst)

    @property
    def takes_part(self) -> bool:
        """Whether the reader is one of those who rate in the round."""
        return self.round is not None and self.person in self.round.present

    @property
    def is_blind(self) -> bool:
        """Whether no published rating, score or ranking is to be seen either.

        Nor by who may rate no more: the role may be given back.
        """
        found = self.round
        if found is None or found.phase is not Phase.BLIND:
            return False
        return self.person in found.people

    @property
    def seed(self) -> str:
        """What draws the order of rows and columns while blind, else ""."""
        if not self.is_blind or self.round is None:
            return ""
        return f"{self.person}\n{self.round.number}"

    def shown(self, case: Case) -> Case:
        """Give the case as it is to be seen: unrated, in an own order, while blind."""
        return blinded(case, self.seed) if self.is_blind else case

    def visible(self, entries: Iterable[Entry]) -> list[Entry]:
        """Leave out the entries that are not to be seen."""
        return [one for one in entries if not self.hides_entry(one)]


def sight_of(
    ledger: Ledger, case: str, identity: str | None, analyst: str | None
) -> Sight:
    """Give what somebody may see of a case now.

    `analyst` is the name they go by, None for nobody in particular. Raises NotAllowed
    for who is not on the case, and LedgerError.
    """
    entries = [] if identity else ledger.entries(case=case, kinds=[EntryKind.ROUND])
    if identity or entries:  # without a sign-in roles tell only who led a round
        entries = ledger.entries(case=case, kinds=ROUND_KINDS)
    found = sight_by(entries, identity, analyst)
    private = found.round is not None and found.round.is_private
    if identity is None or not private:
        return found
    owners = ledger.owners(case)
    named = [] if analyst is None or analyst in owners else [analyst]
    theirs = [name for name, who in owners.items() if who == identity]
    return replace(found, own=frozenset([*named, *theirs]))


def sight_by(
    entries: Iterable[Entry], identity: str | None, analyst: str | None
) -> Sight:
    """Give what somebody may see by the entries of ROUND_KINDS, as stored.

    Their own is what is under the name that they go by. Raises NotAllowed for who is
    not on the case.
    """
    told = tuple(entries)
    role = role_in(told, identity)
    require(role, Act.READ)
    assert role is not None
    own = frozenset(() if analyst is None else (analyst,))
    return Sight(
        person_of(identity, analyst or ""), own, role, current(told, pen.now())
    )


def hidden_from(
    ledger: Ledger, case: str, identity: str | None, analyst: str | None
) -> frozenset[str]:
    """Name those whose judgments somebody may not see now; nobody without rounds.

    Raises NotAllowed for who is not on the case, and LedgerError.
    """
    sight = sight_of(ledger, case, identity, analyst)
    if sight.round is None:
        return frozenset()
    return frozenset(name for name in ledger.analysts(case) if sight.hides(name))


def entries_of_others(
    ledger: Ledger, case: str, identity: str | None, analyst: str
) -> list[Entry]:
    """Give everybody else's entries in a case, of those that may be seen now.

    Each one's in the order stored, by name. Raises NotAllowed, and LedgerError.
    """
    sight = sight_of(ledger, case, identity, analyst)
    return [
        one
        for name in ledger.analysts(case)
        if name != analyst
        for one in sight.visible(ledger.entries(name, case))
    ]


def require_open_book(
    ledger: Ledger,
    case: str,
    reader: tuple[str | None, str],
    names: Iterable[str],
    what: str,
) -> None:
    """Raise NotAllowed, and log it, where something shows what is not to be seen now.

    `reader` is who signed in and the name they go by, `names` whose judgments it shows,
    `what` how it is called. It shows scores as well: nobody has those who rates blind.
    """
    sight = sight_of(ledger, case, *reader)
    if sight.is_blind or any(sight.hides(one) for one in names):
        raise refusal(ledger, case, sight.person, what)


def refusal(ledger: Ledger, case: str, person: str, what: str) -> NotAllowed:
    """Log that something was asked for that is not to be seen; gives the error."""
    log_refused(ledger, case, person, what)
    return NotAllowed(
        f"not allowed: {what} cannot be seen before the round is revealed"
    )


def log_refused(ledger: Ledger, case: str, person: str, what: str) -> None:
    """Log what somebody asked for and did not get.

    It is logged by the program, and noted in the store with how often and when last.
    Raises LedgerError.
    """
    _LOG.warning("refused to %s in the case %s: %s", person, case or "-", what)
    callers.note_refused(ledger, case, person, what)
