"""How old a saved plan is, and whether that is too old. The present is a parameter: no clock is read here."""

from __future__ import annotations

from datetime import datetime, timedelta

from intercom_iac.diagnostics import UnsafePlan
from intercom_iac.diagnostics.codes import plan as codes

from .plan import Plan

# Clocks of two machines seldom differ by more; a plan from further ahead says nothing about its age.
CLOCK_SKEW = timedelta(minutes=5)
_UNITS = (
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
    ("second", timedelta(seconds=1)),
)


def refuse_if_older(plan: Plan, max_age: timedelta, now: datetime) -> None:
    """Raises `UnsafePlan` for a plan older than `max_age`, or from so far ahead that its age cannot be told."""
    created_at = plan.created_at
    if created_at is None or created_at > now + CLOCK_SKEW:
        when = (
            "at no known time"
            if created_at is None
            else f"at {created_at:%Y-%m-%d %H:%M} UTC, {duration_text(created_at - now)} from now"
        )
        message = f"the plan says that it was made {when}: its age cannot be told"
        hint = "set the clock of the machine right, and make a new plan with `plan --out`"
        raise UnsafePlan(message, diagnostics=[codes.FROM_THE_FUTURE.at(None, message, hint=hint)])
    age = now - created_at
    if age > max_age:
        message = f"the plan is {duration_text(age)} old, and `--max-age` allows {duration_text(max_age)}"
        hint = "make a new plan with `plan --out`, and have it reviewed"
        raise UnsafePlan(message, diagnostics=[codes.TOO_OLD.at(None, message, hint=hint)])


def duration_text(span: timedelta) -> str:
    """A span in its largest unit and the next: `3 days 4 hours`, `1 minute`, `12 seconds`."""
    largest = next((at for at, (_, unit) in enumerate(_UNITS) if span >= unit), len(_UNITS) - 1)
    words: list[str] = []
    for name, unit in _UNITS[largest : largest + 2]:
        count, span = divmod(span, unit)
        if count or not words:
            words.append(f"{count} {name}{'' if count == 1 else 's'}")
    return " ".join(words)
