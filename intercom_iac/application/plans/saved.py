"""Plan files: a plan written for a later apply, and read again."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from intercom_iac.diagnostics import Misuse
from intercom_iac.planning import Plan, decode, encode, refuse_if_older
from intercom_iac.text import json_text

from ..files import read_bytes, write_private

_OF_RECORDS = (
    (b'{"sync_plan":', "a sync", "sync"),
    (b'{"publish_plan":', "`segment publish`", "segment publish"),
)
"""How the plans of other commands begin, which are other files; what they are plans of, and the command."""


def save_plan(plan: Plan, path: Path) -> None:
    """Writes the plan file whole or not at all, readable by its owner only."""
    write_private(path, json_text(encode(plan)) + "\n")


def read_plan(path: Path) -> Plan:
    """The plan in a file. Raises `Misuse` where the file holds none."""
    _refuse_plan_of_records(path)
    return decode(read_bytes(path), str(path))


def read_plan_to_apply(
    path: Path | None,
    *,
    workspace: str | None = None,
    targets: Sequence[str] = (),
    max_age: timedelta | None = None,
) -> Plan | None:
    """The plan in a file, for `apply`; None where there is no file and the plan is to be made now.

    `workspace` and `targets` are those asked for beside it. Raises `Misuse` where they are not the plan's, and for
    an age without a file; `UnsafePlan` for a plan older than `max_age`.
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
    if targets:
        raise Misuse("a saved plan is applied whole", hint="make it with `plan --out --target`")
    if max_age is not None:
        refuse_if_older(plan, max_age, datetime.now(UTC))
    return plan


def _refuse_plan_of_records(path: Path) -> None:
    """Raises `Misuse` for the plan of a sync or a publish, which may be too large to be read whole."""
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            begin = file.read(max(len(mark) for mark, _, _ in _OF_RECORDS))
    except (OSError, ValueError):
        return
    for mark, what, command in _OF_RECORDS:
        if begin.startswith(mark):
            carry_out = f"intercom-iac {command} --plan {shlex.quote(str(path))}"
            hint = f"carry it out with `{carry_out}`"
            raise Misuse(
                f"`{path}` is the plan of {what}, which writes records and no attributes",
                hint=f"{hint}; with --dry-run it is shown" if command == "sync" else hint,
            )
