"""A sync for machines."""

from __future__ import annotations

from typing import Any

from intercom_iac.syncing import SyncReport, encode_sync


def sync_json(report: SyncReport, *, show_values: bool = False) -> dict[str, Any]:
    """The report as plain data, in the format of `sync.schema.json`."""
    return encode_sync(report, show_values=show_values)
