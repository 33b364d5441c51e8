"""A rule on the attributes that take the place of those it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from intercom_iac.model import Attribute, DataType, Field, ModelName, Predicate
from intercom_iac.model.predicate import Equals, InSegment, IsKnown, IsTrue, OneOf, in_order_of_references
from intercom_iac.model.successions import Succession

Successors = Mapping[tuple[ModelName, str], Attribute]


def rule_on_successors(rule: Predicate, successors: Successors, *, merging: bool = False) -> Predicate | None:
    """The rule with the fields and the values of the attributes that take the place of others; None where what it
    says is not to be said of them.

    It selects the same people once the values are copied; with `merging` more than these, where two old values become
    one.
    """
    return _Moving(successors, merging).rule(rule)


class _Moving:
    def __init__(self, successors: Successors, merging: bool) -> None:
        self._successors, self._merging = successors, merging
        # The rules that are referred to, by their identity.
        self._rules: dict[int, Predicate | None] = {}

    def rule(self, rule: Predicate) -> Predicate | None:
        """Behind those that it refers to: a chain of references may be longer than what Python recurses over."""
        for asked in in_order_of_references(rule):
            self._rules[id(asked)] = self.moved(asked)
        return self._rules[id(rule)]

    def moved(self, node: Any) -> Any:
        """A part of a rule with the new fields and values; None where there is none."""
        if isinstance(node, (Equals, OneOf, IsTrue, IsKnown)):
            return self._moved_test(node)
        if isinstance(node, Field):
            succession = self._succession(node)
            if succession is None:
                return node
            return succession.successor.field() if succession.keeps_every_value else None
        if isinstance(node, InSegment):
            rule = self._rules[id(node.rule)]
            return None if rule is None else replace(node, rule=rule)
        if isinstance(node, tuple):
            parts = [self.moved(part) for part in cast("tuple[Any, ...]", node)]
            return None if any(part is None for part in parts) else tuple(parts)
        if not is_dataclass(node) or isinstance(node, type):
            return node
        changes = {
            field.name: self.moved(value)
            for field in fields(node)
            if field.name != "span" and (value := getattr(node, field.name)) is not None
        }
        return None if any(value is None for value in changes.values()) else replace(node, **changes)

    def _moved_test(self, test: Equals | OneOf | IsTrue | IsKnown) -> Predicate | None:
        succession = self._succession(test.field)
        if succession is None:
            return test
        field = succession.successor.field()
        if isinstance(test, IsKnown):
            return IsKnown(field) if succession.keeps_presence else None
        match test:
            case Equals(value=value):
                old_values = (value,)
            case OneOf(values=values):
                old_values = values
            case IsTrue():
                old_values = (True,)
        values = [succession.new_value(value) for value in old_values]
        is_same = succession.keeps_every_value or self._merging or all(map(succession.is_alone, old_values))
        if None in values or not is_same:
            return None
        new_values = tuple(value for value in values if value is not None)
        if isinstance(test, OneOf) and field.type is not DataType.BOOLEAN:
            return OneOf(field, new_values)
        return IsTrue(field) if new_values == (True,) else Equals(field, new_values[0])

    def _succession(self, field: Field) -> Succession | None:
        if field.owner == "event" or not field.custom:
            return None
        successor = self._successors.get((field.owner, field.name))
        return None if successor is None else Succession(field, successor)
