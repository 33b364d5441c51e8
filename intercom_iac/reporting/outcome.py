"""What became of an apply, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.applying import Failure, Outcome
from intercom_iac.diagnostics import IntercomIacError, WorkspaceError
from intercom_iac.planning import Change
from intercom_iac.text import printable

from .diagnostics.terminal import error_code, error_text, what_to_do
from .kit.styling import style
from .kit.values import name_list
from .plan.changes import SIGNS, in_short, named


def started_text(change: Change, number: int, total: int) -> str:
    """The progress line of a change, before its end is known."""
    width = len(str(total))
    what = "" if change.object in ("data_attribute", "event") else f" {change.object}"
    return f"  [{number:>{width}}/{total}] {SIGNS[change.action]} {change.action}{what} {printable(change.address)}"


def outcome_text(outcome: Outcome) -> str:
    """Done, failed, not tried, by hand: with the names wherever something is left."""
    return "\n".join(_lines(outcome))


def _lines(outcome: Outcome) -> Iterator[str]:
    for failure in outcome.failures:
        label = "not known whether done" if failure.in_flight else "failed"
        yield style(f"{label}: {named(failure.change)}", fg="red", bold=True)
        code = error_code(failure.error)
        yield f"  {printable(failure.error.message)}" + (style(f" [{code}]", dim=True) if code else "")
        yield from what_to_do(failure.error)
    for kept in outcome.kept:
        options = ", ".join(f"`{printable(option)}`" for option in kept.options)
        yield style(
            f"kept in {named(kept.change)}: the options {options}, which were added meanwhile", fg="yellow"
        )
        yield f"  {style('help', dim=True)}: declare them as well, or the next plan takes them out"
    if outcome.stopped is not None:
        yield error_text(outcome.stopped)
    if outcome.not_tried:
        yield style(f"not tried: {len(outcome.not_tried)}", fg="yellow")
        yield from (f"  {SIGNS[each.action]} {named(each)}" for each in outcome.not_tried)
    if outcome.manual:
        yield style(f"by hand: {len(outcome.manual)}", fg="cyan") + " (`plan` shows the steps)"
        yield from (f"  ! {printable(each.address)}  {in_short(each)}" for each in outcome.manual)
    if outcome.waiting:
        yield style(f"waiting: {len(outcome.waiting)}", fg="cyan") + " (the apply after that makes them)"
        for change in outcome.waiting:
            awaited = printable(name_list(list(change.waits_for)))
            yield f"  {SIGNS[change.action]} {named(change)}  waits for {awaited}"
    count = len(outcome.done)
    if outcome.complete:
        text = f"Applied: {count} done." if count else "Nothing to apply."
        left = ((len(outcome.manual), "by hand"), (len(outcome.waiting), "waiting"))
        told = ", ".join(f"{number} {what}" for number, what in left if number)
        yield style(f"{text} Left: {told}." if told else text, fg="green", bold=True)
    else:
        why = "Interrupted" if outcome.interrupted else "Stopped"
        unknown = sum(each.in_flight for each in outcome.failures)
        failed = len(outcome.failures) - unknown
        last = "".join(
            f"{number} {what}, " for number, what in ((failed, "failed"), (unknown, "not known")) if number
        )
        yield style(
            f"{why}: {count} done, {last}{len(outcome.not_tried)} not tried. "
            "Run `plan` to see what is left; nothing has to be undone.",
            bold=True,
        )


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """The same as plain data."""
    failures = [_failure(failure) for failure in outcome.failures]
    stopped = outcome.stopped
    return {
        "format_version": "1.0",
        "complete": outcome.complete,
        "interrupted": outcome.interrupted,
        "done": [_named(change) for change in outcome.done],
        "failed": failures[0] if failures else None,
        "also_failed": failures[1:],
        "stopped": None if stopped is None else {"message": stopped.message, "hint": stopped.hint},
        "kept": [{**_named(each.change), "options": list(each.options)} for each in outcome.kept],
        "not_tried": [_named(change) for change in outcome.not_tried],
        "waiting": [{**_named(change), "waits_for": list(change.waits_for)} for change in outcome.waiting],
        "manual": [_named(change) for change in outcome.manual],
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        **_named(failure.change),
        "in_flight": failure.in_flight,
        "code": error_code(failure.error),
        "message": failure.error.message,
        "hint": failure.error.hint,
        "request_id": _request_id(failure.error),
    }


def _named(change: Change) -> dict[str, str]:
    return {"address": change.address, "object": change.object, "action": change.action}


def _request_id(error: IntercomIacError) -> str | None:
    return error.request_id if isinstance(error, WorkspaceError) else None
