"""All people over a few values: an answer to whether anybody satisfies a rule that no procedure is behind.

Of each field that a rule reads there is no value and some others: the numbers, texts and days that the rule names,
those beside and between them. Values that no test of the rule tells apart are asked once, and so are companies and
occurrences. Whom it finds there is, so that it judges every "nobody". It may miss a person whose texts or linked
numbers are of another kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations, combinations_with_replacement, product
from math import inf, prod
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from intercom_iac.compilers import evaluator
from intercom_iac.model import DataType, Field, Person, Predicate
from intercom_iac.model.predicate import (
    EVENT_TESTS,
    Aggregate,
    Between,
    Calendar,
    Compares,
    DaysBetween,
    Equals,
    Matches,
    Occurrences,
    OneOf,
    SomeCompany,
    Tagged,
    children,
    day_test_of,
    intercom_segments_of,
    own_events,
    own_fields,
    reads_days,
    walk,
)
from intercom_iac.model.standard import is_count, is_never_future
from intercom_iac.model.world import Assumption, World

Thing = TypeVar("Thing")
# Days from today that dates and occurrences may lie on.
NEAR = range(-6, 7)


class TooManyPeopleError(Exception):
    """There are more people than can be asked."""


def find_person(
    rule: Predicate, world: World, *, days: int = 6, most: int = 20_000
) -> tuple[Person, date] | None:
    """Somebody who satisfies the rule on one of so many days from the world's first on.

    Raises `TooManyPeopleError` where more people would have to be asked on a day than `most`, or Intercom would.
    """
    if intercom_segments_of(rule):
        raise TooManyPeopleError
    zone = ZoneInfo(world.zone)
    for ahead in range(days if world.last is None and reads_days(rule) else 1):
        today = world.first + timedelta(days=ahead)
        holds = evaluator(rule, today=today, zone=zone)
        for person in _Crowd(rule, today, world).people(most):
            if holds(person):
                return person, today
    return None


@dataclass(frozen=True)
class _Crowd:
    """The people of one rule on one day."""

    rule: Predicate
    today: date
    world: World

    def people(self, most: int) -> Iterator[Person]:
        contacts = self.subjects("contact", list(nodes_of_contact(self.rule)), most)
        companies = list(self.company_groups(most))
        events = self.event_groups(most)
        if prod(map(len, (contacts, companies, events))) > most:
            raise TooManyPeopleError
        for contact, belonging, happened in product(contacts, companies, events):
            yield Person(contact, belonging, happened)

    def told_apart(
        self, things: Iterable[Thing], tests: Sequence[Predicate], person: Callable[[Thing], Person]
    ) -> list[Thing]:
        """One of the things for each way in which the tests answer."""
        functions = [evaluator(test, today=self.today, zone=ZoneInfo(self.world.zone)) for test in tests]
        found: dict[tuple[bool, ...], Thing] = {}
        for thing in things:
            asked = person(thing)
            found.setdefault(tuple(function(asked) for function in functions), thing)
        return list(found.values())

    # --- contacts and companies -----------------------------------------------------------------------------

    def subjects(self, owner: str, nodes: Sequence[Predicate], most: int) -> list[dict[str, Any]]:
        """Contacts, companies or occurrences with all values of the fields that these tests read, and all tags."""
        fields = list(
            dict.fromkeys(field for node in nodes for field in own_fields(node) if field.owner == owner)
        )
        tags = list(dict.fromkeys(node.tag for node in nodes if isinstance(node, Tagged)))
        values = [self.values(field, nodes) for field in fields]
        held = [chosen for count in range(len(tags) + 1) for chosen in combinations(tags, count)]
        if prod(map(len, values)) * len(held) > most:
            raise TooManyPeopleError
        return [
            subject_of(owner, dict(zip(fields, chosen, strict=True)), names)
            for chosen in product(*values)
            for names in held
        ]

    def values(self, field: Field, nodes: Sequence[Predicate]) -> list[Any]:
        """The values of a field, None for no value: one of those that its tests do not tell apart."""
        every = [*([] if self.is_required(field) else [None]), *dict.fromkeys(self.candidates(field, nodes))]
        about = [node for node in nodes if field in own_fields(node)]
        if any(len(own_fields(node)) > 1 or isinstance(node, EVENT_TESTS) for node in about):
            return every
        if field.owner == "contact":
            return self.told_apart(
                every, about, lambda value: Person(subject_of("contact", {field: value}, ()))
            )
        return every

    def is_required(self, field: Field) -> bool:
        return is_role(field) and self.world.assumes(Assumption.KNOWN_ROLE)

    def candidates(self, field: Field, nodes: Sequence[Predicate]) -> Iterator[Any]:
        if field.type is DataType.BOOLEAN:
            return iter((True, False))
        if field.type is DataType.DATE:
            return self.days(nodes, past=is_never_future(field))
        if field.type.is_number:
            whole = field.type is DataType.INTEGER and self.world.assumes(Assumption.WHOLE_NUMBERS)
            least = 0 if is_count(field) and self.world.assumes(Assumption.COUNTS_NOT_NEGATIVE) else -inf
            return (number for number in numbers_near(nodes, whole=whole) if number >= least)
        closed = self.world.assumes(Assumption.DECLARED_OPTIONS) or self.is_required(field)
        return iter(field.options) if field.options and closed else texts_near(field, nodes)

    def days(self, nodes: Sequence[Predicate], *, past: bool) -> Iterator[int]:
        """The noons of days near today and near those that the tests name, in unix seconds."""
        days = {self.today + timedelta(days=ahead) for ahead in NEAR}
        for named in (day for node in nodes for day in named_days(node)):
            days |= {named + timedelta(days=ahead) for ahead in (-1, 0, 1)}
        zone = ZoneInfo(self.world.zone)
        for day in sorted(days):
            if day <= self.today or not (past and self.world.assumes(Assumption.PAST_TIMESTAMPS)):
                yield int(datetime.combine(day, time(12), zone).timestamp())

    def company_groups(self, most: int) -> Iterator[tuple[dict[str, Any], ...]]:
        """As many companies as there are tests of companies, or fewer."""
        tests = list(dict.fromkeys(node for node in walk(self.rule) if isinstance(node, SomeCompany)))
        nodes = [node for test in tests for node in walk(test.rule)]
        if not tests:
            yield ()
            return
        companies = self.told_apart(
            self.subjects("company", nodes, most), tests, lambda company: Person({}, (company,))
        )
        for count in range(min(len(tests), len(companies)) + 1):
            yield from combinations(companies, count)

    # --- events ---------------------------------------------------------------------------------------------

    def event_groups(self, most: int) -> list[tuple[dict[str, Any], ...]]:
        """Up to three occurrences of the events that the rule asks for."""
        tests = list(dict.fromkeys(node for node in walk(self.rule) if isinstance(node, EVENT_TESTS)))
        names = list(dict.fromkeys(name for test in tests for name in own_events(test)))
        every: list[dict[str, Any]] = []
        for name in names:
            own = [test for test in tests if name in own_events(test)]
            every += [
                {"event_name": name, "created_at": moment, "metadata": metadata}
                for moment in self.days(tests, past=True)
                for metadata in self.metadata(own, most)
            ]
        if len(every) ** 3 > 6 * most:
            raise TooManyPeopleError
        return [group for count in range(4) for group in combinations_with_replacement(every, count)]

    def metadata(self, tests: Sequence[Predicate], most: int) -> list[dict[str, Any]]:
        """The metadata of occurrences that tests of one event tell apart."""
        wheres = list(dict.fromkeys(where for test in tests for where in children(test)))
        totals = [test for test in tests if isinstance(test, Aggregate)]
        nodes = [node for where in wheres for node in walk(where)] + totals
        every = [subject["metadata"] for subject in self.subjects("event", nodes, most)]
        if totals:
            return every
        counted = [Occurrences("any", where) for where in wheres]
        return self.told_apart(
            every, counted, lambda values: Person({}, (), [{"event_name": "any", "metadata": values}])
        )


# --- what rules name ----------------------------------------------------------------------------------------


def nodes_of_contact(rule: Predicate) -> Iterator[Predicate]:
    """The tests of the contact: those of its companies and of the metadata of its events left out."""
    yield rule
    if not isinstance(rule, (SomeCompany, *EVENT_TESTS)):
        for part in children(rule):
            yield from nodes_of_contact(part)


def subject_of(owner: str, values: Mapping[Field, Any], tags: Sequence[str]) -> dict[str, Any]:
    """A contact, a company or an occurrence with these values, as Intercom's API has it."""
    subject: dict[str, Any] = {"metadata": {}} if owner == "event" else {"custom_attributes": {}}
    for field, value in values.items():
        if value is not None:
            holder = subject
            for key in field.path[:-1]:
                holder = holder.setdefault(key, {})
            holder[field.path[-1]] = value
    named = [{"name": tag} for tag in tags]
    return subject | {"tags": {"data": named} if owner == "contact" else {"tags": named}}


