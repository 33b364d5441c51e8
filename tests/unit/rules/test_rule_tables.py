"""The table by which rules are read is made ahead, and is that of the grammar as it is."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_file_is_up_to_date() -> None:
    """`make rule-tables` writes it."""
    spec = importlib.util.spec_from_file_location("rule_tables", ROOT / "tools" / "rule_tables.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.TABLES.read_text("utf-8") == tool.tables_text()
