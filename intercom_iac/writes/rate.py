"""How fast a run is, lately."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

_SPAN = 60.0
_STEP = 1.0


class Rate:
    """Counts what happens, and how often it has in the last minute. `clock` counts seconds from anywhere."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._total = 0
        self._marks: deque[tuple[float, int]] = deque([(clock(), 0)])

    def count(self) -> None:
        self._total += 1
        now = self._clock()
        if now - self._marks[-1][0] >= _STEP:
            self._marks.append((now, self._total))
            while len(self._marks) > 2 and now - self._marks[1][0] > _SPAN:
                self._marks.popleft()

    def per_second(self) -> float | None:
        """None until a second has passed."""
        begin, before = self._marks[0]
        passed = self._clock() - begin
        return (self._total - before) / passed if passed >= _STEP else None
