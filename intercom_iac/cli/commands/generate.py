"""`generate`: typed code that sends the data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..generate_output import TypeScriptOptions, print_changes, relative_to_here, typescript_options
from ..options import ProjectOptions, examples, project_option, workspace_option

if TYPE_CHECKING:
    from intercom_iac.generating import Language


@click.command(
    epilog=examples(
        "generate typescript",
        "generate python --out app/intercom_data",
        "generate typescript --out web/src/intercom --case camel --react",
        "generate typescript --check",
    )
)
@click.argument("language", type=click.Choice(("typescript", "python")))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the code (default: generated/LANGUAGE in the project).",
)
@click.option(
    "--check", "check_only", is_flag=True, help="Write nothing; exit 1, with a diff, when out of date."
)
@typescript_options
@workspace_option
@project_option
def generate_command(
    language: Language,
    out: Path | None,
    check_only: bool,
    options: TypeScriptOptions,
    project: ProjectOptions,
) -> int:
    """Write typed code that sends what the specs declare, in TypeScript or Python.

    What the specs do not allow is an error of the language's own compiler or type checker. Files that were not
    generated are never overwritten, and generated ones that are no longer needed are removed.
    """
    from intercom_iac.application import generate_code, generated_changes, generated_folder, write_generated

    session = project.session
    files = generate_code(session, language, options.for_language(language))
    folder = out or relative_to_here(generated_folder(session, language))
    changes = generated_changes(folder, language, files, with_lines=not check_only)
    if not check_only:
        write_generated(folder, changes)
    print_changes(folder, changes, check_only=check_only)
    return 1 if check_only and changes else 0
