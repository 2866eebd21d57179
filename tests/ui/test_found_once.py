"""What is found once for a key: kept for the last, and nothing of those before."""

import gc
import itertools
import threading
import weakref

import pytest

from workbench.ui.found_once import found_once


class Thing:
    """Something of which nothing is to be left."""


def counted(most):
    calls = []

    @found_once(most)
    def find(revision, _now, *, rule=None):
        calls.append((revision, _now, rule))
        return Thing()

    return find, calls


def test_what_follows_from_the_same_is_found_once():
    find, calls = counted(2)
    first = find("a", 1)
    assert find("a", 2) is first
    assert find("a", 1, rule="b") is not first
    assert find("a", _now=1, rule=None) is first
    assert calls == [("a", 1, None), ("a", 1, "b")]


def test_what_was_asked_for_last_is_kept_and_of_the_rest_nothing():
    find, calls = counted(2)
    kept = find("a", 1)
    left = [weakref.ref(find(f"other {number}", 1)) for number in range(5)]
    assert find("a", 1) is not kept
    assert len(calls) == 7
    gc.collect()
    assert [one() is not None for one in left] == [False] * 4 + [True]
    before = len(gc.get_objects())
    for number in range(500):
        find(f"more {number}", 1)
    calls.clear()
    gc.collect()
    assert len(gc.get_objects()) - before < 100


def test_what_failed_is_tried_again():
    turns = itertools.count()

    @found_once(2)
    def find(key):
        if not next(turns):
            raise ValueError(key)
        return key

    with pytest.raises(ValueError, match="a"):
        find("a")
    assert find("a") == "a"


def test_who_asks_for_what_another_is_finding_waits_and_finds_nothing_anew():
    begun, goes_on, calls = threading.Event(), threading.Event(), []

    @found_once(2)
    def find(key):
        calls.append(key)
        begun.set()
        assert goes_on.wait(10)
        return Thing()

    found = []
    threads = [threading.Thread(target=lambda: found.append(find("a"))) for _ in "ab"]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    goes_on.set()
    for one in threads:
        one.join(10)
    assert len(calls) == 1
    assert found[0] is found[1]
