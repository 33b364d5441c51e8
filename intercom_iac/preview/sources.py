"""Where people are, apart from files on this machine: Parquet that Spark reads, a PostgreSQL database."""

from __future__ import annotations

from dataclasses import field

from intercom_iac.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class SparkFiles:
    """Parquet in the relational model of docs/rules.md: files, folders, globs or addresses that Spark reads."""

    contacts: str
    companies: str | None = None
    events: str | None = None


@dataclass(frozen=True, slots=True)
class PostgresTables:
    """The tables or views of the relational model in a PostgreSQL database.

    `address` is never shown; `variable` is the environment variable that it came from. `schema` holds the tables, the
    search path leads to them for None.
    """

    address: str = field(repr=False)
    variable: str
    schema: str | None = None
