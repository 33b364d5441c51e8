"""Who entered and who left a segment between two moments: two files of people, or a file and the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Misuse
from intercom_iac.preview import Files
from intercom_iac.preview import preview as count_people
from intercom_iac.publishing import MembershipDiff, MomentMembers

from ..live import open_live
from ..notices import DaysCounted, Notify, ignore_notice
from ..rules.evaluating import notify_of_files_not_given
from ..rules.evaluation_day import EvaluationDay, evaluation_day
from ..rules.segments import choose_segments
from ..session import Session

if TYPE_CHECKING:
    from intercom_iac.model import Predicate, Segment

__all__ = ["WORKSPACE", "MembershipDiff", "compare_members"]

WORKSPACE = "workspace"
"""What stands for the people of the workspace, in the place of a file."""

_EVERYBODY = "everybody"


def compare_members(
    session: Session,
    key: str,
    between: tuple[str, str],
    *,
    companies: Sequence[Path] = (),
    events: Sequence[Path] = (),
    tags: Path | None = None,
    days: tuple[date, date] | None = None,
    zone: ZoneInfo | None = None,
    parallelism: int = 5,
    notify: Notify = ignore_notice,
) -> MembershipDiff:
    """The members of a segment in two files of contacts, either of which may be `WORKSPACE`.

    `companies` and `events` are files for both, or one for each of the two. `days` are the days of the two, both the
    session's or the present one where they are not given. Raises `InvalidSpecs`, `Misuse` for a file that is not what
    it should be, and `WorkspaceError`.
    """
    if between == (WORKSPACE, WORKSPACE):
        raise Misuse(
            "the workspace is compared with itself", hint="name a file of its contacts at another time"
        )
    (segment,) = choose_segments(session.schema(), [key])
    rule = segment.typed_rule
    day = evaluation_day(session, [rule], zone)
    if day.matters and (days is None or day.problem is not None):
        notify(DaysCounted(day))
    first, second = (
        _moment(
            session,
            segment,
            source,
            Files(Path(source), _of_side(companies, at, between), _of_side(events, at, between), tags),
            day if days is None else _day_on(day, days[at]),
            parallelism,
            notify,
        )
        for at, source in enumerate(between)
    )
    return MembershipDiff(
        key=segment.key, name=segment.name, timezone=day.zone.key, before=first, after=second
    )


def _of_side(files: Sequence[Path], at: int, between: tuple[str, str]) -> Path | None:
    """The file for one of the two: the one for it, or the only one."""
    if len(files) > len(between):
        raise Misuse(
            "more files than moments", hint="one file for both, or one for each of the two, in their order"
        )
    return None if not files else files[min(at, len(files) - 1)]


def _day_on(day: EvaluationDay, today: date) -> EvaluationDay:
    return EvaluationDay(
        today=today, zone=day.zone, source=day.source, matters=day.matters, problem=day.problem
    )


def _moment(
    session: Session,
    segment: Segment,
    source: str,
    files: Files,
    day: EvaluationDay,
    parallelism: int,
    notify: Notify,
) -> MomentMembers:
    if source == WORKSPACE:
        return _in_workspace(session, segment, day, parallelism, notify)
    rule = segment.typed_rule
    notify_of_files_not_given([rule], files, notify)
    counted = count_people(
        {segment.key: rule, _EVERYBODY: _everybody_rule(rule)},
        files,
        today=day.today,
        zone=day.zone,
        ids=True,
    )
    members, everybody = counted.sizes
    return MomentMembers(
        source=source,
        today=day.today,
        ids=members.ids or (),
        everybody=frozenset(everybody.ids or ()),
    )


def _everybody_rule(rule: Predicate) -> Predicate:
    """What holds of everybody: the rule, or not."""
    from intercom_iac.model.predicate import Or, negation

    parts = rule.parts if isinstance(rule, Or) else (rule,)
    return Or((*parts, negation(rule)))


def _in_workspace(
    session: Session, segment: Segment, day: EvaluationDay, parallelism: int, notify: Notify
) -> MomentMembers:
    from intercom_iac.model import intercom_segments_of
    from intercom_iac.publishing import Candidates

    built = intercom_segments_of(segment.typed_rule)
    if built:
        raise Misuse(
            f"`{segment.key}` asks for the segment `{built[0].name}`, whose rule only Intercom knows",
            hint="write the rule of that segment in the specs",
        )
    with open_live(session, parallelism=parallelism, notify=notify) as live:
        timezone = live.identity().timezone
        if day.matters and day.zone.key != timezone:
            raise Misuse(
                f"days are counted in {day.zone.key}, and the workspace finds people by its own, in {timezone}",
                hint=f"pass `--timezone {timezone}`, or compare two files",
            )
        candidates = Candidates(
            live.records(),
            live.belongings(),
            tags=live.snapshot().tags,
            today=day.today,
            zone=day.zone,
            parallelism=parallelism,
        )
        ids = tuple(str(contact["id"]) for contact in candidates.select(segment.typed_rule))
    return MomentMembers(source=WORKSPACE, today=day.today, ids=ids)
