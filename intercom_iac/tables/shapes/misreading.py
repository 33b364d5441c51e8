"""What is said of a cell that its column's shape does not read."""

from __future__ import annotations

import shlex

from intercom_iac.diagnostics.codes import sync as codes
from intercom_iac.model import DataType
from intercom_iac.model.payload import shown_name
from intercom_iac.text.lists import brief_list

from ..mapping.mapped import MappedColumn
from ..rejects.rejected import Misread
from .choices import shape_names
from .readings import Reading


def misread_value(property_: MappedColumn, reading: Reading) -> Misread:
    """What is said of a cell that is not read."""
    column, attribute = shown_name(property_.column.name), shown_name(property_.field.name)
    names = [shape.name for shape in reading.shapes]
    option = shlex.quote(f"{column}={attribute}:{names[0]}")
    naming = f"`--map {option}`, or `map` of the source, names the shape"
    counted = ", ".join(f"`{name}` ({reading.counts.get(name, 0)})" for name in names)
    if len(names) == 1 and reading.is_known:
        kind = "no whole number written so" if property_.field.type is DataType.INTEGER else "not written so"
        message = f"`{column}` is read as `{names[0]}`, and this value is {kind}"
        hint = f"write it as `{names[0]}`" if property_.shape else f"write it as the others are; {naming}"
        return Misread(code=codes.OFF_SHAPE, message=message, hint=hint)
    if len(names) == 1:
        known = brief_list(shape_names(property_), "or")
        message = f"`{column}` is written in no way that is known"
        return Misread(code=codes.OFF_SHAPE, message=message, hint=f"write it as {known}")
    if reading.fits:
        message = f"`{column}` can be read in several ways: {counted}"
        return Misread(code=codes.AMBIGUOUS_SHAPE, message=message, hint=naming)
    message = f"`{column}` is written in several ways: {counted}"
    return Misread(code=codes.MIXED_SHAPES, message=message, hint=f"write all of it alike; {naming}")
