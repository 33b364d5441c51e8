"""What a publish says of itself: who enters and leaves each segment, and what became of that."""

from __future__ import annotations

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.writes import Delivery

from .membership import MembershipChange


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishReport:
    """Published segments of one workspace. `outcome` is None as long as nothing was to be written.

    Of a saved plan, `withheld` are changes that are due now and were not in it, `gone` those that are no longer due.
    """

    workspace: str
    app_id: str
    changes: tuple[MembershipChange, ...]
    outcome: Delivery | None = None
    withheld: int = 0
    gone: int = 0

    @property
    def writes(self) -> int:
        """How many calls it makes."""
        return sum(change.changes for change in self.changes) - self.withheld

    @property
    def rejected(self) -> int:
        return sum(change.rejected for change in self.changes)

    @property
    def failed(self) -> bool:
        """Whether a row of a source was rejected, or a write was not made."""
        return bool(self.rejected) or (self.outcome is not None and not self.outcome.complete)
