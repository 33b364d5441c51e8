"""The plan of a sync for people: what was read, what changes how often, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.model import DataType
from intercom_iac.model.payload import utc_text
from intercom_iac.syncing import SyncedSource, SyncPlan, SyncReport, shown_key
from intercom_iac.tables import RECORD_PLURALS, RejectedValue
from intercom_iac.text import brief_text, printable
from intercom_iac.text.lists import brief_list

from ..kit.columns import pad, wrap_text
from ..kit.styles import hint_label, severity_label, style
from ..kit.values import name_list
from .replacement_text import replacement_lines

_LONGEST_VALUE = 40
_MOST_PROPERTIES = 30
_MOST_REJECTS = 5
_MOST_REMARKS = 5


def sync_plan_text(report: SyncReport, *, show_values: bool = False, width: int = 100) -> str:
    """The plan of each source in lines of about a width, with terminal styles; whoever prints it strips these where
    they do not belong."""
    return "\n".join(_lines(report, show_values=show_values, width=width))


def _lines(report: SyncReport, *, show_values: bool, width: int) -> Iterator[str]:
    for source in report.sources:
        plan = source.plan
        if plan.replaces is not None:
            yield from replacement_lines(source)
            yield from property_lines(source, show_values=show_values) if plan.properties else ()
            yield ""
            continue
        yield style(
            f"{RECORD_PLURALS[plan.record]} of {printable(plan.source)} -> {printable(report.workspace)}",
            bold=True,
        )
        yield from _read_lines(source, width)
        yield from _plan_lines(source, show_values=show_values, width=width)
        yield ""
    yield _summary(report)


def _read_lines(source: SyncedSource, width: int) -> Iterator[str]:
    plan, table = source.plan, source.table
    rejected = style(f", {_count(plan.rejected)} rejected", fg="red") if plan.rejected else ""
    yield f"  {_rows(plan.rows)} known by `{printable(plan.key_name)}`{rejected}"
    if table is not None:
        shapes = [f"`{printable(column.name)}`: {column.shape}" for column in table.columns if column.shape]
        if shapes:
            yield from _wrap_lines(f"read as {'; '.join(shapes)}", width)
        yield from _remark_lines(table.diagnostics, width)
    for rejected_value in source.rejects[:_MOST_REJECTS]:
        yield from _reject_lines(rejected_value, width)
    hidden = source.rejected_values - min(len(source.rejects), _MOST_REJECTS)
    if hidden > 0:
        yield f"    and {_count(hidden)} more of these; --rejects FILE has all"


def _remark_lines(diagnostics: Sequence[Diagnostic], width: int) -> Iterator[str]:
    """What is to be said of the table: warnings, and the first of the rest."""
    remarks = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "info"]
    for diagnostic in (*(one for one in diagnostics if one.severity != "info"), *remarks[:_MOST_REMARKS]):
        label = severity_label(diagnostic.severity, diagnostic.code)
        first, *others = wrap_text(printable(diagnostic.message), width - 20)
        yield f"    {label}: {first}"
        yield from (f"      {line}" for line in others)
        if diagnostic.hint is not None:
            yield f"      {hint_label()}: {printable(diagnostic.hint)}"
    if len(remarks) > _MOST_REMARKS:
        yield f"    and {_count(len(remarks) - _MOST_REMARKS)} more remarks; --format json has all"


def _reject_lines(rejected: RejectedValue, width: int) -> Iterator[str]:
    place = f"row {_count(rejected.row)}" + (f", {printable(rejected.column)}" if rejected.column else "")
    value = f" ({printable(rejected.value)})" if rejected.value else ""
    label = severity_label("error", rejected.code.id)
    first, *others = wrap_text(f"{place}: {printable(rejected.message)}{value}", width - 20)
    yield f"    {label}: {first}"
    yield from (f"      {line}" for line in others)
    if rejected.hint is not None:
        yield f"      {hint_label()}: {printable(rejected.hint)}"


def _plan_lines(source: SyncedSource, *, show_values: bool, width: int) -> Iterator[str]:
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
                ("+", plan.create, _create_words(plan), "green"),
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
    yield from _cache_lines(plan, width)
    if plan.properties:
        yield from property_lines(source, show_values=show_values)
    if plan.not_compared:
        yield from _wrap_lines(
            f"Intercom does not return {brief_list(plan.not_compared)}: sent along with other changes",
            width,
        )
    if plan.never_cleared:
        yield from _wrap_lines(
            f"Intercom does not clear {brief_list(plan.never_cleared)}: an empty cell leaves the value as it is",
            width,
        )


def _create_words(plan: SyncPlan) -> str:
    return "to create" + (f", with {name_list(list(plan.sends))}" if plan.sends else "")


def _not_found_words(plan: SyncPlan) -> str:
    if plan.record == "event":
        return "of people who are not found"
    return "not found" + (
        ", and not created (--mode upsert creates them)" if plan.mode == "update_only" else ""
    )


def _cache_lines(plan: SyncPlan, width: int) -> Iterator[str]:
    if plan.trust == "dropped":
        yield from _wrap_lines(
            f"{_count(plan.mismatched)} of {_count(plan.verified)} records that were looked at are not as they were "
            "acknowledged: everything was compared with the workspace",
            width,
        )
    elif plan.trust == "verified":
        yield from _wrap_lines("everything was compared with the workspace", width)
    elif plan.verified:
        yield from _wrap_lines(
            f"{_count(plan.verified)} of the unchanged were looked at, and are as they were acknowledged",
            width,
        )


def property_lines(source: SyncedSource, *, show_values: bool) -> Iterator[str]:
    plan = source.plan
    ordered = sorted(plan.properties.items(), key=lambda counted: (-counted[1], counted[0]))
    width = max(len(printable(name)) for name, _ in ordered[:_MOST_PROPERTIES])
    digits = max(len(_count(count)) for _, count in ordered)
    for name, count in ordered[:_MOST_PROPERTIES]:
        cleared = plan.cleared.get(name, 0)
        more = f", {_count(cleared)} cleared" if cleared else ""
        yield f"    {pad(style(printable(name), bold=True), width + 8)}  {_count(count):>{digits}}{more}"
        # The samples are all that there is of a few.
        if count > len(plan.samples.get(name, ())) and plan.replaces is None:
            yield from _move_lines(source, name, count, show_values=show_values)
        yield from _sample_lines(source, name, show_values=show_values)
    if len(ordered) > _MOST_PROPERTIES:
        yield f"    and {len(ordered) - _MOST_PROPERTIES} more properties; --format json has all"


def _move_lines(source: SyncedSource, name: str, count: int, *, show_values: bool) -> Iterator[str]:
    """How many change from what to what, of a property with few values."""
    moves = source.plan.moves.get(name, ())
    kind = source.types.get(name)
    digits = max((len(_count(move.count)) for move in moves), default=0)
    for move in moves:
        before, after = (
            _value_text(source.display_value(name, value, show_values=show_values), kind)
            for value in (move.before, move.after)
        )
        yield f"        {_count(move.count):>{digits}} {before} -> {after}"
    others = count - sum(move.count for move in moves)
    if moves and others > 0:
        yield f"        {_count(others):>{digits}} other change{'s' if others > 1 else ''}"


def _sample_lines(source: SyncedSource, name: str, *, show_values: bool) -> Iterator[str]:
    kind = source.types.get(name)
    for sample in source.plan.samples.get(name, ()):
        key = shown_key(source.plan.key_name, sample.key, show_values=show_values)
        before, after = (
            _value_text(source.display_value(name, value, show_values=show_values), kind)
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
        "to update": sum(plan.update for plan in report.plans if plan.replaces is None),
        "to copy": sum(plan.update for plan in report.plans if plan.replaces is not None),
        "to send": sum(plan.create for plan in report.plans if plan.record == "event"),
    }
    parts = [f"{_count(count)} {words}" for words, count in total.items() if count]
    if not parts and all(plan.replaces is not None for plan in report.plans):
        return style("Nothing to copy.", fg="green", bold=True)
    if not parts and any(_leaves_rows_out(plan) for plan in report.plans):
        return style("Nothing to write.", bold=True)
    if not parts:
        return style(
            f"Nothing to write: Intercom is in line with the table{'' if len(report.plans) == 1 else 's'}.",
            fg="green",
            bold=True,
        )
    return style(f"Plan: {', '.join(parts)}.", bold=True)


def _leaves_rows_out(plan: SyncPlan) -> bool:
    """Whether Intercom may differ from the table with nothing to write, or the table is empty."""
    return not plan.rows or bool(plan.rejected or plan.not_found or plan.ambiguous or plan.held_back)


def _counts(rows: tuple[tuple[str, int, str, str | None], ...]) -> Iterator[str]:
    for sign, count, words, colour in rows:
        if count:
            line = f"{sign or ' '} {_count(count)} {words}"
            yield "  " + (line if colour is None else style(line, fg=colour))


def _wrap_lines(text: str, width: int) -> Iterator[str]:
    yield from (f"    {line}" for line in wrap_text(printable(text), width - 4))


def _rows(count: int) -> str:
    return f"{_count(count)} row{'' if count == 1 else 's'}"


def _count(count: int) -> str:
    return f"{count:,}"
