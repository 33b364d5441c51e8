"""The people whom proofs show for the sixty segments of examples/lifecycle are such as a marketer believes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from intercom_iac.application import open_session
from intercom_iac.model import Predicate, Schema, fields_of
from intercom_iac.model.days import calendar_day
from intercom_iac.model.predicate import Not
from intercom_iac.model.world import World
from intercom_iac.prover import Satisfiable, Witness, decide, describe_witness
from intercom_iac.rules import satisfies
from intercom_iac.rules.meaning import known_value
from support.proofs.decided_rules import compiled

EXAMPLE = Path(__file__).parents[4] / "examples" / "lifecycle"
TODAY, ZONE = date(2026, 3, 14), ZoneInfo("UTC")
WORLD = World(TODAY)


@pytest.fixture(scope="module")
def schema() -> Schema:
    return open_session(EXAMPLE).schema()


@pytest.fixture(scope="module")
def witnesses(schema: Schema) -> list[tuple[Predicate, Witness]]:
    """Somebody in each segment, and somebody outside of it."""
    found: list[tuple[Predicate, Witness]] = []
    for segment in schema.segments.values():
        for rule in (segment.typed_rule, Not(segment.typed_rule)):
            verdict = decide(rule, WORLD)
            assert isinstance(verdict, Satisfiable), (segment.key, verdict)
            found.append((rule, verdict.witness))
    assert len(found) >= 120
    return found


def values(rule: Predicate, witness: Witness) -> Iterator[tuple[str, Any]]:
    """The type and the value of everything that a person and their companies have of what a rule reads."""
    for field in fields_of(rule):
        subjects = [witness.person.contact] if field.owner == "contact" else witness.person.companies
        for subject in subjects:
            value = known_value(subject, field)
            if value is not None:
                yield field.type, value


def test_each_satisfies_its_rule(witnesses) -> None:
    for rule, witness in witnesses:
        assert satisfies(witness.person, rule, today=witness.today, zone=ZONE)
        assert describe_witness(witness, [rule]).startswith("ada@example.com")


def test_days_are_within_two_years_of_today(witnesses) -> None:
    near = timedelta(days=2 * 365)
    for rule, witness in witnesses:
        days = [calendar_day(value, ZONE) for type_, value in values(rule, witness) if type_ == "date"]
        days += [calendar_day(event["created_at"], ZONE) for event in witness.person.events]
        assert all(abs(day - TODAY) <= near for day in days), describe_witness(witness, [rule])


def test_numbers_are_counts_that_people_have(witnesses) -> None:
    for rule, witness in witnesses:
        numbers = [value for type_, value in values(rule, witness) if type_ in ("integer", "float")]
        assert all(0 <= number <= 10_000 and number == round(number, 1) for number in numbers), (
            describe_witness(witness, [rule])
        )


def test_people_have_no_more_than_rules_ask_for(witnesses) -> None:
    """Besides who they are: an id, a role and an email; of a company, an id and a name."""
    for rule, witness in witnesses:
        read = {field.name for field in fields_of(rule)}
        held = set(witness.person.contact.get("custom_attributes", {}))
        assert held <= read
        standard = set(witness.person.contact) - {
            "type",
            "id",
            "role",
            "email",
            "custom_attributes",
            "companies",
            "tags",
        }
        assert standard <= {name.partition(".")[0] for name in read}


@pytest.mark.parametrize(
    ("rule", "email"),
    [
        ("email has any value and email_domain = 'acme.com'", "ada@acme.com"),
        ("email ends with '@example.org' and email_domain = 'acme.com'", "grace@example.org"),
        ("email_domain != 'acme.com' and email has any value", "ada@example.com"),
    ],
)
def test_an_address_is_in_its_domain_unless_rules_say_otherwise(rule: str, email: str) -> None:
    verdict = decide(compiled(rule), WORLD)
    assert isinstance(verdict, Satisfiable)
    assert verdict.witness.person.contact["email"] == email


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("location.country != Ireland and location.country is known", "with location.country = Canada"),
        ("browser_language != en and browser_language is known", "with browser_language = de"),
        (
            "not location.country in (Ireland, Canada, Japan, Brazil) and location.country is known",
            "= example",
        ),
        ("phone starts with '+353'", "with phone = '+353 555 0142'"),
        ("email contains '+' and email contains 'test'", "ada+test@example.com"),
        ("name contains 'van' and not name contains 'ann'", "ada@example.com with name = van"),
        ("name = 'Ada Lovelace'", "with name = 'Ada Lovelace'"),
    ],
)
def test_a_text_is_what_a_person_would_write(rule: str, line: str) -> None:
    read = compiled(rule)
    verdict = decide(read, WORLD)
    assert isinstance(verdict, Satisfiable)
    assert line in describe_witness(verdict.witness, [read])
