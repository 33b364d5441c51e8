"""Generated rules in SQL: DuckDB and PostgreSQL find who the rules mean, and every dialect parses."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import duckdb
import pytest
import sqlglot
from hypothesis import Phase, given
from sqlglot import expressions

from intercom_iac.compilers import sql
from intercom_iac.model.predicate import Tagged
from intercom_iac.rules import format_rule, satisfies
from support.engines import tables
from support.generators import World, examples, fields_in, worlds

WORLDS, BATCH, CROWD = 84, 25, 12
SPARK_WORLDS = int(__import__("os").environ.get("SW", "6"))
# To shrink a whole world takes minutes; what differs names the shortest rule and person as it is.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


def differences(engine: Any, world: World, members: int) -> list[Any]:
    """Where the engine finds others than who the rules mean: by flags and counts, and so many by their members."""
    at = {"today": world.at.today, "zone": world.at.zone}
    dialect = sql.DIALECTS[engine.name]
    meant = {
        person.contact["id"]: [satisfies(person, rule, **at) for rule in world.rules]
        for person in world.people
    }
    named = {f'{number}: it\'s "so"': rule for number, rule in enumerate(world.rules)}
    contact, company = fields_in(world.schema, "contact"), fields_in(world.schema, "company")
    with engine.loaded(tables(world.people, contact, company)):
        flags = engine.rows(sql.flags(world.rules, dialect, also=["c.id"], **at))
        counts = engine.rows(sql.counts(named, dialect, **at)) if members else []
        few = [engine.rows(sql.members(rule, dialect, **at)) for rule in world.rules[:members]]
    found = {key: list(row) for key, *row in flags}
    if members:
        assert counts == [(len(meant), *(sum(column) for column in zip(*meant.values(), strict=True)))]
    for number, ids in enumerate(few):
        assert sorted(key for (key,) in ids) == sorted(key for key, rights in meant.items() if rights[number])
    return [
        (format_rule(world.rules[number]), found[person.contact["id"]][number], person, world.at)
        for person in world.people
        for number, right in enumerate(meant[person.contact["id"]])
        if found[person.contact["id"]][number] is not right
    ]


def shortest(differing: list[Any]) -> Any:
    return min(differing, key=lambda difference: len(repr(difference)))


def test_enough_rules_are_asked() -> None:
    assert WORLDS * BATCH > 2000


@examples(WORLDS, phases=UNSHRUNK)
@given(worlds(CROWD, BATCH))
def test_a_database_finds_who_the_rules_mean(database: Any, world: World) -> None:
    differing = differences(database, world, members=3)
    assert not differing, shortest(differing)


# Spark takes a second for what the others do in a moment: 200 rules a run.
@examples(SPARK_WORLDS, phases=UNSHRUNK)
@given(worlds(CROWD, BATCH))
def test_spark_finds_who_the_rules_mean(spark_engine: Any, world: World) -> None:
    differing = differences(spark_engine, world, members=0)
    assert not differing, shortest(differing)


def test_counts_of_nobody_are_none_and_a_segment_may_be_called_contacts() -> None:
    at = {"today": date(2026, 3, 29), "zone": UTC}
    rules = {"contacts": Tagged("vip"), "Contacts_": Tagged("vip")}
    connection = duckdb.connect()
    connection.execute(
        "create table contacts (id text); create table contact_tags (contact_id text, tag text)"
    )
    found = connection.execute(sql.counts(rules, sql.DIALECTS["duckdb"], **at))
    assert [each[0] for each in found.description] == ["contacts__", "contacts", "Contacts_"]
    assert found.fetchall() == [(0, 0, 0)]


@pytest.mark.parametrize("dialect", sorted(sql.DIALECTS))
@examples(10)
@given(worlds(1, 5))
def test_every_dialect_parses(dialect: str, world: World) -> None:
    at = {"today": world.at.today, "zone": world.at.zone}
    for statement in (
        sql.flags(world.rules, sql.DIALECTS[dialect], **at),
        sql.members(world.rules[0], sql.DIALECTS[dialect], **at),
    ):
        parsed = sqlglot.parse_one(statement, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
        assert isinstance(parsed, expressions.Select)
