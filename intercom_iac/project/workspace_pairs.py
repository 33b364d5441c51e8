"""Matches the workspaces of two revisions of a project file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes.breaking import revisions as codes

from .settings import ProjectSettings, WorkspaceSettings


def earlier_names(then: ProjectSettings, now: ProjectSettings) -> dict[str, str]:
    """The earlier name of each present workspace, none for a new one.

    It is its own name, else that of the workspace with the same `app_id`, file or address.
    """
    names = {name: name for name in now.workspaces if name in then.workspaces}
    for name, settings in now.workspaces.items():
        if name in names:
            continue
        for old_name, old_settings in then.workspaces.items():
            identity = _identity(old_settings)
            if old_name not in names.values() and identity is not None and identity == _identity(settings):
                names[name] = old_name
                break
    return names


def _identity(settings: WorkspaceSettings) -> tuple[str, str] | None:
    """What identifies a workspace whatever its name; None where nothing does."""
    if settings.app_id is not None:
        return "app_id", settings.app_id
    if settings.sandbox is not None:
        return "sandbox", settings.sandbox
    return None if settings.base_url is None else ("base_url", settings.base_url)


def removed_workspaces(
    then: ProjectSettings, before: Mapping[str, str], against: str
) -> Iterator[Diagnostic]:
    """A remark for each earlier workspace that no present one matches. `before` are the earlier names of the present
    ones."""
    for name in then.workspaces:
        if name not in before.values():
            yield codes.WORKSPACE_GONE.at(
                None,
                f"the workspace `{name}` of `{against}` is no longer in the project",
                hint="what only it had is compared with what is declared for any workspace now",
            )
