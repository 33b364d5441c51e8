"""The verdicts of the program's own procedure, judged by z3, by a list of all people, and by the meaning of rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from intercom_iac.compilers.smt import (
    Assignment,
    Logic,
    Refuted,
    find_assignment,
    find_last_day,
    satisfiable_rules,
)
from intercom_iac.model import DataType, Field, Predicate
from intercom_iac.model.days import calendar_day
from intercom_iac.model.limits import MAX_TEXT_LENGTH
from intercom_iac.model.person import event_key
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    Aggregate,
    And,
    EventSequence,
    InIntercomSegment,
    InSegment,
    Not,
    Or,
    Tagged,
    intercom_segments_of,
    own_fields,
    walk,
)
from intercom_iac.model.standard import is_count, is_never_future
from intercom_iac.model.world import Assumption, World
from intercom_iac.prover import Satisfiable, Unknown, Unsatisfiable, Verdict, Witness, decide
from intercom_iac.rules import format_rule, satisfies
from intercom_iac.rules.meaning import known_value
from intercom_iac.rules.normal import chain

from ..generators.rules import conjunction, disjunction, negation
from .enumeration import TooManyPeopleError, find_person, is_role


def questions(first: Predicate, second: Predicate) -> Iterator[Predicate]:
    """What is asked of two rules: who is in both, who in one of them alone."""
    yield chain(And, (first, second))
    yield chain(And, (first, negation(second)))
    yield chain(And, (second, negation(first)))


@dataclass
class Judge:
    """Asks everybody, and keeps where they disagree."""

    world: World
    sampled: int = 5
    """One in so many verdicts is judged by all that takes long."""
    people: int = 1_500
    """How many people a day are asked at most; a rule that takes more is not asked of them."""
    verdicts: Counter[str] = field(default_factory=Counter[str])
    enumerated: int = 0
    given_up: int = 0
    """Of what z3 decides, how much the procedure does not."""
    disagreements: list[str] = field(default_factory=list[str])
    witnesses: list[tuple[Predicate, Witness]] = field(default_factory=list[tuple[Predicate, Witness]])

    logic: Logic = field(default_factory=Logic)

    def ask(self, rule: Predicate) -> Verdict:
        """The verdict of the procedure, which the others are asked about."""
        verdict = self._counted(rule, decide(rule, self.world))
        match verdict:
            case Satisfiable(witness=witness):
                if self._is_sampled(verdict) and isinstance(find_assignment(rule, self.world), Refuted):
                    self._disagree(rule, f"z3 says nobody, and there is {witness}")
            case Unsatisfiable():
                self._judge_nobody(rule, verdict)
                self._enumerate(rule)
            case Unknown():
                pass
        return verdict

    def ask_together(self, rules: Sequence[Predicate]) -> None:
        """The verdicts alone of rules that are about the same, of which z3 is asked at once."""
        for rule, somebody in zip(rules, satisfiable_rules(rules, self.world, self.logic), strict=True):
            verdict = self._counted(rule, decide(rule, self.world, explain=False))
            match verdict:
                case Satisfiable(witness=witness):
                    if somebody is False:
                        self._disagree(rule, f"z3 says nobody, and there is {witness}")
                case Unsatisfiable():
                    if somebody is True:
                        self._disagree(rule, "nobody, and z3 finds somebody")
                    if self._is_sampled(verdict):
                        self._enumerate(rule)
                case Unknown():
                    self.given_up += somebody is not None

    def _is_sampled(self, verdict: Verdict) -> bool:
        return self.verdicts[type(verdict).__name__] % self.sampled == 0

    def _counted(self, rule: Predicate, verdict: Verdict) -> Verdict:
        """The verdict, of which it was judged what takes no second procedure."""
        self.verdicts[type(verdict).__name__] += 1
        match verdict:
            case Satisfiable(witness=witness):
                self.witnesses.append((rule, witness))
                self._judge_somebody(rule, witness)
            case Unknown(reason=reason):
                if not reason or reason[0].isupper() or reason.endswith("."):
                    self._disagree(rule, f"the reason is no part of a message: {reason}")
            case Unsatisfiable():
                pass
        return verdict

    def _disagree(self, rule: Predicate, what: str) -> None:
        self.disagreements.append(f"{what}: {format_rule(rule)}")

    def _judge_somebody(self, rule: Predicate, witness: Witness) -> None:
        for answered in answers(rule):
            if not satisfies(witness.person, answered, today=witness.today, zone=ZoneInfo(witness.zone)):
                self._disagree(rule, f"the meaning refuses {witness}")
        if fault := next(faults_of(witness, rule, self.world), None):
            self._disagree(rule, f"{fault} in {witness}")

    def _judge_nobody(self, rule: Predicate, verdict: Unsatisfiable) -> None:
        found = find_assignment(rule, self.world)
        if isinstance(found, Assignment):
            self._disagree(rule, f"nobody, and z3 finds {found}")
        together = chain(And, verdict.conflict) if verdict.conflict else rule
        if isinstance(find_assignment(together, self.world), Assignment):
            self._disagree(rule, f"somebody passes the tests in conflict, {format_rule(together)}")
        if self._is_sampled(verdict):
            last_day = find_last_day(rule, self.world)
            if last_day != verdict.last_day:
                self._disagree(rule, f"the last day is {verdict.last_day}, and for z3 {last_day}")

    def _enumerate(self, rule: Predicate) -> None:
        """Whether there is somebody where nobody is said."""
        try:
            person = find_person(rule, self.world, most=self.people)
        except TooManyPeopleError:
            return
        self.enumerated += 1
        if person is not None:
            self._disagree(rule, f"nobody, and there is {person}")


def answers(rule: Predicate) -> list[Predicate]:
    """The rule with the answers that Intercom may give for a segment which was built there: yes, and no."""
    if not intercom_segments_of(rule):
        return [rule]
    nobody = Tagged("a tag that nobody has")
    return [answered(rule, nobody), answered(rule, Not(nobody))]


def answered(rule: Predicate, answer: Predicate) -> Predicate:
    match rule:
        case InIntercomSegment():
            return answer
        case And(parts=parts):
            return conjunction([answered(part, answer) for part in parts])
        case Or(parts=parts):
            return disjunction([answered(part, answer) for part in parts])
        case Not(part=part):
            return negation(answered(part, answer))
        case InSegment(rule=inner):
            return answered(inner, answer)
        case _:
            return rule


def faults_of(witness: Witness, rule: Predicate, world: World) -> Iterator[str]:
    """What of a witness the world does not have."""
    if witness.today < world.first or (world.last is not None and witness.today > world.last):
        yield "a day outside of the world"
    person, zone = witness.person, ZoneInfo(witness.zone)
    fields = dict.fromkeys(read for node in walk(rule) for read in own_fields(node))
    asked: list[tuple[Field, Sequence[Any]]] = [
        (read, [person.contact]) for read in fields if read.owner == "contact"
    ]
    asked += [(read, person.companies) for read in fields if read.owner == "company"]
    asked += [
        (key, [found for found in person.events if event_key(found["event_name"]) == event_key(event)])
        for event, key in metadata_keys(rule)
    ]
    for read, subjects in asked:
        for subject in subjects:
            value = known_value(subject, read)
            if value is None:
                if is_role(read) and world.assumes(Assumption.KNOWN_ROLE):
                    yield "no role"
            else:
                yield from value_faults(read, value, witness.today, world, zone)
    for occurrence in person.events:
        day = calendar_day(occurrence["created_at"], zone)
        if day > witness.today and world.assumes(Assumption.PAST_TIMESTAMPS):
            yield f"an occurrence on {day}"


def metadata_keys(rule: Predicate) -> Iterator[tuple[str, Field]]:
    """The events that a rule reads metadata of, and the keys."""
    for test in walk(rule):
        if isinstance(test, Aggregate):
            yield test.event, test.key
        if isinstance(test, EVENT_TESTS):
            rules = [(test.event, test.where)]
            rules += [(test.then, test.then_where)] if isinstance(test, EventSequence) else []
            for event, where in rules:
                for node in () if where is None else walk(where):
                    yield from ((event, key) for key in own_fields(node))


def value_faults(asked: Field, value: Any, today: date, world: World, zone: ZoneInfo) -> Iterator[str]:
    if (
        asked.type is DataType.OPTIONS
        and world.assumes(Assumption.DECLARED_OPTIONS)
        and value not in asked.options
    ):
        yield f"an option that is not declared, {value!r}"
    if asked.type is DataType.INTEGER and world.assumes(Assumption.WHOLE_NUMBERS) and value != int(value):
        yield f"a number that is not whole, {value!r}"
    if is_count(asked) and world.assumes(Assumption.COUNTS_NOT_NEGATIVE) and value < 0:
        yield f"a count below zero, {value!r}"
    if asked.type.is_text and world.assumes(Assumption.SHORT_TEXTS) and len(value) > MAX_TEXT_LENGTH:
        yield f"a text of {len(value)} characters"
    if asked.type is DataType.DATE and is_never_future(asked) and world.assumes(Assumption.PAST_TIMESTAMPS):
        day = calendar_day(value, zone)
        if day > today:
            yield f"{asked.name} on {day}"
