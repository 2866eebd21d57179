"""What the app loads before it answers, so that the first visitor need not wait for it.

Nothing is told here: what is wrong with a case is said on its page.
"""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from streamlit import App

from workbench import ui
from workbench.case import library
from workbench.charts.ranking_chart import ranking_drawn
from workbench.errors import WorkbenchError
from workbench.ui import entrance, script_files, state


@asynccontextmanager
async def loaded(app: App) -> AsyncIterator[None]:
    """Load all of it before the first answer, and nothing when the server ends."""
    _load(app.script_path.parent)
    yield


def _load(beside: Path) -> None:
    """Load the pages' modules, the case that is served, and what its page is made of.

    That case is the one in the folder `beside`, unless the environment names another.
    """
    for module in pkgutil.iter_modules(ui.__path__, f"{ui.__name__}."):
        if not module.name.endswith((".pages", ".served")):
            importlib.import_module(module.name)
    # Streamlit looks once, at its first element, whether it runs in a prompt: it asks
    # for the stack, and Python then looks for the file of every module that is loaded,
    # which took two fifths of the first page's script. What was found is kept.
    inspect.stack()
    for script in script_files.SCRIPTS:
        script_files.address(script)
    place = Path(os.environ.get(state.CASE_VARIABLE) or beside)
    if not entrance.has_store() and not library.is_library(place):
        with suppress(WorkbenchError, OSError):
            now = state.load_ahead(place).assessment
            ranking_drawn(now, now)
