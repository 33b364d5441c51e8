"""What a rule says, to tell a change of it from another spelling."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any, cast

from intercom_iac.model import Field, Predicate, normal
from intercom_iac.model.predicate import And, InSegment, OneOf, Or


def said(rule: Predicate) -> Any:
    """The rule as it was written, but for spelling; a segment it refers to by its key alone."""
    return _plain(rule, ordered=True)


def meaning(rule: Predicate) -> Any:
    """Equal for rules that select the same people for certain: parts in any order, `not` wherever it stands,
    referenced segments by what their rules are."""
    return _plain(normal(rule), ordered=False)


def _plain(value: Any, *, ordered: bool) -> Any:
    if isinstance(value, Field):
        return value.address
    if isinstance(value, InSegment):
        return "segment", value.segment
    if not ordered and isinstance(value, (And, Or)):
        parts = frozenset(_plain(each, ordered=False) for each in value.parts)
        return next(iter(parts)) if len(parts) == 1 else (type(value).__name__, parts)
    if not ordered and isinstance(value, OneOf):
        return "OneOf", value.field.address, frozenset(value.values)
    if is_dataclass(value) and not isinstance(value, type):
        inner = (
            _plain(getattr(value, each.name), ordered=ordered)
            for each in fields(value)
            if each.name != "span"
        )
        return type(value).__name__, *inner
    if isinstance(value, tuple):
        return tuple(_plain(each, ordered=ordered) for each in cast("tuple[Any, ...]", value))
    return value
