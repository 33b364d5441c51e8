"""A small cache of the answers to the last few questions."""

from collections.abc import Callable
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Known = TypeVar("Known")


class RecentAnswers(Generic[Asked, Known]):
    """The answers to the last few questions: a client pages through one search after another."""

    def __init__(self, size: int = 8) -> None:
        self._size = size
        self._known: dict[Asked, Known] = {}

    def get(self, asked: Asked, answer: Callable[[], Known]) -> Known:
        """What is known, or what `answer` says now."""
        if asked not in self._known:
            while len(self._known) >= self._size:
                del self._known[next(iter(self._known))]
            self._known[asked] = answer()
        return self._known[asked]
