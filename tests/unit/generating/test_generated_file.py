"""A generated file is a path below the folder, and its text."""

from __future__ import annotations

from intercom_iac.generating import GeneratedFile


def test_a_file_is_a_value() -> None:
    assert GeneratedFile(path="index.ts", text="") == GeneratedFile(path="index.ts", text="")
