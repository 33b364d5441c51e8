"""People as rows of the relational model that the compiled SQL reads (`intercom_iac.compilers.sql.tables`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from intercom_iac.compilers.sql import column
from intercom_iac.model import DataType, Field, Person

TYPES = {
    DataType.STRING: "text",
    DataType.OPTIONS: "text",
    DataType.INTEGER: "bigint",
    DataType.FLOAT: "double precision",
    DataType.BOOLEAN: "boolean",
    DataType.DATE: "bigint",
}


@dataclass
class Table:
    """A table's columns, each with its type, and its rows."""

    name: str
    columns: dict[str, str]
    rows: list[list[Any]] = field(default_factory=list[list[Any]])

    def create(self, json_type: str) -> str:
        listed = ", ".join(
            f'"{name.replace(chr(34), chr(34) * 2)}" {json_type if type_ == "json" else type_}'
            for name, type_ in self.columns.items()
        )
        return f"create temp table {self.name} ({listed})"

    def insert(self, json_type: str, mark: str) -> str:
        """The statement that takes all values of all rows as parameters."""
        types = [json_type if type_ == "json" else type_ for type_ in self.columns.values()]
        row = f"({', '.join(f'cast({mark} as {type_})' for type_ in types)})"
        return f"insert into {self.name} values {', '.join([row] * len(self.rows))}"

    @property
    def values(self) -> list[Any]:
        return [value for row in self.rows for value in row]


def tables(people: Sequence[Person], contact: Sequence[Field], company: Sequence[Field]) -> list[Table]:
    """The people in tables that have these fields for columns."""
    contacts = Table("contacts", {"id": "text", **{column(each): TYPES[each.type] for each in contact}})
    companies = Table("companies", {"id": "text", **{column(each): TYPES[each.type] for each in company}})
    belong = Table("contact_companies", {"contact_id": "text", "company_id": "text"})
    events = Table(
        "events", {"contact_id": "text", "event_name": "text", "created_at": "bigint", "metadata": "json"}
    )
    tags = Table("contact_tags", {"contact_id": "text", "tag": "text"})
    company_tags = Table("company_tags", {"company_id": "text", "tag": "text"})
    seen: set[str] = set()
    for person in people:
        key = person.contact["id"]
        contacts.rows.append([key, *(_value(person.contact, each) for each in contact)])
        tags.rows += [[key, each["name"]] for each in person.contact["tags"]["data"]]
        for each in person.events:
            metadata = json.dumps(each["metadata"]) if each["metadata"] is not None else None
            events.rows.append([key, each["event_name"], each.get("created_at"), metadata])
        for each in person.companies:
            belong.rows.append([key, each["id"]])
            if each["id"] not in seen:
                seen.add(each["id"])
                companies.rows.append([each["id"], *(_value(each, of) for of in company)])
                company_tags.rows += [[each["id"], tag["name"]] for tag in each["tags"]["tags"]]
    return [contacts, companies, belong, events, tags, company_tags]


def _value(subject: Any, of: Field) -> Any:
    path = of.path
    for key in path:
        subject = subject.get(key) if isinstance(subject, dict) else None
    return subject
