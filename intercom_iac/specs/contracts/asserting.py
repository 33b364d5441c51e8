"""Assertions, proved or refuted: a claim as questions whether somebody satisfies a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import contracts as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Predicate, Schema
from intercom_iac.model.assertions import (
    AssertedRule,
    Assertion,
    Claim,
    Covers,
    Disjoint,
    Equivalent,
    Implies,
    Never,
    Nonempty,
)
from intercom_iac.model.predicate import And, negation
from intercom_iac.model.world import World
from intercom_iac.prover import Satisfiable, Unknown, Unsatisfiable, describe_witness
from intercom_iac.rules.normal import chain
from intercom_iac.text import Span, brief_text

from .clauses import MOST_NOTES, Decide, clause_text, person_notes
from .overlaps import Overlaps

# The pairs of so few are all proved: that costs less than it takes to compare the rules first.
_FEW_RULES = 3


@dataclass(frozen=True, slots=True)
class _Question:
    """Whether somebody satisfies some rules and not others; `place` is where the claim hangs on it.

    The claim wants nobody, or somebody where it says so. `selects` are the words before whom it is.
    """

    within: tuple[AssertedRule, ...]
    outside: tuple[AssertedRule, ...]
    place: Span | None
    selects: str
    wants_somebody: bool = False

    @property
    def rule(self) -> Predicate:
        return chain(
            And, [*(rule.rule for rule in self.within), *(negation(rule.rule) for rule in self.outside)]
        )


def check_assertions(schema: Schema, world: World, decide: Decide) -> Iterator[Diagnostic]:
    """What is wrong with each assertion: a person who refutes it, or what was not decided."""
    for assertion in schema.assertions.values():
        for question in _questions(assertion.claim, world):
            # Why there is nobody is told only where somebody is wanted.
            verdict = decide(question.rule, world, explain=question.wants_somebody)
            match verdict:
                case Satisfiable() if not question.wants_somebody:
                    yield _refutation(assertion, question, verdict)
                case Unsatisfiable() if question.wants_somebody:
                    yield _emptiness(assertion, question, verdict)
                case Unknown():
                    yield _doubt(assertion, question, verdict)
                case _:
                    pass


def _questions(claim: Claim, world: World) -> Iterator[_Question]:
    match claim:
        case Disjoint(rules):
            for first, second in _overlapping(rules, world):
                selects = f"{_name(first)} and {_name(second)} both select"
                yield _Question((first, second), (), second.span, selects)
        case Covers(rules, of):
            none = f"none of {_names(rules)}" if len(rules) > 1 else f"not {_names(rules)}"
            yield _Question((of,), rules, of.span, f"{_name(of)}, and {none}, selects")
        case Implies(if_, then):
            yield _Question((if_,), (then,), then.span, f"{_name(if_)}, and not {_name(then)}, selects")
        case Equivalent(rules):
            first, *others = rules
            for other in others:
                for one, another in ((first, other), (other, first)):
                    selects = f"{_name(one)}, and not {_name(another)}, selects"
                    yield _Question((one,), (another,), other.span, selects)
        case Nonempty(rules):
            for rule in rules:
                yield _Question((rule,), (), rule.span, f"{_name(rule)} selects", wants_somebody=True)
        case Never(rule):
            yield _Question((rule,), (), rule.span, f"{_name(rule)} selects")


def _overlapping(rules: Sequence[AssertedRule], world: World) -> Iterator[tuple[AssertedRule, AssertedRule]]:
    """The pairs that may have somebody in common."""
    if len(rules) <= _FEW_RULES:
        yield from combinations(rules, 2)
        return
    overlaps = Overlaps([rule.rule for rule in rules], world)
    for place, rule in enumerate(rules):
        yield from ((rule, rules[other]) for other in overlaps.places_beside(place) if other > place)


def _refutation(assertion: Assertion, question: _Question, verdict: Satisfiable) -> Diagnostic:
    rules = [rule.rule for rule in (*question.within, *question.outside)]
    person = describe_witness(verdict.witness, rules)
    return codes.ASSERTION_REFUTED.at(
        question.place or assertion.span,
        f"the assertion `{assertion.name}` does not hold: {question.selects} {person}",
        hint=_hint(assertion),
        related=person_notes(verdict.witness, rules, besides=question.place),
    )


def _emptiness(assertion: Assertion, question: _Question, verdict: Unsatisfiable) -> Diagnostic:
    since = "" if verdict.last_day is None else f" after {verdict.last_day}"
    notes = (
        Related(clause.span, "never true together" if len(verdict.clauses) > 1 else "never true")
        for clause in verdict.clauses
        if clause.span is not None
    )
    clauses = [f"`{clause_text(clause)}`" for clause in verdict.clauses[:MOST_NOTES]]
    because = f", since of {_names_text(clauses)} not all can be true" if len(clauses) > 1 else ""
    return codes.ASSERTION_REFUTED.at(
        question.place or assertion.span,
        f"the assertion `{assertion.name}` does not hold: {question.selects} nobody{since}{because}",
        hint=_hint(assertion),
        related=tuple(notes)[:MOST_NOTES],
    )


def _doubt(assertion: Assertion, question: _Question, verdict: Unknown) -> Diagnostic:
    clause = verdict.clause
    because = "" if clause is None else f" (`{clause_text(clause)}`)"
    related = () if clause is None or clause.span is None else (Related(clause.span, "the reason is here"),)
    code = codes.ASSERTION_ALLOWED if assertion.allow_unknown else codes.ASSERTION_UNDECIDED
    return code.at(
        question.place or assertion.span,
        f"the assertion `{assertion.name}` is not decided: whether {question.selects} anybody is not known: "
        f"{verdict.reason}{because}",
        hint=None if assertion.allow_unknown else "simplify the rules, or write `allow_unknown: true`",
        related=related,
    )


def _hint(assertion: Assertion) -> str:
    reason = "" if assertion.reason is None else f"the reason for it: {brief_text(assertion.reason)}; "
    return f"{reason}change the rules, or the assertion"


def _name(rule: AssertedRule) -> str:
    return f"`{brief_text(rule.text)}`"


def _names(rules: Sequence[AssertedRule]) -> str:
    return _names_text([_name(rule) for rule in rules])


def _names_text(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) != 2 else " and ".join(names)
