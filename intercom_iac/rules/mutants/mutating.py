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
    negation,
)

from ..normal import chain
from .company_tests import other_companies
from .event_tests import event_edges, event_mistakes
from .mutant import Mutant, Variation
from .single_tests import always, never, options_beside, or_no_value, value_edges, value_mistakes

# What can be said in the place of a node, each with what the node becomes by it.
_Vary = Callable[[Predicate], Iterable[tuple[Variation, Predicate]]]


def mutations(rule: Predicate) -> tuple[Mutant, ...]:
    """The small mistakes that can be made in a rule, each once, in the order of its clauses.

    Segments that the rule refers to are left as they are: they have tests of their own.
    """
    return _distinct(rule, _variations_of(rule, _mistakes))


def boundaries(rule: Predicate) -> tuple[Mutant, ...]:
    """The changes that show where each clause of a rule begins and ends.

    Whoever is a member of the rule and not of the changed one, or the other way round, is on one side of such an edge
    while all other clauses let them pass: N and N + 1 days, a number and the next, each option and no value, the
    clause itself true and false.
    """
    return _distinct(rule, _variations_of(rule, _edges))


def _distinct(rule: Predicate, varied: Iterable[tuple[Variation, Predicate]]) -> tuple[Mutant, ...]:
    mutants: dict[Predicate, Mutant] = {}
    for variation, changed in varied:
        if changed != rule:
            mutants.setdefault(changed, Mutant(variation, changed))
    return tuple(mutants.values())


def _variations_of(node: Predicate, vary: _Vary) -> Iterator[tuple[Variation, Predicate]]:
    """Each variation of the node and of what is in it, with the node as it is then."""
    yield from vary(node)
    match node:
        case And(parts=parts) | Or(parts=parts):
            for place, part in enumerate(parts):
                before, behind = parts[:place], parts[place + 1 :]
                for variation, changed in _variations_of(part, vary):
                    yield variation, chain(type(node), (*before, changed, *behind), node.span)
        case Not(part=part):
            for variation, changed in _variations_of(part, vary):
                yield variation, negation(changed)
        case SomeCompany(rule=rule):
            for variation, changed in _variations_of(rule, vary):
                company = replace(node, rule=changed)
                yield _of_company(variation, node, company), company
        case _:
            yield from _varied_conditions(node, vary)


def _varied_conditions(node: Predicate, vary: _Vary) -> Iterator[tuple[Variation, Predicate]]:
    """The same of the conditions on the metadata of occurrences."""
    match node:
        case (
            Occurrences(where=where)
            | OccurrenceDay(where=where)
            | Aggregate(where=where)
            | ActiveDays(where=where)
            | EventSequence(where=where)
        ) if where is not None:
            for variation, changed in _variations_of(where, vary):
                yield variation, replace(node, where=changed)
        case _:
            pass
    if isinstance(node, EventSequence) and node.then_where is not None:
        for variation, changed in _variations_of(node.then_where, vary):
            yield variation, replace(node, then_where=changed)


def _mistakes(node: Predicate) -> Iterator[tuple[Variation, Predicate]]:
    for kind, becomes in (*value_mistakes(node), *event_mistakes(node)):
        yield Variation(kind, node, becomes), becomes
    for becomes in other_companies(node):
        yield Variation("company", node, becomes), becomes
    match node:
        case And(parts=parts) | Or(parts=parts):
            other = chain(Or if isinstance(node, And) else And, parts, node.span)
            yield Variation("logic", node, other), other
            for place, part in enumerate(parts):
                rest = chain(type(node), (*parts[:place], *parts[place + 1 :]), node.span)
                yield Variation("dropped", part, None), rest
        case SomeCompany(rule=And() | Or() | Not()):
            pass
        case _:
            denied = negation(node)
            yield Variation("negation", node, denied), denied


def _edges(node: Predicate) -> Iterator[tuple[Variation, Predicate]]:
    for kind, becomes in (*value_edges(node), *event_edges(node)):
        yield Variation(kind, node, becomes), becomes
    for becomes in other_companies(node):
        yield Variation("company", node, becomes), becomes
    for option, becomes in options_beside(node):
        yield Variation("option", node, becomes, f"with `{option}` taken in"), becomes
    for becomes in or_no_value(node):
        yield Variation("value", node, becomes, "with no value taken in"), becomes
    if not isinstance(node, And | Or | Not):
        for becomes, words in ((always(node), "true of everybody"), (never(node), "false of everybody")):
            yield Variation("dropped", node, becomes, words), becomes


def _of_company(variation: Variation, node: SomeCompany, changed: SomeCompany) -> Variation:
    """What is said of a company by one test, `company.seats > 5`, is told as that."""
    if isinstance(node.rule, And | Or | Not):
        return variation
    return replace(variation, clause=node, becomes=None if variation.becomes is None else changed)
