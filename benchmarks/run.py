"""Runs every benchmark of this folder, each in a process of its own, and prints at the end the table of the README.

    python benchmarks/run.py [--write] [NAME...]

With names, only those files are run (`startup.py`). `--write` puts what was measured into the tables of the README
and of docs/performance.md after each of them. Exits with 1 where a benchmark failed; the others are run all the same.
A goal that is missed is named, and is no failure: machines differ.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import read_measurements, rows_environment
from table import TABLE, fill_tables, table

HERE = Path(__file__).parent
# The pages whose tables `--write` fills.
PAGES = (HERE.parent / "README.md", HERE.parent / "docs" / "performance.md")


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("names", nargs="*", metavar="NAME")
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    names: list[str] = options.names or [*TABLE]
    if unknown := [name for name in names if name not in TABLE]:
        arguments.error(f"no benchmark of the table: {', '.join(unknown)}; there are {', '.join(TABLE)}")
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        for name in names:
            # Start-up is measured with compiled bytecode, as an installed program has it.
            finished = subprocess.run(
                [sys.executable, str(HERE / name)], check=False, env=rows_environment(path)
            )
            failed += [name] if finished.returncode else []
            found = read_measurements(path)
            for page in PAGES if options.write else ():
                page.write_text(fill_tables(page.read_text("utf-8"), found), "utf-8")
        print(table(read_measurements(path), [row for name in names for row in TABLE[name]]), end="")
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
