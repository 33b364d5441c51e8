"""What docs/tables.md says is true: its example, its shapes, its codes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from conftest import Scratch
from intercom_iac.diagnostics import Family, codes_of
from intercom_iac.model import DataType
from intercom_iac.tables import ColumnMapping
from intercom_iac.tables.shapes.known import SHAPES
from support.payload_schemas import schema_of
from support.tables import file_source, query_source, read_source, small_schema

PAGE = (Path(__file__).parents[2] / "docs" / "tables.md").read_text("utf-8")
FILES = dict(re.findall(r"```\w+\n# (\S+)\n(.*?)```", PAGE, re.DOTALL))
CONSOLE = re.findall(r"^\$ intercom-iac (.+)\n((?:(?!\$ |```).*\n)*)", PAGE, re.MULTILINE)
SHOWN = re.findall(r"^\| (date|boolean|number) \| `(.+?)` \| `(.+?)` \|$", PAGE, re.MULTILINE)
ATTRIBUTES = {"date": "renewal", "boolean": "onboarded", "number": "score"}


def test_its_example_is_read_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(FILES["people.csv"])
    columns = {"plan": ColumnMapping("plan_type"), "seats": ColumnMapping("seats", "1,234.5")}
    read = read_source(file_source(path, columns=columns), schema_of(FILES["specs/people.yaml"]))
    assert list(read.values) == ["u1"]
    ((_, shown),) = CONSOLE
    told = re.findall(r"error\[(\w+)\]: row (\d+), (\w+): (.+)", shown)
    found = {(error.code.id, str(error.row), error.column) for error in read.errors}
    assert {(code, row, column) for code, row, column, _ in told} <= found
    for _, _, _, message in told:
        assert any(message.startswith(error.message) for error in read.errors), message


def test_its_command_prints_the_lines_below_it(scratch: Scratch) -> None:
    scratch.write({"intercom-iac.yaml": "version: 1\n", **FILES})
    ((command, shown),) = CONSOLE
    assert shlex.split(command)[:3] == ["sync", "contacts", "people.csv"]
    result = scratch.run(command)
    assert result.code == 1
    for line in shown.splitlines():
        assert line in result.out + result.err, line
    assert (
        (scratch.root / "rejected.csv")
        .read_text()
        .startswith("row,column,code,reason,value\n2,plan,PAYL905,")
    )


def test_its_shapes_are_all_there_are_with_examples_of_theirs() -> None:
    known = {"date": DataType.DATE, "boolean": DataType.BOOLEAN, "number": DataType.FLOAT}
    assert [(kind, name) for kind, name, _ in SHOWN] == [
        (kind, name) for kind, type_ in known.items() for name in SHAPES[type_]
    ]
    for kind, name, example in SHOWN:
        attribute = ATTRIBUTES[kind]
        query = f"select 'u1' as external_id, '{example}' as {attribute}"
        columns = {attribute: ColumnMapping(attribute, name)}
        read = read_source(query_source(query, columns=columns), small_schema())
        assert read.errors == [], name


def test_its_table_is_that_of_the_codes() -> None:
    rows = re.findall(r"^\| `(SYNC1[0-3]\d)` \| (\w+) \| (.+) \|$", PAGE, re.MULTILINE)
    codes = [code for code in codes_of(Family.SYNC).values() if code.id < "SYNC140"]
    assert rows == [(code.id, code.severity, code.title) for code in codes]
