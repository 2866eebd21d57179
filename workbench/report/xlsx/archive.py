"""The workbook's bytes: the same for the same content, with each formula's result.

openpyxl writes formulas without what they come to, and the time of day. Here the
results are put in beside the formulas, and all times are the report's date.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from workbench.report.xlsx.sheet import Result

if TYPE_CHECKING:
    from openpyxl import Workbook

_CORE: Final = "docProps/core.xml"
_SHEET: Final = "xl/worksheets/sheet{}.xml"
_FORMULA: Final = re.compile(
    r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f>[^<]*</f>)<v(?: ?/>|></v>)</c>'
)
_MODIFIED: Final = re.compile(r"(?<=W3CDTF\">)[^<]*(?=</dcterms:modified>)")
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows


def archived(workbook: Workbook, results: Sequence[Mapping[str, Result]]) -> bytes:
    """Save a workbook; `results` are those of each sheet's formulas, by cell."""
    saved, out = io.BytesIO(), io.BytesIO()
    workbook.save(saved)
    created = workbook.properties.created.isoformat() + "Z"
    of_sheet = {
        _SHEET.format(number): found for number, found in enumerate(results, start=1)
    }
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == _CORE:
                data = _MODIFIED.sub(created, data.decode()).encode()
            elif found := of_sheet.get(name):
                data = _with_results(data.decode(), found).encode()
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)
    return out.getvalue()


def _with_results(sheet: str, results: Mapping[str, Result]) -> str:
    def put(found: re.Match[str]) -> str:
        cell, attributes, formula = found.groups()
        result = results[cell]
        if isinstance(result, str):
            attributes += ' t="str"'
            result = html.escape(result, quote=False)
        return f'<c r="{cell}"{attributes}>{formula}<v>{result}</v></c>'

    return _FORMULA.sub(put, sheet)
