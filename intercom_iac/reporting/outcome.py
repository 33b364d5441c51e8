"""What became of an apply, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.applying import Failure, Outcome
from intercom_iac.diagnostics import IntercomIacError, WorkspaceError
from intercom_iac.planning import Change
from intercom_iac.text import printable

from .diagnostics.finding import error_code
from .diagnostics.terminal import error_text, what_to_do
from .kit.styles import hint_label, style
from .kit.values import name_list
from .plan.change_words import action_title, change_summary, change_title, sign_of


def started_text(change: Change, number: int, total: int) -> str:
    """The progress line of a change, before its end is known."""
    width = len(str(total))
    return (
        f"  [{number:>{width}}/{total}] {sign_of(change)} {action_title(change)} {printable(change.address)}"
    )


def outcome_text(outcome: Outcome) -> str:
    """Done, failed, not tried, by hand: with the names wherever something is left."""
    return "\n".join(_lines(outcome))


def _lines(outcome: Outcome) -> Iterator[str]:
    for failure in outcome.failures:
        label = "not known whether done" if failure.in_flight else "failed"
        yield style(f"{label}: {change_title(failure.change)}", fg="red", bold=True)
        code = error_code(failure.error)
        yield f"  {printable(failure.error.message)}" + (style(f" [{code}]", dim=True) if code else "")
        yield from what_to_do(failure.error)
    for kept in outcome.kept:
        options = ", ".join(f"`{printable(option)}`" for option in kept.options)
        yield style(
            f"kept in {change_title(kept.change)}: the options {options}, which were added meanwhile",
            fg="yellow",
        )
        yield f"  {hint_label()}: declare them as well, or the next plan takes them out"
    if outcome.stopped is not None:
        yield error_text(outcome.stopped)
    if outcome.not_tried:
        yield style(f"not tried: {len(outcome.not_tried)}", fg="yellow")
        yield from (f"  {sign_of(change)} {change_title(change)}" for change in outcome.not_tried)
    if outcome.manual:
        yield style(f"by hand: {len(outcome.manual)}", fg="cyan") + " (`plan` shows the steps)"
        yield from (f"  ! {printable(change.address)}  {change_summary(change)}" for change in outcome.manual)
    if outcome.waiting:
        yield style(f"waiting: {len(outcome.waiting)}", fg="cyan") + " (the apply after that makes them)"
        for change in outcome.waiting:
            awaited = printable(name_list(list(change.waits_for)))
            yield f"  {sign_of(change)} {change_title(change)}  waits for {awaited}"
    count = len(outcome.done)
    if outcome.complete:
        text = f"Applied: {count} done." if count else "Nothing to apply."
        left = ((len(outcome.manual), "by hand"), (len(outcome.waiting), "waiting"))
        remaining = ", ".join(f"{number} {what}" for number, what in left if number)
        yield style(f"{text} Left: {remaining}." if remaining else text, fg="green", bold=True)
    else:
        why = "Interrupted" if outcome.interrupted else "Stopped"
        unknown = sum(failure.in_flight for failure in outcome.failures)
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
        "done": [_identity(change) for change in outcome.done],
        "failed": failures[0] if failures else None,
        "also_failed": failures[1:],
        "stopped": None if stopped is None else {"message": stopped.message, "hint": stopped.hint},
        "kept": [{**_identity(kept.change), "options": list(kept.options)} for kept in outcome.kept],
        "not_tried": [_identity(change) for change in outcome.not_tried],
        "waiting": [{**_identity(change), "waits_for": list(change.waits_for)} for change in outcome.waiting],
        "manual": [_identity(change) for change in outcome.manual],
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        **_identity(failure.change),
        "in_flight": failure.in_flight,
        "code": error_code(failure.error),
        "message": failure.error.message,
        "hint": failure.error.hint,
        "request_id": _request_id(failure.error),
    }


def _identity(change: Change) -> dict[str, str]:
    return {"address": change.address, "object": change.object, "action": change.action}


def _request_id(error: IntercomIacError) -> str | None:
    return error.request_id if isinstance(error, WorkspaceError) else None
