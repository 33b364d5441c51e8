"""Files -> the tables that compiled SQL reads, in a DuckDB connection.

Of newline-delimited JSON only the attributes that the rules read are taken, each null where its JSON type is not the
attribute's, as in `rules.meaning`. Parquet is read as it lies, no copy made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn, Protocol

from intercom_iac.compilers.sql import DIALECTS, column
from intercom_iac.diagnostics import Misuse
from intercom_iac.model import DataType, Field
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID

from .files import Files, as_pattern, is_parquet
from .json_lines import parse_json
from .parquet import Parquet
from .people import objects_in, objects_with_ids, objects_with_tag_names
from .tags import TagNames

# Where a contact stands in its file: a column beside those of attributes, whose names hold no such sign.
POSITION = '"#"'

_DUCKDB = DIALECTS["duckdb"]
_TEXT = "case when json_type({0}, '/{1}') = 'VARCHAR' then {0} ->> '/{1}' end"
_ID = "case when json_type({0}, '/{1}') in ('VARCHAR', 'BIGINT', 'UBIGINT') then {0} ->> '/{1}' end"
# What DuckDB takes for JSON though it is none: NaN, infinity, a comma too many. The same may stand in a text.
_SUSPICIOUS = r"'(?i)[:,\[]\s*-?(nan|inf)|,\s*[\]}]'"
_EMPTY = {
    DataType.STRING: "varchar",
    DataType.OPTIONS: "varchar",
    DataType.INTEGER: "bigint",
    DataType.FLOAT: "double",
    DataType.BOOLEAN: "boolean",
    DataType.DATE: "bigint",
}


class Connection(Protocol):
    """What statements are run on; `stage` says to people what the next ones are for."""

    stage: str

    def execute(self, statement: str, values: Sequence[object] = ()) -> Any: ...


class Tables:
    """Makes the tables for rules that read these fields, and tags where so many names are given."""

    def __init__(
        self, connection: Connection, fields: Iterable[Field], names: TagNames | None = None
    ) -> None:
        self.connection = connection
        self.fields = list(fields)
        self.names = names
        self._objects_read = False

    def make(self, files: Files) -> None:
        """All six. Raises `Misuse` where a file is not what it should be, or lacks a column."""
        self._contacts(files.contacts)
        self._companies(files.companies)
        self._events(files.events)

    def in_part(self, name: str) -> int:
        """How many contacts list only the first of their `tags` or `companies`, as `truncated_lists` says."""
        if not self._objects_read:
            return 0
        found = self.connection.execute(
            f"select count(*) from raw_contacts where json_extract(json, '$.{name}.has_more')::varchar = 'true'"
        )
        return found.fetchone()[0]

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        self.connection.execute(sql, values)

    # --- contacts -------------------------------------------------------------------------------------------

    def _contacts(self, path: Path) -> None:
        self._tag_names()
        if is_parquet(path):
            file = self._parquet("contacts", path, "contact")
            self._links("contact_companies", file, "contact_id", "company_id", "company_ids", ids=True)
            self._links("contact_tags", file, "contact_id", "tag", "tags")
            return
        self._objects("contacts", path, "contact")
        self._objects_read = True
        self.run(
            "create temp table contact_companies as select contact_id, "
            f"{_ID.format('link', 'id')} as company_id from ("
            "select id as contact_id, unnest(json_extract(json, '$.companies.data[*]')) as link from raw_contacts)"
        )
        self._tags("contact_tags", path, "contact")

    def _tag_names(self) -> None:
        """The names of tags by id, for what lists its tags without them."""
        self.run("create temp table tag_names (id varchar primary key, name varchar)")
        for tag_id, name in () if self.names is None else self.names.names.items():
            self.run("insert into tag_names values (?, ?)", [tag_id, name])

    def _tags(self, table: str, path: Path, model: str) -> None:
        """A contact's list is `tags.data`, a company's `tags.tags`. Raises `Misuse` for a tag whose name is not
        known."""
        if self.names is None:
            self._empty(table, f"{model}_id", "tag")
            return
        source = "raw_contacts" if model == "contact" else "raw_companies"
        listed = (
            f"select id as {model}_id, "
            "unnest(json_extract(coalesce(json -> '/tags/data', json -> '/tags/tags'), '$[*]')) as tag "
            f"from {source}"
        )
        self.run(
            f"create temp table {table} as select {model}_id, tag_id, coalesce(named, n.name) as tag from ("
            f"select {model}_id, {_ID.format('tag', 'id')} as tag_id, {_TEXT.format('tag', 'name')} as named "
            f"from ({listed})) left join tag_names n on n.id = tag_id"
        )
        if not self._all(table, "tag is not null or tag_id is null"):
            _refuse(path, objects_with_tag_names(path, model, self.names))

    # --- companies ------------------------------------------------------------------------------------------

    def _companies(self, path: Path | None) -> None:
        if path is None:
            columns = [
                f"null::{_EMPTY[field.type]} as {_name(field)}" for field in self._model_fields("company")
            ]
            self.run(
                f"create temp view companies as select {', '.join(['null::varchar as id', *columns])} limit 0"
            )
            self._empty("company_tags", "company_id", "tag")
        elif is_parquet(path):
            file = self._parquet("companies", path, "company")
            self._links("company_tags", file, "company_id", "tag", "tags")
        else:
            self._objects("companies", path, "company")
            self._tags("company_tags", path, "company")

    # --- events ---------------------------------------------------------------------------------------------

    def _events(self, path: Path | None) -> None:
        if path is None:
            self.run(
                "create temp table events (contact_id varchar, event_name varchar, created_at bigint, metadata json)"
            )
        elif is_parquet(path):
            file = Parquet.describe(path, self.connection)
            self.run(
                f"create temp view events as select {file.id('contact_id')} as contact_id, "
                f"{file.text('event_name')} as event_name, {file.moment('created_at')} as created_at, "
                f"{file.json('metadata')} as metadata from {file.source}"
            )
        else:
            self._read("raw_events", path)
            if not self._all("raw_events", "json_type(json) = 'OBJECT'"):
                _refuse(path, objects_in(path))
            self.run(
                f"create temp table events as select {_ID.format('json', 'intercom_user_id')} as contact_id, "
                f"{_typed_value('json', 'event_name', DataType.STRING)} as event_name, "
                f"{_typed_value('json', 'created_at', DataType.FLOAT)} as created_at, "
                f"json -> '/metadata' as metadata "
                "from raw_events"
            )

    # --- objects --------------------------------------------------------------------------------------------

    def _objects(self, table: str, path: Path, model: str) -> None:
        """The table of a file of objects, with the objects themselves in `raw_TABLE`."""
        raw = f"raw_{table}"
        self._read(raw, path, f"{_ID.format('json', 'id')} as id, ")
        if not self._all(raw, "json_type(json) = 'OBJECT' and id <> ''") or not self._all(
            f"(select count(*) as lines, count(distinct id) as ids from {raw})", "lines = ids"
        ):
            _refuse(path, objects_with_ids(path, model))
        self.connection.stage = f"taking attributes of {table}"
        columns = [f"{_value(field)} as {_name(field)}" for field in self._model_fields(model)]
        # Nobody's: it stands in no count, and in no segment.
        people = (
            f" where {_TEXT.format('json', 'external_id')} is distinct from ?" if model == "contact" else ""
        )
        self.run(
            f"create temp table {table} as select {', '.join(['id', POSITION, *columns])} from {raw}{people}",
            [REGISTRAR_EXTERNAL_ID] if people else (),
        )

    def _read(self, table: str, path: Path, columns: str = "") -> None:
        """The objects of a file as JSON, checked to be that. Raises `Misuse` where they are not."""
        import duckdb

        self.connection.stage = f"reading {table.removeprefix('raw_')}"
        try:
            self.run(
                f"create temp table {table} as select {columns}json, row_number() over () as {POSITION} "
                "from read_ndjson_objects(?, maximum_object_size = 268435456)",
                [as_pattern(path)],
            )
        except duckdb.Error as error:
            # The reader of single people knows the line.
            _refuse(path, objects_in(path), str(error).splitlines()[0])
        suspects = self.connection.execute(
            f"select json from {table} where regexp_matches(json::varchar, {_SUSPICIOUS})"
        )
        if not all(_is_json(text) for (text,) in suspects.fetchall()):
            _refuse(path, objects_in(path))

    def _all(self, table: str, condition: str) -> bool:
        found = self.connection.execute(f"select bool_and(coalesce({condition}, false)) from {table}")
        return found.fetchone()[0] is not False

    def _model_fields(self, model: str) -> list[Field]:
        """The fields of the model but `id`, which is there anyway."""
        return [field for field in self.fields if field.owner == model and column(field) != "id"]

    # --- Parquet --------------------------------------------------------------------------------------------

    def _parquet(self, table: str, path: Path, model: str) -> Parquet:
        """A view of the file. Raises `Misuse` where a column is missing or of another type, or an id is null."""
        self.connection.stage = f"reading {table}"
        file = Parquet.describe(path, self.connection)
        columns = [f"{file.value(field)} as {_name(field)}" for field in self._model_fields(model)]
        columns = [f"{file.id()} as id", f"{file.position} as {POSITION}", *columns]
        external_id = file.as_text("external_id") if model == "contact" else None
        people = (
            ""
            if external_id is None
            else f" where {external_id} is distinct from {_DUCKDB.text(REGISTRAR_EXTERNAL_ID)}"
        )
        self.run(f"create temp view {table} as select {', '.join(columns)} from {file.source}{people}")
        (row,) = self.connection.execute(f"select min({POSITION}) from {table} where id is null").fetchone()
        if row is not None:
            raise Misuse(f"row {row + 1} of `{path}` has no `id`", hint=f"each {model} has one of its own")
        return file

    def _links(
        self, table: str, file: Parquet, owner: str, item: str, name: str, *, ids: bool = False
    ) -> None:
        """A table of links from a column of lists; none where the file has no such column."""
        links = file.list_of(name, ids=ids)
        if links is None:
            self._empty(table, owner, item)
        else:
            self.run(
                f"create temp view {table} as "
                f"select {file.id()} as {owner}, unnest({links}) as {item} from {file.source}"
            )

    def _empty(self, table: str, *columns: str) -> None:
        named = ", ".join(f"null::varchar as {column}" for column in columns)
        self.run(f"create temp view {table} as select {named} limit 0")


def _name(field: Field) -> str:
    return _DUCKDB.identifier(column(field))


def _value(field: Field) -> str:
    """The value of a field in `json`, a contact or company as the API returns it."""
    *parents, name = field.path
    value = _typed_value(" -> ".join(("json", *(f"'/{folder}'" for folder in parents))), name, field.type)
    # An address that was taken away reads as an empty text, and a search finds none (recorded, API 2.3).
    return f"nullif({value}, '')" if field.wire == "email" and not field.custom else value


def _typed_value(json: str, key: str, kind: DataType) -> str:
    return _DUCKDB.metadata_value(f"({json})", key, DataType.FLOAT if kind is DataType.DATE else kind)


def _is_json(text: str) -> bool:
    try:
        parse_json(text)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(path: Path, objects: Iterable[object], reason: str = "a line is no JSON object") -> NoReturn:
    """Reads on until the reader finds what is wrong, and raises; where it finds nothing, for the reason."""
    for _ in objects:
        pass
    raise Misuse(f"cannot read `{path}`: {reason}")
