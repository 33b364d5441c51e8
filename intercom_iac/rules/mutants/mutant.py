"""A rule with one small change in it."""

from __future__ import annotations

from typing import Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.predicate import Predicate

from ..print.unparse import format_rule

MutantKind = Literal[
    "operator",
    "bound",
    "option",
    "logic",
    "negation",
    "direction",
    "dropped",
    "window",
    "count",
    "company",
    "value",
]
"""What is changed: of `bound` a number or a day by one, of `count` how often, of `window` when occurrences count, of
`company` whether one company has to meet several tests, of `value` whether no value passes."""


Change = tuple[MutantKind, Predicate]


@dataclass(frozen=True, slots=True)
class Variation:
    """A clause as it is, and what stands in its place; None where it is left out."""

    kind: MutantKind
    clause: Predicate
    becomes: Predicate | None
    # In words, where the place of the clause is taken by what nobody would write.
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule that differs from another in one clause: `rule` is the whole of it."""

    variation: Variation
    rule: Predicate

    @property
    def kind(self) -> MutantKind:
        return self.variation.kind

    @property
    def clause(self) -> Predicate:
        """The clause of the rule as it is, with its place."""
        return self.variation.clause


def clause_text(clause: Predicate) -> str:
    """What a clause says, in the canonical spelling."""
    return format_rule(clause)


def mutant_text(variation: Variation) -> str:
    """What is changed, on one line: the clause and what stands in its place."""
    clause = f"`{clause_text(variation.clause)}`"
    if variation.words is not None:
        return f"{clause} {variation.words}"
    if variation.becomes is None:
        return f"{clause} left out"
    return f"{clause} as `{clause_text(variation.becomes)}`"
