"""The results of recent searches, brought up to date where contacts changed since.

A client pages through one search after another, and writes in between.
"""

from collections.abc import Callable, Sized
from typing import Generic, TypeVar

from .search_index import Revision, SearchIndex

LARGEST_UPDATE = 5_000
"""How many changed contacts a result is brought up to date with; with more it is made again."""

LARGEST_NUMBER, LARGEST_SIZE = 64, 1_000_000
"""How many results are kept, and with how many contacts in all."""

Result = TypeVar("Result", bound=Sized)


class KeptSearches(Generic[Result]):
    """The results of the searches that were made last; the length of one is how many contacts it has in memory.

    `rests_on_schema`: they are made again once an attribute, a segment or the time zone has changed.
    """

    def __init__(self, *, rests_on_schema: bool = True) -> None:
        self._rests_on_schema = rests_on_schema
        self._results: dict[tuple[str, ...], tuple[Revision, Result]] = {}

    def get(
        self,
        question: tuple[str, ...],
        index: SearchIndex,
        search: Callable[[], Result],
        update: Callable[[Result, frozenset[int]], None],
    ) -> Result:
        """The result of a search: that of `search`, or one that was kept after an `update` with what changed."""
        # An index that lags differs from one that does not.
        question = (*question, str(index.lags))
        # Whatever fails below, nothing is kept that may be half up to date.
        kept = self._results.pop(question, None)
        changed = (
            None if kept is None else index.changed_since(kept[0], rests_on_schema=self._rests_on_schema)
        )
        if kept is None or changed is None or len(changed) > LARGEST_UPDATE:
            result = search()
        else:
            result = kept[1]
            if changed:
                update(result, changed)
        self._results[question] = (index.revision, result)
        while len(self._results) > 1 and self._exceeds():
            del self._results[next(iter(self._results))]
        return result

    def _exceeds(self) -> bool:
        size = sum(len(result) for _, result in self._results.values())
        return len(self._results) > LARGEST_NUMBER or size > LARGEST_SIZE
