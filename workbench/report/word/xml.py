"""Elements of WordprocessingML, each with its parts in the order of the schema.

Every text is data: it goes into a text node or an attribute, never into a field's
instruction, a relationship or a style. Word refuses what LibreOffice lets pass, so that
the order of ECMA-376 part 1, section 17 is kept to the letter.
"""

from __future__ import annotations

from typing import Final, Literal

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from workbench.wording import plain

_PRESERVED: Final = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
_NAMESPACE: Final = qn("w:p").removesuffix("p")


def add(parent: BaseOxmlElement, tag: str, **attributes: str) -> BaseOxmlElement:
    """Append an element of WordprocessingML; the attributes are of it, too."""
    named = {f"{_NAMESPACE}{name}": plain(text) for name, text in attributes.items()}
    child: BaseOxmlElement = parent.makeelement(f"{_NAMESPACE}{tag}", named)
    parent.append(child)
    return child


def add_paragraph(
    parent: BaseOxmlElement, style: str, text: str = "", *, keep_next: bool = False
) -> BaseOxmlElement:
    """Append a paragraph in a style; `keep_next` holds it on the page of the next."""
    paragraph = add(parent, "p")
    properties = add(paragraph, "pPr")
    add(properties, "pStyle", val=style)
    if keep_next:
        add(properties, "keepNext")
    if text:
        add_text(paragraph, text)
    return paragraph


def add_text(parent: BaseOxmlElement, text: str, style: str = "") -> None:
    """Append a run of text, its line breaks kept; the style is of characters."""
    run = add(parent, "r")
    if style:
        add(add(run, "rPr"), "rStyle", val=style)
    for number, line in enumerate(plain(text).splitlines() or [""]):
        if number:
            add(run, "br")
        node = run.makeelement(f"{_NAMESPACE}t", _PRESERVED)
        node.text = line
        run.append(node)


def add_field(
    parent: BaseOxmlElement,
    instruction: Literal["PAGE", "NUMPAGES", "SEQ Table", "SEQ Figure"],
    shown: int,
) -> None:
    """Append a number that Word keeps up to date, as it stands until it does."""
    field = add(parent, "fldSimple", instr=f" {instruction} \\* ARABIC ")
    add_text(field, str(shown))


def add_bookmarked(parent: BaseOxmlElement, text: str, name: str, number: int) -> None:
    """Append a text that a link can go to."""
    add(parent, "bookmarkStart", id=str(number), name=name)
    add_text(parent, text)
    add(parent, "bookmarkEnd", id=str(number))


def add_contents(
    parent: BaseOxmlElement, style: str, entries: list[tuple[str, str, int]]
) -> None:
    """Append a table of contents: text, bookmark and likely page of each heading.

    The pages are fields of their own, marked so that who opens the file brings them up
    to date without asking.
    """
    for number, (text, bookmark, page) in enumerate(entries):
        paragraph = add_paragraph(parent, style)
        if number == 0:
            _mark(paragraph, "begin")
            add(add(paragraph, "r"), "instrText").text = ' TOC \\o "1-1" \\h \\z '
            _mark(paragraph, "separate")
        link = add(paragraph, "hyperlink", anchor=bookmark, history="1")
        add_text(link, text)
        add(add(link, "r"), "tab")
        _mark(link, "begin", dirty="true")
        add(add(link, "r"), "instrText").text = f" PAGEREF {bookmark} \\h "
        _mark(link, "separate")
        add_text(link, str(page))
        _mark(link, "end")
        if number == len(entries) - 1:
            _mark(paragraph, "end")


def _mark(parent: BaseOxmlElement, kind: str, **other: str) -> None:
    add(add(parent, "r"), "fldChar", fldCharType=kind, **other)
