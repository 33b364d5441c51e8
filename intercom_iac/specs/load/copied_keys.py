"""The keys of an entry that the model has under the same name, with the same value."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from intercom_iac.yaml.shapes import Shape, fields_of


def copied_keys(model: type[Any], entry: Shape, *, without: Collection[str] = ()) -> dict[str, Any]:
    """Every field of a dataclass of `model` that the entry has too, but for those in `without`, which are converted.

    So that a key that is added to both needs no line here.
    """
    keys = fields_of(type(entry)).keys() - set(without)
    return {field.name: getattr(entry, field.name) for field in fields(model) if field.name in keys}
