"""The writes that bring records in line with rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from intercom_iac.tables import AcceptedTable
from intercom_iac.writes import Write

from .matched_rows import MatchedRow
from .values import Difference, unreturned_values, wire_body


class WriteSink(Protocol):
    """Where writes go as they are planned."""

    def write(self, write: Write) -> object: ...


def creation(row: MatchedRow, table: AcceptedTable, number: int, *, only_new: bool = False) -> Write:
    """The write that makes the record of a row."""
    body: dict[str, Any] = {table.key_name: row.key}
    custom: dict[str, Any] = {}
    for column, value in zip(table.columns, row.values, strict=True):
        if value is not None:
            (custom if column.field.custom else body)[column.field.name] = value
    if table.record == "contact":
        body.setdefault("role", "user")
    if "email" not in body:
        body.pop("email_verified", None)
    if custom:
        body["custom_attributes"] = custom
    return Write(
        number=number,
        action="upsert" if table.record == "company" else "create",
        record=table.record,
        key_name=table.key_name,
        key=row.key,
        body=body,
        row=row.row,
        fingerprint=row.fingerprint,
        only_new=only_new,
    )


def update(row: MatchedRow, table: AcceptedTable, number: int, changes: Sequence[Difference]) -> Write:
    """The write of what differs."""
    body = wire_body(changes, unreturned_values(table.columns, row.values))
    key = {"company_id": row.key} if table.record == "company" else {}
    return Write(
        number=number,
        action="upsert" if table.record == "company" else "update",
        record=table.record,
        key_name=table.key_name,
        key=row.key,
        live_id=row.live_id,
        body=key | body,
        before=wire_body([Difference(c.field, c.before, c.before) for c in changes], {}),
        row=row.row,
        fingerprint=row.fingerprint,
    )
