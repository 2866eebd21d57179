"""Tells a browser of the theme: as Streamlit 1.67 does, which reads it anew each time.

With each run, and each of a part of a page, it goes six times through all settings for
what they say of colours and type: a twelfth of what the server does about a rating.
`delivery` says why functions are replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_populate: Final = app_session._populate_theme_msg  # noqa: SLF001  `delivery` says why


@dataclass
class _Told:
    """What the settings say of the theme, by section, and the settings."""

    settings: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, CustomThemeConfig] = field(default_factory=dict)


_told: Final = _Told()


def populate(message: CustomThemeConfig, section: str = "theme") -> None:
    """Add to a message what the settings say in a section of the theme."""
    settings = config.get_config_options()
    if settings is not _told.settings:  # a file of settings was changed, and read again
        _told.settings, _told.sections = settings, {}
    sections = _told.sections
    if section not in sections:
        found = CustomThemeConfig()
        _populate(found, section)
        sections[section] = found
    message.MergeFrom(sections[section])
