"""A project: its file, settings, workspaces, variables and acceptances, and the project as it was at a revision.

Imports `yaml`, `model` and what is below them. `find_project` finds and reads the project file; `read_base` finds the
project as it was at a git revision or in another folder. Files are read through a `FileTree`: the disk, a commit, or
unsaved texts over either.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .acceptances import Acceptance, Version, parse_version
    from .files import DiskTree, FileEntry, FileTree, OverlayTree
    from .ignored_drift import IgnoredDrift
    from .ownership import check_owner
    from .policy.labels import labels_of
    from .policy.levels import with_levels
    from .project import PROJECT_FILE, Project, find_project, locate_project_file, read_project
    from .proof_worlds import world_of_proofs
    from .revisions.base_reference import BaseReference, parse_against
    from .revisions.history import Lines, RevisionHistory, revision_history
    from .revisions.obstacles import obstacles_of, partial_comparison, without_missing_specs
    from .revisions.revisions import Base, read_base
    from .settings import (
        DEFAULT_SANDBOX,
        MappedColumn,
        ProjectSettings,
        SafetySettings,
        SourceSettings,
        WorkspaceSettings,
    )
    from .timezones import declared_timezone, timezone_mismatch
    from .workspace_pairs import earlier_names, removed_workspaces

__all__ = [
    "DEFAULT_SANDBOX",
    "PROJECT_FILE",
    "Acceptance",
    "Base",
    "BaseReference",
    "DiskTree",
    "FileEntry",
    "FileTree",
    "IgnoredDrift",
    "Lines",
    "MappedColumn",
    "OverlayTree",
    "Project",
    "ProjectSettings",
    "RevisionHistory",
    "SafetySettings",
    "SourceSettings",
    "Version",
    "WorkspaceSettings",
    "check_owner",
    "declared_timezone",
    "earlier_names",
    "find_project",
    "labels_of",
    "locate_project_file",
    "obstacles_of",
    "parse_against",
    "parse_version",
    "partial_comparison",
    "read_base",
    "read_project",
    "removed_workspaces",
    "revision_history",
    "timezone_mismatch",
    "with_levels",
    "without_missing_specs",
    "world_of_proofs",
]

__getattr__ = lazy_names(
    __name__,
    {
        "acceptances": ["Acceptance", "Version", "parse_version"],
        "files": ["DiskTree", "FileEntry", "FileTree", "OverlayTree"],
        "ignored_drift": ["IgnoredDrift"],
        "ownership": ["check_owner"],
        "policy.labels": ["labels_of"],
        "policy.levels": ["with_levels"],
        "project": ["PROJECT_FILE", "Project", "find_project", "locate_project_file", "read_project"],
        "revisions.history": ["Lines", "RevisionHistory", "revision_history"],
        "revisions.obstacles": ["obstacles_of", "partial_comparison", "without_missing_specs"],
        "revisions.base_reference": ["BaseReference", "parse_against"],
        "revisions.revisions": ["Base", "read_base"],
        "settings": [
            "DEFAULT_SANDBOX",
            "MappedColumn",
            "ProjectSettings",
            "SafetySettings",
            "SourceSettings",
            "WorkspaceSettings",
        ],
        "workspace_pairs": ["earlier_names", "removed_workspaces"],
        "proof_worlds": ["world_of_proofs"],
        "timezones": ["declared_timezone", "timezone_mismatch"],
    },
)
