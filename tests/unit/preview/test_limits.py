"""Limits of memory: how they are written, and what they are held against."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Misuse
from intercom_iac.preview import Files, memory_bytes, memory_check


@pytest.mark.parametrize(
    ("amount", "size"),
    [("1KB", 1000), ("512MB", 512_000_000), ("0.5gb", 500_000_000), ("1.5 GiB", 1_610_612_736)],
)
def test_an_amount_of_memory_is_its_bytes(amount: str, size: int) -> None:
    assert memory_bytes(amount) == size


@pytest.mark.parametrize(
    "amount", ["", "much", "1G", "0MB", "0.0GB", "-1GB", "1e3MB", "٣MB", " 1GB", "9999999999TB"]
)
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(Misuse, match="is no amount of memory"):
        memory_bytes(amount)


def test_memory_that_was_given_back_is_not_counted(tmp_path: Path) -> None:
    """Nor is that of the program which started this one."""
    contacts = tmp_path / "contacts.ndjson"
    contacts.write_text('{"id": "a"}\n')
    files = Files(contacts)
    with pytest.raises(Misuse) as refused:
        memory_check("1KB", files)
    taken = re.search(r"take (\d+)MB", refused.value.message)
    assert taken is not None
    held = bytearray(b"x") * 200_000_000
    del held
    memory_check(f"{int(taken[1]) + 100}MB", files)()
