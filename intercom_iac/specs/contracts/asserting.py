"""Assertions, proved or refuted: a claim as questions whether somebody satisfies a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import contracts as codes
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
from intercom_iac.model.predicate import And, Not
from intercom_iac.model.world import World
from intercom_iac.prover import Satisfiable, Unknown, Unsatisfiable, Verdict
from intercom_iac.rules.normal import chain
from intercom_iac.text import Span, brief_text

from .clauses import MOST_NOTES, clause_text, person_notes

Decide = Callable[[Predicate, World], Verdict]


@dataclass(frozen=True, slots=True)
class _Question:
    """Whether somebody satisfies some rules and not others; `place` is where the claim hangs on it.

    The claim wants nobody, or somebody where it says so. `outcome` says of a person that it satisfies it.
    """

    within: tuple[AssertedRule, ...]
    outside: tuple[AssertedRule, ...]
    place: Span | None
    outcome: str
    wants_somebody: bool = False

    @property
    def rule(self) -> Predicate:
        return chain(
            And, [*(rule.rule for rule in self.within), *(negation(rule.rule) for rule in self.outside)]
        )


def check_assertions(schema: Schema, world: World, decide: Decide) -> Iterator[Diagnostic]:
    """What is wrong with each assertion: a person who refutes it, or what was not decided."""
    for assertion in schema.assertions.values():
        for question in _questions(assertion.claim):
            verdict = decide(question.rule, world)
            match verdict:
                case Satisfiable() if not question.wants_somebody:
                    yield _refutation(assertion, question, verdict)
                case Unsatisfiable() if question.wants_somebody:
                    yield _emptiness(assertion, question, verdict)
                case Unknown():
                    yield _doubt(assertion, question, verdict)
                case _:
                    pass


def _questions(claim: Claim) -> Iterator[_Question]:
    match claim:
        case Disjoint(rules):
            for first, second in combinations(rules, 2):
                outcome = f"is in {_name(first)} and in {_name(second)}"
                yield _Question((first, second), (), second.span, outcome)
        case Covers(rules, of):
            none = f"in none of {_names(rules)}" if len(rules) > 1 else f"not in {_name(rules[0])}"
            yield _Question((of,), rules, of.span, f"satisfies {_name(of)} and is {none}")
        case Implies(if_, then):
            yield _Question((if_,), (then,), then.span, f"satisfies {_name(if_)} and not {_name(then)}")
        case Equivalent(rules):
            first, *others = rules
            for other in others:
                for one, another in ((first, other), (other, first)):
                    yield _Question(
                        (one,), (another,), other.span, f"is in {_name(one)} and not in {_name(another)}"
                    )
        case Nonempty(rules):
            for rule in rules:
                yield _Question((rule,), (), rule.span, f"is in {_name(rule)}", wants_somebody=True)
        case Never(rule):
            yield _Question((rule,), (), rule.span, f"satisfies {_name(rule)}")


def _refutation(assertion: Assertion, question: _Question, verdict: Satisfiable) -> Diagnostic:
    from intercom_iac.prover.witnesses import describe_witness

    rules = [rule.rule for rule in (*question.within, *question.outside)]
    person = describe_witness(verdict.witness, rules)
    return codes.ASSERTION_REFUTED.at(
        question.place or assertion.span,
        f"the assertion `{assertion.name}` does not hold: {person} {question.outcome}",
        hint=_hint(assertion),
        related=person_notes(verdict.witness, rules),
    )


def _emptiness(assertion: Assertion, question: _Question, verdict: Unsatisfiable) -> Diagnostic:
    since = "" if verdict.last_day is None else f" after {verdict.last_day}"
    notes = (
        Related(clause.span, "never true together" if len(verdict.conflict) > 1 else "never true")
        for clause in verdict.conflict
        if clause.span is not None
    )
    clauses = [f"`{clause_text(clause)}`" for clause in verdict.conflict[:MOST_NOTES]]
    because = f", since of {_listed(clauses)} not all can be true" if len(clauses) > 1 else ""
    return codes.ASSERTION_REFUTED.at(
        question.place or assertion.span,
        f"the assertion `{assertion.name}` does not hold: nobody {question.outcome}{since}{because}",
        hint=_hint(assertion),
        related=tuple(notes)[:MOST_NOTES],
    )


def _doubt(assertion: Assertion, question: _Question, verdict: Unknown) -> Diagnostic:
    clause = verdict.clause
    related = () if clause is None or clause.span is None else (Related(clause.span, "the reason is here"),)
    code = codes.ASSERTION_ALLOWED if assertion.allow_unknown else codes.ASSERTION_UNDECIDED
    return code.at(
        question.place or assertion.span,
        f"the assertion `{assertion.name}` is not decided: whether somebody {question.outcome} is not "
        f"known: {verdict.reason}",
        hint=None if assertion.allow_unknown else "simplify the rules, or write `allow_unknown: true`",
        related=related,
    )


def _hint(assertion: Assertion) -> str:
    reason = "" if assertion.reason is None else f"it is asserted because {brief_text(assertion.reason)}: "
    return f"{reason}change the rules, or the assertion"


def negation(rule: Predicate) -> Predicate:
    """The complement of a rule; that of a complement is the rule itself."""
    return rule.part if isinstance(rule, Not) else Not(rule)


def _name(rule: AssertedRule) -> str:
    return f"`{brief_text(rule.text)}`"


def _names(rules: Sequence[AssertedRule]) -> str:
    return _listed([_name(rule) for rule in rules])


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) != 2 else " and ".join(names)
