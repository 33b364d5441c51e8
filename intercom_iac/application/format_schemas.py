"""The JSON Schemas of the file formats, and of what commands print as JSON."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Literal, get_args

FormatName = Literal[
    "spec",
    "project",
    "plan",
    "matrix",
    "breaking",
    "rule",
    "diff",
    "audit",
    "drift",
    "import",
    "mv",
    "payload",
    "usages",
    "sync",
    "publish",
    "relate",
    "test",
]
FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)

# The room that ships a schema, and what it hands it out as.
_SHIPPED: dict[FormatName, tuple[str, str]] = {
    "plan": ("planning", "plan_schema"),
    "matrix": ("planning", "matrix_schema"),
    "breaking": ("breaking", "breaking_schema"),
    "rule": ("rules", "rule_schema"),
    "diff": ("changes", "workspace_diff_schema"),
    "audit": ("auditing", "audit_schema"),
    "drift": ("drift", "drift_schema"),
    "import": ("adopting", "import_schema"),
    "mv": ("specs", "renaming_schema"),
    "payload": ("payloads", "payload_schema"),
    "usages": ("usages", "usages_schema"),
    "sync": ("syncing", "sync_schema"),
    "publish": ("publishing", "publish_schema"),
    "relate": ("prover", "relate_schema"),
    "test": ("specs.contracts", "segment_test_schema"),
}


def format_schema(name: FormatName) -> dict[str, Any]:
    """The JSON Schema of a format: of spec files, the project file, a plan, the plans of `plan --all`, a rule as its
    typed tree, or what another command prints as JSON."""
    if name == "spec" or name == "project":
        from intercom_iac.specs import json_schema

        return json_schema(name)
    room, function = _SHIPPED[name]
    return getattr(import_module(f"intercom_iac.{room}"), function)()
