"""One analyst's part of a ledger as far as it was read: what it comes to in a case."""

from __future__ import annotations

import weakref
from collections import deque
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Final

from workbench.case.entry import Entry, EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.case.replay import Replay
from workbench.record.chain import Break, Chain, ChainEnd, SetAside
from workbench.record.faults import Gone
from workbench.record.ledger import Ledger
from workbench.record.rows import Read
from workbench.record.sight import Sight, refusal, sight_of

Place = tuple[str, str | None, str | None, str | None]
Reading = Callable[[Read | None], Sequence[Read]]  # what was stored after an entry

_AT_HAND: Final = 2  # chains of which everything that was read is kept for a while
_MORE: Final = 100  # entries that may come until it is let go


class Whole:
    """All of a chain as it was read and checked, for who asks for it soon after.

    Only the last that were read are kept, whoever read them: a page of a long history
    asks for it as soon as it is opened, and most never do.
    """

    _kept: Final[deque[Whole]] = deque(maxlen=_AT_HAND)

    def __init__(self, stored: Sequence[Read]) -> None:
        self.stored = list(stored)
        self._most = len(stored) + _MORE

    @classmethod
    def keep(cls, stored: Sequence[Read]) -> Callable[[], Whole | None]:
        """Keep one for a while; gives what gives it as long as it is there."""
        found = cls(stored)
        cls._kept.append(found)
        return weakref.ref(found)

    def extend(self, found: Sequence[Read]) -> None:
        """Add what was stored since, where that is little."""
        self.stored.extend(found)
        if len(self.stored) > self._most:
            self.let_go()

    def let_go(self) -> None:
        """Keep it no more."""
        with suppress(ValueError):
            self._kept.remove(self)


