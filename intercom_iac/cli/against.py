"""`--against` and `--against-folder`: the specs compared with those of a revision or of another folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .days import single_day_option

if TYPE_CHECKING:
    from intercom_iac.breaking import Report
    from intercom_iac.diagnostics import Diagnostic
    from intercom_iac.model import Schema
    from intercom_iac.planning import Base
    from intercom_iac.project import Acceptance, Against, Project
    from intercom_iac.project import Base as SpecsBase

F = TypeVar("F", bound=Callable[..., Any])


def against_options(*, required: bool = False) -> Callable[[F], F]:
    """`--against REV` or `--against-folder DIR`, which the command is given as one `Against`; and `--today` for the
    acceptances that expire."""

    def decorate(command: F) -> F:
        @wraps(command)
        def chosen(*, against: str | None, against_folder: str | None, **rest: Any) -> Any:
            return command(against=_chosen(against, against_folder, required=required), **rest)

        found: Any = single_day_option(
            "The day on which accepted changes have to hold (default: today in UTC)."
        )(chosen)
        found = click.option(
            "--against-folder",
            metavar="DIR",
            help="A folder that holds a project, to compare the specs with.",
        )(found)
        return click.option(
            "--against",
            metavar="REV",
            help="A git revision to compare the specs with; never a folder of its name.",
        )(found)

    return decorate


def _chosen(revision: str | None, folder: str | None, *, required: bool) -> Against | None:
    from intercom_iac.diagnostics import Misuse
    from intercom_iac.project import Against, parse_against

    if revision is not None and folder is not None:
        raise Misuse(
            "`--against` and `--against-folder` are both given, and specs are compared with one thing at a time",
            hint="leave one of them out",
        )
    if folder is not None:
        return Against(folder, is_folder=True)
    if revision is not None:
        return parse_against(revision)
    if required:
        raise Misuse(
            "what to compare the specs with is not given",
            hint="add `--against REV` for a git revision such as `origin/main`, or `--against-folder DIR`",
        )
    return None


def refuse_a_day_alone(against: Against | None, today: date | None) -> None:
    """Raises `Misuse` for `--today` without `--against`: nothing would ask for the day."""
    from intercom_iac.diagnostics import Misuse

    if today is not None and against is None:
        raise Misuse(
            "`--today` is the day for what `--against` compares, which is not given",
            hint="add --against REV, or leave out --today",
        )


def report_against(
    project: Project, schemas: Mapping[str, Schema], against: Against, today: date | None
) -> Report:
    """Every change from the specs of a revision or folder to these, by workspace, as of a day; today's where None.

    Raises `Misuse` where there is no such revision, and `InvalidSpecs` where what it had cannot be read.
    """
    return comparison_against(project, schemas, against, today)[0]


def comparison_against(
    project: Project, schemas: Mapping[str, Schema], against: Against, today: date | None
) -> tuple[Report, dict[str, Base]]:
    """That report, and for the plan of each workspace what the specs were, where they can be compared."""
    from intercom_iac.breaking import (
        build_report,
        compare_workspaces,
        pair_schemas,
        segments_with_other_rules,
    )
    from intercom_iac.planning import Base, ComparedWith
    from intercom_iac.project import earlier_names, read_base, removed_workspaces

    from .days import today_in

    day = today or today_in()
    acceptances = list(project.acceptances)
    base = read_base(project, against)
    old, obstacles = _loaded(base)
    found = list(base.remarks)
    if obstacles:
        found.append(_accepted_partial(against.name, obstacles, acceptances, day))
        acceptances = [acceptance for acceptance in acceptances if acceptance.code != obstacles[0].code]
    then = None if base.project is None else base.project.settings
    before = {} if then is None else earlier_names(then, project.settings)
    gone = [] if then is None else list(removed_workspaces(then, before, against.name))
    pairs = pair_schemas(old, schemas, before)
    found_for_all = compare_workspaces(pairs)
    bases = {
        name: Base(ComparedWith(against.name, base.against), was, segments_with_other_rules(was, now))
        for name, (was, now) in pairs.items()
    }
    report = build_report(
        [change.with_revision_name(base.name) for change in found_for_all],
        against=against.name,
        acceptances=acceptances,
        today=day,
        releases=(base.project and base.project.release, project.release),
        release_span=None if project.release is None else project.document.span(("release",)),
        diagnostics=[*found, *gone],
    )
    return report, bases


def _loaded(base: SpecsBase) -> tuple[dict[str, Schema], list[Diagnostic]]:
    """The old specs for each workspace of then, as far as they can be read, and what of them cannot be."""
    from intercom_iac.project import obstacles_of, without_missing_specs
    from intercom_iac.specs import load_every_workspace, merge_diagnostics

    if base.project is None:
        return {}, [*base.obstacles]
    loaded = load_every_workspace(base.project)
    errors = merge_diagnostics({name: specs.errors for name, specs in loaded.items()})
    errors = without_missing_specs(errors, base.obstacles)
    schemas = {name: specs.schema for name, specs in loaded.items()}
    return schemas, [*base.obstacles, *obstacles_of(base.name, base.project.tree, errors)]


def _accepted_partial(
    against: str, obstacles: Sequence[Diagnostic], acceptances: Sequence[Acceptance], day: date
) -> Diagnostic:
    """The remark in place of the obstacles, where they are accepted on this day. Raises `InvalidSpecs` where not."""
    from intercom_iac.breaking import expiry_diagnostic
    from intercom_iac.diagnostics import InvalidSpecs
    from intercom_iac.project import partial_comparison

    meant = [acceptance for acceptance in acceptances if acceptance.code == obstacles[0].code]
    if any(acceptance.holds(day) for acceptance in meant):
        return partial_comparison(against, obstacles)
    raise InvalidSpecs([*obstacles, *map(expiry_diagnostic, meant)])


def plan_remarks(report: Report, against: Against) -> list[Diagnostic]:
    """What a plan carries of a report: what breaks is a warning, since a plan tells and `breaking` refuses; what is
    safe is only counted."""
    from dataclasses import replace
    from shlex import quote

    from intercom_iac.diagnostics.codes.breaking import revisions

    counts = ", ".join(f"{count} {level}" for level, count in report.summary.items() if count)
    asked = "" if report.release.bump == "none" else f"; they ask for a {report.release.bump} version"
    counted = revisions.COUNTED.at(
        None,
        f"changes of the specs against `{report.against}`: {counts or 'none'}{asked}",
        hint=f"`intercom-iac breaking {against.option} {quote(report.against)}` tells them all"
        if report.changes
        else None,
    )
    told = [
        replace(change.diagnostic(), severity="warning" if change.breaks else "info")
        for change in report.changes
        if change.change.level != "safe"
    ]
    around = [
        replace(diagnostic, severity="warning" if diagnostic.is_error else diagnostic.severity)
        for diagnostic in report.diagnostics
    ]
    return [counted, *told, *around]
