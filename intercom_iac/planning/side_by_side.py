"""The plans of several workspaces side by side: what happens to each address in each of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.lazy_dataclass import dataclass

from .codec import plan_schema
from .operations import Action
from .plan import Change, Plan, Risk

RISKS: tuple[Risk, ...] = ("destructive", "caution", "safe")


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An address that some plan changes, with its changes by workspace; those without any are left out."""

    address: str
    changes: Mapping[str, tuple[Change, ...]]

    def actions(self, workspace: str) -> tuple[Action, ...]:
        """What happens to it in a workspace, each action once; what waits does not happen yet."""
        return tuple(
            dict.fromkeys(
                change.action for change in self.changes.get(workspace, ()) if not change.is_waiting
            )
        )

    def waiting(self, workspace: str) -> tuple[Action, ...]:
        """What waits in a workspace for what a person does there, each action once."""
        return tuple(
            dict.fromkeys(change.action for change in self.changes.get(workspace, ()) if change.is_waiting)
        )

    @property
    def risk(self) -> Risk:
        """The gravest of its changes'."""
        risks = {change.risk for changes in self.changes.values() for change in changes}
        return next(risk for risk in RISKS if risk in risks)


@dataclass(frozen=True, slots=True)
class PlansSideBySide:
    """Each workspace's plan, or why there is none, in the order of the project file."""

    columns: Mapping[str, Plan | IntercomIacError]

    @property
    def plans(self) -> dict[str, Plan]:
        return {name: column for name, column in self.columns.items() if isinstance(column, Plan)}

    @property
    def failures(self) -> dict[str, IntercomIacError]:
        return {name: column for name, column in self.columns.items() if not isinstance(column, Plan)}

    @property
    def rows(self) -> tuple[AddressRow, ...]:
        """Every address that some plan changes: attributes, events, segments, each kind in the order of the plans."""
        rows_by_address: dict[str, dict[str, tuple[Change, ...]]] = {}
        for name, plan in self.plans.items():
            for change in plan.changes:
                row = rows_by_address.setdefault(change.address, {})
                row[name] = (*row.get(name, ()), change)
        rows = (AddressRow(address, changes) for address, changes in rows_by_address.items())
        return tuple(sorted(rows, key=lambda row: row.address.partition(".")[0]))


@cache
def matrix_schema() -> dict[str, Any]:
    """The JSON Schema of plans side by side, called `matrix` there, with that of a plan within it."""
    text = Path(__file__).with_name("matrix.schema.json").read_text("utf-8")
    return {**json.loads(text), "$defs": {"plan": {"$id": "plan.schema.json", **plan_schema()}}}
