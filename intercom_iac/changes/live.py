"""What two workspaces have otherwise, without specs: things are the same by what they are called, never by id."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Identity, LiveAudience, Snapshot, event_key
from intercom_iac.model.address import audience_address, event_address, segment_address, tag_address

from . import attributes, audiences
from .comparison import Difference
from .row import FieldRow

T = TypeVar("T")
L = TypeVar("L")


@dataclass(frozen=True, slots=True)
class LiveDifference:
    """A thing that both workspaces have: the fields that are not the same, with the first one's value as `before`."""

    address: str
    fields: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveDifferences:
    """Two workspaces side by side, each thing by its address, which holds its name in Intercom.

    `only_first` and `only_second` are in one of them alone. `archived_first` and `archived_second` are attributes
    that one of them alone has, archived: no more than the name is left of them, so they are no difference. `same` are
    in both, and alike as far as Intercom tells: of segments, events and tags that is the name.
    """

    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()
    differing: tuple[LiveDifference, ...] = ()
    same: tuple[str, ...] = ()
    archived_first: tuple[str, ...] = ()
    archived_second: tuple[str, ...] = ()

    @property
    def differ(self) -> bool:
        """Whether there is any difference."""
        return bool(self.only_first or self.only_second or self.differing)

    @property
    def addresses(self) -> tuple[str, ...]:
        """Of everything that was compared."""
        alone = (*self.only_first, *self.only_second, *self.archived_first, *self.archived_second)
        return (*alone, *(difference.address for difference in self.differing), *self.same)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedWorkspace:
    """A workspace: its name in the project, and what it answered of itself."""

    name: str
    identity: Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceDiff:
    """Two workspaces, and what differs between them."""

    first: ComparedWorkspace
    second: ComparedWorkspace
    differences: LiveDifferences


# Of names that case does not tell apart, the spelling is a field.
_NAME: FieldRow[Any, str] = FieldRow(key="name", declared=str, live=str, impacts=None)


def live_differences(
    first: Snapshot, second: Snapshot, is_meant: Callable[[str], bool] = lambda _: True
) -> LiveDifferences:
    """What differs between two workspaces, of the addresses that are meant: attributes, events, segments, audiences
    and tags."""
    archived = {
        attribute.address
        for snapshot in (first, second)
        for attribute in snapshot.attributes
        if attribute.archived
    }
    only_first: list[str] = []
    only_second: list[str] = []
    differing: list[LiveDifference] = []
    same: list[str] = []
    for address, in_first, in_second, fields in _pairs(first, second):
        if not is_meant(address):
            continue
        if not in_second:
            only_first.append(address)
        elif not in_first:
            only_second.append(address)
        elif fields:
            differing.append(LiveDifference(address, fields))
        else:
            same.append(address)
    return LiveDifferences(
        only_first=tuple(address for address in only_first if address not in archived),
        only_second=tuple(address for address in only_second if address not in archived),
        differing=tuple(differing),
        same=tuple(same),
        archived_first=tuple(address for address in only_first if address in archived),
        archived_second=tuple(address for address in only_second if address in archived),
    )


Pair = tuple[str, bool, bool, tuple[Difference, ...]]


def _pairs(first: Snapshot, second: Snapshot) -> Iterator[Pair]:
    """Every thing of either workspace once: its address, whether each of the two has it, what differs."""
    yield from _compare(
        first.attributes,
        second.attributes,
        key=lambda attribute: attribute.address,
        address=lambda attribute: attribute.address,
        fields=(attributes.ARCHIVED, *attributes.FIELDS),
    )
    yield from _compare(first.events, second.events, key=event_key, address=event_address, fields=(_NAME,))
    # Of a segment Intercom returns the name; names need not be unique, and those of one name are counted as one.
    yield from _compare(
        [segment.name for segment in first.segments],
        [segment.name for segment in second.segments],
        key=lambda name: name,
        address=segment_address,
        fields=(_NAME,),
    )
    yield from _compare_audiences(first.audiences, second.audiences)
    yield from _compare(
        [*first.tags], [*second.tags], key=lambda name: name.casefold(), address=tag_address, fields=(_NAME,)
    )


def _compare(
    first: Iterable[T],
    second: Iterable[T],
    *,
    key: Callable[[T], Hashable],
    address: Callable[[T], str],
    fields: Sequence[FieldRow[Any, T]],
) -> Iterator[Pair]:
    ones, others = {key(thing): thing for thing in first}, {key(thing): thing for thing in second}
    for name, one in ones.items():
        other = others.get(name)
        differences = () if other is None else _field_differences(fields, one, other)
        yield address(one), True, other is not None, differences
    yield from ((address(other), False, True, ()) for name, other in others.items() if name not in ones)


def _compare_audiences(first: Sequence[LiveAudience], second: Sequence[LiveAudience]) -> Iterator[Pair]:
    """By name, which need not be unique: of several with one name, those with the same filters belong together."""
    left = list(second)
    unpaired: list[LiveAudience] = []
    for one in first:
        twin = next((other for other in left if one.name == other.name and not _audience(one, other)), None)
        if twin is None:
            unpaired.append(one)
        else:
            left.remove(twin)
            yield audience_address(one.name), True, True, ()
    for one in unpaired:
        namesake = next((other for other in left if other.name == one.name), None)
        if namesake is not None:
            left.remove(namesake)
        fields = () if namesake is None else _audience(one, namesake)
        yield audience_address(one.name), True, namesake is not None, fields
    yield from ((audience_address(other.name), False, True, ()) for other in left)


def _audience(one: LiveAudience, other: LiveAudience) -> tuple[Difference, ...]:
    return _field_differences(audiences.FIELDS, one, other)


def _field_differences(fields: Iterable[FieldRow[Any, L]], one: L, other: L) -> tuple[Difference, ...]:
    """What two live things have otherwise, in the order of the rows."""
    return tuple(
        Difference(field=field, before=field.live(one), after=field.live(other))
        for field in fields
        if field.live is not None and field.differ(field.live(one), field.live(other))
    )


@cache
def workspace_diff_schema() -> dict[str, Any]:
    """The JSON Schema of what `diff --format json` prints."""
    return json.loads(Path(__file__).with_name("diff.schema.json").read_text("utf-8"))
