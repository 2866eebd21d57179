"""Unpack gzip and zip in pieces, to a fixed size, whatever their headers claim.

What is unpacked is bytes; its format is not known here.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from workbench.exchange.imported import Unreadable

GZIP: Final = b"\x1f\x8b"
ZIP: Final = b"PK\x03\x04"
_PIECE: Final = 65_536
_MAX_PARTS: Final = 5_000
_MAX_RATIO: Final = 600
_SMALL: Final = 1_000_000
_ENTRY: Final = b"PK\x01\x02"
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def ungzipped(data: bytes, limit: int) -> bytes:
    """Unpack all the members of a gzip file.

    Raises Unreadable for more than `limit` bytes, or for a damaged file.
    """
    found = bytearray()
    view, place, members = memoryview(data), 0, 0
    while data.startswith(GZIP, place):
        members += 1
        if members > _MAX_PARTS:
            raise Unreadable(f"more than {_MAX_PARTS:,} gzip members in one file")
        unpacker = zlib.decompressobj(wbits=31)
        while not unpacker.eof:
            given = unpacker.unconsumed_tail
            if not given:
                given = bytes(view[place : place + _PIECE])
                place += len(given)
            try:
                found += unpacker.decompress(given, _PIECE)
            except zlib.error as error:
                raise Unreadable(
                    f"the gzip data are damaged after {len(found):,} bytes unpacked"
                ) from error
            if len(found) > limit:
                raise Unreadable(
                    f"the gzip data unpack to more than {limit:,} bytes; at most that "
                    "is read"
                )
            if not given and not unpacker.eof:
                raise Unreadable(
                    f"the gzip data are cut short after {len(found):,} bytes unpacked"
                )
        place -= len(unpacker.unused_data)
    return bytes(found)


class Parts:
    """The parts of a zip file, read in pieces; `limit` is for all reading together.

    Raises Unreadable for what is no zip file, or claims too much.
    """

    def __init__(self, data: bytes, limit: int) -> None:
        if data.count(_ENTRY) > _MAX_PARTS:
            raise Unreadable(f"the zip file has more than {_MAX_PARTS:,} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise Unreadable("the zip file is damaged or cut short") from error
        self._limit = self._left = limit
        self._infos = {info.filename: info for info in self._zip.infolist()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts."""
        return tuple(self._infos)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Walk the bytes of a part.

        Raises Unreadable for a part that is not there, is packed too well or in
        another way, or is damaged.
        """
        info = self._infos.get(name)
        if info is None:
            raise Unreadable(f"the zip file lacks its part {name}")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable(f"{name}: packed in a way that workbooks do not use")
        claimed = info.file_size
        ratio = claimed / max(info.compress_size, 1)
        if claimed > self._left or (claimed > _SMALL and ratio > _MAX_RATIO):
            raise Unreadable(
                f"{name}: {claimed:,} bytes, packed in {info.compress_size:,}; at most "
                f"{self._limit:,} in all, and {_MAX_RATIO} to 1, are read"
            )
        try:
            with self._zip.open(info) as part:
                while piece := part.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise Unreadable(
                            f"{name}: the parts unpack to more than {self._limit:,} "
                            "bytes; at most that is read"
                        )
                    yield piece
        except _BROKEN as error:
            said = str(error) if "encrypted" in str(error) else "damaged or cut short"
            raise Unreadable(f"{name}: {said}") from error
