"""What cannot be read of a Parquet file is told without what it holds."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.payloads.parquet.file import open_parquet


def test_a_text_that_is_not_utf_8_is_not_printed(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select 'ada.love@example.com' as note) to '{path}' (format parquet, compression uncompressed)"
        )
    path.write_bytes(path.read_bytes().replace(b"ada.love@", b"ada.\xffove@"))
    with open_parquet(path, None, "people.parquet") as file, pytest.raises(Misuse) as told:
        list(file.rows_but(None))
    assert "is not UTF-8" in told.value.message
    assert "example" not in str(told.value)
