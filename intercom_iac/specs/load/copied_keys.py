"""The keys of an entry that the model has under the same name, with the same value."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any

from intercom_iac.yaml.shapes import Shape, fields_of


def copied_keys(model: type[Any], entry: Shape, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Every field of a dataclass of `model` that the entry has too, but for those in `without`, which are converted.

    So that a key that is added to both needs no line here.
    """
    return {name: getattr(entry, name) for name in _shared_names(model, type(entry), without)}


@cache
def _shared_names(model: type[Any], shape: type[Shape], without: tuple[str, ...]) -> tuple[str, ...]:
    keys = fields_of(shape).keys() - set(without)
    return tuple(field.name for field in fields(model) if field.name in keys)
