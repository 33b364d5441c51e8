"""Files -> the tables that compiled SQL reads, in a DuckDB connection.

Of newline-delimited JSON only the attributes that the rules read are taken, each null where its JSON type is not the
attribute's, as for `evaluate`. Parquet is read as it lies, no copy made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from intercom_iac.compilers.sql import DIALECTS, column
from intercom_iac.diagnostics import Misuse, did_you_mean
from intercom_iac.model import DataType, Field

from .files import Files, is_parquet
from .people import events_in, identified

_DUCKDB = DIALECTS["duckdb"]
_ID = "case when json_type({0}, '/{1}') in ('VARCHAR', 'BIGINT', 'UBIGINT') then {0} ->> '/{1}' end"
_COLUMN_TYPES: dict[DataType, tuple[str, ...]] = {
    DataType.STRING: ("VARCHAR", "ENUM"),
    DataType.OPTIONS: ("VARCHAR", "ENUM"),
    DataType.INTEGER: (
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "UTINYINT",
        "USMALLINT",
        "UINTEGER",
        "UBIGINT",
    ),
    DataType.BOOLEAN: ("BOOLEAN",),
}
_COLUMN_TYPES[DataType.DATE] = _COLUMN_TYPES[DataType.INTEGER]
_COLUMN_TYPES[DataType.FLOAT] = (*_COLUMN_TYPES[DataType.INTEGER], "FLOAT", "DOUBLE", "DECIMAL")
_EMPTY = {
    DataType.STRING: "varchar",
    DataType.OPTIONS: "varchar",
    DataType.INTEGER: "bigint",
    DataType.FLOAT: "double",
    DataType.BOOLEAN: "boolean",
    DataType.DATE: "bigint",
}
_WORDS = {
    DataType.STRING: "text",
    DataType.OPTIONS: "text",
    DataType.INTEGER: "integers",
    DataType.FLOAT: "numbers",
    DataType.BOOLEAN: "booleans",
    DataType.DATE: "unix seconds as integers",
}


class Tables:
    """Makes the tables for rules that read these fields."""

    def __init__(self, connection: Any, fields: Iterable[Field]) -> None:
        self.connection = connection
        self.fields = list(fields)

    def make(self, files: Files) -> None:
        """All six. Raises `Misuse` where a file is not what it should be, or lacks a column."""
        self._contacts(files.contacts)
        self._companies(files.companies)
        self._events(files.events)

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        self.connection.execute(sql, values)

    # --- contacts -------------------------------------------------------------------------------------------

    def _contacts(self, path: Path) -> None:
        if is_parquet(path):
            self._parquet("contacts", path, "contact", ("id",))
            columns = self._columns("contacts")
            self._listed("contact_companies", "contacts", "company_ids", "contact_id", "company_id", columns)
            self._listed("contact_tags", "contacts", "tags", "contact_id", "tag", columns)
            return
        self._objects("contacts", path, "contact")
        self.run(
            "create temp table contact_companies as select contact_id, "
            f"{_ID.format('link', 'id')} as company_id from ("
            "select id as contact_id, unnest(json_extract(json, '$.companies.data[*]')) as link from raw_contacts)"
        )
        self._tags("contact_tags", "raw_contacts", "contact_id")

    def _tags(self, table: str, source: str, owner: str) -> None:
        """A contact's list is `tags.data`, a company's `tags.tags`; a tag that has no name goes by its id."""
        self.run(
            f"create temp table {table} as "
            f"select {owner}, coalesce(tag ->> '/name', tag ->> '/id') as tag from (select id as {owner}, "
            "unnest(json_extract(coalesce(json -> '/tags/data', json -> '/tags/tags'), '$[*]')) as tag "
            f"from {source})"
        )

    # --- companies ------------------------------------------------------------------------------------------

    def _companies(self, path: Path | None) -> None:
        if path is None:
            columns = "".join(
                f", {_DUCKDB.identifier(column(each))} {_EMPTY[each.type]}"
                for each in self._of("company")
                if column(each) != "id"
            )
            self.run(f"create temp table companies (id varchar{columns})")
            self.run("create temp table company_tags (company_id varchar, tag varchar)")
        elif is_parquet(path):
            self._parquet("companies", path, "company", ("id",))
            columns = self._columns("companies")
            self._listed("company_tags", "companies", "tags", "company_id", "tag", columns)
        else:
            self._objects("companies", path, "company")
            self._tags("company_tags", "raw_companies", "company_id")

    # --- events ---------------------------------------------------------------------------------------------

    def _events(self, path: Path | None) -> None:
        if path is None:
            self.run(
                "create temp table events (contact_id varchar, event_name varchar, created_at bigint, metadata json)"
            )
        elif is_parquet(path):
            self._parquet("raw_events", path, None, ("contact_id", "event_name", "created_at"))
            metadata = "metadata::json" if "metadata" in self._columns("raw_events") else "null::json"
            self.run(
                "create temp view events as select contact_id::varchar as contact_id, event_name, created_at, "
                f"{metadata} as metadata from raw_events"
            )
        else:
            self._read("raw_events", path)
            if not self._all("raw_events", "json_type(json) = 'OBJECT'"):
                _refuse(events_in(path))
            self.run(
                f"create temp table events as select {_ID.format('json', 'intercom_user_id')} as contact_id, "
                f"{_typed('json', 'event_name', DataType.STRING)} as event_name, "
                f"{_typed('json', 'created_at', DataType.FLOAT)} as created_at, json -> '/metadata' as metadata "
                "from raw_events"
            )

    # --- objects --------------------------------------------------------------------------------------------

    def _objects(self, table: str, path: Path, model: str) -> None:
        """The table of a file of objects, with the objects themselves in `raw_TABLE`."""
        self._read(f"raw_{table}", path, f"{_ID.format('json', 'id')} as id, ")
        if not self._all(f"raw_{table}", "json_type(json) = 'OBJECT' and id <> ''"):
            _refuse(identified(path, model))
        columns = [
            f"{_value(each)} as {_DUCKDB.identifier(column(each))}"
            for each in self._of(model)
            if column(each) != "id"
        ]
        self.run(
            f"create temp table {table} as select {', '.join(['id', 'position', *columns])} from raw_{table}"
        )

    def _read(self, table: str, path: Path, columns: str = "") -> None:
        import duckdb

        try:
            self.run(
                f"create temp table {table} as select {columns}json, row_number() over () as position "
                "from read_ndjson_objects(?, maximum_object_size = 268435456)",
                [str(path)],
            )
        except duckdb.Error as error:
            # The reader of `evaluate` knows the line.
            _refuse(events_in(path))
            raise Misuse(f"cannot read `{path}`: {str(error).splitlines()[0]}") from error

    def _all(self, table: str, condition: str) -> bool:
        found = self.connection.execute(
            f"select bool_and(coalesce({condition}, false)) from {table}"
        ).fetchone()
        return found[0] is not False

    def _of(self, model: str) -> list[Field]:
        return [each for each in self.fields if each.model == model]

    # --- Parquet --------------------------------------------------------------------------------------------

    def _parquet(self, table: str, path: Path, model: str | None, needed: Sequence[str]) -> None:
        """A view of the file. Raises `Misuse` where a column that the rules read is missing or of another type."""
        import duckdb

        literal = _DUCKDB.text(str(path))
        try:
            self.run(
                f"create temp view {table} as select *, file_row_number as position "
                f"from read_parquet({literal}, file_row_number = true)"
            )
        except duckdb.Error as error:
            raise Misuse(f"cannot read `{path}`: {str(error).splitlines()[0]}") from error
        found = self._columns(table)
        for each in needed:
            if each not in found:
                raise Misuse(f"`{path}` has no column `{each}`", hint=did_you_mean(each, found))
        for each in self._of(model) if model else ():
            _check_column(path, each, found)

    def _columns(self, table: str) -> Mapping[str, str]:
        rows = self.connection.execute(f"describe {table}").fetchall()
        return {name: kind for name, kind, *_ in rows}

    def _listed(
        self, table: str, source: str, name: str, owner: str, item: str, columns: Mapping[str, str]
    ) -> None:
        """A table of links from a column of lists; none where the file has no such column."""
        if name in columns:
            links = f"select id as {owner}, unnest({name}) as {item} from {source}"
        else:
            links = f"select null::varchar as {owner}, null::varchar as {item} limit 0"
        self.run(f"create temp view {table} as {links}")


def _check_column(path: Path, field: Field, found: Mapping[str, str]) -> None:
    name = column(field)
    if name not in found:
        hint = did_you_mean(name, found) or f"the rules read `{field.name}`"
        raise Misuse(f"`{path}` has no column `{name}`", hint=hint)
    kind = found[name].partition("(")[0]
    if kind not in _COLUMN_TYPES[field.type]:
        message = f"the column `{name}` of `{path}` is {found[name]}, and `{field.name}` is {field.type}"
        raise Misuse(message, hint=f"it should hold {_WORDS[field.type]}")


def _value(field: Field) -> str:
    """The value of a field in `json`, a contact or company as the API returns it."""
    *parents, name = ("custom_attributes", field.name) if field.custom else field.wire.split(".")
    return _typed(" -> ".join(("json", *(f"'/{each}'" for each in parents))), name, field.type)


def _typed(json: str, key: str, kind: DataType) -> str:
    return _DUCKDB.metadata_value(f"({json})", key, DataType.FLOAT if kind is DataType.DATE else kind)


def _refuse(objects: Iterable[object]) -> None:
    """Reads on until the reader finds what is wrong, and raises."""
    for _ in objects:
        pass
