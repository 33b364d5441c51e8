"""A rule as it selects people once a value is gone: everybody's of a field, or that of those who have one option."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace
from operator import is_

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Field, Predicate
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    FIELD_DAY_TESTS,
    FIELD_TESTS,
    ActiveDays,
    Aggregate,
    And,
    Equals,
    EventTest,
    FieldTest,
    InSegment,
    Not,
    Occurrences,
    OneOf,
    Or,
    SomeCompany,
    day_test_of,
    in_order_of_references,
    negation,
    own_fields,
)
from intercom_iac.rules.normal import chain

_HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True, slots=True)
class LostValues:
    """Which values of a field are gone: these texts, or any value where there are none."""

    field: Field
    texts: tuple[str, ...] = ()

    @property
    def are_all(self) -> bool:
        return not self.texts

    def hold(self, value: object) -> bool:
        """Whether a value is among them."""
        return self.are_all or value in self.texts


class Clearing:
    """Rules as they hold once the values are gone: what two refer to is made once."""

    def __init__(self, lost: LostValues) -> None:
        self.lost = lost
        # By the identity of the rule; with the rule: while it is there, no other has its identity.
        self._cleared: dict[int, tuple[Predicate, Predicate]] = {}

    def without_values(self, rule: Predicate) -> Predicate:
        """The rule that holds of people with these values where this one holds of them without; the rule itself where
        it does not matter.

        The field is known by its owner and its name. Metadata of events are no values of a contact or a company.
        """
        for asked in in_order_of_references(rule, self._cleared):
            self._cleared[id(asked)] = asked, self._rule(asked)
        return self._cleared[id(rule)][1]

    def _rule(self, node: Predicate) -> Predicate:
        match node:
            case And(parts=parts) | Or(parts=parts):
                cleared = [self._rule(part) for part in parts]
                return node if all(map(is_, cleared, parts)) else chain(type(node), cleared, node.span)
            case Not(part=part):
                cleared = self._rule(part)
                return node if cleared is part else negation(cleared)
            case SomeCompany(rule=inner):
                cleared = self._rule(inner)
                return node if cleared is inner else replace(node, rule=cleared)
            case InSegment(rule=inner):
                _, cleared = self._cleared[id(inner)]
                return node if cleared is inner else replace(node, rule=cleared)
            case _ if isinstance(node, FIELD_TESTS) and any(map(self.is_same, own_fields(node))):
                return self.test(node)
            case _ if isinstance(node, EVENT_TESTS) and self.lost.are_all:
                window = day_test_of(node)
                reads = isinstance(window, FIELD_DAY_TESTS) and self.is_same(window.other)
                return _of_no_occurrence(node) if reads else node
            case _:
                return node

    def is_same(self, field: Field) -> bool:
        return (field.owner, field.name) == (self.lost.field.owner, self.lost.field.name)

    def test(self, test: FieldTest) -> Predicate:
        """The test of a field: of no value it is false."""
        if self.lost.are_all:
            return _false(test)
        match test:
            case Equals(value=value):
                return _false(test) if self.lost.hold(value) else test
            case OneOf(values=values, span=span):
                kept = [Equals(test.field, value, span) for value in values if not self.lost.hold(value)]
                return chain(Or, kept, span) if kept else _false(test)
            case _:
                return chain(
                    And, (test, Not(OneOf(self.lost.field, self.lost.texts, test.span), test.span)), test.span
                )


def _of_no_occurrence(test: EventTest) -> Predicate:
    """The test where no occurrence counts: a count and a sum are 0, all else is false."""
    match test:
        case (
            Occurrences(comparison=comparison, count=number) | ActiveDays(comparison=comparison, days=number)
        ):
            holds = _HOLDS[comparison](0, number)
        case Aggregate(function="sum", comparison=comparison, value=number):
            holds = _HOLDS[comparison](0, number)
        case _:
            holds = False
    return Or((test, Not(test, test.span)), test.span) if holds else _false(test)


def _false(test: Predicate) -> Predicate:
    """What nobody satisfies: a rule has no constants."""
    return And((test, Not(test, test.span)), test.span)
