"""A column's value as what Intercom is sent, and when that is certainly right: expressions of SQL."""

from __future__ import annotations

from intercom_iac.compilers.sql import Dialect
from intercom_iac.model import DataType
from intercom_iac.model.limits import MAX_TEXT_LENGTH
from intercom_iac.model.payload import PayloadField
from intercom_iac.model.payload.values import EARLIEST_SECOND, LATEST_SECOND

from ..forms import FORMS, TableForms
from ..sources.columns import EXACT_WHOLE, SourceColumn, ValueKind

_GREATEST = "1.7976931348623157e308"
_NOTHING = "cast(null as {0})"


def value_sql(column: SourceColumn, given: str, field: PayloadField, forms: TableForms) -> str:
    """What is sent of a cell that has a value of the field's type; null where it is empty, or of another type.
    `given` is the expression of `given_sql`, or a name for it."""
    type_ = field.type
    if column.kind == "json":
        return _json_value(given, type_)
    if type_.is_text:
        if column.kind in ("text", "integer"):
            return forms.text.format(given)
        return _NOTHING.format(forms.texts)
    if type_ is DataType.BOOLEAN:
        return given if column.kind == "boolean" else _NOTHING.format("boolean")
    if type_ is DataType.FLOAT:
        is_number = column.kind in ("integer", "decimal", "double")
        return forms.double.format(given) if is_number else _NOTHING.format(forms.double_type)
    if type_ is DataType.DATE and column.kind == "date":
        return f"cast({forms.days.format(given)} as {forms.long}) * 86400"
    if type_ is DataType.DATE and column.kind == "moment":
        return forms.seconds.format(given)
    if column.kind == "integer":
        return forms.integer.format(given)
    if column.kind in ("decimal", "double"):
        return whole_sql(given, column.kind, forms)
    return _NOTHING.format(forms.long)


def whole_sql(number: str, kind: ValueKind, forms: TableForms) -> str:
    """The whole number that a decimal or a double is, null where it is none; of a double also where its neighbours
    are further than one away, since what was meant is not known."""
    conditions = [f"{number} = {forms.floor.format(number)}"]
    conditions += [f"abs({number}) < {EXACT_WHOLE}"] if kind == "double" else []
    return f"case when {' and '.join(conditions)} then {forms.integer.format(number)} end"


def _json_value(given: str, type_: DataType) -> str:
    """The same of a value that has a type of its own, in the only engine that reads JSON."""
    text = f"({given} ->> '$')"
    if type_.is_text:
        return f"case when json_type({given}) = 'VARCHAR' then {text} end"
    if type_ is DataType.BOOLEAN:
        return f"case when json_type({given}) = 'BOOLEAN' then try_cast({text} as boolean) end"
    number = f"try_cast({text} as double)"
    if type_ is not DataType.FLOAT:
        exact = f"when json_type({given}) in ('BIGINT', 'UBIGINT') then try_cast({text} as bigint)"
        number = f"case {exact} else {whole_sql(number, 'double', FORMS['duckdb'])} end"
    return f"case when json_type({given}) in ('BIGINT', 'UBIGINT', 'DOUBLE') then {number} end"


def right_sql(value: str, field: PayloadField, forms: TableForms, dialect: Dialect, *, future: int) -> str:
    """The condition that holds for no value in which the judge of payloads finds a mistake; it is never null.
    `future` is the first second of tomorrow."""
    match field.type:
        case DataType.BOOLEAN:
            return f"{value} is not null"
        case DataType.INTEGER:
            return f"{value} is not null"
        case DataType.FLOAT:
            return f"coalesce({value} between -{_GREATEST} and {_GREATEST}, false)"
        case DataType.DATE:
            last = LATEST_SECOND if field.custom else min(LATEST_SECOND, future - 1)
            return f"coalesce({value} between {EARLIEST_SECOND} and {last}, false)"
        case DataType.OPTIONS if not field.open_options:
            options = ", ".join(map(dialect.text, field.options)) or "null"
            return f"coalesce({value} in ({options}), false)"
        case _:
            most = field.max_length or MAX_TEXT_LENGTH
            return f"coalesce({forms.length.format(value)} <= {most}, false)"
