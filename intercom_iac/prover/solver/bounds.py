"""What is known of fields that are compared with each other, as bounds of differences."""

from __future__ import annotations

from fractions import Fraction

from intercom_iac.model.attribute import DataType

from ..domains.cells import NO_VALUE
from ..domains.days import Distances
from ..domains.numbers import Number
from .clauses import Literal, Search, Variable
from .differences import Bound, Differences, Most, Node
from .fields import Key
from .space import Slot, Space

TODAY, ZERO = "today", "zero"
FieldNode = tuple[Slot, Key]


def linking_variables(space: Space, search: Search, *, of_dates: bool) -> list[Variable]:
    """The variables of two dates, or of two numbers, of which something is known."""
    return [
        variable
        for variable, mask in search.cells.items()
        if mask != NO_VALUE
        and (subject := space.subjects.get(variable)) is not None
        and subject.part == "difference"
        and (subject.field.type is DataType.DATE) is of_dates
    ]


def unless_from(variable: Variable, distances: Distances, low: int) -> tuple[Literal, ...]:
    """That the distance is not known to be `low` or more."""
    return ((variable, distances.below(low) | NO_VALUE),)


def unless_until(variable: Variable, distances: Distances, high: int) -> tuple[Literal, ...]:
    """That the distance is not known to be `high` or less."""
    return ((variable, distances.above(high) | NO_VALUE),)


def fix_value(differences: Differences, node: Node, value: Number | Fraction) -> None:
    """Holds a field, or today, to one value."""
    differences.add(Bound(node, ZERO, Most(Fraction(value))))
    differences.add(Bound(ZERO, node, Most(-Fraction(value))))
