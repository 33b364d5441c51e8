"""What is asked of a publish, and whoever oversees it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from intercom_iac.lazy_dataclass import dataclass

if TYPE_CHECKING:
    from intercom_iac.publishing import PublishReport
    from intercom_iac.writes import DeliveryProgress

    from ..notices import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRequest:
    """`keys` are the segments, none for all that are published as a tag or an attribute.

    `dry_run` writes nothing; `out` saves the plan instead, `plan` is one that was saved. `approved`: nobody is asked.
    """

    keys: tuple[str, ...] = ()
    dry_run: bool = False
    approved: bool = False
    out: Path | None = None
    plan: Path | None = None
    parallelism: int = 16

    @property
    def writes(self) -> bool:
        """Whether anything may be written to the workspace."""
        return not self.dry_run and self.out is None


class PublishOverseer(Protocol):
    """Whoever runs a publish: is shown who enters and leaves, approves of it, follows the writes, may stop them."""

    def notify(self, notice: Notice) -> None: ...

    def review(self, report: PublishReport) -> None:
        """Takes note of who enters and leaves, before anything is asked or refused."""
        ...

    def approve(self, report: PublishReport) -> bool:
        """Whether to write what nobody has approved."""
        ...

    def interruptible(self) -> AbstractContextManager[Callable[[], bool]]:
        """Entered while members are written: gives what says whether to begin no further write."""
        ...

    def follow(self, progress: DeliveryProgress) -> None:
        """Takes note of how far the writes are; told often."""
        ...

    def conclude(self, report: PublishReport) -> None:
        """Takes the outcome."""
        ...
