"""`schema`: the JSON Schemas of the file formats."""

from __future__ import annotations

import click

from ..console import print_json
from ..options import examples


@click.command(
    epilog=examples("schema > spec.schema.json", "schema project", "schema plan", "schema breaking")
)
@click.argument("kind", type=click.Choice(("spec", "project", "plan", "matrix", "breaking")), default="spec")
def schema(kind: str) -> None:
    """Print the JSON Schema of spec files (default), of the project file, or of what a command prints as JSON.

    That is a plan, the matrix of `plan --all`, or what `breaking` says.
    """
    if kind in ("plan", "matrix"):
        from intercom_iac.planning import matrix_schema, plan_schema

        print_json(plan_schema() if kind == "plan" else matrix_schema())
        return
    if kind == "breaking":
        from intercom_iac.breaking import breaking_schema

        print_json(breaking_schema())
        return
    from intercom_iac.specs import json_schema

    print_json(json_schema("project" if kind == "project" else "spec"))
