"""What a sync says of itself: what was read of each source, what it would change, and what became of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType
from intercom_iac.project.secrets import speaks_of_a_secret
from intercom_iac.tables import AcceptedTable, RejectedValue, TableRecord
from intercom_iac.text.personal.masking import DOTS
from intercom_iac.writes import Delivery

from .masked import shown_value
from .plan import SyncPlan
from .saved.confirming import ChangedRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncedSource:
    """One source: its plan, and the table it was made from; None where the plan was saved before.

    `types` are those of its properties, by name. `rejects` are the first of the `rejected_values`, the mistakes in
    rows that are not sent.
    """

    plan: SyncPlan
    table: AcceptedTable | None = None
    types: Mapping[str, DataType] = field(default_factory=dict[str, DataType])
    rejects: tuple[RejectedValue, ...] = ()
    rejected_values: int = 0

    def sends(self, record: TableRecord, name: str) -> bool:
        """Whether the table has this property of records of this kind."""
        return self.plan.record == record and name in self.plan.sends

    def display_value(self, name: str, value: Any, *, show_values: bool) -> Any:
        """A value of a property as a report has it; of one that is called like a secret never more than that there is
        one."""
        if speaks_of_a_secret(name):
            return None if value is None else DOTS
        return shown_value(name, self.types.get(name), value, show_values=show_values)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """A sync of one or several sources to one workspace. `outcome` is None as long as nothing was to be written.

    `changed_meanwhile` records of a saved plan are left as they are, since somebody has changed them since it was
    made; `changed_examples` are the first of these.
    """

    workspace: str
    app_id: str
    sources: tuple[SyncedSource, ...]
    outcome: Delivery | None = None
    changed_meanwhile: int = 0
    changed_examples: tuple[ChangedRecord, ...] = ()

    @property
    def plans(self) -> tuple[SyncPlan, ...]:
        return tuple(source.plan for source in self.sources)

    @property
    def writes(self) -> int:
        """How many calls the plan makes."""
        return sum(plan.writes for plan in self.plans)

    @property
    def rejected(self) -> int:
        return sum(plan.rejected for plan in self.plans)

    @property
    def failed(self) -> bool:
        """Whether a row was rejected, a record of a saved plan left as it is, or a write not made."""
        is_cut_short = self.outcome is not None and not self.outcome.complete
        return is_cut_short or bool(self.rejected or self.changed_meanwhile)
