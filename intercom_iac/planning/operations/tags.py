"""Operations on tags."""

from __future__ import annotations

from typing import ClassVar

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import CAPABILITIES, Kind

from .operation import Action, Operation, Rank, reverse_update

_API = CAPABILITIES["tag"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTag(Operation):
    kind: ClassVar[Kind] = "tag"
    action: ClassVar[Action] = "create"
    rank: ClassVar[Rank] = Rank.WRITE_TAG
    takes: ClassVar[frozenset[str]] = _API.create
    requires: ClassVar[frozenset[str]] = frozenset({"name"})

    @property
    def needs_rule(self) -> bool:
        return True

    def reverse(self) -> RetireTag:
        return RetireTag(name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameTag(Operation):
    """A new name for the tag `name`. One tag may take the name that another gives up."""

    kind: ClassVar[Kind] = "tag"
    action: ClassVar[Action] = "update"
    rank: ClassVar[Rank] = Rank.WRITE_TAG
    takes: ClassVar[frozenset[str]] = _API.change
    requires: ClassVar[frozenset[str]] = frozenset({"name"})
    of_live: ClassVar[bool] = True
    independent: ClassVar[bool] = False

    def reverse(self) -> RenameTag:
        return reverse_update(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTag(Operation):
    """Read from plan files and shown. No plan has it and apply refuses it: Intercom does not tell whose a tag is."""

    kind: ClassVar[Kind] = "tag"
    action: ClassVar[Action] = "delete"
    rank: ClassVar[Rank] = Rank.DELETE
    takes: ClassVar[frozenset[str]] = frozenset({"name"})
    of_live: ClassVar[bool] = True
    destructive: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireTag(Operation):
    """By hand: a person deletes the tag or keeps it, since it may be somebody else's."""

    kind: ClassVar[Kind] = "tag"
    action: ClassVar[Action] = "manual"
    rank: ClassVar[Rank] = Rank.MANUAL
    destructive: ClassVar[bool] = True
