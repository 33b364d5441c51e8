"""Generated rules in SQL: DuckDB, PostgreSQL and Spark find who the rules mean, and every dialect parses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date

import duckdb
import pytest
import sqlglot
from hypothesis import Phase, given
from sqlglot import expressions

from intercom_iac.compilers import sql
from intercom_iac.model.predicate import Tagged
from intercom_iac.rules import satisfies
from support.engines import Engine, differences, tables
from support.generators import World, examples, fields_in, worlds

from .cases_for_engines import CASES, Case

WORLDS, BATCH, CROWD = 84, 25, 12
RELATIVE_WORLDS = 3
"""One world in so many is asked about a second time, with the day that the engine says it is."""
# Spark takes a second for what a database does in a moment: 125 rules.
SPARK_WORLDS = 5
# To shrink a whole world takes minutes; what differs names the shortest rule and person as it is.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


def test_enough_rules_are_asked() -> None:
    assert WORLDS * BATCH > 2000


@examples(WORLDS, phases=UNSHRUNK)
@given(worlds(CROWD, BATCH))
def test_databases_find_who_the_rules_mean(databases: Sequence[Engine], world: World) -> None:
    """All of them in one test: to draw a world takes longer than to ask a database."""
    for database in databases:
        differing = differences(database, world)
        if world.at.today.toordinal() % RELATIVE_WORLDS == 0:
            differing += differences(database, world, day_of_engine(world))
        assert not differing, (database.name, differing[0])
        assert_counts_and_members(database, world)


def day_of_engine(world: World) -> sql.CurrentDay:
    """The world's day as the engine may give it."""
    return sql.CurrentDay(f"(select {world.at.today.toordinal() - date(1970, 1, 1).toordinal()})")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_a_database_knows_what_is_rarely_met(database: Engine, case: Case) -> None:
    case(database)


@pytest.mark.outside
def test_spark_finds_who_the_rules_mean(spark: Engine) -> None:
    """One test, so that tests which run side by side start one Spark."""

    @examples(SPARK_WORLDS, phases=UNSHRUNK)
    @given(worlds(CROWD, BATCH))
    def judge(world: World) -> None:
        differing = differences(spark, world) + differences(spark, world, day_of_engine(world))
        assert not differing, differing[0]

    judge()
    for case in CASES:
        case(spark)


def assert_counts_and_members(engine: Engine, world: World) -> None:
    """That the other statements find those whom the flags do: the counts of five rules, the members of two."""
    at = {"today": world.at.today, "zone": world.at.zone}
    dialect, rules = sql.DIALECTS[engine.name], world.rules[:5]
    contact, company = fields_in(world.schema, "contact"), fields_in(world.schema, "company")
    named = {f'{number}: it\'s "so"': rule for number, rule in enumerate(rules)}
    with engine.loaded(tables(world.people, contact, company)):
        counts = engine.rows(sql.counts(named, dialect, **at))
        members = [engine.rows(sql.members(rule, dialect, **at)) for rule in rules[:2]]
    meant = [
        sorted(person.contact["id"] for person in world.people if satisfies(person, rule, **at))
        for rule in rules
    ]
    assert counts == [(len(world.people), *map(len, meant))]
    assert [sorted(contact_id for (contact_id,) in ids) for ids in members] == meant[:2]


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
        sql.masks(world.rules, sql.DIALECTS[dialect], **at),
        sql.members(world.rules[0], sql.DIALECTS[dialect], **at),
        sql.masks(
            world.rules,
            sql.DIALECTS[dialect],
            today=sql.current_day(sql.DIALECTS[dialect], world.at.zone),
            zone=world.at.zone,
        ),
    ):
        parsed = sqlglot.parse_one(statement, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
        assert isinstance(parsed, expressions.Select)
