"""What a link leads to is there as long as a browser may show the link."""

from __future__ import annotations

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from workbench.ui import kept_files


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(kept_files.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def manager() -> MediaFileManager:
    return MediaFileManager(MemoryMediaFileStorage("/media"))


def name_of(url: str) -> str:
    return url.rpartition("/")[2].partition(".")[0]


def test_a_button_that_is_drawn_anew_gives_its_file_by_either_drawing(
    manager: MediaFileManager, clock: list[float]
) -> None:
    before = manager.add_deferred(lambda: b"report", "text/plain", "1.0")
    manager.clear_session_refs()
    after = manager.add_deferred(lambda: b"report", "text/plain", "1.0")
    for _ in range(3):  # runs of this page and of others end
        kept_files.remove_orphaned_files(manager)
    made = {manager.execute_deferred(name) for name in (before, after)}
    for _ in range(3):
        kept_files.remove_orphaned_files(manager)
    (url,) = made
    found = manager.read_file(name_of(url))
    assert found is not None
    assert found.content == b"report"
    clock[0] += kept_files.GRACE
    kept_files.remove_orphaned_files(manager)
    assert manager.execute_deferred(after)
    with pytest.raises(MediaFileStorageError):
        manager.execute_deferred(before)


def test_a_page_that_is_being_drawn_loses_no_picture_to_another_that_ends(
    manager: MediaFileManager, clock: list[float]
) -> None:
    url = manager.add(b"picture", "image/png", "1.0")
    manager.clear_session_refs()  # its run begins
    kept_files.remove_orphaned_files(manager)  # another page's ends
    assert manager.read_file(name_of(url))
    assert manager.add(b"picture", "image/png", "1.0") == url
    clock[0] += 10 * kept_files.GRACE
    kept_files.remove_orphaned_files(manager)
    assert manager.read_file(name_of(url))  # it is in use
    manager.clear_session_refs()
    kept_files.remove_orphaned_files(manager)
    clock[0] += kept_files.GRACE
    kept_files.remove_orphaned_files(manager)
    assert manager.read_file(name_of(url)) is None
