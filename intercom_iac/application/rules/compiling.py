"""Rules and segments in one of their target forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Diagnostic, Misuse
from intercom_iac.diagnostics.codes import built
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import intercom_segments_of
from intercom_iac.text import json_text

from ..live import open_live
from ..notices import DaysCounted, Notify, SegmentsLeftOut, ignore_notice
from ..session import Session
from .evaluation_day import EvaluationDay, evaluation_day
from .segments import choose_segments, decidable_rules
from .targets import DIALECTS, TARGETS_WITH_DAYS

if TYPE_CHECKING:
    from intercom_iac.model import InIntercomSegment, Predicate


@dataclass(frozen=True, slots=True)
class Compiled:
    """`data` for machines, `text` for people, and what could not be compiled."""

    data: Any
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledRule(Compiled):
    """A compiled rule, and the day and the time zone in it."""

    day: EvaluationDay


def compile_rule(
    session: Session,
    rule: Predicate,
    target: str,
    *,
    dialect: str = DIALECTS[0],
    zone: ZoneInfo | None = None,
    live: bool = False,
) -> CompiledRule:
    """The rule compiled to one of `TARGETS`; SQL in one of `DIALECTS`.

    `live`: the ids of segments that were built in Intercom are those of the session's workspace, which is asked for
    them where the rule names one. Raises `Misuse` for another target than search, and `WorkspaceError`.
    """
    segment_ids = _segment_ids(session, [rule], target) if live else None
    day = evaluation_day(session, [rule] if target in TARGETS_WITH_DAYS else [], zone)
    compiled = _compile(rule, target, dialect, day, segment_ids)
    return CompiledRule(
        data=compiled.data,
        text=compiled.text,
        diagnostics=compiled.diagnostics,
        failed=compiled.failed,
        day=day,
    )


def compile_segments(
    session: Session,
    keys: Sequence[str],
    target: str,
    *,
    dialect: str = DIALECTS[0],
    zone: ZoneInfo | None = None,
    live: bool = False,
    notify: Notify = ignore_notice,
) -> Mapping[str, Compiled]:
    """The segments of these keys, all that are not archived for none, compiled to one of `TARGETS`.

    `live` is as in `compile_rule`.
    """
    rules = _rules(session, keys)
    segment_ids = _segment_ids(session, rules.values(), target) if live else None
    day = _day_of_rules(session, rules, target, zone, notify)
    return {key: _compile(rule, target, dialect, day, segment_ids) for key, rule in rules.items()}


def compile_counts(
    session: Session,
    keys: Sequence[str],
    target: str = "sql",
    *,
    dialect: str = DIALECTS[0],
    zone: ZoneInfo | None = None,
    notify: Notify = ignore_notice,
) -> Compiled:
    """One SQL statement that counts those segments in one pass. Raises `Misuse` for another target than SQL.

    Of no keys, segments that only Intercom can decide are left out, which is told.
    """
    rules = _rules(session, keys)
    if not keys:
        rules, left_out = decidable_rules(rules)
        if left_out:
            notify(SegmentsLeftOut(left_out))
    day = _day_of_rules(session, rules, target, zone, notify)
    if target != "sql":
        raise Misuse(f"`--counts` is about SQL, not about {target}", hint="pass `--to sql`")
    from intercom_iac.compilers import sql

    return _sql(sql.counts(rules, sql.DIALECTS[dialect], today=day.today, zone=day.zone), dialect)


def _rules(session: Session, keys: Sequence[str]) -> dict[str, Predicate]:
    return {segment.key: segment.typed_rule for segment in choose_segments(session.schema(), keys)}


def _day_of_rules(
    session: Session, rules: Mapping[str, Predicate], target: str, zone: ZoneInfo | None, notify: Notify
) -> EvaluationDay:
    day = evaluation_day(session, rules.values() if target in TARGETS_WITH_DAYS else [], zone)
    if day.matters:
        notify(DaysCounted(day))
    return day


def _segment_ids(session: Session, rules: Iterable[Predicate], target: str) -> Mapping[str, str]:
    """The ids of the workspace's segments by name, where a rule asks for one that was built in Intercom."""
    if target != "search":
        raise Misuse(f"`--live` is about search, not about {target}", hint="leave it out")
    if not any(map(intercom_segments_of, rules)):
        return {}
    from intercom_iac.workspace import PARALLELISM

    with open_live(session, parallelism=PARALLELISM) as live:
        return {segment.name: segment.id for segment in live.snapshot().segments}


def _compile(
    rule: Predicate, target: str, dialect: str, day: EvaluationDay, segment_ids: Mapping[str, str] | None
) -> Compiled:
    match target:
        case "search":
            return _search(rule, day.today, day.zone, segment_ids)
        case "audience":
            return _audience(rule)
        case "sql":
            from intercom_iac.compilers import sql
            from intercom_iac.rules import normal_form

            if asked := intercom_segments_of(normal_form(rule)):
                return Compiled(None, "", tuple(map(only_intercom, asked)), failed=True)
            return _sql(sql.members(rule, sql.DIALECTS[dialect], today=day.today, zone=day.zone), dialect)
        case "english":
            from intercom_iac.compilers import to_english

            sentence = to_english(rule)
            return Compiled({"english": sentence}, sentence)
        case _:
            from intercom_iac.rules import encode_rule

            return _as_json(encode_rule(rule))


def only_intercom(segment: InIntercomSegment) -> Diagnostic:
    """The error of asking SQL for a segment that was built in Intercom."""
    message = f"SQL cannot decide who is in the segment `{segment.name}`: only Intercom knows its rule"
    hint = "compile it with `--to search`, or write the segment's rule in the specs"
    return replace(built.ONLY_INTERCOM.at(segment.span, message, hint=hint), severity="error")


def _search(rule: Predicate, today: date, zone: ZoneInfo, segment_ids: Mapping[str, str] | None) -> Compiled:
    from intercom_iac.compilers import to_search
    from intercom_iac.rules import format_rule

    search = to_search(rule, today=today, zone=zone, segment_ids=segment_ids)
    data = {
        "query": search.query,
        "exact": search.exact,
        "residual": None if search.residual is None else format_rule(search.residual),
        "requires": list(search.requires),
    }
    return _as_json(data, search.diagnostics)


def _audience(rule: Predicate) -> Compiled:
    from intercom_iac.compilers import to_audience

    audience = to_audience(rule)
    if audience.filters is None:
        # In a plan it is a remark, for the audience is built by hand; who asks for one here does not get it.
        errors = tuple(replace(diagnostic, severity="error") for diagnostic in audience.diagnostics)
        return Compiled(None, "", errors, failed=True)
    data = {
        "predicates": [predicate.as_json() for predicate in audience.filters.predicates],
        "role_predicates": [predicate.as_json() for predicate in audience.filters.role_predicates],
    }
    return _as_json(data, audience.diagnostics)


def _sql(statement: str, dialect: str) -> Compiled:
    return Compiled({"dialect": dialect, "sql": statement}, statement)


def _as_json(data: Any, diagnostics: tuple[Diagnostic, ...] = ()) -> Compiled:
    return Compiled(data, json_text(data), diagnostics)
