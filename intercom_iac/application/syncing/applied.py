"""Whether the workspace has the attributes that a table is about to fill."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import sync_settings as codes
from intercom_iac.text import printable

if TYPE_CHECKING:
    from intercom_iac.model import LiveAttribute
    from intercom_iac.tables import AcceptedTable


def check_applied(
    table: AcceptedTable, attributes: Iterable[LiveAttribute], workspace: str
) -> list[Diagnostic]:
    """A diagnostic for each column of a custom attribute that the workspace does not have, or has archived: Intercom
    would refuse every record with a value of it. Metadata of events needs none."""
    if table.record == "event":
        return []
    usable = {
        attribute.name
        for attribute in attributes
        if attribute.model == table.record and not attribute.archived
    }
    return [
        codes.NOT_APPLIED.at(
            None,
            f"`{printable(workspace)}` has no attribute `{printable(column.field.name)}` of the {table.record}, or "
            "has it archived",
            hint="run `apply` first: it makes what the specs declare",
        )
        for column in table.columns
        if column.field.custom and column.field.name not in usable
    ]
