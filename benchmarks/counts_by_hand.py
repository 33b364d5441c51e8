"""Asks the queries of a file, one after the other, over people in Parquet: the floor of what counts them.

    python benchmarks/counts_by_hand.py FOLDER QUERIES

FOLDER has contacts.parquet and companies.parquet, and the queries stand apart by a semicolon that ends a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb


def main() -> None:
    folder, queries = Path(sys.argv[1]), Path(sys.argv[2]).read_text()
    with duckdb.connect() as connection:
        for table in ("contacts", "companies"):
            connection.execute(f"create view {table} as from read_parquet('{folder}/{table}.parquet')")
        connection.execute(
            "create view contact_companies as "
            "select id as contact_id, unnest(company_ids) as company_id from contacts"
        )
        for query in queries.split(";\n"):
            print(*connection.execute(query).fetchall()[0])


if __name__ == "__main__":
    main()
