"""Rows compared with the cache in a Spark that is warm, beside the statement that one would write by hand for it.

Run by `sync.py` with the Python of `make spark`. Both statements run in one session over the same two tables.
"""

from __future__ import annotations

import time
from statistics import median

from intercom_iac.engines import open_spark
from intercom_iac.syncing.planner.comparison import changed_rows

ROWS, ROUNDS = 2_000_000, 5
NOW = 1_790_000_000


def main() -> None:
    with open_spark() as engine:
        values = "concat('user-', id) as key, id % 3 as p0, id % 1000 as p1"
        for table, columns in (
            (
                "accepted",
                f'id as `row`, {values}, md5(concat_ws("|", id % 3, id % 1000, id % 100 = 0)) as fingerprint',
            ),
            (
                "known",
                f'{values}, md5(concat_ws("|", id % 3, id % 1000, false)) as fingerprint, md5(cast(id as string)) '
                f"as live_id, {NOW} as compared_at, cast(null as bigint) as written_at",
            ),
        ):
            engine.execute(f"create table {table} using parquet as select {columns} from range({ROWS})")
        statements = {
            "by hand": "select a.`row`, a.key, a.fingerprint, a.p0, a.p1, k.live_id from accepted a "
            "left join known k on k.key = a.key where not a.fingerprint <=> k.fingerprint",
            "this program": changed_rows(
                engine.dialect,
                table="accepted",
                known="known",
                key_name="external_id",
                columns=["p0", "p1"],
                trusted_since=NOW - 7 * 86_400,
                mode="update_only",
            ),
        }
        took: dict[str, list[float]] = {name: [] for name in statements}
        for number in range(ROUNDS + 1):
            for name, statement in statements.items():
                begin = time.perf_counter()
                engine.execute(f"create table changed using parquet as {statement}")
                seconds = time.perf_counter() - begin
                ((found,),) = engine.rows("select count(*) from changed")
                assert found == ROWS // 100, found
                engine.execute("drop table changed")
                if number:  # the first round warms Spark
                    took[name].append(seconds)
    ratio = median(a / b for a, b in zip(took["this program"], took["by hand"], strict=True))
    print(f"{ROWS:,} rows compared with the cache in Spark, 1% changed, warm, median of {ROUNDS}")
    for name, times in took.items():
        print(f"  {name:<14} {median(times):6.2f} s")
    print(f"  {ratio:4.2f}x, goal 1.05x")


if __name__ == "__main__":
    main()
