"""`plan`: what apply would do."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..against import against_options, comparison_against, plan_remarks, refuse_a_day_alone
from ..console import echo, json_text, print_diagnostics, print_json, screen
from ..options import (
    examples,
    format_option,
    full_option,
    parallelism_option,
    project_option,
    target_option,
    workspace_option,
)

if TYPE_CHECKING:
    from intercom_iac.diagnostics import Diagnostic
    from intercom_iac.model import Schema, Snapshot
    from intercom_iac.planning import Base, Plan
    from intercom_iac.project import Against, Project
    from intercom_iac.specs import SpecsLoader


@click.command(
    epilog=examples(
        "plan",
        "plan -w production --out plan.json",
        "plan --detailed-exitcode --format markdown > comment.md",
        "plan --target attribute.contact",
        "plan --all --format markdown",
        "plan --against origin/main",
    )
)
@workspace_option
@click.option(
    "--all", "every", is_flag=True, help="Plan every workspace of the project, and show them side by side."
)
@target_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Save the plan for `apply`.")
@click.option(
    "--detailed-exitcode", is_flag=True, help="Exit 2 when there are changes, 0 when there are none."
)
@parallelism_option
@against_options()
@full_option
@project_option
@format_option("text", "json", "markdown", "html")
def plan(
    workspace: str | None,
    every: bool,
    targets: tuple[str, ...],
    out: Path | None,
    detailed_exitcode: bool,
    parallelism: int,
    against: Against | None,
    today: date | None,
    full: bool,
    project: str | None,
    output: str,
) -> int:
    """Show what apply would do, and change nothing."""
    from intercom_iac.diagnostics import IntercomIacError, Misuse

    from ..loading import project_of

    if out is not None and str(out) == "-":
        raise Misuse("a plan is saved to a file", hint="`--format json` prints it on standard output")
    refuse_a_day_alone(against, today)
    if every:
        _refuse_beside_all(workspace, out, output, full=full)
        from ..every import plan_all

        return plan_all(project_of(project), targets, parallelism, output, detailed_exitcode, against, today)
    found = None
    try:
        found = project_of(project)
        made = _made(found, workspace, targets, parallelism, against, today)
    except IntercomIacError as error:
        if output == "markdown":
            # In place of the plan that an earlier push has under the pull request.
            from intercom_iac.reporting import no_plan_markdown

            default = found.settings.default_workspace if found is not None else None
            echo(no_plan_markdown(workspace or default, error), nl=False)
        raise
    print_plan(made, output, full=full)
    if made.errors:
        if output != "text":
            print_diagnostics([each.diagnostic() for each in made.errors])
        if out is not None:
            echo(f"not saved, since it cannot be applied: {shlex.quote(str(out))}", err=True)
        return 6
    if out is not None:
        save(made, out)
    return 2 if detailed_exitcode and made.changes else 0


Specs = tuple["Schema", list["Diagnostic"]]


def _made(
    project: Project,
    workspace: str | None,
    targets: Sequence[str],
    parallelism: int,
    against: Against | None,
    today: date | None,
) -> Plan:
    from intercom_iac.specs import SpecsLoader

    from ..journal import tell_what_was_left
    from ..loading import schemas_of, settings_of, workspace_of

    base = None
    with workspace_of(project, workspace, parallelism) as live:
        loader = SpecsLoader(project)
        specs = checked_specs(project, workspace, targets, loader)
        if against is not None:
            chosen, _ = settings_of(project, workspace)
            report, bases = comparison_against(project, schemas_of(project, loader), against, today)
            specs[1].extend(plan_remarks(report.of_workspace(chosen), against))
            base = bases.get(chosen)
        tell_what_was_left(project, live)
        return make_plan(project, workspace, live.snapshot(), targets, specs, base)


def _refuse_beside_all(workspace: str | None, out: Path | None, output: str, *, full: bool) -> None:
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


def checked_specs(
    project: Project, workspace: str | None, targets: Sequence[str], loader: SpecsLoader | None = None
) -> Specs:
    """The specs for a workspace and the warnings about them. Raises `InvalidSpecs`, and `Misuse` for a target that is
    not there."""
    from ..loading import checked_targets, loaded_schema

    specs = loaded_schema(project, workspace, loader)
    checked_targets([specs[0]], targets)
    return specs


def make_plan(
    project: Project,
    name: str | None,
    snapshot: Snapshot,
    targets: Sequence[str],
    specs: Specs,
    base: Base | None = None,
) -> Plan:
    """The plan of a project for a workspace as it was read. It carries the warnings about the specs, and one where
    apply will refuse it for how much it archives. `base` is what the specs were."""
    from intercom_iac.planning import plan as plan_for
    from intercom_iac.planning import with_threshold_warning
    from intercom_iac.project import timezone_mismatch
    from intercom_iac.specs import digest

    from ..loading import settings_of

    schema, warnings = specs
    chosen, _ = settings_of(project, name)
    made = plan_for(
        schema,
        snapshot,
        workspace=chosen,
        specs_digest=digest(schema),
        targets=targets,
        remarks=[
            *warnings,
            *timezone_mismatch(project.settings, chosen, snapshot.identity.timezone),
        ],
        created_at=datetime.now(UTC),
        base=base,
    )
    return with_threshold_warning(made, max_archive_percent=project.settings.safety.max_archive_percent)


def print_plan(made: Plan, output: str, *, full: bool = False, now: datetime | None = None) -> None:
    """The plan on standard output, in one of the formats; as text `full` or as much as fits, a saved one with its
    age at `now`."""
    from intercom_iac.planning import encode
    from intercom_iac.reporting import Screen, plan_html, plan_markdown, plan_text

    if output == "json":
        print_json(encode(made))
    elif output == "markdown":
        echo(plan_markdown(made), nl=False)
    elif output == "html":
        echo(plan_html(made), nl=False)
    else:
        echo(plan_text(made, Screen(*screen()), full=full, now=now))


def save(made: Plan, path: Path) -> None:
    """Writes the plan file whole or not at all, readable by its owner only."""
    from intercom_iac.planning import encode

    from ..files import write_private

    write_private(path, json_text(encode(made)) + "\n")
    echo(f"saved the plan: intercom-iac apply {shlex.quote(str(path))}", err=True)
