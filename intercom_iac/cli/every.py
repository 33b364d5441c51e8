"""`plan --all`: the plans of every workspace of the project."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING

from .against import comparison_against, plan_remarks
from .console import echo, print_diagnostics, print_error, print_json

if TYPE_CHECKING:
    from intercom_iac.diagnostics import IntercomIacError
    from intercom_iac.planning import Base, Plan, PlansSideBySide
    from intercom_iac.project import Against, Project
    from intercom_iac.workspace import HttpWorkspace

    from .commands.plan import Specs

# Workspaces read at once; each makes several calls at a time by itself.
_AT_ONCE = 4


def plan_all(
    project: Project,
    targets: Sequence[str],
    parallelism: int,
    output: str,
    detailed_exitcode: bool,
    against: Against | None,
    today: date | None,
) -> int:
    """Plans every workspace and prints them side by side. A workspace that fails does not hide the others."""
    specs = _specs(project, targets)
    bases: dict[str, Base] = {}
    if against is not None:
        schemas = {name: schema for name, (schema, _) in specs.items()}
        report, bases = comparison_against(project, schemas, against, today)
        for name, (_, warnings) in specs.items():
            warnings.extend(plan_remarks(report.of_workspace(name), against))
    made = _planned(project, specs, targets, parallelism, bases)
    _print(made, output)
    if made.failures:
        if output != "text":
            for error in made.failures.values():
                print_error(error)
        return next(iter(made.failures.values())).exit_code
    errors = [each.diagnostic() for plan in made.plans.values() for each in plan.errors]
    if errors:
        if output != "text":
            print_diagnostics(list(dict.fromkeys(errors)))
        return 6
    return 2 if detailed_exitcode and made.rows else 0


def _specs(project: Project, targets: Sequence[str]) -> dict[str, Specs]:
    """The specs for each workspace, and the warnings about them. Raises `InvalidSpecs` for an error in any."""
    from .loading import checked_targets, loaded_for_each

    loaded = loaded_for_each(project)
    checked_targets([specs.schema for specs in loaded.values()], targets)
    return {
        name: (specs.schema, [found for found in specs.diagnostics if found.severity == "warning"])
        for name, specs in loaded.items()
    }


def _planned(
    project: Project,
    specs: dict[str, Specs],
    targets: Sequence[str],
    parallelism: int,
    bases: Mapping[str, Base],
) -> PlansSideBySide:
    from intercom_iac.diagnostics import IntercomIacError
    from intercom_iac.planning import PlansSideBySide

    from .journal import tell_what_was_left
    from .loading import workspace_of
    from .commands.plan import make_plan

    workspaces = project.settings.workspaces
    remote = [name for name, workspace in workspaces.items() if workspace.sandbox is None]
    _refuse_one_token_for(remote)
    failures: dict[str, IntercomIacError] = {}
    live: dict[str, HttpWorkspace] = {}

    def planned(name: str) -> Plan | IntercomIacError:
        if name in failures:
            return failures[name]
        try:
            snapshot = live[name].snapshot()
            return make_plan(project, name, snapshot, targets, specs[name], bases.get(name))
        except IntercomIacError as error:
            return error

    with ExitStack() as opened, ThreadPoolExecutor(_AT_ONCE) as pool:
        for name in workspaces:
            try:
                live[name] = opened.enter_context(workspace_of(project, name, parallelism))
            except IntercomIacError as error:
                failures[name] = error
        # Those on this machine take no time to speak of, and two of them may be one file.
        waiting = {name: pool.submit(planned, name) for name in remote}
        columns = {name: waiting[name].result() if name in waiting else planned(name) for name in workspaces}
        for name, column in columns.items():
            if not isinstance(column, IntercomIacError):
                tell_what_was_left(project, live[name])
    return PlansSideBySide(columns)


def _refuse_one_token_for(remote: Sequence[str]) -> None:
    """Raises `Misuse` where one descriptor would have to hold the tokens of several workspaces."""
    from intercom_iac.diagnostics import Misuse

    from .token import DESCRIPTOR

    if len(remote) > 1 and os.environ.get(DESCRIPTOR, "").strip():
        raise Misuse(
            f"`{DESCRIPTOR}` holds one token, and the project has several workspaces that need one",
            hint="set the variable that `token_env` of each names, or plan them one by one with -w",
        )


def _print(made: PlansSideBySide, output: str) -> None:
    from intercom_iac.reporting import side_by_side_json, side_by_side_markdown, side_by_side_text

    if output == "json":
        print_json(side_by_side_json(made))
    elif output == "markdown":
        echo(side_by_side_markdown(made), nl=False)
    else:
        echo(side_by_side_text(made))
