"""Days to come and days gone by: which of the two a test asks for, where that is open or cannot be meant."""

from __future__ import annotations

from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint
from intercom_iac.diagnostics.codes import type as codes

from ..corrections import insertion_fix, replacement_fix
from ..print.text import clause_text
from ..syntax import tree as s
from .days import day_named
from .values import shorten


def direction_mistake(clause: s.Clause | None, timestamp: str | None) -> Diagnostic | None:
    """What is said of `within N days` on one of Intercom's timestamps, which never lie ahead; None otherwise.

    Read as days to come, as it is elsewhere, it would ask for nobody. `timestamp` is the name of such a one.
    """
    if timestamp is None or not isinstance(clause, s.Window) or clause.direction is not None:
        return None
    if not clause.number.strip("0"):
        return None
    right = clause_text(replace(clause, direction="last"))
    message = (
        f"`{shorten(timestamp)}` does not lie ahead, and `within` without a direction asks for days to come"
    )
    fix = insertion_fix(clause.span, "within", " last")
    return codes.DIRECTION.at(clause.span, message, hint=f"write `{right}`", fix=fix)


def direction_remark(clause: s.Clause | None, behind: str | None) -> Diagnostic | None:
    """What is said of a test of days; `behind` is the name of the event or the date of which none lies ahead."""
    if behind is not None and clause is not None and _asks_for_days_to_come(clause):
        message = f"`{shorten(behind)}` does not lie ahead, and this asks for days from today on"
        backwards = _backwards(clause)
        if backwards is None:
            return lint.LIES_BEHIND.at(clause.span, message, hint="ask for today or for a day before it")
        written = clause_text(backwards)
        fix = replacement_fix(clause.span, written, safe=False)
        return lint.LIES_BEHIND.at(clause.span, message, hint=f"write `{written}`", fix=fix)
    if isinstance(clause, s.Window) and clause.direction is None:
        message = "`within` leaves its direction open and is read as `within next`"
        hint = "write `within next` or `within last`"
        return lint.OPEN_DIRECTION.at(
            clause.span, message, hint=hint, fix=insertion_fix(clause.span, "within", " next")
        )
    return None


def _asks_for_days_to_come(clause: s.Clause) -> bool:
    """Whether it asks for days from today on, and not for today alone."""
    match clause:
        case s.Window(direction=direction, number=number):
            return direction != "last" and bool(number.strip("0"))
        case s.Comparison(operator=operator, operand=s.Moment(hence="from now", number=number)):
            return not s.without_not(operator)[1] and bool(number.strip("0"))
        case s.Comparison(operator=operator, operand=s.Constant() as constant):
            match day_named(constant):
                case "today":
                    return operator in (">", "after")
                case "tomorrow":
                    return operator in (">", "after", ">=", "=", "on")
                case _:
                    return False
        case s.Range(negated=False, first=first, last=last):
            return _is_from_today_on(first, last) and _lies_ahead(last)
        case _:
            return False


def _is_from_today_on(first: s.Operand, last: s.Operand) -> bool:
    """Whether the first end of a range is today or a later day."""
    if isinstance(first, s.Moment):
        return first.hence == "from now"
    # The unit of a number stands behind the last end.
    return isinstance(last, s.Moment) if first.kind == "number" else day_named(first) in ("today", "tomorrow")


def _lies_ahead(last: s.Operand) -> bool:
    if isinstance(last, s.Moment):
        return last.hence == "from now" and bool(last.number.strip("0"))
    return day_named(last) == "tomorrow"


def _backwards(clause: s.Clause) -> s.Clause | None:
    """The same days before today; None where that is not said by turning a word around."""
    match clause:
        case s.Window():
            return replace(clause, direction="last")
        case s.Comparison(operand=s.Moment() as moment):
            return replace(clause, operand=replace(moment, hence="ago"))
        case s.Range(first=first, last=s.Moment() as last):
            if isinstance(first, s.Moment):
                first = replace(first, hence="ago")
            elif first.kind != "number":
                return None
            return replace(clause, first=first, last=replace(last, hence="ago"))
        case _:
            return None
