"""`check`: everything that can be known without a workspace."""

from __future__ import annotations

from datetime import date

import click

from .against import against_options
from .console import counted, echo, plural, print_diagnostics, print_json
from .findings import FINDING_FORMATS, print_findings
from .options import examples, format_option, project_option


@click.command(
    epilog=examples(
        "check", "check --format github", "check --format sarif > check.sarif", "check --against origin/main"
    )
)
@against_options()
@project_option
@format_option("text", "json", *FINDING_FORMATS)
def check(against: str | None, today: date | None, project: str | None, output: str) -> int:
    """Say everything that is wrong with the specs, without a workspace.

    Exits with 3 when there is an error; warnings and remarks leave it at 0. With `--against`, the changes since that
    revision are findings too, and it exits with 1 where `breaking` would.
    """
    from intercom_iac.diagnostics import InvalidSpecs, printable
    from intercom_iac.specs import load

    from .loading import project_of

    found = None
    try:
        found = project_of(project)
        loaded = load(found)
        diagnostics, files, schema = list(loaded.diagnostics), loaded.files, loaded.schema
    except InvalidSpecs as error:
        # A broken project file is a finding like any other: machines get it in their format too.
        diagnostics, files, schema = list(error.diagnostics), (), None
    failed = any(each.is_error for each in diagnostics)
    broken, safe = False, 0
    if against is not None and found is not None and schema is not None and not failed:
        from .against import report_against

        report = report_against(found, schema, against, today)
        broken = report.failed
        # What is safe would hide the rest from people; machines get it all.
        told = [each for each in report.changes if output != "text" or each.change.level != "safe"]
        diagnostics += [*(each.diagnostic() for each in told), *report.diagnostics]
        safe = len(report.changes) - len(told)
    if output == "text":
        print_diagnostics(diagnostics, err=False)
        if schema is not None and not failed:
            sizes = ((schema.attributes, "attribute"), (schema.events, "event"), (schema.segments, "segment"))
            held = ", ".join(plural(len(each), noun) for each, noun in sizes)
            more = f"; {plural(safe, 'safe change')} against {printable(against or '')}" if safe else ""
            echo(f"{held} in {plural(len(files), 'file')}: {counted(diagnostics) or 'nothing wrong'}{more}")
        else:
            echo(counted(diagnostics))
    elif output == "json":
        from intercom_iac.reporting import findings_json

        print_json(findings_json(diagnostics))
    else:
        names = [each.path for each in files]
        print_findings(diagnostics, output, command="check", project=project, files=names)
    if failed:
        return 3
    return 1 if broken else 0
