"""A cell of a column, and the text of it that is read: expressions of SQL."""

from __future__ import annotations

from intercom_iac.model.payload import PayloadField

from ..forms import TableForms
from ..sources.columns import SourceColumn


def given_sql(column: SourceColumn, field: PayloadField) -> str:
    """The cell; null where it is empty. A blank text is a value to none but a text, and to that where the source
    tells it from nothing."""
    if column.kind == "text" and (column.may_be_blank or not field.type.is_text):
        return f"nullif({column.expression}, '')"
    return column.expression


def reading_text(column: SourceColumn, given: str, forms: TableForms) -> str:
    """The text that is read of a cell: a number as its digits, and one that is not whole as it is."""
    if column.kind == "text":
        return f"trim({given})"
    if column.kind == "integer":
        return forms.text.format(given)
    whole = forms.text.format(forms.integer.format(given))
    return f"case when {given} = {forms.floor.format(given)} then {whole} else {forms.text.format(given)} end"
