"""What a start of Streamlit by itself lacks, setting by setting."""

from __future__ import annotations

import pytest

from workbench.ui import entrance

WRONG = {
    "server.enableCORS": False,
    "server.enableXsrfProtection": False,
    "server.enableStaticServing": True,
    "server.enableAgentApi": True,
    "browser.gatherUsageStats": True,
    "client.showErrorDetails": "full",
}


@pytest.fixture
def started(monkeypatch):
    """Start with the project's settings, but for those that are given."""

    def with_(**other):
        settings = entrance._shipped() | other
        monkeypatch.setattr(entrance.st, "get_option", settings.get)

    return with_


def test_with_the_projects_settings_nothing_is_lacking(started):
    started()
    assert entrance.lacking() == ()


@pytest.mark.parametrize("name", WRONG)
def test_a_setting_that_lets_others_in_or_the_case_out_is_named_as_it_should_be(
    started, name
):
    started(**{name: WRONG[name]})
    (said,) = entrance.lacking()
    assert said.startswith(f"{name} = ")
    assert str(WRONG[name]).lower() not in said


def test_in_a_demonstration_nothing_is_lacking(started, monkeypatch):
    started(**WRONG)
    monkeypatch.setenv(entrance.ANONYMOUS, "1")
    assert entrance.lacking() == ()
