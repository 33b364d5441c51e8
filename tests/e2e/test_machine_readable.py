"""What programs may rely on in the JSON of `payload check`: a table of keys, types and exit codes, apart
from the schemas that the package ships, which the output also passes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from conftest import Scratch

SPECS = """\
attributes:
  contact:
    plan_type: {type: options, options: [free, pro], description: What they pay for, messenger_writable: true}
    legacy: {type: string, description: Of the old site}
    read_by_a_rule: {type: string, description: A rule reads it}
events:
  signed_up: {description: Made an account}
segments:
  readers: {name: Readers, rule: read_by_a_rule = x, publish: [tag]}
"""
RIGHT = '{"external_id": "u1", "custom_attributes": {"plan_type": "pro"}}\n'
WRONG = '{"external_id": "u2", "custom_attributes": {"plan_typ": "pro", "plan_type": "Pro"}}\n'
FILES = {
    "right.ndjson": RIGHT,
    "wrong.ndjson": RIGHT + WRONG,
}

TEXT, WHOLE, PLACE = (
    {"type": "string", "minLength": 1},
    {"type": "integer"},
    {"type": "integer", "minimum": 1},
)
TEXT_OR_NULL = {"type": ["string", "null"]}


def an_object(**keys: Any) -> dict[str, Any]:
    """An object with these keys at least."""
    return {"type": "object", "properties": keys, "required": list(keys)}


def a_list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


PAYLOAD = an_object(
    format_version={"const": "1.0"},
    checked=WHOLE,
    invalid=WHOLE,
    by_code={
        "type": "object",
        "propertyNames": {"pattern": "^PAYL9[0-9]{2}$"},
        "additionalProperties": WHOLE,
    },
    errors=a_list(
        an_object(
            record=PLACE,
            path={"type": "string"},
            code={"type": "string", "pattern": "^PAYL9[0-9]{2}$"},
            message=TEXT,
            hint=TEXT_OR_NULL,
            declared={"anyOf": [{"type": "null"}, an_object(file=TEXT, line=PLACE, column=PLACE)]},
        )
    ),
    truncated={"type": "boolean"},
)


@dataclass(frozen=True)
class Row:
    """A command, how it ends, the format of its JSON, and some of what that says."""

    command: str
    code: int
    contract: dict[str, Any]
    shipped: str
    says: dict[str, Any]


ROWS = [
    Row(
        "payload check right.ndjson --kind contact",
        0,
        PAYLOAD,
        "payload",
        {"checked": 1, "invalid": 0, "errors": []},
    ),
    Row(
        "payload check wrong.ndjson --kind contact",
        1,
        PAYLOAD,
        "payload",
        {"checked": 2, "invalid": 1, "by_code": {"PAYL901": 1, "PAYL905": 1}, "truncated": False},
    ),
    Row(
        "payload check wrong.ndjson --kind contact --max-errors 1",
        1,
        PAYLOAD,
        "payload",
        {"checked": 2, "invalid": 1, "by_code": {"PAYL901": 1, "PAYL905": 1}, "truncated": True},
    ),
]


@pytest.fixture
def project(scratch: Scratch) -> Scratch:
    return scratch.spec(SPECS).write(FILES)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.command)
def test_the_json_has_what_programs_rely_on(project: Scratch, row: Row) -> None:
    result = project.run(f"{row.command} --format json")
    assert result.code == row.code, result
    printed = json.loads(result.out)
    Draft202012Validator(row.contract).validate(printed)
    Draft202012Validator(project.run(f"schema {row.shipped}").json).validate(printed)
    assert {key: printed[key] for key in row.says} == row.says
    assert project.run(row.command).code == row.code


@pytest.mark.parametrize("command", ["payload check nowhere.ndjson --kind contact"])
def test_what_cannot_be_read_ends_with_3(project: Scratch, command: str) -> None:
    result = project.run(f"{command} --format json")
    assert (result.code, result.out) == (3, "")
    assert "nowhere" in result.err


def test_a_mistake_is_told_with_its_record_its_path_and_the_place_in_the_specs(project: Scratch) -> None:
    first, second = project.run("payload check wrong.ndjson --kind contact --format json").json["errors"]
    assert (first["record"], first["path"], first["code"]) == (2, "custom_attributes.plan_typ", "PAYL901")
    assert first["hint"] == "did you mean `plan_type`?"
    assert first["declared"] is None
    assert (second["code"], second["declared"]) == (
        "PAYL905",
        {"file": "specs/example.yaml", "line": 4, "column": 5},
    )
