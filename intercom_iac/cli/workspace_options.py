"""Options of commands that read a workspace of the project, or one that is named on the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .options import ProjectOptions, project_option, workspace_option

if TYPE_CHECKING:
    from intercom_iac.application import Session

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class WorkspaceOptions:
    """Which workspace is meant: the one that `--region`, `--base-url` or `--sandbox` names, else the project's."""

    project: ProjectOptions
    region: str | None
    base_url: str | None
    sandbox: str | None

    @property
    def is_named(self) -> bool:
        """Whether a workspace is named without a project."""
        return (self.region, self.base_url, self.sandbox) != (None, None, None)

    def open(self) -> tuple[Session, bool]:
        """The session, and whether it is of a project, whose specs say something of the workspace.

        Without a project, and with none of the options, the workspace is in the region `us`. Raises `InvalidSpecs`
        for a project file that is wrong, and `Misuse` for options that exclude each other.
        """
        from intercom_iac.diagnostics import Misuse

        named_in_project = self.project.workspace is not None or self.project.path is not None
        if self.is_named and named_in_project:
            raise Misuse(
                "`-w` and `--project` name a workspace of a project, and the other options one without",
                hint="leave out either",
            )
        if not self.is_named:
            # A workspace of a project that is not there is told as that.
            of_project = self.project.session if named_in_project else self.project.session_if_any
            if of_project is not None:
                return of_project, True
        return self.open_without_project(), False

    def open_without_project(self) -> Session:
        """The session of the workspace that is named, or of the region `us`. Raises `Misuse`."""
        from intercom_iac.application import standalone_session

        return standalone_session(
            Path.cwd(),
            region=self.region,
            base_url=self.base_url,
            sandbox=None if self.sandbox is None else Path(self.sandbox),
        )


def any_workspace_options(command: F) -> F:
    """`-w`, `--project`, `--region`, `--base-url` and `--sandbox`, given to the command as
    `source: WorkspaceOptions`."""

    @wraps(command)
    def with_source(
        *,
        project: ProjectOptions,
        region: str | None,
        base_url: str | None,
        sandbox: str | None,
        **options: Any,
    ) -> Any:
        source = WorkspaceOptions(project, region, base_url, sandbox)
        return command(source=source, **options)

    decorated: Any = workspace_option(project_option(with_source))
    decorated = click.option(
        "--sandbox", metavar="FILE", help="Without a project: the embedded workspace in this file."
    )(decorated)
    decorated = click.option(
        "--base-url", metavar="URL", help="Without a project: a server; the token is that of INTERCOM_TOKEN."
    )(decorated)
    return click.option(
        "--region",
        type=click.Choice(("us", "eu", "au")),
        help="Without a project: where Intercom hosts the workspace; the token is that of INTERCOM_TOKEN.",
    )(decorated)
