"""Days to come and days gone by: which of the two a test asks for, where that is open or cannot be meant."""

from __future__ import annotations

from dataclasses import replace

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint

from ..corrections import insertion_fix, replacement_fix
from ..print.text import clause_text
from ..syntax import tree as s
from .values import shorten


def direction_remark(clause: s.Clause | None, behind: str | None) -> Diagnostic | None:
    """What is said of a test of days; `behind` is the name of the event or the date of which none lies ahead."""
    backwards = None if behind is None else _backwards(clause)
    if behind is not None and clause is not None and backwards is not None:
        written = clause_text(backwards)
        message = f"`{shorten(behind)}` does not lie ahead, and this asks for days from today on"
        fix = replacement_fix(clause.span, written, safe=False)
        return lint.LIES_BEHIND.at(clause.span, message, hint=f"write `{written}`", fix=fix)
    if isinstance(clause, s.Window) and clause.direction is None:
        message = "`within` leaves its direction open and is read as `within next`"
        hint = "write `within next` or `within last`"
        return lint.OPEN_DIRECTION.at(
            clause.span, message, hint=hint, fix=insertion_fix(clause.span, "within", " next")
        )
    return None


def _backwards(clause: s.Clause | None) -> s.Clause | None:
    """The same days before today; None where they are no days to come, and where they are today alone."""
    match clause:
        case s.Window(direction=direction, number=number) if direction != "last" and number.strip("0"):
            return replace(clause, direction="last")
        case s.Comparison(operator=operator, operand=s.Moment(number=number, hence="from now") as moment) if (
            operator != "!=" and number.strip("0")
        ):
            return replace(clause, operand=replace(moment, hence="ago"))
        case _:
            return None
