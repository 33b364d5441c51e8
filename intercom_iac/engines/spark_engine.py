"""Spark: on this machine alone, or on the cluster that `spark-submit` or Spark's own settings name.

What it makes is gone when it is closed. The settings are those of Spark (`SPARK_CONF_DIR`, `PYSPARK_SUBMIT_ARGS`,
the options of `spark-submit`); where there are none, it works on this machine and listens on the loopback only.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any

from intercom_iac.compilers.sql import DIALECTS, Dialect
from intercom_iac.diagnostics import Misuse, require_extra

from .engine import EngineError
from .progress import Watch, watched

OLDEST_JAVA = 17

# Set for a session, whatever the cluster's settings are: what the statements mean depends on them.
_MEANING = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "false",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    # As DuckDB has it: a text with a backslash in it is written with two, as the dialect does.
    "spark.sql.parser.escapedStringLiterals": "false",
}
# Where nobody has set up Spark: on this machine, for as long as this takes.
_ALONE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    # Files of a few gigabytes are compared by a few cores: hundreds of small tasks take longer.
    "spark.sql.shuffle.partitions": "16",
    # Each task holds so much of the file that it writes: by Parquet's own size, two of them fill half a gigabyte.
    "spark.hadoop.parquet.block.size": str(16 * 1024 * 1024),
}


class SparkEngine:
    """A session of Spark, and what it is at work on (`SqlEngine`)."""

    def __init__(self, session: Any, errors: Any) -> None:
        self._session = session
        self._errors = errors
        self.stage = ""

    @property
    def dialect(self) -> Dialect:
        return DIALECTS["spark"]

    def execute(self, statement: str) -> object:
        """Runs a statement that makes or drops something. Raises `EngineError`."""
        with self._telling_failures():
            return self._session.sql(statement)

    def rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a part of the result at a time. Raises `EngineError`."""
        with self._telling_failures():
            for row in self._session.sql(statement).toLocalIterator():
                yield tuple(row)

    def column_types(self, source: str) -> dict[str, str]:
        """The columns of a table, a view or files, with their types as Spark names them. Raises `EngineError`."""
        with self._telling_failures():
            schema = self._session.sql(f"select * from {source}").schema
            return {field.name: field.dataType.simpleString() for field in schema.fields}

    @property
    def progress(self) -> float:
        """What part of the stages under way is done; below 0 where there are none."""
        tracker = self._session.sparkContext.statusTracker()
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        known = [stage for stage in stages if stage is not None]
        tasks = sum(stage.numTasks for stage in known)
        return sum(stage.numCompletedTasks for stage in known) / tasks if tasks else -1.0

    @contextmanager
    def _telling_failures(self) -> Generator[None]:
        try:
            yield
        except self._errors.PySparkException as error:
            raise EngineError(f"Spark: {_reason(error, self._errors)}") from None
        except import_module("py4j.protocol").Py4JJavaError as error:
            # Its message holds all that Java says, values of rows among it: just the kind of error is told.
            kind = str(error.java_exception.getClass().getSimpleName())
            raise EngineError(f"Spark: a statement failed ({kind})") from None


