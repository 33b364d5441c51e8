"""The fingerprint of a row: one digest in every engine, over the canonical text of its values.

Texts are written with their length, so that no two rows are written alike; whole numbers and booleans have one text
in every engine. Of a fraction every engine takes the same exact steps: its whole part, and three times the next 30
bits. One that has more bits than these has no fingerprint, and so has its row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence

from intercom_iac.model import DataType

from ..forms import TableForms
from ..source import NullMeaning
from ..table import TableColumn

_STEP = 2**30
_STEPS = 3
_WHOLE = 2**53
"""From here on every double is a whole number."""


def fingerprint_sql(columns: Sequence[TableColumn], forms: TableForms) -> str:
    """The expression over the columns `p0`, `p1`, ...; null where the row is to be compared in full."""
    parts = [
        f"case when {column.column} is null then '' else {_canonical(column, forms)} end"
        for column in columns
    ]
    return forms.digest.format(" || ',' || ".join(parts) or "''")


def shape_digest(record: str, key_name: str, columns: Iterable[TableColumn], null: NullMeaning) -> str:
    """Changes with whatever fingerprints rest on."""
    properties = [
        [column.field.owner, column.field.custom, column.field.name, column.field.type] for column in columns
    ]
    text = json.dumps([1, record, key_name, null, properties])
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(column: TableColumn, forms: TableForms) -> str:
    value = column.column
    match column.field.type:
        case DataType.BOOLEAN:
            return f"case when {value} then '1' else '0' end"
        case DataType.INTEGER | DataType.DATE:
            return forms.text.format(value)
        case DataType.FLOAT:
            return _fraction(value, forms)
        case _:
            return f"{forms.text.format(forms.length.format(value))} || ':' || {value}"


def _fraction(value: str, forms: TableForms) -> str:
    # Of the number without its sign, whose whole part is taken away without a rest.
    size = f"abs({value})"
    whole = forms.floor.format(size)
    rest = f"({size} - {whole})"
    parts = [_integer_text(whole, forms)]
    for _ in range(_STEPS):
        scaled = f"({rest} * {_STEP})"
        taken = forms.floor.format(scaled)
        parts.append(_integer_text(taken, forms))
        rest = f"({scaled} - {taken})"
    sign = f"case when {value} < 0 then '-' else '' end || "
    exact = " || '.' || ".join(parts)
    return (
        f"case when {size} < {_WHOLE} and {size} = {whole} then {sign}{parts[0]} "
        f"when {size} < {_WHOLE} and {rest} = 0 then {sign}{exact} end"
    )


def _integer_text(value: str, forms: TableForms) -> str:
    return forms.text.format(f"cast({value} as {forms.long})")
