"""Plans on standard output, and the exit codes they end with."""

from __future__ import annotations

import shlex
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .console import echo, print_diagnostics, print_error, print_json, screen_size
from .options import ProjectOptions

if TYPE_CHECKING:
    from intercom_iac.planning import Plan, PlansSideBySide

_HAS_CHANGES = 2
_CANNOT_BE_APPLIED = 6


def print_plan(plan: Plan, output: str, *, full: bool = False, now: datetime | None = None) -> None:
    """The plan in one of the formats; as text `full` or as much as fits, a saved one with its age at `now`."""
    if output == "json":
        from intercom_iac.planning import encode

        print_json(encode(plan))
    elif output == "markdown":
        from intercom_iac.reporting import plan_markdown

        echo(plan_markdown(plan), nl=False)
    elif output == "html":
        from intercom_iac.reporting import plan_html

        echo(plan_html(plan), nl=False)
    else:
        from intercom_iac.reporting import Screen, plan_text

        echo(plan_text(plan, Screen(*screen_size()), full=full, now=now))


def finish_plan(plan: Plan, output: str, out: Path | None, *, detailed_exitcode: bool) -> int:
    """Saves a plan that was printed, where that is asked for and it can be applied; gives the exit code."""
    if plan.errors:
        if output != "text":
            print_diagnostics([error.diagnostic() for error in plan.errors])
        if out is not None:
            echo(f"not saved, since it cannot be applied: {shlex.quote(str(out))}", err=True)
        return _CANNOT_BE_APPLIED
    if out is not None:
        from intercom_iac.application import save_plan

        save_plan(plan, out)
        echo(f"saved the plan: intercom-iac apply {shlex.quote(str(out))}", err=True)
    return _HAS_CHANGES if detailed_exitcode and plan.changes else 0


@contextmanager
def no_plan_as_markdown(output: str, project: ProjectOptions) -> Generator[None]:
    """As Markdown, prints why there is no plan where that cannot be made: it takes the place of the one that an
    earlier push has under the pull request. The other formats have nothing to say."""
    from intercom_iac.diagnostics import IntercomIacError

    try:
        yield
    except IntercomIacError as error:
        if output == "markdown":
            from intercom_iac.reporting import no_plan_markdown

            workspace = project.workspace
            if workspace is None:
                with suppress(IntercomIacError):
                    workspace = project.session.project.settings.default_workspace
            echo(no_plan_markdown(workspace, error), nl=False)
        raise


def finish_plans(plans: PlansSideBySide, output: str, *, detailed_exitcode: bool) -> int:
    """Prints the plans of several workspaces side by side; gives the exit code.

    Why plans are missing or cannot be applied is on standard error where standard output is for machines.
    """
    _print_plans(plans, output)
    if plans.failures:
        if output != "text":
            for failure in plans.failures.values():
                print_error(failure)
        return next(iter(plans.failures.values())).exit_code
    errors = [error.diagnostic() for plan in plans.plans.values() for error in plan.errors]
    if errors:
        if output != "text":
            print_diagnostics(list(dict.fromkeys(errors)))
        return _CANNOT_BE_APPLIED
    return _HAS_CHANGES if detailed_exitcode and plans.rows else 0


def _print_plans(plans: PlansSideBySide, output: str) -> None:
    if output == "json":
        from intercom_iac.reporting import side_by_side_json

        print_json(side_by_side_json(plans))
    elif output == "markdown":
        from intercom_iac.reporting import side_by_side_markdown

        echo(side_by_side_markdown(plans), nl=False)
    else:
        from intercom_iac.reporting import side_by_side_text

        echo(side_by_side_text(plans))


def refuse_beside_all(workspace: str | None, out: Path | None, output: str, *, full: bool) -> None:
    """Raises `Misuse` for options of `plan` that are for one workspace, beside `--all`."""
    from intercom_iac.diagnostics import Misuse

    if output == "html":
        raise Misuse(
            "the report is for one workspace, and `--all` plans every one",
            hint="make them one by one with `plan -w NAME --format html`",
        )
    if full:
        raise Misuse(
            "`--full` tells one plan, and `--all` shows several side by side",
            hint="tell them one by one with `plan -w NAME --full`",
        )
    if workspace is not None:
        raise Misuse(
            "`--all` plans every workspace, and -w names one", hint=f"leave out --all, or -w {workspace}"
        )
    if out is not None:
        raise Misuse(
            "a saved plan is for one workspace, and `--all` plans every one",
            hint="save them one by one with `plan -w NAME --out FILE`, or print them with `--format json`",
        )
