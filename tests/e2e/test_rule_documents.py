"""`rule compile --from json`: from a file or standard input, with what is told of a file that is none."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

SPECS = "attributes: {contact: {plan: {type: options, options: [free, pro], description: The plan}}}\n"


@pytest.fixture
def document(scratch: Any) -> str:
    scratch.spec(SPECS)
    text = scratch.run("rule compile 'plan = pro' --to tree").out
    scratch.write({"rule.json": text})
    return text


def test_a_document_compiles_to_every_target(scratch: Any, document: str) -> None:
    for target in ("search", "audience", "sql", "english", "tree"):
        from_text = scratch.run(f"rule compile 'plan = pro' --to {target} --format json")
        assert scratch.run(f"rule compile --from json rule.json --to {target} --format json") == from_text


def test_its_schema_is_printed(scratch: Any, document: str) -> None:
    schema = scratch.run("schema rule").json
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(json.loads(document))
    described = [kind for kind in schema["$defs"].values() if "allOf" not in kind]
    assert all(
        held["description"] for kind in described for key, held in kind["properties"].items() if key != "node"
    )


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (None, 0, ""),
        (b"\xef\xbb\xbf", 0, ""),
        (b"", 3, "error[PARSE220]: this is no JSON"),
        (b"\xff\xfe{}", 3, "error: `<stdin>` is not UTF-8 text"),
        (b" " * (16 * 1024 * 1024 + 1), 3, "error: `<stdin>` is larger than 16 MiB"),
        (b'{"format_version": "2.0"}', 3, 'error[PARSE220]: at `/format_version`: `"2.0"` is no version'),
    ],
    ids=["a document", "a byte-order mark", "nothing", "no UTF-8", "too much", "another version"],
)
def test_standard_input(
    scratch: Any,
    document: str,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
    code: int,
    message: str,
) -> None:
    given = (content or b"") + document.encode() if code == 0 else content or b""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
    result = scratch.run("rule compile --from json - --to english")
    assert result.code == code
    assert message in result.err
    assert "Traceback" not in result.err


def test_a_closed_standard_input(scratch: Any, document: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert scratch.run("rule compile --from json -").code == 3


@pytest.mark.parametrize("path", ["nowhere.json", "specs", "specs/example.yaml"])
def test_a_file_that_is_none(scratch: Any, document: str, path: str) -> None:
    result = scratch.run(f"rule compile --from json {path}")
    assert (result.code, result.out) == (3, "")
    assert path in result.err
