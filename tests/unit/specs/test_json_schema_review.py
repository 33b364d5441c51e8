"""The published schemas on the keys of reviews: releases, accepted changes, variables, labels, workspaces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from jsonschema import Draft202012Validator

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import find_project
from intercom_iac.specs import Loaded, json_schema
from intercom_iac.text import SourceFile
from intercom_iac.yaml.builder import build

Kind = Literal["spec", "project"]


def data(text: str) -> Any:
    root, diagnostics = build(SourceFile("x.yaml", text))
    assert not diagnostics
    assert root is not None
    return root.data


RIGHT: list[tuple[Kind, str]] = [
    (
        "spec",
        "version: 1\nattributes: {contact: {a: {type: string, labels: {pii: personal, purpose: [support]}}}}\n"
        "events: {e: {only: [staging]}}\nsegments: {s: {rule: email is unknown, except: [staging]}}",
    ),
    (
        "project",
        "version: 1\nrelease: 2.3.0\nvariables: {TEAM: {default: support, description: Who answers}}\n"
        "workspaces: {staging: {region: eu, variables: {TEAM: emea}}}\n"
        "accept: [{address: attribute.contact.a, code: BACK703, reason: unused, expires: '2027-01-31'}]\n"
        "policy: {labels: {pii: [none, personal]}, levels: {LINT551: error}, owners: [growth],\n"
        "  flows: [{segments: published, may_not_depend_on: {pii: personal}}]}",
    ),
]


@pytest.mark.parametrize(("kind", "text"), RIGHT, ids=["spec", "project"])
def test_what_is_right_is_valid(kind: Kind, text: str) -> None:
    Draft202012Validator(json_schema(kind)).validate(data(text))


@pytest.mark.parametrize(
    "text",
    [
        "attributes: {contact: {a: {type: string, only: staging}}}",
        "events: {e: {except_: [production]}}",
        "events: {e: {only: []}}",
        "events: {e: {except: []}}",
        "events: {e: {labels: {pii: sensitive}}}",
        "segments: {s: {rule: email is unknown, only: [1]}}",
        "segments: {s: {rule: email is unknown, excepts: [production]}}",
    ],
)
def test_a_wrong_spec_is_refused(text: str, loaded: Callable[..., Loaded]) -> None:
    assert loaded(f"version: 1\n{text}\n").errors
    assert not Draft202012Validator(json_schema("spec")).is_valid(data(f"version: 1\n{text}"))


@pytest.mark.parametrize(
    "text",
    [
        "variables: {TEAM: support}",
        "variables: {TEAM: {description: x}}",
        "workspaces: {a: {region: us, variables: {TEAM: 1}}}",
        "release: v2.3.0",
        "release: 2.3",
        "release: '02.3.0'",
        "accept: {address: attribute.contact.a}",
        "accept: [{address: attribute.contact.a, code: BACK703, expires: '2027-01-31'}]",
        "accept: [{address: a, code: LINT501, reason: x, expires: '2027-01-31'}]",
        "accept: [{address: a, code: BACK703, reason: '', expires: '2027-01-31'}]",
        "accept: [{address: a, code: BACK703, reason: x, until: '2027-01-31'}]",
        "policy: {owners: growth}",
        "policy: {labels: {pii: sensitive}}",
        "policy: {flows: [{may_not_depend_on: [pii]}]}",
        "policy: {levels: {LINT551: fatal}}",
        "policy: {max_length: {name: 0}}",
        "policy: {require: {metadata: [owner]}}",
    ],
)
def test_a_wrong_project_file_is_refused(text: str, tmp_path: Path) -> None:
    text = f"version: 1\n{text}"
    assert not Draft202012Validator(json_schema("project")).is_valid(data(text))
    (tmp_path / "intercom-iac.yaml").write_text(text)
    with pytest.raises(InvalidSpecs):
        find_project(tmp_path)


@pytest.mark.parametrize("kind", ["spec", "project"])
def test_every_key_has_an_example_or_values_to_choose_from(kind: Kind) -> None:
    schema = json_schema(kind)
    bare = [
        f"{name}.{key}"
        for name, owner in {"": schema, **schema["$defs"]}.items()
        for key, value in owner["properties"].items()
        if "examples" not in value
        and value.get("type") != "boolean"
        and not any(word in str(value) for word in ("enum", "$ref"))
    ]
    assert bare == []
