"""Rules over two numbers and two dates of each owner, which are compared with each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Predicate, Schema
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt

CompileOverPairs = Callable[[str], tuple[Predicate | None, list[Diagnostic]]]

ATTRIBUTES = [
    Attribute("contact", "used", DataType.INTEGER),
    Attribute("contact", "limit", DataType.INTEGER),
    Attribute("contact", "score", DataType.FLOAT),
    Attribute("contact", "note", DataType.STRING),
    Attribute("contact", "vip", DataType.BOOLEAN),
    Attribute("contact", "trial_end", DataType.DATE),
    Attribute("contact", "renewal", DataType.DATE),
    Attribute("contact", "today", DataType.DATE),
    Attribute("contact", "old_date", DataType.DATE, status="deprecated"),
    Attribute("contact", "gone_date", DataType.DATE, status="archived"),
    Attribute("contact", "gone_number", DataType.INTEGER, status="archived"),
    Attribute("company", "seats", DataType.INTEGER),
    Attribute("company", "seats_used", DataType.INTEGER),
    Attribute("company", "renews", DataType.DATE),
    Attribute("company", "starts", DataType.DATE),
]
PAID = Event(
    "paid",
    metadata=(
        MetadataKey("total", DataType.FLOAT),
        MetadataKey("items", DataType.INTEGER),
        MetadataKey("free", DataType.INTEGER),
        MetadataKey("due_date", DataType.DATE),
        MetadataKey("from_date", DataType.DATE),
        MetadataKey("kind", DataType.STRING),
    ),
)
EVENTS = [PAID, Event("left"), Event("asked_before", status="archived"), Event("asks", status="deprecated")]
SCHEMA = Schema(
    attributes={(attribute.model, attribute.name): attribute for attribute in ATTRIBUTES},
    events={event.name: event for event in EVENTS},
)


@pytest.fixture(scope="session")
def paired() -> CompileOverPairs:
    return lambda text: compile_rule(Excerpt.from_text(text, "<rule>"), SCHEMA)
