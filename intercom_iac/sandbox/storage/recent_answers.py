"""A small cache: a client pages through one list after another."""

from collections.abc import Callable
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class RecentAnswers(Generic[Question, Answer]):
    """The answers to the last `size` questions."""

    def __init__(self, size: int = 8) -> None:
        self._size = size
        self._answers: dict[Question, Answer] = {}

    def get(self, question: Question, answer: Callable[[], Answer]) -> Answer:
        """The answer kept for a question, or else that of `answer`, which is kept."""
        if question not in self._answers:
            while len(self._answers) >= self._size:
                del self._answers[next(iter(self._answers))]
            self._answers[question] = answer()
        return self._answers[question]
