"""Segments as models of dbt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.model import intercom_segments_of

from ..notices import DaysCounted, Notify, SegmentsLeftOut, ignore_notice
from .compiling import only_intercom
from .evaluation_day import evaluation_day
from .segments import choose_segments, decidable_rules
from .targets import DIALECTS

if TYPE_CHECKING:
    from intercom_iac.generating import GeneratedFile

    from ..session import Session


def compile_to_dbt(
    session: Session,
    keys: Sequence[str],
    *,
    dialect: str = DIALECTS[0],
    zone: ZoneInfo | None = None,
    notify: Notify = ignore_notice,
) -> tuple[GeneratedFile, ...]:
    """The files of the segments of these keys; for none, of all that are not archived, but for those that only
    Intercom can decide, which is told.

    Raises `InvalidSpecs` for one of these among the keys, and for two segments whose models would have one name.
    """
    from intercom_iac.compilers import sql
    from intercom_iac.generating import dbt_files
    from intercom_iac.rules import normal_form

    if session.today is not None:
        raise Misuse(
            "dbt's models count days from the day of each run, and not from one that is given here",
            hint="leave `--today` out, and give the day to dbt: `dbt build --vars 'intercom_today: 2026-01-31'`",
        )
    segments = choose_segments(session.schema(), keys)
    rules = {segment.key: segment.typed_rule for segment in segments}
    if keys:
        asked = [found for rule in rules.values() for found in intercom_segments_of(normal_form(rule))]
        if asked:
            raise InvalidSpecs([*map(only_intercom, asked)])
    else:
        rules, left_out = decidable_rules(rules)
        if left_out:
            notify(SegmentsLeftOut(left_out))
    day = evaluation_day(session, rules.values(), zone)
    if day.matters:
        notify(DaysCounted(day, moves=True))
    kept = [segment for segment in segments if segment.key in rules]
    return dbt_files(session.schema(), kept, sql.DIALECTS[dialect], day.zone)
