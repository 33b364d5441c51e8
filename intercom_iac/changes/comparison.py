"""The two comparisons by rows: of an entry with itself in an earlier revision, and with what the workspace has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from intercom_iac.lazy_dataclass import dataclass

from .row import FieldRow, Impact, PlanRisk

D = TypeVar("D")
L = TypeVar("L")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that is not the same, with its values before and after."""

    field: FieldRow[Any, Any]
    before: Any
    after: Any

    @property
    def key(self) -> str:
        return self.field.key

    @property
    def risk(self) -> PlanRisk:
        """Of a field that a plan compares: how grave it is to change it so."""
        if self.field.risk is None:
            return PlanRisk(risk="safe", reason=f"the {self.key} differs")
        return self.field.risk(self.before, self.after)

    @property
    def impacts(self) -> tuple[Impact, ...]:
        """How grave the difference between two revisions is; none where the comparator of the thing says so."""
        return () if self.field.impacts is None else tuple(self.field.impacts(self.before, self.after))


def compare_revisions(fields: Iterable[FieldRow[D, Any]], *, old: D, new: D) -> Iterator[Difference]:
    """What an entry says otherwise than it did, in the order of the rows."""
    for field in fields:
        before, after = field.declared(old), field.declared(new)
        if field.differ(before, after):
            yield Difference(field=field, before=before, after=after)


def compare_with_live(fields: Iterable[FieldRow[D, L]], *, declared: D, live: L) -> Iterator[Difference]:
    """What the workspace has otherwise than is declared, in the order of the rows.

    A field that Intercom does not return or of which the specs say nothing is never different.
    """
    for field in fields:
        if field.live is None:
            continue
        before, after = field.live(live), field.declared(declared)
        if after is not None and field.differ(before, after):
            yield Difference(field=field, before=before, after=after)


def fields_without(fields: Iterable[FieldRow[D, L]], *keys: str) -> tuple[FieldRow[D, L], ...]:
    """The rows but for those of these keys."""
    return tuple(field for field in fields if field.key not in keys)


def creation_differences(fields: Iterable[FieldRow[D, Any]], *, declared: D) -> Iterator[Difference]:
    """What the call that creates the thing is given, as differences from nothing; what is empty is left out."""
    for field in fields:
        value = None if field.created is None else field.created(declared)
        if value is False or value:
            yield Difference(field=field, before=None, after=value)


def live_values(fields: Iterable[FieldRow[Any, L]], *, live: L) -> dict[str, Any]:
    """What the workspace has, by key."""
    return {field.key: field.live(live) for field in fields if field.live is not None}


def shown_values(fields: Iterable[FieldRow[D, Any]], *, declared: D) -> dict[str, Any]:
    """All that an entry says but its name, status and place, as reports show it; what it leaves out is left out."""
    values = {field.key: (field.shown or field.declared)(declared) for field in fields}
    return {key: value for key, value in values.items() if value not in (None, [], {})}


def sort_differences(differences: Iterable[Difference], keys: Sequence[str]) -> list[Difference]:
    """The differences of these keys first, in their order, then the others."""
    place = {key: index for index, key in enumerate(keys)}
    return sorted(differences, key=lambda difference: place.get(difference.key, len(place)))
