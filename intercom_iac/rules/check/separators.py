"""Numbers with what may be a separator of thousands: `1.000` is 1, and `in (1,250)` holds 1 and 250."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import lint
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.model import Field
from intercom_iac.text import Span

from ..syntax import tree as s

# A fraction of three digits whose last one says nothing.
_THOUSANDS = lazy_pattern(r"-?[1-9]\d{0,2}\.\d\d0")
_FIRST = lazy_pattern(r"-?[1-9]\d?")
_THREE = lazy_pattern(r"\d{3}")


def number_remarks(node: s.Test, field: Field) -> Iterator[Diagnostic]:
    """What there is to say of the numbers of a test that is typed."""
    if not field.type.is_number:
        return
    match node.clause:
        case s.Comparison(operand=s.Constant() as value):
            values: tuple[s.Constant, ...] = (value,)
        case s.Range(first=s.Constant() as first, last=s.Constant() as last):
            values = (first, last)
        case s.Membership(values=values):
            yield from _torn_numbers(values)
        case _:
            return
    for value in values:
        if value.kind == "number":
            yield from thousands_remark(value.text, value.span)


def thousands_remark(digits: str, span: Span | None) -> Iterator[Diagnostic]:
    """What is said of a number such as `1.000`, which is 1 here and a thousand elsewhere."""
    if _THOUSANDS.fullmatch(digits):
        short, joined = digits.rstrip("0").removesuffix("."), digits.replace(".", "")
        hint = f"for that write `{short}`, and for {int(joined):,} write `{joined}`"
        yield lint.AMBIGUOUS_NUMBER.at(span, f"`{digits}` is read as {short}", hint=hint)


def _torn_numbers(values: tuple[s.Constant, ...]) -> Iterator[Diagnostic]:
    """What is said of `1,250` in a list, which is 1 and 250 here and one number elsewhere."""
    for before, value in pairwise(values):
        if before.kind != "number" or value.kind != "number" or before.span is None or value.span is None:
            continue
        is_torn = _FIRST.fullmatch(before.text) and _THREE.fullmatch(value.text)
        if is_torn and before.span.end + 1 == value.span.start:
            whole = Span(value.span.file, before.span.start, value.span.end)
            message = f"`{whole.text}` is read as two values, {before.text} and {value.text}"
            joined = f"{before.text}{value.text}"
            hint = f"for those write `{before.text}, {value.text}`, and for {int(joined):,} write `{joined}`"
            yield lint.AMBIGUOUS_NUMBER.at(whole, message, hint=hint)
