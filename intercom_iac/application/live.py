"""The live side of a session: where its workspace is, and the way in."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from intercom_iac.model import REGIONS

from .notices import Notify, SlowCall, ignore_notice
from .session import Session
from .token import access_token

if TYPE_CHECKING:
    from intercom_iac.workspace import HttpWorkspace, Target


def workspace_target(session: Session) -> Target:
    """Where the workspace is and the token for it. Raises `Unauthorized` where there is no token."""
    from intercom_iac.workspace import Target

    name, settings = session.workspace.name, session.workspace.settings
    if settings.sandbox is not None:
        return Target(name, sandbox=session.project.root / settings.sandbox, app_id=settings.app_id)
    base_url = (settings.base_url or REGIONS[settings.region or "us"]).rstrip("/")
    return Target(
        name,
        base_url=base_url,
        app_id=settings.app_id,
        allow_host=settings.allow_host,
        token=access_token(session),
    )


@contextmanager
def open_live(
    session: Session, *, parallelism: int, notify: Notify = ignore_notice
) -> Generator[HttpWorkspace]:
    """The workspace, for so many calls at once, closed at the end. No call is made here."""
    from intercom_iac.workspace import open_workspace

    target = workspace_target(session)

    def tell_of_slow_call(text: str) -> None:
        notify(SlowCall(text))

    on_wait = tell_of_slow_call if target.sandbox is None else None
    workspace = open_workspace(target, parallelism=parallelism, on_wait=on_wait)
    try:
        yield workspace
    finally:
        workspace.close()
