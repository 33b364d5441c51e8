"""`schema`: the JSON Schemas of the file formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..console import print_json
from ..options import examples

if TYPE_CHECKING:
    from intercom_iac.application import FormatName


@click.command(epilog=examples("schema > spec.schema.json", "schema project", "schema plan", "schema rule"))
@click.argument(
    "kind",
    type=click.Choice(
        (
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
            "usages",
        )
    ),
    default="spec",
)
def schema_command(kind: FormatName) -> None:
    """Print the JSON Schema of spec files (default), of the project file, or of what a command prints as JSON.

    That is a plan, the matrix of `plan --all`, what `breaking`, `diff`, `audit`, `drift` or `usages` says, or a rule
    as `rule compile --to tree` has it.
    """
    from intercom_iac.application import format_schema

    print_json(format_schema(kind))
