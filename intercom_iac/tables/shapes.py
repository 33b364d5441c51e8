"""The ways in which values are written as text, by name: each with the texts that have it and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .forms import TableForms

ValueForm = Callable[[str, TableForms], str]


@dataclass(frozen=True, slots=True)
class Shape:
    """`value` gives the expression of what a text means, null where it does not have the shape."""

    name: str
    value: ValueForm
