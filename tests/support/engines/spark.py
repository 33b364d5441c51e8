"""A Spark of the tests' own, on one core and the loopback, in a process that ends with its standard input."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .relational import Table

TYPES = {
    "text": "string",
    "bigint": "bigint",
    "double precision": "double",
    "boolean": "boolean",
    "json": "variant",
}
OLDEST_JAVA = 17
SESSION = Path(__file__).with_name("spark_session.py")
# An environment of its own: pyspark is half a gigabyte.
PYTHON = Path(__file__).parents[3] / ".venv-spark" / "bin" / "python"


def missing_spark() -> str | None:
    """Why no session can be started here; None where one can."""
    if not PYTHON.with_name("spark-submit").exists():
        return "pyspark is not installed: `make spark` installs it"
    java = _java()
    if java is None:
        return "Spark needs Java, and neither JAVA_HOME nor PATH has it"
    answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', answer)
    if version is None or int(version[1]) < OLDEST_JAVA:
        return f"Spark needs Java {OLDEST_JAVA} or newer, and {java} is {answer.splitlines()[:1]}"
    return None


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")


class Spark:
    """A session. What it holds of one world is gone before the next."""

    name = "spark"

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="spark-"))
        with (self.root / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [PYTHON, SESSION, self.root],
                cwd=self.root,
                env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    @contextmanager
    def loaded(self, tables: Sequence[Table]) -> Iterator[None]:
        """The tables as views, for a while."""
        for table in tables:
            self.rows(_view(table))
        try:
            yield
        finally:
            for table in tables:
                self.rows(f"drop view {table.name}")

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{json.dumps(statement)}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, (self.root / "log").read_text("utf-8", errors="replace")
        answer = json.loads(line)
        assert isinstance(answer, list), (answer, statement)
        return [tuple(row) for row in answer]

    def stop(self) -> None:
        self.process.communicate(timeout=300)
        shutil.rmtree(self.root, ignore_errors=True)


def _view(table: Table) -> str:
    """A view of literal rows. Texts are hexadecimal digits: how a text is quoted is for the judged SQL to say."""
    columns = {f"`{name.replace('`', '``')}`": TYPES[type_] for name, type_ in table.columns.items()}
    cells = ", ".join(
        f"{_cell(f'v.c{at}', type_)} as {name}" for at, (name, type_) in enumerate(columns.items())
    )
    rows = table.rows or [[None] * len(columns)]
    listed = ", ".join(f"({', '.join(map(_literal, row))})" for row in rows)
    names = ", ".join(f"c{at}" for at in range(len(columns)))
    nothing = "" if table.rows else " where false"
    return f"create temp view {table.name} as select {cells} from values {listed} as v({names}){nothing}"


def _cell(value: str, type_: str) -> str:
    return f"parse_json(cast({value} as string))" if type_ == "variant" else f"cast({value} as {type_})"


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, str):
        return f"X'{value.encode().hex()}'"
    return f"{value!r}D" if isinstance(value, float) else repr(value).lower()
