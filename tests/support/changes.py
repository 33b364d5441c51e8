"""Changes of a plan in few words, by the kind and the action that a plan file has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from intercom_iac.planning import Change, FieldChange, Place, Risk
from intercom_iac.planning.operations import read_operation


def make_change(
    address: str,
    kind: str,
    name: str,
    action: str,
    risk: Risk = "safe",
    reason: str = "because",
    fields: tuple[FieldChange, ...] = (),
    *,
    steps: tuple[str, ...] = (),
    needed_by: tuple[str, ...] = (),
    source: Place | None = None,
    live_id: str | None = None,
    waits_for: tuple[str, ...] = (),
) -> Change:
    return Change(
        address=address,
        operation=read_operation(kind, action, address=address, name=name, fields=fields, live_id=live_id),
        risk=risk,
        reason=reason,
        steps=steps,
        needed_by=needed_by,
        source=source,
        waits_for=waits_for,
    )


def change_with(change: Change, **values: Any) -> Change:
    """The change with other values, of those that `make_change` takes."""
    operation = {"kind", "name", "action", "fields", "live_id"}
    old = {name: getattr(change, "object" if name == "kind" else name) for name in operation}
    rest = {name: value for name, value in values.items() if name not in operation}
    new = old | {name: value for name, value in values.items() if name in operation}
    address = rest.get("address", change.address)
    return replace(
        change,
        operation=read_operation(new.pop("kind"), new.pop("action"), address=address, **new),
        **rest,
    )
