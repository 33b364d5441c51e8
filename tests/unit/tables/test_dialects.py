"""The statements that read a table are statements in each dialect, and no name or value breaks out of its quotes."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot.optimizer.scope import traverse_scope

from intercom_iac.compilers.sql import DIALECTS
from intercom_iac.engines import SqlEngine
from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.tables import FORMS, ColumnMapping, Relation, SourceColumn, TableColumn
from intercom_iac.tables.mapping.columns import map_columns
from intercom_iac.tables.shapes.finding import first_readings
from intercom_iac.tables.shapes.known import SHAPES
from intercom_iac.tables.staging.statement import staged_sql
from support.shared_duckdb import empty_duckdb
from support.tables import query_source

# An option that would end a text of any dialect, and a column that would end a name.
NASTY = """it's \\' "x" `y` -- /* {0} \n"""


def statement(dialect: str, type_: DataType, shape: str | None) -> str:
    """The statement for a table with a key and a column."""
    schema = Schema(
        attributes={"a": Attribute(model="contact", name="a", type=type_, options=("free", NASTY))},
        events={},
        segments={},
    )
    of_dialect, forms = DIALECTS[dialect], FORMS[dialect]
    column = of_dialect.identifier(NASTY.strip())
    relation = Relation(
        rows=of_dialect.identifier("the people"),
        number="n",
        columns=(
            SourceColumn(name="external_id", expression="external_id", kind="text"),
            SourceColumn(name=NASTY, expression=column, kind="text"),
        ),
    )
    source = query_source("", columns={NASTY: ColumnMapping("a", shape)})
    mapped, _ = map_columns(relation.columns, source, schema)
    assert mapped is not None
    with empty_duckdb() as engine:
        # The shape is named: the engine is not asked.
        readings = first_readings(_Quoting(engine, dialect), relation, mapped.properties, forms)
    columns = (TableColumn(name=NASTY, field=mapped.properties[0].field, column="p0"),)
    return staged_sql(relation, mapped, columns, readings, "contact", of_dialect, forms, future=2_000_000_000)


class _Quoting:
    """An engine of another dialect, which is not asked for anything."""

    def __init__(self, engine: SqlEngine, dialect: str) -> None:
        self.stage = ""
        self.dialect = DIALECTS[dialect]
        self.execute = engine.execute
        self.rows = engine.rows


CASES = [
    *((type_, shape) for type_, shapes in SHAPES.items() for shape in shapes),
    (DataType.STRING, None),
    (DataType.OPTIONS, None),
]


@pytest.mark.parametrize("dialect", FORMS)
def test_statements_are_read_by_each_dialect(dialect: str) -> None:
    for type_, shape in CASES:
        for written in FORMS[dialect].create:
            text = written.format("people", statement(dialect, type_, shape))
            (parsed,) = sqlglot.parse(text, dialect=dialect)
            assert parsed is not None
            tables = {
                table.name
                for scope in traverse_scope(parsed.find(sqlglot.exp.Select) or parsed)
                for table in scope.tables
            }
            assert tables <= {"the people", "THE PEOPLE"}
