"""What holds for the tests that run the app's own pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import local_script_runner


@pytest.fixture(scope="session", autouse=True)
def _once_as_a_server() -> Iterator[None]:
    """Have no run do again what a server does once.

    Each would look through every installed package for components, and find none: ours
    are told of where they are drawn. And each would compile the pages' scripts.
    """
    compiled = ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", list)
        patch.setattr(local_script_runner, "ScriptCache", lambda: compiled)
        yield
