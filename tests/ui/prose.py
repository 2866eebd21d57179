"""Prose as it is read: without the links of its names."""

from __future__ import annotations

import re

_LINK = re.compile(r"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\((?:question|evidence)\?[^)]*\)")


def unlinked(markdown: str) -> str:
    """Take the links of names out of a text in Markdown."""
    return _LINK.sub(r"\1", markdown)
