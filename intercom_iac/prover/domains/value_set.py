"""What every kind of set of values can do."""

from __future__ import annotations

from typing import Any, Protocol, Self


class ValueSet(Protocol):
    """A set of the values that a field may have; "no value", which is a person's without one, may be among them."""

    def meet(self, other: Self) -> Self:
        """The values that are in both."""
        ...

    def is_empty(self) -> bool | None:
        """Whether no value is in it; None where that was not decided."""
        ...

    def sample(self) -> Any:
        """A value that is in it, such as a person would write; None for no value, which is only taken where nothing
        else is."""
        ...
