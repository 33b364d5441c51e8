"""What is looked at before a Spark starts; sessions are those of the tests that run Spark."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.engines import open_spark, spark_engine
from intercom_iac.engines.spark_engine import java_memory


@pytest.mark.parametrize(
    ("written", "java"),
    [
        ("1GB", "1024m"),
        ("1.5GiB", "1536m"),
        ("512 MB", "512m"),
        ("2g", "2048m"),
        ("1TB", "1048576m"),
        ("4KB", "1m"),
    ],
)
def test_a_size_is_written_as_java_has_it(written: str, java: str) -> None:
    assert java_memory(written) == java


@pytest.mark.parametrize("written", ["", "many", "80%", "-1GB", "1 GB 2"])
def test_what_is_no_size_is_refused(written: str) -> None:
    with pytest.raises(Misuse, match="is no size"):
        java_memory(written)


def test_a_java_that_is_too_old_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_engine, "require_extra", lambda extra, purpose: None)
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(Misuse, match="neither JAVA_HOME nor PATH has it"), open_spark():
        pass
    (tmp_path / "bin").mkdir()
    java = tmp_path / "bin" / "java"
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n")
    java.chmod(0o755)
    with pytest.raises(Misuse, match="is Java 11"), open_spark():
        pass
