"""The plan of a sync for people: what was read, what changes how often, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from intercom_iac.model import DataType
from intercom_iac.model.payload import utc_text
from intercom_iac.syncing import SyncedSource, SyncPlan, SyncReport, shown_key, shown_value
from intercom_iac.tables import AcceptedTable
from intercom_iac.text import brief_text, printable
from intercom_iac.text.lists import brief_list

from ..kit.columns import pad, wrap_text
from ..kit.styles import style
from ..kit.values import name_list

_WIDTH = 100
_LONGEST_VALUE = 40
_MOST_PROPERTIES = 30
_PLURALS = {"contact": "contacts", "company": "companies", "event": "events"}
# Shapes that speak for themselves need no word.
_PLAIN_SHAPES = ("text", "native", "number", "boolean", "")


def sync_plan_text(report: SyncReport, *, show_values: bool = False) -> str:
    """The plan of each source, with terminal styles; whoever prints it strips them where they do not belong."""
    return "\n".join(_lines(report, show_values=show_values))


def _lines(report: SyncReport, *, show_values: bool) -> Iterator[str]:
    for source in report.sources:
        plan = source.plan
        yield style(
            f"{_PLURALS[plan.record]} of {printable(plan.source)} -> {printable(report.workspace)}", bold=True
        )
        yield from _read_lines(plan, source.table)
        yield from _plan_lines(source, show_values=show_values)
        yield ""
    yield _summary(report)


def _read_lines(plan: SyncPlan, table: AcceptedTable | None) -> Iterator[str]:
    rejected = style(f", {_count(plan.rejected)} rejected", fg="red") if plan.rejected else ""
    yield f"  {_rows(plan.rows)} known by `{printable(plan.key_name)}`{rejected}"
    if table is None:
        return
    shapes = [
        f"`{printable(column.name)}`: {printable(column.shape)}"
        for column in table.columns
        if column.shape not in _PLAIN_SHAPES
    ]
    if shapes:
        yield from _wrapped(f"read as {', '.join(shapes)}")
    if table.ignored:
        yield from _wrapped(f"not sent, as the specs do not declare them: {brief_list(table.ignored)}")


def _plan_lines(source: SyncedSource, *, show_values: bool) -> Iterator[str]:
    plan = source.plan
    if plan.record == "event":
        yield from _counts(
            (("+", plan.create, "to send", "green"), ("", plan.unchanged, "sent before", None))
        )
        yield from _counts(
            (("", plan.held_back, "held back: the properties of their people come first", "yellow"),)
        )
    else:
        yield from _counts(
            (
                ("+", plan.create, "to create", "green"),
                ("~", plan.update, "to update", "yellow"),
                ("", plan.unchanged, "unchanged", None),
            )
        )
    yield from _counts(
        (
            ("?", plan.not_found, _not_found_words(plan), None),
            ("?", plan.ambiguous, "found twice, and left alone", "red"),
        )
    )
    yield from _cache_lines(plan)
    if plan.properties:
        yield from _property_lines(source, show_values=show_values)
    if plan.not_compared:
        yield from _wrapped(
            f"Intercom does not return {name_list(list(plan.not_compared))}: sent along with other changes"
        )


def _not_found_words(plan: SyncPlan) -> str:
    if plan.record == "event":
        return "of people who are not found"
    return "not found" + (
        ", and not created (--mode upsert creates them)" if plan.mode == "update_only" else ""
    )


def _cache_lines(plan: SyncPlan) -> Iterator[str]:
    if plan.trust == "dropped":
        yield from _wrapped(
            f"{_count(plan.mismatched)} of {_count(plan.verified)} records that were looked at are not as they were "
            "acknowledged: everything was compared with the workspace"
        )
    elif plan.verified:
        yield from _wrapped(
            f"{_count(plan.verified)} of the unchanged were looked at, and are as they were acknowledged"
        )


def _property_lines(source: SyncedSource, *, show_values: bool) -> Iterator[str]:
    plan = source.plan
    ordered = sorted(plan.properties.items(), key=lambda counted: (-counted[1], counted[0]))
    width = max(len(printable(name)) for name, _ in ordered[:_MOST_PROPERTIES])
    digits = max(len(_count(count)) for _, count in ordered)
    for name, count in ordered[:_MOST_PROPERTIES]:
        cleared = plan.cleared.get(name, 0)
        more = f", {_count(cleared)} cleared" if cleared else ""
        yield f"    {pad(style(printable(name), bold=True), width + 8)}  {_count(count):>{digits}}{more}"
        yield from _sample_lines(source, name, show_values=show_values)
    if len(ordered) > _MOST_PROPERTIES:
        yield f"    and {len(ordered) - _MOST_PROPERTIES} more properties; --format json has all"


def _sample_lines(source: SyncedSource, name: str, *, show_values: bool) -> Iterator[str]:
    kind = source.types.get(name)
    for sample in source.plan.samples.get(name, ()):
        key = shown_key(source.plan.key_name, sample.key, show_values=show_values)
        before, after = (
            _value_text(shown_value(name, kind, value, show_values=show_values), kind)
            for value in (sample.before, sample.after)
        )
        yield style(f"        {printable(key)}: {before} -> {after}", dim=True)


def _value_text(value: Any, kind: DataType | None) -> str:
    if value is None or value == "":
        return "nothing"
    if kind is DataType.DATE and isinstance(value, int) and not isinstance(value, bool):
        return utc_text(value)
    return printable(brief_text(value, _LONGEST_VALUE))


def _summary(report: SyncReport) -> str:
    total: Mapping[str, int] = {
        "to create": sum(plan.create for plan in report.plans if plan.record != "event"),
        "to update": sum(plan.update for plan in report.plans),
        "to send": sum(plan.create for plan in report.plans if plan.record == "event"),
    }
    parts = [f"{_count(count)} {words}" for words, count in total.items() if count]
    if not parts:
        return style("Nothing to write: Intercom is in line with the table.", fg="green", bold=True)
    return style(f"Plan: {', '.join(parts)}.", bold=True)


def _counts(rows: tuple[tuple[str, int, str, str | None], ...]) -> Iterator[str]:
    for sign, count, words, colour in rows:
        if count:
            line = f"{sign or ' '} {_count(count)} {words}"
            yield "  " + (line if colour is None else style(line, fg=colour))


def _wrapped(text: str) -> Iterator[str]:
    yield from (f"    {line}" for line in wrap_text(printable(text), _WIDTH - 4))


def _rows(count: int) -> str:
    return f"{_count(count)} row{'' if count == 1 else 's'}"


def _count(count: int) -> str:
    return f"{count:,}"
