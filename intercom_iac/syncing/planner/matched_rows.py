"""Rows of a table beside what the workspace has for their keys."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from intercom_iac.engines import DuckDBEngine
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.tables import AcceptedTable, NullMeaning, TableColumn
from intercom_iac.workspace import Records

from ..cache.keys import normal_key
from .lookup import CHANGED, LIVE, PAGE, read_each
from .values import differences, live_value


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedRow:
    """A row that was compared, and what the workspace has for its key: `matches` records, of which `live` is one.

    `was_same`: its fingerprint is the one that the cache has, and no record that was read is the one that the cache
    knows it by. `was_acknowledged`: Intercom had the row's values when it was compared last.
    """

    row: int
    key: str
    match_key: str
    fingerprint: str | None
    known_id: str | None
    was_same: bool
    was_acknowledged: bool
    written_at: int | None
    values: tuple[Any, ...]
    live_id: str | None
    external_id: str | None
    email: str | None
    live: Mapping[str, Any]
    matches: int

    def names(self) -> dict[str, str]:
        """What events may call the person."""
        names = {"id": self.live_id, "external_id": self.external_id, "email": self.email}
        return {name: key for name, key in names.items() if key}


def matched_rows(engine: DuckDBEngine, columns: Sequence[TableColumn]) -> Iterator[MatchedRow]:
    """The rows in `CHANGED` in their order, with what `LIVE` has for each. Read from a cursor of their own."""
    names = "".join(f", c.{column.column}" for column in columns)
    reader = engine.open_cursor()
    try:
        for row in reader.rows(
            "select c.row_number, c.key, c.match_key, c.fingerprint, c.live_id, "
            f"c.same_since is not null and (c.live_id is null or c.live_id not in (select id from {LIVE})), "
            "c.same_since is not null and c.live_id is not null, c.written_at, "
            f"f.id, f.external_id, f.email, f.record, coalesce(f.matches, 0){names} from {CHANGED} c left join ("
            "select key, max_by(id, fresh) as id, max_by(external_id, fresh) as external_id, "
            "max_by(email, fresh) as email, max_by(record, fresh) as record, count(distinct id) as matches "
            f"from {LIVE} group by key) f on f.key = c.match_key order by c.row_number"
        ):
            number, key, match_key, fingerprint, known_id, was_same, was_acknowledged, *rest = row
            written_at, live_id, external_id, email, record, matches, *values = rest
            yield MatchedRow(
                row=number,
                key=key,
                match_key=match_key,
                fingerprint=fingerprint,
                known_id=known_id,
                was_same=was_same,
                was_acknowledged=was_acknowledged,
                written_at=written_at,
                values=tuple(values),
                live_id=live_id,
                external_id=external_id,
                email=email,
                live={} if record is None else json.loads(record),
                matches=matches,
            )
    finally:
        reader.close()


def confirmed_rows(
    rows: Iterator[MatchedRow],
    records: Records,
    *,
    table: AcceptedTable,
    null: NullMeaning,
    since: int | None,
    lag_began: int,
    parallelism: int,
) -> Iterator[MatchedRow]:
    """The rows, with what a read by id says of those that are not as they were written a moment ago: a search may
    not show that yet."""
    while part := list(islice(rows, PAGE)):
        doubtful = {
            row.known_id: row
            for row in part
            if table.record == "contact"
            and row.known_id is not None
            and row.was_acknowledged
            and (row.written_at or 0) >= lag_began
            and not (since is not None and row.was_same)
            and (row.live_id is None or differences(table.columns, row.values, row.live, null))
        }
        fresh = {
            known_id: contact
            for (known_id, row), contact in zip(
                doubtful.items(), read_each(records.contact, doubtful, parallelism), strict=True
            )
            # One that was merged may be answered with the contact that it is part of now.
            if contact is not None
            and contact["id"] == known_id
            and normal_key(table.key_name, str(contact.get(table.key_name))) == row.match_key
        }
        for row in part:
            contact = fresh.get(row.known_id or "")
            if contact is None:
                yield row
            else:
                live = {column.field.name: live_value(column.field, contact) for column in table.columns}
                yield replace(row, live_id=row.known_id, live=live, matches=max(row.matches, 1))
