"""What the shapes of all files have in common: pydantic models whose keys are those of a YAML mapping."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

SPEC_VERSION = 1


class Shape(BaseModel):
    """What every mapping of ours has in common: no unknown keys, and no value is turned into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def keys_of(model: Any) -> dict[str, FieldInfo]:
    """The keys a mapping of this type may have, as they are written; none where the type is no model."""
    fields: dict[str, FieldInfo] = getattr(model, "model_fields", {})
    return {field.alias or name: field for name, field in fields.items()}
