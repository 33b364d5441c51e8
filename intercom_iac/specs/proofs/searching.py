"""Tests that contact search does not take, and that say the same as one that it takes.

Search is not asked which text contains a word, or starts otherwise; but where an attribute has options, those that do
can be listed. That the two say the same is proved, test by test.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import proofs as codes
from intercom_iac.model import DataType, Field, Person, Predicate
from intercom_iac.model.predicate import And, Equals, Matches, Not, OneOf, Or
from intercom_iac.rules import format_rule
from intercom_iac.rules.corrections import replacement_fix
from intercom_iac.rules.meaning import satisfies

from .questions import Questions
from .segment_rules import SegmentRule

# What a text is matched with does not depend on the day.
_ANY_DAY = date(2026, 1, 1)


def searchable_tests(segment: SegmentRule, questions: Questions) -> Iterator[Diagnostic]:
    """A finding for each test that search would decide if it were written otherwise."""
    tests = list(_tests(segment.rule, holds=True))
    if not tests:
        return
    # Here, since few rules have such a test.
    from intercom_iac.compilers.limitations import unsupported
    from intercom_iac.compilers.search.query import UNSUPPORTED

    for test, holds in tests:
        asked, negated = (test.part, True) if isinstance(test, Not) else (test, False)
        literal = asked if negated is not holds else Not(asked)
        why = unsupported(literal, UNSUPPORTED)
        other = None if why is None else _other_words(asked)
        if why is None or other is None or test.span is None:
            continue
        written = Not(other) if negated else other
        if unsupported(other if negated is not holds else Not(other), UNSUPPORTED) is not None:
            continue
        if not all(
            questions.can_hold(And((one, Not(two)))) is False for one, two in ((asked, other), (other, asked))
        ):
            continue
        text = format_rule(written)
        yield codes.SEARCHABLE.at(
            test.span,
            f"{why.reason}, and it would decide `{text}`, which selects the same people",
            hint=f"write `{text}`",
            fix=replacement_fix(test.span, text, safe=False),
        )


def _tests(node: Predicate, *, holds: bool) -> Iterator[tuple[Predicate, bool]]:
    """The tests of texts in a rule, each with the `not` that is written before it, and whether it stands
    under an even number of others."""
    match node:
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _tests(part, holds=holds)
        case Matches() | Not(part=Matches()):
            yield node, holds
        case Not(part=part):
            yield from _tests(part, holds=not holds)
        case _:
            return


def _other_words(test: Predicate) -> Predicate | None:
    """The same test in words that search takes; None where there are none."""
    match test:
        case Matches(field=field) if field.type is DataType.OPTIONS and field.options:
            passing = tuple(option for option in field.options if _passes(test, field, option))
            if not passing:
                return None
            return Equals(field, passing[0]) if len(passing) == 1 else OneOf(field, passing)
        case _:
            return None


def _passes(test: Predicate, field: Field, option: str) -> bool:
    held: object = option
    for key in reversed(field.path):
        held = {key: held}
    assert isinstance(held, dict)
    return satisfies(Person(held), test, today=_ANY_DAY, zone=UTC)
