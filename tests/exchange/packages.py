"""Workbooks put together part by part, as other programs, or an enemy, write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
BOOK = (
    f'<workbook {MAIN} xmlns:r="{KIND}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>'
)
CELLS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Evidence</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Storm</t></is></c></row>'
    '<row r="2"><c r="A2" t="s"><v>0</v></c>'
    '<c r="B2" t="inlineStr"><is><t>II</t></is></c></row>'
)


def related(**targets: str) -> str:
    links = "".join(
        f'<Relationship Id="r{n}" Type="{KIND}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f"<Relationships {REL}>{links}</Relationships>"


def sheet(cells: str = CELLS, before: str = "", after: str = "") -> str:
    data = f"<sheetData>{cells}</sheetData>"
    return f"<worksheet {MAIN}>{before}{data}{after}</worksheet>"


def strings(*texts: str) -> str:
    every = "".join(f"<si>{text}</si>" for text in texts or ["<t>Calm sea</t>"])
    return f"<sst {MAIN}>{every}</sst>"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def package(**parts: str | bytes) -> bytes:
    """Pack a workbook of one sheet; a part is given by its name's stem."""
    return packed(
        {
            "_rels/.rels": related(officeDocument="xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels": related(
                worksheet="worksheets/sheet1.xml", sharedStrings="/xl/strings.xml"
            ),
            "xl/workbook.xml": parts.pop("workbook", BOOK),
            "xl/worksheets/sheet1.xml": parts.pop("sheet", sheet()),
            "xl/strings.xml": parts.pop("strings", strings()),
            **parts,
        }
    )
