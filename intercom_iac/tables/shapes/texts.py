"""A cell of a column, and the text of it that is read: expressions of SQL."""

from __future__ import annotations

from intercom_iac.model.payload import PayloadField

from ..forms import TableForms
from ..sources.columns import SourceColumn

_PAST_INTEGERS = "9.223372036854775808e18"
"""The least fraction that is too large for 64 bits: Spark casts it to the largest integer."""


def given_sql(column: SourceColumn, field: PayloadField) -> str:
    """The cell; null where it is empty. A blank text is a value to none but a text, and to that where the source
    tells it from nothing."""
    if column.kind == "text" and (column.may_be_blank or not field.type.is_text):
        return f"nullif({column.expression}, '')"
    return column.expression


def reading_text(column: SourceColumn, given: str, forms: TableForms) -> str:
    """The text that is read of a cell: a whole number as its digits, of any other none."""
    is_text = column.kind == "text"
    return f"trim({given})" if is_text else forms.text.format(whole_number(column, given, forms))


def whole_number(column: SourceColumn, given: str, forms: TableForms) -> str:
    """The integer that a cell of numbers is; null where it has a fraction, or is too large."""
    integer = forms.integer.format(given)
    if column.kind == "integer":
        return integer
    is_whole = f"{given} = {forms.floor.format(given)}"
    if column.kind == "double":
        is_whole += f" and {given} < {_PAST_INTEGERS}"
    return f"case when {is_whole} then {integer} end"
