"""The rows that differ from what was acknowledged, in a warmed Spark: our statement against one written by hand.

    python benchmarks/spark.py [--rows N] [--rounds N]

It runs in the environment of `make spark`. Both statements read the same table and the same cache, and count what
they find.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from measuring import own_peak, report

PYTHON = Path(__file__).parents[1] / ".venv-spark" / "bin" / "python"
NOW = 1_774_742_400
TABLE = """create table accepted using parquet as select id + 1 as row, 'user-' || id as key,
    'plan-' || id % 5 as p0, id % 1000 as p1, md5('user-' || id) as fingerprint from range({rows})"""
KNOWN = f"""create table known using parquet as
    select key, case when row % 100 = 0 then 'other' else fingerprint end as fingerprint,
    'id-' || key as live_id, {NOW} as compared_at, cast(null as bigint) as written_at from accepted"""
BY_HAND = f"""select a.row, a.key, a.p0, a.p1, a.fingerprint, k.live_id
    from accepted a left join known k on k.key = a.key
    where k.fingerprint is null or k.fingerprint <> a.fingerprint or k.live_id is null or k.compared_at < {NOW - 1}"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    if find_spec("pyspark") is None:
        if not PYTHON.exists():
            print("comparing in Spark: not measured, `make spark` installs it")
            return
        subprocess.run([PYTHON, *sys.argv], check=True)
        return
    measure(options.rows, options.rounds)


def measure(rows: int, rounds: int) -> None:
    from intercom_iac.engines import open_spark
    from intercom_iac.syncing.planner.comparison import changed_rows

    with open_spark() as spark:
        spark.execute(TABLE.format(rows=rows))
        spark.execute(KNOWN)
        ours = changed_rows(
            spark.dialect,
            table="accepted",
            known="known",
            key_name="external_id",
            columns=["p0", "p1"],
            trusted_since=NOW - 1,
            mode="update_only",
        )
        seconds: dict[str, list[float]] = {ours: [], BY_HAND: []}
        for turn in range(rounds + 2):
            for statement, taken in seconds.items():
                begun = time.perf_counter()
                [(found,)] = spark.rows(f"select count(*) from ({statement})")
                assert found == rows // 100, found
                if turn > 1:  # Spark is warm by then
                    taken.append(time.perf_counter() - begun)
    pairs = zip(seconds[ours], seconds[BY_HAND], strict=True)
    # Of this process; Spark's memory is the setting of its JVM.
    report("spark", ratios=[one / other for one, other in pairs], memory=own_peak())


if __name__ == "__main__":
    main()
