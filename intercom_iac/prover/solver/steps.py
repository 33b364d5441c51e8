"""What a part of the procedure tells the search: what to decide next, or what cannot be."""

from __future__ import annotations

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate

from .clauses import Clause, Literal


@dataclass(frozen=True, slots=True)
class Undecided:
    """Why it is not known whether there is such a person, and the test that is the reason."""

    reason: str
    clause: Predicate | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The search is to take the literal for true, as long as nothing speaks against it."""

    literal: Literal


@dataclass(frozen=True, slots=True)
class Clash:
    """One of the literals of the clause has to hold, and none can.

    `undecided`: why the clause is not known to be true of everybody.
    """

    clause: Clause
    undecided: Undecided | None = None
