"""What becomes of the values of a field whose attribute another takes the place of."""

from __future__ import annotations

from .attribute import Attribute, Field
from .conversions import Converted, Value, conversion_rule, convert, lost_values, possible_values


class Succession:
    """How the values of a field come to be those of its successor."""

    def __init__(self, field: Field, successor: Attribute) -> None:
        self.field, self.successor = field, successor
        self.mapping = dict(successor.replaced.convert) if successor.replaced is not None else {}
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
