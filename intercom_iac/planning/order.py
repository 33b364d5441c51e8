"""The order of a plan's changes: what something needs comes first, what makes room comes before what takes it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from intercom_iac.model import Snapshot

from .operations import (
    ArchiveAttribute,
    CreateAttribute,
    Operation,
    RestoreAttribute,
    UpdateAttribute,
    attributes_of,
)
from .plan import Change


def order_changes(changes: Sequence[Change], snapshot: Snapshot, limit: int) -> list[Change]:
    """The changes sorted so that every dependency is met, otherwise by kind and by place in the specs.

    `limit` is the cap on active attributes: where creates would pass it on the way, archives go before them.
    An archive that itself has to wait for a create stays behind it.
    """
    before: list[set[int]] = [set() for _ in changes]
    live = {audience.id: audience for audience in snapshot.audiences}
    given = _places_by_name(changes, (CreateAttribute, RestoreAttribute, UpdateAttribute))
    archived = _places_by_name(changes, (ArchiveAttribute,))
    for at, change in enumerate(changes):
        for name in change.operation.attributes_read:
            before[at].update(given.get(name, ()))
        if change.operation.frees_attributes:
            for name in attributes_of(live.get(change.live_id or "")):
                for archive in archived.get(name, ()):
                    before[archive].add(at)
    used = sum(not attribute.archived for attribute in snapshot.attributes)
    takes = [at for at, change in enumerate(changes) if change.active_attributes > 0]
    if used + len(takes) > limit:
        archives = [at for at, change in enumerate(changes) if change.active_attributes < 0]
        # Those that wait for the fewest creates make their room first.
        archives.sort(key=lambda at: len(_all_before(at, before).intersection(takes)))
        for archive in archives:
            for create in takes:
                if create not in _all_before(archive, before):
                    before[create].add(archive)
    return [changes[at] for at in _sort(changes, before)]


def independent_runs(changes: Sequence[Change]) -> list[tuple[Change, ...]]:
    """The changes of a plan, in its order, as runs within which none needs another: those may be made at once.

    What a change needs is of another kind or action, so it stands in an earlier run. The one exception are new names
    for tags, where one may take the name that another gives up.
    """
    runs: list[list[Change]] = []
    for change in changes:
        same_class = bool(runs) and type(runs[-1][-1].operation) is type(change.operation)
        if same_class and change.operation.independent:
            runs[-1].append(change)
        else:
            runs.append([change])
    return [tuple(run) for run in runs]


def peak_attributes(changes: Iterable[Change], used: int) -> int:
    """The highest number of active attributes on the way through the changes."""
    peak = used
    for change in changes:
        used += change.active_attributes
        peak = max(peak, used)
    return peak


def _sort(changes: Sequence[Change], before: Sequence[set[int]]) -> list[int]:
    def rank(at: int) -> tuple[int, int]:
        return changes[at].rank, at

    waits = [len(needed) for needed in before]
    after: list[list[int]] = [[] for _ in changes]
    for at, needed in enumerate(before):
        for earlier in needed:
            after[earlier].append(at)
    ready = [rank(at) for at, count in enumerate(waits) if not count]
    heapq.heapify(ready)
    done: list[int] = []
    while ready:
        _, at = heapq.heappop(ready)
        done.append(at)
        for later in after[at]:
            waits[later] -= 1
            if not waits[later]:
                heapq.heappush(ready, rank(later))
    return done


def _all_before(at: int, before: Sequence[set[int]]) -> set[int]:
    earlier: set[int] = set()
    waiting = [at]
    while waiting:
        new = before[waiting.pop()] - earlier
        earlier |= new
        waiting += new
    return earlier


def _places_by_name(
    changes: Sequence[Change], operations: tuple[type[Operation], ...]
) -> dict[str, list[int]]:
    """Where the changes stand that are of those operations, by what they are about."""
    places: dict[str, list[int]] = {}
    for at, change in enumerate(changes):
        if isinstance(change.operation, operations):
            places.setdefault(change.name, []).append(at)
    return places
