"""Prose as it is read: without the links of its names and terms."""

from __future__ import annotations

import re

_TO = r"(?:(?:question|evidence)\?|#term-)[^)]*"
_LINK = re.compile(rf"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\({_TO}\)")


def unlinked(markdown: str) -> str:
    """Take the links of names and terms out of a text in Markdown."""
    return _LINK.sub(r"\1", markdown)
