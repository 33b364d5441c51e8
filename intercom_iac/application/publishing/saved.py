"""Plans of a publish in files: for which workspace, of which specs, and where nothing else is taken."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Misuse, StalePlan, UnsafePlan, WrongWorkspace
from intercom_iac.diagnostics.codes import plan as plan_codes
from intercom_iac.publishing import SavedPublish, read_saved_publish
from intercom_iac.specs import digest

from ..session import Session
from .request import PublishRequest

if TYPE_CHECKING:
    from intercom_iac.workspace import HttpWorkspace


def read_saved(session: Session, request: PublishRequest, path: Path) -> SavedPublish:
    """The saved plan. Raises `Misuse` where the file holds none, and where something else is asked for beside it."""
    if request.out is not None:
        raise Misuse("a saved plan is not saved again", hint="leave out --out or --plan")
    saved = read_saved_publish(path)
    name = saved.header.workspace
    if session.workspace_name not in (None, name):
        raise Misuse(f"the plan is for `{name}`, not for `{session.workspace_name}`", hint="leave -w out")
    if request.keys:
        raise Misuse(
            "a saved plan is carried out whole", hint="make it with `segment publish KEY... --out FILE`"
        )
    return saved


def refuse_unless_reviewed(session: Session, *, has_plan: bool) -> None:
    """Raises `UnsafePlan` for a workspace that takes a saved plan only."""
    name = session.workspace.name
    if session.workspace.settings.protected and not has_plan:
        message = f"`{name}` is protected: it takes a saved plan only"
        hint = (
            f"intercom-iac segment publish -w {shlex.quote(name)} --out publish.plan, have it reviewed, "
            "intercom-iac segment publish --plan publish.plan"
        )
        raise UnsafePlan(message, diagnostics=[plan_codes.PROTECTED.at(None, message, hint=hint)])


def refuse_another(session: Session, live: HttpWorkspace, saved: SavedPublish) -> None:
    """Raises `WrongWorkspace` and `StalePlan` where a saved plan is for another workspace, or of other specs."""
    identity, header = live.identity(), saved.header
    if identity.app_id != header.app_id:
        raise WrongWorkspace(
            f"the plan is for the workspace `{header.app_id}`, and `{header.workspace}` is `{identity.app_id}` now",
            hint="nothing was written; make a new plan",
        )
    if digest(session.schema()) != header.specs_digest:
        message = "the plan was made of other specs"
        hint = "make a new plan with `segment publish --out`, and have it reviewed"
        raise StalePlan(message, diagnostics=[plan_codes.OTHER_SPECS.at(None, message, hint=hint)])
