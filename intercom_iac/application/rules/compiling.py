"""Rules and segments in one of their target forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from intercom_iac.diagnostics import Diagnostic, Misuse
from intercom_iac.text import json_text

from ..notices import DaysCounted, Notify, ignore_notice
from ..session import Session
from .evaluation_day import EvaluationDay, evaluation_day
from .segments import choose_segments
from .targets import DIALECTS, TARGETS_WITH_DAYS

if TYPE_CHECKING:
    from intercom_iac.model import Predicate


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
) -> CompiledRule:
    """The rule compiled to one of `TARGETS`; SQL in one of `DIALECTS`."""
    day = evaluation_day(session, [rule] if target in TARGETS_WITH_DAYS else [], zone)
    compiled = _compile(rule, target, dialect, day)
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
    notify: Notify = ignore_notice,
) -> Mapping[str, Compiled]:
    """The segments of these keys, all that are not archived for none, compiled to one of `TARGETS`."""
    rules = _rules(session, keys)
    day = _day_of_rules(session, rules, target, zone, notify)
    return {key: _compile(rule, target, dialect, day) for key, rule in rules.items()}


def compile_counts(
    session: Session,
    keys: Sequence[str],
    target: str = "sql",
    *,
    dialect: str = DIALECTS[0],
    zone: ZoneInfo | None = None,
    notify: Notify = ignore_notice,
) -> Compiled:
    """One SQL statement that counts those segments in one pass. Raises `Misuse` for another target than SQL."""
    rules = _rules(session, keys)
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


def _compile(rule: Predicate, target: str, dialect: str, day: EvaluationDay) -> Compiled:
    match target:
        case "search":
            return _search(rule, day.today, day.zone)
        case "audience":
            return _audience(rule)
        case "sql":
            from intercom_iac.compilers import sql

            return _sql(sql.members(rule, sql.DIALECTS[dialect], today=day.today, zone=day.zone), dialect)
        case "english":
            from intercom_iac.compilers import to_english

            sentence = to_english(rule)
            return Compiled({"english": sentence}, sentence)
        case _:
            from intercom_iac.rules import encode_rule

            return _as_json(encode_rule(rule))


def _search(rule: Predicate, today: date, zone: ZoneInfo) -> Compiled:
    from intercom_iac.compilers import to_search
    from intercom_iac.rules import format_rule

    search = to_search(rule, today=today, zone=zone)
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
