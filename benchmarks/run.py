"""Runs every benchmark of this folder, each in a process of its own, prints its ratios, and at the end all of them as
the table of the README.

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
        for name in names:
            # Start-up is measured with compiled bytecode, as an installed program has it.
            subprocess.run([sys.executable, str(HERE / name)], check=True, env=rows_environment(path))
        print(table(read_rows(path)))


if __name__ == "__main__":
    main()
