"""Pieces of code held to one schema: what they use, and what is said of them."""

from __future__ import annotations

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema
from intercom_iac.usages import CodeFile, CodeJudge, Judgement, judge_file, language_of

ATTRIBUTES = (
    Attribute("contact", "plan_type", DataType.OPTIONS, options=("free", "pro"), messenger_writable=True),
    Attribute("contact", "trial_end_date", DataType.DATE, messenger_writable=True),
    Attribute("contact", "onboarded", DataType.BOOLEAN, messenger_writable=True),
    Attribute("contact", "nickname", DataType.STRING, messenger_writable=True),
    Attribute("contact", "seats_used", DataType.INTEGER),
    Attribute("contact", "score", DataType.FLOAT, messenger_writable=True),
    Attribute("contact", "faded", DataType.STRING, messenger_writable=True, status="deprecated"),
    Attribute("contact", "gone", DataType.STRING, messenger_writable=True, status="archived"),
    Attribute("company", "region", DataType.STRING, messenger_writable=True),
)
EVENTS = (
    Event(
        "feature_first_used",
        metadata=(
            MetadataKey("feature_name", DataType.STRING, required=True),
            MetadataKey("price", DataType.INTEGER),
            MetadataKey("due_date", DataType.DATE),
        ),
    ),
    Event("signed-up"),
    Event("left", status="archived"),
)
SCHEMA = Schema(
    attributes={(attribute.model, attribute.name): attribute for attribute in ATTRIBUTES},
    events={event.name: event for event in EVENTS},
)
GENERATED = frozenset({"src/generated/typescript", "generated/python"})


def judge_code(path: str, text: str) -> Judgement:
    """What is found in a file of this path and text, in a project with generated code."""
    language = language_of(path)
    assert language is not None, path
    return judge_file(CodeJudge(SCHEMA), language, CodeFile(path, text.encode(), GENERATED))


def uses_of(judgement: Judgement) -> list[str]:
    """`send plan_type` of each use, in the order of places; attributes without their model."""
    return [f"{use.kind} {use.address.removeprefix('event.').split('.')[-1]}" for use in judgement.uses]


def mistakes_of(judgement: Judgement) -> list[str]:
    """`PAYL905 'gold'` of each mistake: its code, and the code that is underlined."""
    return [
        f"{mistake.code} {mistake.span.text}" for mistake in judgement.mistakes if mistake.span is not None
    ]


def unknowns_of(judgement: Judgement) -> list[str]:
    """The pieces of code that are not known."""
    return [finding.span.text for finding in judgement.not_known if finding.span is not None]
