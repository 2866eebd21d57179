"""The font that ships: what it can write, and that its licence comes along."""

from importlib import resources

import pymupdf
import pytest

from workbench import fonts

FILES = resources.files("workbench.fonts")
WRITTEN = (
    "Añßø Őřžİ АБВабв Ђћї Ωμέγα ἀρχή 0123456789 €£",
    "\u2264\u2265\u2212\u00d7\u00b7\u2026\u2192\u2190\u2022\u2013\u2014\u2018\u2019\u201c\u201d",
)


@pytest.mark.parametrize("face", fonts.FACES)
@pytest.mark.parametrize("text", WRITTEN)
def test_every_face_has_the_letters_of_the_region_and_the_signs_in_use(face, text):
    font = pymupdf.Font(fontbuffer=(FILES / f"{face.name}.ttf").read_bytes())
    assert [char for char in text if not font.has_glyph(ord(char))] == []


def test_its_licence_lies_beside_it():
    text = (FILES / "OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "The Inter Project Authors" in text
    assert "Reserved Font Name" not in text.partition("PREAMBLE")[0]


def test_a_face_named_on_a_page_holds_no_address_of_another():
    css = fonts.css(fonts.FACES, fonts.inline)
    assert css.count("@font-face") == len(fonts.FACES)
    assert css.count("url(") == css.count('url("data:font/woff2;base64,')
    assert "http" not in css
