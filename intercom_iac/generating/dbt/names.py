"""Keys of segments as names of models, which are names of files and of views in a database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.model import Segment

from ..names import SpecName, name_collisions, plain_identifier

# The tables that models read. A model of that name would take the place of the table in a schema that has both.
TABLES = ("contacts", "companies", "contact_companies", "events", "contact_tags", "company_tags")
_LONGEST = 63  # bytes of a name in PostgreSQL


def model_names(segments: Iterable[Segment]) -> dict[str, str]:
    """The model of each segment, by key. Raises `InvalidSpecs` for two that are one, whatever the case."""
    names = {segment: _model_name(segment.key) for segment in segments}
    collisions = name_collisions(
        ((name.casefold(), segment) for segment, name in names.items()), _describe, "in dbt"
    )
    if collisions:
        raise InvalidSpecs(collisions)
    return {segment.key: name for segment, name in names.items()}


def _model_name(key: str) -> str:
    name = plain_identifier(key)
    if name.casefold() in TABLES:
        name += "_segment"
    if len(name.encode()) > _LONGEST:
        mark = hashlib.sha256(key.encode()).hexdigest()[:8]
        name = f"{name.encode()[: _LONGEST - 9].decode(errors='ignore')}_{mark}"
    return name


def _describe(segment: Segment) -> SpecName:
    return SpecName(
        name=segment.key,
        subject=f"the segment `{segment.key}`",
        address=segment.address,
        span=segment.span,
    )
