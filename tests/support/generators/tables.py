"""Tables of any values: specs, and a query of DuckDB with a column for each attribute."""

from __future__ import annotations

from hypothesis import strategies as st

from intercom_iac.model import Attribute, DataType, Schema

from .records import SCALARS
from .schemas import WORDS

TYPES = [*DataType]
# Types of columns in DuckDB, with a cast of any value to them, null where there is none.
COLUMN_TYPES = (
    "varchar",
    "bigint",
    "hugeint",
    "double",
    "decimal(30, 3)",
    "boolean",
    "date",
    "timestamp",
    "uuid",
    "float",
)
TEXTS = st.sampled_from([str(value) for value in SCALARS if value is not None] + WORDS) | st.text(
    max_size=300
)
CELLS = st.none() | TEXTS | st.integers(-(2**70), 2**70).map(str) | st.floats().map(repr)


@st.composite
def table_schemas(draw: st.DrawFn) -> Schema:
    attributes = [
        Attribute(
            model="contact",
            name=f"a{at}{draw(st.sampled_from(['', '_at', '_date', ' x', '`']))}",
            type=type_,
            options=("free", "it's", "İ") if type_ is DataType.OPTIONS else (),
            open_options=draw(st.booleans()) and type_ is DataType.OPTIONS,
            status=draw(st.sampled_from(["active", "deprecated"])),
        )
        for at, type_ in enumerate(draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=5)))
    ]
    return Schema(
        attributes={attribute.address: attribute for attribute in attributes}, events={}, segments={}
    )


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\0", "") + "'"


@st.composite
def tables(draw: st.DrawFn) -> tuple[Schema, str]:
    """A schema, and a query of rows with a column for each of its attributes."""
    schema = draw(table_schemas())
    return schema, draw(table_queries(schema))


@st.composite
def table_queries(draw: st.DrawFn, schema: Schema, types: tuple[str, ...] = COLUMN_TYPES) -> str:
    """A query of rows with a column of one of the types for each attribute."""
    names = [attribute.name for attribute in schema.attributes.values()]
    chosen = [draw(st.sampled_from(types)) for _ in names]
    rows: list[str] = []
    for at in range(draw(st.integers(1, 8))):
        cells = [draw(CELLS) for _ in names]
        values = [
            f"try_cast({'null' if cell is None else quoted(cell)} as {type_})"
            for cell, type_ in zip(cells, chosen, strict=True)
        ]
        key = draw(st.sampled_from(["null", "''", f"'u{at}'", f"'u{at}'", "'same'"]))
        rows.append(f"({', '.join([key, *values])})")
    columns = ", ".join(f'"{name}"' for name in names)
    return f"select * from (values {', '.join(rows)}) as given (external_id, {columns})"
