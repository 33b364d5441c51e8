"""The vocabulary: what specs declare, what a workspace holds, what a rule says.

Imports `text` and `diagnostics`.
"""

from .address import MODELS, Address, ModelName, attribute_address, event_address, segment_address
from .attribute import Attribute, DataType, Field, Labels, Replaced, Status
from .capabilities import CAPABILITIES, Capability, Kind
from .days import day_start, passing_days
from .folding import any_matches, fold, matches
from .hosts import LOOPBACK, REGIONS, host_of, trusted_host, usable_address
from .person import Person, event_key
from .predicate import (
    InIntercomSegment,
    Predicate,
    children,
    events_of,
    fields_of,
    intercom_segments_of,
    reads_days,
    reads_tags,
    requires,
    segments_of,
    walk,
)
from .registrar import NOT_REGISTRAR, is_registrar
from .sample import EventSummary, Sample, SampledEvent, SampleRequest, Survey, UnreadList
from .schema import Event, MetadataKey, OtherWorkspaces, Schema, Segment
from .snapshot import (
    AudiencePredicate,
    History,
    Identity,
    LiveAttribute,
    LiveAudience,
    LiveSegment,
    Snapshot,
)
from .standard import STANDARD, StandardAttribute

__all__ = [
    "CAPABILITIES",
    "LOOPBACK",
    "MODELS",
    "NOT_REGISTRAR",
    "REGIONS",
    "STANDARD",
    "Address",
    "Attribute",
    "AudiencePredicate",
    "Capability",
    "DataType",
    "Event",
    "EventSummary",
    "Field",
    "History",
    "Identity",
    "InIntercomSegment",
    "Kind",
    "Labels",
    "LiveAttribute",
    "LiveAudience",
    "LiveSegment",
    "MetadataKey",
    "ModelName",
    "OtherWorkspaces",
    "Person",
    "Predicate",
    "Replaced",
    "Sample",
    "SampleRequest",
    "SampledEvent",
    "Schema",
    "Segment",
    "Snapshot",
    "StandardAttribute",
    "Status",
    "Survey",
    "UnreadList",
    "any_matches",
    "attribute_address",
    "children",
    "day_start",
    "event_address",
    "event_key",
    "events_of",
    "fields_of",
    "fold",
    "host_of",
    "intercom_segments_of",
    "is_registrar",
    "matches",
    "passing_days",
    "reads_days",
    "reads_tags",
    "requires",
    "segment_address",
    "segments_of",
    "trusted_host",
    "usable_address",
    "walk",
]
