"""Tables and workspaces for tests of syncs: accepted tables made by hand, and records held in memory."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from intercom_iac.engines import DuckDBEngine
from intercom_iac.model import DataType
from intercom_iac.model.payload import PayloadField
from intercom_iac.syncing.cache.inserting import insert_columns
from intercom_iac.tables import AcceptedTable, TableColumn, TableRecord, TableSource
from intercom_iac.writes import Write

_TYPES = {
    DataType.STRING: "varchar",
    DataType.OPTIONS: "varchar",
    DataType.INTEGER: "bigint",
    DataType.DATE: "bigint",
    DataType.FLOAT: "double",
    DataType.BOOLEAN: "boolean",
}
Json = Mapping[str, Any]


def payload_field(
    name: str, type_: DataType, *, owner: str = "contact", custom: bool = True, nullable: bool = True
) -> PayloadField:
    return PayloadField(owner=cast("Any", owner), name=name, type=type_, custom=custom, nullable=nullable)


def accept_rows(
    engine: DuckDBEngine,
    rows: Sequence[tuple[str, Sequence[Any]]],
    fields: Sequence[PayloadField],
    *,
    record: TableRecord = "contact",
    key_name: str = "external_id",
    name: str = "accepted",
    rejected: int = 0,
) -> AcceptedTable:
    """A table of rows, each its key and a value a field, as `tables` would give it."""
    columns = tuple(
        TableColumn(name=field.name, field=field, column=f"p{at}", shape="native")
        for at, field in enumerate(fields)
    )
    typed = "".join(f", {column.column} {_TYPES[column.field.type]}" for column in columns)
    engine.execute(f"create or replace table {name} (row bigint, key varchar{typed}, fingerprint varchar)")
    if rows:
        types = ["bigint", "varchar", *(_TYPES[column.field.type] for column in columns), "varchar"]
        marked = [(at, key, *values, _fingerprint(values)) for at, (key, values) in enumerate(rows, 1)]
        insert_columns(engine, name, types, marked)
    return AcceptedTable(
        record=record,
        table=name,
        key_name=key_name,
        columns=columns,
        ignored=(),
        shape_digest=json.dumps([[field.name, field.type] for field in fields]),
        rows=len(rows) + rejected,
        rejected=rejected,
    )


def _fingerprint(values: Sequence[Any]) -> str:
    return hashlib.md5(json.dumps(values).encode(), usedforsecurity=False).hexdigest()


def table_source(record: TableRecord = "contact", **settings: Any) -> TableSource:
    return TableSource(name="people", kind="file", record=record, location="people.parquet", **settings)


@dataclass
class MemoryRecords:
    """A workspace held in memory (`Records`): `contacts` and `companies` as the API has them, and the calls made.

    A contact in `unseen` is not found by searches, as one that was just written.
    """

    contacts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    company_list: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    made: list[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])
    unseen: set[str] = field(default_factory=set[str])
    searched: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])

    @property
    def calls(self) -> int:
        return len(self.made)

    def called(self, name: str) -> list[Any]:
        return [what for call, what in self.made if call == name]

    def _found(self, query: Json) -> list[dict[str, Any]]:
        name, operator, value = query["field"], query["operator"], query["value"]
        tests = {
            "IN": lambda held: held in value,
            ">": lambda held: held is not None and held > value,
        }
        return [
            contact
            for contact in self.contacts
            if contact["id"] not in self.unseen and tests[operator](contact.get(name))
        ]

    def count_contacts(self, query: Json) -> int:
        self.made.append(("count", query))
        return len(self._found(query))

    def search_contacts(self, query: Json) -> Iterator[list[Json]]:
        found = self._found(query)
        for start in range(0, max(1, len(found)), 150):
            self.made.append(("page", query))
            yield list(found[start : start + 150])

    def contacts_with(self, field: str, values: Sequence[str]) -> list[Json]:
        self.searched.append(tuple(values))
        for start in range(0, len(values), 150):
            self.made.append(("search", (field, len(values[start : start + 150]))))
        folded = {value.lower() for value in values} if field == "email" else set(values)
        return [
            contact
            for contact in self.contacts
            if contact["id"] not in self.unseen
            and (held := contact.get(field))
            and (held.lower() if field == "email" else held) in folded
        ]

    def contact(self, contact_id: str) -> Json | None:
        self.made.append(("contact", contact_id))
        return next((contact for contact in self.contacts if contact["id"] == contact_id), None)

    def contact_with_external_id(self, external_id: str) -> Json | None:
        self.made.append(("contact", external_id))
        return next((contact for contact in self.contacts if contact["external_id"] == external_id), None)

    def companies(self) -> Iterator[list[Json]]:
        for start in range(0, len(self.company_list), 60):
            self.made.append(("companies", start))
            yield list(self.company_list[start : start + 60])

    def company(self, company_id: str) -> Json | None:
        self.made.append(("company", company_id))
        return next((company for company in self.company_list if company["company_id"] == company_id), None)

    def carry_out(self, write: Write, now: int) -> None:
        """Makes a write."""
        by_id = {record["id"]: record for record in (*self.contacts, *self.company_list)}
        record = by_id.get(write.live_id)
        if record is None:
            record = contact(write.key) if write.record == "contact" else company(write.key)
            (self.contacts if write.record == "contact" else self.company_list).append(record)
        _merge(record, write.body)
        record["updated_at"] = now


def _merge(record: dict[str, Any], body: Json) -> None:
    record["custom_attributes"] |= body.get("custom_attributes", {})
    record |= {key: value for key, value in body.items() if key != "custom_attributes"}


def contact(key: str, /, *, updated_at: int = 0, **values: Any) -> dict[str, Any]:
    """A contact as the API has it; values are custom attributes."""
    return {
        "id": f"id-{key}",
        "external_id": key,
        "email": f"{key}@example.com",
        "role": "user",
        "updated_at": updated_at,
        "custom_attributes": values,
    }


def company(company_id: str, /, **values: Any) -> dict[str, Any]:
    """A company as the API has it; values are custom attributes."""
    return {
        "id": f"id-{company_id}",
        "company_id": company_id,
        "plan": {},
        "monthly_spend": 0,
        "custom_attributes": values,
    }
