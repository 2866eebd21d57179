"""What a round came to, once it may be told: who rated what when each pass ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.case.entry import EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.case.replay import Replay
from workbench.record.chain import Chain
from workbench.record.ledger import Ledger
from workbench.record.round_entries import Pass, Phase, Round
from workbench.record.sight import sight_of
from workbench.team.rounds import names, past


@dataclass(frozen=True)
class Story:
    """A round with the names of those who took part, and what each judged.

    passes: for each that has ended, the judgments that stood then, by name.
    """

    round: Round
    names: Mapping[str, str]
    passes: tuple[Mapping[str, Judgments], ...]

    @property
    def ended(self) -> tuple[Pass, ...]:
        """The passes that have ended, in their order."""
        return tuple(one for one in self.round.passes if one.ended)


def stories(
    ledger: Ledger, case: Case, identity: str | None, analyst: str | None
) -> tuple[Story, ...]:
    """Tell the rounds of a case, each as far as it has been revealed, to a reader.

    Nothing is told of any while one is blind. Raises NotAllowed for who is not on the
    case, and LedgerError.
    """
    id_ = case.question.id
    sight = sight_of(ledger, id_, identity, analyst)
    if sight.round is not None and sight.round.phase is Phase.BLIND:
        return ()
    found = []
    for one in past(ledger, id_):
        named = names(ledger, id_, one.people)
        ended = [each for each in one.passes if each.ended]
        if ended:
            told = tuple(
                {name: judged_at(ledger, case, name, each) for name in named.values()}
                for each in ended
            )
            found.append(Story(one, named, told))
    return tuple(found)


def judged_at(ledger: Ledger, case: Case, name: str, ended: Pass) -> Judgments:
    """Replay what somebody had judged when a pass ended, over the case as it is now.

    By the hashes that ended their entries then, else by the time.
    """
    chain = Chain(case.question.id, name)
    stored = ledger.follow(name, case.question.id, None)
    chain.take(stored)
    order = chain.in_force(stored)
    renames = ledger.entries(case=case.question.id, kinds=[EntryKind.RENAME])
    heads = set(ended.heads.get(name, ()))
    places = [at for at, one in enumerate(order, start=1) if one.hash in heads]
    stood = (
        order[: max(places)]
        if places
        else [one for one in order if one.at <= ended.ended]
    )
    replay = Replay(case, renames)
    replay.extend(chain.readable(stood))
    return replay.judgments
