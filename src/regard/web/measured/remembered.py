"""Answers that took long, kept in this process: asked for once, and the oldest dropped."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """So many answers, by everything that they depend on.

    A key names all that an answer follows from (which imports count, which steps stand...), so
    that an answer is never out of date: what has changed is another key. While one request works
    an answer out, others that ask for the same wait for it.

    Args:
        most: How many answers are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, Answer] = OrderedDict()
        self._working: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, made: Callable[[], Answer]) -> Answer:
        """The answer of a key, worked out if it is not held.

        What `made` raises is raised, and nothing is kept.
        """
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            working = self._working.setdefault(key, Lock())
        with working:
            with self._lock:
                if key in self._held:
                    return self._held[key]
            try:
                answer = made()
                self._keep(key, answer)
            finally:
                with self._lock:
                    self._working.pop(key, None)
        return answer

    def _keep(self, key: Hashable, answer: Any) -> None:
        with self._lock:
            self._held[key] = answer
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._held

    def forget(self) -> None:
        """Drop everything."""
        with self._lock:
            self._held.clear()
