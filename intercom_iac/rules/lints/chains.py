"""Remarks on the tests that one `and` or `or` joins."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from intercom_iac.diagnostics import Diagnostic, Related
from intercom_iac.diagnostics.codes import lint
from intercom_iac.model import Predicate, children
from intercom_iac.model.predicate import (
    ActiveDays,
    And,
    Equals,
    InIntercomSegment,
    InSegment,
    IsKnown,
    Not,
    Occurrences,
    OneOf,
    Or,
    own_events,
    own_fields,
)

from ..corrections import replacement_fix
from ..print.unparse import format_rule
from .values import Subject, holds_for_everybody, holds_for_nobody, subject_of

# Of longer rules nothing is quoted: nobody reads it.
_LONGEST = 400


def rule_remarks(rule: Predicate) -> Iterator[Diagnostic]:
    """Everything there is to say of a rule that compiles. What a referenced segment says of itself is left out."""
    match rule:
        case InSegment():
            return
        case And() | Or():
            yield from _chain_remarks(rule)
        case Occurrences() | ActiveDays():
            yield from _single_remarks(rule)
        case _:
            pass
    for part in children(rule):
        yield from rule_remarks(part)


def _single_remarks(test: Occurrences | ActiveDays) -> Iterator[Diagnostic]:
    """That a count by itself holds for nobody or for everybody. Of ranges that are empty the check tells."""
    subject = subject_of(test)
    if subject is None or test.span is None:
        return
    if holds_for_nobody((test,), subject):
        yield lint.FOR_NOBODY.at(test.span, "this holds for nobody: a count is never negative")
    elif holds_for_everybody((test,), subject):
        hint = "for those who did it write `count >= 1`" if isinstance(test, Occurrences) else None
        yield lint.FOR_EVERYBODY.at(
            test.span, "this holds for everybody: a count is never negative", hint=hint
        )


def _chain_remarks(chain: And | Or) -> Iterator[Diagnostic]:
    for parts in _by_what_is_read(chain.parts):
        if (repetition := _repetition(parts)) is not None:
            yield repetition
        if (opposed := _complements(parts)) is not None:
            yield _opposed_remark(chain, opposed)
            continue
        for subject, tests in _by_subject(parts):
            yield from _subject_remarks(chain, tests, subject)


def _by_what_is_read(parts: Sequence[Predicate]) -> Iterator[list[Predicate]]:
    """The parts that read the same, several of each: no others can repeat or contradict each other."""
    alike: dict[Hashable, list[Predicate]] = {}
    for part in parts:
        alike.setdefault(_reads(part), []).append(part)
    return (group for group in alike.values() if len(group) > 1)


def _reads(rule: Predicate) -> Hashable:
    """What a rule reads, in short: equal for rules that are equal, and for the complement of a rule."""
    match rule:
        case Not(part=part):
            return _reads(part)
        case And(parts=parts) | Or(parts=parts):
            read_of_parts = frozenset(map(_reads, parts))
            return next(iter(read_of_parts)) if len(read_of_parts) == 1 else read_of_parts
        case InSegment(segment=segment) | InIntercomSegment(segment=segment):
            return "segment", segment
        case _:
            fields = own_fields(rule)
            read = (*((field.owner, field.name) for field in fields), *own_events(rule))
            return read[0] if len(read) == 1 else (type(rule), read)


def _repetition(parts: Sequence[Predicate]) -> Diagnostic | None:
    """The remark on the first part that stands before already."""
    earlier: dict[Predicate, Predicate] = {}
    for part in parts:
        same = earlier.setdefault(part, part)
        if same is not part and part.span is not None:
            related = () if same.span is None else (Related(same.span, "it stands here already"),)
            hint = "take one out"
            return lint.REPEATED_TEST.at(part.span, "the same test stands twice", hint=hint, related=related)
    return None


def _complements(parts: Sequence[Predicate]) -> tuple[Predicate, Predicate] | None:
    """Two of the parts in their order, one of which holds exactly where the other does not."""
    earlier: dict[Predicate, Predicate] = {}
    for part in parts:
        opposite = earlier.get(part.part if isinstance(part, Not) else Not(part))
        if opposite is not None:
            return opposite, part
        earlier.setdefault(part, part)
    return None


def _opposed_remark(chain: And | Or, opposed: tuple[Predicate, Predicate]) -> Diagnostic:
    first, second = opposed
    related = () if first.span is None else (Related(first.span, "the other one stands here"),)
    if isinstance(chain, And):
        message = "this holds for nobody: the two tests are each other's complement"
        return lint.FOR_NOBODY.at(second.span, message, related=related)
    message = "this holds for everybody: the two tests are each other's complement"
    return lint.FOR_EVERYBODY.at(second.span, message, related=related)


def _by_subject(parts: Sequence[Predicate]) -> Iterator[tuple[Subject, list[Predicate]]]:
    """The parts that are about one field or one count alone, several of each."""
    alike: dict[Hashable, tuple[Subject, list[Predicate]]] = {}
    for part in parts:
        if (subject := subject_of(part)) is not None:
            alike.setdefault(subject.key, (subject, []))[1].append(part)
    return (group for group in alike.values() if len(group[1]) > 1)


def _subject_remarks(chain: And | Or, parts: Sequence[Predicate], subject: Subject) -> Iterator[Diagnostic]:
    whole = len(parts) == len(chain.parts)
    what = "how often it happened" if subject.field is None else f"`{subject.field.name}`"
    related = () if parts[0].span is None else (Related(parts[0].span, f"{what} is asked for here already"),)
    if isinstance(chain, And) and holds_for_nobody(parts, subject):
        message = f"this holds for nobody: no value passes all of these tests of {what}"
        # `or` is no answer where it holds for everybody who has a value.
        known = () if subject.field is None else (Not(IsKnown(subject.field)),)
        other = None if holds_for_everybody((*parts, *known), subject) else format_rule(_any_of(parts))
        fix = replacement_fix(chain.span, other, safe=False) if whole and other else None
        yield lint.FOR_NOBODY.at(
            parts[-1].span, message, hint=_or_else("any of them", other), related=related, fix=fix
        )
    elif isinstance(chain, Or) and holds_for_everybody(parts, subject):
        message = f"this holds for everybody: each value passes one of these tests of {what}"
        other = None if holds_for_nobody(parts, subject) else format_rule(_all_of(parts))
        fix = replacement_fix(chain.span, other, safe=False) if whole and other else None
        yield lint.FOR_EVERYBODY.at(
            parts[-1].span, message, hint=_or_else("all of them", other), related=related, fix=fix
        )


def _or_else(which: str, rule: str | None) -> str | None:
    return f"for {which} write `{rule}`" if rule and len(rule) <= _LONGEST else None


def _any_of(parts: Sequence[Predicate]) -> Predicate:
    return Or(tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))))


def _all_of(parts: Sequence[Predicate]) -> Predicate:
    """All of the tests: where each says what the value is not, as one list."""
    refused = [part.part for part in parts if isinstance(part, Not) and isinstance(part.part, Equals)]
    if len(refused) == len(parts):
        return Not(OneOf(refused[0].field, tuple(test.value for test in refused)))
    flat = (inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return And(tuple(flat))
