"""What a use-case works with: a project, the workspace it is about, and the day."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.project import Project, WorkspaceSettings, find_project
from intercom_iac.specs import Loaded, SpecsLoader, merge_diagnostics
from intercom_iac.text import quoted_names

if TYPE_CHECKING:
    from intercom_iac.model import Schema


@dataclass(frozen=True, slots=True)
class ChosenWorkspace:
    """A workspace of the project file, by its name there."""

    name: str
    settings: WorkspaceSettings


class Session:
    """A project, a workspace of it, and the day that stands for today.

    The workspace is resolved once, and the specs are loaded once, both when they are first asked for.
    """

    def __init__(
        self,
        project: Project,
        workspace: str | None = None,
        today: date | None = None,
        *,
        specs: SpecsLoader | None = None,
    ) -> None:
        """`workspace` is a name of the project file, None for its default; `today` is None for the present day.

        `specs` are those of another session of the same project, to be shared with it.
        """
        self.project = project
        self.workspace_name = workspace
        self.today = today
        self._specs = SpecsLoader(project) if specs is None else specs

    @cached_property
    def workspace(self) -> ChosenWorkspace:
        """The workspace that is meant. Raises `Misuse` for a name the project does not have, or where there is no
        default."""
        workspaces = self.project.settings.workspaces
        name = self.workspace_name
        if name is None:
            name = self.project.settings.default_workspace
        if name is None:
            raise Misuse(
                "the project has several workspaces and no default",
                hint=f"pass -w with one of {quoted_names(workspaces)}",
            )
        if name not in workspaces:
            raise Misuse(f"the project has no workspace `{name}`", hint=f"it has {quoted_names(workspaces)}")
        return ChosenWorkspace(name, workspaces[name])

    def for_workspace(self, name: str) -> Session:
        """The same for another workspace, with the specs that are loaded already."""
        return Session(self.project, name, self.today, specs=self._specs)

    def day_in(self, zone: tzinfo = UTC) -> date:
        """The day that stands for today, else the present day in a time zone."""
        return self.today or datetime.now(zone).date()

    def specs(self) -> Loaded:
        """The specs for the workspace, whatever is wrong with them: for the first one where there is no default.

        Raises `Misuse` for a name the project does not have.
        """
        return self._specs.load(None if self.workspace_name is None else self.workspace.name)

    def schema(self) -> Schema:
        """The schema of these specs. Raises `InvalidSpecs` for errors in them."""
        return self.specs().or_raise()

    def specs_by_workspace(self) -> dict[str, Loaded]:
        """The specs for every workspace of the project, whatever is wrong with them."""
        return self._specs.load_every_workspace()

    def valid_specs_by_workspace(self) -> dict[str, Loaded]:
        """The specs for every workspace. Raises `InvalidSpecs` for an error in any of them."""
        loaded = self.specs_by_workspace()
        if any(specs.errors for specs in loaded.values()):
            raise InvalidSpecs(merge_diagnostics({name: specs.diagnostics for name, specs in loaded.items()}))
        return loaded

    def schemas(self) -> dict[str, Schema]:
        """The schema for every workspace. Raises `InvalidSpecs` for an error in any of them."""
        return {name: specs.schema for name, specs in self.valid_specs_by_workspace().items()}


def open_session(
    start: Path,
    *,
    project: Path | None = None,
    workspace: str | None = None,
    today: date | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Session:
    """A session for the project of a folder, or of a folder above it; `project` names its file or folder instead.

    `environment` has what the project may use: values of variables, access tokens. Raises `InvalidSpecs` for
    everything that is wrong with the project file, or where there is none.
    """
    return Session(find_project(start, project, environment), workspace, today)
