"""The font of the app, the report, its charts and its pictures: Inter, under the OFL.

The files are subsets of Inter 4.1 with its Latin, Greek and Cyrillic letters, its signs
and its figures of one width. What a page, a file or a picture names it by is here, and
nothing about where it is used.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

FAMILY: Final = "Inter"


@dataclass(frozen=True)
class Face:
    """One cut of the font: the name of its files, and how a style asks for it."""

    name: str
    weight: int
    style: str = "normal"


REGULAR: Final = Face("Inter-Regular", 400)
SEMIBOLD: Final = Face("Inter-SemiBold", 600)
BOLD: Final = Face("Inter-Bold", 700)
ITALIC: Final = Face("Inter-Italic", 400, "italic")
FACES: Final = (REGULAR, SEMIBOLD, BOLD, ITALIC)


def folder() -> str:
    """Give the folder of the files, for programs that set type themselves."""
    return str(resources.files(__name__))


@cache
def woff2(face: Face) -> bytes:
    """Give a face as a browser reads it."""
    return (resources.files(__name__) / f"{face.name}.woff2").read_bytes()


def css(faces: Iterable[Face], address: Callable[[Face], str]) -> str:
    """Write the style rules that name the faces; `address` says where each is."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-style:{face.style};'
        f"font-weight:{face.weight};font-display:swap;"
        f'src:url("{address(face)}") format("woff2")}}'
        for face in faces
    )


def inline(face: Face) -> str:
    """Give a face as an address that holds the whole of it."""
    return f"data:font/woff2;base64,{base64.b64encode(woff2(face)).decode()}"
