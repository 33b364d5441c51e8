"""The vocabulary: what specs declare, what a workspace holds, what a rule means.

Imports only `diagnostics`.
"""

from .address import MODELS, Address, ModelName, attribute_address, event_address, segment_address
from .capabilities import CAPABILITIES, Capability, Kind
from .days import day_start, passing_days
from .evaluate import Person, evaluate, evaluator, event_key
from .fields import Attribute, DataType, Field, Labels, Status
from .hosts import LOOPBACK, REGIONS, host_of, trusted_host, usable_address
from .normal import normal
from .predicate import (
    Predicate,
    children,
    events_of,
    fields_of,
    reads_days,
    reads_tags,
    requires,
    segments_of,
    walk,
)
from .registrar import is_registrar
from .remembering import made_once
from .schema import Elsewhere, Event, MetadataKey, Schema, Segment
from .snapshot import AudiencePredicate, Identity, LiveAttribute, LiveAudience, LiveSegment, Snapshot
from .standard import STANDARD, StandardAttribute
from .text import any_matches, fold, matches
from .value_text import brief_text, item_text, value_text

__all__ = [
    "CAPABILITIES",
    "LOOPBACK",
    "MODELS",
    "REGIONS",
    "STANDARD",
    "Address",
    "Attribute",
    "AudiencePredicate",
    "Capability",
    "DataType",
    "Elsewhere",
    "Event",
    "Field",
    "Identity",
    "Kind",
    "Labels",
    "LiveAttribute",
    "LiveAudience",
    "LiveSegment",
    "MetadataKey",
    "ModelName",
    "Person",
    "Predicate",
    "Schema",
    "Segment",
    "Snapshot",
    "StandardAttribute",
    "Status",
    "any_matches",
    "attribute_address",
    "brief_text",
    "children",
    "day_start",
    "evaluate",
    "evaluator",
    "event_address",
    "event_key",
    "events_of",
    "fields_of",
    "fold",
    "host_of",
    "is_registrar",
    "item_text",
    "made_once",
    "matches",
    "normal",
    "passing_days",
    "reads_days",
    "reads_tags",
    "requires",
    "segment_address",
    "segments_of",
    "trusted_host",
    "usable_address",
    "value_text",
    "walk",
]
