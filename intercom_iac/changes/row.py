"""A row of the table: all there is to know of one field of a kind of thing, wherever it is compared or shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, Literal, TypeVar

from intercom_iac.diagnostics import Code
from intercom_iac.lazy_dataclass import dataclass

D = TypeVar("D", contravariant=True)
L = TypeVar("L", contravariant=True)

Risk = Literal["safe", "caution", "destructive"]
Kind = Literal["added", "changed", "removed"]
Reach = Literal["nobody", "entry", "field"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRisk:
    """How grave it is to make the live value the declared one, and why it is to be made so."""

    risk: Risk
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """How grave a difference between two revisions is: the level is that of the code.

    `message` says what changed without the values; `names_values`: it says them too, or a flag has but two.
    `removed_items` are the items that a list no longer has, where rules may name them.
    """

    code: Code
    message: str
    hint: str | None = None
    kind: Kind = "changed"
    removed_items: tuple[str, ...] = ()
    names_values: bool = False


def _identity(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow(Generic[D, L]):
    """One field of a kind of thing. Values are plain JSON data; None is no value.

    `key` is what entries, plans and reports call it.
    `declared` reads it from what the specs declare; None leaves the live value as it is.
    `live` reads it from what the workspace has; None where Intercom's API does not return it.
    `created` is what the call that creates the thing is given; None where the call does not take it.
    `canonical` of two values is equal where the values are: it forgets an order that says nothing.
    `shown` is the value as reports show it of an entry that is added or removed; None shows the declared one.
    `risk` judges a plan's change from the live value to the declared one.
    `impacts` judges a change from the old revision's value to the new one's; None where this needs more than the two
    values, and the comparator of the kind of thing does it.
    `reach` says which segments such a change reaches: those that read the entry, those that test the field, or none.
    """

    key: str
    declared: Callable[[D], Any]
    live: Callable[[L], Any] | None = None
    created: Callable[[D], Any] | None = None
    canonical: Callable[[Any], Any] = _identity
    shown: Callable[[D], Any] | None = None
    risk: Callable[[Any, Any], PlanRisk] | None = None
    impacts: Callable[[Any, Any], Iterable[Impact]] | None
    reach: Reach = "nobody"

    def differ(self, one: Any, other: Any) -> bool:
        """Whether two values of the field are not the same."""
        return self.canonical(one) != self.canonical(other)


def constant_impact(impact: Impact) -> Callable[[Any, Any], Iterable[Impact]]:
    """The impact of a field whose every change is as grave, whatever the values."""
    return lambda _, __: (impact,)


def flag_impacts(*, set_: Impact, cleared: Impact) -> Callable[[Any, Any], Iterable[Impact]]:
    """The impacts of a field that is true or false."""
    return lambda _, after: (set_ if after else cleared,)