@contextmanager
def open_spark(
    *, watch: Watch | None = None, memory_limit: str | None = None, threads: int | None = None
) -> Generator[SparkEngine]:
    """An engine on Spark. Raises `MissingExtra` without pyspark, and `Misuse` without Java.

    `memory_limit` (`1GB`) and `threads` are those of a Spark on this machine alone; where Spark has settings of its
    own, these hold. `watch` is told now and then how far the work is. Under `spark-submit` the session is that of the
    application, and is left running.
    """
    require_extra("spark", "working with Spark")
    _require_java()
    sql, errors = import_module("pyspark.sql"), import_module("pyspark.errors")
    # Spark's Python logs each statement that fails, with its text.
    for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    with ExitStack() as closing:
        scratch = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="intercom-iac-spark-")))
        started_here = sql.SparkSession.getActiveSession() is None
        builder = sql.SparkSession.builder.appName("intercom-iac")
        alone = not has_spark_settings()
        for name, value in _options(memory_limit, threads, scratch).items() if alone else ():
            builder = builder.config(name, value)
        try:
            with _quiet(scratch / "log") if alone else nullcontext():
                first = builder.getOrCreate()
        except errors.PySparkException as error:
            raise EngineError(f"Spark does not start: {_reason(error, errors)}") from None
        if started_here:
            closing.callback(first.stop)
        session = first.newSession()
        for name, value in _MEANING.items():
            session.conf.set(name, value)
        database = f"intercom_iac_{os.getpid()}"
        # The folders of a cluster are not this machine's: there its own place for tables holds ours.
        location = f" location '{(scratch / 'tables').as_uri()}'" if alone else ""
        session.sql(f"create database {database}{location}")
        closing.callback(session.sql, f"drop database if exists {database} cascade")
        session.sql(f"use {database}")
        engine = SparkEngine(session, errors)
        with watched(watch, lambda: (engine.stage, engine.progress)):
            yield engine


def _options(memory_limit: str | None, threads: int | None, scratch: Path) -> dict[str, str]:
    options = {**_ALONE, "spark.master": f"local[{'*' if threads is None else threads}]"}
    options |= {"spark.local.dir": str(scratch), "spark.sql.warehouse.dir": str(scratch / "warehouse")}
    if memory_limit is not None:
        options["spark.driver.memory"] = java_memory(memory_limit)
    return options


def java_memory(limit: str) -> str:
    """DuckDB's way to write a size (`1GB`, `1.5GiB`) as Java's (`1g`, `1536m`). Raises `Misuse`."""
    written = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmgt])i?b?\s*", limit.lower())
    if written is None:
        raise Misuse(f"`{limit}` is no size", hint="such as `4GB`")
    number, unit = float(written[1]), "kmgt".index(written[2])
    mebibytes = int(number * 1024 ** (unit - 1))
    return f"{max(mebibytes, 1)}m"


def has_spark_settings() -> bool:
    """Whether somebody has set up a Spark: `spark-submit`, arguments or a folder of settings."""
    return any(
        os.environ.get(name) for name in ("PYSPARK_GATEWAY_PORT", "PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR")
    )


@contextmanager
def _quiet(log: Path) -> Generator[None]:
    """What starts meanwhile writes its standard error to a file: Java and Spark warn of what is no matter here."""
    with log.open("wb") as file:
        kept = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _require_java() -> None:
    """Raises `Misuse` where Spark would not find a Java that it runs on."""
    if os.environ.get("PYSPARK_GATEWAY_PORT"):
        return
    hint = f"install Java {OLDEST_JAVA} or newer, and let JAVA_HOME or PATH lead to it"
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    if java is None:
        raise Misuse("Spark needs Java, and neither JAVA_HOME nor PATH has it", hint=hint)
    answer = subprocess.run(  # noqa: S603  a list of arguments, all of them our own
        [java, "-version"], capture_output=True, text=True, errors="replace", timeout=60, check=False
    ).stderr
    version = re.search(r'version "(\d+)', answer)
    if version is None or int(version[1]) < OLDEST_JAVA:
        which = "of an unknown version" if version is None else f"Java {version[1]}"
        raise Misuse(f"Spark needs Java {OLDEST_JAVA} or newer, and `{java}` is {which}", hint=hint)


def _reason(error: Any, errors: Any) -> str:
    """What a statement failed of: only the name of it where rows were read, since a message may hold their values."""
    condition = error.getCondition() or type(error).__name__
    if isinstance(error, errors.ParseException | errors.AnalysisException):
        text = str(error).strip().splitlines()[0].split(" SQLSTATE:")[0].rstrip(". ")
        return re.sub(r"^\[[A-Z_.]+\]\s*", "", text) or condition
    return f"a statement failed ({condition})"