class Following:
    """Reads on where it stopped, and begins again where the ledger is another one."""

    def __init__(
        self,
        ledger: Ledger,
        case: Case,
        analyst: str,
        identity: str | None = None,
    ) -> None:
        """Begin with what is in the ledger, for whoever has signed in to read it.

        Without an identity whoever asks for a name is taken by their word. Raises
        NotAllowed where they have no role in the case, or may not see that name's now.
        """
        self.ledger = ledger
        self.case = case
        self.analyst = analyst
        self.identity = identity
        self._chain = Chain(case.question.id, analyst)
        self._renames = ledger.entries(case=case.question.id, kinds=[EntryKind.RENAME])
        self._sight = self._look()
        self._shown = self._sight.shown(case)
        self._shown_of = (case, self._sight.seed)
        self._replay = Replay(self.shown, self._renames)
        self._read_whole: Callable[[], Whole | None] = lambda: None
        self._read_on()

    @property
    def sight(self) -> Sight:
        """What whoever sits here may see of others, as last asked."""
        return self._sight

    @property
    def shown(self) -> Case:
        """The case that is judged: without published ratings while one rates blind."""
        of = (self.case, self._sight.seed)
        if of[0] is not self._shown_of[0] or of[1] != self._shown_of[1]:
            self._shown, self._shown_of = self._sight.shown(self.case), of
        return self._shown

    @property
    def judgments(self) -> Judgments:
        """The judgments that the entries seen so far come to."""
        return self._replay.judgments

    @property
    def entries(self) -> list[Entry]:
        """The entries taken into account, in the order they are in force.

        Where they are no longer at hand they are read once more, and checked, with what
        was stored meanwhile. Raises LedgerError.
        """
        if (kept := self._read_whole()) is None:
            return self._play_again(self._read(None))
        return self._chain.readable(self._chain.in_force(kept.stored))

    def entries_on(
        self, kinds: Collection[EntryKind] = (), evidence: Collection[str] = ()
    ) -> list[Entry]:
        """Give the entries of some kinds, or on some items: read and checked alike."""
        case, chain, last = self.case.question.id, self._chain, self.revision
        found = self.ledger.entries(self.analyst, case, kinds, evidence)
        found = [one for one in found if one.seq <= last]
        if not chain.is_forked and all(map(chain.holds, found)):
            return chain.readable(found)
        return [
            one
            for one in self._play_again(self._read(None))
            if (not kinds or one.change.kind in kinds)
            and (not evidence or one.change.evidence in evidence)
        ]

    @property
    def revision(self) -> int:
        """The number of the last entry taken into account."""
        return self._chain.newest.seq if self._chain.newest else 0

    @property
    def breaks(self) -> list[Break]:
        """Where the ledger does not hold what was written; each is in force."""
        return self._chain.breaks

    @property
    def set_aside(self) -> list[SetAside]:
        """The entries that are kept and not applied, with the reason."""
        return self._chain.set_aside

    @property
    def follows_from(self) -> tuple[str, ...]:
        """Hashes that name the entries taken into account, and what breaks them."""
        return (*self._chain.heads, *(one.mark for one in self.breaks))

    def chain_end(self) -> ChainEnd:
        """Give the end of the chain, and everything in it that a reader must know."""
        return self._chain.end()

    def unseen(self) -> list[Break | SetAside]:
        """Give the breaks, and what is set aside, that nobody has marked as seen."""
        found: list[Break | SetAside] = [*self.breaks, *self.set_aside]
        if not found:
            return []
        seen = self.ledger.entries(case=self.case.question.id, kinds=[EntryKind.SEEN])
        marks = {entry.change.to for entry in seen}
        return [one for one in found if one.mark not in marks]

    @property
    def can_undo(self) -> bool:
        """Whether there is an action to undo."""
        return bool(self._replay.undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is an action to redo."""
        return bool(self._replay.redo)

    def followed(self, entry: Entry) -> Entry:
        """Give an entry under the ids that what it is about has now."""
        return self._replay.followed(entry)

    def touched(self, after: int, but: str | None) -> list[Place]:
        """Name what changed after a revision, apart from what one page painted itself.

        Undone and redone things count for that page too: it did not know their values.
        """
        return [
            (str(one.kind), one.evidence, one.hypothesis, one.source)
            for one in self._replay.touched(after, but)
        ]

    def refresh(self) -> None:
        """Take in what other pages stored meanwhile.

        Raises NotAllowed for who is no longer on the case.
        """
        self._see(self._look(), self._read)
        self._read_on()

    def _look(self) -> Sight:
        """Ask what may be seen now. Raises NotAllowed where that is not this name's."""
        case = self.case.question.id
        found = sight_of(self.ledger, case, self.identity, self.analyst)
        if self.identity is not None and found.hides(self.analyst):
            whose = f"the judgments of {self.analyst}"
            raise refusal(self.ledger, case, found.person, whose)
        return found

    def _see(self, found: Sight, read: Reading) -> None:
        """Take up what may be seen; what is judged blind hangs on nothing published."""
        was, self._sight = self._sight, found
        if was.seed != found.seed:
            self._play_again(read(None))

    def _read(self, after: Read | None) -> Sequence[Read]:
        return self.ledger.follow(self.analyst, self.case.question.id, after)

    def _read_on(self) -> None:
        self._follow(self._read)

    def _follow(self, read: Reading) -> None:
        newest = self._chain.newest
        try:
            found = read(newest)
        except Gone:  # another file, or one that was cut: begin again, and say so
            self._play_again(read(None))
            return
        if newest is None:
            self._play_again(found)
        else:
            self._take(found, read)

    def _take(self, found: Sequence[Read], read: Reading) -> None:
        if self._chain.take(found):
            self._replay.extend(self._chain.readable(found))
            if (kept := self._read_whole()) is not None:
                kept.extend(found)
        else:  # a merged copy: replay in the order in force, alike on every machine
            self._play_again(read(None))

    def _take_texts(self, written: Sequence[Entry], case: Case, read: Reading) -> None:
        self.case = case
        renamed = [one for one in written if one.change.kind is EntryKind.RENAME]
        self._renames = [*self._renames, *renamed]
        self._take(written, read)
        if renamed or not self._replay.take(self.shown):
            self._play_again(read(None))

    def _checkpoint(self) -> Callable[[], None]:
        """Give what goes back to what is taken into account now.

        For where what follows is rolled back: the store is left alone, as it may be out
        of reach.
        """
        chain, replay = self._chain, self._replay
        parts = chain.checkpoint(), replay.checkpoint()
        case, renames, sight = self.case, self._renames, self._sight

        def back() -> None:
            self._chain, self._replay = chain, replay
            for part in parts:
                part()
            self.case, self._renames, self._sight = case, renames, sight
            if (kept := self._read_whole()) is not None:
                kept.let_go()

        return back

    def _play_again(self, stored: Sequence[Read]) -> list[Entry]:
        """Check and replay all that is stored; gives what is in force."""
        before, self._chain = self._chain, Chain(self._chain.case, self.analyst)
        self._chain.take(stored)
        self._chain.lose(before)
        found = self._chain.readable(self._chain.in_force(stored))
        self._replay = Replay(self.shown, self._renames)
        self._replay.extend(found)
        self._read_whole = Whole.keep(stored)
        return found
