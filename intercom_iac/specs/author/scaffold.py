"""The files of a new project: what `init` writes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.project.files import error_reason
from intercom_iac.project.project import PROJECT_FILE
from intercom_iac.yaml.editing.writing import entry_lines

from ..file_schemas import Kind, json_schema
from .entries import Entry
from .files import new_spec_file

# The schemas are for editors and belong in git; the embedded workspace beside them does not.
_SCHEMAS: dict[Kind, str] = {
    "project": ".intercom-iac/project.schema.json",
    "spec": ".intercom-iac/spec.schema.json",
}
_IGNORED = b".intercom-iac/*\n!.intercom-iac/*.schema.json\n"

_PROJECT_HEADER = f"""\
# yaml-language-server: $schema={_SCHEMAS["project"]}
version: 1
specs: specs
"""
_PROJECT = f"""\
{_PROJECT_HEADER}default_workspace: sandbox
workspaces:
  # An embedded workspace: nothing to install, nothing to sign up for.
  sandbox:
    sandbox: .intercom-iac/sandbox.db
  # One of Intercom's. The token is read from the environment variable that `token_env` names.
  # production:
  #   region: us
  #   app_id: abc12345
  #   token_env: INTERCOM_TOKEN
  #   protected: true
naming: {{attributes: snake_case, events: snake_case}}
"""
_SPECS_HEADER = f"# yaml-language-server: $schema=../{_SCHEMAS['spec']}\n"
_ENTRIES = (
    Entry(
        ("attributes", "contact", "plan_type"),
        {
            "type": "options",
            "options": ["free", "trial", "pro"],
            "description": "Billing plan the person is on",
            "owner": "growth",
        },
    ),
    Entry(
        ("attributes", "contact", "trial_end_date"),
        {"type": "date", "description": "Last day of the trial", "owner": "growth"},
    ),
    Entry(
        ("events", "feature_first_used"),
        {
            "description": "A person used a feature for the first time",
            "metadata": {
                "feature_name": {
                    "type": "string",
                    "required": True,
                    "description": "The feature, by its name in the product",
                }
            },
            "owner": "product",
        },
    ),
    Entry(
        ("segments", "trial_ending_soon"),
        {
            "name": "Trial ending in 3 days",
            "rule": "plan_type = trial and trial_end_date within next 3 days",
            "publish": ["tag"],
            "description": "To be asked before the trial ends",
            "owner": "growth",
        },
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaffoldWorkspace:
    """The one workspace of a new project: its name, and what the project file says of it."""

    name: str
    settings: Mapping[str, Any]

    def project_text(self) -> str:
        """The project file. It asks for no style of names: the workspace has the names that it has."""
        lines = [
            *entry_lines("default_workspace", self.name),
            *entry_lines("workspaces", {self.name: self.settings}),
        ]
        return _PROJECT_HEADER + "".join(f"{line}\n" for line in lines)


def scaffold(folder: Path, workspace: ScaffoldWorkspace | None = None) -> dict[Path, bytes]:
    """The files that a project in a folder lacks to pass `check`, in the order in which to write them.

    Its workspace is an embedded one, and there is a sample of specs; or it is the one that is given, whose specs
    come from elsewhere.

    What is there stays as it is, except that `.gitignore` gets the lines it lacks. The project file comes last: where
    the writing ends before it, the next `init` begins as this one did. Raises `InvalidSpecs` for a `.gitignore` that
    cannot be read.
    """
    files: dict[str, str] = {}
    # Beside a project or specs of somebody's own, a sample would stand in the way.
    is_new = not os.path.lexists(folder / PROJECT_FILE) and not _holds_specs(folder / "specs")
    if workspace is None and is_new:
        files["specs/lifecycle.yaml"] = new_spec_file(_ENTRIES, _SPECS_HEADER)
    for kind, name in _SCHEMAS.items():
        files[name] = json.dumps(json_schema(kind), indent=2, ensure_ascii=False) + "\n"
    files[PROJECT_FILE] = _PROJECT if workspace is None else workspace.project_text()
    lacking = {folder / name: text.encode() for name, text in files.items()}
    lacking = {path: content for path, content in lacking.items() if not os.path.lexists(path)}
    ignored = _gitignore_content(folder / ".gitignore")
    return lacking if ignored is None else {folder / ".gitignore": ignored, **lacking}


def _holds_specs(folder: Path) -> bool:
    return any(path.suffix in (".yaml", ".yml") for path in folder.rglob("*"))


def _gitignore_content(path: Path) -> bytes | None:
    """The file with what git should leave out added; None where that is in it already."""
    if path.is_symlink() and not path.exists():
        return None
    if path.exists() and not path.is_file():
        message = f"`{path}` is no file"
        raise InvalidSpecs([codes.UNREADABLE.at(None, message, hint="remove it, or choose another folder")])
    try:
        content = path.read_bytes() if path.is_file() else b""
    except OSError as error:
        message = f"`{path}` cannot be read: {error_reason(error)}"
        raise InvalidSpecs([codes.UNREADABLE.at(None, message, hint="choose another folder")]) from error
    if b".intercom-iac/" in content:
        return None
    start = b"" if not content or content.endswith(b"\n") else b"\n"
    return content + start + _IGNORED
