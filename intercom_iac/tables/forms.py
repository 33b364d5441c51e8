"""What reading a table needs of each SQL dialect, spelled by it: casts that fail as null, patterns, days, tables.

Beside `compilers.sql.Dialect`, which quotes names and texts. Each form is said here and nowhere derived; DuckDB and
Spark are judged by running them, Snowflake and BigQuery are those of their manuals.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from intercom_iac.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForms:
    """The forms of one dialect; `{0}` and `{1}` are expressions, where nothing else is said.

    `integer`, `double`, `day` and `decimal` are null for what they cannot read. `matches` holds where a whole text
    has a pattern of characters, sets and counts alone, `{1}`, which is a literal. `part` is part number `{2}` of a
    text between the signs `{1}`, from 1. `days` counts from 1970 to a date, `seconds` to a moment, rounded down.
    `digest` is the MD5 of a text in hexadecimal. `create` makes a table of a query, `view` gives one a name.
    """

    text: str
    integer: str
    double: str
    floor: str
    matches: str
    part: str
    length: str
    day: str
    days: str
    seconds: str
    digest: str
    describe: str
    create: tuple[str, ...]
    view: str
    long: str
    texts: str
    double_type: str


_TABLE = ("create or replace table {0} as {1}",)

FORMS: Mapping[str, TableForms] = MappingProxyType(
    {
        "duckdb": TableForms(
            text="cast({0} as varchar)",
            integer="try_cast({0} as bigint)",
            double="try_cast({0} as double)",
            floor="floor({0})",
            matches="regexp_full_match({0}, {1})",
            part="split_part({0}, {1}, {2})",
            length="length({0})",
            day="try_cast({0} as date)",
            days="({0} - date '1970-01-01')",
            seconds="cast(floor(epoch_us({0}) / 1000000) as bigint)",
            digest="md5({0})",
            describe="describe {0}",
            create=_TABLE,
            view="create or replace view {0} as {1}",
            long="bigint",
            texts="varchar",
            double_type="double",
        ),
        "spark": TableForms(
            text="cast({0} as string)",
            integer="try_cast({0} as bigint)",
            double="try_cast({0} as double)",
            floor="floor({0})",
            matches="regexp_like({0}, concat('^(', {1}, ')\\\\z'))",  # `$` would let a line end follow
            part="split_part({0}, {1}, {2})",
            length="length({0})",
            day="try_cast({0} as date)",
            days="datediff({0}, date '1970-01-01')",
            seconds="unix_seconds(cast({0} as timestamp))",
            digest="md5({0})",
            describe="describe query {0}",
            create=("drop table if exists {0}", "create table {0} using parquet as {1}"),
            view="create or replace temporary view {0} as {1}",
            long="bigint",
            texts="string",
            double_type="double",
        ),
        "snowflake": TableForms(
            text="cast({0} as varchar)",
            integer="try_cast(cast({0} as varchar) as bigint)",
            double="try_cast(cast({0} as varchar) as double)",
            floor="floor({0})",
            matches="regexp_like({0}, {1})",
            part="split_part({0}, {1}, {2})",
            length="length({0})",
            day="try_to_date({0}, 'YYYY-MM-DD')",
            days="datediff('day', date '1970-01-01', {0})",
            seconds="date_part('epoch_second', {0})",
            digest="md5({0})",
            describe="describe result last_query_id()",
            create=_TABLE,
            view="create or replace view {0} as {1}",
            long="bigint",
            texts="varchar",
            double_type="double",
        ),
        "bigquery": TableForms(
            text="cast({0} as string)",
            integer="safe_cast({0} as int64)",
            double="safe_cast({0} as float64)",
            floor="floor({0})",
            matches="regexp_contains({0}, concat('^(', {1}, ')$'))",
            part="split({0}, {1})[safe_ordinal({2})]",
            length="char_length({0})",
            day="safe_cast({0} as date)",
            days="unix_date({0})",
            seconds="unix_seconds(timestamp({0}))",
            digest="to_hex(md5({0}))",
            describe="describe {0}",
            create=_TABLE,
            view="create or replace view {0} as {1}",
            long="int64",
            texts="string",
            double_type="float64",
        ),
    }
)
