"""Spec files: YAML text -> Schema, keeping where each thing stands. Imports `rules`, `model`, `diagnostics`.

`find_project` finds and reads the project file, `load` the specs for a workspace, `load_each` for all of them; none
stops at the first mistake, and `told_once` puts together what several workspaces have wrong. `base_of` finds the
project as it was at a revision. The rest is for single commands: `format_file` and `format_path`, `json_schema`,
`scaffold`; `digest` says whether two schemas are the same.
"""

from .digest import digest
from .everywhere import told_once
from .formatting import format_file, format_path
from .gate import day_of, gate_places
from .json_schema import json_schema
from .loading import Loaded, load, load_each, shown, spec_files
from .obstacles import mistakes_in, partial, without_absence
from .ownership import check_owner
from .project import PROJECT_FILE, Project, find_project
from .revisions import Against, Base, against_of, base_of
from .scaffold import scaffold
from .settings import DEFAULT_SANDBOX, ProjectSettings, WorkspaceSettings
from .successors import gone_workspaces, successors
from .timezones import declared_timezone, timezone_mismatch

__all__ = [
    "DEFAULT_SANDBOX",
    "PROJECT_FILE",
    "Against",
    "Base",
    "Loaded",
    "Project",
    "ProjectSettings",
    "WorkspaceSettings",
    "against_of",
    "base_of",
    "check_owner",
    "day_of",
    "declared_timezone",
    "digest",
    "find_project",
    "format_file",
    "format_path",
    "gate_places",
    "gone_workspaces",
    "json_schema",
    "load",
    "load_each",
    "mistakes_in",
    "partial",
    "scaffold",
    "shown",
    "spec_files",
    "successors",
    "timezone_mismatch",
    "told_once",
    "without_absence",
]
