"""The specs compared with those of a git revision, or of another folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from shlex import quote
from typing import TYPE_CHECKING

from intercom_iac.breaking import (
    Report,
    build_report,
    compare_workspaces,
    encode_members,
    expiry_diagnostic,
    pair_schemas,
    segments_with_other_rules,
)
from intercom_iac.diagnostics import Diagnostic, InvalidSpecs
from intercom_iac.diagnostics.codes.breaking import revisions
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Schema
from intercom_iac.model.world import Assumption, World
from intercom_iac.project import (
    Acceptance,
    BaseReference,
    earlier_names,
    obstacles_of,
    partial_comparison,
    read_base,
    removed_workspaces,
    without_missing_specs,
)
from intercom_iac.project import Base as SpecsBase
from intercom_iac.specs import load_every_workspace, merge_diagnostics

from .rules.proof_world import proof_world
from .session import Session

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from intercom_iac.planning import Base, SegmentChange
    from intercom_iac.project.settings import ProjectSettings

# What a changelog says of the specs compared with. Acceptances and the release are for `breaking`.
_ABOUT_THE_BASE = frozenset(
    code.id for code in (revisions.MOVED_ALREADY, revisions.PARTIAL, revisions.NOT_THERE_YET)
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every change since a revision, with its verdict; and the specs of then.

    `pairs` has the specs of then and of now of each workspace that can be compared, by the name it has now.
    """

    report: Report
    base: SpecsBase
    pairs: Mapping[str, tuple[Schema, Schema]]

    @property
    def bases(self) -> dict[str, Base]:
        """What the specs were, by the name a workspace has now, for the plans of these workspaces."""
        from intercom_iac.planning import Base, ComparedWith

        at = ComparedWith(self.report.against, self.base.against)
        return {
            name: Base(at, was, segments_with_other_rules(was, now))
            for name, (was, now) in self.pairs.items()
        }


@dataclass(frozen=True, slots=True)
class Changelog:
    """The changes for a changelog, and what is to be said of the specs they were compared with."""

    report: Report
    remarks: tuple[Diagnostic, ...]


def compare_revisions(
    session: Session, against: BaseReference, *, zone: ZoneInfo | None = None
) -> Comparison:
    """Every change from the specs of a revision or folder to those of the session, in all workspaces.

    How the rules of segments changed is proved over every day from the session's on, in `zone` or as `proof_world`
    says. Acceptances are judged as of the session's day, in UTC where it has none. Raises `Misuse` where there is no
    such revision, and `InvalidSpecs` where the specs are wrong, or what they are compared with cannot be read.
    """
    project, schemas, today = session.project, session.schemas(), session.day_in()
    acceptances = list(project.acceptances)
    base = read_base(project, against)
    old, obstacles = _load_base(base)
    remarks = list(base.remarks)
    if obstacles:
        remarks.append(_accepted_obstacles(against.name, obstacles, acceptances, today))
        acceptances = [acceptance for acceptance in acceptances if acceptance.code != obstacles[0].code]
    then = None if base.project is None else base.project.settings
    names_before = {} if then is None else earlier_names(then, project.settings)
    if then is not None:
        remarks += removed_workspaces(then, names_before, against.name)
    pairs = pair_schemas(old, schemas, names_before)
    world = _world_of_both(proof_world(session, zone=zone), then)
    changes = compare_workspaces(pairs, world, _no_new_members(project.settings, then))
    report = build_report(
        [change.with_revision_name(base.name) for change in changes],
        against=against.name,
        acceptances=acceptances,
        today=today,
        releases=(base.project and base.project.release, project.release),
        release_span=None if project.release is None else project.document.span(("release",)),
        diagnostics=remarks,
    )
    return Comparison(report=report, base=base, pairs=pairs)


def _world_of_both(world: World, then: ProjectSettings | None) -> World:
    """The world of the session, without what the old project file did not take for granted either: a pull request
    does not prove its own changes harmless by an assumption that it makes."""
    return (
        world
        if then is None
        else replace(world, without=world.without | {*map(Assumption, then.proofs.without)})
    )


def _no_new_members(now: ProjectSettings, then: ProjectSettings | None) -> list[str]:
    """The segments that nobody may enter. A pull request that takes one off the list does not widen it in the same
    stroke: what the old project file names counts as well."""
    named = [*now.policy.segments.no_new_members, *(then.policy.segments.no_new_members if then else ())]
    return list(dict.fromkeys(named))


def changelog(session: Session, against: BaseReference) -> Changelog:
    """What changed since a revision. Raises as `compare_revisions` does."""
    report = compare_revisions(session, against).report
    remarks = tuple(diagnostic for diagnostic in report.diagnostics if diagnostic.code in _ABOUT_THE_BASE)
    return Changelog(report=report, remarks=remarks)


def remarks_of_report(report: Report, against: BaseReference) -> list[Diagnostic]:
    """What a plan carries of a report. What breaks is a warning, since `breaking` is what refuses it; safe changes
    are only counted."""
    counts = ", ".join(f"{count} {level}" for level, count in report.summary.items() if count)
    release = "" if report.release.bump == "none" else f"; they ask for a {report.release.bump} version"
    command = f"`intercom-iac breaking {against.option} {quote(report.against)}` tells them all"
    summary = revisions.COUNTED.at(
        None,
        f"changes of the specs against `{report.against}`: {counts or 'none'}{release}",
        hint=command if report.changes else None,
    )
    changes = [
        replace(change.diagnostic(), severity="warning" if change.breaks else "info")
        for change in report.changes
        if change.change.level != "safe"
    ]
    others = [
        replace(diagnostic, severity="warning" if diagnostic.is_error else diagnostic.severity)
        for diagnostic in report.diagnostics
    ]
    return [summary, *changes, *report.limits, *others]


def segment_changes(report: Report) -> tuple[SegmentChange, ...]:
    """What a plan carries of the segments whose rules changed, or whose people are others, for whoever reads it."""
    from intercom_iac.planning import SegmentChange

    return tuple(
        SegmentChange(
            address=change.address,
            code=change.code,
            remark=change.diagnostic().message,
            people=change.people,
            counted=change.counts_text,
            **encode_members(change.members),
        )
        for reported in report.changes
        if (change := reported.change).level != "breaking" and change.members is not None
    )


def _load_base(base: SpecsBase) -> tuple[dict[str, Schema], list[Diagnostic]]:
    """The old specs for each workspace of then, as far as they can be read, and what of them cannot be."""
    if base.project is None:
        return {}, [*base.obstacles]
    loaded = load_every_workspace(base.project)
    errors = merge_diagnostics({name: specs.errors for name, specs in loaded.items()})
    errors = without_missing_specs(errors, base.obstacles)
    schemas = {name: specs.schema for name, specs in loaded.items()}
    return schemas, [*base.obstacles, *obstacles_of(base.name, base.project.tree, errors)]


def _accepted_obstacles(
    against: str, obstacles: Sequence[Diagnostic], acceptances: Sequence[Acceptance], today: date
) -> Diagnostic:
    """The remark in place of the obstacles, where they are accepted on this day. Raises `InvalidSpecs` where not."""
    meant = [acceptance for acceptance in acceptances if acceptance.code == obstacles[0].code]
    if any(acceptance.holds(today) for acceptance in meant):
        return partial_comparison(against, obstacles)
    raise InvalidSpecs([*obstacles, *map(expiry_diagnostic, meant)])
