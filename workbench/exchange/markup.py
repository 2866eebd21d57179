"""Walk XML as events, from bytes in pieces; no entity, no DOCTYPE, nothing fetched.

Names come without their namespaces. What the elements mean is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NoReturn, Protocol
from xml.parsers import expat

from workbench.exchange.imported import Unreadable

MAX_DEPTH: Final = 64
_SEPARATOR: Final = "\n"


class Handler(Protocol):
    """What is told of the elements as they are met."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take a piece of text."""


def walk(
    pieces: Iterable[bytes],
    handler: Handler,
    what: str,
    *,
    max_elements: int,
    encoding: str | None = None,
) -> int:
    """Tell a handler what is in an XML document; gives the number of its elements.

    `what` names the document in messages; `encoding` overrules what it says of itself.
    Raises Unreadable for what is not XML, has a
    DOCTYPE or an entity, is nested too deeply or has too many elements; so may the
    handler.
    """
    parser = expat.ParserCreate(encoding, _SEPARATOR)
    parser.buffer_text = True
    depth = elements = 0

    def refuse(kind: str) -> NoReturn:
        raise Unreadable(
            f"{what}, line {parser.CurrentLineNumber}: {kind}, which is not read; a "
            "file of this kind needs none"
        )

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > MAX_DEPTH:
            raise Unreadable(
                f"{what}, line {parser.CurrentLineNumber}: elements more than "
                f"{MAX_DEPTH} deep"
            )
        if elements > max_elements:
            raise Unreadable(
                f"{what}: more than {max_elements:,} elements; at most that is read"
            )
        handler.start(_bare(name), {_bare(k): v for k, v in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_bare(name))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = lambda *_: refuse("a DOCTYPE")
    parser.EntityDeclHandler = lambda *_: refuse("an entity")
    parser.UnparsedEntityDeclHandler = lambda *_: refuse("an entity")
    parser.ExternalEntityRefHandler = lambda *_: refuse("an outside entity")
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003  the parser's own signature
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        reason = expat.errors.messages.get(error.code, "not XML")
        raise Unreadable(
            f"{what}, line {error.lineno}: {reason}; the file is damaged or cut short"
        ) from error
    except (ValueError, LookupError, UnicodeError) as error:
        raise Unreadable(f"{what}: an encoding that is not known") from error
    return elements


def _bare(name: str) -> str:
    return name.rpartition(_SEPARATOR)[2]
