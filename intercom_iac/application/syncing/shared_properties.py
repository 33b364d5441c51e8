"""Properties that several sources of one run send: a record in both tables gets the one value, then the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.syncing import SyncedSource
from intercom_iac.text import quoted_names
from intercom_iac.text.lists import brief_list

if TYPE_CHECKING:
    from intercom_iac.tables import AcceptedTable


def shared_property_warnings(
    table: AcceptedTable, name: str, earlier: Sequence[SyncedSource]
) -> Iterator[Diagnostic]:
    """A warning for each source read before the table `name` that sends some of the same properties.

    That the two tables have people in common is not known.
    """
    if table.record == "event":
        return
    properties = [column.field.name for column in table.columns]
    for source in earlier:
        shared = [name for name in properties if source.sends(table.record, name)]
        if shared:
            message = (
                f"{brief_list(shared)} of `{name}` {'is' if len(shared) == 1 else 'are'} sent by "
                f"{quoted_names([source.plan.source])}, too"
            )
            hint = (
                "where the tables differ on a record, each run writes the one value and then the other: leave the "
                "column out of one of them"
            )
            yield codes.SHARED_PROPERTY.at(None, message, hint=hint)
