"""The JSON Schemas of the file formats, and of what commands print as JSON."""

from __future__ import annotations

from typing import Any, Literal, get_args

FormatName = Literal["spec", "project", "plan", "matrix", "breaking", "rule", "diff", "mv"]
FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)


def format_schema(name: FormatName) -> dict[str, Any]:
    """The JSON Schema of a format: of spec files, the project file, a plan, the plans of `plan --all`, a report of
    `breaking`, a rule as its typed tree, what `diff` and `mv` print."""
    match name:
        case "plan" | "matrix":
            from intercom_iac.planning import matrix_schema, plan_schema

            return plan_schema() if name == "plan" else matrix_schema()
        case "breaking":
            from intercom_iac.breaking import breaking_schema

            return breaking_schema()
        case "rule":
            from intercom_iac.rules import rule_schema

            return rule_schema()
        case "diff":
            from intercom_iac.changes import workspace_diff_schema

            return workspace_diff_schema()
        case "mv":
            from intercom_iac.specs import renaming_schema

            return renaming_schema()
        case "spec" | "project":
            from intercom_iac.specs import json_schema

            return json_schema(name)
