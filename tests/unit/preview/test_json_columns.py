"""What DuckDB is asked of lines of people: one parse of each for what the rules read, and more where it must."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.engines import DuckDBEngine, open_duckdb
from intercom_iac.preview import Files
from intercom_iac.preview.json.columns import has_strict_objects
from intercom_iac.preview.needs import Needs
from intercom_iac.preview.tables import Tables
from support.preview_cases import NOW, RULES, rule

LEAN: dict[str, Any] = {
    "id": "a",
    "email": None,
    "custom_attributes": {"plan": 5, "vip": "yes"},
    "location": {"city": "Roma"},
    "companies": {"data": [{"id": "k"}]},
}
AS_THE_API_RETURNS_IT: dict[str, Any] = {
    "type": "contact",
    **LEAN,
    "companies": {"type": "list", "data": [{"type": "company", "id": "k", "url": "/"}], "has_more": False},
    "tags": {"type": "list", "data": [], "url": "/", "total_count": 0, "has_more": False},
    "location": {"type": "location", "country": None, "city": "Roma"},
    "social_profiles": {"type": "list", "data": []},
}


class Recorded:
    """A connection that keeps the statements run on it."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self.stage = ""
        self.statements: list[str] = []
        self._engine = engine

    def execute(self, statement: str, values: Sequence[object] = ()) -> Any:
        self.statements.append(statement)
        return self._engine.execute(statement, values)


def readings(path: Path, *rules: str) -> list[str]:
    """How the file of contacts is read for the rules."""
    with open_duckdb() as engine:
        connection = Recorded(engine)
        Tables(connection, Needs.from_rules([rule(text) for text in rules])).make(Files(path))
    return [one for one in connection.statements if "read_ndjson" in one]


def written(path: Path, *lines: object) -> Path:
    path.write_text("".join(line if isinstance(line, str) else f"{json.dumps(line)}\n" for line in lines))
    return path


@pytest.mark.parametrize("contact", [LEAN, AS_THE_API_RETURNS_IT], ids=["lean", "api"])
def test_a_line_is_parsed_once_for_what_the_rules_read(tmp_path: Path, contact: dict[str, Any]) -> None:
    path = written(tmp_path / "c.ndjson", contact, {"id": "b"})
    (reading,) = readings(path, RULES["vip"], RULES["city"])
    assert "read_ndjson_objects" not in reading
    assert """STRUCT("vip" JSON)""" in reading
    assert all(f"'{key}'" not in reading for key in ("plan", "companies", "tags", "email"))
    (reading,) = readings(path, RULES["seats"])
    assert "'companies'" in reading


@pytest.mark.parametrize(
    ("line", "ways"),
    [
        ('{"id": "b", "custom_attributes": "none"}', 2),
        ('{"id": "b", "id": "c"}', 2),
        # Not certain: a suspicious text is looked for before.
        ('{"id": "b", "deep": ' + "[" * 20_000 + "]" * 20_000 + "}", 2),
    ],
    ids=["another shape", "a key twice", "deeper than is looked"],
)
def test_of_what_is_not_certain_each_line_is_parsed_as_it_lies(tmp_path: Path, line: str, ways: int) -> None:
    tried = readings(written(tmp_path / "c.ndjson", LEAN, line), RULES["vip"])
    assert len(tried) == ways
    assert "read_ndjson_objects" in tried[-1]


def test_only_events_that_a_rule_names_are_kept(tmp_path: Path) -> None:
    names = ["order.paid", "order-PAID", "Order$Paid", "order paid", "other", "orders.paid", None, 5]
    events = [{"intercom_user_id": "a", "event_name": name, "created_at": NOW} for name in names]
    files = Files(written(tmp_path / "c.ndjson", LEAN), events=written(tmp_path / "e.ndjson", *events))
    for text, kept in ((RULES["never paid"], 3), (RULES["vip"], 0)):
        with open_duckdb() as engine:
            Tables(engine, Needs.from_rules([rule(text)])).make(files)
            assert engine.execute("select count(*), count(metadata) from events").fetchone() == (kept, 0)


@pytest.mark.parametrize(
    ("content", "strict"),
    [
        (b"", True),
        (b'\xef\xbb\xbf{"a": "nan, ]"}\r\n\r\n  {}', True),
        (b'{"a": NaN}', False),
        (b'{"a": [1,]}', False),
        (b"[]", False),
        (b'{}\n{"a": "' + b"x" * 5_000_000, False),
    ],
)
def test_strict_objects_are_told_from_what_duckdb_takes_for_some(
    tmp_path: Path, content: bytes, strict: bool
) -> None:
    path = tmp_path / "x.ndjson"
    # More than is read at once, so that a line lies across its end.
    path.write_bytes(b'{"a": "b"}\n' * 9999 + content if not content.startswith(b"\xef") else content)
    assert has_strict_objects(path) == strict
