"""What the specs assert of rules and segments, to be proved: assertions by name, and the order of segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.text import Span

from .predicate import Predicate


@dataclass(frozen=True, slots=True)
class AssertedRule:
    """A rule that an assertion is about: `text` as it is written, `segment` the key where it is that of a segment."""

    text: str
    rule: Predicate
    segment: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Disjoint:
    """Nobody satisfies two of the rules."""

    rules: tuple[AssertedRule, ...]


@dataclass(frozen=True, slots=True)
class Covers:
    """Whoever satisfies `of` satisfies one of the rules."""

    rules: tuple[AssertedRule, ...]
    of: AssertedRule


@dataclass(frozen=True, slots=True)
class Implies:
    """Whoever satisfies the first rule satisfies the second."""

    if_: AssertedRule
    then: AssertedRule


@dataclass(frozen=True, slots=True)
class Equivalent:
    """The rules select the same people."""

    rules: tuple[AssertedRule, ...]


@dataclass(frozen=True, slots=True)
class Nonempty:
    """Somebody can satisfy each of the rules."""

    rules: tuple[AssertedRule, ...]


@dataclass(frozen=True, slots=True)
class Never:
    """Nobody satisfies the rule."""

    rule: AssertedRule


Claim = Disjoint | Covers | Implies | Equivalent | Nonempty | Never


@dataclass(frozen=True, slots=True)
class Assertion:
    """A claim that is proved in `check`; `allow_unknown` where it may stay undecided."""

    name: str
    claim: Claim
    reason: str | None = None
    allow_unknown: bool = False
    span: Span | None = None


def asserted_inclusions(assertions: Iterable[Assertion]) -> dict[str, set[str]]:
    """By the key of a segment those that it is asserted to be inside of."""
    inside: dict[str, set[str]] = {}
    for assertion in assertions:
        match assertion.claim:
            case Implies(if_, then):
                pairs = [(if_, then)]
            case Equivalent(rules):
                pairs = [*permutations(rules, 2)]
            case _:
                continue
        for inner, outer in pairs:
            if inner.segment is not None and outer.segment is not None:
                inside.setdefault(inner.segment, set()).add(outer.segment)
    return inside


@dataclass(frozen=True, slots=True)
class Priorities:
    """The keys of segments in the order in which they come first, each with its place."""

    keys: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    span: Span | None = None

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys)
