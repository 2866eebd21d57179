"""What takes long to find: found once for what it follows from, whoever looks.

Streamlit's own cache keeps a lock for every key that it ever had (1.67,
`caching.cache_utils.Cache._value_locks`), and what is on screen has a new key with each
rating. Here nothing is left of what was let go.
"""

from __future__ import annotations

import inspect
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class _Found:
    """What is found for one key, or is being found by who holds the lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.values: list[Any] = []


def found_once(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep what a function gave for the keys that were asked for last, `most` of them.

    A key is made of the arguments, but for those whose names begin with _, for which
    the others stand. Whoever asks for what another thread is finding waits for it.
    """

    def decorate(find: Callable[P, T]) -> Callable[P, T]:
        signature = inspect.signature(find)
        named = [name for name in signature.parameters if not name.startswith("_")]
        kept: OrderedDict[Hashable, _Found] = OrderedDict()
        turn = threading.Lock()

        @wraps(find)
        def give(*args: P.args, **kwargs: P.kwargs) -> T:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            key = tuple(bound.arguments[name] for name in named)
            with turn:
                one = kept.setdefault(key, _Found())
                kept.move_to_end(key)
                if len(kept) > most:
                    kept.popitem(last=False)
            with one.lock:
                if not one.values:  # also where it failed before
                    one.values.append(find(*args, **kwargs))
                found: T = one.values[0]
            return found

        return give

    return decorate
