"""The normal form of a rule, which compilers read: `not` before single tests only, referenced segments written out.

`complement` is the one place that says what the negation of a form is, said without `not`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from operator import is_

from intercom_iac.model.attribute import Field
from intercom_iac.model.predicate import (
    ActiveDays,
    Aggregate,
    And,
    Between,
    Compares,
    ComparesFields,
    Equals,
    FieldTest,
    InIntercomSegment,
    InSegment,
    IsKnown,
    IsTrue,
    Not,
    Occurrences,
    OneOf,
    Or,
    Predicate,
    SomeCompany,
    complementary,
)
from intercom_iac.text import Span


def normal_form(node: Predicate, *, holds: bool = True, open_segments: bool = True) -> Predicate:
    """The rule, or its complement where not `holds`, with every `not` pushed down to the tests. It means the same.

    What is said of a company, of occurrences, or of their metadata is one test: its inside stays as it is. A segment
    that the rule refers to stands as its rule, or as one test where not `open_segments`.
    """
    return _form(node, holds, {} if open_segments else None)


# The forms of the rules that are referred to, by their identity and whether they hold; with the rules themselves:
# while these are there, no others have their identity.
_Opened = dict[tuple[int, bool], tuple[Predicate, Predicate]]


def _form(node: Predicate, holds: bool, opened: _Opened | None) -> Predicate:
    match node:
        case And(parts=parts) | Or(parts=parts):
            forms = [_form(part, holds, opened) for part in parts]
            if holds:
                return _with_parts(node, forms)
            return chain(Or if isinstance(node, And) else And, forms, node.span)
        case Not(part=And() | Or() | Not() | InSegment() as part):
            return _form(part, not holds, opened)
        case Not(part=part):
            return node if holds else part
        case InSegment(rule=InIntercomSegment() as rule, span=span) if opened is not None:
            test = replace(rule, span=span)
            return test if holds else Not(test, span)
        case InSegment(rule=rule) if opened is not None:
            return _open(rule, holds, opened)
        case _:
            return node if holds else Not(node, node.span)


def _open(rule: Predicate, holds: bool, opened: _Opened) -> Predicate:
    """The form of a rule that is referred to, made once, and behind those that it refers to itself: a chain of
    references may be longer than what Python recurses over."""
    waiting = [(rule, holds)]
    while waiting:
        asked, asked_holds = waiting[-1]
        if (id(asked), asked_holds) in opened:
            waiting.pop()
            continue
        references = _references(asked, asked_holds)
        unknown = [
            (part, part_holds) for part, part_holds in references if (id(part), part_holds) not in opened
        ]
        if unknown:
            waiting += unknown
        else:
            opened[id(asked), asked_holds] = asked, _form(asked, asked_holds, opened)
    return opened[id(rule), holds][1]


def _references(rule: Predicate, holds: bool) -> Iterator[tuple[Predicate, bool]]:
    """The rules that are referred to, and whether each holds where this one does, as far as `not` says."""
    waiting = [(rule, holds)]
    while waiting:
        node, node_holds = waiting.pop()
        match node:
            case And(parts=parts) | Or(parts=parts):
                waiting += ((part, node_holds) for part in parts)
            case Not(part=part):
                waiting.append((part, not node_holds))
            case InSegment(rule=rule) if not isinstance(rule, InIntercomSegment):
                yield rule, node_holds
            case _:
                pass


def chain(kind: type[And | Or], parts: Iterable[Predicate], span: Span | None = None) -> Predicate:
    """All or any of the parts, chains of the same kind laid out flat; of one part, that part."""
    flat: list[Predicate] = []
    for part in parts:
        if isinstance(part, kind):
            flat += part.parts
        else:
            flat.append(part)
    return flat[0] if len(flat) == 1 else kind(tuple(flat), span)


def _with_parts(node: And | Or, parts: list[Predicate]) -> Predicate:
    """The chain with a part for each of its own; the node itself where these are the same, as they mostly are."""
    return node if all(map(is_, parts, node.parts)) else chain(type(node), parts, node.span)


def complement(test: Predicate) -> Predicate:
    """Where a test does not hold: other tests in normal form, as far as there are some, else `Not` before it.

    A field that is not known passes no test, so the complement of most holds there too. Of a sum and of a count it
    does not have to: they are never missing.
    """
    match test:
        case Compares(field=field, comparison=comparison, value=value, span=span):
            return _or_unknown((Compares(field, complementary(comparison), value, span),), field)
        case Between(field=field, first=first, last=last, span=span):
            below, above = Compares(field, "<", first, span), Compares(field, ">", last, span)
            return _or_unknown((below, above), field)
        case ComparesFields(field=field, comparison=comparison, other=other, span=span) if comparison != "=":
            return _or_unknown((replace(test, comparison=complementary(comparison)),), field, other)
        case IsTrue(field=field, span=span):
            return _or_unknown((Equals(field, False, span),), field)
        case Equals(field=field, value=False, span=span) if _is_boolean(test):
            return _or_unknown((IsTrue(field, span),), field)
        case OneOf(field=field, values=values, span=span):
            return chain(
                And, (Not(Equals(field, value, span), span) for value in dict.fromkeys(values)), span
            )
        case Occurrences(comparison=comparison) | ActiveDays(comparison=comparison):
            return replace(test, comparison=complementary(comparison))
        case Aggregate(function="sum", comparison=comparison) if comparison != "=":
            return replace(test, comparison=complementary(comparison))
        case _:
            return Not(test, test.span)


def _or_unknown(tests: tuple[FieldTest, ...], *fields: Field) -> Predicate:
    """Some of the tests hold, or some of the fields are not known."""
    span = tests[0].span
    return Or((*tests, *(Not(IsKnown(field, span), span) for field in fields)), span)


def _is_boolean(test: Equals) -> bool:
    return isinstance(test.value, bool)


def split_list(test: Predicate) -> Predicate:
    """A test that a value is one of a list as a test for each value of it; any other test as it is."""
    match test:
        case OneOf(field=field, values=values, span=span):
            return chain(Or, (Equals(field, value, span) for value in dict.fromkeys(values)), span)
        case Not(part=OneOf() as part):
            return complement(part)
        case _:
            return test


def split_range(test: Predicate) -> Predicate:
    """A test that a number lies between two as a test for each of them; any other test as it is."""
    match test:
        case Between(field=field, first=first, last=last, span=span):
            return And((Compares(field, ">=", first, span), Compares(field, "<=", last, span)), span)
        case Not(part=Between() as part):
            return complement(part)
        case _:
            return test


def spell_out(node: Predicate, spell: Callable[[Predicate], Predicate] = split_list) -> Predicate:
    """A rule in normal form, each test in it replaced by what `spell` makes of it, those of companies included.

    `spell` takes a test, or `Not` before one, and gives a rule in normal form that means the same. "Some company is
    one thing or another" is said as "some company is the one, or some company is the other".
    """
    match node:
        case And(parts=parts) | Or(parts=parts):
            return _with_parts(node, [spell_out(part, spell) for part in parts])
        case SomeCompany(rule=rule, span=span):
            inner = spell_out(normal_form(rule), spell)
            if isinstance(inner, Or):
                return Or(tuple(SomeCompany(part, span) for part in inner.parts), span)
            return node if inner is rule else SomeCompany(inner, span)
        case _:
            return spell(node)
