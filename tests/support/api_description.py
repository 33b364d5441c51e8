"""Intercom's official description of API 2.16, where it lies beside the repository, as JSON Schema."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

DESCRIPTION = Path(__file__).parents[2].parent / "shared" / "openapi" / "intercom-2.16.yaml"

where_described = pytest.mark.skipif(
    not DESCRIPTION.exists(), reason="the official API description is not on this machine"
)


@cache
def description() -> dict[str, Any]:
    # Keys of the responses are texts in one place and numbers in another.
    return json.loads(json.dumps(yaml.load(DESCRIPTION.read_bytes(), yaml.CSafeLoader), default=str))


@cache
def schemas() -> dict[str, Any]:
    """The component schemas as JSON Schema: OpenAPI's `nullable` becomes a type, formats are left alone."""
    return {name: plain(schema) for name, schema in description()["components"]["schemas"].items()}


def plain(node: Any) -> Any:
    if isinstance(node, list):
        return [plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    content = {
        key: plain(value) for key, value in node.items() if key not in ("nullable", "example", "examples")
    }
    if node.get("nullable") is True:
        return {"anyOf": [content, {"type": "null"}]}
    return content


def validator(schema: dict[str, Any]) -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(schema | {"components": {"schemas": schemas()}})


def problems(schema: dict[str, Any], value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(schema).iter_errors(value)]
