"""The statement that reads a source once: keys, values, which rows are certainly right, fingerprints."""

from __future__ import annotations

from collections.abc import Sequence

from intercom_iac.compilers.sql import Dialect
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.limits import MAX_METADATA_KEYS
from intercom_iac.model.payload import PayloadField, RecordShape

from ..forms import TableForms
from ..mapping.mapped import Mapped
from ..shapes.known import Writer
from ..shapes.readings import Reading
from ..shapes.texts import given_sql, reading_text
from ..source import TableRecord, TableSource
from ..sources.columns import Relation, SourceColumn
from ..table import TableColumn
from .fingerprints import fingerprint_sql
from .key_values import key_is_right_sql, key_sql
from .values import right_sql, value_sql


@dataclass(frozen=True, slots=True, kw_only=True)
class StagingTables:
    """The tables of one source in an engine."""

    staged: str
    passed: str
    duplicates: str
    accepted: str

    @classmethod
    def for_source(cls, source: TableSource) -> StagingTables:
        """Names of letters alone, which need no quotes, with what the source holds in them."""
        stem = f"sync_{source.record}"
        return cls(
            staged=f"{stem}_staged",
            passed=f"{stem}_passed",
            duplicates=f"{stem}_duplicates",
            accepted=f"{stem}_accepted",
        )


def staged_sql(
    relation: Relation,
    mapped: Mapped,
    columns: Sequence[TableColumn],
    readings: Sequence[Reading | None],
    record: TableRecord,
    dialect: Dialect,
    forms: TableForms,
    *,
    future: int,
) -> str:
    """A row for each of the source: `row`, `key`, the values `p0`..., `certain`, `fingerprint`, and for a row that
    is not certain its cells as they are, `r0`...."""
    cells = [
        f"{given_sql(property_.column, property_.field)} as g{at}"
        for at, property_ in enumerate(mapped.properties)
    ]
    key = key_sql(mapped.key, mapped.key_name, forms)
    row = dialect.identifier("row")
    read = (
        f"select {', '.join([f'{relation.number} as {row}', f'{key} as key', *cells])} from {relation.rows}"
    )
    writer = Writer(forms=forms, dialect=dialect)
    pairs = list(enumerate(zip(mapped.properties, readings, strict=True)))
    texts = [
        f"{reading_text(property_.column, f'g{at}', forms)} as t{at}"
        for at, (property_, reading) in pairs
        if reading is not None
    ]
    read = f"select {', '.join(['*', *texts])} from ({read}) as given" if texts else read
    values: list[str] = []
    for at, (property_, reading) in pairs:
        cell, text = f"g{at}", f"t{at}"
        value = (
            value_sql(property_.column, cell, property_.field, forms)
            if reading is None
            else reading.value(text, writer)
        )
        values.append(f"{value} as p{at}")
    valued = f"select {', '.join(['*', *values])} from ({read}) as texts"
    right = " and ".join(
        [
            key_is_right_sql("key", mapped.key_name, forms, dialect),
            *_conditions(mapped, columns, record, dialect, forms, future),
        ]
    )
    fingerprint = fingerprint_sql(columns, forms)
    judged = f"select *, ({right}) as certain, {fingerprint} as fingerprint from ({valued}) as valued"
    kept = [column.column for column in columns]
    raw = [
        f"case when certain then null else {_cell_sql(property_.column, f'g{at}', forms)} end as r{at}"
        for at, (property_, _) in pairs
    ]
    return (
        f"select {', '.join([row, 'key', *kept, 'certain', 'fingerprint', *raw])} from ({judged}) as judged"
    )


def _cell_sql(column: SourceColumn, given: str, forms: TableForms) -> str:
    """A cell as it is handed over: of days and moments the text, which needs no time zone to be read."""
    return forms.text.format(given) if column.kind in ("date", "moment") else given


def _conditions(
    mapped: Mapped,
    columns: Sequence[TableColumn],
    record: TableRecord,
    dialect: Dialect,
    forms: TableForms,
    future: int,
) -> list[str]:
    if record != "event":
        return [_is_right(at, column.field, dialect, forms, future) for at, column in enumerate(columns)]
    name = next(
        column.column for column in columns if column.field.name == "event_name" and not column.field.custom
    )
    branches = [
        f"when {dialect.text(event)} then {_event_condition(shape, columns, dialect, forms, future)}"
        for event, shape in mapped.shapes.items()
        if shape.event is not None and shape.event.status == "active"
    ]
    return [f"case {name} {' '.join(branches)} else false end" if branches else "false"]


def _event_condition(
    shape: RecordShape, columns: Sequence[TableColumn], dialect: Dialect, forms: TableForms, future: int
) -> str:
    conditions: list[str] = []
    of_shape: list[int] = []
    for at, column in enumerate(columns):
        field = shape.nested.get(column.field.name) if column.field.custom else column.field
        if field is None:
            conditions.append(f"g{at} is null")
            continue
        if field.custom:
            of_shape.append(at)
        conditions.append(_is_right(at, field, dialect, forms, future))
        if field.required:
            conditions.append(f"g{at} is not null")
    held = {column.field.name for column in columns if column.field.custom}
    if any(field.required and name not in held for name, field in shape.nested.items()):
        return "false"
    if len(of_shape) > MAX_METADATA_KEYS:
        counted = " + ".join(f"case when g{at} is null then 0 else 1 end" for at in of_shape)
        conditions.append(f"{counted} <= {MAX_METADATA_KEYS}")
    return f"({' and '.join(conditions)})"


def _is_right(at: int, field: PayloadField, dialect: Dialect, forms: TableForms, future: int) -> str:
    return f"(g{at} is null or {right_sql(f'p{at}', field, forms, dialect, future=future)})"
