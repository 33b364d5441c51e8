"""The shapes that a column may have, by the type of its attribute and what the column holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.model import DataType
from intercom_iac.model.payload import shown_name
from intercom_iac.text import did_you_mean

from ..mapping.mapped import MappedColumn
from .known import SHAPES, Shape

_NUMERIC = ("integer", "decimal", "double")


_OF_NUMBERS: Mapping[DataType, tuple[str, ...]] = {
    DataType.DATE: ("unix", "unix ms"),
    DataType.BOOLEAN: ("1/0",),
}
"""The shapes that a column of numbers may have."""


def named_shape_mistakes(properties: Sequence[MappedColumn]) -> list[Diagnostic]:
    """What is wrong with the shapes that the settings name."""
    mistakes: list[Diagnostic] = []
    for property_ in properties:
        if property_.shape is None or property_.shape in shape_names(property_):
            continue
        column, known = shown_name(property_.column.name), shape_names(property_)
        if not known:
            message = f"the column `{column}` has no shape: its values are read as they are"
            hint = "leave the shape out"
        else:
            message = f"the column `{column}` cannot have the shape `{shown_name(property_.shape)}`"
            near = did_you_mean(property_.shape, known)
            hint = f"{near or ''} it is one of {', '.join(f'`{name}`' for name in known)}".strip()
        mistakes.append(codes.UNKNOWN_SHAPE.at(None, message, hint=hint))
    return mistakes


def shape_names(property_: MappedColumn) -> tuple[str, ...]:
    """The shapes that a column may have; none where its values speak for themselves."""
    type_, kind = property_.field.type, property_.column.kind
    if kind == "text":
        return tuple(SHAPES.get(type_, {}))
    return _OF_NUMBERS.get(type_, ()) if kind in _NUMERIC else ()


def column_shapes(property_: MappedColumn, type_: DataType) -> tuple[Shape, ...]:
    known = SHAPES.get(type_, {})
    names = shape_names(property_)
    return tuple(known[name] for name in names if property_.shape in (None, name))
