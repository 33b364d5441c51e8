"""What conditions rest on beside the columns of a table: columns made of its row, and facts made of many rows.

Each has a name by what it says, so that rules which ask the same share it.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Literal

from .dialect import Dialect

# What a condition is asked of, by the alias its table has: a contact, a company, an occurrence of an event.
Row = Literal["c", "o", "e"]

# Names longer than PostgreSQL's 63 bytes are cut off, and two may become one.
_LONGEST = 50


@dataclass
class Columns:
    """Columns beside those that a table has, by their quoted names: each an expression over its row `x`."""

    expressions: dict[str, str] = field(default_factory=dict[str, str])
    _known: dict[Hashable, str] = field(default_factory=dict[Hashable, str])
    _taken: set[str] = field(default_factory=set[str])

    def name_of(self, what: str, of: str, dialect: Dialect) -> tuple[str, bool]:
        """The quoted name of the column of what is said of a column or a key, and whether it is new."""
        found = self._known.get((what, of))
        if found is not None:
            return found, False
        name = dialect.identifier(f"{what} of {of}")
        # Keys of metadata may differ in case only, and to most engines such columns are one.
        if len(of.encode()) > _LONGEST or name.casefold() in self._taken:
            name = dialect.identifier(f"{what} of column {len(self._known) + 1}")
        self._taken.add(name.casefold())
        self._known[what, of] = name
        return name, True


@dataclass
class Facts:
    """The facts of one table, by what they say: the column's name and the aggregate that makes it.

    `conditions` are those of which at least one has to hold for a row of the table to matter.
    """

    prefix: str
    aggregates: dict[str, str] = field(default_factory=dict[str, str])
    conditions: dict[str, None] = field(default_factory=dict[str, None])
    _known: dict[Hashable, str] = field(default_factory=dict[Hashable, str])

    def column_of(self, key: Hashable) -> tuple[str, bool]:
        """The column of a fact, and whether it is new."""
        found = self._known.get(key)
        if found is not None:
            return found, False
        name = self._known[key] = f"{self.prefix}{len(self._known) + 1}"
        return name, True
