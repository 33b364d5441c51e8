"""What a rule says, to tell a change of it from another spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any, cast

from intercom_iac.model import Field, Predicate
from intercom_iac.model.predicate import And, InSegment, Not, OneOf, Or


def said(rule: Predicate) -> Any:
    """The rule as it was written, but for spelling; a segment it refers to by its key alone."""
    return _plain(rule)


def meaning(rule: Predicate, *, opened: bool = True, holds: bool = True) -> Any:
    """Equal for rules that are sure to select the same people: parts in any order, `not` wherever it stands.

    A segment that the rule refers to counts as its rule where `opened`, else as whatever it is. `holds` False is the
    complement.
    """
    match rule:
        case And(parts=parts) | Or(parts=parts):
            kind = "and" if isinstance(rule, And) == holds else "or"
            return _chain(kind, (meaning(each, opened=opened, holds=holds) for each in parts))
        case Not(part=part):
            return meaning(part, opened=opened, holds=not holds)
        case InSegment(rule=inner) if opened:
            return meaning(inner, opened=opened, holds=holds)
        case OneOf(field=field, values=values):
            test = "OneOf", field.address, frozenset(values)
            return test if holds else ("not", test)
        case _:
            return _plain(rule) if holds else ("not", _plain(rule))


def _chain(kind: str, parts: Iterable[Any]) -> Any:
    """All or any of the parts, each once; those of a chain of the same kind among them."""
    flat: set[Any] = set()
    for each in parts:
        flat |= each[1] if each[0] == kind else {each}
    return flat.pop() if len(flat) == 1 else (kind, frozenset(flat))


def _plain(value: Any) -> Any:
    if isinstance(value, Field):
        return value.address
    if isinstance(value, InSegment):
        return "segment", value.segment
    if is_dataclass(value) and not isinstance(value, type):
        inner = (_plain(getattr(value, each.name)) for each in fields(value) if each.name != "span")
        return type(value).__name__, *inner
    if isinstance(value, tuple):
        return tuple(map(_plain, cast("tuple[Any, ...]", value)))
    return value
