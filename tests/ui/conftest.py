"""What holds for the tests that run the app's own pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture(scope="session", autouse=True)
def _only_our_components() -> Iterator[None]:
    """Have no run look through every installed package for components.

    A server does so once; here each run of a page would, and find none: ours are told
    of where they are drawn.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", list)
        yield
