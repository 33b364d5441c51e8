"""One apply at a time, and what is said of one that was killed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .console import echo

if TYPE_CHECKING:
    from intercom_iac.project import Project
    from intercom_iac.workspace import Workspace


@contextmanager
def in_turn(project: Project, live: Workspace) -> Generator[Path]:
    """The journal's path, while no other apply of this project to the workspace is under way on this machine.

    Raises `IntercomIacError` where there is one.
    """
    from intercom_iac.applying import apply_lock, journal_path

    identity = live.identity()
    path = journal_path(project.root, identity.app_id)
    with apply_lock(path, identity.app_id):
        _tell(path)
        yield path


def tell_what_was_left(project: Project, live: Workspace) -> None:
    """Says on standard error what an apply that was killed had come to, or that one is under way."""
    from intercom_iac.applying import applying_process, journal_path

    path = journal_path(project.root, live.identity().app_id)
    holder = applying_process(path)
    if holder is None:
        _tell(path)
    else:
        echo(f"warning: an apply is under way (process {holder}): the plan may not hold for long", err=True)


def _tell(path: Path) -> None:
    from intercom_iac.applying import read_abandoned_apply
    from intercom_iac.diagnostics import IntercomIacError
    from intercom_iac.reporting import abandoned_apply_text
    from intercom_iac.text import printable

    try:
        left = read_abandoned_apply(path)
    except IntercomIacError as error:
        # Nothing is planned from it, so it holds nobody up.
        echo(f"warning: {printable(error.message)}\n  help: {error.hint}", err=True)
        return
    if left is not None:
        echo(abandoned_apply_text(left), err=True)
