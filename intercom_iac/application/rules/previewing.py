"""How many people each segment has, among people in files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.preview import (
    NO_LIMITS,
    EngineLimits,
    Files,
    PostgresTables,
    Preview,
    SparkFiles,
    preview_on_engine,
)
from intercom_iac.preview import preview as count_people

from ..notices import DaysCounted, Notify, SegmentsLeftOut, ignore_notice
from ..session import Session
from .evaluating import notify_of_files_not_given
from .evaluation_day import EvaluationDay, evaluation_day
from .segments import choose_segments, decidable_rules


@dataclass(frozen=True, slots=True)
class PreviewedSegments:
    """The sizes and overlaps of segments, their names by key, and the day they were counted on.

    `left_out` are the keys of segments that only Intercom can decide.
    """

    preview: Preview
    names: Mapping[str, str]
    day: EvaluationDay
    left_out: tuple[str, ...] = ()


def preview_segments(
    session: Session,
    keys: Sequence[str],
    people: Files | SparkFiles | PostgresTables,
    zone: ZoneInfo | None = None,
    *,
    ids: bool = False,
    limits: EngineLimits = NO_LIMITS,
    notify: Notify = ignore_notice,
    progress: Callable[[str, float], None] | None = None,
) -> PreviewedSegments:
    """Counts the people of the segments of these keys, of all that are not archived for none.

    `people` are in files that DuckDB reads, or in Spark or PostgreSQL, which count them in place. `ids`: the ids of
    the contacts are listed too. `limits`: what the engine may take. `progress` is told a stage and what part of it
    is done. Raises `InvalidSpecs`, and `Misuse` for a key there is not, a segment of `keys` that only Intercom can
    decide, and a file that is not what it should be.
    """
    segments = choose_segments(session.schema(), keys)
    rules = {segment.key: segment.typed_rule for segment in segments}
    left_out: tuple[str, ...] = ()
    if not keys:
        rules, left_out = decidable_rules(rules)
        if left_out:
            notify(SegmentsLeftOut(left_out))
    if not isinstance(people, PostgresTables):
        notify_of_files_not_given(rules.values(), people, notify)
    day = evaluation_day(session, rules.values(), zone)
    if day.matters and day.problem is not None:
        # Any other day is in the preview itself.
        notify(DaysCounted(day))
    if isinstance(people, Files):
        preview = count_people(
            rules, people, today=day.today, zone=day.zone, ids=ids, limits=limits, watch=progress
        )
    else:
        preview = preview_on_engine(
            rules, people, today=day.today, zone=day.zone, ids=ids, limits=limits, watch=progress
        )
    return PreviewedSegments(
        preview=preview,
        names={segment.key: segment.name for segment in segments},
        day=day,
        left_out=left_out,
    )
