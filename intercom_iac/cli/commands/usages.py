"""`usages`: where code sends or reads each attribute and event."""

from __future__ import annotations

from pathlib import Path

import click

from ..diagnostic_formats import FINDING_FORMATS
from ..options import ProjectOptions, examples, format_option, project_option
from ..usages_output import print_usages


@click.command(
    epilog=examples(
        "usages",
        "usages src server",
        "usages ../app --format json > usages.json",
        "usages --format sarif > usages.sarif",
    )
)
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@project_option
@format_option("text", "json", *FINDING_FORMATS)
def usages_command(paths: tuple[str, ...], project: ProjectOptions, output: str) -> int:
    """Say where code sends or reads each attribute and event, and what of it the specs do not allow.

    Reads JavaScript, TypeScript, Python, Ruby, Go, PHP, Java and Kotlin below the paths, or below the project's
    folder; what git ignores, node_modules, vendor and generated code are left out. Needs the extra `generate`.

    Exits with 1 when code is wrong. What nothing uses, and what is not known, is told and leaves it at 0.
    """
    from intercom_iac.application import scan_code

    report = scan_code(project.session, [Path(path) for path in paths])
    print_usages(report, output, project)
    return 1 if report.failed else 0
