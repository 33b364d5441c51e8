"""A project: its file, settings, workspaces, variables and acceptances, and the project as it was at a revision.

Imports `yaml`, `model` and what is below them. `find_project` finds and reads the project file; `base_of` finds the
project as it was at a git revision or in another folder.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .acceptances import day_of, gate_places
    from .ownership import check_owner
    from .policy.labels import labels_of
    from .policy.levels import with_levels
    from .project import PROJECT_FILE, Project, find_project
    from .revisions.obstacles import mistakes_in, partial, without_absence
    from .revisions.revisions import Against, Base, against_of, base_of
    from .settings import DEFAULT_SANDBOX, ProjectSettings, WorkspaceSettings
    from .timezones import declared_timezone, timezone_mismatch
    from .workspace_pairs import gone_workspaces, names_then

__all__ = [
    "DEFAULT_SANDBOX",
    "PROJECT_FILE",
    "Against",
    "Base",
    "Project",
    "ProjectSettings",
    "WorkspaceSettings",
    "against_of",
    "base_of",
    "check_owner",
    "day_of",
    "declared_timezone",
    "find_project",
    "gate_places",
    "gone_workspaces",
    "labels_of",
    "mistakes_in",
    "names_then",
    "partial",
    "timezone_mismatch",
    "with_levels",
    "without_absence",
]

__getattr__ = lazy_names(
    __name__,
    {
        "acceptances": ["day_of", "gate_places"],
        "ownership": ["check_owner"],
        "policy.labels": ["labels_of"],
        "policy.levels": ["with_levels"],
        "project": ["PROJECT_FILE", "Project", "find_project"],
        "revisions.obstacles": ["mistakes_in", "partial", "without_absence"],
        "revisions.revisions": ["Against", "Base", "against_of", "base_of"],
        "settings": ["DEFAULT_SANDBOX", "ProjectSettings", "WorkspaceSettings"],
        "workspace_pairs": ["gone_workspaces", "names_then"],
        "timezones": ["declared_timezone", "timezone_mismatch"],
    },
)
