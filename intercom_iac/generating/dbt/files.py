"""Segments as the files of a dbt project's `models`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from intercom_iac.compilers.sql import Dialect
from intercom_iac.model import Schema, Segment

from ..generated_file import GeneratedFile
from .models import model_text
from .names import model_names
from .properties import properties_text


def dbt_files(
    schema: Schema, segments: Sequence[Segment], dialect: Dialect, zone: tzinfo
) -> tuple[GeneratedFile, ...]:
    """A model a segment, and `schema.yml`.

    Raises `InvalidSpecs` for segments whose models would have one name, and `UndecidedRule` for one that only
    Intercom can decide.
    """
    names = model_names(segments)
    models = [
        GeneratedFile(path=f"{names[segment.key]}.sql", text=model_text(segment, dialect, zone))
        for segment in segments
    ]
    properties = properties_text(schema, segments, names, dialect)
    return (*models, GeneratedFile(path="schema.yml", text=properties))
