"""Files that people bring and that hold no cells: what each is, and what would help.

They are told by their contents alone, before any reader looks at them; none is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workbench.exchange.imported import Unreadable
from workbench.exchange.packed import ZIP, Parts
from workbench.exchange.plain_text import LOOK, is_text

_TYPE_OFF: Final = (
    "there are no cells in it to read; type the matrix into a spreadsheet and import "
    "that (.xlsx, .ods or .csv)"
)
_COPY: Final = (
    "copy its table into a spreadsheet and import that (.xlsx, .ods or .csv), or paste "
    "it into the field for cells on the page where files are imported"
)
_SAVE_PAGE: Final = (
    "save it as a web page (.html), which is read, or copy its table into a "
    "spreadsheet and import that (.xlsx, .ods or .csv)"
)
_UNPACK: Final = "unpack it, and import the file in it that holds the matrix"
_STARTS: Final = (
    (b"%PDF", "a PDF document", _COPY),
    (b"\x89PNG", "a PNG image", _TYPE_OFF),
    (b"\xff\xd8\xff", "a JPEG image", _TYPE_OFF),
    (b"GIF8", "a GIF image", _TYPE_OFF),
    (b"BM", "a bitmap image", _TYPE_OFF),
    (b"II*\0", "a TIFF image", _TYPE_OFF),
    (b"MM\0*", "a TIFF image", _TYPE_OFF),
    (b"{\\rtf", "an RTF document", _SAVE_PAGE),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (
        b"SQLite format 3\0",
        "a SQLite database",
        "export its tables as CSV, and import the one with the ratings",
    ),
)
# Of the parts of a zip file, one by which its kind is known.
_PARTS: Final = (
    ("word/document.xml", "a Word document", _SAVE_PAGE),
    ("ppt/presentation.xml", "a presentation", _COPY),
    (
        "Index/Document.iwa",
        "a file of Apple's Numbers, Pages or Keynote",
        "in Numbers choose File, Export To, Excel, and import what it writes",
    ),
)
_MIMES: Final[Mapping[str, tuple[str, str]]] = {
    "text": ("an OpenDocument text", _SAVE_PAGE),
    "presentation": ("an OpenDocument presentation", _COPY),
    "graphics": ("an OpenDocument drawing", _COPY),
}
_MIME: Final = b"application/vnd.oasis.opendocument."
_MIME_LENGTH: Final = 200
# Of Microsoft's older files, the name of a stream, as it stands in them.
_STREAMS: Final = (
    ("WordDocument", "a Word document", _SAVE_PAGE),
    ("PowerPoint Document", "a presentation", _COPY),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BITMAP: Final = 26  # bytes of the shortest head of one


def told(data: bytes) -> str:
    """Say what a file is that no reader reads, and what would help; "" for others."""
    kind, advice = _kind(data)
    return f"{kind}, which is no table: {advice}" if kind else ""


def _kind(data: bytes) -> tuple[str, str]:
    for start, kind, advice in _STARTS:
        if data.startswith(start) and not (start == b"BM" and not _is_bitmap(data)):
            return kind, advice
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP image", _TYPE_OFF
    if data.startswith(ZIP):
        return _packed(data)
    if data.startswith(_OLE):
        for stream, kind, advice in _STREAMS:
            if stream.encode("utf-16-le") in data:
                return kind, advice
    return _marked_up(data)


def _is_bitmap(data: bytes) -> bool:
    """Tell a bitmap from a text that begins with the same letters."""
    return len(data) > _BITMAP and not is_text(data)


def _packed(data: bytes) -> tuple[str, str]:
    try:
        parts = Parts(data, _MIME_LENGTH)
        names = set(parts.names)
        mime = b"".join(parts.pieces("mimetype")) if "mimetype" in names else b""
    except Unreadable:  # whoever reads it says what is wrong with it
        return "", ""
    if mime.startswith(_MIME):
        kind = mime.removeprefix(_MIME).decode("ascii", "replace").split("-")[0]
        return _MIMES.get(kind, ("", ""))
    for part, kind, advice in _PARTS:
        if part in names:
            return kind, advice
    if names and not any(n.startswith(("xl/", "_rels/")) for n in names):
        return "a zip archive without a workbook in it", _UNPACK
    return "", ""


def _marked_up(data: bytes) -> tuple[str, str]:
    if b"\0" in data[:LOOK]:
        return "", ""
    opening = data[:LOOK].lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if opening.startswith((b"<!doctype html", b"<html")) and b"<table" not in (
        data.lower()
    ):
        return "a web page without a table in it", (
            "save the page that shows the matrix as a table, or " + _COPY
        )
    return "", ""
