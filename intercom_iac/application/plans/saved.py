"""Plan files: a plan written for a later apply, and read again."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from intercom_iac.diagnostics import Misuse
from intercom_iac.planning import Plan, decode, encode, refuse_if_older
from intercom_iac.text import json_text

from ..files import read_bytes, write_private

if TYPE_CHECKING:
    from .planning import PlanRequest

_OTHER_PLANS = {
    b'{"sync_plan":': ("a sync, which writes records", "sync"),
    b'{"publish_plan":': ("`segment publish`, which writes members", "segment publish"),
}
"""How plans of other commands begin, whose they are, and what carries them out."""


def save_plan(plan: Plan, path: Path) -> None:
    """Writes the plan file whole or not at all, readable by its owner only."""
    write_private(path, json_text(encode(plan)) + "\n")


def read_plan(path: Path) -> Plan:
    """The plan in a file. Raises `Misuse` where the file holds none."""
    _refuse_other_plans(path)
    return decode(read_bytes(path), str(path))


def read_plan_to_apply(
    path: Path | None,
    *,
    workspace: str | None = None,
    max_age: timedelta | None = None,
    **asked: Unpack[PlanRequest],
) -> Plan | None:
    """The plan in a file, for `apply`; None where there is no file and the plan is to be made now.

    `workspace` and what else is `asked` for beside it are for a plan that is made now. Raises `Misuse` where they are
    not the plan's, and for an age without a file; `UnsafePlan` for a plan older than `max_age`.
    """
    if path is None:
        if max_age is not None:
            raise Misuse(
                "`--max-age` is of a saved plan, and none is given", hint="apply PLANFILE --max-age AGE"
            )
        return None
    plan = read_plan(path)
    if workspace is not None and workspace != plan.workspace.name:
        raise Misuse(f"the plan is for `{plan.workspace.name}`, not for `{workspace}`", hint="leave -w out")
    if asked.get("targets"):
        raise Misuse("a saved plan is applied whole", hint="make it with `plan --out --target`")
    if asked.get("against") is not None:
        raise Misuse(
            "a saved plan was compared when it was made", hint="make it with `plan --out --against REV`"
        )
    if max_age is not None:
        refuse_if_older(plan, max_age, datetime.now(UTC))
    return plan


def _refuse_other_plans(path: Path) -> None:
    """Raises `Misuse` for the plan of another command, which may be too large to be read whole."""
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            start = file.read(max(map(len, _OTHER_PLANS)))
    except (OSError, ValueError):
        return
    for begins, (whose, command) in _OTHER_PLANS.items():
        if start.startswith(begins):
            raise Misuse(
                f"`{path}` is the plan of {whose}, and no definitions",
                hint=f"carry it out with `intercom-iac {command} --plan {shlex.quote(str(path))}`",
            )
