"""What a ledger can say of itself, and what only a note kept elsewhere can."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from workbench import strict_json
from workbench.errors import WorkbenchError
from workbench.record import documents
from workbench.record.chain import Chain
from workbench.record.ledger import Ledger

_HASH: Final = re.compile(r"sha256:[0-9a-f]{64}")
_NAMED: Final = 5  # hashes that are missing; to name all would hide the message


@dataclass(frozen=True)
class Expected:
    """An entry that a note names, and whose it was; None where the note is silent.

    `count` is how many entries the chain had then, 0 where the note does not say.
    """

    hash: str
    case: str | None = None
    analyst: str | None = None
    count: int = 0


@dataclass(frozen=True)
class Verified:
    """The chains of a ledger, and everything found wrong, in sentences."""

    chains: tuple[Chain, ...]
    faults: tuple[str, ...]

    def document(self) -> dict[str, Any]:
        """Give count and heads of each chain, and the faults, as plain values."""
        return {"chains": heads(self.chains), "faults": list(self.faults)}

    @property
    def many(self) -> int:
        """How many entries there are."""
        return sum(len(chain) for chain in self.chains)


def heads(chains: Sequence[Chain]) -> list[dict[str, Any]]:
    """Give count and last hashes of each chain: a note to tell a cut ledger by."""
    return [
        {
            "case": chain.case,
            "analyst": chain.analyst,
            "count": len(chain),
            "heads": chain.heads,
        }
        for chain in chains
    ]


def verify(ledger: Ledger, expected: Sequence[Expected] = ()) -> Verified:
    """Check every chain and every text, and that it has what a note says it had.

    A chain that forks is no fault: two copies that were worked on apart and merged
    share their past. That the end of a chain was cut off shows by a note alone.
    """
    chains, faults = ledger.chains()
    faults += ledger.ask(documents.damage)
    for chain in chains:
        place = f"{chain.case}: " if chain.case else ""
        faults += [f"{place}{one}" for one in chain.breaks]
    return Verified(tuple(chains), (*faults, *_missing(chains, expected)))


def _missing(chains: Sequence[Chain], expected: Sequence[Expected]) -> list[str]:
    faults = []
    known = {one: chain for chain in chains for one in chain.hashes}
    gone = [one for one in expected if one.hash not in known]
    for one in gone[:_NAMED]:
        whose = f" by {one.analyst}" if one.analyst is not None else ""
        faults.append(f"the entry {one.hash}{whose} is not in this ledger")
    if len(gone) > _NAMED:
        more = len(gone) - _NAMED
        faults.append(f"{more} more entries are not in this ledger")
    for one in expected:
        chain = known.get(one.hash)
        if chain is None:
            continue
        if one.analyst is not None and one.analyst != chain.analyst:
            faults.append(f"the entry {one.hash} was by {one.analyst}")
        if one.case and one.case != chain.case:
            faults.append(f"the entry {one.hash} was about {one.case}")
        if one.count > len(chain):
            had = f"{chain.analyst} had {one.count} entries"
            faults.append(f"{had}, and has {len(chain)} here")
    return faults


def read_note(text: str, name: str) -> list[Expected]:
    """Read what `ledger verify --json` or `ledger export` wrote, or a single hash.

    Raises WorkbenchError where it is none of them.
    """
    if _HASH.fullmatch(text.strip()):
        return [Expected(text.strip())]
    try:
        whole = strict_json.parse(text)
    except strict_json.NotJson:
        whole = None
    try:
        if isinstance(whole, dict) and "chains" in whole:
            found = [
                Expected(_hash(head), str(one["case"]), str(one["analyst"]), count)
                for one in whole["chains"]
                for count in [int(one["count"])]
                for head in one["heads"]
            ]
        else:
            found = [_of_line(line) for line in text.split("\n") if line.strip()]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        said = "neither a hash, nor what `ledger verify --json` or `export` writes"
        raise WorkbenchError(f"{name}: {said}") from error
    if not found:
        raise WorkbenchError(f"{name}: names no entry to look for")
    return found


def is_hash(text: str) -> bool:
    """Tell whether a text is the hash of an entry rather than the name of a file."""
    return _HASH.fullmatch(text) is not None


def _of_line(line: str) -> Expected:
    entry = json.loads(line)
    return Expected(_hash(entry["hash"]), entry.get("case"), str(entry["analyst"]))


def _hash(value: object) -> str:
    if isinstance(value, str) and _HASH.fullmatch(value):
        return value
    raise ValueError("no hash")
