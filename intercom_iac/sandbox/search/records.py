"""Contacts as a query sees them: their values in the fields that it names, those that are set."""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from ..storage.columns import FLAGS, load_json
from ..wire.json_values import JsonObject
from .sql import SQL_COLUMNS, Sql

_Reader = Callable[[Sequence[sqlite3.Row], Sequence[JsonObject]], list[Any]]


class RecordReader:
    """Reads the values of some fields (`location.city`) from rows of contacts, None where one is not set."""

    def __init__(self, fields: Collection[str]) -> None:
        self.fields = tuple(fields)
        self._readers = [_field_reader(field) for field in self.fields]
        sources = [_source_column(field) for field in self.fields]
        self._reads_json = "fields" in sources
        self.columns = Sql(", ".join(dict.fromkeys(("seq", "id", *sources))))
        """The columns that a row needs."""

    def values(self, rows: Sequence[sqlite3.Row]) -> list[list[Any]]:
        """For each of the fields the values of the rows."""
        texts = [row["fields"] for row in rows] if self._reads_json else []
        # One text of many is read faster than many texts.
        loaded: list[JsonObject] = load_json(f"[{','.join(texts)}]")
        return [read(rows, loaded) for read in self._readers]

    def contacts(self, rows: Sequence[sqlite3.Row]) -> list[JsonObject]:
        """The rows as the test of a query takes them: from field to value, with the row number as `seq`."""
        seqs = [row["seq"] for row in rows]
        return [
            named_values(seq, self.fields, values)
            for seq, *values in zip(seqs, *self.values(rows), strict=True)
        ]


def named_values(seq: int, fields: Iterable[str], values: Iterable[Any]) -> JsonObject:
    """A contact as the test of a query takes it."""
    contact = {field: value for field, value in zip(fields, values, strict=True) if value is not None}
    contact["seq"] = seq
    return contact


def _source_column(field: str) -> str:
    if field in SQL_COLUMNS:
        return field
    return "email" if field in ("email", "email_domain") else "fields"


def _field_reader(field: str) -> _Reader:
    if field in SQL_COLUMNS:
        return lambda rows, _: [row[field] for row in rows]
    if field == "email":
        return lambda rows, _: [row["email"] or None for row in rows]
    if field == "email_domain":
        return lambda rows, _: [_email_domain(row["email"]) for row in rows]
    name = "phone" if field == "formatted_phone" else field
    if field in FLAGS:
        return lambda _, loaded: [fields.get(name) or False for fields in loaded]
    return lambda _, loaded: [fields.get(name) for fields in loaded]


def _email_domain(email: str | None) -> str | None:
    return email.rpartition("@")[2] if email else None
