"""A project, and finding its file on the disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType

from intercom_iac.diagnostics import Diagnostic, InvalidSpecs, sort_diagnostics
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import SourceFile
from intercom_iac.yaml.nodes import Document

from .acceptances import Acceptance, Version
from .files import DiskTree, FileTree, error_reason, unreadable
from .ignored_drift import IgnoredDrift
from .overlooked import near_project_files
from .ownership import STATE_FOLDER, check_owner
from .project_file import read_project_file
from .settings import ProjectSettings

PROJECT_FILE = "intercom-iac.yaml"

Environment = Mapping[str, str]
_NO_ENVIRONMENT: Environment = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Project:
    """A project: what its project file says, and where its specs and the values of its variables come from.

    `root` is the folder of the project file, `tree` the files in it: those of a revision are not on the disk.
    `document` is the parsed project file, in which places are looked up. `environment` are the environment variables
    that it may use. `settings.workspaces` is never empty. `settings.default_workspace` is None where several are
    declared and none is the default.
    """

    root: Path
    tree: FileTree = field(repr=False)
    document: Document = field(repr=False)
    settings: ProjectSettings
    acceptances: tuple[Acceptance, ...]
    release: Version | None
    environment: Environment = field(repr=False)
    ignored_drift: tuple[IgnoredDrift, ...] = ()

    @property
    def source(self) -> SourceFile:
        """The text of the project file."""
        return self.document.file


def find_project(
    start: Path, explicit: Path | None = None, environment: Environment = _NO_ENVIRONMENT
) -> Project:
    """The project of a folder: its own or that of the nearest folder above. `explicit` names it instead.

    `explicit` is a project file or the folder that holds one, whoever it belongs to. `environment` are the
    environment variables that the project may use, none where it is left out. Raises `InvalidSpecs` with everything
    that is wrong with the project file, or saying that there is none, and `Misuse` for one of another owner that was
    found.
    """
    path = locate_project_file(start, explicit)
    is_found = explicit is None
    if is_found:
        check_owner((path.parent, path), path.parent, environment)
    project, diagnostics = read_project(path.parent, DiskTree(path.parent), path.name, environment)
    if project is None or diagnostics:
        raise InvalidSpecs(diagnostics)
    if is_found:
        folders = (path.parent / project.settings.specs, path.parent / STATE_FOLDER)
        check_owner(folders, path.parent, environment)
    return project


def locate_project_file(start: Path, explicit: Path | None = None) -> Path:
    """Where the project file is: `explicit` or in that folder, else in `start` or the nearest folder above it.

    Raises `InvalidSpecs` where there is none.
    """
    return _named_path(explicit) if explicit is not None else _nearest_path(start)


def read_project(
    root: Path, tree: FileTree, path: str, environment: Environment
) -> tuple[Project | None, list[Diagnostic]]:
    """The project of a project file in a tree, and everything that is wrong with the file, in the order of places."""
    project_file, diagnostics = read_project_file(tree, path)
    if project_file is None:
        return None, sort_diagnostics(diagnostics)
    project = Project(
        root=root,
        tree=tree,
        document=project_file.document,
        settings=project_file.settings,
        acceptances=project_file.acceptances,
        release=project_file.release,
        environment=environment,
        ignored_drift=project_file.ignored_drift,
    )
    return project, sort_diagnostics(diagnostics)


def _named_path(explicit: Path) -> Path:
    explicit = Path(os.path.abspath(explicit))  # noqa: PTH100  links stay as they were named
    try:
        path = explicit / PROJECT_FILE if explicit.is_dir() else explicit
        # A link that leads nowhere is there, and is told as such when it is read.
        exists = os.path.lexists(path)
    except OSError as error:
        message = f"`{explicit}` cannot be read: {error_reason(error)}"
        hint = "check the path"
        raise InvalidSpecs([codes.UNREADABLE.at(None, message, hint=hint)]) from error
    if not exists and path != explicit and (near := near_project_files(DiskTree(explicit), PROJECT_FILE)):
        raise InvalidSpecs([_misnamed_file(explicit, near[0])])
    if not exists:
        raise InvalidSpecs(
            [
                codes.NO_PROJECT.at(
                    None,
                    f"there is no project file at `{path}`",
                    hint="`intercom-iac init` makes a project in the current folder",
                )
            ]
        )
    return path


def _misnamed_file(folder: Path, name: str) -> Diagnostic:
    return codes.NO_PROJECT.at(
        None,
        f"`{name}` in `{folder}` is not read: a project file is called `{PROJECT_FILE}`",
        hint=f"rename it to `{PROJECT_FILE}`, or name it with `--project`",
    )


def _nearest_path(start: Path) -> Path:
    start = Path(os.path.abspath(start))  # noqa: PTH100
    for folder in (start, *start.parents):
        path = folder / PROJECT_FILE
        try:
            if os.path.lexists(path):
                return path
        except OSError as error:
            raise InvalidSpecs(
                [unreadable(str(path), f"the file cannot be read: {error_reason(error)}")]
            ) from error
        if near := near_project_files(DiskTree(folder), PROJECT_FILE):
            raise InvalidSpecs([_misnamed_file(folder, near[0])])
    raise InvalidSpecs(
        [
            codes.NO_PROJECT.at(
                None,
                f"there is no `{PROJECT_FILE}` in `{start}` or above it",
                hint="`intercom-iac init` makes a project in the current folder",
            )
        ]
    )
