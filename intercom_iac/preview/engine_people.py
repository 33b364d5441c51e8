"""The sizes of segments among people in an engine, in place: one query in the engine's own dialect."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, tzinfo
from typing import Protocol

from intercom_iac.compilers import sql
from intercom_iac.diagnostics import Misuse
from intercom_iac.engines import SqlEngine, Watch, has_spark_settings
from intercom_iac.model import Predicate, reads_tags, requires

from .counting import count_and_list_members, count_members
from .limits import NO_LIMITS, EngineLimits
from .needs import distinct_fields, refuse_columns_alike
from .relational import Relation, events, links, listed_links, subjects
from .sizes import Preview
from .sources import PostgresTables, SparkFiles

_MODEL = "docs/rules.md describes the tables and their columns"


class PeopleEngine(SqlEngine, Protocol):
    """An engine that knows the columns of what it has."""

    def column_types(self, source: str) -> dict[str, str]: ...


def preview_on_engine(
    rules: Mapping[str, Predicate],
    people: SparkFiles | PostgresTables,
    *,
    today: date,
    zone: tzinfo,
    ids: bool = False,
    limits: EngineLimits = NO_LIMITS,
    watch: Watch | None = None,
) -> Preview:
    """The sizes and overlaps of the rules, by their keys, as `preview` has them of files.

    The ids of members are in their own order. `limits` are those of a Spark on this machine alone. Raises `Misuse`
    where a table or a column is missing or of another type, `EngineError` where the engine fails, and `MissingExtra`
    where it is not installed.
    """
    _refuse_limits(people, limits)
    with _open(people, limits, watch) as engine:
        engine.stage = "looking at the tables"
        tables = _tables(rules, people, engine)
        head = "with " + ",\n".join(f"{name} as ({query})" for name, query in tables.items()) + "\n"
        for _ in engine.rows(f"{head}select id from contacts where id is null limit 1"):
            raise Misuse("a contact has no `id`", hint="each contact has one of its own")
        engine.stage = "asking the rules"
        also = ("c.id",) if ids else ()
        masks = sql.masks(tuple(rules.values()), engine.dialect, today=today, zone=zone, also=also)
        if ids:
            return count_and_list_members(tuple(rules), masks, engine.rows, order="id", head=head)
        return count_members(tuple(rules), masks, engine.rows, head=head)


def _refuse_limits(people: SparkFiles | PostgresTables, limits: EngineLimits) -> None:
    """Raises `Misuse` where others decide what the engine takes."""
    if limits == NO_LIMITS:
        return
    option = "--threads" if limits.memory is None else "--memory-limit"
    if isinstance(people, PostgresTables):
        raise Misuse(
            f"`{option}` is for people in files",
            hint="a database takes what its own settings say, such as `work_mem`",
        )
    if has_spark_settings():
        raise Misuse(
            f"`{option}` is for a Spark without settings of its own, and this one has some",
            hint="`spark.driver.memory`, `spark.executor.memory` and `spark.master` say the same there",
        )


@contextmanager
def _open(
    people: SparkFiles | PostgresTables, limits: EngineLimits, watch: Watch | None
) -> Generator[PeopleEngine]:
    from intercom_iac.engines import open_postgres, open_spark

    if isinstance(people, SparkFiles):
        with open_spark(watch=watch, memory_limit=limits.memory, threads=limits.threads) as spark:
            yield spark
    else:
        with open_postgres(people.address, variable=people.variable, watch=watch) as postgres:
            yield postgres


def _tables(
    rules: Mapping[str, Predicate], people: SparkFiles | PostgresTables, engine: PeopleEngine
) -> dict[str, str]:
    """The queries of the tables, by name. Those that no rule reads are not looked at."""
    needed = {kind for rule in rules.values() for kind in requires(rule)}
    if any(map(reads_tags, rules.values())):
        needed.add("tags")
    if isinstance(people, SparkFiles):
        return _spark_tables(rules, people, engine, needed)
    return _postgres_tables(rules, people, engine, needed)


def _spark_tables(
    rules: Mapping[str, Predicate], people: SparkFiles, engine: PeopleEngine, needed: set[str]
) -> dict[str, str]:
    dialect, fields = engine.dialect, distinct_fields(rules.values())
    refuse_columns_alike(fields)

    def relation(path: str | None) -> Relation | None:
        if path is None:
            return None
        source = f"parquet.{dialect.identifier(path)}"
        return Relation(path, source, engine.column_types(source), dialect)

    contacts = relation(people.contacts)
    companies = relation(people.companies) if needed & {"companies", "tags"} else None
    occurred = relation(people.events) if "events" in needed else None
    held = contacts if "companies" in needed else None
    tagged, company_tagged = (contacts, companies) if "tags" in needed else (None, None)
    return {
        "contacts": subjects("contact", contacts, fields, dialect),
        "companies": subjects("company", companies, fields, dialect),
        "contact_companies": listed_links(
            held, ("contact_id", "company_id"), "company_ids", dialect, ids=True
        ),
        "events": events(occurred, dialect),
        "contact_tags": listed_links(tagged, ("contact_id", "tag"), "tags", dialect),
        "company_tags": listed_links(company_tagged, ("company_id", "tag"), "tags", dialect),
    }


def _postgres_tables(
    rules: Mapping[str, Predicate], people: PostgresTables, engine: PeopleEngine, needed: set[str]
) -> dict[str, str]:
    dialect, fields = engine.dialect, distinct_fields(rules.values())

    def relation(name: str) -> Relation:
        named = name if people.schema is None else f"{dialect.identifier(people.schema)}.{name}"
        columns = engine.column_types(named)
        if not columns:
            raise Misuse(f"the database has no table `{named}`", hint=_MODEL)
        return Relation(named, named, columns, dialect)

    def links_of(name: str, columns: Sequence[str], *, read: bool) -> str:
        return links(relation(name) if read else None, columns, dialect)

    companies, tags = "companies" in needed, "tags" in needed
    return {
        "contacts": subjects("contact", relation("contacts"), fields, dialect),
        "companies": subjects("company", relation("companies") if companies else None, fields, dialect),
        "contact_companies": links_of("contact_companies", ("contact_id", "company_id"), read=companies),
        "events": events(relation("events") if "events" in needed else None, dialect),
        "contact_tags": links_of("contact_tags", ("contact_id", "tag"), read=tags),
        "company_tags": links_of("company_tags", ("company_id", "tag"), read=tags and companies),
    }
