"""The order of a plan's changes: what something needs comes first, what makes room comes before what takes it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from typing import Any

from intercom_iac.model import LiveAudience, Snapshot

from .plan import Change

_RANKS = {
    ("data_attribute", "restore"): 0,
    ("data_attribute", "create"): 0,
    ("data_attribute", "update"): 1,
    ("event", "register"): 2,
    ("tag", "create"): 3,
    ("tag", "update"): 3,
    ("audience", "create"): 4,
    ("audience", "update"): 4,
    ("audience", "delete"): 5,
    ("tag", "delete"): 5,
    ("data_attribute", "archive"): 6,
}
_WAITS = 7
_BY_HAND = 8


def in_order(changes: Sequence[Change], snapshot: Snapshot, limit: int) -> list[Change]:
    """The changes sorted so that every dependency is met, otherwise by kind and by place in the specs.

    `limit` is the cap on active attributes: where creates would pass it on the way, archives go before them.
    An archive that itself has to wait for a create stays behind it.
    """
    before: list[set[int]] = [set() for _ in changes]
    live = {audience.id: audience for audience in snapshot.audiences}
    for at, change in enumerate(changes):
        if change.object == "audience" and change.action in ("create", "update"):
            read = _attributes_read(change.after("predicates"))
            before[at].update(_indices(changes, read, ("create", "restore", "update")))
        if lets_go(change):
            for archive in _indices(changes, held_by(live.get(change.live_id or "")), ("archive",)):
                before[archive].add(at)
    used = sum(not attribute.archived for attribute in snapshot.attributes)
    takes = [at for at, change in enumerate(changes) if takes_room(change) > 0]
    if used + len(takes) > limit:
        archives = [at for at, each in enumerate(changes) if takes_room(each) < 0]
        # Those that wait for the fewest creates make their room first.
        archives.sort(key=lambda at: len(_all_before(at, before).intersection(takes)))
        for archive in archives:
            for create in takes:
                if create not in _all_before(archive, before):
                    before[create].add(archive)
    return [changes[at] for at in _sorted(changes, before)]


def independent(changes: Sequence[Change]) -> list[tuple[Change, ...]]:
    """The changes of a plan, in its order, as runs within which none needs another: those may be made at once.

    What a change needs is of another kind or action, so it stands in an earlier run. The one exception are new names
    for tags, where one may take the name that another gives up.
    """
    runs: list[list[Change]] = []
    for change in changes:
        alike = bool(runs) and (runs[-1][-1].object, runs[-1][-1].action) == (change.object, change.action)
        if alike and (change.object, change.action) != ("tag", "update"):
            runs[-1].append(change)
        else:
            runs.append([change])
    return [tuple(run) for run in runs]


def takes_room(change: Change) -> int:
    """What the change does to the number of active attributes; one that waits does nothing yet."""
    if change.object != "data_attribute" or change.waits_for:
        return 0
    return {"create": 1, "restore": 1, "archive": -1}.get(change.action, 0)


def highest(changes: Iterable[Change], used: int) -> int:
    """The highest number of active attributes on the way through the changes."""
    peak = used
    for change in changes:
        used += takes_room(change)
        peak = max(peak, used)
    return peak


def _sorted(changes: Sequence[Change], before: Sequence[set[int]]) -> list[int]:
    def rank(at: int) -> tuple[int, int]:
        change = changes[at]
        known = _RANKS.get((change.object, change.action), _BY_HAND)
        return (_WAITS if change.waits_for and known != _BY_HAND else known, at)

    waits = [len(each) for each in before]
    after: list[list[int]] = [[] for _ in changes]
    for at, needed in enumerate(before):
        for each in needed:
            after[each].append(at)
    ready = [rank(at) for at, count in enumerate(waits) if not count]
    heapq.heapify(ready)
    done: list[int] = []
    while ready:
        _, at = heapq.heappop(ready)
        done.append(at)
        for each in after[at]:
            waits[each] -= 1
            if not waits[each]:
                heapq.heappush(ready, rank(each))
    return done


def _all_before(at: int, before: Sequence[set[int]]) -> set[int]:
    found: set[int] = set()
    waiting = [at]
    while waiting:
        new = before[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def _indices(changes: Sequence[Change], names: set[str], actions: tuple[str, ...]) -> list[int]:
    return [
        at
        for at, change in enumerate(changes)
        if change.object == "data_attribute" and change.action in actions and change.name in names
    ]


def _attributes_read(predicates: Any) -> set[str]:
    """The custom attributes that an audience's filters name."""
    return {_bare(predicate["attribute"]) for predicate in predicates or ()}


def held_by(audience: LiveAudience | None) -> set[str]:
    """The custom attributes that a live audience's filters name."""
    return {_bare(predicate.attribute) for predicate in audience.predicates} if audience else set()


def lets_go(change: Change) -> bool:
    """Whether the change frees the attributes that an audience's filters name: new filters read active ones only.

    So does what a person is to do to one that is there.
    """
    if change.object != "audience" or change.live_id is None:
        return False
    return change.action in ("delete", "manual") or any(field.path == "predicates" for field in change.fields)


def _bare(attribute: str) -> str:
    return attribute.removeprefix("company.").removeprefix("custom_attributes.")
