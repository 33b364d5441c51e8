"""Fills an embedded workspace with people at once, and writes the same people as the table of a team.

python3 many_people.py WORKSPACE.db COUNT         100,000 take some seconds
python3 many_people.py --upgrade COUNT            of every hundred people one has upgraded since
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from intercom_iac.sandbox import Sandbox
from intercom_iac.sandbox.storage.columns import dump_json
from intercom_iac.sandbox.storage.identifiers import object_id

PLANS = ("free", "trial", "pro")
DAY = 86_400


def add_people(path: Path, count: int) -> None:
    """Writes people `u0`, `u1`, ... straight into the tables of the workspace."""
    with Sandbox(path) as sandbox:
        begin = int(sandbox.clock()) - 400 * DAY
        with sandbox.store(writes=True) as store:
            first = store.reserve("contacts", count)
            store.run_many(
                "insert into contacts values (?, ?, 'user', ?, ?, 0, ?, ?, ?)",
                [
                    (
                        seq,
                        object_id("contact", seq),
                        f"u{number}",
                        f"u{number}@example.com",
                        begin + number,
                        begin + number,
                        dump_json(
                            {
                                "custom_attributes.plan_type": PLANS[number % 3],
                                "custom_attributes.seats": number % 50,
                            }
                        ),
                    )
                    for number, seq in enumerate(range(first, first + count))
                ],
            )


def write_tables(count: int, *, upgraded: bool) -> None:
    """Writes people.parquet, and upgrades.parquet with an event for each who upgraded."""
    plan = "['free', 'trial', 'pro'][n % 3 + 1]"
    if upgraded:
        plan = f"case when n % 100 = 0 then 'enterprise' else {plan} end"
    people = f"select 'u' || n as external_id, {plan} as plan, n % 50 as seats from range({count}) people(n)"
    events = (
        "select 'u' || n as external_id, 'upgraded' as event_name, "
        "timestamptz '2026-03-01 12:00:00+00' as created_at, 'enterprise' as \"to\" "
        f"from range(0, {count if upgraded else 0}, 100) people(n)"
    )
    duckdb.sql(f"copy ({people}) to 'people.parquet'")
    duckdb.sql(f"copy ({events}) to 'upgrades.parquet'")


if __name__ == "__main__":
    where, number = sys.argv[1], int(sys.argv[2])
    if where != "--upgrade":
        add_people(Path(where), number)
    write_tables(number, upgraded=where == "--upgrade")
