"""The schema that the table of near-misses is read with."""

from __future__ import annotations

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, ModelName, Schema, Segment
from intercom_iac.rules import compile_rule
from intercom_iac.text import Excerpt


def near_miss_schema() -> Schema:
    """A field of every type, an event with metadata, and a segment."""
    declared: list[tuple[ModelName, str, str, tuple[str, ...]]] = [
        ("contact", "plan", "options", ("free", "trial", "pro plus")),
        ("contact", "note", "string", ()),
        ("contact", "feature_usage", "integer", ()),
        ("contact", "score", "float", ()),
        ("contact", "vip", "boolean", ()),
        ("contact", "trial_end_date", "date", ()),
        ("company", "seats", "integer", ()),
        ("company", "tier", "options", ("gold", "silver")),
    ]
    attributes = {
        (model, name): Attribute(model, name, DataType(type_), options)
        for model, name, type_, options in declared
    }
    keys = (
        MetadataKey("format", DataType.STRING),
        MetadataKey("pages", DataType.INTEGER),
        MetadataKey("shared", DataType.BOOLEAN),
    )
    events = {
        "report_exported": Event("report_exported", metadata=keys),
        "sign up": Event("sign up"),
    }
    schema = Schema(attributes, events)
    predicate, _ = compile_rule(Excerpt.from_text("feature_usage > 50", "<rule>"), schema)
    segment = Segment("power_users", "Power users", "feature_usage > 50", predicate)
    return Schema(attributes, events, {"power_users": segment})
