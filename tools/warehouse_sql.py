"""The statements of docs/scale.md that a warehouse runs: those that a sync runs in DuckDB and Spark, in its dialect.

python tools/warehouse_sql.py snowflake|bigquery
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

from intercom_iac.compilers.sql import DIALECTS
from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.syncing.planner.comparison import changed_rows
from intercom_iac.tables import FORMS, Relation, SourceColumn, TableColumn, TableSource
from intercom_iac.tables.mapping.columns import map_columns
from intercom_iac.tables.sources.columns import ValueKind
from intercom_iac.tables.staging.statement import staged_sql

# The table `people`: its columns and what they hold.
COLUMNS: Mapping[str, ValueKind] = {
    "external_id": "text",
    "plan_type": "text",
    "seats": "integer",
    "signed_up_at": "moment",
    "score": "double",
}
SCHEMA = Schema(
    {
        ("contact", attribute.name): attribute
        for attribute in (
            Attribute("contact", "plan_type", DataType.OPTIONS, options=("free", "pro")),
            Attribute("contact", "seats", DataType.INTEGER),
            Attribute("contact", "score", DataType.FLOAT),
        )
    }
)
TOMORROW, WEEK_AGO, NOW = 1_774_828_800, 1_774_137_600, 1_774_742_400
UNLOAD = {
    "snowflake": "copy into @intercom/changed/ from (\n{0}\n) "
    "file_format = (type = parquet) header = true overwrite = true",
    "bigquery": "export data options "
    "(uri = 'gs://intercom/changed/*.parquet', format = 'PARQUET', overwrite = true) as\n{0}",
}


def statements(name: str) -> dict[str, str]:
    """The statements by what they are for, in the order in which they run."""
    dialect, forms = DIALECTS[name], FORMS[name]
    source = TableSource(name="people", kind="duckdb", record="contact", query="select * from people")
    listed = tuple(
        SourceColumn(name=column, expression=dialect.identifier(column), kind=kind)
        for column, kind in COLUMNS.items()
    )
    mapped, mistakes = map_columns(listed, source, SCHEMA)
    assert mapped is not None, mistakes
    columns = tuple(
        TableColumn(name=property_.column.name, field=property_.field, column=f"p{at}")
        for at, property_ in enumerate(mapped.properties)
    )
    number = f"row_number() over (order by {dialect.identifier('external_id')})"
    relation = Relation(rows="people", number=number, columns=listed)
    readings = [None] * len(columns)
    staged = staged_sql(relation, mapped, columns, readings, "contact", dialect, forms, future=TOMORROW)
    changed = changed_rows(
        dialect,
        table="accepted",
        known="known",
        key_name="external_id",
        columns=[column.column for column in columns],
        trusted_since=WEEK_AGO,
        mode="update_only",
    )
    named = ", ".join(
        f"{dialect.identifier(column.column)} as {dialect.identifier(column.name)}" for column in columns
    )
    key = dialect.identifier("external_id")
    return {
        "the rows, held to the specs and fingerprinted": f"create or replace table staged as\n{staged}",
        "those that may be sent": (
            "create or replace view accepted as\n"
            "select * from staged where certain and key not in "
            "(select key from staged where key is not null group by key having count(*) > 1)"
        ),
        "those that differ from what was last acknowledged": f"create or replace table changed as\n{changed}",
        "out of the warehouse": UNLOAD[name].format(f"select key as {key}, {named} from changed"),
        "after the sync has ended with 0": (
            "merge into known k using changed c on k.key = c.match_key\n"
            f"when matched then update set fingerprint = c.fingerprint, compared_at = {NOW}\n"
            "when not matched then insert (key, fingerprint, live_id, compared_at, written_at) "
            f"values (c.match_key, c.fingerprint, 'acknowledged', {NOW}, null)"
        ),
    }


def main() -> None:
    for purpose, statement in statements(sys.argv[1]).items():
        print(f"-- {purpose}\n{statement};\n")


if __name__ == "__main__":
    main()
