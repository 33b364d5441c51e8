"""Operations on events."""

from __future__ import annotations

from typing import ClassVar

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import CAPABILITIES, Kind

from .operation import Action, Operation, Rank


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEvent(Operation):
    """Sends the event once with sample metadata, from which Intercom knows it."""

    kind: ClassVar[Kind] = "event"
    action: ClassVar[Action] = "register"
    rank: ClassVar[Rank] = Rank.REGISTER_EVENT
    takes: ClassVar[frozenset[str]] = CAPABILITIES["event"].create

    def reverse(self) -> ArchiveEvent:
        return ArchiveEvent(name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveEvent(Operation):
    """By hand: no API call archives an event name."""

    kind: ClassVar[Kind] = "event"
    action: ClassVar[Action] = "manual"
    rank: ClassVar[Rank] = Rank.MANUAL
