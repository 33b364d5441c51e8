"""The rules that differ from a rule in one clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from intercom_iac.model.predicate import (
    ActiveDays,
    Aggregate,
    And,
    EventSequence,
    Not,
    OccurrenceDay,
    Occurrences,
    Or,
    Predicate,
    SomeCompany,
)

from ..normal import chain
from .mutant import Mutant, Variation
from .single_tests import always, companies_taken_together, edges, mistakes, never

# What can be said in the place of a node, each with what the node becomes by it.
_Vary = Callable[[Predicate], Iterable[tuple[Variation, Predicate]]]


def mutations(rule: Predicate) -> tuple[Mutant, ...]:
    """The small mistakes that can be made in a rule, each once, in the order of its clauses.

    Segments that the rule refers to are left as they are: they have tests of their own.
    """
    return _distinct(rule, _varied(rule, _mistakes))


def boundaries(rule: Predicate) -> tuple[Mutant, ...]:
    """The changes that show where each clause of a rule begins and ends.

    Whoever is a member of the rule and not of the changed one, or the other way round, is on one side of such an edge
    while all other clauses let them pass: N and N + 1 days, a number and the next, each option and no value, the
    clause itself true and false.
    """
    return _distinct(rule, _varied(rule, _edges))


def _distinct(rule: Predicate, varied: Iterable[tuple[Variation, Predicate]]) -> tuple[Mutant, ...]:
    mutants: dict[Predicate, Mutant] = {}
    for variation, changed in varied:
        if changed != rule:
            mutants.setdefault(changed, Mutant(variation, changed))
    return tuple(mutants.values())


def _varied(node: Predicate, vary: _Vary) -> Iterator[tuple[Variation, Predicate]]:
    """Each variation of the node and of what is in it, with the node as it is then."""
    yield from vary(node)
    match node:
        case And(parts=parts) | Or(parts=parts):
            for place, part in enumerate(parts):
                before, behind = parts[:place], parts[place + 1 :]
                for variation, changed in _varied(part, vary):
                    yield variation, chain(type(node), (*before, changed, *behind), node.span)
        case Not(part=part):
            for variation, changed in _varied(part, vary):
                yield variation, _negation(changed)
        case SomeCompany(rule=rule):
            for variation, changed in _varied(rule, vary):
                company = replace(node, rule=changed)
                yield _of_company(variation, node, company), company
        case Occurrences() | OccurrenceDay() | Aggregate() | ActiveDays():
            for variation, changed in () if node.where is None else _varied(node.where, vary):
                yield variation, replace(node, where=changed)
        case EventSequence(where=where, then_where=then_where):
            for variation, changed in () if where is None else _varied(where, vary):
                yield variation, replace(node, where=changed)
            for variation, changed in () if then_where is None else _varied(then_where, vary):
                yield variation, replace(node, then_where=changed)
        case _:
            pass


def _mistakes(node: Predicate) -> Iterator[tuple[Variation, Predicate]]:
    for variation in (*mistakes(node), *companies_taken_together(node)):
        yield variation, variation.becomes or node
    match node:
        case And(parts=parts) | Or(parts=parts):
            other = Or if isinstance(node, And) else And
            flat = chain(other, parts, node.span)
            yield Variation("logic", node, flat), flat
            for place, part in enumerate(parts):
                rest = chain(type(node), (*parts[:place], *parts[place + 1 :]), node.span)
                yield Variation("dropped", part, None), rest
        case Not(part=part):
            yield Variation("negation", node, part), part
        case SomeCompany(rule=rule) if not isinstance(rule, And | Or | Not):
            denied = Not(node, node.span)
            yield Variation("negation", node, denied), denied
        case SomeCompany():
            pass
        case _:
            denied = Not(node, node.span)
            yield Variation("negation", node, denied), denied


def _edges(node: Predicate) -> Iterator[tuple[Variation, Predicate]]:
    for variation in edges(node):
        yield variation, variation.becomes or node
    if not isinstance(node, And | Or | Not):
        for becomes, words in ((always(node), "true of everybody"), (never(node), "false of everybody")):
            yield Variation("dropped", node, becomes, words), becomes


def _of_company(variation: Variation, node: SomeCompany, changed: SomeCompany) -> Variation:
    """What is said of a company by one test, `company.seats > 5`, is told as that."""
    if isinstance(node.rule, And | Or | Not):
        return variation
    return replace(variation, clause=node, becomes=None if variation.becomes is None else changed)


def _negation(rule: Predicate) -> Predicate:
    return rule.part if isinstance(rule, Not) else Not(rule, rule.span)
