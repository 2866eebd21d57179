"""The file around a report for Word: its styles, its properties, and the same bytes.

Nothing of what the report says is written here.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from importlib import resources
from typing import Final

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from workbench.report.content.sections import Report
from workbench.wording import clipped

_LOOK: Final = resources.files("workbench.report.word")
_FONTS: Final = (_LOOK / "fonts.xml").read_bytes()  # what stands in for a missing one
_LONGEST: Final = 255  # letters of a property of the file, by python-docx
_SMALLER: Final = 0.86  # type of a brief
_CLOSER: Final = 0.4  # and what is between its paragraphs
_YEARS: Final = (1980, 2107)  # that a zip file can tell
# Parts of the template that say something of another program or another page.
_STRANGE: Final = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_COMPAT: Final = "http://schemas.microsoft.com/office/word"
# Mode 15 is Word 2013 and later: without it Word opens the file in an older one's ways.
_SETTINGS: Final = f"""
<w:settings {_W}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="720"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat>
    <w:compatSetting w:name="compatibilityMode" w:uri="{_COMPAT}" w:val="15"/>
  </w:compat>
  <w:themeFontLang w:val="en-GB"/>
  <w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"
    w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4"
    w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"
    w:followedHyperlink="followedHyperlink"/>
  <w:decimalSymbol w:val="."/>
  <w:listSeparator w:val=","/>
</w:settings>
"""
_NUMBERING: Final = f"""
<w:numbering {_W}>
  <w:abstractNum w:abstractNumId="0">
    <w:multiLevelType w:val="singleLevel"/>
    <w:lvl w:ilvl="0">
      <w:start w:val="1"/>
      <w:numFmt w:val="bullet"/>
      <w:pStyle w:val="ListBullet"/>
      <w:lvlText w:val="•"/>
      <w:lvlJc w:val="left"/>
      <w:pPr><w:ind w:left="320" w:hanging="220"/></w:pPr>
    </w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>
"""


def opened(report: Report) -> Document:
    """Open an empty document in the report's styles, with its properties."""
    document = docx.Document()
    package = document.part.package
    for holder in (package, document.part):
        for id_, relation in list(holder.rels.items()):
            if relation.reltype in _STRANGE:
                del holder.rels[id_]
    for element, xml in (
        (document.styles.element, (_LOOK / "styles.xml").read_bytes()),
        (document.settings.element, _SETTINGS.encode()),
        (document.part.numbering_part.element, _NUMBERING.encode()),
    ):
        element[:] = parse_xml(xml)[:]
    basis = report.basis
    if basis.brief:
        _tighten(document.styles.element)
    day = dt.datetime.combine(basis.date, dt.time(), dt.UTC)
    properties = document.core_properties
    properties.title = clipped(report.title, _LONGEST)
    properties.subject = clipped(report.question, _LONGEST)
    properties.author = clipped(basis.analyst or "", _LONGEST)
    properties.last_modified_by = properties.author
    properties.comments = ""
    properties.keywords = ""
    properties.language = "en-GB"
    properties.created = properties.modified = day
    properties.revision = 1
    return document


def packed(document: Document, date: dt.date) -> bytes:
    """Save the document with the report's date on every part of the file."""
    saved, dated = io.BytesIO(), io.BytesIO()
    document.save(saved)
    first, last = _YEARS
    day = (min(max(date.year, first), last), date.month, date.day, 0, 0, 0)
    with (
        zipfile.ZipFile(saved) as old,
        zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, day)
            entry.create_system = 0
            part = _FONTS if name == "word/fontTable.xml" else old.read(name)
            new.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return dated.getvalue()


def _tighten(styles: BaseOxmlElement) -> None:
    """Set everything smaller and closer, so that a brief is one page."""
    for tag, keys, by in (
        ("w:sz", ("w:val",), _SMALLER),
        ("w:szCs", ("w:val",), _SMALLER),
        ("w:spacing", ("w:before", "w:after"), _CLOSER),
    ):
        for element in styles.iter(qn(tag)):
            for key in map(qn, keys):
                if value := element.get(key):
                    element.set(key, str(round(int(value) * by)))
