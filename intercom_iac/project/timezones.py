"""The time zones that the project file names."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, available_timezones

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import plan as plan_codes
from intercom_iac.diagnostics.codes import workspaces as codes
from intercom_iac.text import did_you_mean
from intercom_iac.yaml.corrections import near_word
from intercom_iac.yaml.nodes import Document
from intercom_iac.yaml.nodes import Path as NodePath

from .settings import ProjectSettings


def check_timezones(document: Document, settings: ProjectSettings) -> Iterator[Diagnostic]:
    """A diagnostic for each name that is none of the IANA database's."""
    named: list[tuple[NodePath, str | None]] = [(("timezone",), settings.timezone)]
    named += [
        (("workspaces", name, "timezone"), workspace.timezone)
        for name, workspace in settings.workspaces.items()
    ]
    for path, name in named:
        if name is not None and not _is_timezone(name):
            yield codes.UNKNOWN_TIMEZONE.at(
                document.span(path),
                f"there is no time zone `{name}`",
                hint=did_you_mean(name, available_timezones()) or "write one such as `Europe/Dublin`",
                fix=near_word(document.span(path), name, available_timezones(), closed=True),
            )


def declared_timezone(settings: ProjectSettings, workspace: str) -> str | None:
    """The time zone that the project file gives a workspace; None where it says nothing."""
    return settings.workspaces[workspace].timezone or settings.timezone


def timezone_mismatch(settings: ProjectSettings, workspace: str, live: str) -> Iterator[Diagnostic]:
    """A warning where the workspace has another time zone than the project file gives it."""
    declared = declared_timezone(settings, workspace)
    if declared is not None and declared != live:
        yield plan_codes.OTHER_TIMEZONE.at(
            None,
            f"the project file says that days are in {declared}, and the workspace `{workspace}` has them in {live}",
            hint=f"write `timezone: {live}`, or set the time zone of the workspace in Intercom",
        )


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return False
    return True
