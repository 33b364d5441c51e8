"""An import written, and what came of it on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .console import echo, print_json
from .fix_output import unified_diff

if TYPE_CHECKING:
    from intercom_iac.adopting import Imported
    from intercom_iac.application import Session


def print_import(session: Session, imported: Imported, output: str, *, dry_run: bool, updated: bool) -> None:
    """Writes the files of an import, and reports it; with `dry_run` it is reported alone, with a diff."""
    from intercom_iac.application import write_import

    if not dry_run:
        write_import(session, imported)
    if output == "json":
        from intercom_iac.adopting import encode_import

        print_json(encode_import(imported, dry_run=dry_run))
        return
    from intercom_iac.reporting import import_text

    if dry_run:
        before = {file.path: file.text for file in session.specs().files}
        for path, text in imported.texts.items():
            name = path.as_posix()
            echo(unified_diff(name, before.get(name, ""), text), nl=False)
    echo(import_text(imported, dry_run=dry_run, updated=updated), nl=False, err=dry_run)
