"""`check`: everything that can be known without a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..check_output import print_checked
from ..diagnostic_formats import FINDING_FORMATS
from ..fix_output import FixOptions, fix_files, fix_options, print_fix_diff
from ..options import ProjectOptions, examples, format_option, project_option
from ..revision_options import revision_options

if TYPE_CHECKING:
    from intercom_iac.project import BaseReference


@click.command(
    epilog=examples(
        "check",
        "check --fix",
        "check --format github",
        "check --format sarif > check.sarif",
        "check --against origin/main",
    )
)
@revision_options(day_of="from which on rules are proved")
@fix_options
@project_option
@format_option("text", "json", *FINDING_FORMATS)
def check_command(
    against: BaseReference | None, project: ProjectOptions, output: str, fixes: FixOptions
) -> int:
    """Say everything that is wrong with the specs, for any workspace of the project and without asking one.

    Exits with 3 when there is an error; warnings and remarks leave it at 0. With `--against`, the changes since that
    revision are findings too, and it exits as `breaking` would. With `--diff` it exits with 1 when a file would
    change, and with 3 when errors would be left.
    """
    from intercom_iac.application import Checked, check
    from intercom_iac.diagnostics import InvalidSpecs

    if fixes.diff:
        return print_fix_diff(project, unsafe=fixes.unsafe)
    if fixes.fix:
        fix_files(project, unsafe=fixes.unsafe)
    try:
        checked = check(project.session, against)
    except InvalidSpecs as error:
        # A broken project file is a finding like any other: machines get it in their format too.
        checked = Checked(diagnostics=tuple(error.diagnostics))
    print_checked(checked, output, project)
    if checked.failed:
        return 3
    return 1 if checked.breaks else 0
