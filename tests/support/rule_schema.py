"""A schema with a field of every type, declared in a file so that its places show."""

from __future__ import annotations

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, ModelName, Schema, Status
from intercom_iac.text import SourceFile, Span

DECLARED = SourceFile(
    "specs/people.yaml",
    "plan note feature_usage score vip trial_end_date old gone seats tier report_exported",
)


def place(name: str) -> Span:
    start = DECLARED.text.index(name)
    return Span(DECLARED, start, start + len(name))


def rule_schema() -> Schema:
    declared: list[tuple[ModelName, str, str, tuple[str, ...], Status]] = [
        ("contact", "plan", "options", ("free", "trial", "pro plus"), "active"),
        ("contact", "note", "string", (), "active"),
        ("contact", "feature_usage", "integer", (), "active"),
        ("contact", "score", "float", (), "active"),
        ("contact", "vip", "boolean", (), "active"),
        ("contact", "trial_end_date", "date", (), "active"),
        ("contact", "old", "string", (), "deprecated"),
        ("contact", "gone", "string", (), "archived"),
        ("company", "seats", "integer", (), "active"),
        ("company", "tier", "options", ("gold", "silver"), "active"),
    ]
    attributes = {
        (model, name): Attribute(model, name, DataType(type_), options, status=status, span=place(name))
        for model, name, type_, options, status in declared
    }
    # Without a place of its own: names that need backticks, and one that is also a word of the language.
    for name in ("the one ring", "count", "größe"):
        attributes["contact", name] = Attribute("contact", name, DataType.STRING)
    keys = (
        MetadataKey("format", DataType.STRING),
        MetadataKey("pages", DataType.INTEGER),
        MetadataKey("shared", DataType.BOOLEAN),
    )
    events = {
        "report_exported": Event("report_exported", metadata=keys, span=place("report_exported")),
        "sign up": Event("sign up"),
    }
    return Schema(attributes, events)
