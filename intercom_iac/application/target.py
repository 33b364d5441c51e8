"""Where the workspace of a session is, and the token for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intercom_iac.model import REGIONS

from .session import Session
from .token import access_token

if TYPE_CHECKING:
    from intercom_iac.workspace import Target


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
