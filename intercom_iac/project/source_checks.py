"""What is wrong with `sources` in the project file, beyond their shape."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import sync_settings as codes
from intercom_iac.text import quoted_names
from intercom_iac.yaml.nodes import Document, Path

from .names import key_diagnostics
from .settings import VARIABLE, MappedColumn, ProjectSettings, SourceSettings

_QUERIES = ("duckdb", "postgres", "spark")
"""The kinds that run a query; of these only PostgreSQL reads no files."""
_KEYS = {
    "contacts": ("external_id", "email"),
    "companies": ("company_id",),
    "events": ("external_id", "email"),
}


def check_sources(document: Document, settings: ProjectSettings) -> Iterator[Diagnostic]:
    """Places that are missing or named twice, keys of another kind of record, two columns of one attribute."""
    for name, source in settings.sources.items():
        yield from key_diagnostics(document, ("sources", name), "source")
        yield from _check_place(document, name, source)
        yield from _check_database(document, name, source)
        yield from _check_key(document, name, source)
        yield from _check_columns(document, name, source)


def _check_place(document: Document, name: str, source: SourceSettings) -> Iterator[Diagnostic]:
    path: Path = ("sources", name)
    has_path = document.node((*path, "path")) is not None
    has_query = document.node((*path, "query")) is not None
    if has_path and has_query:
        yield codes.SOURCE_PLACE.at(
            document.key_span((*path, "query")),
            f"the source `{name}` has a `path` and a `query`",
            hint="keep one: a query reads a file by its name, as in `select * from 'people.parquet'`",
        )
    elif not has_path and not has_query:
        what = (
            "a query"
            if source.kind == "postgres"
            else "a path"
            if source.kind == "file"
            else "a path or a query"
        )
        key = "query: select * from people" if source.kind == "postgres" else "path: people.parquet"
        yield codes.SOURCE_PLACE.at(
            document.key_span(path), f"the source `{name}` needs {what}, and has none", hint=f"add `{key}`"
        )
    elif has_query and source.kind not in _QUERIES:
        yield codes.SOURCE_PLACE.at(
            document.key_span((*path, "query")),
            f"the source `{name}` is read from files, and has a `query`",
            hint="make it `kind: duckdb`, which reads files by queries",
        )
    elif has_path and source.kind == "postgres":
        yield codes.SOURCE_PLACE.at(
            document.key_span((*path, "path")),
            f"the source `{name}` is read from PostgreSQL, and has a `path`",
            hint="add a `query` instead, such as `query: select * from people`",
        )
    for key in ("path", "query"):
        text = getattr(source, key)
        if text is not None and (not text.strip() or "\0" in text):
            yield codes.SOURCE_PLACE.at(
                document.span((*path, key)), f"`{key}` of the source `{name}` is empty", hint="write one"
            )


def _check_database(document: Document, name: str, source: SourceSettings) -> Iterator[Diagnostic]:
    path: Path = ("sources", name)
    if source.database_env is None:
        if source.kind == "postgres":
            yield codes.SOURCE_DATABASE.at(
                document.key_span(path),
                f"the source `{name}` does not say which database it is in",
                hint="add `database_env: DATABASE_URL`, the NAME of the environment variable with its address",
            )
        return
    if source.kind != "postgres":
        yield codes.SOURCE_DATABASE.at(
            document.key_span((*path, "database_env")),
            f"the source `{name}` has a `database_env`, and is not read from PostgreSQL",
            hint="leave it out, or make it `kind: postgres`",
        )
    elif not VARIABLE.fullmatch(source.database_env):
        # What stands there may be the address itself, with its password: it is not repeated.
        yield codes.SOURCE_DATABASE.at(
            document.key_span((*path, "database_env")),
            "`database_env` is not the name of an environment variable",
            hint="write the name alone, without `$`: letters, digits and `_`; the address stays out of the file",
        )


def _check_key(document: Document, name: str, source: SourceSettings) -> Iterator[Diagnostic]:
    fitting = _KEYS[source.of]
    if source.key is not None and source.key not in fitting:
        yield codes.SOURCE_KEY.at(
            document.span(("sources", name, "key")),
            f"{source.of} are not known by `{source.key}`",
            hint=f"they are known by {quoted_names(fitting)}; left out, the first that the table has",
        )
    for key in ("mode", "null"):
        if source.of == "events" and document.node(("sources", name, key)) is not None:
            yield codes.SOURCE_KEY.at(
                document.key_span(("sources", name, key)),
                f"`{key}` says nothing of events, which are sent or not",
                hint="leave it out",
            )


def _check_columns(document: Document, name: str, source: SourceSettings) -> Iterator[Diagnostic]:
    first: dict[str, str] = {}
    for column, mapped in source.map.items():
        attribute = mapped.attribute if isinstance(mapped, MappedColumn) else mapped
        if attribute in first:
            yield codes.MAPPED_TWICE.at(
                document.key_span(("sources", name, "map", column)),
                f"the columns `{first[attribute]}` and `{column}` are both mapped to `{attribute}`",
                hint="map one of them: a record has one value of it",
            )
        first.setdefault(attribute, column)
