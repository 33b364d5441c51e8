"""The formats: how each is recognised, and what reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, get_args

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass

from . import amplitude, avo, json_schemas, mixpanel, name_tables, rudderstack, segment, snowplow
from .contents import Content
from .readings import Reading

SourceFormat = Literal[
    "segment", "segment-v1", "rudderstack", "amplitude", "avo", "snowplow", "mixpanel", "json-schema", "csv"
]
FORMATS: tuple[SourceFormat, ...] = get_args(SourceFormat)


@dataclass(frozen=True, slots=True)
class _Format:
    """`read` takes one file; `read_all` those of a format whose files refer to each other. `expects` is what a file
    has to have, for messages."""

    recognises: Callable[[Content], bool]
    expects: str
    read: Callable[[Content], Reading] | None = None
    read_all: Callable[[Sequence[Content]], Reading] | None = None


# In the order of asking: what has a mark of its own first.
_FORMATS: dict[SourceFormat, _Format] = {
    "rudderstack": _Format(
        lambda content: rudderstack.is_rudderstack(content.data),
        "`version: rudder/...` and a `kind`",
        read_all=rudderstack.read_rudderstack,
    ),
    "snowplow": _Format(
        lambda content: snowplow.is_snowplow(content.data),
        "`self` with a vendor and a name, or `apiVersion` and a `resourceType`",
        read_all=snowplow.read_snowplow,
    ),
    "segment": _Format(
        lambda content: segment.is_segment(content.data),
        "`rules`, a list of rules with a `jsonSchema` each",
        read=segment.read_segment,
    ),
    "segment-v1": _Format(
        lambda content: segment.is_older_segment(content.data),
        "`rules` with a list of `events`",
        read=segment.read_older_segment,
    ),
    "mixpanel": _Format(
        lambda content: mixpanel.is_mixpanel(content.data),
        "`entries`, a list of entries with an `entityType` each",
        read=mixpanel.read_mixpanel,
    ),
    "avo": _Format(
        lambda content: avo.is_avo(content.data),
        "`events`, a list of events with `rules` each",
        read=avo.read_avo,
    ),
    "json-schema": _Format(
        lambda content: json_schemas.is_json_schema(content.data),
        "the schema of an object, with `properties`",
        read=json_schemas.read_json_schema,
    ),
    "amplitude": _Format(
        lambda content: amplitude.is_amplitude(content.table),
        "the columns `Object Type` and `Object Name`, or `Property Type`, `Property Name` and `Property Value Type`",
        read=amplitude.read_amplitude,
    ),
    "csv": _Format(
        lambda content: name_tables.is_name_table(content.table),
        "the column `name`, beside it `model`, `type`, `description` and `options`",
        read=name_tables.read_name_table,
    ),
}


def recognise(content: Content) -> SourceFormat | None:
    """The format of a file; None where it has the mark of none."""
    return next((name for name, format_ in _FORMATS.items() if format_.recognises(content)), None)


def read_contents(contents: Sequence[tuple[SourceFormat, Content]]) -> list[Reading]:
    """What the files say: a reading for each source, in the order of its first file.

    Files of a format that refer to each other are one source. Raises `Misuse` for a file without the mark of its
    format.
    """
    readings: list[Reading] = []
    together: set[SourceFormat] = set()
    for name, content in contents:
        format_ = _FORMATS[name]
        if not format_.recognises(content):
            raise Misuse(f"`{content.path}` is not of the format `{name}`: it lacks {format_.expects}")
        if format_.read is not None:
            readings.append(format_.read(content))
        elif format_.read_all is not None and name not in together:
            together.add(name)
            readings.append(
                format_.read_all([other for format_name, other in contents if format_name == name])
            )
    return readings
