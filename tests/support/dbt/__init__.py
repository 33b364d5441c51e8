"""dbt as a program of its own environment, and what it renders, without it."""

from __future__ import annotations

import datetime
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import duckdb
import jinja2

from intercom_iac.model import Field, Person
from support.engines import Table, tables

# An environment of its own: dbt pins many packages.
DBT = Path(__file__).parents[3] / ".venv-dbt" / "bin" / "dbt"
TABLES = ("contacts", "companies", "contact_companies", "events", "contact_tags", "company_tags")


def missing_dbt() -> str | None:
    """Why dbt cannot be run here; None where it can."""
    return None if DBT.exists() else "dbt is not installed: `make dbt` installs it"


def render(text: str, variables: Mapping[str, object], schema: str = "intercom") -> str:
    """A model as dbt renders it."""
    return (
        jinja2.Environment()
        .from_string(text)
        .render(
            source=lambda _, table: f"{schema}.{table}",
            var=lambda name, default=None: variables.get(name, default),
            modules=SimpleNamespace(datetime=datetime),
        )
    )


def load(
    database: duckdb.DuckDBPyConnection, people: list[Person], contact: list[Field], company: list[Field]
) -> None:
    """The people in the tables of the schema `intercom`."""
    database.execute("create or replace schema intercom")
    for table in tables(people, contact, company):
        in_schema = Table(f"intercom.{table.name}", table.columns, table.rows)
        database.execute(in_schema.create("json").replace("create temp table", "create table"))
        if table.rows:
            database.execute(in_schema.insert("json", "?"), table.values)


def run_dbt(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """dbt in a project whose database is `people.duckdb`; its models become views of the schema `segments`."""
    (folder / "dbt_project.yml").write_text("name: people\nversion: '1.0'\nprofile: people\n")
    (folder / "profiles.yml").write_text(
        "people:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: people.duckdb, schema: segments}\n"
    )
    # It asks nobody for a newer version of itself and tells nobody that it runs.
    options = {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "DBT_VERSION_CHECK": "false", "DO_NOT_TRACK": "1"}
    return subprocess.run(
        [DBT, "--no-use-colors", *arguments, "--profiles-dir", "."],
        cwd=folder,
        env={**os.environ, **options},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
