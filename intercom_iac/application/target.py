"""Where the workspace of a session is, and the token for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.model import REGIONS

from .session import Session
from .token import access_token

if TYPE_CHECKING:
    from intercom_iac.workspace import Target


def embedded_target(session: Session, path: Path) -> Target:
    """The embedded workspace in a file, in the place of the session's."""
    from intercom_iac.workspace import Target

    return Target(session.workspace.name, sandbox=path)


def server_target(session: Session, url: str) -> Target:
    """A server in the place of the session's workspace, with the token for that one.

    Raises `Unauthorized` where there is none. No call is made to a host that is not this machine, Intercom's, or the
    one that the project file allows.
    """
    from intercom_iac.workspace import Target

    name, settings = session.workspace.name, session.workspace.settings
    return Target(
        name,
        base_url=url.rstrip("/"),
        app_id=settings.app_id,
        allow_host=settings.allow_host,
        token=access_token(session),
    )


def workspace_target(session: Session) -> Target:
    """Where the workspace is and the token for it. Raises `Unauthorized` where there is no token."""
    from intercom_iac.workspace import Target

    name, settings = session.workspace.name, session.workspace.settings
    if settings.sandbox is not None:
        return Target(name, sandbox=session.project.root / settings.sandbox, app_id=settings.app_id)
    return server_target(session, settings.base_url or REGIONS[settings.region or "us"])
