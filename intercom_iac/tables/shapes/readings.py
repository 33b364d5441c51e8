"""How the values of each column are read: a column has one shape, which is named, or the only one that fits.

A value that has no known shape says nothing of the column's. Where several shapes fit, or none fits all values,
only those are read that each of them reads, and alike: `5` is one number to all, `01/02/2026` is two days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from intercom_iac.lazy_dataclass import dataclass

from .known import Shape, Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a column's texts are read. `shapes` are the one that they have, or all that they may have; `counts` how
    many values have each of these, where there are several, and `fits`: whether each of them has all. Of a column
    in which no value has any, a shape stands for the others (not `is_known`).
    `is_first`: by the first rows alone."""

    shapes: tuple[Shape, ...]
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    fits: bool = True
    is_known: bool = True
    is_first: bool = False

    @property
    def name(self) -> str:
        """The shape as people are told it; "" where it is not known."""
        return self.shapes[0].name if len(self.shapes) == 1 and self.is_known else ""

    def value(self, text: str, writer: Writer) -> str:
        """What a text means; null where it is not read."""
        values = [shape.value(text, writer) for shape in self.shapes]
        if len(values) == 1:
            return values[0]
        alike = " and ".join(f"({value}) = ({values[0]})" for value in values[1:])
        return f"case when {alike} then {values[0]} end"
