"""The time zone a workspace counts its days in."""

from __future__ import annotations

from ..client.client import Client
from ..target import Target
from .http import HttpWorkspace


def read_timezone(target: Target) -> str:
    """The IANA name of the workspace's time zone, as `GET /me` tells it (API 2.16 description, `app.timezone`).

    An embedded workspace is not made for it: where there is none yet, its name is what a new one has. Raises a
    `WorkspaceError` where the workspace does not answer, or is another than the target's.
    """
    if target.sandbox is not None:
        from ..embedded import embedded_timezone

        return embedded_timezone(target.sandbox)
    workspace = HttpWorkspace(target, Client(target))
    try:
        return workspace.identity().timezone
    finally:
        workspace.close()
