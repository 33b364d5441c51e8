"""`fmt`: spec files in their canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..console import echo, plural, print_diagnostics
from ..options import examples, project_option

if TYPE_CHECKING:
    from intercom_iac.diagnostics import Diagnostic


@click.command(epilog=examples("fmt", "fmt --check", "fmt specs/billing.yaml"))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", "check_only", is_flag=True, help="Write nothing; exit 1 when a file would change.")
@project_option
def fmt(files: tuple[Path, ...], check_only: bool, project: str | None) -> int:
    """Rewrite spec files (default: all of the project) in their canonical form, comments kept.

    A file that cannot be read, or is not YAML, is left as it is, and its mistake is shown.
    """
    from intercom_iac.diagnostics import InvalidSpecs
    from intercom_iac.specs import display_path, format_path, spec_files
    from intercom_iac.text import printable

    from ..files import write_whole
    from ..loading import project_of

    wrong: list[Diagnostic] = []
    if files:
        chosen = [(path, path.as_posix()) for path in files]
    else:
        found = project_of(project)
        paths, wrong = spec_files(found)
        chosen = [(path, display_path(path, found.root)) for path in paths]
    print_diagnostics(wrong)
    changed, failed = 0, len(wrong)
    for path, name in chosen:
        try:
            file, formatted = format_path(path, name)
        except InvalidSpecs as error:
            print_diagnostics(error.diagnostics)
            failed += 1
            continue
        # A byte-order mark is no part of the text, and goes.
        if formatted != file.text or path.stat().st_size != len(formatted.encode()):
            changed += 1
            if not check_only:
                write_whole(path, formatted.encode())
            echo(f"{'would reformat' if check_only else 'reformatted'} {printable(name)}")
    echo(f"{plural(len(chosen), 'file')}, {changed} {'would change' if check_only else 'changed'}", err=True)
    if failed:
        return 3
    return 1 if check_only and changed else 0
