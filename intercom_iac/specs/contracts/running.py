"""Tests of segments, run: whether the person is a member as the test says, and which clauses decided it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, tzinfo

from intercom_iac.diagnostics import Diagnostic, Related, UndecidedRule
from intercom_iac.diagnostics.codes import contracts as codes
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import DataType, Person, Predicate, Schema
from intercom_iac.model.days import calendar_day
from intercom_iac.model.predicate import FIELD_TESTS, Not, SomeCompany
from intercom_iac.model.short_person import SegmentTest
from intercom_iac.rules import satisfies
from intercom_iac.rules.deciding_clauses import DecidingClause, deciding_clauses
from intercom_iac.rules.meaning import known_value
from intercom_iac.text import brief_text

from .clauses import MOST_NOTES, clause_text
from .moving_days import moving_day


@dataclass(frozen=True, slots=True)
class SegmentTestRun:
    """What came of a test: the person on its day, whether it is a member, and the clauses that decided it."""

    test: SegmentTest
    person: Person
    today: date
    is_member: bool
    decided_by: tuple[DecidingClause, ...]

    @property
    def passed(self) -> bool:
        return self.is_member == self.test.member


def run_segment_test(test: SegmentTest, rule: Predicate, *, today: date, zone: tzinfo) -> SegmentTestRun:
    """Asks a rule about the person of a test. `today` is the day for a test that gives none.

    Raises `UndecidedRule` where that hangs on a segment that was built in Intercom.
    """
    day = test.today or today
    person = test.person.on(day, zone)
    return SegmentTestRun(
        test=test,
        person=person,
        today=day,
        is_member=satisfies(person, rule, today=day, zone=zone),
        decided_by=deciding_clauses(person, rule, today=day, zone=zone),
    )


def run_tests(schema: Schema, *, today: date, zone: tzinfo) -> Iterator[Diagnostic]:
    """What is wrong with the segments by their own tests."""
    for key, tests in schema.tests.items():
        segment = schema.segments.get(key)
        if segment is None or segment.predicate is None:
            continue
        for test in tests:
            name = test_label(test)
            try:
                run = run_segment_test(test, segment.predicate, today=today, zone=zone)
            except UndecidedRule:
                yield undecided_finding(test, name, key, segment.address)
                continue
            if not run.passed:
                yield failure_finding(run, name, key, segment.address, zone)
            elif (dated := moving_day(test, segment.predicate)) is not None:
                yield codes.TEST_DAY.at(
                    test.span,
                    f"{name} of `{key}` may say something else tomorrow: `{dated}` has a day of one kind, and the "
                    "rule asks for one of the other",
                    hint="say which day is `today` for the test, or count both from today",
                    subject=segment.address,
                )


def test_label(test: SegmentTest) -> str:
    """What a test is called in messages: its name, else its place among those of its segment, from 1 on."""
    return f"test {test.number}" if test.name is None else f"the test `{brief_text(test.name)}`"


def undecided_finding(test: SegmentTest, name: str, key: str, address: str) -> Diagnostic:
    """A test that hangs on a segment whose rule nobody but Intercom knows."""
    return codes.TEST_UNDECIDED.at(
        test.span,
        f"{name} of `{key}` cannot be run: Intercom alone knows the rule it hangs on",
        hint="remove the test, or ask for a segment whose rule is in the specs",
        subject=address,
    )


def failure_finding(run: SegmentTestRun, name: str, key: str, address: str, zone: tzinfo) -> Diagnostic:
    """A test that fails, with the clauses that decided it."""
    clauses = run.decided_by
    texts = [f"`{clause_text(decided.clause)}` is {_truth(decided)}" for decided in clauses[:MOST_NOTES]]
    if len(clauses) > MOST_NOTES:
        texts.append(f"{len(clauses) - MOST_NOTES} more")
    what = "is a member" if run.is_member else "is no member"
    related = tuple(
        Related(decided.clause.span, f"{_truth(decided)} here{_value_text(decided.clause, run.person, zone)}")
        for decided in clauses[:MOST_NOTES]
        if decided.clause.span is not None
    )
    return codes.TEST_FAILED.at(
        run.test.span,
        f"{name} of `{key}` fails: on {run.today} the person {what}, since {' and '.join(texts)}",
        hint=f"mend the rule, or write `member: {_truth_text(run.is_member)}`",
        related=related,
        subject=address,
    )


def _truth(decided: DecidingClause) -> str:
    return _truth_text(decided.holds)


def _truth_text(value: bool) -> str:
    return "true" if value else "false"


def _value_text(clause: Predicate, person: Person, zone: tzinfo) -> str:
    """What the clause found of the person, where it tests one value of it."""
    test = clause.part if isinstance(clause, Not) else clause
    if isinstance(test, SomeCompany):
        number = {0: "no company", 1: "one company"}
        count = len(person.companies)
        return f": the person has {number.get(count, f'{count} companies')}"
    if not isinstance(test, FIELD_TESTS) or test.field.owner != "contact":
        return ""
    value = known_value(person.contact, test.field)
    if value is None:
        return f": `{test.field.name}` has no value"
    shown = calendar_day(value, zone).isoformat() if test.field.type is DataType.DATE else value
    return f": `{test.field.name}` is {brief_text(shown)}"
