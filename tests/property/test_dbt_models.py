"""Models of dbt, rendered as dbt does: DuckDB finds whom the rules mean, whatever their texts hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from zoneinfo import ZoneInfo

import duckdb
import jinja2
import pytest
import sqlglot
import yaml
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.compilers.sql import DIALECTS
from intercom_iac.generating import dbt_files
from intercom_iac.generating.dbt.jinja import literal
from intercom_iac.model import Attribute, DataType, Person, Predicate, Schema, Segment
from intercom_iac.model.predicate import Equals, IsTrue, Tagged
from intercom_iac.rules import format_rule, satisfies
from support.dbt import load, render
from support.generators import World, examples, fields_in, worlds
from support.generators.hostile_specs import hostile_schema

DUBLIN = ZoneInfo("Europe/Dublin")


@examples(6)
@given(worlds(12, 8))
def test_models_select_whom_their_rules_mean_on_the_day_that_is_given_to_dbt(world: World) -> None:
    segments = [segment(f"s{number}", rule) for number, rule in enumerate(world.rules)]
    files = {
        file.path: file.text for file in dbt_files(world.schema, segments, DIALECTS["duckdb"], world.at.zone)
    }
    with duckdb.connect() as database:
        load(
            database,
            world.people,
            [*fields_in(world.schema, "contact")],
            [*fields_in(world.schema, "company")],
        )
        for key, rule in zip(files, world.rules, strict=False):
            query = render(files[key], {"intercom_today": world.at.today})
            found = sorted(contact_id for (contact_id,) in database.execute(query).fetchall())
            meant = [
                person.contact["id"]
                for person in world.people
                if satisfies(person, rule, today=world.at.today, zone=world.at.zone)
            ]
            assert found == sorted(meant), format_rule(rule)


@given(st.text(st.sampled_from("{}%#\r\n'\"\\a -"), max_size=12))
@examples(60)
def test_a_text_of_the_specs_is_no_jinja(text: str) -> None:
    assert jinja2.Environment(keep_trailing_newline=True).from_string(literal(text)).render() == text


HOSTILE = [
    "it's",
    "{{ x }}",
    "{% if %}",
    "{# no #}",
    "a\rb",
    "back\\slash",
    'say "no"',
    "{\r",
    "None",
    "1e3",
    "{",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_found_to_the_letter(text: str) -> None:
    plan = Attribute("contact", "plan", DataType.OPTIONS, options=(text, "other"))
    schema = Schema({("contact", "plan"): plan})
    rule = Equals(plan.field(), text)
    people = [
        Person({"id": value, "custom_attributes": {"plan": value}, "tags": {"data": []}}, (), ())
        for value in (text, "other")
    ]
    model, properties = dbt_files(schema, [segment("s", rule)], DIALECTS["duckdb"], UTC)
    with duckdb.connect() as database:
        load(database, people, [plan.field()], [])
        assert database.execute(render(model.text, {})).fetchall() == [(text,)]
        (test,) = [
            test
            for test in contact_column(properties.text, "plan")["data_tests"]
            if "accepted_values" in test
        ]
        arguments = test["accepted_values"]["arguments"]
        values = [render(str(value), {}) for value in arguments["values"]]
        listed = ", ".join(values if arguments.get("quote") is False else [f"'{value}'" for value in values])
        assert database.execute(
            f"select count(*) from intercom.contacts where plan in ({listed})"
        ).fetchone() == (2,)


def test_plain_options_are_listed_as_they_are() -> None:
    plan = Attribute("contact", "plan", DataType.OPTIONS, options=("free", "pro"))
    open_plan = replace(plan, name="open_plan", open_options=True)
    schema = Schema({("contact", "plan"): plan, ("contact", "open_plan"): open_plan})
    *_, properties = dbt_files(schema, [], DIALECTS["duckdb"], UTC)
    assert contact_column(properties.text, "plan")["data_tests"] == [
        {"accepted_values": {"arguments": {"values": ["free", "pro"]}}}
    ]
    assert "data_tests" not in contact_column(properties.text, "open_plan")


def test_the_attribute_that_a_segment_is_published_as_is_a_column_where_a_rule_reads_it() -> None:
    made = Attribute("contact", "hot", DataType.BOOLEAN, segment="hot")
    schema = Schema({("contact", "hot"): made})
    for rules, columns in (([Tagged("vip")], ["id"]), ([IsTrue(made.field())], ["id", "hot"])):
        segments = [segment("s", rule) for rule in rules]
        *_, properties = dbt_files(schema, segments, DIALECTS["duckdb"], UTC)
        contacts = yaml.safe_load(properties.text)["sources"][0]["tables"][0]
        assert [column["name"] for column in contacts["columns"]] == columns


@pytest.mark.parametrize("dialect", ["bigquery", "duckdb"])
def test_names_that_are_hard_to_write_are_no_jinja_and_no_anchor(dialect: str) -> None:
    schema = hostile_schema()
    *_, properties = dbt_files(schema, [segment("s", Tagged("{{ vip }}"))], DIALECTS[dialect], DUBLIN)
    content = yaml.safe_load(properties.text)
    assert "&id" not in properties.text
    tests = [
        arguments["name"]
        for table in content["sources"][0]["tables"]
        for test in table.get("data_tests", [])
        for arguments in test.values()
    ]
    assert len({*tests}) == len(tests) > 50
    assert all(re.fullmatch(r"\w{1,63}", name) for name in tests)
    for text in texts_in(content):
        render(text, {})


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_the_day_is_worked_out_by_the_database(
    dialect: str, schema_of_days: Schema, ending: Predicate
) -> None:
    model, _ = dbt_files(schema_of_days, [segment("ending", ending)], DIALECTS[dialect], DUBLIN)
    query = render(model.text, {})
    sqlglot.parse_one(query, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
    assert "current_timestamp" in query
    assert "'Europe/Dublin'" in query
    given_day = render(model.text, {"intercom_today": "2026-01-31"})
    assert "current_timestamp" not in given_day
    assert str(date(2026, 1, 31).toordinal() - date(1970, 1, 1).toordinal()) in given_day


@pytest.fixture(scope="module")
def schema_of_days() -> Schema:
    ends = Attribute("contact", "ends", DataType.DATE)
    return Schema({("contact", "ends"): ends})


@pytest.fixture(scope="module")
def ending(schema_of_days: Schema) -> Predicate:
    from intercom_iac.rules import compile_rule
    from intercom_iac.text import Excerpt

    rule, diagnostics = compile_rule(Excerpt.from_text("ends within next 3 days", "<rule>"), schema_of_days)
    assert rule is not None, diagnostics
    return rule


def texts_in(content: object) -> Iterator[str]:
    """Every text of a document: dbt renders one by one."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, (dict, list)):
        for value in content.values() if isinstance(content, dict) else content:
            yield from texts_in(value)


def segment(key: str, rule: Predicate) -> Segment:
    return Segment(key=key, name=key, rule=format_rule(rule), predicate=rule)


def contact_column(text: str, name: str) -> dict[str, object]:
    contacts = yaml.safe_load(text)["sources"][0]["tables"][0]
    (column,) = [column for column in contacts["columns"] if column["name"] == name]
    return column
