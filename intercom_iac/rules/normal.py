"""Negation normal form: `not` stands before single tests only, and referenced segments are written out."""

from __future__ import annotations

from collections.abc import Iterable

from intercom_iac.model.predicate import And, InSegment, Not, Or, Predicate


def normal_form(node: Predicate, *, holds: bool = True) -> Predicate:
    """The rule, or its complement, with every `not` pushed down to the tests. It means the same for everybody.

    What is said of a company, of occurrences, or of their metadata is one test: its inside stays as it is.
    """
    match node:
        case And(parts=parts) | Or(parts=parts):
            kind = And if isinstance(node, And) == holds else Or
            return chain(kind, (normal_form(each, holds=holds) for each in parts))
        case Not(part=part):
            return normal_form(part, holds=not holds)
        case InSegment(rule=rule):
            return normal_form(rule, holds=holds)
        case _:
            return node if holds else Not(node, node.span)


def chain(kind: type[And | Or], parts: Iterable[Predicate]) -> Predicate:
    """All or any of the parts, chains of the same kind laid out flat; of one part, that part."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,)))
    return flat[0] if len(flat) == 1 else kind(flat)
