"""One analyst at work on one case: operations of a page in, judgments out.

An operation is acknowledged only when its entries are in the ledger. Nothing here knows
how a page looks or which rule is in force.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from workbench.case.comments import COMMENTING
from workbench.case.entry import (
    OF_TEXTS,
    Change,
    EntryKind,
)
from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.errors import WorkbenchError
from workbench.record.editing import Draft, Drafted
from workbench.record.following import Following
from workbench.record.going_back import GoBack, asked_back
from workbench.record.history import View
from workbench.record.ledger import Ledger
from workbench.record.old_ids import by_new_ids, require_known
from workbench.record.operations import (
    STEPS,
    Refused,
    read_changes,
    read_client,
    read_item,
    read_numbers,
    read_preview,
    require_rated,
    returning,
    shown,
    with_before,
)
from workbench.record.pen import Pen
from workbench.record.rights import Act, NotAllowed, require
from workbench.record.round_rules import (
    require_act,
    require_no_part,
    require_open,
)
from workbench.record.sent_again import already_carried, refused_again
from workbench.record.sight import ROUND_KINDS, Sight, log_refused, sight_by
from workbench.record.talk import commenting
from workbench.record.text_changes import TextChanges

# What is done by what a page asks for; all else is a judgment.
_ACTS: Final[Mapping[str, Act]] = {
    "act": Act.EDIT,
    **dict.fromkeys(COMMENTING, Act.COMMENT),
}


@dataclass(frozen=True)
class Receipt:
    """What became of a batch.

    `acknowledged` is the highest number settled, `refused` gives the reason by number,
    `previews` the emphases of sliders in mid-drag, which are shown and not stored, and
    `stepped` the kinds that "undo" and "redo" went over.
    """

    client: str
    acknowledged: int
    refused: Mapping[int, str]
    previews: Mapping[tuple[EntryKind, str], float]
    stepped: Sequence[tuple[str, EntryKind]] = ()


class Desk(Following):
    """Follows one analyst's part of the ledger and carries out their operations."""

    def __init__(
        self,
        ledger: Ledger,
        case: Case,
        analyst: str,
        identity: str | None = None,
        draft: Callable[[Case], Draft] | None = None,
    ) -> None:
        """Begin with what is in the ledger. `draft` opens the case's texts, to edit.

        Raises NotAllowed where whoever has signed in has no role in the case.
        """
        super().__init__(ledger, case, analyst, identity)
        self._texts = TextChanges(draft)
        self._signed = (analyst, case.question.id, identity)

    @property
    def wrote(self) -> Mapping[str, str | None]:
        """The files that the last batch changed, with what it left in each."""
        return self._texts.files

    def steps_texts(self, verb: str) -> bool:
        """Tell whether "undo" or "redo" would change texts, as far as is known here."""
        stack = self._replay.undo if verb == "undo" else self._replay.redo
        last = self._replay.inverse(stack.last()) if stack else ()
        return any(change.kind in OF_TEXTS for change in last)

    def mark_seen(self, client: str) -> None:
        """Note that somebody has looked at what does not hold, whose name it bears.

        Raises LedgerError where that cannot be saved.
        """
        marks = dict.fromkeys(one.mark for one in self.unseen())
        seen = [Change(EntryKind.SEEN, to=one) for one in marks]
        self.record(client, Act.SEE, lambda _: seen)

    def record(
        self,
        client: str,
        act: Act,
        compose: Callable[[Pen], Sequence[Change]],
        *,
        whole: bool = False,
    ) -> None:
        """Add what is no judgment, as composed within the transaction.

        With `whole` no other transaction of the case goes on meanwhile. Raises
        NotAllowed where the role does not allow the act, Refused where a round does
        not, LedgerError where nothing could be saved, and what `compose` raises.
        """
        back = self._checkpoint()
        try:
            with self.ledger.writing(*self._signed, whole=whole) as pen:
                self._follow(pen.entries)
                back = self._checkpoint()
                sight = self._admitted(pen)
                require(sight.role, act)
                require_act(sight, act)
                op = pen.acknowledged(client) + 1
                self._write(pen, client, op, compose(pen))
        except BaseException:
            back()
            raise

    def receive(self, client: str, operations: Sequence[Sequence[Any]]) -> Receipt:
        """Carry out a page's operations in order, in one transaction.

        Those that are in the ledger already are skipped, so that a batch sent again
        does no harm; one that was refused before later ones were stored is refused
        again. Raises WorkbenchError for what is no batch, NotAllowed for who is not on
        the case or uses another's name, Behind where the case is known by ids that are
        no longer its things', and LedgerError when nothing could be saved: then nothing
        is acknowledged.
        """
        client = read_client(client)
        numbered = read_numbers(operations)
        refused: dict[int, str] = {}
        previews: dict[tuple[EntryKind, str], float] = {}
        stepped: list[tuple[str, EntryKind]] = []
        acknowledged = 0
        note, before = "", self.case
        self._texts.begin()
        back = self._checkpoint()
        try:
            with self.ledger.writing(*self._signed) as pen:
                self._follow(pen.entries)
                self._see(self._admitted(pen), pen.entries)
                require_known(pen.of_kind(EntryKind.RENAME), self._renames)
                back = self._checkpoint()
                acknowledged = settled = pen.acknowledged(client)
                carried = already_carried(pen, self._chain, client, settled, numbered)
                for number, asked in numbered:
                    operation = by_new_ids(self.case, self._renames, asked)
                    if number <= acknowledged:
                        if number <= settled and number not in carried:
                            said = refused_again(self.case, self._view(), operation)
                            refused |= said
                        continue
                    try:
                        require(self.sight.role, _act_of(operation[1]))
                        done = self._carry_out(pen, client, operation, previews)
                    except Refused as refusal:
                        refused[number] = str(refusal)
                    else:
                        if operation[1] in STEPS:
                            kinds = [EntryKind(one.kind) for one in done]
                            stepped += [(operation[1], kind) for kind in kinds]
                    acknowledged = number
                note = self._texts.settle(pen)
        except BaseException:
            back()
            raise
        if note:
            refused |= self._write_files(client, note, before)
        if refused and self.sight.hides_others:
            self._log_refused(refused)
        return Receipt(client, acknowledged, refused, previews, stepped)

    def _log_refused(self, refused: Mapping[int, str]) -> None:
        """Log what a page asked for in vain while a round is in private."""
        case, person = self.case.question.id, self.sight.person
        for said in dict.fromkeys(refused.values()):
            log_refused(self.ledger, case, person, f"a message: {said}")

    def _admitted(self, pen: Pen) -> Sight:
        """Give what who writes may see and do, after a look at the name they use.

        A name in a case belongs to who first wrote under it, and whoever has signed in
        has one name, so that nobody speaks with two voices. Raises NotAllowed.
        """
        found = sight_by(pen.of_kind(*ROUND_KINDS), self.identity, self.analyst)
        first = self._chain.first
        if first is not None and first.identity != self.identity:
            raise NotAllowed(f"not allowed: the name {self.analyst} is another's here")
        if first is None and self.identity is not None:
            name = pen.name_of(self.identity)
            if name not in (None, self.analyst):
                raise NotAllowed(f"not allowed: your name in this case is {name}")
        return found

    def change(self, client: str, op: int, changes: Sequence[Sequence[Any]]) -> Receipt:
        """Carry out changes asked for by a form rather than by the grid."""
        receipt = self.receive(client, [[op, "change", list(changes)]])
        if op in receipt.refused:
            raise Refused(receipt.refused[op])
        return receipt

    def _carry_out(
        self,
        pen: Pen,
        client: str,
        operation: Sequence[Any],
        previews: dict[tuple[EntryKind, str], float],
    ) -> Sequence[Change]:
        number, verb, argument = [*operation, None][:3]
        if verb == "preview":
            kind, id_, value = read_preview(self.case, argument)
            previews[kind, id_] = value
            return ()
        if verb == "act":
            return self._act(pen, client, number, argument)
        if verb in COMMENTING:
            said = self.sight.visible(pen.of_kind(EntryKind.COMMENT))
            writer = self.analyst, self.identity
            note = [commenting(self.case, said, argument, writer)]
            return self._note(pen, client, number, note)
        if verb == "change":
            changes = read_changes(self.case, argument)
            require_rated(self.shown, self.judgments, changes)
        elif verb in STEPS:
            stack = self._replay.undo if verb == "undo" else self._replay.redo
            if not stack:
                raise Refused(f"there is nothing to {verb}")
            changes = self._replay.inverse(stack.last())
            if any(change.kind in OF_TEXTS for change in changes):
                require_open(self.sight, self.case, changes, pen.text)
                entered = self._texts.step(pen, self.case, changes)
                return self._enter(pen, client, number, entered)
        elif verb == "return":
            changes = returning(self.judgments, read_item(self.case, argument))
        elif isinstance(argument, GoBack):
            return self._go_back(pen, client, number, argument)
        else:
            raise Refused(f"unknown operation {shown(verb)}")
        require_open(self.sight, self.case, changes, pen.text)
        previews.clear()
        signed = with_before(self.shown, self.judgments, changes)
        self._write(pen, client, number, signed)
        return changes

    def _note(
        self, pen: Pen, client: str, number: int, changes: Sequence[Change]
    ) -> Sequence[Change]:
        """Enter what is no judgment."""
        self._write(pen, client, number, changes)
        return changes

    def _write(
        self, pen: Pen, client: str, number: int, changes: Sequence[Change]
    ) -> None:
        written = pen.write(client, number, changes, self._chain.last)
        self._take(written, pen.entries)

    def _act(
        self, pen: Pen, client: str, number: int, request: object
    ) -> Sequence[Change]:
        """Change the texts, then enter what is judged along with that."""

        def check(one: Drafted) -> None:
            asked = [*one.changes, *one.judged]
            require_open(self.sight, one.case, asked, pen.text)

        drafted = self._texts.act(pen, self.case, request, check)
        self._enter(pen, client, number, drafted.changes)
        signed = with_before(self.shown, self.judgments, drafted.judged)
        if signed:
            self._enter(pen, client, number, signed)
        return [*drafted.changes, *signed]

    def go_back(self, client: str, op: int, to: GoBack) -> Receipt:
        """Make everything what it was at a moment, as one act; later entries stay.

        Raises Refused where nothing would change or a text cannot be restored, and
        LedgerError where it cannot be saved.
        """
        receipt = self.receive(client, [[op, "go-back", to]])
        if op in receipt.refused:
            raise Refused(receipt.refused[op])
        return receipt

    def _go_back(
        self, pen: Pen, client: str, number: int, to: GoBack
    ) -> Sequence[Change]:
        """Take back texts, then judgments: none is lost, and one undo brings all."""
        texts: Sequence[Change] = to.texts
        require_no_part(self.sight)
        require_open(self.sight, self.case, texts, pen.text)
        if texts:
            self._texts.step(pen, self.case, texts)
            self._enter(pen, client, number, texts)
        now = self._view()
        asked = asked_back(to.then, now, to.renamed)
        signed = with_before(self.shown, self.judgments, read_changes(self.case, asked))
        if not signed and not texts:
            raise Refused("everything stands as it did then")
        self._write(pen, client, number, signed)
        return [*texts, *signed]

    def _view(self) -> View:
        return View(self.shown, self.judgments)

    def _enter(
        self, pen: Pen, client: str, number: int, changes: Sequence[Change]
    ) -> Sequence[Change]:
        """Enter a change of texts, and take up the case that it gives."""
        written = pen.write(client, number, changes, self._chain.last)
        self._take_texts(written, self._texts.enter(written), pen.entries)
        return changes

    def _write_files(self, client: str, note: str, before: Case) -> dict[int, str]:
        """Write the files of a batch; gives what is refused where that cannot be done.

        What was entered is taken back then, so that the ledger says what the files do.
        """
        said = self._texts.write()
        if said:
            with self.ledger.writing(*self._signed) as pen:
                for op, change in self._texts.taken_back():
                    written = pen.write(client, op, [change], self._chain.last)
                    self._take_texts(written, before, pen.entries)
        self.ledger.forget(note, self.case.question.id, self.analyst)
        refused = {one.op for one in self._texts.entered} if said else ()
        return dict.fromkeys(refused, said)


def _act_of(verb: object) -> Act:
    return _ACTS.get(verb, Act.JUDGE) if isinstance(verb, str) else Act.JUDGE


def desk_of(ledger: Ledger, case: Case, analyst: str) -> Desk:
    """Give the desk of an analyst who has judged.

    Raises WorkbenchError, naming the known, for an analyst without any entry.
    """
    known = ledger.analysts(case.question.id)
    if analyst not in known:
        names = ", ".join(known) or "(nobody has judged anything yet)"
        raise WorkbenchError(f"no entry by {analyst!r}; known analysts: {names}")
    return Desk(ledger, case, analyst)


def judgments_of(ledger: Ledger, case: Case, analyst: str) -> Judgments:
    """Give one analyst's judgments.

    Raises WorkbenchError, naming the known, for an analyst without any entry.
    """
    return desk_of(ledger, case, analyst).judgments
