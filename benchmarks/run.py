"""Runs every benchmark of this folder, each in a process of its own, prints its ratios, and at the end all of them as
the table of the README. One that fails stops none of the others; the exit code is 1 then.

    python benchmarks/run.py [NAME...]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import read_rows, rows_environment, table

HERE = Path(__file__).parent
ORDER = (
    "startup.py",
    "loading.py",
    "splicing.py",
    "generated.py",
    "planning.py",
    "large_projects.py",
    "mistakes.py",
    "rules.py",
    "reading_rules.py",
    "repairs.py",
    "proofs.py",
    "preview.py",
    "many_rules.py",
    "evaluation.py",
    "people_in_lines.py",
    "payloads.py",
    "parquet.py",
    "calls.py",
    "surveying.py",
    "throughput.py",
    "serving.py",
    "applying.py",
    "sync.py",
    "spark.py",
    "curves.py",
)


def main() -> None:
    names = sys.argv[1:] or ORDER
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        failed: list[str] = []
        for name in names:
            # Start-up is measured with compiled bytecode, as an installed program has it.
            finished = subprocess.run([sys.executable, str(HERE / name)], env=rows_environment(path))
            if finished.returncode:
                print(f"  {name} ended with {finished.returncode}", flush=True)
                failed.append(name)
        print(table(read_rows(path)))
    if failed:
        print("failed: " + ", ".join(failed))
        sys.exit(1)


if __name__ == "__main__":
    main()
