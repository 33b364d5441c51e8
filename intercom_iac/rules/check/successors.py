"""A test of an attribute that another takes the place of, as a test of that one."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.diagnostics import Edit, Fix, safe_fix, unsafe_fix
from intercom_iac.model import Attribute, DataType, Field
from intercom_iac.model.conversions import (
    Converted,
    Value,
    conversion_rule,
    convert,
    lost_values,
    possible_values,
    value_text,
)

from ..corrections import apart, replacement_fix
from ..print.text import field_text, quote, stands_bare
from ..syntax import tree as s
from .values import value_of


def successor_hint(name: s.Name, successor: Attribute) -> str:
    """What to do about a rule that reads the attribute that `name` stands for."""
    written = field_text(s.Name(successor.name, company=name.company))
    return f"read `{written}`, which takes its place, once the values are copied"


def successor_fix(name: s.Name, node: s.Test | None, field: Field, successor: Attribute) -> Fix | None:
    """The test of `field` as one of its successor; None where that cannot be said, or by nobody but a person.

    `node` is the test whose field it is; None where the field stands elsewhere in a test. The fix is safe where the
    test is sure to select the people whose values are copied that it selects now.
    """
    replaced = successor.replaced
    if replaced is None or successor.status != "active":
        return None
    move = _Move(field, successor, dict(replaced.convert))
    written = field_text(s.Name(successor.name, company=name.company))
    if move.keeps_values:
        return replacement_fix(name.span, written, safe=move.keeps_every_value)
    if node is None:
        return None
    clause = node.clause
    match clause:
        case None:
            return _as_comparison(name, written, move)
        case s.Presence():
            return replacement_fix(name.span, written, safe=move.keeps_presence)
        case s.Comparison(operand=s.Constant() as constant) if s.without_not(clause.operator)[0] in (
            "=",
            "is",
        ):
            return _with_values(name, written, (constant,), move)
        case s.Membership(values=values):
            return _with_values(name, written, values, move)
        case s.Comparison() | s.Range() if (
            field.type.is_number and successor.type.is_number and not move.mapping
        ):
            return replacement_fix(name.span, written, safe=False)
        case _:
            return None


class _Move:
    """How the values of a field come to be those of its successor."""

    def __init__(self, field: Field, successor: Attribute, mapping: Mapping[str, Value]) -> None:
        self.field, self.successor, self.mapping = field, successor, mapping
        self._rule = conversion_rule(field.type, successor.type)
        self._possible = possible_values(field.type, field.options)

    @property
    def keeps_values(self) -> bool:
        """Whether values that convert stay as they are, so that any test of them does."""
        return self.field.type is self.successor.type and not self.mapping

    @property
    def keeps_every_value(self) -> bool:
        return self.keeps_values and set(self.field.options) <= set(self.successor.options)

    @property
    def keeps_presence(self) -> bool:
        """Whether whoever has a value has one afterwards."""
        if self._possible is None:
            return self._rule.lost is None
        return not lost_values(
            self._possible, self.field.type, self.successor.type, self.mapping, self.successor.options
        )

    def new_value(self, value: Value) -> Value | None:
        result = convert(value, self.field.type, self.successor.type, self.mapping, self.successor.options)
        return result.value if isinstance(result, Converted) else None

    def is_alone(self, value: Value) -> bool:
        """Whether no other value converts to what this one does."""
        if self._possible is None:
            return not self.mapping and self._rule.distinct
        return sum(self.new_value(other) == self.new_value(value) for other in self._possible) == 1


def _as_comparison(name: s.Name, written: str, move: _Move) -> Fix | None:
    """The test of a boolean by its name alone."""
    value = move.new_value(True) if move.field.type is DataType.BOOLEAN else None
    if value is None or move.successor.type is DataType.DATE:
        return None
    test = written if value is True else f"{written} = {_value_text(value, quoted=False, move=move)}"
    return replacement_fix(name.span, test, safe=move.is_alone(True))


def _with_values(name: s.Name, written: str, constants: tuple[s.Constant, ...], move: _Move) -> Fix | None:
    edits: list[Edit] = []
    certain = True
    renamed = replacement_fix(name.span, written, safe=True)
    if renamed is None or move.successor.type is DataType.DATE:
        return None
    edits += renamed.edits
    for constant in constants:
        value = value_of(constant, move.field)
        new = None if isinstance(value, list) else move.new_value(value)
        if isinstance(value, list) or new is None or constant.span is None:
            return None
        text = _value_text(new, quoted=constant.kind == "text", move=move)
        if text != constant.span.text:
            if replacement_fix(constant.span, text, safe=True) is None:
                return None
            edits.append(apart(constant.span, text))
        certain = certain and move.is_alone(value)
    return safe_fix(*edits) if certain else unsafe_fix(*edits)


def _value_text(value: Value, *, quoted: bool, move: _Move) -> str:
    text = value_text(value, move.successor.type)
    if not move.successor.type.is_text:
        return text
    return text if not quoted and stands_bare(text) else quote(text)
