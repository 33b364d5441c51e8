"""One apply at a time, and what another apply left or is doing."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from intercom_iac.applying import read_abandoned_apply
from intercom_iac.diagnostics import IntercomIacError
from intercom_iac.journal import journal_path, lock_holder, workspace_lock
from intercom_iac.project import Project
from intercom_iac.workspace import Workspace

from ..notices import ApplyCutOff, Notify, UnreadableJournal, WriteUnderWay


@contextmanager
def exclusive_apply(project: Project, live: Workspace, notify: Notify) -> Generator[Path]:
    """The journal's path, while nothing else of this project writes to the workspace on this machine.

    Raises `IntercomIacError` where there is one.
    """
    identity = live.identity()
    path = journal_path(project.root, identity.app_id)
    with workspace_lock(path, identity.app_id):
        _notify_of_abandoned(path, notify)
        yield path


def notify_of_other_applies(project: Project, live: Workspace, notify: Notify) -> None:
    """Tells what an apply that was killed had come to, or that one is under way."""
    path = journal_path(project.root, live.identity().app_id)
    holder = lock_holder(path)
    if holder is None:
        _notify_of_abandoned(path, notify)
    else:
        notify(WriteUnderWay(holder))


def _notify_of_abandoned(path: Path, notify: Notify) -> None:
    try:
        apply = read_abandoned_apply(path)
    except IntercomIacError as error:
        notify(UnreadableJournal(error))
        return
    if apply is not None:
        notify(ApplyCutOff(apply))
