"""What operators make of values: a moment in milliseconds divided by 1000 is one in seconds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from intercom_iac.text import Span

from ...values import Choice, Computed, Constant, Moment, MomentForm, Value

_PER_SECOND: Final[Mapping[MomentForm, int]] = {
    "seconds": 1,
    "milliseconds": 10**3,
    "microseconds": 10**6,
    "nanoseconds": 10**9,
}
_BY_NUMBER: Final[Mapping[float, MomentForm]] = {number: form for form, number in _PER_SECOND.items()}
_COMPARISONS = frozenset(
    {"==", "!=", "===", "!==", "<", ">", "<=", ">=", "in", "is", "instanceof", "=~", "not in", "is not"}
)
_CHOICES = frozenset({"or", "||", "??", "?:"})
_CONJUNCTIONS = frozenset({"and", "&&"})
# Beyond this, numbers are not computed: what code writes as a product is an amount of time or money.
_LARGEST = 10**15


def operation(span: Span, operator: str, left: Value, right: Value) -> Value:
    """The value of `left operator right`."""
    if operator in _CHOICES:
        return Choice(span, (left, right))
    if operator in _COMPARISONS:
        return Computed(span, "boolean")
    if operator in _CONJUNCTIONS:
        return right
    if operator == "." or (operator in "+%" and (_is_text(left) or _is_text(right))):
        return Computed(span, "text")
    if isinstance(left, Moment) or isinstance(right, Moment):
        return _moment(span, operator, left, right)
    return _number(span, operator, left, right)


def negative(span: Span, value: Value) -> Value:
    """`-value`."""
    if (
        isinstance(value, Constant)
        and isinstance(value.value, int | float)
        and not isinstance(value.value, bool)
    ):
        return Constant(span, -value.value)
    return Computed(span, "number")


def whole_number(span: Span, value: Value) -> Value:
    """A value that was made a whole number: `int(time.time())`."""
    if isinstance(value, Moment) and value.form in _PER_SECOND:
        return Moment(span, value.form)
    if isinstance(value, Constant) and isinstance(value.value, int):
        return Constant(span, int(value.value))
    return Computed(span, "integer")


def _moment(span: Span, operator: str, left: Value, right: Value) -> Value:
    moment, other = (left, right) if isinstance(left, Moment) else (right, left)
    assert isinstance(moment, Moment)
    if isinstance(other, Moment):
        return Computed(span, "number")
    if operator in ("+", "-"):
        return Moment(span, moment.form)
    factor = other.value if isinstance(other, Constant) else None
    form = None
    if isinstance(factor, int | float) and factor > 0 and moment.form in _PER_SECOND:
        if operator == "*":
            form = _BY_NUMBER.get(_PER_SECOND[moment.form] * factor)
        elif operator in ("/", "//") and moment is left:
            form = _BY_NUMBER.get(_PER_SECOND[moment.form] / factor)
    return Computed(span, "number") if form is None else Moment(span, form)


def _number(span: Span, operator: str, left: Value, right: Value) -> Value:
    if not isinstance(left, Constant) or not isinstance(right, Constant):
        return Computed(span, "number")
    first, second = left.value, right.value
    if not isinstance(first, int) or not isinstance(second, int) or max(abs(first), abs(second)) > _LARGEST:
        return Computed(span, "number")
    match operator:
        case "+":
            return Constant(span, first + second)
        case "-":
            return Constant(span, first - second)
        case "*":
            return Constant(span, first * second)
        case _:
            return Computed(span, "number")


def _is_text(value: Value) -> bool:
    if isinstance(value, Computed):
        return value.type == "text"
    return isinstance(value, Constant) and isinstance(value.value, str)
