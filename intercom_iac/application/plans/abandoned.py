"""One apply at a time, and what another apply left or is doing."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from intercom_iac.applying import apply_lock, applying_process, journal_path, read_abandoned_apply
from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.project import Project
from intercom_iac.workspace import Workspace

from ..notices import ApplyCutOff, ApplyUnderWay, Tell, UnreadableJournal


@contextmanager
def exclusive_apply(project: Project, live: Workspace, tell: Tell) -> Generator[Path]:
    """The journal's path, while no other apply of this project to the workspace is under way on this machine.

    Raises `IntercomIacError` where there is one.
    """
    identity = live.identity()
    path = journal_path(project.root, identity.app_id)
    with apply_lock(path, identity.app_id):
        _tell_of_abandoned(path, tell)
        yield path


def tell_of_other_applies(project: Project, live: Workspace, tell: Tell) -> None:
    """Tells what an apply that was killed had come to, or that one is under way."""
    path = journal_path(project.root, live.identity().app_id)
    process = applying_process(path)
    if process is None:
        _tell_of_abandoned(path, tell)
    else:
        tell(ApplyUnderWay(process))


def _tell_of_abandoned(path: Path, tell: Tell) -> None:
    try:
        apply = read_abandoned_apply(path)
    except IntercomIacError as error:
        tell(UnreadableJournal(error))
        return
    if apply is not None:
        tell(ApplyCutOff(apply))
