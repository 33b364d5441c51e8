"""The files of a new project: what `init` writes."""

from __future__ import annotations

import json
import os
from pathlib import Path

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.diagnostics.codes import spec as codes

from .json_schema import Kind, json_schema
from .project import PROJECT_FILE
from .reading import reason

# The schemas are for editors and belong in git; the embedded workspace beside them does not.
_SCHEMAS: dict[Kind, str] = {
    "project": ".intercom-iac/project.schema.json",
    "spec": ".intercom-iac/spec.schema.json",
}
_IGNORED = ".intercom-iac/*\n!.intercom-iac/*.schema.json\n"

_PROJECT = f"""\
# yaml-language-server: $schema={_SCHEMAS["project"]}
version: 1
specs: specs
default_workspace: sandbox
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
_SPECS = f"""\
# yaml-language-server: $schema=../{_SCHEMAS["spec"]}
version: 1
attributes:
  contact:
    plan_type:
      type: options
      options: [free, trial, pro]
      description: Billing plan the person is on
      owner: growth
    trial_end_date:
      type: date
      description: Last day of the trial
      owner: growth
events:
  feature_first_used:
    description: A person used a feature for the first time
    metadata:
      feature_name:
        type: string
        required: true
        description: The feature, by its name in the product
    owner: product
segments:
  trial_ending_soon:
    name: Trial ending in 3 days
    rule: plan_type = trial and trial_end_date within next 3 days
    publish: [tag]
    description: To be asked before the trial ends
    owner: growth
"""


def scaffold(folder: Path) -> list[Path]:
    """Writes a project that passes `check` into a folder, which is made where there is none.

    Never overwrites: a file that is there stays as it is, except that `.gitignore` gets the lines it lacks. The
    paths of what was written, in order. Raises `InvalidSpecs` where the folder cannot be written to.
    """
    files = {PROJECT_FILE: _PROJECT}
    # Beside a project or specs of somebody's own, a sample would stand in the way.
    if not os.path.lexists(folder / PROJECT_FILE) and not _holds_specs(folder / "specs"):
        files["specs/lifecycle.yaml"] = _SPECS
    for kind, name in _SCHEMAS.items():
        files[name] = json.dumps(json_schema(kind), indent=2, ensure_ascii=False) + "\n"
    written: list[Path] = []
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if _write_new(path, text):
                written.append(path)
        if _ignore(folder / ".gitignore"):
            written.append(folder / ".gitignore")
    except OSError as error:
        where = error.filename or folder
        raise InvalidSpecs(
            [
                codes.UNREADABLE.at(
                    None, f"`{where}` cannot be written: {reason(error)}", hint="choose another folder"
                )
            ]
        ) from error
    return written


def _holds_specs(folder: Path) -> bool:
    return any(each.suffix in (".yaml", ".yml") for each in folder.rglob("*"))


def _write_new(path: Path, text: str) -> bool:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        return False
    return True


def _ignore(path: Path) -> bool:
    """Adds what git should leave out, unless it is there already."""
    if path.is_symlink() and not path.exists():
        return False
    text = path.read_text("utf-8", errors="surrogateescape") if path.exists() else ""
    if ".intercom-iac/" in text:
        return False
    start = "" if not text or text.endswith("\n") else "\n"
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(start + _IGNORED)
    return True
