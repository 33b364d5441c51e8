"""What an operation is: one thing that happens to one object in Intercom, by a call of the API or by a person's hand.

An operation is data. `applying` makes the call of it; `reverse` gives the operation that undoes it.
"""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from typing import Any, ClassVar, Literal, TypeVar, get_args

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Kind

Action = Literal["create", "update", "archive", "restore", "register", "delete", "manual"]
ACTIONS: tuple[Action, ...] = get_args(Action)


class Rank(IntEnum):
    """The order in which operations are made where nothing else decides: what others need comes first."""

    CREATE_ATTRIBUTE = 0
    UPDATE_ATTRIBUTE = 1
    REGISTER_EVENT = 2
    WRITE_TAG = 3
    WRITE_AUDIENCE = 4
    DELETE = 5
    ARCHIVE_ATTRIBUTE = 6
    WAITING = 7
    MANUAL = 8


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, as plain JSON data before and after; None where it does not exist."""

    path: str
    before: Any
    after: Any

    def reverse(self) -> FieldChange:
        return FieldChange(path=self.path, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What is done to the object called `name`. `live_id` is the id of the one that is there already.

    Of its class: `kind` is what changes in Intercom; `takes` are the paths that its fields may have, `requires` those
    that it cannot be made without; `of_live`: it is done to an object that is there, which it names by its id.
    `active_attributes` is what it adds to the number of active attributes. `independent`: several of the class may be
    made at once.
    """

    name: str
    fields: tuple[FieldChange, ...] = ()
    live_id: str | None = None

    kind: ClassVar[Kind]
    action: ClassVar[Action]
    rank: ClassVar[Rank]
    takes: ClassVar[frozenset[str]] = frozenset()
    requires: ClassVar[frozenset[str]] = frozenset()
    of_live: ClassVar[bool] = False
    destructive: ClassVar[bool] = False
    independent: ClassVar[bool] = True
    active_attributes: ClassVar[int] = 0

    @property
    def fits_class(self) -> bool:
        """Whether the fields are those of the class. What a person does has one action in a plan file, and several
        classes: the fields tell which."""
        return True

    @property
    def by_hand(self) -> bool:
        """Whether a person does it, since Intercom's API does not."""
        return self.action == "manual"

    @property
    def after(self) -> dict[str, Any]:
        """The values that the fields come to have, by path."""
        return {field.path: field.after for field in self.fields}

    @property
    def attributes_read(self) -> frozenset[str]:
        """The custom attributes that have to be there before it."""
        return frozenset()

    @property
    def frees_attributes(self) -> bool:
        """Whether the object lets go of the attributes that it reads now."""
        return False

    @property
    def needs_rule(self) -> bool:
        """Whether it makes or fills something by the rule of a segment; to rename or retire needs no rule."""
        return False

    def reverse(self) -> Operation | None:
        """The operation that undoes it; None where there is none, by call or by hand.

        That of a create has no `live_id`: it is known only once the object is there.
        """
        return None


def field_of(fields: tuple[FieldChange, ...], path: str) -> FieldChange | None:
    return next((field for field in fields if field.path == path), None)


T = TypeVar("T", bound=Operation)


def reverse_update(operation: T) -> T:
    """The same fields back to what they were; where one of them is the name, it is of the object's new name."""
    renamed = field_of(operation.fields, "name")
    return replace(
        operation,
        name=operation.name if renamed is None else renamed.after,
        fields=tuple(field.reverse() for field in operation.fields),
    )
