"""Entries -> the attributes, events and segments of a `Schema`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from intercom_iac.model import (
    MODELS,
    Attribute,
    DataType,
    Event,
    MetadataKey,
    ModelName,
    Predicate,
    Replaced,
    Segment,
)
from intercom_iac.model.schema import Publication
from intercom_iac.project import labels_of

from .copied_keys import copied_keys
from .declarations import Declarations
from .entries import UNKNOWN_RULE, ReplacedEntry


def attributes_of(declared: Declarations) -> dict[tuple[ModelName, str], Attribute]:
    return {
        (attribute.model, attribute.name): Attribute(
            model=attribute.model,
            name=attribute.name,
            type=DataType(attribute.entry.type),
            options=tuple(dict.fromkeys(attribute.entry.options or ())),
            span=attribute.span,
            labels=labels_of(attribute.entry.labels or {}),
            replaces=_replacement_of(attribute.entry.replaces),
            **copied_keys(Attribute, attribute.entry, without=("type", "options", "labels", "replaces")),
        )
        for attribute in declared.attributes
    }


def published_attributes(
    declared: Declarations, attributes: Mapping[tuple[ModelName, str], Attribute]
) -> dict[tuple[ModelName, str], Attribute]:
    """The boolean attributes of contacts that segments are published as, where no entry declares them.

    Of an archived segment it is archived, unless the segment was adopted: then it stays as it is, and is nobody's.
    """
    return {
        ("contact", segment.name): Attribute(
            model="contact",
            name=segment.name,
            type=DataType.BOOLEAN,
            owner=segment.entry.owner,
            status=segment.entry.status,
            span=segment.span,
            segment=segment.name,
        )
        for segment in declared.segments
        if "attribute" in (segment.entry.publish or ())
        and not (segment.entry.status == "archived" and segment.entry.adopt)
        and all((model, segment.name) not in attributes for model in MODELS)
    }


def _replacement_of(entry: ReplacedEntry | None) -> Replaced | None:
    return None if entry is None else Replaced(entry.attribute, tuple((entry.convert or {}).items()))


def events_of(declared: Declarations) -> dict[str, Event]:
    return {
        event.name: Event(
            name=event.name,
            metadata=tuple(
                MetadataKey(
                    name=key,
                    type=DataType(metadata.type),
                    options=tuple(dict.fromkeys(metadata.options or ())),
                    span=event.at("metadata", key),
                    **copied_keys(MetadataKey, metadata, without=("type", "options")),
                )
                for key, metadata in (event.entry.metadata or {}).items()
            ),
            span=event.span,
            **copied_keys(Event, event.entry, without=("metadata",)),
        )
        for event in declared.events
    }


def segments_of(declared: Declarations, predicates: Mapping[str, Predicate]) -> dict[str, Segment]:
    """The segments whose rules have a predicate, and those that are archived."""
    return {
        segment.name: Segment(
            key=segment.name,
            name=segment.entry.name or segment.name,
            predicate=predicates.get(segment.name),
            publish=tuple(kind for kind in get_args(Publication) if kind in (segment.entry.publish or ())),
            source=segment.entry.from_,
            rule=UNKNOWN_RULE if segment.entry.has_unknown_rule else segment.entry.rule,
            span=segment.span,
            **copied_keys(Segment, segment.entry, without=("name", "rule", "publish")),
        )
        for segment in declared.segments
        if segment.name in predicates or segment.entry.status == "archived"
    }
