"""Generated rules as steps: the filters that a person builds by them take whom the rule means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import Phase, given

from intercom_iac.compilers import to_screen_steps
from intercom_iac.compilers.screen.steps import way_out
from intercom_iac.model import Person, Predicate, fields_of
from intercom_iac.model.predicate import And, InSegment, Or
from intercom_iac.model.standard import STANDARD, is_never_future
from intercom_iac.rules import format_rule, normal_form, satisfies
from support.generators import World, examples, worlds
from support.screen_reader import Asked, is_whole, parts_of, takes

# To shrink a whole world takes minutes.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
SEVERAL = "of a person with several companies"
FILTER = "add filter: "


NEVER_FUTURE = [own for own in STANDARD.values() if is_never_future(own.field())]


def as_intercom_has_it(person: Person, world: World) -> Person:
    """Events with a time, which is never in the future, and no more is any of Intercom's own times; companies with an
    id."""
    last = world.at.seconds(1) - 1

    def until_today(owner: str, given: Any) -> dict[str, Any]:
        names = {own.wire for own in NEVER_FUTURE if own.model == owner} & given.keys()
        return {**given, **{name: given[name] and min(given[name], last) for name in names}}

    return Person(
        until_today("contact", person.contact),
        [
            {**until_today("company", company), "company_id": company.get("company_id") or "c"}
            for company in person.companies
        ],
        [
            {**event, "created_at": min(event["created_at"], last)}
            for event in person.events
            if event.get("created_at") is not None
        ],
    )


def with_one_company(person: Person) -> Person:
    return Person(person.contact, person.companies[:1], person.events)


@examples(25, phases=UNSHRUNK)
@given(worlds(6, 20))
def test_the_filters_that_the_steps_build_take_whom_the_rule_means(world: World) -> None:
    at: dict[str, Any] = {"today": world.at.today, "zone": world.at.zone}
    people = [as_intercom_has_it(person, world) for person in world.people]
    first, *rules = world.rules
    segments = {"First of all": lambda person: satisfies(person, first, **at)}
    referring = [InSegment("first", first), And((InSegment("first", first), rules[0]))]
    asked_rules = [*((rule, {}) for rule in [*rules, *referring])]
    asked_rules += [(rule, {"first": "First of all"}) for rule in referring]
    differing = [
        (format_rule(rule), steps, person, world.at)
        for rule, names in asked_rules
        if is_whole(steps := to_screen_steps(rule, names))
        for person in (map(with_one_company, people) if SEVERAL in "".join(steps) else people)
        # Whether the screen counts 0 of who never did it, or nothing, is not known.
        for never in (0, None)
        if takes(steps, Asked(person, world.schema, **at, segments=segments, never=never))
        is not satisfies(person, rule, **at)
    ]
    assert not differing, min(differing, key=lambda case: len(repr(case)))


def single_tests(rule: Predicate) -> Iterator[Predicate]:
    if isinstance(rule, And | Or):
        for part in rule.parts:
            yield from single_tests(part)
    else:
        yield rule


@examples(12, phases=UNSHRUNK)
@given(worlds(1, 20))
def test_each_step_is_of_some_test_of_the_rule_and_calls_attributes_as_the_screen_does(world: World) -> None:
    for rule in world.rules:
        steps = to_screen_steps(rule)
        assert steps
        assert all(step.isprintable() for step in steps)
        assert (steps[-1] == way_out()) is (not is_whole(steps))
        told = {step.strip() for step in steps if step.strip().startswith(FILTER)}
        told_of = {test: to_screen_steps(test) for test in single_tests(normal_form(rule))}
        assert told <= {step.strip() for lines in told_of.values() for step in lines}
        for test, lines in told_of.items():
            fields = list(fields_of(test))
            if len(fields) == 1 and not fields[0].custom and fields[0].owner != "event":
                own = STANDARD[fields[0].owner, fields[0].name]
                labels = {own.label, "Company tag", "Company ID"}
                assert {subject_of(step) for step in lines if step.strip().startswith(FILTER)} <= labels


def subject_of(step: str) -> str:
    first, second, *_ = parts_of(step.strip().removeprefix(FILTER))
    return second if first == "Company data" else first
