"""`check`: everything that can be known without a workspace."""

from __future__ import annotations

import os

import click

from .console import counted, echo, plural, print_diagnostics, print_json
from .options import examples, format_option, project_option


@click.command(epilog=examples("check", "check --format github", "check --format sarif > check.sarif"))
@project_option
@format_option("text", "json", "sarif", "github")
def check(project: str | None, output: str) -> int:
    """Say everything that is wrong with the specs, without a workspace.

    Exits with 3 when there is an error; warnings and remarks leave it at 0.
    """
    from intercom_iac import __version__
    from intercom_iac.diagnostics import InvalidSpecs
    from intercom_iac.specs import load

    from .loading import project_of

    # Paths are relative to the project; what GitHub reads has to be relative to where the command runs.
    base = "."
    try:
        found = project_of(project)
        base = os.path.relpath(found.root)
        loaded = load(found)
        diagnostics, files, schema = list(loaded.diagnostics), len(loaded.files), loaded.schema
    except InvalidSpecs as error:
        # A broken project file is a finding like any other: machines get it in their format too.
        diagnostics, files, schema = list(error.diagnostics), 0, None
    failed = any(each.is_error for each in diagnostics)
    if output == "text":
        print_diagnostics(diagnostics, err=False)
        if schema is not None and not failed:
            sizes = ((schema.attributes, "attribute"), (schema.events, "event"), (schema.segments, "segment"))
            held = ", ".join(plural(len(each), noun) for each, noun in sizes)
            echo(f"{held} in {plural(files, 'file')}: {counted(diagnostics) or 'nothing wrong'}")
        else:
            echo(counted(diagnostics))
    else:
        from intercom_iac.reporting import findings_json, github, sarif

        if output == "json":
            print_json(findings_json(diagnostics))
        elif output == "sarif":
            print_json(sarif(diagnostics, __version__, base))
        else:
            echo(github(diagnostics, base), nl=False, commands=True)
            echo(counted(diagnostics) or "nothing wrong", err=True)
    return 3 if failed else 0
