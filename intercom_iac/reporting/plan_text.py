"""A plan for people, on one screen where it can be: what changes, how risky, what is left by hand, the caps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from click import style

from intercom_iac.diagnostics import printable
from intercom_iac.planning import Change, Plan

from .values import SIGNS, counted, difference, in_short, listed

_COLOURS = {"+": "green", "~": "yellow", "-": "red", "!": "cyan"}
_RISK_COLOURS = {"safe": "green", "caution": "yellow", "destructive": "red"}
_WIDEST_ADDRESS = 48
# The same for every terminal and log, so that a plan reads alike wherever it is printed.
_WIDTH = 100
_LEAST_ROOM = 32
_SHOWN_UNMANAGED = 12


def plan_text(plan: Plan) -> str:
    """The plan as text with terminal styles; whoever prints it strips them where they do not belong."""
    return "\n".join(_lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    where = plan.workspace
    yield style(f"Plan for {printable(where.name)}", bold=True) + style(
        f"  workspace {printable(where.app_id)}, days in {printable(where.timezone)}", dim=True
    )
    if plan.calls:
        yield ""
        yield from _calls(plan.calls)
    if plan.manual:
        yield ""
        yield style("By hand in Intercom", bold=True)
        for change in plan.manual:
            yield from _manual(change)
    for remark in plan.remarks:
        colour = {"error": "red", "warning": "yellow"}.get(remark.severity, "cyan")
        yield ""
        yield f"{style(f'{remark.severity}[{remark.code}]', fg=colour, bold=True)}: {printable(remark.message)}"
        if remark.source:
            yield f"  --> {printable(str(remark.source))}"
        if remark.hint:
            yield f"  {style('help', dim=True)}: {printable(remark.hint)}"
    yield ""
    yield from _closing(plan)


def _calls(changes: Sequence[Change]) -> Iterator[str]:
    width = min(max(len(each.address) for each in changes), _WIDEST_ADDRESS)
    for change in changes:
        sign = SIGNS[change.action]
        head = style(f"  {sign} {printable(change.address):<{width}}", fg=_COLOURS[sign])
        if change.action in ("create", "register"):
            note = "" if change.action == "create" else "register, "
            room = max(_LEAST_ROOM, _WIDTH - width - len(note) - 6)
            risk = "" if change.risk == "safe" else f", {_risk(change)}"
            yield f"{head}  {note}{in_short(change, room)}{risk}"
            if change.reason.startswith("renamed"):
                yield from _labelled("why", change.reason)
            continue
        thing = "" if change.object == "data_attribute" else f" {change.object}"
        yield f"{head}  {change.action}{thing}, {_risk(change)}"
        widest = max((len(each.path) for each in change.fields), default=0)
        for each in change.fields:
            yield f"      {printable(each.path):<{widest}}  {difference(each)}"
        yield from _context(change)


def _manual(change: Change) -> Iterator[str]:
    yield style(f"  ! {printable(change.address)}", fg="cyan") + f"  {in_short(change)}"
    yield from _context(change)
    for number, step in enumerate(change.steps, 1):
        yield f"      {number:>2}. {printable(step)}"


def _context(change: Change) -> Iterator[str]:
    """What a reviewer asks of a change to what is there: why, who reads it, and where the specs say so."""
    yield from _labelled("why", change.reason)
    if change.needed_by:
        yield from _labelled("needed by", listed(list(change.needed_by), _WIDTH))
    if change.source:
        yield from _labelled("at", str(change.source))


def _risk(change: Change) -> str:
    return style(change.risk, fg=_RISK_COLOURS[change.risk])


def _labelled(label: str, text: str) -> Iterator[str]:
    """A label and its text, folded so that it stays beside the label."""
    first, *rest = wrap(printable(text), _WIDTH - len(label) - 8) or [""]
    yield f"      {style(label, dim=True)}  {first}"
    yield from (f"{'':{len(label) + 8}}{line}" for line in rest)


def _closing(plan: Plan) -> Iterator[str]:
    if plan.changes:
        total = f"Plan: {counted(plan.summary)}."
    else:
        total = "Nothing differs: the workspace is what the specs say."
    yield style(total, bold=True)
    attributes, events = plan.attributes, plan.events
    yield (
        f"Caps: attributes {_usage(attributes.used, attributes.after)} of {attributes.limit}, "
        f"events {_usage(events.used, events.after)} of {events.limit}."
    )
    if plan.unmanaged:
        more = len(plan.unmanaged) - _SHOWN_UNMANAGED
        names = printable(", ".join(plan.unmanaged[:_SHOWN_UNMANAGED]))
        yield f"Not in the specs, left alone: {names}{f' and {more} more' if more > 0 else ''}."
    if plan.destructive:
        yield style("It archives or deletes, which apply does only with --allow-destructive.", fg="red")


def _usage(used: int, after: int) -> str:
    return str(used) if used == after else f"{used} -> {after}"
