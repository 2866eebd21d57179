"""Samples of other tools' files, invented, and what is read from them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from workbench import exchange
from workbench.exchange import Imported

SAMPLES = Path(__file__).with_name("samples")


def raw(name: str) -> bytes:
    """Give a sample's bytes."""
    return (SAMPLES / name).read_bytes()


def parsed(name: str) -> Any:
    """Give a sample as plain values, by a reader that is not ours."""
    return json.loads(raw(name))


def imported(name: str) -> tuple[Imported, ...]:
    """Read a sample."""
    return exchange.read(raw(name), name)


def one(name: str) -> Imported:
    """Read a sample that holds one matrix."""
    (found,) = imported(name)
    return found


def of(content: Any, name: str = "file") -> Imported:
    """Read one matrix from plain values."""
    (found,) = exchange.read(json.dumps(content).encode(), name)
    return found


def codes(found: Imported) -> dict[str, dict[str, str]]:
    """Give the published codes by the ids of the item and the hypothesis."""
    return {
        item.id: {id_: rating.consistency.value for id_, rating in item.ratings.items()}
        for item in found.case.evidence
    }
