"""`schema`: the JSON Schemas of the file formats, and of the records that the specs allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from ..console import print_json
from ..options import ProjectOptions, examples, project_option, workspace_option

if TYPE_CHECKING:
    from intercom_iac.application import FormatName

_FORMATS = (
    *("spec", "project", "plan", "matrix", "breaking", "rule", "diff", "audit", "drift", "import", "mv"),
    "payload",
    "usages",
    "sync",
    "publish",
    "relate",
    "test",
)
_RECORDS = ("contact", "company", "boot", "event", "openapi")


@click.command(
    epilog=examples(
        "schema > spec.schema.json",
        "schema plan",
        "schema contact > contact.schema.json",
        "schema event feature_first_used",
        "schema openapi -w production",
    )
)
@click.argument("kind", type=click.Choice((*_FORMATS, *_RECORDS)), default="spec")
@click.argument("name", required=False)
@workspace_option
@project_option
def schema_command(kind: str, name: str | None, project: ProjectOptions) -> None:
    """Print the JSON Schema of a file format, of what a command prints as JSON, or of records that are sent.

    Formats need no project: spec files (default), the project file, a plan, the matrix of `plan --all`, what
    `breaking`, `diff`, `audit`, `drift`, `payload check`, `usages`, `sync`, `segment publish`, `rule relate` or
    `segment test` says, a rule as `rule compile --to tree` has it.

    Records are those that the specs of the project allow: `contact` and `company` for the API, `boot` for the
    Messenger, `event NAME` for one event, `event` for any of them. `openapi` has all as components of OpenAPI 3.1.
    """
    from intercom_iac.application import format_schema, record_schema
    from intercom_iac.diagnostics import Misuse

    if name is not None and kind != "event":
        raise Misuse(f"`schema {kind}` takes no name", hint="only `schema event` does: the event's")
    if kind in _RECORDS:
        print_json(record_schema(project.session, kind, name))
    else:
        print_json(format_schema(cast("FormatName", kind)))
