"""Whoever runs a sync."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

from ..notices import Notice

if TYPE_CHECKING:
    from intercom_iac.syncing import SyncReport
    from intercom_iac.writes import DeliveryProgress


class SyncOverseer(Protocol):
    """Is shown the plan, approves of it, follows the writes and may stop them."""

    def notify(self, notice: Notice) -> None: ...

    def watch(self, stage: str, part: float) -> None:
        """Takes note of how far the reading or the comparing is, 0 to 1; told by any thread."""
        ...

    def review(self, report: SyncReport) -> None:
        """Takes note of the plan, before anything is asked; an exception ends the sync."""
        ...

    def approve(self, report: SyncReport) -> bool:
        """Whether to make the writes of a plan that nobody has approved."""
        ...

    def interruptible(self) -> AbstractContextManager[Callable[[], bool]]:
        """Entered while writes are made: gives what says whether to begin no further one."""
        ...

    def follow(self, progress: DeliveryProgress) -> None:
        """Takes note of how far the writes are; told often."""
        ...

    def conclude(self, report: SyncReport) -> None:
        """Takes the report, once, however the sync ended after its plan was made."""
        ...
