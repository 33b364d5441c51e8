"""`--against`: the specs compared with those of a revision or of another folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .days import single_day_option

if TYPE_CHECKING:
    from intercom_iac.breaking import Acceptance, Report
    from intercom_iac.diagnostics import Diagnostic
    from intercom_iac.model import Schema
    from intercom_iac.planning import Base
    from intercom_iac.specs import Base as SpecsBase
    from intercom_iac.specs import Project

F = TypeVar("F", bound=Callable[..., Any])


def against_options(*, required: bool = False) -> Callable[[F], F]:
    """`--against REV|FOLDER`, and `--today` for the acceptances that expire."""

    def decorate(command: F) -> F:
        command = single_day_option(
            "The day on which accepted changes have to hold (default: today in UTC)."
        )(command)
        return click.option(
            "--against",
            metavar="REV|FOLDER",
            required=required,
            help="A git revision, or a folder that holds a project, to compare the specs with.",
        )(command)

    return decorate


def refuse_a_day_alone(against: str | None, today: date | None) -> None:
    """Raises `Misuse` for `--today` without `--against`: nothing would ask for the day."""
    from intercom_iac.diagnostics import Misuse

    if today is not None and against is None:
        raise Misuse(
            "`--today` is the day for what `--against` compares, which is not given",
            hint="add --against REV, or leave out --today",
        )


def report_against(
    project: Project, schemas: Mapping[str, Schema], against: str, today: date | None
) -> Report:
    """Every change from the specs of a revision or folder to these, by workspace, as of a day; today's where None.

    Raises `Misuse` where there is no such revision.
    """
    return comparison_against(project, schemas, against, today)[0]


def comparison_against(
    project: Project, schemas: Mapping[str, Schema], against: str, today: date | None
) -> tuple[Report, dict[str, Base]]:
    """That report, and for the plan of each workspace what the specs were, where they can be compared."""
    from intercom_iac.breaking import changes_of_all, judge, pairs_of, rewritten, version_of
    from intercom_iac.planning import Base
    from intercom_iac.specs import base_of, gate_places, gone_workspaces, successors

    from .days import today_in

    with base_of(project, against) as base:
        old, found = _loaded(base, against)
    then = None if base.project is None else base.project.settings
    before = {} if then is None else successors(then, project.settings)
    gone = [] if then is None else list(gone_workspaces(then, before, against))
    places = gate_places(project.source, project.settings)
    pairs = pairs_of(old, schemas, before)
    found_for_all = changes_of_all(pairs)
    bases = {name: Base(against, was, rewritten(was, now)) for name, (was, now) in pairs.items()}
    report = judge(
        [each.was_in(base.name) for each in found_for_all],
        against=against,
        acceptances=_acceptances(project, places[0]),
        today=today or today_in(),
        releases=(version_of(then and then.release), version_of(project.settings.release)),
        release_span=places[1],
        diagnostics=[*found, *gone],
    )
    return report, bases


def _loaded(base: SpecsBase, against: str) -> tuple[dict[str, Schema], list[Diagnostic]]:
    """The old specs for each workspace of then, as far as they can be read, and what is to be said of them."""
    from intercom_iac.specs import load_each, partial, told_once

    if base.project is None:
        return {}, [*base.diagnostics]
    loaded = load_each(base.project)
    errors = told_once({name: each.errors for name, each in loaded.items()})
    schemas = {name: each.schema for name, each in loaded.items()}
    return schemas, [*base.diagnostics, *partial(base, against, errors)]


def _acceptances(project: Project, places: Sequence[Any]) -> list[Acceptance]:
    from intercom_iac.breaking import Acceptance
    from intercom_iac.specs import day_of

    return [
        Acceptance(each.address, each.code, each.reason, day, place)
        for each, place in zip(project.settings.accept, places, strict=True)
        if (day := day_of(each.expires)) is not None
    ]


def plan_remarks(report: Report) -> list[Diagnostic]:
    """What a plan carries of a report: what breaks is a warning, since a plan tells and `breaking` refuses; what is
    safe is only counted."""
    from dataclasses import replace
    from shlex import quote

    from intercom_iac.diagnostics.codes import back_gate

    counts = ", ".join(f"{count} {level}" for level, count in report.summary.items() if count)
    asked = "" if report.release.asked == "none" else f"; they ask for a {report.release.asked} version"
    counted = back_gate.COUNTED.at(
        None,
        f"changes of the specs against `{report.against}`: {counts or 'none'}{asked}",
        hint=f"`intercom-iac breaking --against {quote(report.against)}` tells them all"
        if report.changes
        else None,
    )
    told = [
        replace(each.diagnostic(), severity="warning" if each.breaks else "info")
        for each in report.changes
        if each.change.level != "safe"
    ]
    around = [
        replace(each, severity="warning" if each.is_error else each.severity) for each in report.diagnostics
    ]
    return [counted, *told, *around]
