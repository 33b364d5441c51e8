"""`fmt`: spec files in their canonical form."""

from __future__ import annotations

from pathlib import Path

import click

from ..console import echo, plural, print_diagnostics
from ..options import ProjectOptions, examples, project_option


@click.command(epilog=examples("fmt", "fmt --check", "fmt specs/billing.yaml"))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "check_only", is_flag=True, help="Write nothing; exit 1 when a file would change.")
@project_option
def fmt_command(files: tuple[Path, ...], check_only: bool, project: ProjectOptions) -> int:
    """Rewrite spec files (default: all of the project) in their canonical form, comments kept.

    A file that cannot be read, or is not YAML, is left as it is, and its mistake is shown.
    """
    from intercom_iac.application import NamedFile, format_files, project_files, project_words
    from intercom_iac.text import printable

    if files:
        chosen, diagnostics = [NamedFile(path, path.as_posix()) for path in files], []
    else:
        chosen, diagnostics = project_files(project.session)
    print_diagnostics(diagnostics)
    changed, failed = 0, len(diagnostics)
    words = project_words(lambda: project.session_if_any)
    for file in format_files(chosen, write=not check_only, words=words):
        print_diagnostics(file.diagnostics)
        failed += bool(file.diagnostics)
        if file.changed:
            changed += 1
            echo(f"{'would reformat' if check_only else 'reformatted'} {printable(file.name)}")
    echo(f"{plural(len(chosen), 'file')}, {changed} {'would change' if check_only else 'changed'}", err=True)
    if failed:
        return 3
    return 1 if check_only and changed else 0
