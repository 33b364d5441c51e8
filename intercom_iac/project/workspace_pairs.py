"""Workspaces of two revisions of a project file: which of now is which of then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import back_gate as codes

from .settings import ProjectSettings, WorkspaceSettings


def earlier_names(then: ProjectSettings, now: ProjectSettings) -> dict[str, str]:
    """The name each workspace of now had then: the same, else that of the one at its place; none for a new one."""
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
    """What tells one workspace from another whatever it is called; None where nothing does."""
    if settings.app_id is not None:
        return "app_id", settings.app_id
    if settings.sandbox is not None:
        return "sandbox", settings.sandbox
    return None if settings.base_url is None else ("base_url", settings.base_url)


def removed_workspaces(
    then: ProjectSettings, before: Mapping[str, str], against: str
) -> Iterator[Diagnostic]:
    """The workspaces of then that no workspace of now was."""
    for name in then.workspaces:
        if name not in before.values():
            yield codes.WORKSPACE_GONE.at(
                None,
                f"the workspace `{name}` of `{against}` is no longer in the project",
                hint="what only it had is compared with what is declared for any workspace now",
            )
