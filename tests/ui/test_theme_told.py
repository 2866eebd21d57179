"""What a browser is told of the theme: what the settings say, read once."""

from __future__ import annotations

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig

from workbench.ui import theme_told

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.dark.sidebar")


def settings(
    monkeypatch: pytest.MonkeyPatch, **colours: str
) -> dict[str, config.ConfigOption]:
    """Have the settings be read anew, with some colours for the light theme."""
    flags = {f"theme.light.{name}": value for name, value in colours.items()}
    monkeypatch.setattr(config, "_config_options", None)
    return config.get_config_options(
        force_reparse=True, options_from_flags={**flags, "theme.base": "light"}
    )


def told(section: str) -> CustomThemeConfig:
    message = CustomThemeConfig()
    theme_told.populate(message, section)
    return message


def test_a_browser_is_told_of_each_section_what_streamlit_would_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings(monkeypatch, primaryColor="#0b6b62", textColor="#111111")
    for section in SECTIONS:
        own = CustomThemeConfig()
        theme_told._populate(own, section)
        assert told(section) == own
        assert told(section) == own  # as it is kept
    assert told("theme.light").primary_color == "#0b6b62"


def test_settings_that_are_read_anew_are_told_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings(monkeypatch, primaryColor="#0b6b62")
    assert told("theme.light").primary_color == "#0b6b62"
    settings(monkeypatch, primaryColor="#222222")
    assert told("theme.light").primary_color == "#222222"


def test_the_settings_are_gone_through_once_however_often_the_theme_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings(monkeypatch)
    read: list[str] = []
    own = config.get_options_for_section

    def reading(section: str) -> dict[str, object]:
        read.append(section)
        return own(section)

    monkeypatch.setattr(config, "get_options_for_section", reading)
    for _ in range(3):
        told("theme.dark")
    assert read == ["theme.dark"]
