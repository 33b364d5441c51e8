"""Entries -> the attributes, events and segments of a `Schema`."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.model import Attribute, DataType, Event, MetadataKey, ModelName, Predicate, Segment
from intercom_iac.project import labels_of

from .declarations import Declarations


def attributes_of(declared: Declarations) -> dict[tuple[ModelName, str], Attribute]:
    return {
        (attribute.model, attribute.name): Attribute(
            attribute.model,
            attribute.name,
            DataType(attribute.entry.type),
            tuple(dict.fromkeys(attribute.entry.options or ())),
            attribute.entry.description,
            attribute.entry.owner,
            attribute.entry.status,
            attribute.entry.messenger_writable,
            attribute.entry.renamed_from,
            attribute.span,
            labels_of(attribute.entry.labels or {}),
        )
        for attribute in declared.attributes
    }


def events_of(declared: Declarations) -> dict[str, Event]:
    return {
        event.name: Event(
            event.name,
            event.entry.description,
            tuple(
                MetadataKey(
                    key,
                    DataType(metadata.type),
                    metadata.required,
                    tuple(dict.fromkeys(metadata.options or ())),
                    metadata.description,
                    event.at("metadata", key),
                )
                for key, metadata in (event.entry.metadata or {}).items()
            ),
            event.entry.owner,
            event.entry.status,
            event.entry.renamed_from,
            event.span,
        )
        for event in declared.events
    }


def segments_of(declared: Declarations, predicates: Mapping[str, Predicate]) -> dict[str, Segment]:
    """The segments whose rules have a predicate, and those that are archived."""
    return {
        segment.name: Segment(
            segment.name,
            segment.entry.name or segment.name,
            segment.entry.rule,
            predicates.get(segment.name),
            tuple(kind for kind in ("audience", "tag") if kind in (segment.entry.publish or ())),
            segment.entry.description,
            segment.entry.owner,
            segment.entry.status,
            segment.entry.renamed_from,
            segment.span,
        )
        for segment in declared.segments
        if segment.name in predicates or segment.entry.status == "archived"
    }
