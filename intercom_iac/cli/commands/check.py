"""`check`: everything that can be known without a workspace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import click

from intercom_iac.text import printable

from ..against import against_options, refuse_a_day_alone, report_against
from ..console import counted, echo, plural, print_diagnostics, print_json
from ..findings import FINDING_FORMATS, print_findings
from ..options import examples, format_option, project_option

if TYPE_CHECKING:
    from intercom_iac.project import Against
    from intercom_iac.specs import Loaded


@click.command(
    epilog=examples(
        "check", "check --format github", "check --format sarif > check.sarif", "check --against origin/main"
    )
)
@against_options()
@project_option
@format_option("text", "json", *FINDING_FORMATS)
def check(against: Against | None, today: date | None, project: str | None, output: str) -> int:
    """Say everything that is wrong with the specs, for any workspace of the project and without asking one.

    Exits with 3 when there is an error; warnings and remarks leave it at 0. With `--against`, the changes since that
    revision are findings too, and it exits as `breaking` would.
    """
    from intercom_iac.diagnostics import InvalidSpecs
    from intercom_iac.specs import load_every_workspace, merge_diagnostics

    from ..loading import project_of

    refuse_a_day_alone(against, today)
    found = None
    try:
        found = project_of(project)
        loaded = load_every_workspace(found)
        diagnostics = merge_diagnostics({name: specs.diagnostics for name, specs in loaded.items()})
    except InvalidSpecs as error:
        # A broken project file is a finding like any other: machines get it in their format too.
        diagnostics, loaded = list(error.diagnostics), {}
    failed = any(diagnostic.is_error for diagnostic in diagnostics)
    broken, safe = False, 0
    if against is not None and found is not None and loaded and not failed:
        schemas = {name: specs.schema for name, specs in loaded.items()}
        try:
            report = report_against(found, schemas, against, today)
        except InvalidSpecs as error:
            # What it is compared with cannot be read: that is a finding too.
            diagnostics += error.diagnostics
            failed = True
        else:
            broken = report.failed
            # What is safe would hide the rest from people; machines get it all.
            told = [change for change in report.changes if output != "text" or change.change.level != "safe"]
            diagnostics += [*(change.diagnostic() for change in told), *report.diagnostics]
            safe = len(report.changes) - len(told)
    if output == "text":
        print_diagnostics(diagnostics, err=False)
        if failed:
            echo(counted(diagnostics))
        else:
            more = (
                f"; {plural(safe, 'safe change')} against {printable(against.name)}"
                if safe and against
                else ""
            )
            echo(f"{_held(loaded)}: {counted(diagnostics) or 'nothing wrong'}{more}")
    elif output == "json":
        from intercom_iac.reporting import findings_json

        print_json(findings_json(diagnostics))
    else:
        # The files are the same for every workspace.
        names = [file.path for one in [*loaded.values()][:1] for file in one.files]
        print_findings(diagnostics, output, command="check", project=project, files=names)
    if failed:
        return 3
    return 1 if broken else 0


def _held(loaded: Mapping[str, Loaded]) -> str:
    """How much there is in how many files; for each workspace, where it is not the same for all."""
    held: dict[str, list[str]] = {}
    for name, specs in loaded.items():
        schema = specs.schema
        sizes = ((schema.attributes, "attribute"), (schema.events, "event"), (schema.segments, "segment"))
        held.setdefault(", ".join(plural(len(found), noun) for found, noun in sizes), []).append(name)
    files = plural(len(next(iter(loaded.values())).files), "file")
    if len(held) == 1:
        return f"{next(iter(held))} in {files}"
    of_each = (f"{printable(', '.join(names))}: {sizes}\n" for sizes, names in held.items())
    return f"{''.join(of_each)}{files}"
