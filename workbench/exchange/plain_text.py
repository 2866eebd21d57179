"""Bytes as text: in what encoding, and whether they are text at all.

What a text says is not known here.
"""

from __future__ import annotations

import codecs
from typing import Final

from workbench.exchange.imported import Unreadable

MAX_BYTES: Final = 16_000_000
LOOK: Final = 65_536
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_NOT_TEXT: Final = frozenset(map(chr, range(32))) - set("\t\n\r\f\v")


def is_text(data: bytes) -> bool:
    """Tell whether bytes begin as a text does, and not as JSON, XML or a dump."""
    try:
        text, _ = decoded(data[:LOOK], whole=False)
    except Unreadable:
        return False
    opening = text.lstrip()
    return not (
        _NOT_TEXT & set(text) or opening.startswith(("{", "[{", "[[", "<?xml", "<ACH"))
    )


def decoded(data: bytes, *, whole: bool = True) -> tuple[str, str]:
    """Give the text, and the name of its encoding.

    Raises Unreadable for what is no text.
    """
    code, said = encoding(data, whole=whole)
    errors = "strict" if whole and code != "cp1252" else "replace"
    try:
        return codecs.getincrementaldecoder(code)(errors).decode(data, whole), said
    except UnicodeError as error:
        raise Unreadable(f"not a text in {code.upper()}, or cut short") from error


def encoding(data: bytes, *, whole: bool) -> tuple[str, str]:
    """Give the encoding of a text, and its name.

    Raises Unreadable for what is no text.
    """
    for mark, encoding, name in _MARKS:
        if data.startswith(mark) and (encoding or data[2:4] == b"\0\0"):
            if not encoding:
                raise Unreadable(f"the text is in {name}; save it as UTF-8")
            return encoding, f"{name} with a byte order mark"
    head = data[:LOOK]
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if odd > len(head) // 8 and even < odd // 8:
            return "utf-16-le", "UTF-16 without a byte order mark"
        if even > len(head) // 8 and odd < even // 8:
            return "utf-16-be", "UTF-16 without a byte order mark"
        place = head.index(b"\0")
        raise Unreadable(f"no text: the byte at {place:,} is zero; save it as CSV")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for place in range(0, len(data), 1 << 20):
            decoder.decode(data[place : place + (1 << 20)])
        decoder.decode(b"", final=whole)
    except UnicodeDecodeError:
        return "cp1252", "windows-1252"
    return "utf-8", "UTF-8"
