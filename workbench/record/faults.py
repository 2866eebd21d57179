"""What can be wrong with a ledger, as errors; each text is meant for a person."""

from __future__ import annotations

from workbench.errors import WorkbenchError


class LedgerError(WorkbenchError):
    """The store cannot be reached or does not hold what a ledger holds."""


class Gone(LedgerError):
    """What was read before is no longer in the store: begin again from its start."""
