"""A schema, a rule for each kind of question, and a day to ask them on: what the tests of `preview` share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import starmap
from zoneinfo import ZoneInfo

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, ModelName, Person, Predicate, Schema
from intercom_iac.preview import Files
from intercom_iac.preview import people as parts_of_people
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt

TODAY, ROME = date(2026, 3, 29), ZoneInfo("Europe/Rome")
NOW = 1774738800  # 2026-03-29 00:00 in Rome
TYPES: dict[tuple[ModelName, str], str] = {
    ("contact", "plan"): "string",
    ("contact", "the one/ring"): "integer",
    ("contact", "score"): "float",
    ("contact", "vip"): "boolean",
    ("contact", "ends"): "date",
    ("contact", "position"): "string",
    ("company", "seats"): "integer",
}
SCHEMA = Schema(
    {(model, name): Attribute(model, name, DataType(kind)) for (model, name), kind in TYPES.items()},
    {"order.paid": Event("order.paid", metadata=(MetadataKey("total", DataType.INTEGER),))},
)
RULES = {
    "trial": "plan = trial",
    "not trial": "plan != trial",
    "ring": "`the one/ring` > 2",
    "score": "score >= 0.5",
    "vip": "vip",
    "soon": "ends within next 3 days",
    "city": "location.city contains ROM",
    "position": "position = '2'",
    "numbered": "tag beta or tag '4' or tag '3'",
    "seats": "company.seats > 5",
    "no seats": "not company.seats > 5",
    "tagged": "tag vip or company tag big",
    "paid": "event order.paid where total > 3 count >= 2 within last 7 days",
    "never paid": "event order.paid count < 1",
    "lately": "event order.paid last within last 1 day",
}


def people(files: Files, *, with_tags: bool = False) -> Iterator[Person]:
    return starmap(Person, parts_of_people(files, with_tags=with_tags))


def rule(text: str) -> Predicate:
    found, diagnostics = compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
    assert found is not None, diagnostics
    return found
