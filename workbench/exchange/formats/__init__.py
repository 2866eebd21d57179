"""A module for each kind of file that is read or written, and the registry of them.

A module gives `FORMATS`, what it reads, `TARGET`, what it writes, or both. It knows
one kind of file, never another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Final

from workbench.exchange.content import Format
from workbench.exchange.formats import (
    arkhammirror,
    arkhammirror_csv,
    arkhammirror_older,
    burton,
    delimited,
    evidence_tree,
    intel_workbench,
    json_rows,
    markdown,
    open_synthesis,
    own_markdown,
    own_report,
    parc,
    plain_json,
    spreadsheet,
    stix,
    table_out,
    web_page,
    workbook,
)
from workbench.exchange.outgoing import Target

# The first that recognises a content reads it: the narrow ones stand before the wide.
FORMATS: Final[tuple[Format, ...]] = tuple(
    chain.from_iterable(
        module.FORMATS
        for module in (
            own_report,
            own_markdown,
            arkhammirror,
            arkhammirror_older,
            intel_workbench,
            open_synthesis,
            evidence_tree,
            plain_json,
            json_rows,
            arkhammirror_csv,
            parc,
            burton,
            spreadsheet,
            workbook,
            web_page,
            markdown,
            delimited,
        )
    )
)
TARGETS: Final[Mapping[str, Target]] = {
    target.id: target
    for target in (
        arkhammirror.TARGET,
        intel_workbench.TARGET,
        own_report.TARGET,
        stix.TARGET,
        *table_out.TARGETS,
    )
}
