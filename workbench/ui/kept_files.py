"""Keeps what a link on a page leads to until every browser shows the page after it.

Streamlit 1.67 lets go of a file, and of what makes one on a click, as soon as any run
of any page ends that finds no page to refer to it. A browser may still show the button
then, or be about to ask for what was made for it; a page that is being drawn anew has
let go of all it refers to meanwhile. The click then does nothing.
"""

from __future__ import annotations

import time
from typing import Final
from weakref import WeakKeyDictionary

from streamlit.runtime.media_file_manager import MediaFileManager

GRACE: Final = 30.0  # seconds
_left: Final[WeakKeyDictionary[MediaFileManager, dict[str, float]]] = (
    WeakKeyDictionary()
)


def remove_orphaned_files(manager: MediaFileManager) -> None:
    """Remove what no page has referred to for a while."""
    now = time.monotonic()
    with manager._lock:  # noqa: SLF001  as told in `delivery`
        files, made = manager._file_metadata, manager._deferred_callables  # noqa: SLF001
        orphans = files.keys() | made.keys()
        for used in manager._files_by_session_and_coord.values():  # noqa: SLF001
            orphans.difference_update(used.values())
        since = _left.setdefault(manager, {})
        for name in since.keys() - orphans:
            del since[name]
        for name in orphans:
            if now - since.setdefault(name, now) < GRACE:
                continue
            del since[name]
            if name in files:
                manager._delete_file(name)  # noqa: SLF001
            manager._drop_deferred_id(name)  # noqa: SLF001
