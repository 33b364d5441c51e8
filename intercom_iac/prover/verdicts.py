"""What a proof comes to: whether somebody can satisfy a rule, and how two rules stand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate
from intercom_iac.model.predicate import And, Occurrences, SomeCompany

from .witness import Witness


@dataclass(frozen=True, slots=True)
class Satisfiable:
    """Somebody satisfies the rule on some day: this person, whom `rules.meaning` was asked about."""

    witness: Witness


@dataclass(frozen=True, slots=True)
class Unsatisfiable:
    """Nobody satisfies the rule on any day of the world.

    `conflict` are the tests of the rule, as few as possible, that no person passes together, in the order they were
    written; a test under an odd number of `not` stands as `Not`. `last_day` is the last day before the world's on
    which somebody could; None where there was none.
    """

    conflict: tuple[Predicate, ...] = ()
    last_day: date | None = None

    @property
    def clauses(self) -> tuple[Predicate, ...]:
        """The clauses of the conflict, where they are written: of a company or of an occurrence, those within."""
        return tuple(clause for test in self.conflict for clause in _clauses_within(test))

    @property
    def never_from(self) -> date | None:
        """The day from which on nobody can satisfy the rule, where somebody could before."""
        return None if self.last_day is None else self.last_day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Unknown:
    """It was not decided. `reason` is a sentence of a message; `clause` the test that is the reason, where one is."""

    reason: str
    clause: Predicate | None = None


def _clauses_within(test: Predicate) -> tuple[Predicate, ...]:
    match test:
        case SomeCompany(rule=And(parts=parts)) | Occurrences(where=And(parts=parts)):
            return parts
        case _:
            return (test,)


Verdict = Satisfiable | Unsatisfiable | Unknown

RuleRelationName = Literal["never", "always", "sometimes", "unknown"]
PairRelationName = Literal["equivalent", "narrower", "wider", "overlapping", "disjoint", "unknown"]


@dataclass(frozen=True, slots=True)
class RuleRelation:
    """How a rule stands to everybody. `inside` satisfies it, `outside` does not; each is a verdict about somebody
    who would."""

    inside: Verdict
    outside: Verdict

    @property
    def name(self) -> RuleRelationName:
        if isinstance(self.inside, Unsatisfiable):
            return "never"
        if isinstance(self.outside, Unsatisfiable):
            return "always"
        if isinstance(self.inside, Unknown) or isinstance(self.outside, Unknown):
            return "unknown"
        return "sometimes"


@dataclass(frozen=True, slots=True)
class PairRelation:
    """How two rules stand to each other, by who is in both and who in one alone."""

    both: Verdict
    first_only: Verdict
    second_only: Verdict

    @property
    def name(self) -> PairRelationName:
        """A first rule that nobody satisfies is narrower: all of its members are members of the second."""
        first, second = (
            isinstance(verdict, Unsatisfiable) for verdict in (self.first_only, self.second_only)
        )
        if first and second:
            return "equivalent"
        known_first, known_second, known_both = (
            not isinstance(verdict, Unknown) for verdict in (self.first_only, self.second_only, self.both)
        )
        if first and known_second:
            return "narrower"
        if second and known_first:
            return "wider"
        if not known_first or not known_second:
            return "unknown"
        if isinstance(self.both, Unsatisfiable):
            return "disjoint"
        return "overlapping" if known_both else "unknown"


@dataclass(frozen=True, slots=True)
class Matrix:
    """How each of many rules stands to everybody, and to each that comes after it."""

    rules: Mapping[str, RuleRelation]
    pairs: Mapping[tuple[str, str], PairRelation]
