"""`fmt`: spec files in their canonical form."""

from __future__ import annotations

from pathlib import Path

import click

from .console import echo, plural, print_diagnostics
from .options import examples, project_option


@click.command(epilog=examples("fmt", "fmt --check", "fmt specs/billing.yaml"))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "check_only", is_flag=True, help="Write nothing; exit 1 when a file would change.")
@project_option
def fmt(files: tuple[Path, ...], check_only: bool, project: str | None) -> int:
    """Rewrite spec files (default: all of the project) in their canonical form, comments kept.

    A file that cannot be read as YAML is left as it is, and its mistake is shown.
    """
    from intercom_iac.diagnostics import InvalidSpecs
    from intercom_iac.specs import format_file, spec_files

    from .files import read_text, write_whole
    from .loading import project_of

    chosen, wrong = (list(files), []) if files else spec_files(project_of(project))
    print_diagnostics(wrong)
    changed, failed = 0, len(wrong)
    for path in chosen:
        text = read_text(path)
        try:
            formatted = format_file(text, path.as_posix())
        except InvalidSpecs as error:
            print_diagnostics(error.diagnostics)
            failed += 1
            continue
        if formatted != text:
            changed += 1
            echo(f"{'would reformat' if check_only else 'reformatted'} {path}")
            if not check_only:
                write_whole(path, formatted, mode=path.stat().st_mode & 0o777)
    echo(f"{plural(len(chosen), 'file')}, {changed} {'would change' if check_only else 'changed'}", err=True)
    if failed:
        return 3
    return 1 if check_only and changed else 0
