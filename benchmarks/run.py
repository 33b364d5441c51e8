"""Runs every benchmark of this folder, each in a process of its own, and prints its ratios."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ORDER = (
    "startup.py",
    "loading.py",
    "splicing.py",
    "generated.py",
    "planning.py",
    "rules.py",
    "repairs.py",
    "proofs.py",
    "preview.py",
    "payloads.py",
    "parquet.py",
    "calls.py",
    "surveying.py",
    "throughput.py",
    "sync.py",
    "spark.py",
)


def main() -> None:
    # Start-up is measured with compiled bytecode, as an installed program has it.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for name in ORDER:
        subprocess.run([sys.executable, str(HERE / name)], check=True, env=environment)


if __name__ == "__main__":
    main()
