"""Files -> the tables that compiled SQL reads, in a DuckDB connection.

Of newline-delimited JSON only what the rules read is taken, in one pass over each file; a value is null where its
JSON type is not that of the attribute, as in `rules.meaning`. Parquet is read as it lies, no copy made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from intercom_iac.compilers.sql import DIALECTS, column
from intercom_iac.diagnostics import Misuse
from intercom_iac.model import DataType, Field
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID

from .files import Files, is_parquet
from .json.columns import Place
from .json.values import (
    event_condition,
    field_value,
    id_value,
    number_value,
    registrar_condition,
    tags_of,
    text_value,
)
from .line_tables import Connection, load_lines, refuse_file
from .needs import Needs
from .parquet import Parquet
from .people import objects_with_ids, objects_with_tag_names
from .tags import TagNames

# Where a contact stands in its file: a column beside those of attributes, whose names hold no such sign.
POSITION = '"#"'
_REGISTRAR, _COMPANIES, _TAGS = '"#registrar"', '"#companies"', '"#tags"'

# Where a value is in an object, and what a column makes of it.
_Column = tuple[Place, Callable[[str], str]]

_DUCKDB = DIALECTS["duckdb"]
_EMPTY = {
    DataType.STRING: "varchar",
    DataType.OPTIONS: "varchar",
    DataType.INTEGER: "bigint",
    DataType.FLOAT: "double",
    DataType.BOOLEAN: "boolean",
    DataType.DATE: "bigint",
}


class Tables:
    """Makes the tables for rules that need this of people; where they ask for tags, with the names of these."""

    def __init__(self, connection: Connection, needs: Needs, names: TagNames | None = None) -> None:
        self.connection = connection
        self.needs = needs
        self.names = names
        self._objects_read = False

    def make(self, files: Files) -> None:
        """All six. Raises `Misuse` where a file is not what it should be, or lacks a column."""
        self._contacts(files.contacts)
        self._companies(files.companies)
        self._events(files.events)

    def in_part(self, name: str) -> int:
        """How many contacts list only the first of their `tags` or `companies`, as `truncated_lists` says.

        None, where the rules need no such list."""
        if not self._objects_read or name not in self.needs.lists:
            return 0
        return self.connection.execute(
            f"select count(*) from read_contacts where {_in_part(name)} = 'true'"
        ).fetchone()[0]

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
        columns: dict[str, _Column] = {_REGISTRAR: (("external_id",), registrar_condition)}
        if "companies" in self.needs.lists:
            columns[_COMPANIES] = (("companies", "data"), lambda data: f"json_extract({data}, '$[*].id')")
            columns[_in_part("companies")] = (("companies", "has_more"), lambda value: f"{value}::varchar")
        if "tags" in self.needs.lists:
            columns[_in_part("tags")] = (("tags",), lambda tags: f"({tags} -> '/has_more')::varchar")
        self._objects("contacts", path, "contact", columns)
        self._objects_read = True
        if "companies" in self.needs.lists:
            self.run(
                f"create temp view contact_companies as select contact_id, {id_value('link')} as company_id from ("
                f"select id as contact_id, unnest({_COMPANIES}) as link from read_contacts)"
            )
        else:
            self._empty("contact_companies", "contact_id", "company_id")
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
        source = "read_contacts" if model == "contact" else "read_companies"
        tag_id, named = id_value("(tag -> '/id')"), text_value("(tag -> '/name')")
        self.run(
            f"create temp table {table} as select {model}_id, tag_id, coalesce(named, n.name) as tag from ("
            f"select {model}_id, {tag_id} as tag_id, {named} as named "
            f"from (select id as {model}_id, unnest({_TAGS}) as tag from {source})"
            ") left join tag_names n on n.id = tag_id"
        )
        if not self._all(table, "tag is not null or tag_id is null"):
            refuse_file(path, objects_with_tag_names(path, model, self.names))

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
            metadata = "v3" if self.needs.metadata else "null::json"
            places: list[Place] = [("intercom_user_id",), ("event_name",), ("created_at",)]
            self._load(
                "events",
                path,
                [*places, *([("metadata",)] if self.needs.metadata else [])],
                f"select {id_value('v0')} as contact_id, {text_value('v1')} as event_name, "
                f"{number_value('v2')} as created_at, {metadata} as metadata",
                f"where {event_condition('v1', self.needs.events)}",
            )

    # --- objects --------------------------------------------------------------------------------------------

    def _objects(
        self, table: str, path: Path, model: str, more: Mapping[str, _Column] = MappingProxyType({})
    ) -> None:
        """A view of a file of objects: the attributes that the rules read, and in `read_TABLE` also these columns.

        The contact that registers events is nobody: it stands in no count, and in no segment.
        """
        columns: dict[str, _Column] = {"id": (("id",), id_value)}
        names = {_name(field): field for field in self._model_fields(model)}
        columns |= {name: (field.path, partial(field_value, field)) for name, field in names.items()}
        if self.names is not None:
            columns[_TAGS] = (("tags",), tags_of)
        columns |= more
        made = (f"{make(f'v{at}')} as {name}" for at, (name, (_, make)) in enumerate(columns.items()))
        read = f"read_{table}"
        self._load(read, path, [place for place, _ in columns.values()], f"select {', '.join(made)}")
        if not self._all(read, "id <> ''") or not self._all(
            f"(select count(*) as lines, count(distinct id) as ids from {read})", "lines = ids"
        ):
            refuse_file(path, objects_with_ids(path, model))
        people = f" where not {_REGISTRAR}" if _REGISTRAR in more else ""
        # Rows have their numbers in the order of the file.
        self.run(
            f"create temp view {table} as "
            f"select {', '.join(['id', f'rowid as {POSITION}', *names])} from {read}{people}"
        )

    def _load(self, table: str, path: Path, places: Sequence[Place], select: str, where: str = "") -> None:
        self.connection.stage = f"reading {table.removeprefix('read_')}"
        load_lines(self.connection, table, path, places, select, where)

    def _all(self, table: str, condition: str) -> bool:
        found = self.connection.execute(f"select bool_and(coalesce({condition}, false)) from {table}")
        return found.fetchone()[0] is not False

    def _model_fields(self, model: str) -> list[Field]:
        """The fields of the model but `id`, which is there anyway."""
        return [field for field in self.needs.fields if field.owner == model and column(field) != "id"]

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


def _in_part(name: str) -> str:
    """The column of what Intercom says of a list: whether there is more than it has."""
    return f'"#more {name}"'
