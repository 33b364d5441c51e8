"""The plans of several workspaces side by side, as plain data."""

from __future__ import annotations

from typing import Any

from intercom_iac.planning import AddressRow, PlansSideBySide, encode

from ...diagnostics.finding import error_code


def side_by_side_json(side_by_side: PlansSideBySide) -> dict[str, Any]:
    """The plans, the table and the errors as plain data; `matrix.schema.json` describes it."""
    return {
        "format_version": "1.0",
        "plans": {name: encode(plan) for name, plan in side_by_side.plans.items()},
        "matrix": [
            {
                "address": row.address,
                "actions": {name: list(row.actions(name)) for name in side_by_side.plans},
                **_waiting(side_by_side, row),
            }
            for row in side_by_side.rows
        ],
        "errors": {
            name: {
                "code": error_code(error),
                "message": error.message,
                "hint": error.hint,
                "exit_code": error.exit_code,
            }
            for name, error in side_by_side.failures.items()
        },
    }


def _waiting(side_by_side: PlansSideBySide, row: AddressRow) -> dict[str, Any]:
    """What waits at an address, by workspace; nothing where nothing does."""
    found = {name: list(row.waiting(name)) for name in side_by_side.plans if row.waiting(name)}
    return {"waiting": found} if found else {}
