"""The live side of a session: the way into its workspace."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .notices import Notify, SlowCall, ignore_notice
from .session import Session
from .target import workspace_target

if TYPE_CHECKING:
    from intercom_iac.workspace import HttpWorkspace, Target


@contextmanager
def open_live(
    session: Session, *, parallelism: int, notify: Notify = ignore_notice, target: Target | None = None
) -> Generator[HttpWorkspace]:
    """The workspace, for so many calls at once, closed at the end; that of a `target` where one is given. No call is
    made here."""
    from intercom_iac.workspace import open_workspace

    target = workspace_target(session) if target is None else target

    def tell_of_slow_call(text: str) -> None:
        notify(SlowCall(text))

    on_wait = tell_of_slow_call if target.sandbox is None else None
    workspace = open_workspace(target, parallelism=parallelism, on_wait=on_wait)
    try:
        yield workspace
    finally:
        workspace.close()