def named_days(node: Predicate) -> Iterator[date]:
    match day_test_of(node):
        case Calendar(day=day):
            yield day
        case DaysBetween(first=first, last=last):
            yield from (day for day in (first, last) if isinstance(day, date))
        case _:
            pass


def numbers_near(nodes: Sequence[Predicate], *, whole: bool) -> Iterator[float]:
    """The numbers that the tests name, and those beside and between them."""
    named: set[float] = {0}
    for node in nodes:
        match node:
            case Equals(value=int() | float() as number) | Compares(value=number) | Aggregate(value=number):
                named.add(number)
            case Between(first=first, last=last):
                named |= {first, last}
            case OneOf(values=values):
                named.update(value for value in values if isinstance(value, int | float))
            case _:
                pass
    steps = (-1, 0, 1) if whole else (-1, -0.25, 0, 0.25, 1)
    near = {number + step for number in named for step in steps}
    return iter(sorted(number for number in near if not whole or number == int(number)))


def texts_near(field: Field, nodes: Sequence[Predicate]) -> Iterator[str]:
    """The texts and parts that the tests of a field name, joined in pairs with a sign between them or none."""
    named: dict[str, None] = {"zz": None}
    for node in nodes:
        match node:
            case Equals(field=asked, value=str(text)) | Matches(field=asked, text=text) if asked == field:
                named[text] = None
            case OneOf(field=asked, values=values) if asked == field:
                named.update((value, None) for value in values if isinstance(value, str))
            case _:
                pass
    yield from named
    yield from (text.swapcase() for text in named)
    for first, last in product(named, named):
        yield from (first + sign + last for sign in ("", " ", "z", "z z"))


def is_role(field: Field) -> bool:
    return (field.owner, field.name, field.custom) == ("contact", "role", False)
